//! Writes Rust code that constructs values of the types of an SDK. Also used by the build script of the
//! tests.
//!
//! In: the model of the SDK. Out: Rust source, which expects the modules `types`, `model` and `wire` of the SDK in
//! scope: a table `MADE` with a row for each struct and each variant.

use std::fmt::Write as _;

use sdkgen::ir::{Format, TagKind, Tagging, Ty};
use sdkgen::sdk::{Field, Ident, Sdk, Shape, Struct, Type, Under, Union};

/// What the functions of the types have in common.
const KIT: &str = r#"
/// Encodes a value made with these leaves by pointer; the flag says whether all setters are called. Errors say why there is none.
type Make = fn(&model::Object, bool) -> Result<Vec<u8>, String>;

/// Pointer of the schema, what is made, and for variants of unions with tags: property, pointer of the variant, whether it is the default.
type Row = (&'static str, &'static str, Option<(&'static str, &'static str, bool)>, Make);

struct Kit<'a> {
    leaves: &'a model::Object,
    full: bool,
    depth: usize,
    fuel: usize,
    /// The tag of the variant that is being made: property and JSON.
    tag: Option<(&'static str, &'static str)>,
    lacks: &'static str,
}

impl Kit<'_> {
    fn lack<T>(&mut self, reason: &'static str) -> Option<T> {
        self.lacks = reason;
        None
    }

    fn leaf<T: wire::Wire>(&mut self, at: &str, example: &str) -> Option<T> {
        if self.leaves.get(at).is_some_and(model::Value::is_null) {
            return self.lack("a value that fits is not found at once");
        }
        let fitting = self.leaves.get(at).and_then(|leaf| model::from_slice(leaf.to_string().as_bytes()).ok());
        match fitting.or_else(|| model::from_slice(example.as_bytes()).ok()) {
            None => self.lack("a value of a type of another crate"),
            made => made,
        }
    }

    /// Whoever makes the payload of a variant says which of its tags it has.
    fn said<T: wire::Wire>(&self, tag: Option<(&str, &str)>, wire: &str) -> Option<T> {
        let (_, json) = tag.filter(|(property, _)| *property == wire)?;
        model::from_slice(json.as_bytes()).ok()
    }

    fn extra<T>(&mut self, make: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if !self.full || self.depth > 4 || self.fuel == 0 {
            return None;
        }
        self.fuel -= 1;
        make(self)
    }

    fn nested<T>(&mut self, make: fn(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth > 40 {
            return self.lack("a type that needs itself");
        }
        self.depth += 1;
        let made = make(self);
        self.depth -= 1;
        made
    }

    fn list<T>(&mut self, at: &str, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let least = self.leaves.get(at).and_then(model::Value::as_u64).unwrap_or(0) as usize;
        let wanted = least.max(usize::from(self.full && self.depth <= 4));
        let mut items = Vec::new();
        while items.len() < wanted {
            match item(self) {
                Some(item) => items.push(item),
                None if items.len() < least => return None,
                None => break,
            }
        }
        Some(items)
    }

    fn map<T>(&mut self, value: impl Fn(&mut Self) -> Option<T>) -> Option<std::collections::BTreeMap<String, T>> {
        Some(self.extra(value).map(|value| ("key".to_owned(), value)).into_iter().collect())
    }
}

fn encoded<T: wire::Wire>(leaves: &model::Object, full: bool, make: fn(&mut Kit<'_>) -> Option<T>) -> Result<Vec<u8>, String> {
    let mut kit = Kit { leaves, full, depth: 0, fuel: 300, tag: None, lacks: "" };
    make(&mut kit).map(|value| model::to_vec(&value)).ok_or_else(|| kit.lacks.to_owned())
}
"#;

/// Why there is no value of an enum without values.
const EMPTY: &str = "an enum without values";

/// The functions and the table.
pub(crate) fn made(visibility: &str, sdk: &Sdk) -> String {
    let mut out = KIT.to_owned();
    let mut rows = String::new();
    for (id, ty) in sdk.types.entries() {
        let body = body(sdk, id.index(), ty, &mut out);
        let _ = writeln!(
            out,
            "fn m{}(k: &mut Kit<'_>) -> Option<{}> {{\n    {body}\n}}\n",
            id.index(),
            named(sdk, id.index())
        );
    }
    for (at, variant) in makers(sdk) {
        let (pointer, what, tag) = row(sdk, at, variant);
        let index = variant.map_or_else(String::new, |index| format!("_{index}"));
        let _ = writeln!(
            rows,
            "    ({pointer:?}, {what:?}, {tag:?}, |leaves, full| encoded(leaves, full, m{at}{index})),"
        );
    }
    let _ = writeln!(out, "{visibility}static MADE: &[Row] = &[\n{rows}];");
    out
}

/// Pointer of the schema, what is made, and for variants of unions with tags: property, pointer of the variant, whether it is the default.
pub(crate) type Row<'a> = (&'a str, String, Option<(&'a str, &'a str, bool)>);

