//! Small APIs, written by hand.

use crate::config::Config;
use crate::diag::{Diagnostic, Sink};
use crate::ir::*;
use crate::plan::plan;
use crate::pointer::Pointer;
use crate::sdk::Sdk;

/// An API with its root resource.
pub(crate) fn api() -> Api {
    let root = Resource {
        name: None,
        parent: None,
        wire: String::new(),
        full: String::new(),
        docs: Rare::default(),
        operations: Vec::new(),
        children: Vec::new(),
    };
    Api { resources: vec![root].into(), ..Api::default() }
}

/// A component schema.
pub(crate) fn component(api: &mut Api, key: &str, shape: Shape) -> TypeId {
    let origin = Pointer::root().child("components").child("schemas").child(key);
    push(api, origin, TypeName::Component(key.into()), shape)
}

/// A schema in place; its origin is made of owner and path.
pub(crate) fn inline(api: &mut Api, owner: Owner, path: &[Segment], shape: Shape) -> TypeId {
    let mut origin = match &owner {
        Owner::Type(id) => api.types[id].origin.clone(),
        Owner::Operation(id) => api.operations[id].origin.clone(),
        Owner::Component(key) => Pointer::root().child("components").child("parameters").child(key),
    };
    for segment in path {
        origin = origin.child(format!("{segment:?}"));
    }
    push(api, origin, TypeName::Inline { owner, path: path.to_vec(), title: None }, shape)
}

fn push(api: &mut Api, origin: Pointer, name: TypeName, shape: Shape) -> TypeId {
    api.types.push(Type {
        origin,
        name,
        docs: Rare::default(),
        shape,
        example: None,
        xml: Default::default(),
    });
    TypeId(api.types.len() as u32 - 1)
}

/// An object.
pub(crate) fn object(members: Vec<Member>) -> Shape {
    Shape::Struct(Struct { members, additional: None, open: false })
}

/// A required member.
pub(crate) fn member(wire: &str, ty: Ty) -> Member {
    Member {
        is_tag: false,
        xml: Default::default(),
        name: None,
        wire: wire.into(),
        origin: Pointer::root().child("member").child(wire),
        ty,
        presence: Presence::Required,
        default: None,
        constant: None,
        access: Access::ReadWrite,
        docs: Rare::default(),
    }
}

/// A member that may be absent.
pub(crate) fn optional(wire: &str, ty: Ty) -> Member {
    Member { presence: Presence::Optional, ..member(wire, ty) }
}

/// An enum of strings.
pub(crate) fn strings(values: &[&str]) -> Shape {
    let value = |wire: &&str| EnumValue { wire: (*wire).into(), name: None, docs: Rare::default() };
    Shape::Enum(Enum { repr: EnumRepr::String, values: values.iter().map(value).collect() })
}

/// A union; without tags it is told apart by shape.
pub(crate) fn union(variants: &[(&[&str], Ty)]) -> Shape {
    let tagged = variants.iter().any(|(tags, _)| !tags.is_empty());
    let variant = |(tags, ty): &(&[&str], Ty)| Variant {
        name: None,
        origin: Pointer::root().child("variant"),
        ty: ty.clone(),
        tags: tags.iter().map(|tag| (*tag).into()).collect(),
        docs: Rare::default(),
    };
    let tagging = if tagged { Tagging::Member("kind".into()) } else { Tagging::Shape };
    Shape::Union(Union { tagging, variants: variants.iter().map(variant).collect(), ..Union::default() })
}

/// `[item]`.
pub(crate) fn list(item: Ty) -> Ty {
    Ty::List(Box::new(item))
}

