//! Turns an OpenAPI document into the files of a Rust SDK. Pure: no IO, no clock, no environment.
//!
//! [`generate`] is the whole story. Each stage makes one type that no other stage can make; what is wrong with the
//! document or with `sdk.toml` goes into the [`Sink`], and the stages go on, so that one run shows every
//! problem.

pub mod config;
pub mod diag;
pub mod files;
pub mod ir;
pub mod load;
pub mod locate;
pub mod pointer;
pub mod source;
pub mod tree;

mod check;
mod embed;
mod emit;
mod fixup;
mod lower;
mod normalize;
mod plan;
mod render;
mod resolve;
mod word;

use config::Config;
use diag::Sink;
use emit::{manifest, readme};
use files::Files;
use source::Source;
use tree::Tree;

/// What a run needs to know.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI document.
    pub document: Source,
    /// `sdk.toml`, if there is one.
    pub config: Option<Source>,
    /// Package name that goes before the one in `sdk.toml`.
    pub name: Option<String>,
}

impl Input {
    /// The texts as [`diag::render`] and [`diag::report`] want them.
    pub fn sources(&self) -> Vec<&Source> {
        std::iter::once(&self.document).chain(&self.config).collect()
    }
}

/// What a run makes.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The SDK, stamped.
    pub files: Files,
    /// How many operations it has.
    pub operations: usize,
    /// How many types it has.
    pub types: usize,
    /// Each component schema and each schema of a media type, by JSON pointer, with its type as Rust text.
    pub names: Vec<(String, String)>,
}

/// The SDK for a document; `None` when something in `sink` forbids it.
pub fn generate(input: &Input, sink: &mut Sink) -> Option<Output> {
    run(input, sink, |tree, config, sink| {
        let plan = planned(tree, config, sink).filter(|_| !sink.has_errors())?;
        let package = manifest::names(&plan.api.info, config);
        let mut files = Files::default();
        for (path, text) in render::render(&emit::emit(&plan, config, &package)) {
            files.add(path, text);
        }
        for (path, text) in embed::runtime() {
            files.add(path, text);
        }
        files.add("Cargo.toml", manifest::manifest(&plan, config, &package));
        files.add("README.md", readme::readme(&plan, config, &package));
        let (operations, types) = (plan.api.operations.len(), plan.types.len());
        Some(Output {
            files: files.stamped(input.document.file_name()),
            operations,
            types,
            names: plan::names(&plan),
        })
    })
}

/// The intermediate representation as stable text.
pub fn ir(input: &Input, sink: &mut Sink) -> Option<String> {
    run(input, sink, |tree, config, sink| Some(ir::dump::dump(&lowered(tree, config, sink)?)))
}

/// The document in normal form: OpenAPI 3.0, repaired, without what has no effect. For tools and tests.
pub fn normal_form(input: &Input, sink: &mut Sink) -> Option<serde_json::Value> {
    run(input, sink, |tree, _, sink| Some(normalize::normalize(tree, sink).root))
}

/// Reports everything that can be said about a document without writing anything for it.
pub fn lint(input: &Input, sink: &mut Sink) {
    run(input, sink, |tree, config, sink| planned(tree, config, sink).map(drop));
}

/// The decisions about a document.
fn planned(tree: Tree, config: &Config, sink: &mut Sink) -> Option<plan::Plan> {
    plan::plan(lowered(tree, config, sink)?, config, sink)
}

/// What the document says.
fn lowered(tree: Tree, config: &Config, sink: &mut Sink) -> Option<ir::Api> {
    let tree = normalize::normalize(tree, sink);
    let doc = resolve::resolve(tree, sink)?;
    check::check(&doc, sink);
    Some(lower::lower(&doc, config, sink))
}

/// What all runs share: reading at the beginning, the levels of `sdk.toml` at the end.
fn run<T>(
    input: &Input,
    sink: &mut Sink,
    work: impl FnOnce(Tree, &Config, &mut Sink) -> Option<T>,
) -> Option<T> {
    let config = match &input.config {
        Some(source) => config::config(source, sink),
        None => Some(Config::default()),
    };
    let tree = load::load(&input.document, sink);
    let mut config = config?;
    config.package.name = input.name.clone().or(config.package.name);
    let made = tree.and_then(|tree| work(fixup::fixup(tree, &config, sink), &config, sink));
    fixup::attribute(&config, sink);
    sink.apply(&config.lints);
    made.filter(|_| !sink.has_errors())
}
