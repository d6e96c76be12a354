//! Turns an OpenAPI document into the files of a Rust SDK. Pure: no IO, no clock, no environment.
//!
//! [`generate`] is the whole story. Each stage makes one type that no other stage can make; what is wrong with the
//! document or with `sdk.toml` goes into the [`Sink`], and the stages go on, so that one run shows every
//! problem.

pub mod arena;
pub mod config;
pub mod diag;
pub mod diff;
pub mod files;
pub mod identifiers;
pub mod ir;
pub mod keywords;
pub mod ledger;
pub mod load;
pub mod locate;
pub mod lock;
pub mod parts;
pub mod pointer;
pub mod sdk;
pub mod source;
pub mod tree;

mod bundle;
mod check;
mod embed;
mod emit;
mod fixup;
mod lower;
mod markdown;
mod media;
mod normalize;
mod overlay;
mod plan;
mod provenance;
mod prune;
mod reference;
mod render;
mod resolve;
mod word;

use std::borrow::Cow;

use config::Config;
use diag::{Code, Diagnostic, Sink, Strictness};
use emit::{api, manifest, readme};
use files::{Files, Setting};
use fixup::Edited;
use lock::Lock;
use parts::{Lost, Part};
use pointer::Pointer;
use sdk::Sdk;
use source::Source;

/// What a run needs to know.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI document.
    pub document: Source,
    /// The files that the document refers to; [`Input::gather`] finds them.
    pub parts: Vec<Part>,
    /// `sdk.toml`, if there is one.
    pub config: Option<Source>,
    /// Package name that goes before the one in `sdk.toml`.
    pub name: Option<String>,
    /// `names.lock`, if there is one.
    pub lock: Option<Source>,
    /// The overlays that `sdk.toml` names, in that order.
    pub overlays: Vec<Source>,
    /// How strict to be.
    pub strictness: Strictness,
}

/// Stands for a text that is not there where others must keep their places.
static NOTHING: Source = Source { label: String::new(), text: String::new() };

impl Input {
    /// A document without choices.
    pub fn new(document: Source) -> Self {
        Self {
            document,
            parts: Vec::new(),
            config: None,
            name: None,
            lock: None,
            overlays: Vec::new(),
            strictness: Strictness::Default,
        }
    }

    /// Reads the files that the document refers to by `read`, which gets the path of a file from the folder of the document
    /// (with `/`; outside the folder it begins with `..`).
    pub fn gather(&mut self, read: impl FnMut(&str) -> Result<Source, Lost>) {
        self.parts = parts::gather(&self.document, read);
    }

    /// The texts as [`diag::render`] and [`diag::report`] want them.
    pub fn sources(&self) -> Vec<&Source> {
        let parts = self.parts.iter().map(|part| part.text.as_ref().unwrap_or(&NOTHING));
        let others: Vec<&Source> = parts.chain(&self.overlays).chain(&self.lock).collect();
        let placeholder = Some(&NOTHING).filter(|_| !others.is_empty());
        let config = self.config.as_ref().or(placeholder);
        std::iter::once(&self.document).chain(config).chain(others).collect()
    }
}

pub use sdk::WEBHOOK_TYPES;

/// What a run makes.
#[derive(Clone, Debug)]
pub struct Output {
    /// The SDK, stamped.
    pub files: Files,
    /// What `sdk.toml` says about the package: its values in the manifest, also in one that people own by now.
    pub settings: Vec<Setting>,
    /// Each component schema and each schema of a media type, by JSON pointer, with its type as Rust text.
    pub names: Vec<(String, String)>,
    /// The text of `names.lock`, not stamped.
    pub lock: String,
    /// Places that became `serde_json::Value`, by JSON pointer, each with the reason.
    pub untyped: Vec<(String, String)>,
    /// The model that it was written from.
    pub sdk: Sdk,
}

