//! Doc examples: compiled, never run; made from the document's examples where it has some.
//!
//! What cannot be written down in a line becomes a parameter of the hidden function around the example.

use crate::ir::{Content, ContentKind, EnumRepr, OpId, Shape, Ty, TypeId};
use crate::plan::{MethodPlan, Outcome, Waiting, required, text_in};

use super::{Context, operation, path, setup};

/// Longer examples help nobody.
const LINES: usize = 14;

/// The example of the whole crate.
pub(super) fn start(context: Context<'_>) -> Vec<String> {
    let (lines, variable) = setup::lines(context);
    let mut body = vec![format!("# fn main() -> Result<(), {}::Error> {{", context.lib)];
    body.extend(variable.map(|variable| format!("// Reads `{variable}`.")));
    body.extend(lines);
    body.extend(["# drop(client);", "# Ok(())", "# }"].map(str::to_owned));
    fence(&body)
}

/// The example of an operation; of one that is paged, how its items are read.
pub(super) fn operation(context: Context<'_>, id: OpId, method: &MethodPlan) -> Vec<String> {
    let (call, example) = called(context, id, method, method.name.as_str());
    let (op, names) = (&context.plan.api.operations[id.0 as usize], context.plan.op(id));
    let is_empty = match &names.outcome {
        Outcome::One(at) => op.answers.get(*at).is_none_or(|answer| answer.content.is_none()),
        Outcome::Optional(_) | Outcome::Choice { .. } => false,
    };
    let lines = if names.paging.is_some() {
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
pub(super) fn waiting(context: Context<'_>, id: OpId, method: &MethodPlan, of: &Waiting) -> Vec<String> {
    let (call, example) = called(context, id, method, of.method.as_str());
    example.finish(vec![
        "let max_wait = core::time::Duration::from_secs(300);".to_owned(),
        format!("let response = {call}.with_timeout(max_wait).await?;"),
        "# drop(response);".to_owned(),
    ])
}

/// The call of a method as text, and the example that it needs around it.
fn called<'a>(context: Context<'a>, id: OpId, method: &MethodPlan, name: &str) -> (String, Example<'a>) {
    let plan = context.plan;
    let (op, names) = (&plan.api.operations[id.0 as usize], plan.op(id));
    let mut example = Example { context, parameters: Vec::new(), before: Vec::new() };
    let mut arguments: Vec<String> = Vec::new();
    for at in required(op) {
        arguments.push(example.value(&op.params[at].ty, names.params[at].as_str()));
    }
    if let (Some(content), Some(name)) = (operation::sent(op, method.content), &names.body) {
        arguments.push(example.body(content, name.as_str()));
    }
    (format!("{}.{name}({})", path::expression(plan, op.resource), arguments.join(", ")), example)
}

/// The example of a union.
pub(super) fn union(context: Context<'_>, id: TypeId) -> Vec<String> {
    let (plan, lib) = (context.plan.ty(id), context.lib);
    let (name, Some(first)) = (plan.name.as_str(), plan.variants.first()) else { return Vec::new() };
    let use_type = format!("use {lib}::types::{name};");
    let json = context.plan.api.types[id.0 as usize].example.as_deref().and_then(literal);
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
    context: Context<'a>,
    parameters: Vec<(String, String)>,
    before: Vec<String>,
}

impl Example<'_> {
    /// The whole example with these lines at its end.
    fn finish(mut self, mut last: Vec<String>) -> Vec<String> {
        let lib = self.context.lib;
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
        match self.context.resolve(of) {
            Ty::String | Ty::Secret => format!("\"{plain}\""),
            Ty::Bool => "true".to_owned(),
            Ty::Int(_) => "1".to_owned(),
            Ty::Float => "1.0".to_owned(),
            Ty::Named(id) => match &self.context.plan.api.types[id.0 as usize].shape {
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
                let named = matches!(self.context.resolve(of), Ty::Named(_));
                let Some(json) = content.example.as_deref().filter(|_| named).and_then(literal) else {
                    return self.value(of, name);
                };
                let lib = self.context.lib;
                let of = self.spell(of);
                self.before.push(format!("let {name}: {of} = {lib}::runtime::model::from_str({json})?;"));
                name.to_owned()
            }
        }
    }

    /// A type as seen from outside the crate.
    fn spell(&self, of: &Ty) -> String {
        let lib = self.context.lib;
        text_in(self.context.plan, of, &format!("{lib}::types"), &format!("{lib}::runtime::model"))
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
