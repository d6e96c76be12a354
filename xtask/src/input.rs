//! Reads what a run needs: the document, and the choices in `sdk.toml`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use generator::Input;
use generator::config::config;
use generator::diag::{Code, Diagnostic, Sink, Style, render, suggest};
use generator::locate::Span;
use generator::pointer::Pointer;
use generator::source::Source;

use crate::Failure;
use crate::args::From;

/// The choices of this workspace, relative to its root.
const CONFIG: &str = "spec/sdk.toml";

/// The document and the choices that a command line asks for.
pub(crate) fn input(from: &From, name: Option<&str>, root: &Path) -> Result<Input, Failure> {
    let settings = match (&from.config, &from.spec) {
        (Some(path), _) => Some(source(path, &label(path))?),
        (None, None) => Some(source(&root.join(CONFIG), CONFIG)?),
        (None, Some(_)) => None,
    };
    let document = match (&from.spec, &settings) {
        (Some(path), _) => source(path, &label(path))?,
        (None, Some(settings)) => {
            let path = document_of(settings)?;
            let folder = Path::new(&settings.label).parent().unwrap_or(Path::new(""));
            let shown = folder.join(&path);
            let base = if from.config.is_some() { PathBuf::new() } else { root.to_owned() };
            source(&base.join(&shown), &label(&shown))?
        }
        (None, None) => return Err(Failure::new("no document is given").help("give one by `--spec FILE`")),
    };
    Ok(Input { document, config: settings, name: name.map(str::to_owned), lock: None })
}

/// A version of a document, with the choices and names that go with it: those given, or those beside it if it is theirs.
pub(crate) fn version(spec: &Path, config: Option<&Path>) -> Result<Input, Failure> {
    let document = source(spec, &label(spec))?;
    let folder = spec.parent().unwrap_or(Path::new(""));
    let beside = folder.join("sdk.toml");
    let settings = match config {
        Some(path) => Some(source(path, &label(path))?),
        None if beside.is_file() => {
            let settings = source(&beside, &label(&beside))?;
            let is_its = document_of(&settings).is_ok_and(|name| folder.join(name) == spec);
            is_its.then_some(settings)
        }
        None => None,
    };
    let lock = match &settings {
        Some(settings) => lock(&Path::new(&settings.label).with_file_name("names.lock"))?,
        None => None,
    };
    Ok(Input { document, config: settings, name: None, lock })
}

/// The names of earlier runs, if there are any.
pub(crate) fn lock(path: &Path) -> Result<Option<Source>, Failure> {
    if path.is_file() { source(path, &label(path)).map(Some) } else { Ok(None) }
}

/// The document that `sdk.toml` names.
fn document_of(settings: &Source) -> Result<String, Failure> {
    let mut sink = Sink::new();
    let read = config(settings, &mut sink);
    match read.and_then(|config| config.spec) {
        Some(spec) => Ok(spec),
        // Whatever is wrong in the file comes out again with the run; without a document there is none.
        None if sink.has_errors() => {
            let empty = Source::new("", "");
            let text = render(&sink.finish(), &[&empty, settings], Style::PLAIN);
            Err(Failure::new(format!("`{}` cannot be read\n\n{}", settings.label, text.trim_end())))
        }
        None => Err(Failure::new(format!("`{}` names no document", settings.label))
            .help("name it there (`spec = \"openapi.yaml\"`), or give one by `--spec FILE`")),
    }
}

/// A text file.
pub(crate) fn source(path: &Path, label: &str) -> Result<Source, Failure> {
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, label, &error))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(label, text)),
        Err(error) => Err(not_utf8(label, &error)),
    }
}

fn unreadable(path: &Path, label: &str, error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::NotFound => {
            let failure = Failure::new(format!("cannot read `{label}`: there is no such file"));
            match neighbour(path) {
                Some(near) => failure.help(format!("did you mean `{}`?", label_beside(label, &near))),
                None => failure.help("check the path; it is relative to the folder you are in"),
            }
        }
        ErrorKind::IsADirectory => {
            Failure::new(format!("cannot read `{label}`: it is a folder")).help("name the file in it")
        }
        _ => Failure::new(format!("cannot read `{label}`: {error}")),
    }
}

/// The file beside `path` whose name is most like it.
fn neighbour(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    suggest(path.file_name()?.to_str()?, names.iter().map(String::as_str)).map(str::to_owned)
}

fn label_beside(of: &str, name: &str) -> String {
    match of.rfind(['/', '\\']) {
        Some(cut) => format!("{}{name}", &of[..=cut]),
        None => name.to_owned(),
    }
}

fn not_utf8(label: &str, error: &std::string::FromUtf8Error) -> Failure {
    let bytes = error.as_bytes();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Failure::new(format!("cannot read `{label}`: it is UTF-16")).help("save it as UTF-8");
    }
    let at = error.utf8_error().valid_up_to();
    let shown = Source::new(label, String::from_utf8_lossy(bytes));
    let found = Diagnostic::new(Code::Syntax, &Pointer::root(), "the file is not UTF-8")
        .at_span(Span::new(at, at + '\u{fffd}'.len_utf8()))
        .label(format!("the byte {:#04x} begins no character", bytes[at]))
        .help("save it as UTF-8");
    let text = render(&[found], &[&shown], Style::PLAIN);
    Failure::new(format!("cannot read `{label}`\n\n{}", text.trim_end()))
}

/// A path as it is shown: as the user gave it, with `/` on every machine.
pub(crate) fn label(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
