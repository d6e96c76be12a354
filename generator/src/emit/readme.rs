//! The README of an SDK: what it is, how it is used, and the index of the API.

use std::fmt::Write as _;

use toml::Value;

use crate::config::Config;
use crate::diag::is_hidden;
use crate::sdk::{Operation, Sdk};

use super::{docs, manifest, operation, setup, tour};

/// A whole README.
pub(crate) fn readme(sdk: &Sdk, config: &Config) -> String {
    let info = &sdk.info;
    let mut out = format!("# {}\n\n", sdk.package.name);
    let title = unmarked(&docs::clean_line(&info.title));
    let is_client = !sdk.operations.is_empty();
    let what = if is_client { "client" } else { "types" };
    let _ = writeln!(out, "Rust {what} of {}.", if title.is_empty() { "an API" } else { &title });
    if let Some(summary) =
        info.summary.as_deref().map(|text| unmarked(&docs::clean_line(text))).filter(|line| !line.is_empty())
    {
        let _ = write!(out, "\n{summary}\n");
    }
    if is_client {
        out.push_str("\n```rust\n");
        for line in taste(sdk) {
            let _ = writeln!(out, "{line}");
        }
        out.push_str("```\n");
        out.push_str(&install(sdk, config));
        out.push_str(&tour::readme(sdk));
        out.push_str(BROWSERS);
    } else {
        let _ = writeln!(out, "\nThese types are in `{}::types`.", sdk.package.lib);
    }
    out.push_str("\n<!-- @generated:begin index -->\n");
    out.push_str(&index(sdk));
    out.push_str("<!-- @generated:end -->\n");
    out
}

/// How a client comes to be, and a first call.
fn taste(sdk: &Sdk) -> Vec<String> {
    let (mut out, variable) = setup::lines(sdk);
    if let (Some(variable), [line, ..]) = (variable, &mut out[..]) {
        line.push_str(" // reads ");
        line.push_str(&variable);
    }
    let first = tour::first(sdk);
    // What is imported goes first.
    let uses = first.iter().position(String::is_empty).map_or(0, |at| at + 1);
    let (uses, call) = first.split_at(uses);
    [uses, &out, call].concat()
}

/// How the crate becomes a dependency.
fn install(sdk: &Sdk, config: &Config) -> String {
    let name = &sdk.package.name;
    let source = match &config.package.repository {
        Some(repository) => format!("{{ git = {} }}", Value::String(repository.clone())),
        None => format!("{{ path = {} }}", Value::String(format!("../{name}"))),
    };
    let lib = match sdk.package.lib == name.replace('-', "_") {
        true => String::new(),
        false => format!(" The library is called `{}`.", sdk.package.lib),
    };
    format!(
        "\n## Install\n\n```toml\n[dependencies]\n{name} = {source}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n```\n\n\
         It needs Rust {} or later.{lib}\n",
        manifest::rust_version()
    )
}

const BROWSERS: &str = "
## Browsers

The crate compiles for `wasm32-unknown-unknown` without its default features (`default-features = false`, and those that are needed). TLS, redirects and
connections are the browser's; calls, retries, streams and uploads work as elsewhere.
";

/// Text of a document without what begins or ends a generated part.
fn unmarked(text: &str) -> String {
    text.replace("@generated:", "@generated&#58;")
}

/// A route as it can stand in a code span in a table: what would end either is percent-encoded.
fn route(method: &str, path: &str) -> String {
    let mut out = format!("{method} ");
    for c in path.chars() {
        match c {
            '|' => out.push_str("\\|"),
            c if matches!(c, '`' | '<') || is_hidden(c) => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            c => out.push(c),
        }
    }
    out.replace("@generated:", "%40generated:")
}

/// The operations by resource: how they are called, their route, their summary.
pub(crate) fn index(sdk: &Sdk) -> String {
    let mut out = String::new();
    if !sdk.operations.is_empty() {
        out.push_str("## API\n");
    }
    for (id, of) in sdk.resources.entries() {
        if of.operations.is_empty() {
            continue;
        }
        let _ = write!(out, "\n### `{}`\n\n| call | route | |\n|---|---|---|\n", sdk.handle_expression(id));
        for op in &of.operations {
            let op = &sdk.operations[op];
            let summary = op.docs.summary.as_deref().or(op.docs.description.as_deref()).unwrap_or_default();
            let summary = unmarked(&docs::cell(summary.lines().next().unwrap_or_default()));
            let route = route(&op.method, &op.path);
            let _ =
                writeln!(out, "| `{}` | `{route}` | {summary} |", call(sdk, op, op.methods[0].name.as_str()));
            if let Some(waiting) = &op.wait {
                let summary = operation::waits_until(waiting).replace('|', "\\|");
                let _ =
                    writeln!(out, "| `{}` | `{route}` | {summary} |", call(sdk, op, waiting.method.as_str()));
            }
        }
    }
    let (feature, event) = (sdk.payloads(), sdk.webhook_event());
    if feature.is_some() || event.is_some() {
        out.push_str("\n### Webhooks\n\n");
    }
    if let Some(event) = event {
        let (krate, name) = (sdk.package.lib.as_str(), event.name.as_str());
        let _ = writeln!(
            out,
            "`{krate}::webhooks::unwrap::<{krate}::types::{name}>(&headers, &body, secret)` checks a request by \
             [Standard Webhooks](https://www.standardwebhooks.com) and gives the event (feature `webhook-signatures`)."
        );
    }
    if let Some(feature) = feature {
        let _ = writeln!(out, "Types that only webhooks and callbacks use need the feature `{feature}`.");
    }
    out
}

/// `client.workflows().runs().get(run_id)`, with the arguments of the first method.
fn call(sdk: &Sdk, op: &Operation, name: &str) -> String {
    let arguments: Vec<&str> = op.methods[0].arguments.iter().map(|of| op.name_of(*of)).collect();
    format!("{}.{name}({})", sdk.handle_expression(op.resource), arguments.join(", "))
}
