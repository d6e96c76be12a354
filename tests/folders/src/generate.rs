//! What the generator makes of a case.

use crate::Output;
use sdkgen::Input;
use sdkgen::diag::{Sink, Style, render, report};
use sdkgen::parts::Lost;
use sdkgen::source::Source;
use std::path::Path;

/// What the generator makes of a case folder; a refused document has a report only.
pub struct Generated {
    /// The SDK with its plain data.
    pub output: Option<sdkgen::Output>,
    /// The rendered diagnostics; empty where there are none.
    pub report: String,
}

/// Generates the SDK of a case folder; `document` replaces the text of its `spec.yaml`. An error is a file that cannot be read.
pub fn generate(folder: &Path, document: Option<String>) -> Result<Generated, String> {
    let read = |path: &str| {
        let text = std::fs::read_to_string(folder.join(path));
        text.map(|text| Source::new(path, text))
            .map_err(|e| format!("`{}`: {e}", folder.join(path).display()))
    };
    let document = document.map_or_else(|| read("spec.yaml"), |text| Ok(Source::new("spec.yaml", text)))?;
    let config = folder.join("sdk.toml").is_file().then(|| read("sdk.toml")).transpose()?;
    // What is wrong in `sdk.toml` is reported by the run itself.
    let choices = config.as_ref().and_then(|text| sdkgen::config::config(text, &mut Sink::new()));
    let overlays = choices.map(|choices| choices.overlays).unwrap_or_default();
    let mut input = Input {
        config,
        name: Some(crate::file_name(folder)),
        overlays: overlays.iter().map(|path| read(path)).collect::<Result<_, _>>()?,
        ..Input::new(document)
    };
    input.gather(|path| read(path).map_err(|_| Lost::Missing { near: None }));
    let mut sink = Sink::new();
    let output = sdkgen::generate(&input, &mut sink);
    let allowed = sink.allowed().clone();
    let found = sink.finish();
    let report = match &output {
        Some(_) if found.is_empty() => String::new(),
        Some(_) => report(&found, &allowed, &input.sources()),
        None => render(&found, &input.sources(), Style::PLAIN),
    };
    Ok(Generated { output, report })
}

impl From<&Generated> for Output {
    fn from(of: &Generated) -> Self {
        let Some(output) = &of.output else {
            return Self { report: of.report.clone(), ..Self::default() };
        };
        let files = output.files.iter().filter(|(path, _)| !path.starts_with("src/runtime/"));
        Self {
            files: files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect(),
            report: of.report.clone(),
            names: output.names.clone(),
        }
    }
}
