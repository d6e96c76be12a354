//! Turns an OpenAPI document into the files of a Rust SDK. Pure: no IO, no clock, no environment; only the features `fs` and
//! `cli` read and write.
//!
//! [`Generator`] is the library. With the feature `fs` it reads a document from the disk, and [`Sdk::write_to`] writes the
//! files, for example in a build script:
//!
//! ```no_run
//! # #[cfg(feature = "fs")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sdk = sdkgen::Generator::from_file("api/openapi.yaml")?.module("crate::api").generate()?;
//! sdk.write_to("src/api")?;
//! println!("cargo::rerun-if-changed=api/openapi.yaml");
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "fs"))]
//! # fn main() {}
//! ```
//!
//! The other modules are those of this repository's own tools. They are hidden, and may change in any version.
// `run` is every stage in its order; the functions after it are how far it goes and what is made of the result. Each stage
// makes one type that no other stage can make; what is wrong with the document or with `sdk.toml` goes into the `Sink`, and
// the stages go on, so that one run shows every problem.

#[doc(hidden)]
pub mod arena;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod diag;
#[doc(hidden)]
pub mod diff;
#[cfg(feature = "fs")]
#[doc(hidden)]
pub mod disk;
#[doc(hidden)]
pub mod files;
#[doc(hidden)]
pub mod identifiers;
#[doc(hidden)]
pub mod ir;
#[doc(hidden)]
pub mod keywords;
pub mod learn;
#[doc(hidden)]
pub mod ledger;
#[doc(hidden)]
pub mod load;
#[doc(hidden)]
pub mod locate;
#[doc(hidden)]
pub mod lock;
#[doc(hidden)]
pub mod parts;
#[doc(hidden)]
pub mod pointer;
#[doc(hidden)]
pub mod sdk;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod tree;

mod bundle;
mod check;
mod embed;
mod emit;
mod fixup;
mod formats;
#[cfg(feature = "fs")]
mod fs;
mod generator;
mod input;
mod lower;
mod markdown;
mod media;
mod module;
mod normalize;
mod output;
mod overlay;
mod plan;
mod provenance;
mod prune;
mod reference;
mod render;
mod resolve;
mod word;

use std::borrow::Cow;

use bundle::Bundled;
use config::Config;
use diag::{Code, Diagnostic, Sink};
use emit::api;
use fixup::Edited;
use lock::Lock;
use normalize::Normal;
use pointer::Pointer;
use sdk::Sdk as Model;

pub use diag::{Problem, Strictness};
#[cfg(feature = "fs")]
pub use fs::WriteError;
pub use generator::{Generator, Report, Sdk};
pub use parts::Lost;
pub use source::Source;

#[doc(hidden)]
pub use input::Input;
#[doc(hidden)]
pub use output::{Output, generate};
#[doc(hidden)]
pub use sdk::WEBHOOK_TYPES;

/// The model of the SDK for a document, for [`diff::diff`].
#[doc(hidden)]
pub fn sdk(input: &Input, sink: &mut Sink) -> Option<Model> {
    run(input, Until::Model, sink).filter(|_| !sink.has_errors())?.sdk
}

/// The names of an SDK, for the next version to keep.
#[doc(hidden)]
pub fn lock(sdk: &Model) -> Lock {
    plan::lock(sdk)
}

/// The model as JSON, the text of `api.json`. Its format is described in docs/api-json.md.
#[doc(hidden)]
pub fn api_json(sdk: &Model) -> String {
    api::api(sdk)
}

/// The types, methods, fields and variants of the SDK for a document, each with what a reader would object to in its name.
#[doc(hidden)]
pub fn identifiers(input: &Input, sink: &mut Sink) -> Option<Vec<identifiers::Identifier>> {
    Some(plan::identifiers(&sdk(input, sink)?))
}

/// The intermediate representation as stable text.
#[doc(hidden)]
pub fn ir(input: &Input, sink: &mut Sink) -> Option<String> {
    let made = run(input, Until::Ir, sink).filter(|_| !sink.has_errors())?;
    made.api.map(|api| ir::dump::dump(&api))
}

