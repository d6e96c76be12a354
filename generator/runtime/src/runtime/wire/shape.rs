//! Tables that describe models: all that the codec must know about a type beside its members' Rust types.

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `true`, `false`.
    pub const BOOL: Self = Self(2);
    /// Numbers.
    pub const NUMBER: Self = Self(4);
    /// Strings.
    pub const STRING: Self = Self(8);
    /// Arrays.
    pub const ARRAY: Self = Self(16);
    /// Objects.
    pub const OBJECT: Self = Self(32);
    /// Everything.
    pub const ANY: Self = Self(63);
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets have something in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The set in words: `a string or a number`.
    pub(crate) fn words(self) -> String {
        const WORDS: [(Kinds, &str); 6] = [
            (Kinds::OBJECT, "an object"),
            (Kinds::ARRAY, "an array"),
            (Kinds::STRING, "a string"),
            (Kinds::NUMBER, "a number"),
            (Kinds::BOOL, "a boolean"),
            (Kinds::NULL, "null"),
        ];
        let words: Vec<&str> =
            WORDS.iter().filter(|(kind, _)| self.meets(*kind)).map(|(_, word)| *word).collect();
        words.join(" or ")
    }
}

/// How a member of an object behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Must be there.
    Required,
    /// May be absent, then it is `None`.
    Optional,
    /// May be absent, then it has the default.
    Defaulted,
    /// Has no field: always the same value.
    Constant,
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub(crate) name: &'static str,
    pub(crate) presence: Presence,
    /// The default or constant as JSON text.
    pub(crate) text: &'static str,
}

impl Member {
    /// A member that must be there.
    #[must_use]
    pub const fn required(name: &'static str) -> Self {
        Self { name, presence: Presence::Required, text: "" }
    }

    /// A member that must be there, possibly as null.
    #[must_use]
    pub const fn nullable(name: &'static str) -> Self {
        Self { name, presence: Presence::Required, text: "" }
    }

    /// A member that may be absent.
    #[must_use]
    pub const fn optional(name: &'static str) -> Self {
        Self { name, presence: Presence::Optional, text: "null" }
    }

    /// A member that has this value (JSON text) when it is absent.
    #[must_use]
    pub const fn defaulted(name: &'static str, text: &'static str) -> Self {
        Self { name, presence: Presence::Defaulted, text }
    }

    /// A member that always has this value (JSON text).
    #[must_use]
    pub const fn constant(name: &'static str, text: &'static str) -> Self {
        Self { name, presence: Presence::Constant, text }
    }
}

/// An object type.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Name of the Rust type.
    pub name: &'static str,
    /// Its members; their positions are the indices used in reading and writing.
    pub members: &'static [Member],
}

impl Shape {
    /// The index of the member of this name; `hint` is tried first.
    pub(crate) fn find(&self, name: &str, hint: usize) -> Option<usize> {
        let (before, after) = self.members.split_at(hint.min(self.members.len()));
        let same = |member: &Member| member.name == name;
        after.iter().position(same).map(|at| at + before.len()).or_else(|| before.iter().position(same))
    }
}

/// A union type.
#[derive(Clone, Copy, Debug)]
pub struct Choices {
    /// Name of the Rust type.
    pub name: &'static str,
    /// The member that distinguishes the variants; empty when their shapes do.
    pub tag: &'static str,
    /// The tags are strings; else they are integers or booleans, as their JSON texts.
    pub is_text: bool,
    /// The variant of values without a tag, or with one that no variant has; at most one.
    pub default: &'static [usize],
    /// The variants in order.
    pub variants: &'static [Choice],
}

/// A variant of a union.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Name of the Rust variant.
    pub name: &'static str,
    /// JSON types of its payload.
    pub kinds: Kinds,
    /// Values of the tag that lead here.
    pub tags: &'static [&'static str],
}
