//! Doc examples: compiled, never run; made from the document's examples where it has some.
//!
//! What cannot be written down in a line becomes a parameter of the hidden function around the example.

use crate::ir::{Content, ContentKind, EnumRepr, Ty};
use crate::sdk::{Argument, Method, Operation, Outcome, Sdk, Shape, Type, Under, Union, Waiting};

use super::setup;

/// Longer examples help nobody.
const LINES: usize = 14;

/// The example of the whole crate.
pub(super) fn start(sdk: &Sdk) -> Vec<String> {
    let (lines, variable) = setup::lines(sdk);
    let mut body = vec![format!("# fn main() -> Result<(), {}::Error> {{", sdk.package.lib)];
    body.extend(variable.map(|variable| format!("// Reads `{variable}`.")));
    body.extend(lines);
    body.extend(["# drop(client);", "# Ok(())", "# }"].map(str::to_owned));
    fence(&body)
}

/// The example of an operation; of one that is paged, how its items are read.
pub(super) fn operation(sdk: &Sdk, op: &Operation, method: &Method) -> Vec<String> {
    let (call, example) = called(sdk, op, method, method.name.as_str());
    let is_empty = matches!(op.outcome, Outcome::One(at) if op.given(at).is_none());
    let lines = if op.paging.is_some() {
        vec![
            format!("let mut items = {call}.items();"),
            "while let Some(item) = items.try_next().await? {".to_owned(),
            "    println!(\"{item:?}\");".to_owned(),
            "}".to_owned(),
        ]
    } else if is_empty {
        vec![format!("{call}.await?;")]
    } else {
        vec![format!("let response = {call}.await?;"), "# drop(response);".to_owned()]
    };
    example.finish(lines)
}

/// The example of waiting for an operation.
pub(super) fn waiting(sdk: &Sdk, op: &Operation, method: &Method, of: &Waiting) -> Vec<String> {
    let (call, example) = called(sdk, op, method, of.method.as_str());
    example.finish(vec![
        "let max_wait = core::time::Duration::from_secs(300);".to_owned(),
        format!("let response = {call}.with_timeout(max_wait).await?;"),
        "# drop(response);".to_owned(),
    ])
}

/// The call of a method as text, and the example that it needs around it.
fn called<'a>(sdk: &'a Sdk, op: &Operation, method: &Method, name: &str) -> (String, Example<'a>) {
    let mut example = Example { sdk, parameters: Vec::new(), before: Vec::new() };
    let arguments = method.arguments.iter().map(|argument| match (argument, &op.body) {
        (Argument::Param(at), _) => example.value(&op.params[*at].ty, op.params[*at].name.as_str()),
        (Argument::Body(at), Some(body)) => example.body(&body.contents[*at], body.name.as_str()),
        (Argument::Body(_), None) => String::new(),
    });
    let arguments: Vec<String> = arguments.collect();
    (format!("{}.{name}({})", sdk.handle_expression(op.resource), arguments.join(", ")), example)
}

/// The example of a union.
pub(super) fn union(sdk: &Sdk, ty: &Type, of: &Union) -> Vec<String> {
    let (name, lib, Some(first)) = (&ty.name, &sdk.package.lib, of.variants.first()) else {
        return Vec::new();
    };
    let use_type = format!("use {lib}::types::{name};");
    let json = ty.example.as_deref().and_then(literal);
    let mut lines = match json {
        Some(json) => vec![
            "# fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
            use_type,
            String::new(),
            format!("let value: {name} = {lib}::runtime::model::from_str({json})?;"),
        ],
        None => vec![
            format!("# fn example(value: {lib}::types::{name}) -> Result<(), Box<dyn std::error::Error>> {{"),
            use_type,
            String::new(),
        ],
    };
    lines.extend([
        "match value {".to_owned(),
        format!("    {name}::{}(found) => println!(\"{{found:?}}\"),", first.name.as_str()),
    ]);
    lines.push("    other => println!(\"{other:?}\"),".to_owned());
    lines.extend(["}".to_owned(), "# Ok(())".to_owned(), "# }".to_owned()]);
    fence(&lines)
}