/// The document in normal form: OpenAPI 3.0, repaired, without what has no effect. For tools and tests.
#[doc(hidden)]
pub fn normal_form(input: &Input, sink: &mut Sink) -> Option<serde_json::Value> {
    let made = run(input, Until::Normal, sink).filter(|_| !sink.has_errors())?;
    Some(made.normal?.into_tree().root)
}

/// The pointers at which normalising the normal form once more changes something: none, or there is a bug. For tools and tests.
#[doc(hidden)]
pub fn unsettled(input: &Input, sink: &mut Sink) -> Option<Vec<String>> {
    let once = run(input, Until::Normal, sink).filter(|_| !sink.has_errors())?.normal?;
    let twice = normalize::again(&once, &mut Sink::new());
    Some(once.differences(&twice))
}

/// Reports everything that can be said about a document without writing anything for it.
#[doc(hidden)]
pub fn lint(input: &Input, sink: &mut Sink) {
    run(input, Until::Model, sink);
}

/// What became of every node of a document; `None` when it cannot be read. Errors are reported but do not stop the run.
#[doc(hidden)]
pub fn ledger(input: &Input, sink: &mut Sink) -> Option<ledger::Ledger> {
    let Made { bundled, edited, normal, sdk, found, .. } = run(input, Until::Ledger, sink)?;
    let (bundled, edited, normal) = (bundled?, edited?, normal?);
    let untyped = sdk.as_ref().map(plan::untyped_and_free_form).unwrap_or_default();
    let evidence = ledger::Evidence { input: &bundled.root, edited: &edited, normal: &normal, said: &found };
    Some(ledger::ledger(&evidence, untyped))
}

/// Where nodes of the document are written, after references to other files, overlays and fixups: the position of the text in
/// [`Input::sources`], and the place in it.
pub fn written(input: &Input, nodes: &[&Pointer]) -> Vec<(usize, Pointer)> {
    let (edits, files) =
        run(input, Until::Edited, &mut Sink::forgiving()).and_then(|made| made.written).unwrap_or_default();
    let inserted = provenance::inserted(&edits);
    let one = |at: &&Pointer| match inserted(at) {
        Some((diag::File::Config, at)) => (1, at),
        Some((diag::File::Other(file), at)) => (2 + usize::from(file), at),
        _ => match files.written(at) {
            Some((file, at)) => (2 + usize::from(file), at),
            None => (0, (*at).clone()),
        },
    };
    nodes.iter().map(one).collect()
}

/// Compares recorded traffic with a document, whose own problems go into `sink`.
pub fn learn(input: &Input, exchanges: &[learn::Exchange], sink: &mut Sink) -> Option<learn::Learned> {
    let made = run(input, Until::Edited, sink).filter(|_| !sink.has_errors())?;
    Some(learn::located(&made.overlaid?, &made.config, exchanges, &made.written?))
}

/// How far a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// To the document with all edits.
    Edited,
    /// To the normal form.
    Normal,
    /// To the intermediate representation.
    Ir,
    /// To the model.
    Model,
    /// To the model, with the trees that led there.
    Ledger,
}

/// What the stages made: nothing from the stage on that could not go on, and trees only where they are asked for.
#[derive(Default)]
struct Made {
    config: Config,
    bundled: Option<Bundled>,
    overlaid: Option<overlay::Overlaid>,
    edited: Option<Edited>,
    normal: Option<Normal>,
    api: Option<ir::Api>,
    sdk: Option<Model>,
    /// The edits, and where nodes of other files are written.
    written: Option<(Vec<provenance::Provenance>, bundle::Places)>,
    /// What was reported so far, for the ledger.
    found: Vec<Diagnostic>,
}

