//! Models as the emitter writes them, one for each thing the macros can do.

use crate::runtime::macros::{integer_enum, object, string_enum, tagged_union, untagged_union};
use crate::runtime::model::{
    BTreeMap, DateTime, Members, Object, Secret, UnknownInteger, UnknownValue, UnknownVariant, Utc, Value,
};

#[derive(Clone, PartialEq)]
pub(crate) struct Kinds {
    pub(crate) required: i64,
    pub(crate) optional: Option<String>,
    pub(crate) nullable: Option<bool>,
    pub(crate) defaulted: i64,
    pub(crate) open: Option<Status>,
    pub(crate) free: Value,
    pub(crate) members_: Members,
}

object!(Kinds {
    0 required required = "required";
    1 optional optional = "optional";
    2 nullable nullable = "nullable";
    3 defaulted defaulted = "def\"aulted", "10";
    4 constant "type", "\"kinds\"";
    5 defaulted open = "open", "\"running\"";
    6 defaulted free = "free", "{\"a\":[1]}";
});

#[derive(Clone, PartialEq)]
pub(crate) struct Timing {
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) waiting_ms: i64,
    pub(crate) parent: Option<Box<Timing>>,
    pub(crate) token: Option<Secret>,
    pub(crate) members_: Members,
}

object!(Timing {
    0 required created_at = "created_at";
    1 defaulted waiting_ms = "waiting_ms", "0";
    2 optional parent = "parent";
    3 optional token = "token";
});

#[derive(Clone, PartialEq)]
pub(crate) struct Labels {
    pub(crate) name: Option<String>,
    pub(crate) additional: BTreeMap<String, i64>,
    pub(crate) members_: Members,
}

object!(Labels {
    0 optional name = "name";
}, rest additional);

#[derive(Clone, Debug)]
pub(crate) enum Status {
    Pending,
    Running,
    Unknown(UnknownValue),
}

string_enum!(Status, Unknown { Pending = "pending", Running = "running" });

#[derive(Clone, Debug)]
pub(crate) enum Priority {
    Low,
    High,
    Unknown(UnknownInteger),
}

integer_enum!(Priority, Unknown { Low = 1, High = -2 });

/// A variant that has its tag as a constant.
#[derive(Clone, PartialEq)]
pub(crate) struct Pending {
    pub(crate) since: Option<i64>,
    pub(crate) members_: Members,
}

object!(Pending {
    0 constant "kind", "\"pending\"";
    1 optional since = "since";
});

/// A variant that does not know of its tag.
#[derive(Clone, PartialEq)]
pub(crate) struct Failed {
    pub(crate) message: String,
    pub(crate) lifecycle: Option<Lifecycle>,
    pub(crate) members_: Members,
}

object!(Failed {
    0 required message = "message";
    1 optional lifecycle = "lifecycle";
});

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Lifecycle {
    Pending(Pending),
    Failed(Box<Failed>),
    Timed(Timing),
    Unknown(UnknownVariant),
}

tagged_union!(Lifecycle, "kind", Unknown {
    0 Pending(Pending) = "pending";
    1 Failed(Box<Failed>) = "error" | "failed";
    2 Timed(Timing) = "timed";
});

#[derive(Clone, PartialEq)]
pub(crate) struct Run {
    pub(crate) id: String,
    pub(crate) lifecycle: Lifecycle,
    pub(crate) statuses: Vec<Status>,
    pub(crate) limits: Option<(i64, f64)>,
    pub(crate) meta: Option<BTreeMap<String, Mixed>>,
    pub(crate) members_: Members,
}

object!(Run {
    0 required id = "id";
    1 required lifecycle = "lifecycle";
    2 required statuses = "statuses";
    3 optional limits = "limits";
    4 optional meta = "meta";
});

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mixed {
    Text(String),
    Number(i64),
    Statuses(Vec<Status>),
    Lifecycle(Lifecycle),
    Labels(Labels),
    Free(Object),
}

untagged_union!(Mixed {
    0 Text(String),
    1 Number(i64),
    2 Statuses(Vec<Status>),
    3 Lifecycle(Lifecycle),
    4 Labels(Labels),
    5 Free(Object),
});

#[derive(Clone, PartialEq)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) age: Option<i64>,
    pub(crate) members_: Members,
}

object!(Person {
    0 required name = "name";
    1 optional age = "age";
});

#[derive(Clone, PartialEq)]
pub(crate) struct Company {
    pub(crate) name: String,
    pub(crate) seat: Option<Status>,
    pub(crate) parts: Option<Vec<Party>>,
    pub(crate) members_: Members,
}

object!(Company {
    0 required name = "name";
    1 optional seat = "seat";
    2 optional parts = "parts";
});

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Party {
    Person(Person),
    Company(Company),
    Wrapped(Box<Wrapped>),
    Id(i64),
    Ratio(f64),
}

untagged_union!(Party {
    0 Person(Person),
    1 Company(Company),
    2 Wrapped(Box<Wrapped>),
    3 Id(i64),
    4 Ratio(f64),
});

/// Recursive, for trials within trials.
#[derive(Clone, PartialEq)]
pub(crate) struct Wrapped {
    pub(crate) party: Party,
    pub(crate) members_: Members,
}

object!(Wrapped {
    0 required party = "party";
});
