//! What can be shown about a place of the input: that it is still there, that it was reported, that something refers to it.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::diag::{Code, Diagnostic, File};
use crate::fixup::Edited;
use crate::normalize::Normal;
use crate::pointer::Pointer;
use crate::reference::local;
use crate::tree::{Tree, objects};

/// The document in its stages, and what was said about it.
pub(crate) struct Evidence<'a> {
    /// As it came in.
    pub(crate) input: &'a Value,
    /// With overlays and fixups.
    pub(crate) edited: &'a Edited,
    /// In normal form.
    pub(crate) normal: &'a Normal,
    /// Everything that was reported, whatever `sdk.toml` makes of it.
    pub(crate) said: &'a [Diagnostic],
}

/// The evidence, by place in the input.
pub(super) struct Proof {
    normal: HashSet<Pointer>,
    /// Only where it differs from the input.
    edited: Option<HashSet<Pointer>>,
    said: HashMap<Pointer, Vec<Code>>,
    referred: HashSet<Pointer>,
}

impl Proof {
    pub(super) fn new(evidence: &Evidence<'_>) -> Self {
        let mut said: HashMap<Pointer, Vec<Code>> = HashMap::new();
        for one in evidence.said {
            if one.primary.file == File::Document {
                said.entry(one.primary.at.clone()).or_default().push(one.code);
            }
        }
        let reference = |members: &Map<String, Value>| local(members.get("$ref")?.as_str()?);
        let referred = objects(&evidence.normal.root).filter_map(reference).collect();
        Self {
            normal: origins(evidence.normal),
            edited: (evidence.edited.root != *evidence.input).then(|| origins(evidence.edited)),
            said,
            referred,
        }
    }

    /// Whether the node is in the normal form, wherever it stands there.
    pub(super) fn stays(&self, at: &Pointer) -> bool {
        self.normal.contains(at)
    }

    /// Whether an overlay or a fixup took it out.
    pub(super) fn edited_out(&self, at: &Pointer) -> bool {
        self.edited.as_ref().is_some_and(|left| !left.contains(at))
    }

    /// What was reported at this very place.
    pub(super) fn said(&self, at: &Pointer) -> &[Code] {
        self.said.get(at).map_or(&[], Vec::as_slice)
    }

    /// Whether something refers to this component.
    pub(super) fn is_referred_to(&self, component: &Pointer) -> bool {
        self.referred.contains(component)
    }
}

/// Where all nodes of a tree stood in the input.
fn origins(tree: &Tree) -> HashSet<Pointer> {
    let mut all = HashSet::new();
    each(&tree.root, &Pointer::root(), &mut |at| {
        all.insert(tree.moves.origin(at));
    });
    all
}

fn each(value: &Value, at: &Pointer, take: &mut impl FnMut(&Pointer)) {
    take(at);
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| each(item, &at.child(place), take));
        }
        Value::Object(members) => {
            members.iter().for_each(|(key, member)| each(member, &at.child(key), take));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