/// The rows of the table.
#[allow(dead_code, reason = "the tests have the table itself")]
pub(crate) fn rows(sdk: &Sdk) -> Vec<Row<'_>> {
    makers(sdk).into_iter().map(|(at, variant)| row(sdk, at, variant)).collect()
}

/// What is made: each struct, and each variant of each union.
fn makers(sdk: &Sdk) -> Vec<(usize, Option<usize>)> {
    let mut out = Vec::new();
    for (at, ty) in sdk.types.iter().enumerate() {
        match &ty.shape {
            Shape::Struct(_) => out.push((at, None)),
            Shape::Enum(of) if of.values.is_empty() => out.push((at, None)),
            Shape::Union(of) => out.extend((0..of.variants.len()).map(|index| (at, Some(index)))),
            Shape::Enum(_) | Shape::Alias(_) | Shape::Wrapper(_) => {}
        }
    }
    out
}

fn row(sdk: &Sdk, at: usize, variant: Option<usize>) -> Row<'_> {
    let (ty, name) = (&sdk.types.iter().as_slice()[at], named(sdk, at));
    let (Shape::Union(of), Some(index)) = (&ty.shape, variant) else {
        return (ty.origin.as_str(), name, None);
    };
    let variant = &of.variants[index];
    let tag = tag(of).map(|tag| (tag, variant.origin.as_str(), of.default == Some(index)));
    (ty.origin.as_str(), format!("{name}::{}", variant.name), tag)
}

/// The property that has the tag.
fn tag(of: &Union) -> Option<&str> {
    match &of.tagging {
        Tagging::Member(property) => Some(property),
        Tagging::External | Tagging::Shape => None,
    }
}

/// The body of the function of a type; functions of variants go into `out`.
fn body(sdk: &Sdk, at: usize, ty: &Type, out: &mut String) -> String {
    let name = named(sdk, at);
    match &ty.shape {
        Shape::Struct(of) => structure(sdk, ty, &name, of),
        Shape::Enum(of) => match of.values.first() {
            Some(first) => format!("Some({name}::{})", first.name),
            None => format!("k.lack({EMPTY:?})"),
        },
        Shape::Alias(of) => value(sdk, of, ty.origin.as_str()),
        Shape::Wrapper(of) => format!("Some({name}({}))", needed(&value(sdk, of, ty.origin.as_str()))),
        Shape::Union(of) => {
            for (index, variant) in of.variants.iter().enumerate() {
                let made = match variant.full_type() {
                    Ty::Unit => format!("{name}::{}", variant.name),
                    ty => {
                        let value = value(sdk, &ty, variant.origin.as_str());
                        format!("{name}::{}({})", variant.name, needed(&value))
                    }
                };
                // Whoever makes the payload says which of several tags it has.
                let first = variant.tags.first().filter(|_| variant.tags.len() > 1).map(|tag| match of.tag {
                    TagKind::String => format!("{tag:?}"),
                    TagKind::Integer | TagKind::Boolean => tag.clone(),
                });
                let _ = writeln!(
                    out,
                    "fn m{at}_{index}(k: &mut Kit<'_>) -> Option<{name}> {{\n    k.tag = {:?};\n    Some({made})\n}}\n",
                    tag(of).zip(first)
                );
            }
            let all = (0..of.variants.len()).map(|index| format!(".or_else(|| k.nested(m{at}_{index}))"));
            format!("None{}", all.collect::<String>())
        }
    }
}

/// `new`, and the setters.
fn structure(sdk: &Sdk, ty: &Type, name: &str, of: &Struct) -> String {
    let argument = |field: &Field| {
        let made = value(sdk, &field.ty, field.origin.as_str());
        match &field.ty {
            Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Boxed(_) | Ty::Unit => {
                needed(&made)
            }
            ty => format!("k.said::<{}>(tag, {:?}).or_else(|| {made})?", spell(sdk, ty), field.wire),
        }
    };
    let by_name = sdk.takes_names(of);
    let arguments = of.arguments().map(|field| match by_name {
        true => format!("{}: {}", field.name, argument(field)),
        false => argument(field),
    });
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    let arguments = match by_name {
        true => format!("{} {{ {arguments} }}", name.replace("types::", "types::args::")),
        false => arguments,
    };
    let setters: Vec<(&Field, &str)> =
        of.fields.iter().filter_map(|field| Some((field, setter(ty, field)?.as_str()))).collect();
    let mutable = if setters.is_empty() { "" } else { "mut " };
    let mut body = format!("let tag = k.tag.take();\n    let {mutable}made = {name}::new({arguments});\n");
    for (field, setter) in setters {
        let _ = writeln!(
            body,
            "    if let Some(value) = k.extra(|k| {}) {{\n        made = made.{setter}(value);\n    }}",
            value(sdk, &field.ty, field.origin.as_str())
        );
    }
    body + "    Some(made)"
}

