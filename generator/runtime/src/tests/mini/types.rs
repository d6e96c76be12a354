//! Models of the small SDK.

#![allow(dead_code, unreachable_pub, reason = "macros give what a real SDK makes public")]

use crate::runtime::macros::{object, string_enum};
use crate::runtime::model::{Members, Secret, Upload};

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub(in super::super) struct Thing {
    pub(in super::super) id: String,
    pub(in super::super) state: Option<State>,
    members_: Members,
}

object!(Thing {
    0 required id = "id";
    1 optional state = "state";
});

#[derive(Clone, Debug)]
#[non_exhaustive]
pub(in super::super) enum State {
    Ready,
    Busy,
    Unknown(crate::runtime::model::UnknownValue),
}

string_enum!(State, Unknown { Ready = "ready", Busy = "busy" });

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub(in super::super) struct ThingList {
    pub(in super::super) data: Vec<Thing>,
    pub(in super::super) list_metadata: Option<ListMetadata>,
    members_: Members,
}

object!(ThingList {
    0 required data = "data";
    1 optional list_metadata = "list_metadata";
});

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub(in super::super) struct ListMetadata {
    pub(in super::super) after: Option<String>,
    pub(in super::super) more: Option<bool>,
    members_: Members,
}

object!(ListMetadata {
    0 optional after = "after";
    1 optional more = "more";
});

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub(in super::super) struct NewThing {
    pub(in super::super) name: String,
    pub(in super::super) password: Option<Secret>,
    members_: Members,
}

object!(NewThing {
    0 required name = "name";
    1 optional password = "password";
});

impl NewThing {
    pub(in super::super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), password: None, members_: Members::new(&[]) }
    }

    pub(in super::super) fn password(mut self, password: impl Into<Secret>) -> Self {
        self.password = Some(password.into());
        self
    }
}

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub(in super::super) struct Parcel {
    pub(in super::super) title: String,
    pub(in super::super) tags: Vec<String>,
    pub(in super::super) about: Thing,
    pub(in super::super) file: Upload,
    pub(in super::super) more: Vec<Upload>,
    members_: Members,
}

object!(Parcel {
    0 required title = "title";
    1 required tags = "tags";
    2 required about = "about";
    3 required file = "file";
    4 required more = "more";
});

impl Parcel {
    pub(in super::super) fn new(title: &str, file: Upload) -> Self {
        let about = Thing { id: "t".to_owned(), state: None, members_: Members::new(&[]) };
        Self {
            title: title.to_owned(),
            tags: Vec::new(),
            about,
            file,
            more: Vec::new(),
            members_: Members::new(&[]),
        }
    }
}

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub(in super::super) struct Problem {
    pub(in super::super) detail: String,
    members_: Members,
}

object!(Problem {
    0 required detail = "detail";
});
