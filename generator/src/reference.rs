//! References whose way leads through other references: `#/paths/…/schema/allOf/0/properties/x`, where the `schema` is
//! itself a `$ref`.
//!
//! A JSON pointer knows nothing of references, so strictly such a reference leads to nothing; the tools that write them resolve
//! step by step, and mean what stands at the end.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::pointer::Pointer;

/// Most references that one way may lead through.
pub(crate) const MOST: usize = 64;

/// What is at the end of a way.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// A node, and where it stands.
    At(Pointer),
    /// Nothing.
    Nowhere,
    /// The references on the way lead back to themselves, or are too many.
    Circle,
}

/// Follows a way, reference by reference. `now` says where the node of a place stands; `origin` is its opposite.
pub(crate) fn follow(
    root: &Value,
    place: Pointer,
    now: impl Fn(&Pointer) -> Option<Pointer>,
    origin: impl Fn(&Pointer) -> Pointer,
) -> End {
    let mut place = place;
    for _ in 0..MOST {
        if let Some(there) = now(&place) {
            return End::At(there);
        }
        let Some((above, node)) = nearest(root, &place, &now) else { return End::Nowhere };
        let Some(target) = node.get("$ref").and_then(Value::as_str).and_then(local) else {
            return End::Nowhere;
        };
        let target = match root.pointer(target.as_str()) {
            Some(_) => origin(&target),
            None => target,
        };
        let rest = &place.as_str()[above.as_str().len()..];
        place = Pointer::from(format!("{}{rest}", target.as_str()).as_str());
    }
    End::Circle
}

/// The nearest node above a place that is there.
fn nearest<'r>(
    root: &'r Value,
    place: &Pointer,
    now: impl Fn(&Pointer) -> Option<Pointer>,
) -> Option<(Pointer, &'r Value)> {
    let mut above = place.clone();
    while above != Pointer::root() {
        above = above.parent();
        if let Some(node) = now(&above).and_then(|new| root.pointer(new.as_str())) {
            return Some((above, node));
        }
    }
    None
}

/// The pointer of a reference into the document itself (`#/…`), percent-decoded.
pub(crate) fn local(reference: &str) -> Option<Pointer> {
    let fragment = reference.strip_prefix('#')?;
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return None;
    }
    Some(Pointer::from(&*decode(fragment)))
}

/// The fragment of a reference without its percent signs; the escapes of JSON pointers stay.
pub(crate) fn decode(fragment: &str) -> Cow<'_, str> {
    percent_decode_str(fragment).decode_utf8().unwrap_or(Cow::Borrowed(fragment))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{End, follow};
    use crate::pointer::Pointer;

    #[test]
    fn a_way_leads_through_references_and_ends_where_they_go_round() {
        let document = json!({
            "a": {"$ref": "#/b"}, "b": {"$ref": "#/c%20d"}, "c d": {"x": [{"$ref": "#/e"}]}, "e": {"y": 1},
            "round": {"$ref": "#/round/z"}, "here": {"$ref": "#/there"}, "there": {"$ref": "#/here"}
        });
        let now = |at: &Pointer| document.pointer(at.as_str()).map(|_| at.clone());
        let end = |place: &str| follow(&document, Pointer::from(place), now, Pointer::clone);
        assert_eq!(end("/a/x/0/y"), End::At(Pointer::from("/e/y")));
        assert_eq!(end("/a/x/1/y"), End::Nowhere);
        assert_eq!(end("/none/x"), End::Nowhere);
        assert_eq!(end("/round/z"), End::Circle);
        assert_eq!(end("/here/x"), End::Circle);
    }
}
