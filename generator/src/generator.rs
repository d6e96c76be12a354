//! The library as build scripts and other tools use it.

use std::fmt;

use crate::diag::{Problem, Sink, Strictness, Style, problems, render};
use crate::files::Files;
use crate::module;
use crate::parts::Lost;
use crate::source::Source;
use crate::{Input, Output};

/// Generates an SDK from an OpenAPI document.
///
/// ```
/// use sdkgen::{Generator, Source};
///
/// let document = Source::new("shop.yaml", "\
/// openapi: 3.1.0
/// info: {title: Shop, version: '1'}
/// paths:
///   /things:
///     get: {operationId: list_things, responses: {'204': {description: none}}}
/// ");
/// let sdk = Generator::new(document).name("shop-sdk").generate()?;
/// assert!(sdk.files().any(|(path, _)| path == "src/client.rs"));
/// # Ok::<(), sdkgen::Report>(())
/// ```
#[derive(Clone, Debug)]
pub struct Generator {
    input: Input,
    module: Option<String>,
    features: module::Features,
}

impl Generator {
    /// Takes a document: its name in reports, and its text (JSON or YAML).
    pub fn new(document: Source) -> Self {
        Self { input: Input::new(document), module: None, features: module::Features::default() }
    }

    /// Takes the text of `sdk.toml`.
    #[must_use]
    pub fn config(mut self, config: Source) -> Self {
        self.input.config = Some(config);
        self
    }

    /// Takes `names.lock` of an earlier run ([`Sdk::lock`]), so that names stay when the document changes.
    #[must_use]
    pub fn lock(mut self, lock: Source) -> Self {
        self.input.lock = Some(lock);
        self
    }

    /// Adds an OpenAPI Overlay; they are applied in this order.
    #[must_use]
    pub fn overlay(mut self, overlay: Source) -> Self {
        self.input.overlays.push(overlay);
        self
    }

    /// Reads the files that the document refers to. `read` gets their paths from the folder of the document, with `/`.
    #[must_use]
    pub fn parts(mut self, read: impl FnMut(&str) -> Result<Source, Lost>) -> Self {
        self.input.gather(read);
        self
    }

    /// Sets the name of the package; it overrides the configuration and the title of the document.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.input.name = Some(name.into());
        self
    }

    /// Sets how strict to be.
    #[must_use]
    pub fn strictness(mut self, strictness: Strictness) -> Self {
        self.input.strictness = strictness;
        self
    }

    /// Generates a module of another crate instead of a crate: `path` is its path, such as `crate::api`. The files
    /// begin at `mod.rs`; [`Sdk::dependencies`] says what the crate must depend on.
    #[must_use]
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.module = Some(path.into());
        self
    }

    /// Compiles these features into a module, beside those that are on by default. A crate has them all.
    #[must_use]
    pub fn features(mut self, features: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.features.more.extend(features.into_iter().map(Into::into));
        self
    }

    /// Leaves the default features of the runtime (TLS) out of a module.
    #[must_use]
    pub fn no_default_features(mut self) -> Self {
        self.features.no_default = true;
        self
    }

    /// Generates the SDK.
    ///
    /// # Errors
    ///
    /// If the document, the configuration or the lock file has an error. The report holds all problems, also warnings.
    pub fn generate(&self) -> Result<Sdk, Report> {
        let mut sink = Sink::new();
        let output = crate::generate(&self.input, &mut sink);
        let report = self.report(sink);
        let Some(output) = output else { return Err(report) };
        let module = self.module.as_deref().map(module::Place::new).transpose();
        module
            .and_then(|module| Sdk::new(output, module, &self.features, report))
            .map_err(|problem| Report::of(&problem))
    }

    /// Reports all problems without generating.
    pub fn lint(&self) -> Report {
        let mut sink = Sink::new();
        crate::lint(&self.input, &mut sink);
        self.report(sink)
    }

    fn report(&self, sink: Sink) -> Report {
        let (found, sources) = (sink.finish(), self.input.sources());
        Report { problems: problems(&found, &sources), text: render(&found, &sources, Style::PLAIN) }
    }
}

/// A generated SDK.
#[derive(Clone, Debug)]
pub struct Sdk {
    files: Files,
    lock: String,
    dependencies: Vec<String>,
    /// The folder of the sources.
    sources: &'static str,
    report: Report,
}

impl Sdk {
    fn new(
        output: Output,
        module: Option<module::Place>,
        chosen: &module::Features,
        report: Report,
    ) -> Result<Self, String> {
        let dependencies = module::dependencies(&output.files, chosen);
        let sources = if module.is_some() { "" } else { "src" };
        let (lib, lock) = (output.sdk.package.lib.clone(), output.lock());
        let files = match &module {
            Some(place) => module::files(&output.files, place, &lib, chosen)?,
            None => output.files,
        };
        Ok(Self { files, lock, dependencies, sources, report })
    }

    /// Returns the files: path with `/`, and text.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter()
    }

    /// Returns the same, with texts that can be kept.
    #[cfg(feature = "fs")]
    pub(crate) fn shared(&self) -> impl Iterator<Item = (&str, &std::sync::Arc<str>)> {
        self.files.shared()
    }

    /// Returns the text of `names.lock`, to be given to the next run.
    pub fn lock(&self) -> &str {
        &self.lock
    }

    /// Returns what a crate with the module must depend on, as arguments of `cargo add`.
    pub fn dependencies(&self) -> &[String] {
        &self.dependencies
    }

    /// Returns those of [`Sdk::dependencies`] that the text of a `Cargo.toml` does not name, for build scripts: it is clearer
    /// than what the compiler says about crates that it does not find. Versions and features are not compared.
    pub fn missing_dependencies(&self, manifest: &str) -> Vec<&str> {
        module::missing(&self.dependencies, manifest)
    }

    /// Returns the warnings.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Returns the folder of the sources.
    #[cfg_attr(not(feature = "fs"), allow(dead_code, reason = "only the disk has folders"))]
    pub(crate) fn sources(&self) -> &'static str {
        self.sources
    }
}

/// The problems of a document, its configuration and its lock file. Displays them with their source lines.
#[derive(Clone, Debug)]
pub struct Report {
    problems: Vec<Problem>,
    text: String,
}

impl Report {
    fn of(message: &str) -> Self {
        Self { problems: Vec::new(), text: format!("error: {message}\n") }
    }

    /// Returns the problems, errors first.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.trim_end())
    }
}

impl std::error::Error for Report {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_an_error_with_locations() {
        let document = Source::new("a.yaml", "\n\nswagger: '1.2'\n");
        let report = Generator::new(document).generate().unwrap_err();
        let first = &report.problems()[0];
        assert_eq!((first.file.as_str(), first.line, first.severity), ("a.yaml", Some(3), "error"));
        let shown: Box<dyn std::error::Error> = Box::new(report.clone());
        assert!(shown.to_string().contains("--> a.yaml:3"), "{shown}");
    }
}