/// The run: every stage in its order. Who calls it looks for errors in `sink`.
fn run(input: &Input, until: Until, sink: &mut Sink) -> Option<Made> {
    let config = match &input.config {
        Some(source) => config::config(source, sink),
        None => Some(Config::default()),
    };
    if let Some(config) = &config {
        sink.set_levels(&config.lints, input.strictness);
    }
    let loaded = load::load(&input.document, sink);
    let config = config.map(|config| choices(input, config, sink));
    let made = config.zip(loaded).map(|(config, loaded)| {
        let (bundled, locations) = bundle::bundle(loaded, &input.document, &input.parts, sink);
        let mut made = Made { config, ..Made::default() };
        made.bundled = (until == Until::Ledger).then(|| bundled.clone());
        let (before, mut edits) = (sink.count(), Vec::new());
        let overlaid = overlay::overlay(bundled, &input.overlays, input.parts.len(), &mut edits, sink);
        made.overlaid = (until == Until::Edited).then(|| overlaid.clone());
        let edited = fixup::fixup(overlaid, &made.config, &mut edits, sink);
        understand(edited, until, &mut made, sink);
        // Until here reports point into the edited document.
        sink.note_rewrites();
        provenance::attribute(&edits, sink);
        sink.map_to_files(before, |at| locations.written(at));
        made.written = Some((edits, locations));
        made
    });
    sink.forget_cut();
    sink.apply_levels();
    made
}

/// The second half of the run: what an edited document means.
fn understand(edited: Edited, until: Until, made: &mut Made, sink: &mut Sink) {
    if until == Until::Edited {
        return;
    }
    made.edited = (until == Until::Ledger).then(|| edited.clone());
    // The normal form is 3.0, whatever the document is.
    let version = edited.root.get("openapi").and_then(serde_json::Value::as_str).unwrap_or_default();
    let (is_30, version) = (version.starts_with("3.0"), normalize::Since::of(version));
    let normal = normalize::normalize(edited, sink);
    made.normal = matches!(until, Until::Normal | Until::Ledger).then(|| normal.clone());
    if until == Until::Normal {
        return;
    }
    let pruned = prune::prune(normal, &made.config, sink);
    // The document goes when it is lowered: it takes most of the memory, and nobody asks for it any more.
    let api = resolve::resolve(pruned, version, sink).map(|doc| {
        check::check(&doc, is_30, sink);
        if let Some(lock) = followed(&doc, &made.config) {
            made.config.lock = lock;
        }
        lower::lower(&doc, &made.config, sink)
    });
    match until {
        Until::Ir => made.api = api,
        _ => made.sdk = api.and_then(|api| plan::plan(api, &made.config, sink)),
    }
    if let Some(sdk) = &made.sdk {
        check_lock(sdk, &made.config, sink);
    }
    if until == Until::Ledger {
        made.found = sink.found().to_vec();
    }
}

/// `names.lock` with the operations that moved, if any did.
fn followed(doc: &resolve::Doc, config: &Config) -> Option<Lock> {
    if config.lock.is_empty() {
        return None;
    }
    let known = doc.operations().filter_map(|one| {
        let id = lower::identity(one.value, config).or(one.id())?;
        Some((id, one.method.to_uppercase(), one.path))
    });
    match config.lock.follow(known) {
        Cow::Borrowed(_) => None,
        Cow::Owned(lock) => Some(lock),
    }
}

/// Reports names of `names.lock` that could not stay.
fn check_lock(sdk: &Model, config: &Config, sink: &mut Sink) {
    let chosen = |name: &str| {
        let methods = config.operations.values().filter_map(|choice| choice.name.as_ref());
        config.names.values().chain(methods).any(|chosen| chosen == name)
    };
    if !config.lock.is_empty() {
        lock::check(&config.lock, &lock(sdk), chosen, sink);
    }
}

/// `sdk.toml` with what the caller chose: `names.lock`, and a name that goes before its own.
fn choices(input: &Input, mut config: Config, sink: &mut Sink) -> Config {
    if let Some(name) = &input.name {
        name_package(name, &mut config, sink);
    }
    if let Some(source) = &input.lock {
        let file = (input.parts.len() + input.overlays.len()) as u16;
        config.lock = lock::lock(source, file, sink).unwrap_or_default();
    }
    config
}

fn name_package(name: &str, config: &mut Config, sink: &mut Sink) {
    let problem = match config::package_name(name) {
        Ok(()) if config.uses_crate(name) => Some("is a crate whose types are used".to_owned()),
        checked => checked.err(),
    };
    if let Some(problem) = problem {
        let message = format!("the package name {name:?} {problem}");
        let help = "choose another name, or none, so that it is made from the title";
        sink.report(Diagnostic::new(Code::Config, &Pointer::root(), message).help(help));
    }
    config.package.name = Some(name.to_owned());
}