fn fence(lines: &[String]) -> Vec<String> {
    let mut out = vec![String::new(), "```no_run".to_owned()];
    out.extend(lines.iter().flat_map(|line| line.split('\n')).map(str::to_owned));
    out.push("```".to_owned());
    out
}

struct Example<'a> {
    sdk: &'a Sdk,
    parameters: Vec<(String, String)>,
    before: Vec<String>,
}

impl Example<'_> {
    /// The whole example with these lines at its end.
    fn finish(mut self, mut last: Vec<String>) -> Vec<String> {
        let lib = &self.sdk.package.lib;
        let parameters: String = self.parameters.iter().map(|(name, of)| format!(", {name}: {of}")).collect();
        let head = format!(
            "# async fn example(client: {lib}::Client{parameters}) -> Result<(), Box<dyn std::error::Error>> {{"
        );
        let mut lines = vec![head];
        lines.append(&mut self.before);
        lines.append(&mut last);
        lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
        fence(&lines)
    }

    /// A value for an argument: a literal if there is an obvious one, else a parameter.
    fn value(&mut self, of: &Ty, name: &str) -> String {
        let plain = name.strip_prefix("r#").unwrap_or(name);
        match self.sdk.behind(of) {
            Ty::String | Ty::Secret => format!("\"{plain}\""),
            Ty::Bool => "true".to_owned(),
            Ty::Int(_) => "1".to_owned(),
            Ty::Float => "1.0".to_owned(),
            Ty::Named(id) => match &self.sdk.types[id].shape {
                Shape::Enum(values) if values.repr == EnumRepr::String && !values.values.is_empty() => {
                    format!("{:?}", values.values[0].wire)
                }
                _ => self.parameter(of, name),
            },
            _ => self.parameter(of, name),
        }
    }

    fn parameter(&mut self, of: &Ty, name: &str) -> String {
        let of = self.spell(of);
        self.parameters.push((name.to_owned(), of));
        name.to_owned()
    }

    /// The body: the document's example if it is short, else a parameter.
    fn body(&mut self, content: &Content, name: &str) -> String {
        match &content.kind {
            ContentKind::Text => "\"text\"".to_owned(),
            ContentKind::Bytes => "\"bytes\"".to_owned(),
            ContentKind::Xml(body) => self.value(&body.ty, name),
            ContentKind::Json(of)
            | ContentKind::Form(of)
            | ContentKind::Multipart(of)
            | ContentKind::Events(of)
            | ContentKind::Lines(of) => {
                let named = matches!(self.sdk.behind(of), Ty::Named(_));
                let Some(json) = content.example.as_deref().filter(|_| named).and_then(literal) else {
                    return self.value(of, name);
                };
                let lib = &self.sdk.package.lib;
                let of = self.spell(of);
                self.before.push(format!("let {name}: {of} = {lib}::runtime::model::from_str({json})?;"));
                name.to_owned()
            }
        }
    }

    /// A type as seen from outside the crate.
    fn spell(&self, of: &Ty) -> String {
        let lib = &self.sdk.package.lib;
        let (types, runtime) = (format!("{lib}::"), format!("{lib}::runtime::"));
        self.sdk.spell(of, &mut Under { types: &types, runtime: &runtime })
    }
}

/// JSON text as a raw string literal, broken over lines if it is long; `None` if it is too long to show.
fn literal(json: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    let short = value.to_string();
    let text = if short.len() <= 70 { short } else { serde_json::to_string_pretty(&value).ok()? };
    // A line that starts with `#` would be hidden by rustdoc.
    let fits = text.lines().count() <= LINES
        && text.lines().all(|line| line.len() <= 110 && !line.trim_start().starts_with('#'));
    if !fits || text.contains("```") || text.chars().any(|c| c.is_control() && c != '\n') {
        return None;
    }
    let hashes = "#".repeat(text.split(|c| c != '#').map(str::len).max().unwrap_or(0) + 1);
    Some(format!("r{hashes}\"{text}\"{hashes}"))
}
