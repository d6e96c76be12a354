//! What schemas are called by themselves: `$id`, `$anchor`, `$dynamicAnchor`.
//!
//! In: these keywords by the place of their schema in the original document, and a reference. Out: the place it means there. A
//! schema with `$id` is a resource of its own: references below it are relative to its URI, and `#/…` begins at it.

use std::collections::HashMap;

use fluent_uri::{Uri, UriRef};
use serde_json::{Map, Value};

use crate::pointer::Pointer;
use crate::reference::decode;
use crate::tree::objects;

/// What a document without a name is called, so that relative names have something to be relative to.
const BASE: &str = "file:///";

/// Names that schemas have, by place in the original document.
#[derive(Debug, Default)]
pub(super) struct Names {
    ids: HashMap<Pointer, String>,
    anchors: HashMap<String, Vec<Pointer>>,
    /// How many schemas have a `$dynamicAnchor` of this name.
    dynamic: HashMap<String, usize>,
}

/// The names as absolute URIs.
#[derive(Debug, Default)]
pub(super) struct Resources<'n> {
    uris: HashMap<Pointer, Uri<String>>,
    places: HashMap<String, Pointer>,
    anchors: Option<&'n HashMap<String, Vec<Pointer>>>,
}

impl Names {
    /// Looks for names that reach across the document before the walk. Finds too much in examples, which does no harm.
    pub(super) fn new(root: &Value) -> Self {
        let mut names = Self::default();
        for members in objects(root) {
            if let Some(Value::String(name)) = members.get("$dynamicAnchor") {
                *names.dynamic.entry(name.clone()).or_default() += 1;
            }
        }
        names
    }

    /// Takes down the names of the schema at a place of the original document.
    pub(super) fn note(&mut self, map: &Map<String, Value>, place: &Pointer) {
        if let Some(id) = map.get("$id").and_then(Value::as_str).filter(|id| !id.starts_with('#')) {
            self.ids.insert(place.clone(), id.trim_end_matches('#').to_owned());
        }
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = map.get(key).and_then(Value::as_str) {
                let places = self.anchors.entry(name.to_owned()).or_default();
                if !places.contains(place) {
                    places.push(place.clone());
                }
            }
        }
    }

    /// Whether a `$dynamicRef` can only mean one schema, so that it is as good as a `$ref`.
    pub(super) fn is_static(&self, reference: &str) -> bool {
        let name = reference.split_once('#').map_or("", |(_, name)| name);
        name.is_empty() || name.starts_with('/') || self.dynamic.get(name).is_none_or(|count| *count < 2)
    }

    /// The names as absolute URIs.
    pub(super) fn resources(&self) -> Resources<'_> {
        let mut found = Resources { anchors: Some(&self.anchors), ..Resources::default() };
        let mut places: Vec<&Pointer> = self.ids.keys().collect();
        // Outer schemas first, since the names of inner ones are relative to theirs.
        places.sort_by_key(|place| (place.as_str().matches('/').count(), place.as_str()));
        for place in places {
            let base = found.base(&found.resource(&place.parent()));
            if let Some(uri) = base.and_then(|base| resolved(&self.ids[place], &base)) {
                found.places.entry(uri.as_str().to_owned()).or_insert_with(|| place.clone());
                found.uris.insert(place.clone(), uri);
            }
        }
        found
    }
}

impl Resources<'_> {
    /// The places in the original document that a reference at `origin` may mean, the most likely first.
    pub(super) fn targets(&self, reference: &str, origin: &Pointer) -> Vec<Pointer> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let here = self.resource(origin);
        let resource = if uri.is_empty() {
            Some(here.clone())
        } else {
            let uri = self.base(&here).and_then(|base| resolved(uri, &base));
            uri.and_then(|uri| self.places.get(uri.as_str()).cloned())
        };
        let Some(resource) = resource else { return Vec::new() };
        let fragment = decode(fragment);
        if fragment.is_empty() || fragment.starts_with('/') {
            let join = |at: &Pointer| Pointer::from(format!("{}{fragment}", at.as_str()).as_str());
            // The rules say "from the resource"; many a document means itself.
            let mut places = vec![join(&resource)];
            if uri.is_empty() && resource != Pointer::root() {
                places.push(join(&Pointer::root()));
            }
            return places;
        }
        let places = self.anchors.and_then(|anchors| anchors.get(&*fragment)).into_iter().flatten();
        let (own, other): (Vec<&Pointer>, Vec<&Pointer>) =
            places.partition(|place| self.resource(place) == resource);
        own.into_iter().chain(other.into_iter().filter(|_| uri.is_empty())).cloned().collect()
    }

    /// The nearest schema with an `$id` at or above a place; else the document.
    fn resource(&self, place: &Pointer) -> Pointer {
        let mut at = place.clone();
        while at != Pointer::root() && !self.uris.contains_key(&at) {
            at = at.parent();
        }
        at
    }

    fn base(&self, resource: &Pointer) -> Option<Uri<String>> {
        self.uris.get(resource).cloned().or_else(|| Uri::parse(BASE.to_owned()).ok())
    }
}

/// An absolute URI without fragment.
fn resolved(text: &str, base: &Uri<String>) -> Option<Uri<String>> {
    UriRef::parse(text).ok()?.resolve_against(base).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(ids: &[(&str, &str)], anchors: &[(&str, &str)]) -> Names {
        let mut names = Names::default();
        for (place, id) in ids {
            names.ids.insert(Pointer::from(*place), (*id).to_owned());
        }
        for (name, place) in anchors {
            names.anchors.entry((*name).to_owned()).or_default().push(Pointer::from(*place));
        }
        names
    }

    #[test]
    fn references_are_relative_to_the_nearest_name() {
        let names = names(
            &[("/a", "https://x.example/dir/a"), ("/a/b", "b"), ("/c", "urn:c")],
            &[("here", "/a/b/d"), ("here", "/c/d")],
        );
        let resources = names.resources();
        let find = |reference: &str, origin: &str| {
            let found = resources.targets(reference, &Pointer::from(origin));
            found.first().map_or(String::new(), |place| place.as_str().to_owned())
        };
        assert_eq!(find("#/x", "/a/b/q"), "/a/b/x");
        assert_eq!(find("#/x", "/other"), "/x");
        assert_eq!(find("#", "/a/q"), "/a");
        assert_eq!(find("b#/x%7E1y", "/a/q"), "/a/b/x~1y");
        assert_eq!(find("https://x.example/dir/b", "/c"), "/a/b");
        assert_eq!(find("../dir/a", "/a/b"), "/a");
        assert_eq!(find("urn:c#here", "/a"), "/c/d");
        assert_eq!(find("#here", "/a/b"), "/a/b/d");
        assert_eq!(find("#here", "/elsewhere"), "/a/b/d");
        assert_eq!(find("https://x.example/none", "/a"), "");
        assert_eq!(find("::", "/a"), "");
    }

    #[test]
    fn a_dynamic_reference_is_static_while_one_schema_responses() {
        let document = serde_json::json!({"a": {"$dynamicAnchor": "n"}, "b": [{"$dynamicAnchor": "m"}, {"$dynamicAnchor": "m"}]});
        let names = Names::new(&document);
        assert!(names.is_static("#n") && names.is_static("#/x") && names.is_static("#none"));
        assert!(!names.is_static("#m") && !names.is_static("other#m"));
    }
}