/// The setter of a field, be it for tests only where the whole type is.
fn setter<'s>(ty: &Type, field: &'s Field) -> Option<&'s Ident> {
    if ty.is_in_request { field.setter.as_ref() } else { field.test_setter.as_ref() }
}

/// An expression that ends the function where there is no value.
fn needed(value: &str) -> String {
    format!("{value}?")
}

/// An expression for an `Option` of a value, whose schema is at this pointer.
fn value(sdk: &Sdk, ty: &Ty, at: &str) -> String {
    match ty {
        Ty::List(item) => {
            format!("k.list(\"{}#\", |k| {})", at.escape_debug(), value(sdk, item, &format!("{at}/items")))
        }
        Ty::Map(of) => format!("k.map(|k| {})", value(sdk, of, &format!("{at}/additionalProperties"))),
        Ty::Tuple(parts) => {
            let parts = parts.iter().enumerate();
            let parts: String = parts
                .map(|(index, part)| value(sdk, part, &format!("{at}/prefixItems/{index}")) + "?, ")
                .collect();
            format!("(|k: &mut Kit<'_>| Some(({parts})))(k)")
        }
        Ty::Nullable(of) => format!("{}.map(Some)", value(sdk, of, at)),
        Ty::Boxed(of) => format!("{}.map(Box::new)", value(sdk, of, at)),
        Ty::Named(id) => format!("k.nested(m{})", id.index()),
        Ty::Unit => "Some(())".to_owned(),
        leaf => format!("k.leaf::<{}>({at:?}, {:?})", spell(sdk, leaf), example(leaf)),
    }
}

/// An example of a leaf, as JSON.
fn example(leaf: &Ty) -> &'static str {
    match leaf {
        Ty::Bool => "true",
        Ty::Int(_) => "1",
        Ty::Float => "1.5",
        Ty::Object => "{}",
        Ty::Format(Format::DateTime) => "\"2026-05-09T12:30:00Z\"",
        Ty::Format(Format::Date) => "\"2026-05-09\"",
        Ty::Format(Format::Time) => "\"12:30:00\"",
        Ty::Format(Format::Uuid) => "\"6f1c3a52-9d1e-4c1b-8a57-0e2d4f6b8a90\"",
        Ty::Format(Format::Base64) => "\"aGVsbG8=\"",
        Ty::Format(Format::Base64Url) => "\"aGVsbG8\"",
        Ty::Format(Format::Binary) => "\"content\"",
        Ty::Format(Format::Decimal) => "\"12.50\"",
        _ => "\"text\"",
    }
}

fn spell(sdk: &Sdk, ty: &Ty) -> String {
    sdk.spell(ty, &mut Under::modules())
}

/// The type at this position.
fn named(sdk: &Sdk, at: usize) -> String {
    spell(sdk, &Ty::Named(sdk.types.id(at)))
}

/// The pointers of all leaves and lists, for which values that fit can be given.
pub(crate) fn leaves(sdk: &Sdk) -> Vec<String> {
    let mut found = Vec::new();
    for ty in &sdk.types {
        match &ty.shape {
            Shape::Struct(of) => {
                let taken = of.fields.iter().filter(|field| field.is_argument || setter(ty, field).is_some());
                taken.for_each(|field| find(&field.ty, field.origin.as_str(), &mut found));
            }
            Shape::Union(of) => {
                of.variants.iter().for_each(|variant| find(&variant.ty, variant.origin.as_str(), &mut found));
            }
            Shape::Alias(of) | Shape::Wrapper(of) => find(of, ty.origin.as_str(), &mut found),
            Shape::Enum(_) => {}
        }
    }
    found.sort();
    found.dedup();
    found
}

fn find(ty: &Ty, at: &str, found: &mut Vec<String>) {
    match ty {
        Ty::List(item) => {
            // How many items there must be.
            found.push(format!("{at}#"));
            find(item, &format!("{at}/items"), found);
        }
        Ty::Map(of) => find(of, &format!("{at}/additionalProperties"), found),
        Ty::Tuple(parts) => {
            for (index, part) in parts.iter().enumerate() {
                find(part, &format!("{at}/prefixItems/{index}"), found);
            }
        }
        Ty::Nullable(of) | Ty::Boxed(of) => find(of, at, found),
        Ty::Named(_) | Ty::Unit => {}
        _ => found.push(at.to_owned()),
    }
}
