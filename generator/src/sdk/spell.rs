//! Types as Rust text.

use super::Sdk;
use crate::ir::{Format, IntKind, Ty, TypeId};

/// How the names in a type are reached from where it is written.
pub trait Paths {
    /// A type of the module `types`.
    fn named(&mut self, sdk: &Sdk, id: TypeId) -> String;

    /// A type of `runtime::model`.
    fn model(&mut self, name: &'static str) -> String;

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

    fn model(&mut self, name: &'static str) -> String {
        name.to_owned()
    }

    fn map(&mut self) -> String {
        "BTreeMap".to_owned()
    }

    fn foreign(&mut self, path: &str) -> String {
        crate::ir::last_word(path).to_owned()
    }
}

/// Paths below the modules `types` and `runtime::model`, as these are called where the type is written.
pub struct Under<'a> {
    /// The module `types`.
    pub types: &'a str,
    /// The module `runtime::model`.
    pub model: &'a str,
}

impl Under<'static> {
    /// For programs that import both modules.
    pub fn modules() -> Self {
        Self { types: "types", model: "model" }
    }
}

impl Paths for Under<'_> {
    fn named(&mut self, sdk: &Sdk, id: TypeId) -> String {
        format!("{}::{}", self.types, sdk.types[sdk.written(id)].name)
    }

    fn model(&mut self, name: &'static str) -> String {
        format!("{}::{name}", self.model)
    }

    fn map(&mut self) -> String {
        "std::collections::BTreeMap".to_owned()
    }

    fn foreign(&mut self, path: &str) -> String {
        path.to_owned()
    }
}

impl Sdk {
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
            Ty::Secret => paths.model("Secret"),
            Ty::Format(Format::DateTime) => format!("{}<{}>", paths.model("DateTime"), paths.model("Utc")),
            Ty::Format(Format::Date) => paths.model("NaiveDate"),
            Ty::Format(Format::Time) => paths.model("NaiveTime"),
            Ty::Format(Format::Uuid) => paths.model("Uuid"),
            Ty::Format(Format::Base64) => paths.model("Base64"),
            Ty::Format(Format::Base64Url) => paths.model("Base64Url"),
            Ty::Format(Format::Binary) => paths.model("Upload"),
            Ty::Format(Format::Decimal) => paths.model("Decimal"),
            Ty::Any => paths.model("Value"),
            Ty::Object => paths.model("Object"),
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
            Ty::Foreign(id) => match self.foreign[id].path.as_str() {
                "" => paths.model("ExactNumber"),
                path => paths.foreign(path),
            },
        }
    }
}
