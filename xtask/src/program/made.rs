//! Writes Rust code that constructs values of the types of an SDK. Also used by the build script of the
//! tests.
//!
//! In: the types as the generator tells them. Out: Rust source, which expects the modules `types`, `model` and `wire` of the SDK in
//! scope: a table `MADE` with a row for each struct and each variant.

use std::fmt::Write as _;

use generator::models::{Form, Model, Part, Slot};

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

/// Why structs of responses are not made.
const RECEIVED: &str = "a type that only responses carry";

/// The functions and the table.
pub(crate) fn made(visibility: &str, models: &[Model]) -> String {
    let mut out = KIT.to_owned();
    let mut rows = String::new();
    for (at, model) in models.iter().enumerate() {
        let body = body(at, models, &mut out);
        let _ = writeln!(out, "fn m{at}(k: &mut Kit<'_>) -> Option<{}> {{\n    {body}\n}}\n", model.ty);
    }
    for (at, (model, variant)) in makers(models) {
        let (pointer, what, tag) = row(model, variant);
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
pub(crate) fn rows(models: &[Model]) -> Vec<Row<'_>> {
    makers(models).map(|(_, (model, variant))| row(model, variant)).collect()
}

/// What is made: each struct, and each variant of each union.
fn makers(models: &[Model]) -> impl Iterator<Item = (usize, (&Model, Option<usize>))> {
    models.iter().enumerate().flat_map(|(at, model)| {
        let made: Vec<Option<usize>> = match &model.form {
            Form::Struct { .. } | Form::Received => vec![None],
            Form::Union { variants, .. } => (0..variants.len()).map(Some).collect(),
            Form::Value(_) | Form::Alias(_) | Form::Wrapper(..) => Vec::new(),
        };
        made.into_iter().map(move |variant| (at, (model, variant)))
    })
}

fn row(model: &Model, variant: Option<usize>) -> Row<'_> {
    let (Form::Union { tag, variants }, Some(index)) = (&model.form, variant) else {
        return (&model.pointer, model.ty.clone(), None);
    };
    let variant = &variants[index];
    let tag = tag.as_ref().map(|tag| (tag.as_str(), variant.pointer.as_str(), variant.is_default));
    (&model.pointer, format!("{}::{}", model.ty, variant.name), tag)
}

/// The body of the function of a type; functions of variants go into `out`.
fn body(at: usize, models: &[Model], out: &mut String) -> String {
    let model = &models[at];
    let ty = &model.ty;
    match &model.form {
        Form::Received => format!("k.lack({RECEIVED:?})"),
        Form::Value(first) => format!("Some({ty}::{first})"),
        Form::Alias(part) => value(part, &model.pointer),
        Form::Wrapper(part, boxed) => {
            format!("Some({ty}({}))", needed(&value(part, &model.pointer), *boxed))
        }
        Form::Struct { arguments, setters } => {
            let argument = |slot: &Slot| {
                let value = value(&slot.part, &slot.pointer);
                match &slot.part {
                    Part::Leaf(ty, _) => format!("k.said::<{ty}>(tag, {:?}).or_else(|| {value})?", slot.wire),
                    Part::Model(model) => {
                        format!("k.said::<{}>(tag, {:?}).or_else(|| {value})?", models[*model].ty, slot.wire)
                    }
                    _ => needed(&value, false),
                }
            };
            let arguments: Vec<String> = arguments.iter().map(argument).collect();
            let mutable = if setters.is_empty() { "" } else { "mut " };
            let mut body = format!(
                "let tag = k.tag.take();\n    let {mutable}made = {ty}::new({});\n",
                arguments.join(", ")
            );
            for slot in setters {
                let _ = writeln!(
                    body,
                    "    if let Some(value) = k.extra(|k| {}) {{\n        made = made.{}(value);\n    }}",
                    value(&slot.part, &slot.pointer),
                    slot.name
                );
            }
            body + "    Some(made)"
        }
        Form::Union { tag, variants } => {
            for (index, variant) in variants.iter().enumerate() {
                let made = match &variant.part {
                    Part::Unit => format!("{ty}::{}", variant.name),
                    part => {
                        format!(
                            "{ty}::{}({})",
                            variant.name,
                            needed(&value(part, &variant.pointer), variant.boxed)
                        )
                    }
                };
                let _ = writeln!(
                    out,
                    "fn m{at}_{index}(k: &mut Kit<'_>) -> Option<{ty}> {{\n    k.tag = {:?};\n    Some({made})\n}}\n",
                    tag.as_ref().zip(variant.tag.as_ref())
                );
            }
            let ways: Vec<String> =
                (0..variants.len()).map(|index| format!("k.nested(m{at}_{index})")).collect();
            let first_that_ends = ways.iter().map(|way| format!(".or_else(|| {way})")).collect::<String>();
            format!("None{first_that_ends}")
        }
    }
}

/// An expression that ends the function where there is no value.
fn needed(value: &str, boxed: bool) -> String {
    if boxed { format!("Box::new({value}?)") } else { format!("{value}?") }
}

/// An expression for an `Option` of a value, whose schema is at this pointer.
fn value(part: &Part, at: &str) -> String {
    match part {
        Part::Leaf(ty, example) => format!("k.leaf::<{ty}>({at:?}, {example:?})"),
        Part::List(item) => {
            format!("k.list(\"{}#\", |k| {})", at.escape_debug(), value(item, &format!("{at}/items")))
        }
        Part::Map(of) => format!("k.map(|k| {})", value(of, &format!("{at}/additionalProperties"))),
        Part::Tuple(parts) => {
            let parts = parts.iter().enumerate();
            let parts: String = parts
                .map(|(index, part)| value(part, &format!("{at}/prefixItems/{index}")) + "?, ")
                .collect();
            format!("(|k: &mut Kit<'_>| Some(({parts})))(k)")
        }
        Part::Nullable(of) => format!("{}.map(Some)", value(of, at)),
        Part::Model(model) => format!("k.nested(m{model})"),
        Part::Unit => "Some(())".to_owned(),
    }
}

/// The pointers of all leaves and lists, for which values that fit can be given.
pub(crate) fn leaves(models: &[Model]) -> Vec<String> {
    let mut found = Vec::new();
    for model in models {
        match &model.form {
            Form::Struct { arguments, setters } => {
                arguments.iter().chain(setters).for_each(|slot| find(&slot.part, &slot.pointer, &mut found));
            }
            Form::Union { variants, .. } => {
                variants.iter().for_each(|variant| find(&variant.part, &variant.pointer, &mut found));
            }
            Form::Alias(part) | Form::Wrapper(part, _) => find(part, &model.pointer, &mut found),
            Form::Received | Form::Value(_) => {}
        }
    }
    found.sort();
    found.dedup();
    found
}

fn find(part: &Part, at: &str, found: &mut Vec<String>) {
    match part {
        Part::Leaf(..) => found.push(at.to_owned()),
        Part::List(item) => {
            // How many items there must be.
            found.push(format!("{at}#"));
            find(item, &format!("{at}/items"), found);
        }
        Part::Map(of) => find(of, &format!("{at}/additionalProperties"), found),
        Part::Tuple(parts) => {
            for (index, part) in parts.iter().enumerate() {
                find(part, &format!("{at}/prefixItems/{index}"), found);
            }
        }
        Part::Nullable(of) => find(of, at, found),
        Part::Model(_) | Part::Unit => {}
    }
}
