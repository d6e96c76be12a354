//! Reads the input of a run: the document, `sdk.toml`, and the files that they name.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::Input;
use crate::config::config;
use crate::diag::{Code, Diagnostic, Sink, Strictness, Style, render};
use crate::locate::Span;
use crate::pointer::Pointer;
use crate::source::Source;

use crate::cli::Failure;
use crate::cli::args::{From, How};

mod parts;

/// The configuration of this workspace, relative to its root.
pub const CONFIG: &str = "spec/sdk.toml";

/// Reads the document and configuration of a command line, with all files that they name.
pub fn input(from: &From, name: Option<&str>, root: &Path) -> Result<Input, Failure> {
    let settings = match (&from.config, &from.spec) {
        (Some(path), _) => Some(source(path, &label(path))?),
        (None, None) => Some(source(&root.join(CONFIG), CONFIG)?),
        (None, Some(_)) => None,
    };
    let base = if from.config.is_some() { PathBuf::new() } else { root.to_owned() };
    let beside = |settings: &Source, path: &str| {
        Path::new(&settings.label).parent().unwrap_or(Path::new("")).join(path)
    };
    let (path, shown) = match (&from.spec, &settings) {
        (Some(path), _) => (path.clone(), label(path)),
        (None, Some(settings)) => {
            let shown = beside(settings, &document_of(settings)?);
            (base.join(&shown), label(&shown))
        }
        (None, None) => return Err(Failure::new("the document is missing").help("add `--spec FILE`")),
    };
    let mut input = Input::new(source(&path, &shown)?);
    if let Some(settings) = &settings {
        // Problems in them are reported again by the run.
        let overlays = config(settings, &mut Sink::new()).map(|config| config.overlays).unwrap_or_default();
        for overlay in overlays {
            let shown = beside(settings, &overlay);
            input.overlays.push(source(&base.join(&shown), &label(&shown))?);
        }
    }
    let reader = parts::Reader::new(&path, &shown, from.how.allow_outside);
    input.gather(|path| reader.read(path));
    input.config = settings;
    input.name = name.map(str::to_owned);
    input.strictness = match (from.how.keep_going, from.how.strict) {
        (true, _) => Strictness::KeepGoing,
        (false, true) => Strictness::Strict,
        (false, false) => Strictness::Default,
    };
    Ok(input)
}

/// Reads the configuration of a document: the given one, or the one next to it that names the document.
pub fn choices(spec: &Path, config: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    let folder = spec.parent().unwrap_or(Path::new(""));
    let beside = folder.join("sdk.toml");
    match config {
        Some(path) => Ok(Some(path.to_owned())),
        None if beside.is_file() => {
            let settings = source(&beside, &label(&beside))?;
            let is_its = document_of(&settings).is_ok_and(|name| folder.join(name) == spec);
            Ok(is_its.then_some(beside))
        }
        None => Ok(None),
    }
}

/// Reads a version of a document, with this configuration and the lock file next to it.
pub fn version(spec: &Path, config: Option<&Path>) -> Result<Input, Failure> {
    let from = From { spec: Some(spec.to_owned()), config: config.map(Path::to_owned), how: How::default() };
    let mut input = input(&from, None, Path::new(""))?;
    input.lock = match config {
        Some(config) => lock(&config.with_file_name("names.lock"))?,
        None => None,
    };
    Ok(input)
}

/// The lock file of earlier runs, if any.
pub fn lock(path: &Path) -> Result<Option<Source>, Failure> {
    if path.exists() { source(path, &label(path)).map(Some) } else { Ok(None) }
}

/// Returns the document that `sdk.toml` names.
fn document_of(settings: &Source) -> Result<String, Failure> {
    let mut sink = Sink::new();
    let read = config(settings, &mut sink);
    match read.and_then(|config| config.spec) {
        Some(spec) => Ok(spec),
        // Problems in the file are reported again by the run; without a document there is no run.
        None if sink.has_errors() => {
            let empty = Source::new("", "");
            let text = render(&sink.finish(), &[&empty, settings], Style::PLAIN);
            Err(Failure::new(format!("`{}` cannot be read\n\n{}", settings.label, text.trim_end())))
        }
        None => Err(Failure::new(format!("`{}` names no document", settings.label))
            .help("add `spec = \"openapi.yaml\"`, or pass `--spec FILE`")),
    }
}

/// Reads a text file.
pub fn source(path: &Path, label: &str) -> Result<Source, Failure> {
    let file = std::fs::metadata(path).map_err(|error| unreadable(path, label, &error))?;
    // A pipe or a device might never end.
    if !file.is_file() && !file.is_dir() {
        let failure = Failure::new(format!("cannot read `{label}`: not a regular file"));
        return Err(failure.help("write its content to a file, and pass that"));
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, label, &error))?;
    if is_utf16(&bytes) {
        return Err(utf16(label, &bytes));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(label, text)),
        Err(error) => Err(not_utf8(label, &error)),
    }
}

fn unreadable(path: &Path, label: &str, error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::NotFound => {
            let failure = Failure::new(format!("cannot read `{label}`: no such file"));
            match parts::neighbour(path) {
                Some(near) => failure.help(format!("did you mean `{}`?", parts::label_beside(label, &near))),
                None => failure.help("check the path, which is relative to the current folder"),
            }
        }
        ErrorKind::IsADirectory => {
            Failure::new(format!("cannot read `{label}`: it is a folder")).help("pass a file in it")
        }
        _ => Failure::new(format!("cannot read `{label}`: {error}")),
    }
}

fn not_utf8(label: &str, error: &std::string::FromUtf8Error) -> Failure {
    let bytes = error.as_bytes();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return utf16(label, bytes);
    }
    let at = error.utf8_error().valid_up_to();
    let shown = Source::new(label, String::from_utf8_lossy(bytes));
    let found = Diagnostic::new(Code::Syntax, &Pointer::root(), "the file is not UTF-8")
        .at_span(Span::new(at, at + '\u{fffd}'.len_utf8()))
        .label(format!("the byte {:#04x} does not begin a character", bytes[at]))
        .help("save it as UTF-8");
    Failure::found(format!("cannot read `{label}`"), found, shown)
}

fn utf16(label: &str, bytes: &[u8]) -> Failure {
    let little = bytes.starts_with(&[0xff, 0xfe]) || bytes.get(1) == Some(&0);
    let pairs = bytes.chunks_exact(2).map(|pair| match (pair, little) {
        (&[a, b], true) => u16::from_le_bytes([a, b]),
        (&[a, b], false) => u16::from_be_bytes([a, b]),
        _ => 0,
    });
    let text: String = char::decode_utf16(pairs).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    let found = Diagnostic::new(Code::Syntax, &Pointer::root(), "the file is UTF-16")
        .at_span(Span::new(0, 1))
        .help("save it as UTF-8");
    Failure::found(format!("cannot read `{label}`: it is UTF-16"), found, Source::new(label, text))
}

/// Returns whether every other of the first bytes is NUL, as in UTF-16 without a byte order mark.
fn is_utf16(bytes: &[u8]) -> bool {
    let all = |from: usize| bytes.iter().skip(from).step_by(2).take(8).all(|byte| *byte == 0);
    bytes.len() >= 16 && (all(0) || all(1))
}

/// Returns the label of a path: as the user wrote it, with `/` on every platform.
pub fn label(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
