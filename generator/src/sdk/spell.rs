//! Types as Rust text.

use std::collections::HashSet;

use super::{Sdk, Shape, Struct};
use crate::ir::{Content, ContentKind, EnumRepr, Format, IntKind, Ty, TypeId};

/// How the names in a type are reached from where it is written.
pub trait Paths {
    /// A type of the module `types`.
    fn named(&mut self, sdk: &Sdk, id: TypeId) -> String;

    /// A type of the runtime, in a module of it.
    fn runtime(&mut self, module: &'static str, name: &'static str) -> String;

    /// `BTreeMap`.
    fn map(&mut self) -> String;

    /// A type of another crate, by its path.
    fn foreign(&mut self, path: &str) -> String;
}

/// Paths as people write them: bare names.
pub struct Bare;

impl Paths for Bare {
    fn named(&mut self, sdk: &Sdk, id: TypeId) -> String {
        sdk.types[sdk.written(id)].name.to_string()
    }

    fn runtime(&mut self, _: &'static str, name: &'static str) -> String {
        name.to_owned()
    }

    fn map(&mut self) -> String {
        "BTreeMap".to_owned()
    }

    fn foreign(&mut self, path: &str) -> String {
        crate::ir::last_word(path).to_owned()
    }
}

/// Paths below the module `types` and the modules of the runtime, with what stands before them.
#[derive(Clone, Copy)]
pub struct Under<'a> {
    /// Stands before `types::Run`.
    pub types: &'a str,
    /// Stands before `model::Secret`.
    pub runtime: &'a str,
}

impl Under<'static> {
    /// For programs that import the module `types` and those of the runtime.
    pub fn modules() -> Self {
        Self { types: "", runtime: "" }
    }

    /// From the root of the crate.
    pub fn root() -> Self {
        Self { types: "", runtime: "runtime::" }
    }
}

impl Paths for Under<'_> {
    fn named(&mut self, sdk: &Sdk, id: TypeId) -> String {
        format!("{}types::{}", self.types, sdk.types[sdk.written(id)].name)
    }

    fn runtime(&mut self, module: &'static str, name: &'static str) -> String {
        format!("{}{module}::{name}", self.runtime)
    }

    fn map(&mut self) -> String {
        "std::collections::BTreeMap".to_owned()
    }

    fn foreign(&mut self, path: &str) -> String {
        path.to_owned()
    }
}

