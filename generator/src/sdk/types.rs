//! Structs, enums, unions and aliases.

use super::{Ident, ModuleId};
use crate::ir::{Access, Docs, EnumRepr, Presence, Rare, TagKind, Tagging, Ty, TypeName, Xml};
use crate::pointer::Pointer;

/// A type of the module `types`.
#[derive(Clone, Debug)]
pub struct Type {
    /// Its name, unique among all types.
    pub name: Ident,
    /// The module that holds it.
    pub module: ModuleId,
    /// Another name for an equal type, too long to be written; the type itself is named instead.
    pub is_unwritten: bool,
    /// Reachable from a parameter or request body: structs have `new` and setters in every build. Those of other structs are
    /// behind the feature `testing`.
    pub is_in_request: bool,
    /// Equality of its values is total: it is `Eq` and `Hash`, behind the feature `testing`.
    pub is_eq: bool,
    /// Where its schema stands.
    pub origin: Pointer,
    /// What `names.lock` calls it.
    pub location: String,
    /// What its name is made of.
    pub source: TypeName,
    /// Documentation.
    pub docs: Rare<Docs>,
    /// First example of the schema, as JSON text.
    pub example: Option<String>,
    /// What the `xml` keyword says here.
    pub xml: Rare<Xml>,
    /// What it is.
    pub shape: Shape,
}

/// The shapes of a type.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A struct.
    Struct(Struct),
    /// A list of scalars, kept open.
    Enum(Enum),
    /// An enum of payloads.
    Union(Union),
    /// Another name for a type.
    Alias(Ty),
    /// A tuple struct around a type that is made of it.
    Wrapper(Ty),
}

/// A struct.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// Fields and constants, in the order of the document.
    pub fields: Vec<Field>,
    /// The map of undeclared properties of a known type.
    pub additional: Option<Additional>,
    /// The fields that a file becomes, where it can become one of these.
    pub file: Option<FileFields>,
}

impl Struct {
    /// The arguments of `new`, in order.
    pub fn arguments(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_argument)
    }
}

/// The fields of a struct that hold a file, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFields {
    /// The content.
    pub content: usize,
    /// How it is written.
    pub form: FileForm,
    /// The name of the file.
    pub name: Option<usize>,
    /// Its media type.
    pub media_type: Option<usize>,
}

/// How a file is written in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    /// `data:application/pdf;base64,…`.
    DataUrl,
    /// Base64.
    Base64,
}

/// The map of undeclared properties.
#[derive(Clone, Debug)]
pub struct Additional {
    /// The field.
    pub name: Ident,
    /// Type of the values.
    pub ty: Ty,
    /// Values may also be of other types.
    pub is_open: bool,
}

/// A property of an object: a field of a struct, or an associated constant.
#[derive(Clone, Debug)]
pub struct Field {
    /// The field; for constants the associated constant, in capitals.
    pub name: Ident,
    /// Name of the property on the wire.
    pub wire: String,
    /// Where its schema stands.
    pub origin: Pointer,
    /// Type of the value, without `Option` and `Box`; [`Field::full_type`] has both.
    pub ty: Ty,
    /// The field is an `Option`.
    pub is_option: bool,
    /// The field is boxed because a cycle is cut here.
    pub is_boxed: bool,
    /// How the codec reads and writes it.
    pub kind: FieldKind,
    /// May it be absent, may it be null, as the document says.
    pub declared: Presence,
    /// The same, relaxed where a one-sided property stands in a type of both sides.
    pub presence: Presence,
    /// Default value as JSON text; only one that fits the type, never `null`.
    pub default: Option<String>,
    /// A constant as JSON text: there is no field, its value is always sent.
    pub constant: Option<String>,
    /// Whether `new` takes it.
    pub is_argument: bool,
    /// Setter of what `new` does not take.
    pub setter: Option<Ident>,
    /// Sends null on purpose: `clear_<field>`.
    pub clear: Option<Ident>,
    /// Setter behind the feature `testing`: no request carries the property.
    pub test_setter: Option<Ident>,
    /// `clear_<field>` behind the feature `testing`.
    pub test_clear: Option<Ident>,
    /// `readOnly` or `writeOnly`.
    pub access: Access,
    /// Documentation.
    pub docs: Rare<Docs>,
    /// What the `xml` keyword says here.
    pub xml: Rare<Xml>,
}

impl Field {
    /// The type of the field as it is declared.
    pub fn full_type(&self) -> Ty {
        let ty = if self.is_boxed { Ty::Boxed(Box::new(self.ty.clone())) } else { self.ty.clone() };
        if self.is_option { Ty::Nullable(Box::new(ty)) } else { ty }
    }
}

/// How the codec reads and writes a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// It must be there, and is not null.
    Required,
    /// It may be absent.
    Optional,
    /// It must be there, and may be null.
    Nullable,
    /// Absent, it has a default.
    Defaulted,
    /// It always has the same value.
    Constant,
}

/// A list of scalars.
#[derive(Clone, Debug)]
pub struct Enum {
    /// What the values are.
    pub repr: EnumRepr,
    /// The values in the order of the document.
    pub values: Vec<Value>,
    /// The variant that keeps what this version does not know.
    pub unknown: Ident,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct Value {
    /// Its variant.
    pub name: Ident,
    /// The value on the wire.
    pub wire: String,
    /// A name that the document proposes.
    pub hint: Option<String>,
    /// Documentation.
    pub docs: Rare<Docs>,
}

/// An enum of payloads.
#[derive(Clone, Debug)]
pub struct Union {
    /// How the variants are told apart.
    pub tagging: Tagging,
    /// What the tags are.
    pub tag: TagKind,
    /// The variants in the order of the document.
    pub variants: Vec<Variant>,
    /// The variant of values without a tag, or with one that no variant has.
    pub default: Option<usize>,
    /// The variant that keeps what this version does not know. Untagged unions have none, but its name is kept for the
    /// day a tag comes.
    pub unknown: Ident,
}

impl Union {
    /// Whether values say by a tag which variant they are. Only then is there a variant for what is not known.
    pub fn is_tagged(&self) -> bool {
        self.tagging != Tagging::Shape
    }
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub name: Ident,
    /// Where it stands.
    pub origin: Pointer,
    /// A name that was chosen for it.
    pub hint: Option<String>,
    /// Its payload, without `Box`.
    pub ty: Ty,
    /// The payload is boxed because a cycle is cut here.
    pub is_boxed: bool,
    /// Values of the tag that lead here; empty for untagged unions.
    pub tags: Vec<String>,
    /// Documentation.
    pub docs: Rare<Docs>,
}

impl Variant {
    /// The payload as it is declared.
    pub fn full_type(&self) -> Ty {
        if self.is_boxed { Ty::Boxed(Box::new(self.ty.clone())) } else { self.ty.clone() }
    }
}

impl Type {
    /// The fields and constants of a struct; none of other types.
    pub fn fields(&self) -> &[Field] {
        match &self.shape {
            Shape::Struct(of) => &of.fields,
            _ => &[],
        }
    }

    /// The variants of enums and unions.
    pub fn variants(&self) -> Vec<&Ident> {
        match &self.shape {
            Shape::Enum(of) => of.values.iter().map(|value| &value.name).collect(),
            Shape::Union(of) => of.variants.iter().map(|variant| &variant.name).collect(),
            _ => Vec::new(),
        }
    }
}
