//! How values of the types of an SDK are made from Rust, as plain data for programs that are written against it.
//!
//! All names are identifiers as they stand in the output. All types are Rust text that expects the modules `types` and
//! `model` (`runtime::model`) of the SDK in scope.

/// A type of the SDK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The type.
    pub ty: String,
    /// JSON pointer of its schema in the original document.
    pub pointer: String,
    /// How it is made.
    pub form: Form,
}

/// How values of a type are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A struct: `new` with these arguments, then setters.
    Struct {
        /// Arguments of `new`, in order.
        arguments: Vec<Slot>,
        /// Setters, each called like its field or with `set_` before it.
        setters: Vec<Slot>,
    },
    /// A struct that only responses carry: it has no `new`.
    Received,
    /// An enum: its first value.
    Value(String),
    /// A union.
    Union {
        /// The property that has the tag, if there is one.
        tag: Option<String>,
        /// The variants.
        variants: Vec<Variant>,
    },
    /// Another name for this.
    Alias(Part),
    /// A tuple struct around this; the flag says whether it is boxed.
    Wrapper(Part, bool),
}

/// An argument of `new`, or a setter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// JSON pointer of the schema of the property.
    pub pointer: String,
    /// What it takes.
    pub part: Part,
    /// Name of the property on the wire.
    pub wire: String,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// JSON pointer of its schema.
    pub pointer: String,
    /// Its payload.
    pub part: Part,
    /// Whether the payload is boxed.
    pub boxed: bool,
    /// The first tag that leads here, as JSON, where there are several: whoever makes the payload says which it has.
    pub tag: Option<String>,
    /// Whether it also takes values without a tag.
    pub is_default: bool,
}

/// What a value is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A value of this Rust type, with an example as JSON.
    Leaf(String, &'static str),
    /// A `Vec`.
    List(Box<Part>),
    /// A map from strings.
    Map(Box<Part>),
    /// A tuple.
    Tuple(Vec<Part>),
    /// An `Option`.
    Nullable(Box<Part>),
    /// A type of the SDK, by its position among the models.
    Model(usize),
    /// Nothing: a variant without payload.
    Unit,
}