/// The SDK for a document; `None` when something in `sink` forbids it.
pub fn generate(input: &Input, sink: &mut Sink) -> Option<Output> {
    run(input, sink, |tree, config, sink| {
        let sdk = planned(tree, config, sink).filter(|_| !sink.has_errors())?;
        let mut files = Files::default();
        for (path, text) in render::render(&emit::emit(&sdk)) {
            files.add(path, text);
        }
        for (path, text) in embed::runtime(sdk.needs.xml) {
            files.add(path, text);
        }
        files.add_with_parts("Cargo.toml", manifest::manifest(&sdk, config));
        files.add_with_parts("README.md", readme::readme(&sdk));
        if config.package.api_json {
            files.add("api.json", api_json(&sdk));
        }
        Some(Output {
            files: files.stamped(input.document.file_name()),
            settings: manifest::settings(config),
            names: plan::names(&sdk),
            lock: lock(&sdk).text(),
            untyped: plan::untyped(&sdk),
            sdk,
        })
    })
}

/// The model of the SDK for a document, for [`diff::diff`].
pub fn sdk(input: &Input, sink: &mut Sink) -> Option<Sdk> {
    run(input, sink, planned)
}

/// The names of an SDK, for the next version to keep.
pub fn lock(sdk: &Sdk) -> Lock {
    plan::lock(sdk)
}

/// The model as JSON, the text of `api.json`. Its format is described in docs/api-json.md.
pub fn api_json(sdk: &Sdk) -> String {
    api::api(sdk)
}

/// The types, methods, fields and variants of the SDK for a document, each with what a reader would object to in its name.
pub fn identifiers(input: &Input, sink: &mut Sink) -> Option<Vec<identifiers::Identifier>> {
    run(input, sink, |tree, config, sink| Some(plan::identifiers(&planned(tree, config, sink)?)))
}

/// The intermediate representation as stable text.
pub fn ir(input: &Input, sink: &mut Sink) -> Option<String> {
    run(input, sink, |tree, config, sink| Some(ir::dump::dump(&lowered(tree, config, sink)?)))
}

/// The document in normal form: OpenAPI 3.0, repaired, without what has no effect. For tools and tests.
pub fn normal_form(input: &Input, sink: &mut Sink) -> Option<serde_json::Value> {
    run(input, sink, |tree, _, sink| Some(normalize::normalize(tree, sink).into_tree().root))
}

/// The pointers at which normalising the normal form once more changes something: none, or there is a bug. For tools and tests.
pub fn unsettled(input: &Input, sink: &mut Sink) -> Option<Vec<String>> {
    run(input, sink, |tree, _, sink| {
        let once = normalize::normalize(tree, sink);
        let twice = normalize::again(&once, &mut Sink::new());
        Some(once.differences(&twice))
    })
}

/// Reports everything that can be said about a document without writing anything for it.
pub fn lint(input: &Input, sink: &mut Sink) {
    run(input, sink, |tree, config, sink| planned(tree, config, sink).map(drop));
}

/// What became of every node of a document; `None` when it cannot be read. Errors are in the sink, and no hindrance.
pub fn ledger(input: &Input, sink: &mut Sink) -> Option<ledger::Ledger> {
    let mut quiet = Sink::new();
    let tree = load::load(&input.document, &mut quiet)?;
    let (document, _) = bundle::bundle(tree, &input.document, &input.parts, &mut quiet);
    let mut made = None;
    run(input, sink, |edited, config, sink| {
        let normal = normalize::normalize(edited.clone(), &mut quiet);
        let plan = planned(edited.clone(), config, sink);
        let untyped = plan.as_ref().map(plan::untyped_and_free_form).unwrap_or_default();
        let said = sink.found();
        let evidence = ledger::Evidence { input: &document.root, edited: &edited, normal: &normal, said };
        made = Some(ledger::ledger(&evidence, untyped));
        plan
    });
    made
}

