//! References within a document: what their text means, and the node that they resolve to.
//!
//! A reference may pass through others: `#/paths/…/schema/allOf/0/properties/x`, where the `schema` is itself a `$ref`. A JSON
//! pointer knows nothing of references, so strictly such a reference resolves to nothing; the tools that write them resolve
//! step by step, and mean the node at the end.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::pointer::Pointer;

/// References to references, or through references, that are followed.
pub(crate) const MOST: usize = 64;

/// The nodes that a reference resolves to, one after the other: the last one is no reference, or it resolves to nothing, or
/// there are too many. `node` gives the node at a pointer.
pub(crate) fn chain<'r>(
    reference: &str,
    node: impl Fn(&Pointer) -> Option<&'r Value>,
) -> impl Iterator<Item = (Pointer, &'r Value)> {
    let mut next = local(reference);
    (0..MOST).map_while(move |_| {
        let at = next.take()?;
        let value = node(&at)?;
        next = value.get("$ref").and_then(Value::as_str).and_then(local);
        Some((at, value))
    })
}

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

/// The section and the key of the component that a reference resolves to or into, as a pointer has them.
pub(crate) fn component(reference: &str) -> Option<(String, String)> {
    let at = local(reference)?;
    let mut keys = at.as_str().strip_prefix("/components/")?.splitn(3, '/').map(str::to_owned);
    Some((keys.next()?, keys.next()?))
}

/// The fragment of a reference without its percent signs; the escapes of JSON pointers stay.
pub(crate) fn decode(fragment: &str) -> Cow<'_, str> {
    percent_decode_str(fragment).decode_utf8().unwrap_or(Cow::Borrowed(fragment))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{End, MOST, chain, follow};
    use crate::pointer::Pointer;

    #[test]
    fn a_chain_ends_at_what_is_no_reference_and_after_the_most() {
        let document =
            json!({"a": {"$ref": "#/b%20c"}, "b c": {"$ref": "#/d"}, "d": 1, "e": {"$ref": "#/e"}});
        let places = |reference: &str| {
            let chain = chain(reference, |at| document.pointer(at.as_str()));
            chain.map(|(at, _)| at.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(places("#/a"), ["/a", "/b c", "/d"]);
        assert_eq!(places("#/none"), [""; 0]);
        assert_eq!(places("other.yaml#/a"), [""; 0]);
        assert_eq!(places("#/e").len(), MOST);
    }

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
