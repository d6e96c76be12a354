//! Places as `names.lock` writes them.
//!
//! They look like JSON pointers, but what stands in a list is called by its name, tag or title instead of its number, so
//! that a place stays the same when something is put in before it.

use crate::arena::Id;
use crate::ir::{Api, Location, Owner, Presence, Segment, Shape, Type, TypeId, TypeName};
use crate::pointer::Pointer;
use std::collections::HashMap;

/// `GET /v1/runs query limit`, for the parameter of an operation, which is named by its route.
pub(super) fn param(route: &str, location: Location, wire: &str) -> String {
    format!("{route} {} {wire}", location.as_str())
}

/// `POST /v1/runs body`.
pub(super) fn body(route: &str) -> String {
    format!("{route} body")
}

/// `POST /v1/runs multipart/form-data`.
pub(super) fn content(route: &str, media: &str) -> String {
    format!("{route} {media}")
}

/// `GET /v1/runs response text/csv`.
pub(super) fn response(route: &str, media: &str) -> String {
    format!("{route} answer {media}")
}

/// `GET /v1/runs wait`.
pub(super) fn wait(route: &str) -> String {
    format!("{route} wait")
}

/// The places of all types, by [`TypeId`]; no two are the same.
pub(super) fn types(api: &Api) -> Vec<String> {
    let mut places: Vec<Option<String>> = vec![None; api.types.len()];
    for id in api.types.ids() {
        find(api, id, &mut places, 0);
    }
    let mut places: Vec<String> = places.into_iter().map(Option::unwrap_or_default).collect();
    // A schema that is merged into another one makes a type there too; each then goes by its own way.
    for at in alike(&places).into_iter().flatten() {
        if let Some(way) = way(api, TypeId::new(at), &places) {
            places[at] = way;
        }
    }
    for mut group in alike(&places) {
        group.sort_by_key(|at| &api.types[TypeId::new(*at)].origin);
        for (number, at) in group.into_iter().enumerate().skip(1) {
            places[at].push_str(&format!("~{}", number + 1));
        }
    }
    places
}

/// The types whose places are the same, group by group.
fn alike(places: &[String]) -> Vec<Vec<usize>> {
    let mut same: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, place) in places.iter().enumerate() {
        same.entry(place).or_default().push(at);
    }
    same.into_values().filter(|group| group.len() > 1).collect()
}

/// The way to an inline type that stands in another type.
fn way(api: &Api, id: TypeId, places: &[String]) -> Option<String> {
    let ty = &api.types[id];
    let TypeName::Inline { owner: Owner::Type(up), path, title } = &ty.name else { return None };
    Some(along(places[up.index()].clone(), ty, path, title.as_deref()))
}

fn along(base: String, ty: &Type, path: &[Segment], title: Option<&str>) -> String {
    path.iter().enumerate().fold(base, |place, (step, segment)| {
        let inner = (step + 1 == path.len()).then_some((ty, title));
        below(&place, segment, ty, inner)
    })
}

/// The place of a type, with the places of its owners.
fn find(api: &Api, id: TypeId, places: &mut [Option<String>], depth: usize) {
    if places[id.index()].is_some() {
        return;
    }
    let ty = &api.types[id];
    let place = match &ty.name {
        TypeName::Component(_) => ty.origin.to_string(),
        // one schema may be met on several ways, and which comes first is up to the order of the document
        TypeName::Inline { .. } if !is_numbered(&ty.origin) => ty.origin.to_string(),
        TypeName::Inline { owner, path, title } => {
            let base = match owner {
                Owner::Type(up) if depth <= api.types.len() => {
                    find(api, *up, places, depth + 1);
                    places[up.index()].clone().unwrap_or_default()
                }
                Owner::Type(up) => api.types[up].origin.to_string(),
                Owner::Operation(op) => {
                    let op = &api.operations[op];
                    let method = op.method.to_lowercase();
                    Pointer::root().child("paths").child(&op.path).child(method).to_string()
                }
                Owner::Component(key) => Pointer::root().child("components").child(key).to_string(),
            };
            along(base, ty, path, title.as_deref())
        }
    };
    places[id.index()] = Some(place);
}

/// Whether the way to a place leads through a list.
fn is_numbered(at: &Pointer) -> bool {
    const LISTS: [&str; 5] = ["allOf", "anyOf", "oneOf", "parameters", "prefixItems"];
    let keys: Vec<String> = at.keys().collect();
    let is_number = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    keys.windows(2).any(|pair| LISTS.contains(&pair[0].as_str()) && is_number(&pair[1]))
}

fn below(place: &str, segment: &Segment, ty: &Type, inner: Option<(&Type, Option<&str>)>) -> String {
    let at = Pointer::from(place);
    let below = match segment {
        Segment::Member(wire) => at.child("properties").child(wire),
        Segment::Item => at.child("items"),
        Segment::Value => at.child("additionalProperties"),
        Segment::Position(number) => at.child("prefixItems").child(number),
        Segment::Variant(tag) => at.child("oneOf").child(variant(tag, inner)),
        // The same place as before these had names.
        Segment::Form(member) => match inner {
            Some((_, None)) => at.child("oneOf").child(variant("1", inner)),
            _ => at.child("oneOf").child(member),
        },
        Segment::Param(wire) => at.child("parameters").child(wire),
        Segment::Request => at.child("requestBody").child(media(ty)),
        Segment::Response(status) => at.child("responses").child(status).child(media(ty)),
    };
    below.to_string()
}

/// A tag, else the title, else what the variant must have: its number would move.
fn variant(tag: &str, inner: Option<(&Type, Option<&str>)>) -> String {
    let is_number = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_digit());
    match inner {
        Some((_, Some(title))) if is_number => title.to_owned(),
        Some((ty, None)) if is_number => match &ty.shape {
            Shape::Struct(shape) => {
                let required = shape.members.iter().filter(|member| member.presence == Presence::Required);
                let mut required: Vec<&str> = required.map(|member| member.wire.as_str()).collect();
                required.sort_unstable();
                format!("object({})", required.join(","))
            }
            Shape::Enum(_) => "enum".to_owned(),
            Shape::Union(_) => "union".to_owned(),
            Shape::Alias(_) | Shape::Wrapper(_) => "alias".to_owned(),
        },
        _ => tag.to_owned(),
    }
}

/// The media type a schema stands below.
fn media(ty: &Type) -> String {
    let mut keys = ty.origin.keys().skip_while(|key| key != "content").skip(1);
    keys.next().unwrap_or_default()
}
