//! A tour of an SDK, for its front page and its README: what can be done, each with code made from this very document.

use std::fmt::Write as _;

use crate::ir::{ContentKind, Ty};
use crate::sdk::{Operation, Outcome, Sdk, Shape};

use super::{docs, made, manifest, operation};

/// A topic of the tour.
pub(super) struct Section {
    title: &'static str,
    /// A paragraph of Markdown, with links to items of the root.
    text: String,
    /// Lines of code that have a `client`.
    code: Vec<String>,
    /// Cargo features that the code needs, beside those of every build.
    features: Vec<String>,
}

/// An operation that code can show: the lines before the call, and the call.
struct Shown<'a> {
    op: &'a Operation,
    before: Vec<String>,
    call: String,
}

impl Shown<'_> {
    /// The lines before some others, with what they need.
    fn code(&self, sdk: &Sdk, uses: &[String], last: Vec<String>) -> Vec<String> {
        let mut uses: Vec<String> = uses.to_vec();
        uses.extend(made::uses(sdk, &[self.before.as_slice(), &last].concat()));
        if !uses.is_empty() {
            uses.push(String::new());
        }
        [uses, self.before.clone(), last].concat()
    }

    /// The section that shows it.
    fn section(
        &self,
        sdk: &Sdk,
        title: &'static str,
        text: &str,
        uses: &[String],
        last: Vec<String>,
        features: &[&str],
    ) -> Section {
        let (code, features) = (self.code(sdk, uses, last), self.features(sdk, features));
        Section { title, text: text.to_owned(), code, features }
    }

    fn features(&self, sdk: &Sdk, more: &[&str]) -> Vec<String> {
        let own = sdk.resources[self.op.resource].feature.clone();
        own.into_iter().chain(more.iter().map(|name| (*name).to_owned())).collect()
    }
}

/// The best operation of those that fit: one that is not deprecated and needs no body, if there is one.
fn find(sdk: &Sdk, mut rank: impl FnMut(&Operation, &[String]) -> Option<u32>) -> Option<Shown<'_>> {
    let mut best: Option<(u32, Shown<'_>)> = None;
    for op in sdk.operations.iter() {
        let Some((before, call)) = made::call(sdk, op, &op.methods[0]) else { continue };
        let Some(rank) = rank(op, &before) else { continue };
        let rank = rank * 4 + 2 * u32::from(op.docs.deprecated.is_some()) + u32::from(!before.is_empty());
        if best.as_ref().is_none_or(|(known, _)| rank < *known) {
            best = Some((rank, Shown { op, before, call }));
        }
    }
    best.map(|(_, shown)| shown)
}

/// The operation of most examples: it reads one thing by its id.
fn plain(sdk: &Sdk) -> Option<Shown<'_>> {
    find(sdk, |op, _| match &op.outcome {
        Outcome::One(at) => {
            let is_json = matches!(op.given(*at)?.kind, ContentKind::Json(_));
            let has_id = op.arguments().next().is_some();
            let is_read = op.method == "GET";
            Some(u32::from(!is_json) * 4 + u32::from(!is_read) * 2 + u32::from(!has_id))
        }
        _ => None,
    })
}

/// The topics that this SDK has something for.
pub(super) fn sections(sdk: &Sdk) -> Vec<Section> {
    let plain = plain(sdk);
    let plain = plain.as_ref();
    let all = [
        plain.map(|shown| calls(sdk, shown)),
        plain.map(|shown| errors(sdk, shown)),
        lists(sdk),
        waiting(sdk),
        streams(sdk),
        uploads(sdk),
        plain.and_then(|shown| models(sdk, shown)),
        plain.map(|shown| tests(sdk, shown)),
        plain.map(|shown| blocking(sdk, shown)),
    ];
    all.into_iter().flatten().collect()
}

/// The first lines of code: a call, and what it gives.
pub(super) fn first(sdk: &Sdk) -> Vec<String> {
    let Some(shown) = plain(sdk) else { return Vec::new() };
    let last =
        vec![format!("let response = {}.await?;", shown.call), "println!(\"{response:?}\");".to_owned()];
    shown.code(sdk, &[], last)
}

fn calls(sdk: &Sdk, shown: &Shown<'_>) -> Section {
    let lib = &sdk.package.lib;
    let last = vec![
        "let longest = core::time::Duration::from_secs(5);".to_owned(),
        format!("let call = {}.with_timeout(longest);", shown.call),
        format!("let response = call.with_retry({lib}::RetryPolicy::never()).send().await?;"),
        "println!(\"{response:?}\");".to_owned(),
    ];
    let text = "A call is a value, which awaiting sends. The traits in [`prelude`] give it options: `with_timeout`, `with_retry`, `with_header`, \
                `with_idempotency_key`, `with_base_url` and others; the client's builder has the same for all calls. Where a \
                future is asked for (`join!`, `tokio::spawn`), `.send()` makes one.";
    shown.section(sdk, "Calls", text, &[format!("use {lib}::prelude::*;")], last, &[])
}

