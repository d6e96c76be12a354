//! What is known while a document is lowered.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::{Config, Replacement};
use crate::diag::Sink;
use crate::ir::{Api, Owner, Segment, TagKind, Ty, TypeId};
use crate::pointer::Pointer;
use crate::resolve::{Conjunction, Doc, Place, Shared};

/// The state of one lowering.
pub(super) struct Lower<'d, 's> {
    pub(super) doc: &'d Doc,
    pub(super) config: &'s Config,
    pub(super) sink: &'s mut Sink,
    pub(super) api: Api,
    /// Components by place.
    pub(super) components: HashMap<Pointer, TypeId>,
    /// What inline schemas became, so that a shared place is lowered once.
    pub(super) inline: HashMap<Conjunction<'d>, Ty>,
    /// What schemas refer to that are nothing but a reference, so that a chain of them is followed once.
    pub(super) targets: HashMap<Place<'d>, Option<Place<'d>>>,
    /// Schemas that are the body of a multipart request: their binary members are files.
    pub(super) files: HashSet<Pointer>,
    /// Components that others extend, with a discriminator.
    pub(super) families: BTreeMap<Pointer, Family>,
    /// Types that were chosen for schemas, by place, with what `sdk.toml` calls the place.
    pub(super) replace: HashMap<Pointer, (String, Replacement)>,
    /// The choices that hit something.
    pub(super) used: HashSet<String>,
    /// The lists and maps in place that are being lowered.
    pub(super) open: Vec<Open<'d>>,
    /// What the current schema stands in.
    pub(super) owner: Owner,
    /// The way from the owner to the current schema.
    pub(super) path: Vec<Segment>,
    /// Where the defaults of members are written that come from another schema than the one at the member's place.
    pub(super) defaults: HashMap<Pointer, Pointer>,
    /// How many schemas the current one lies in, references into the middle of others followed.
    pub(super) depth: usize,
    /// Branches that were combined with what stands beside a union inside of another one.
    pub(super) combined: usize,
    /// Properties of objects that are written in other schemas, by `allOf`.
    pub(super) inherited: usize,
    /// How many there may be.
    pub(super) most_inherited: usize,
    /// Encoding Objects about which everything was said.
    pub(super) encoded: HashSet<Pointer>,
    /// Inside a multipart body.
    pub(super) in_files: bool,
    /// The responses of this operation have no content, whatever is declared.
    pub(super) without_content: bool,
    /// Some body is XML.
    pub(super) has_xml: bool,
}

/// A list or map that is being lowered.
#[derive(Clone)]
pub(super) struct Open<'d> {
    pub(super) conjunction: Vec<Place<'d>>,
    pub(super) owner: Owner,
    pub(super) path: Vec<Segment>,
    /// The type it became because it was met again inside itself.
    pub(super) recursive: Option<TypeId>,
}

/// A parent.
#[derive(Clone, Debug)]
pub(super) struct Family {
    /// The property that tells the children apart.
    pub(super) property: String,
    /// What its values are.
    pub(super) kind: TagKind,
    /// Children with their tags, in document order; the parent itself only where the mapping names it.
    pub(super) children: Vec<(Pointer, Vec<String>)>,
    /// The first children extend the parent; those behind stand only in its mapping.
    pub(super) extending: usize,
}

impl Lower<'_, '_> {
    /// Runs `inner` one step deeper.
    pub(super) fn step<T>(&mut self, segment: Segment, inner: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(segment);
        let result = inner(self);
        self.path.pop();
        result
    }

    /// Runs `inner` where a shared part of operations stands: a component owns its types, anything else belongs to the
    /// operation that is read first.
    pub(super) fn at_home<P: Clone, T>(
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
    pub(super) fn within<T>(&mut self, owner: Owner, inner: impl FnOnce(&mut Self) -> T) -> T {
        let old = (std::mem::replace(&mut self.owner, owner), std::mem::take(&mut self.path));
        let result = inner(self);
        (self.owner, self.path) = old;
        result
    }
}
