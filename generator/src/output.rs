//! What a run makes: the files of the SDK, and what is said about them.

use std::sync::Arc;

use crate::diag::Sink;
use crate::embed::{self, File};
use crate::emit::{self, manifest, readme};
use crate::files::{Files, Setting, stamp};
use crate::sdk::Sdk as Model;
use crate::{Input, Made, Until, plan, render, run};

/// What a run makes.
#[derive(Clone, Debug)]
pub struct Output {
    /// The SDK, stamped.
    pub files: Files,
    /// What `sdk.toml` says about the package: its values in the manifest, also in one that people own by now.
    pub settings: Vec<Setting>,
    /// Each component schema and each schema of a media type, by JSON pointer, with its type as Rust text.
    pub names: Vec<(String, String)>,
    /// Places that became `serde_json::Value`, by JSON pointer, each with the reason.
    pub untyped: Vec<(String, String)>,
    /// The model that it was written from.
    pub sdk: Model,
}

impl Output {
    /// The text of `names.lock`, not stamped.
    #[must_use]
    pub fn lock(&self) -> String {
        plan::lock(&self.sdk).text()
    }
}

/// The SDK for a document; `None` when something in `sink` forbids it.
pub fn generate(input: &Input, sink: &mut Sink) -> Option<Output> {
    let Made { config, sdk, .. } = run(input, Until::Model, sink).filter(|_| !sink.has_errors())?;
    let sdk = sdk?;
    let mut files = Files::default();
    for File { path, text, hash } in embed::runtime(sdk.needs.xml) {
        files.add_hashed(path, text, hash);
    }
    files.add_with_parts("Cargo.toml", manifest::manifest(&sdk, &config));
    files.add_with_parts("README.md", readme::readme(&sdk, &config));
    for name in &sdk.package.modules {
        files.add_with_parts(format!("src/{name}.rs"), HAND_WRITTEN);
    }
    if config.package.api_json {
        files.add("api.json", crate::api_json(&sdk));
    }
    let from = input.document.file_name();
    let mut files = files.stamped(from);
    for (path, text) in render::render(&emit::emit(&sdk), |path, text| Arc::from(stamp(path, text, from))) {
        files.add(path, text);
    }
    Some(Output {
        files,
        settings: manifest::settings(&config),
        names: plan::names(&sdk),
        untyped: plan::untyped(&sdk),
        sdk,
    })
}

/// A module that people write, when it is new. It has no stamp, so it is written once.
const HAND_WRITTEN: &str = "\
//! Written by hand: what this SDK has beyond its document. The generator declares this module and never changes it.
";