fn errors(sdk: &Sdk, shown: &Shown<'_>) -> Section {
    let last = vec![
        format!("match {}.await {{", shown.call),
        "    Ok(response) => println!(\"{response:?}\"),".to_owned(),
        "    Err(error) if error.is_not_found() => println!(\"there is no such thing\"),".to_owned(),
        "    Err(error) if error.is_rate_limited() => println!(\"wait for {:?}\", error.retry_after()),"
            .to_owned(),
        "    Err(error) => return Err(error.into()),".to_owned(),
        "}".to_owned(),
    ];
    let text = "An [`Error`] says what it is: `is_not_found()`, `is_timeout()` and others, `status()`, `request_id()`. `as_api()` has the body of \
                an error response, and `decode_error()` the place where a success is not what the document says. What is safe to repeat \
                was sent again before, by the client's [`RetryPolicy`].";
    shown.section(sdk, "Errors", text, &[], last, &[])
}

fn lists(sdk: &Sdk) -> Option<Section> {
    let shown = find(sdk, |op, _| op.paging.as_ref().map(|_| 0))?;
    let last = vec![
        format!("let mut items = {}.items();", shown.call),
        "while let Some(item) = items.try_next().await? {".to_owned(),
        "    println!(\"{item:?}\");".to_owned(),
        "}".to_owned(),
    ];
    let text = "Awaiting the call gives the first page, `items()` what is on all of them, `pages()` the pages. A page is fetched when it is \
                needed. `collect_up_to(most)` puts the first items into a `Vec`.";
    Some(shown.section(sdk, "Lists", text, &[], last, &[]))
}

fn waiting(sdk: &Sdk) -> Option<Section> {
    let shown = find(sdk, |op, _| op.wait.as_ref().map(|_| 0))?;
    let of = shown.op.wait.as_ref()?;
    let first = format!(".{}(", shown.op.methods[0].name);
    let call = shown.call.replacen(&first, &format!(".{}(", of.method), 1);
    let last = vec![
        "let longest = core::time::Duration::from_secs(300);".to_owned(),
        format!("let response = {call}.with_timeout(longest).await?;"),
        "println!(\"{response:?}\");".to_owned(),
    ];
    let sentence = operation::waits_until(of);
    let text = format!("`{}` asks again, with pauses. {sentence}", of.method.plain());
    Some(shown.section(sdk, "Waiting", &text, &[], last, &[]))
}

fn streams(sdk: &Sdk) -> Option<Section> {
    let shown = find(sdk, |op, _| match &op.outcome {
        Outcome::One(at) => match op.given(*at)?.kind {
            ContentKind::Events(_) | ContentKind::Lines(_) => Some(0),
            ContentKind::Bytes => Some(1),
            _ => None,
        },
        _ => None,
    })?;
    let last = vec![
        format!("let mut parts = {}.await?;", shown.call),
        "while let Some(part) = parts.try_next().await? {".to_owned(),
        "    println!(\"{part:?}\");".to_owned(),
        "}".to_owned(),
    ];
    let text = "Events, JSON lines and bytes are read while they come. They are a `Stream`, and `try_next()` needs no other crate.";
    Some(shown.section(sdk, "Streams", text, &[], last, &[]))
}

fn uploads(sdk: &Sdk) -> Option<Section> {
    let shown = find(sdk, |_, before| before.iter().any(|line| line.contains("Upload::")).then_some(0))?;
    let last = vec![format!("{}.await?;", shown.call)];
    let text = "An [`Upload`] is a file by its path, bytes with a name (`Upload::bytes(\"a.txt\", \"the content\")`), or a stream.";
    Some(shown.section(sdk, "Uploads", text, &[], last, &[]))
}

fn models(sdk: &Sdk, shown: &Shown<'_>) -> Option<Section> {
    let Outcome::One(at) = shown.op.outcome else { return None };
    let ContentKind::Json(ty) = &shown.op.given(at)?.kind else { return None };
    let Ty::Named(id) = sdk.behind(ty) else { return None };
    let Shape::Struct(_) = sdk.types[id].shape else { return None };
    let last = vec![
        format!("let response = {}.await?;", shown.call),
        "if let Some(value) = response.unknown_member(\"added_later\") {".to_owned(),
        "    println!(\"{}\", value.to_value());".to_owned(),
        "}".to_owned(),
    ];
    let text = "Fields are public; `Option` says what can be absent or null. What the server adds later is kept and sent back: members that have \
                no field (`unknown_member`, `unknown_members`), and values of enums and tags of unions that have no variant. A `match` on \
                those ends in an arm for the rest, where `as_str()` and `kind()` tell what came.";
    Some(shown.section(sdk, "Models", text, &[format!("use {}::prelude::*;", sdk.package.lib)], last, &[]))
}

