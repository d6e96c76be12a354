//! From the typed document to the IR.
//!
//! In: a [`Doc`]. Out: the [`Api`]: references have become ids, each schema a shape, each operation plain data. What
//! cannot be said in Rust becomes `serde_json::Value`, with a reason in the untyped report. Last sight of `openapiv3`.
//! Must not know: names, boxes, files.

mod content;
mod context;
mod encoding;
mod example;
mod family;
mod finite;
mod fits;
mod foreign;
mod header;
mod media;
mod object;
mod operation;
mod order;
mod refuse;
mod resource;
mod scalar;
mod schema;
mod security;
mod tag;
mod text;
mod union;
mod webhook;
mod xml;

use std::collections::{HashMap, HashSet};

use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{Api, Info, Owner, Server};
use crate::pointer::Pointer;
use crate::resolve::Doc;
use crate::tree::size;
use context::Lower;

pub(crate) use operation::identity;

/// Lowers the whole document.
pub(crate) fn lower(doc: &Doc, config: &Config, sink: &mut Sink) -> Api {
    let mut lower = Lower {
        doc,
        config,
        sink,
        api: Api {
            info: info(doc),
            servers: doc.model.servers.iter().map(server).collect(),
            ..Api::default()
        },
        components: HashMap::new(),
        inline: HashMap::new(),
        targets: HashMap::new(),
        files: HashSet::new(),
        families: family::families(doc),
        replace: config
            .replace
            .iter()
            .map(|(key, of)| (Pointer::from(key.as_str()), (key.clone(), of.clone())))
            .collect(),
        used: HashSet::new(),
        open: Vec::new(),
        owner: Owner::Component(String::new()),
        path: Vec::new(),
        defaults: HashMap::new(),
        depth: 0,
        combined: 0,
        inherited: 0,
        most_inherited: object::MOST_INHERITED.max(size(doc.root())),
        encoded: HashSet::new(),
        in_files: false,
        without_content: false,
        has_xml: false,
    };
    lower.find_xml();
    lower.security_schemes();
    lower.declare_components();
    lower.find_files();
    lower.lower_components();
    lower.find_payloads();
    lower.operations(config);
    lower.check_replaced();
    lower.settle_tags();
    lower.check_defaults();
    lower.settle_xml();
    finite::check(&lower.api, lower.sink);
    lower.api
}

/// The `info` object.
fn info(doc: &Doc) -> Info {
    let info = &doc.model.info;
    let summary = doc.value(&Pointer::from("/info/summary"));
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        summary: summary.and_then(|text| text.as_str()).map(str::to_owned),
        description: info.description.clone(),
    }
}

/// A server object.
fn server(server: &openapiv3::Server) -> Server {
    let variables = server.variables.iter().flatten();
    Server {
        url: server.url.clone(),
        description: server.description.clone(),
        variables: variables.map(|(name, variable)| (name.clone(), variable.default.clone())).collect(),
    }
}