/// What a function takes where a value of some type is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepts<'a> {
    /// The value.
    Value,
    /// Whatever converts into it.
    Into,
    /// JSON that must be an object.
    Object,
    /// An iterator over items of this type, or over whatever converts into it.
    Items(&'a Ty),
    /// An iterator over names and values of this type, or over whatever converts into them.
    Entries(&'a Ty),
}

impl Sdk {
    /// What a function takes for a value of this type. Callers usually have something else in hand: `&str` for strings, secrets
    /// and string enums, numbers for other enums, payloads for unions, `json!` for what is free, any iterator for lists and maps.
    pub fn accepts<'t>(&'t self, ty: &'t Ty) -> Accepts<'t> {
        match self.behind(ty) {
            Ty::List(item) => Accepts::Items(item),
            Ty::Map(value) => Accepts::Entries(value),
            Ty::Object => Accepts::Object,
            ty if self.converts(ty) => Accepts::Into,
            _ => Accepts::Value,
        }
    }

    /// Whether other types convert into this one.
    pub fn converts(&self, ty: &Ty) -> bool {
        match self.behind(ty) {
            Ty::String | Ty::Secret | Ty::Any => true,
            Ty::Named(id) => match &self.types[id].shape {
                Shape::Enum(_) | Shape::Union(_) => true,
                Shape::Struct(of) => of.file.is_some(),
                Shape::Alias(_) | Shape::Wrapper(_) => false,
            },
            _ => false,
        }
    }

    /// Whether `new` takes its arguments by name: two of them could be exchanged and the call would still compile.
    pub fn takes_names(&self, of: &Struct) -> bool {
        let mut known = HashSet::new();
        !of.arguments().all(|field| known.insert(self.likeness(&field.ty)))
    }

    /// What the arguments are like that the compiler takes for each other.
    fn likeness(&self, ty: &Ty) -> String {
        match self.behind(ty) {
            Ty::String | Ty::Secret => "a text".to_owned(),
            Ty::Int(_) => "an integer".to_owned(),
            Ty::Named(id) => match &self.types[id].shape {
                Shape::Enum(of) if of.repr == EnumRepr::String => "a text".to_owned(),
                Shape::Enum(_) => "an integer".to_owned(),
                _ => self.spell(&Ty::Named(*id), &mut Bare),
            },
            Ty::List(item) => format!("a list of {}", self.likeness(item)),
            ty => self.spell(&self.without_aliases(ty), &mut Bare),
        }
    }

    /// The type of an argument that takes a value of this type.
    pub fn spell_argument(&self, ty: &Ty, paths: &mut dyn Paths) -> String {
        let part = |ty: &Ty, paths: &mut dyn Paths| match self.converts(ty) {
            true => format!("impl Into<{}>", self.spell(ty, paths)),
            false => self.spell(ty, paths),
        };
        match self.accepts(ty) {
            Accepts::Value | Accepts::Into => part(ty, paths),
            Accepts::Object => format!("impl Into<{}>", self.spell(&Ty::Any, paths)),
            Accepts::Items(item) => format!("impl IntoIterator<Item = {}>", part(item, paths)),
            Accepts::Entries(value) => {
                format!("impl IntoIterator<Item = (impl Into<String>, {})>", part(value, paths))
            }
        }
    }

    /// Whether a setter of an optional value of this type takes an `Option`, too. Lists and maps are iterators, which an `Option`
    /// is as well, and free JSON has null.
    pub fn takes_option(&self, ty: &Ty) -> bool {
        match self.accepts(ty) {
            Accepts::Value => true,
            Accepts::Into => *self.behind(ty) != Ty::Any,
            Accepts::Object | Accepts::Items(_) | Accepts::Entries(_) => false,
        }
    }

    /// The type of an argument that takes an optional value or nothing. The flag says that it needs the type parameter `M`.
    pub fn spell_optional(&self, ty: &Ty, paths: &mut dyn Paths) -> (String, bool) {
        match self.accepts(ty) {
            _ if !self.takes_option(ty) => (self.spell_argument(ty, paths), false),
            Accepts::Value => (format!("impl Into<Option<{}>>", self.spell(ty, paths)), false),
            _ => {
                let name = paths.runtime("call", "IntoOption");
                (format!("impl {name}<{}, M>", self.spell(ty, paths)), true)
            }
        }
    }

    /// The type of an argument that takes a request body.
    pub fn spell_sent(&self, content: &Content, paths: &mut dyn Paths) -> String {
        match (&content.kind, content.ty()) {
            (_, Some(ty)) => self.spell_argument(ty, paths),
            (ContentKind::Bytes, None) => format!("impl Into<{}>", paths.runtime("model", "Upload")),
            (_, None) => "impl Into<String>".to_owned(),
        }
    }

    /// What a response with a body gives.
    pub fn spell_received(&self, content: &Content, paths: &mut dyn Paths) -> String {
        match (&content.kind, content.ty()) {
            (ContentKind::Events(_), Some(ty)) => {
                format!("{}<{}>", paths.runtime("call", "Events"), self.spell(ty, paths))
            }
            (ContentKind::Lines(_), Some(ty)) => {
                format!("{}<{}>", paths.runtime("call", "Lines"), self.spell(ty, paths))
            }
            (_, Some(ty)) => self.spell(ty, paths),
            (ContentKind::Bytes, None) => paths.runtime("stream", "ByteStream"),
            (_, None) => "String".to_owned(),
        }
    }

    /// A type as Rust text.
    pub fn spell(&self, ty: &Ty, paths: &mut dyn Paths) -> String {
        match ty {
            Ty::Unit => "()".to_owned(),
            Ty::Bool => "bool".to_owned(),
            Ty::Int(IntKind::I32) => "i32".to_owned(),
            Ty::Int(IntKind::I64) => "i64".to_owned(),
            Ty::Int(IntKind::U32) => "u32".to_owned(),
            Ty::Int(IntKind::U64) => "u64".to_owned(),
            Ty::Float => "f64".to_owned(),
            Ty::String => "String".to_owned(),
            Ty::Secret => paths.runtime("model", "Secret"),
            Ty::Format(Format::DateTime) => {
                format!("{}<{}>", paths.runtime("model", "DateTime"), paths.runtime("model", "Utc"))
            }
            Ty::Format(Format::Date) => paths.runtime("model", "NaiveDate"),
            Ty::Format(Format::Time) => paths.runtime("model", "NaiveTime"),
            Ty::Format(Format::Uuid) => paths.runtime("model", "Uuid"),
            Ty::Format(Format::Base64) => paths.runtime("model", "Base64"),
            Ty::Format(Format::Base64Url) => paths.runtime("model", "Base64Url"),
            Ty::Format(Format::Binary) => paths.runtime("model", "Upload"),
            Ty::Format(Format::Decimal) => paths.runtime("model", "Decimal"),
            Ty::Any => paths.runtime("model", "Value"),
            Ty::Object => paths.runtime("model", "Object"),
            Ty::List(item) => format!("Vec<{}>", self.spell(item, paths)),
            Ty::Map(value) => format!("{}<String, {}>", paths.map(), self.spell(value, paths)),
            Ty::Nullable(inner) => format!("Option<{}>", self.spell(inner, paths)),
            Ty::Boxed(inner) => format!("Box<{}>", self.spell(inner, paths)),
            Ty::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.spell(part, paths)).collect();
                match &parts[..] {
                    [only] => format!("({only},)"),
                    _ => format!("({})", parts.join(", ")),
                }
            }
            Ty::Named(id) => paths.named(self, *id),
            Ty::Foreign(id) => match &self.foreign[id].path {
                None => paths.runtime("model", "ExactNumber"),
                Some(path) => paths.foreign(path),
            },
        }
    }
}
