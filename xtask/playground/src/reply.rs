//! A request of the page, and the reply to it.

use std::collections::BTreeMap;

use sdkgen::Input;
use sdkgen::config::config;
use sdkgen::diag::{Code, Output, Sink, Style, render, summary};
use sdkgen::parts::Lost;
use sdkgen::source::Source;
use serde::Deserialize;
use serde_json::{Value, json};

/// What the page asks for.
#[derive(Debug, Deserialize)]
pub struct Request {
    /// The file name of the document.
    pub name: String,
    /// The document.
    pub document: String,
    /// `sdk.toml`; empty if there is none.
    pub config: String,
    /// Other files by path from the folder of the document: those that it refers to, and overlays.
    pub others: BTreeMap<String, String>,
}

/// What the page gets.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The name of the package; empty if nothing was generated.
    pub package: String,
    /// The files of the SDK; none if something forbids it.
    pub files: Vec<(String, String)>,
    /// The reports, as `--format json` shows them, each with the explanation of its code.
    pub reports: Vec<Value>,
    /// `2 errors, 1 warning`; empty if there are none.
    pub summary: String,
}

impl Reply {
    /// Returns the reply as JSON.
    pub fn text(&self) -> String {
        let files: Vec<Value> =
            self.files.iter().map(|(path, text)| json!({"path": path, "text": text})).collect();
        json!({"package": self.package, "files": files, "reports": self.reports, "summary": self.summary})
            .to_string()
    }
}

/// Replies to a request.
pub fn reply(request: &[u8]) -> Reply {
    match serde_json::from_slice(request) {
        Ok(request) => generate(request),
        Err(error) => {
            Reply { summary: format!("the page sent a wrong request: {error}"), ..Reply::default() }
        }
    }
}

fn generate(request: Request) -> Reply {
    let Request { name, document, config: choices, others } = request;
    let mut input = Input::new(Source::new(name, document));
    let read = |path: &str| others.get(path).map(|text| Source::new(path, text));
    if !choices.trim().is_empty() {
        let choices = Source::new("sdk.toml", choices);
        // Problems in it are reported by the run.
        let overlays = config(&choices, &mut Sink::new()).map(|config| config.overlays).unwrap_or_default();
        if let Some(path) = overlays.iter().find(|path| !others.contains_key(*path)) {
            let summary =
                format!("`sdk.toml` names the overlay `{path}`: drop it together with the document");
            return Reply { summary, ..Reply::default() };
        }
        input.overlays = overlays.iter().filter_map(|path| read(path)).collect();
        input.config = Some(choices);
    }
    input.gather(|path| read(path).ok_or(Lost::Missing { near: None }));
    let mut sink = Sink::new();
    let made = sdkgen::generate(&input, &mut sink);
    let found = sink.finish();
    let style = Style { output: Output::Json, colour: false, most: usize::MAX };
    let reports = render(&found, &input.sources(), style);
    let files: Vec<(String, String)> = made.iter().flat_map(|made| made.files.iter()).map(owned).collect();
    let lock = made.as_ref().map(|made| ("names.lock".to_owned(), made.lock()));
    Reply {
        package: made.map(|made| made.sdk.package.name).unwrap_or_default(),
        files: files.into_iter().chain(lock).collect(),
        reports: reports.lines().filter_map(explained).collect(),
        summary: summary(&found),
    }
}

fn owned((path, text): (&str, &str)) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

/// A report with the explanation of its code.
fn explained(line: &str) -> Option<Value> {
    let mut report: Value = serde_json::from_str(line).ok()?;
    let code = Code::find(report["code"].as_str()?)?;
    report["explanation"] = code.explanation().into();
    Some(report)
}

#[cfg(test)]
mod tests;
