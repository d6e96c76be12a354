//! XML: names of the documents and tables, and whether the SDK can do without.
//!
//! In: the API with its names of types. Out: the [`XmlTables`].

use crate::ir::XmlObject;
use crate::ir::{Api, Content, ContentKind, Operation, Ty, XmlBody};
use crate::plan::naming::name::{Claim, Scope, rank};
use crate::sdk::Ident;
use crate::sdk::XmlTables;
use crate::word::{self, Case};

/// What the module imports.
const IMPORTS: &[&str] = &["Content", "Document", "Node", "Object", "Property", "Union"];

/// Whether an operation has a body that is always XML.
pub(in crate::plan) fn is_only_xml(op: &Operation) -> bool {
    let is_xml = |content: &Content| matches!(content.kind, ContentKind::Xml(_));
    let mut responses = op.responses.iter().chain(&op.errors);
    let received = responses.any(|response| response.content.as_ref().is_some_and(is_xml));
    let sent = op.body.as_ref().is_some_and(|body| body.contents.first().is_some_and(is_xml));
    received || sent
}

/// All bodies of XML, in the order of the document.
pub(in crate::plan) fn bodies(api: &Api) -> impl Iterator<Item = &XmlBody> {
    api.operations.iter().flat_map(Operation::contents).filter_map(|content| match &content.kind {
        ContentKind::Xml(body) => Some(body.as_ref()),
        _ => None,
    })
}

/// Names everything. A document is called like its type, else like its root element.
pub(in crate::plan) fn xml(api: &mut Api, names: &[Ident]) -> XmlTables {
    let table = |object: &XmlObject| {
        let name = names[object.ty.index()].as_str();
        let words = word::join(&word::words(name), Case::Snake);
        Claim::new(name, Case::Snake).candidate(rank::PLAIN, &words)
    };
    let claims: Vec<Claim<'_>> = api.xml.iter().map(table).collect();
    let tables = Scope::default().settle(&claims).into_iter().map(|assigned| assigned.ident);
    let tables: Vec<Ident> = tables.collect();
    let mut documents: Vec<&XmlBody> = Vec::new();
    for body in bodies(api) {
        if !documents.contains(&body) {
            documents.push(body);
        }
    }
    let claims: Vec<Claim<'_>> = documents.iter().map(|body| claim(body, names)).collect();
    let assigned = Scope::new(&[IMPORTS]).settle(&claims);
    let documents =
        assigned.into_iter().zip(documents).map(|(assigned, body)| (assigned.ident, body.clone()));
    let documents = documents.collect();
    let objects = tables.into_iter().zip(std::mem::take(&mut api.xml)).collect();
    XmlTables { objects, documents }
}

fn claim<'a>(body: &'a XmlBody, names: &'a [Ident]) -> Claim<'a> {
    let root = word::join(&word::words(&body.root.name), Case::Camel);
    match &body.ty {
        Ty::Named(id) => {
            let name = names[id.index()].as_str();
            Claim::new(format!("{name} {} {}", body.root.namespace, body.root.name), Case::Camel)
                .candidate(rank::PLAIN, name)
                .candidate(rank::CONTEXT, &format!("{name}{root}"))
        }
        _ => Claim::new(format!(" {:?}", body.root), Case::Camel).candidate(rank::LOSSY, &root),
    }
}