/// The decisions about a document.
fn planned(tree: Edited, config: &Config, sink: &mut Sink) -> Option<Sdk> {
    let doc = read(tree, config, sink)?;
    let config = &kept(&doc, config);
    let sdk = plan::plan(lower::lower(&doc, config, sink), config, sink)?;
    let chosen = |name: &str| {
        let methods = config.operations.values().filter_map(|choice| choice.name.as_ref());
        config.names.values().chain(methods).any(|chosen| chosen == name)
    };
    if !config.lock.is_empty() {
        lock::check(&config.lock, &plan::lock(&sdk), chosen, sink);
    }
    Some(sdk)
}

/// What the document says.
fn lowered(tree: Edited, config: &Config, sink: &mut Sink) -> Option<ir::Api> {
    let doc = read(tree, config, sink)?;
    Some(lower::lower(&doc, config, sink))
}

/// The document as it is meant.
fn read(tree: Edited, config: &Config, sink: &mut Sink) -> Option<resolve::Doc> {
    // The normal form is 3.0, whatever the document is.
    let version = tree.root.get("openapi").and_then(serde_json::Value::as_str).unwrap_or_default();
    let (is_30, version) = (version.starts_with("3.0"), normalize::Since::of(version));
    let tree = normalize::normalize(tree, sink);
    let tree = prune::prune(tree, config, sink);
    let doc = resolve::resolve(tree, version, sink)?;
    check::check(&doc, is_30, sink);
    Some(doc)
}

/// The choices, with the names of operations that moved.
fn kept<'a>(doc: &resolve::Doc, config: &'a Config) -> Cow<'a, Config> {
    if config.lock.is_empty() {
        return Cow::Borrowed(config);
    }
    let known = doc.operations().filter_map(|(path, _, method, operation)| {
        let id = lower::identity(operation, config).or(operation.operation_id.as_deref())?;
        Some((id, method.to_uppercase(), path))
    });
    match config.lock.follow(known) {
        Cow::Borrowed(_) => Cow::Borrowed(config),
        Cow::Owned(lock) => Cow::Owned(Config { lock, ..config.clone() }),
    }
}

/// Takes the name that goes before the one of `sdk.toml`.
fn name(input: &Input, config: &mut Config, sink: &mut Sink) {
    let Some(name) = &input.name else { return };
    let problem = match config::package_name(name) {
        Ok(()) if config.uses_crate(name) => Some("is a crate whose types are used".to_owned()),
        checked => checked.err(),
    };
    if let Some(problem) = problem {
        let message = format!("the package name {name:?} {problem}");
        let help = "choose another name, or none, so that it is made from the title";
        sink.report(Diagnostic::new(Code::Config, &Pointer::root(), message).help(help));
    }
    config.package.name = Some(name.clone());
}

/// What all runs share: reading at the beginning, the levels of `sdk.toml` at the end.
fn run<T>(
    input: &Input,
    sink: &mut Sink,
    work: impl FnOnce(Edited, &Config, &mut Sink) -> Option<T>,
) -> Option<T> {
    let config = match &input.config {
        Some(source) => config::config(source, sink),
        None => Some(Config::default()),
    };
    if let Some(config) = &config {
        sink.set_levels(&config.lints, input.strictness);
    }
    let tree = load::load(&input.document, sink);
    let mut config = config?;
    name(input, &mut config, sink);
    if let Some(source) = &input.lock {
        let file = (input.parts.len() + input.overlays.len()) as u16;
        config.lock = lock::lock(source, file, sink).unwrap_or_default();
    }
    let made = tree.and_then(|tree| {
        let (tree, places) = bundle::bundle(tree, &input.document, &input.parts, sink);
        let before = sink.count();
        let mut edits = Vec::new();
        let tree = overlay::overlay(tree, &input.overlays, input.parts.len(), &mut edits, sink);
        let tree = fixup::fixup(tree, &config, &mut edits, sink);
        let made = work(tree, &config, sink);
        sink.note_rewrites();
        provenance::attribute(&edits, sink);
        sink.map_to_files(before, |at| places.written(at));
        made
    });
    sink.apply_levels();
    made.filter(|_| !sink.has_errors())
}
