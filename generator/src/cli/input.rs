//! Reads the input of a run: the document, `sdk.toml`, and the files that they name.

use std::path::{Path, PathBuf};

use crate::Input;
use crate::diag::Strictness;
use crate::fs::parts;
use crate::parts::Lost;
use crate::source::Source;

use crate::cli::args::{From, How};
use crate::cli::choices::Choices;
use crate::cli::fetch::{self, Fetched, copy_of, is_url};
use crate::cli::home::{CONFIG, Home, LOCK, Place};
use crate::cli::{Failure, read};

pub use crate::cli::read::{label, source};

/// Reads the document and configuration of a command line, with all files that they name.
pub fn input(from: &From, name: Option<&str>, home: &Home) -> Result<Input, Failure> {
    let Some(place) = home.config(from) else {
        let path = from.spec.as_ref().ok_or_else(|| home.no_document())?;
        return whole(from, name, &Place::new(path.clone()), None);
    };
    let choices = Choices::read(&place)?;
    let document = match (&from.spec, &choices.config.spec) {
        (Some(path), _) => Ok(Place::new(path.clone())),
        (None, Some(spec)) => Ok(place.beside(&copy_of(spec))),
        (None, None) => Err(no_spec(&place.label)),
    };
    document
        .and_then(|document| whole(from, name, &document, Some((&place, &choices))))
        .map_err(|failure| choices.explain(failure))
}

/// Reads the document, and the files that it and the configuration name.
fn whole(
    from: &From,
    name: Option<&str>,
    document: &Place,
    project: Option<(&Place, &Choices)>,
) -> Result<Input, Failure> {
    let mut input = Input::new(read_document(document, &from.how)?);
    if let Some((place, choices)) = project {
        for overlay in &choices.config.overlays {
            input.overlays.push(place.beside(overlay).read()?);
        }
        input.config = Some(choices.source.clone());
    }
    if is_url(&document.label) {
        let remote = "the document is at a URL; save it and its files to a folder";
        input.gather(|_| Err(Lost::Unreadable(remote.to_owned())));
    } else {
        let reader = parts::Reader::new(&document.path, &document.label, from.how.allow_outside);
        input.gather(|path| reader.read(path));
    }
    input.name = name.map(str::to_owned);
    input.strictness = match (from.how.keep_going, from.how.strict) {
        (true, _) => Strictness::KeepGoing,
        (false, true) => Strictness::Strict,
        (false, false) => Strictness::Default,
    };
    Ok(input)
}

/// Reads the document from a file or a URL.
fn read_document(place: &Place, how: &How) -> Result<Source, Failure> {
    if !is_url(&place.label) {
        return place.read();
    }
    match fetch::fetch(&place.label, &how.download, &[], None)? {
        Fetched::Text { text, .. } => Ok(Source::new(place.label.clone(), text)),
        Fetched::Same => Err(Failure::new(format!("`{}` sent no document", place.label))),
    }
}

fn no_spec(label: &str) -> Failure {
    Failure::new(format!("`{label}` names no document"))
        .help("add `spec = \"openapi.yaml\"`, or pass the document on the command line")
}

/// Reads the configuration of a document: the given one, or the one next to it that names the document.
pub fn choices(spec: &Path, config: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    let folder = spec.parent().unwrap_or(Path::new(""));
    let beside = folder.join(CONFIG);
    match config {
        Some(path) => Ok(Some(path.to_owned())),
        None if beside.is_file() => {
            let config = Choices::read(&Place::new(beside.clone()))?.config;
            let is_its = config.spec.is_some_and(|name| folder.join(copy_of(&name)) == spec);
            Ok(is_its.then_some(beside))
        }
        None => Ok(None),
    }
}

/// Reads a version of a document, with this configuration and the lock file next to it.
pub fn version(spec: &Path, config: Option<&Path>) -> Result<Input, Failure> {
    let from = From { spec: Some(spec.to_owned()), config: config.map(Path::to_owned), how: How::default() };
    let mut input = input(&from, None, &Home::nearest(Path::new(""), None))?;
    input.lock = match config {
        Some(config) => {
            let config = Place::new(config.to_owned());
            let choices = Choices::read(&config)?;
            lock(&config.beside(choices.output().lock.as_deref().unwrap_or(LOCK)).path)?
        }
        None => None,
    };
    Ok(input)
}

/// The lock file of earlier runs, if any.
pub fn lock(path: &Path) -> Result<Option<Source>, Failure> {
    if path.exists() { read::source(path, &read::label(path)).map(Some) } else { Ok(None) }
}