fn tests(sdk: &Sdk, shown: &Shown<'_>) -> Section {
    let lib = &sdk.package.lib;
    let last = vec![
        format!(
            "let client: {lib}::Client = mock().on({lib}::{}).fails(404, ()).client();",
            sdk.call_path(shown.op)
        ),
        format!("let error = {}.await.unwrap_err();", shown.call),
        "assert!(error.is_not_found());".to_owned(),
    ];
    let text = "With the feature `testing`, responses are planned by operation: `returns`, `fails`, `breaks`, `times`, `after`. What is planned and \
                not used, or sent and not planned, fails the test.";
    shown.section(sdk, "Tests", text, &[format!("use {lib}::testing::mock;")], last, &["testing"])
}

fn blocking(sdk: &Sdk, shown: &Shown<'_>) -> Section {
    let last = vec![
        format!("let response = {}.send_blocking()?;", shown.call),
        "println!(\"{response:?}\");".to_owned(),
    ];
    let text = "With the feature `blocking`, threads without a runtime make the same calls; pages and streams become iterators.";
    shown.section(
        sdk,
        "Blocking",
        text,
        &[format!("use {}::prelude::*;", sdk.package.lib)],
        last,
        &["blocking"],
    )
}

/// The cargo features, as a table.
fn features(sdk: &Sdk) -> Vec<String> {
    let mut out = vec!["| feature | |".to_owned(), "|---|---|".to_owned()];
    for (name, words, is_default) in manifest::described(sdk) {
        let on = if is_default { " On by default." } else { "" };
        out.push(format!("| `{name}` | {}{on} |", words.replace('|', "\\|")));
    }
    out
}

fn of_resources(sdk: &Sdk) -> &'static str {
    match sdk.resources.iter().any(|resource| resource.feature.is_some()) {
        true => "Each top-level resource is a feature, too; all of them are on by default.",
        false => "",
    }
}

/// The tour on the front page, with links and hidden lines.
pub(super) fn rustdoc(sdk: &Sdk) -> Vec<String> {
    let lib = &sdk.package.lib;
    let mut out = Vec::new();
    for section in sections(sdk) {
        out.extend([String::new(), format!("# {}", section.title), String::new()]);
        docs::paragraph(&section.text, &mut out);
        out.extend([String::new(), "```no_run".to_owned()]);
        out.extend(section.features.iter().map(|name| format!("# #[cfg(feature = \"{name}\")]")));
        out.push(format!(
            "# async fn example(client: {lib}::Client) -> Result<(), Box<dyn std::error::Error>> {{"
        ));
        out.extend(section.code);
        out.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    }
    out.extend(["", "# Features", ""].map(str::to_owned));
    let of_resources = of_resources(sdk);
    if !of_resources.is_empty() {
        out.extend([of_resources.to_owned(), String::new()]);
    }
    out.extend(features(sdk));
    out.extend(["", "# Resources", "", "| resource | calls |", "|---|---|"].map(str::to_owned));
    out.extend(resources(sdk));
    out
}

/// Methods of a resource that a row names.
const METHODS: usize = 12;

/// The resources, with links to their pages and methods.
fn resources(sdk: &Sdk) -> Vec<String> {
    let rows = sdk.resources.entries().filter(|(_, of)| !of.operations.is_empty());
    let rows = rows.map(|(id, of)| {
        let module = sdk.module_of(id);
        let shown = of.operations.iter().take(METHODS).map(|op| {
            let op = &sdk.operations[op];
            format!("[`{}`]({})", op.methods[0].name, sdk.method_path(op))
        });
        let shown: Vec<String> = shown.collect();
        let more = match of.operations.len().saturating_sub(METHODS) {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        format!("| [`{}`]({module}) | {}{more} |", sdk.handle_expression(id), shown.join(" "))
    });
    rows.collect()
}

/// The sections of a README.
pub(super) fn readme(sdk: &Sdk) -> String {
    let mut out = String::new();
    for section in sections(sdk) {
        let _ = write!(out, "\n## {}\n\n", section.title);
        let mut lines = Vec::new();
        docs::paragraph(&section.text.replace("[`", "`").replace("`]", "`"), &mut lines);
        let _ = writeln!(out, "{}", lines.join("\n"));
        let _ = write!(out, "\n```rust\n{}\n```\n", section.code.join("\n"));
    }
    let _ = write!(out, "\n## Features\n\n");
    let of_resources = of_resources(sdk);
    if !of_resources.is_empty() {
        let _ = write!(out, "{of_resources}\n\n");
    }
    let _ = writeln!(out, "{}", features(sdk).join("\n"));
    out
}
