//! Turns an OpenAPI document into the files of a Rust SDK. Pure: no IO, no clock, no environment.
//!
//! [`generate`] is the whole story. Each stage makes one type that no other stage can make; what is wrong with the
//! document or with `sdk.toml` goes into the [`Sink`](diag::Sink), and the stages go on, so that one run shows every
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
}

/// The SDK for a document; `None` when something in `sink` forbids it.
pub fn generate(input: &Input, sink: &mut Sink) -> Option<Output> {
    run(input, sink, |tree, config, sink| {
        // MERGE: the lines below stand for the stages of the other branches.
        // let plan = planned(tree, config, sink).filter(|_| !sink.has_errors())?;
        // let mut files = render::render(emit::emit(&plan, config));
        // embed::runtime().for_each(|(path, text)| files.add(format!("src/runtime/{path}"), text));
        // let (operations, types) = (plan.api.operations.len(), plan.types.len());
        let _ = (tree, config, sink);
        let (files, operations, types) = (Files::default(), 0, 0);
        Some(Output { files: files.stamped(input.document.file_name()), operations, types })
    })
}

/// The intermediate representation as stable text.
pub fn ir(input: &Input, sink: &mut Sink) -> Option<String> {
    run(input, sink, |tree, config, sink| {
        // MERGE: Some(ir::dump::dump(&lowered(tree, config, sink)?))
        let _ = (tree, config, sink);
        Some(String::new())
    })
}

/// Reports everything that can be said about a document without writing anything for it.
pub fn lint(input: &Input, sink: &mut Sink) {
    run(input, sink, |tree, config, sink| {
        // MERGE: planned(tree, config, sink).map(drop)
        let _ = (tree, config, sink);
        Some(())
    });
}

// MERGE:
// fn planned(tree: Tree, config: &Config, sink: &mut Sink) -> Option<plan::Plan> {
//     plan::plan(lowered(tree, config, sink)?, config, sink)
// }
//
// fn lowered(tree: Tree, config: &Config, sink: &mut Sink) -> Option<ir::Api> {
//     let tree = normalize::normalize(tree, sink);
//     let doc = resolve::resolve(tree, sink)?;
//     Some(lower::lower(&doc, config, sink))
// }

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
    sink.apply(&config.lints);
    made.filter(|_| !sink.has_errors())
}