/// The resource of this dotted name; made, with its parents, if it is not there.
pub(crate) fn resource(api: &mut Api, full: &str) -> ResourceId {
    let mut at = ResourceId(0);
    let mut so_far = String::new();
    for wire in full.split('.').filter(|part| !part.is_empty()) {
        so_far = if so_far.is_empty() { wire.to_string() } else { format!("{so_far}.{wire}") };
        let known = api.resources[at].children.iter().copied();
        let known = known.into_iter().find(|id| api.resources[id].wire == wire);
        at = known.unwrap_or_else(|| {
            let id = ResourceId(api.resources.len() as u32);
            api.resources.push(Resource {
                name: None,
                parent: Some(at),
                wire: wire.into(),
                full: so_far.clone(),
                docs: Rare::default(),
                operations: Vec::new(),
                children: Vec::new(),
            });
            api.resources[at].children.push(id);
            id
        });
    }
    at
}

/// An operation: resource, operationId (`-` for none), `METHOD /path`; without parameters, body and responses.
pub(crate) fn operation(api: &mut Api, full: &str, id: &str, route: &str) -> OpId {
    let resource = resource(api, full);
    let (method, path) = route.split_once(' ').expect("METHOD /path");
    let op = OpId(api.operations.len() as u32);
    api.operations.push(Operation {
        origin: Pointer::root().child("paths").child(path).child(method),
        id: (id != "-").then(|| id.into()),
        resource,
        method: method.into(),
        path: path.into(),
        docs: Rare::default(),
        params: Vec::new(),
        body: None,
        responses: Vec::new(),
        errors: Vec::new(),
        security: Vec::new(),
        identity: None,
        idempotency: None,
        server: None,
    });
    api.resources[resource].operations.push(op);
    op
}

/// An optional parameter.
pub(crate) fn param(location: Location, wire: &str, ty: Ty) -> Param {
    Param {
        wire: wire.into(),
        origin: Pointer::root().child("param").child(wire),
        location,
        ty,
        nullable: false,
        required: location == Location::Path,
        style: Style::Form,
        explode: true,
        allow_reserved: false,
        default: None,
        docs: Rare::default(),
    }
}

/// A success response; `None` for an empty body.
pub(crate) fn response(status: Status, kind: Option<ContentKind>) -> Response {
    let content =
        |kind| Content { media: "application/json".into(), kind, example: None, encoding: Vec::new() };
    Response {
        origin: Pointer::root().child("answer"),
        status,
        content: kind.map(content),
        others: Vec::new(),
        headers: Vec::new(),
        docs: Rare::default(),
    }
}

/// A header of a response.
pub(crate) fn header(name: &str) -> Header {
    let origin = Pointer::root().child("header").child(name);
    Header { name: name.into(), origin, required: false, holds: None, docs: Rare::default() }
}

/// What a call needs of a scheme, without scopes.
pub(crate) fn demand(scheme: u32) -> Demand {
    Demand { scheme: SchemeId(scheme), scopes: Vec::new() }
}

/// A required request body of these contents.
pub(crate) fn body(contents: &[(&str, ContentKind)]) -> Body {
    let content = |(media, kind): &(&str, ContentKind)| Content {
        media: (*media).into(),
        kind: kind.clone(),
        example: None,
        encoding: Vec::new(),
    };
    Body {
        origin: Pointer::root().child("body"),
        required: true,
        contents: contents.iter().map(content).collect(),
        docs: Rare::default(),
    }
}

/// The operation, to be changed.
pub(crate) fn op(api: &mut Api, id: OpId) -> &mut Operation {
    &mut api.operations[id]
}

/// Plans an API without choices, and gives what was reported.
pub(crate) fn planned(api: Api) -> (Sdk, Vec<Diagnostic>) {
    planned_with(api, &Config::default())
}

/// Plans an API that can be planned.
pub(crate) fn planned_with(api: Api, config: &Config) -> (Sdk, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let plan = plan(api, config, &mut sink);
    let found = sink.finish();
    plan.iter().for_each(super::distinct::check);
    (plan.unwrap_or_else(|| panic!("refused: {found:?}")), found)
}

/// The name of a type.
pub(crate) fn name(plan: &Sdk, id: TypeId) -> &str {
    plan.types[id].name.as_str()
}
