//! From the typed document to the IR.
//!
//! In: a [`Doc`]. Out: the [`Api`]: references have become ids, each schema a shape, each operation plain data. What
//! cannot be said in Rust becomes `serde_json::Value`, with an entry in the census. Last sight of `openapiv3`.
//! Must not know: names, boxes, files.

mod content;
mod encoding;
mod family;
mod finite;
mod fits;
mod foreign;
mod header;
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

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{Api, Info, Owner, Segment, Server, Ty, TypeId};
use crate::pointer::Pointer;
use crate::resolve::{Conj, Doc, Shared};

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

/// The state of one lowering.
struct Lower<'d, 's> {
    doc: &'d Doc,
    config: &'s Config,
    sink: &'s mut Sink,
    api: Api,
    /// Components by place.
    components: HashMap<Pointer, TypeId>,
    /// What inline schemas became, so that a shared place is lowered once.
    inline: HashMap<Conj<'d>, Ty>,
    /// Schemas that are the body of a multipart request: their binary members are files.
    files: HashSet<Pointer>,
    /// Components that others extend, with a discriminator.
    families: BTreeMap<Pointer, family::Family>,
    /// Types that were chosen for schemas, by place, with what `sdk.toml` calls the place.
    replace: HashMap<Pointer, (String, crate::config::Replacement)>,
    /// The choices that hit something.
    used: HashSet<String>,
    /// The lists and maps in place that are being lowered.
    open: Vec<schema::Open<'d>>,
    /// What the current schema stands in.
    owner: Owner,
    /// The way from the owner to the current schema.
    path: Vec<Segment>,
    /// Where the defaults of members are written that come from another schema than the one at the member's place.
    defaults: HashMap<Pointer, Pointer>,
    /// How many schemas the current one lies in, references into the middle of others followed.
    depth: usize,
    /// Branches that were combined with what stands beside a union inside of another one.
    combined: usize,
    /// Properties of objects that are written in other schemas, by `allOf`.
    inherited: usize,
    /// Encoding Objects about which everything was said.
    encoded: HashSet<Pointer>,
    /// Inside a multipart body.
    in_files: bool,
    /// The answers of this operation have no content, whatever is declared.
    without_content: bool,
    /// Some body is XML.
    has_xml: bool,
}

impl Lower<'_, '_> {
    /// Runs `inner` one step deeper.
    fn step<T>(&mut self, segment: Segment, inner: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(segment);
        let result = inner(self);
        self.path.pop();
        result
    }

    /// Runs `inner` where a shared part of operations stands: a component owns its types, anything else belongs to the
    /// operation that is read first.
    fn at_home<P: Clone, T>(
        &mut self,
        shared: &Shared<'_, P>,
        inner: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        Some(match &shared.key {
            Some(key) => self.within(Owner::Component(key.clone()), inner),
            None => inner(self),
        })
    }

    /// Runs `inner` inside a new owner.
    fn within<T>(&mut self, owner: Owner, inner: impl FnOnce(&mut Self) -> T) -> T {
        let old = (std::mem::replace(&mut self.owner, owner), std::mem::take(&mut self.path));
        let result = inner(self);
        (self.owner, self.path) = old;
        result
    }
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
