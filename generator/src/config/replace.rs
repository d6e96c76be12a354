//! Types of other crates: tables in `[formats]` and `[replace]`, and shorthands for known crates.

use toml::de::DeValue;

use super::table::table;
use super::{Config, Dependency, Replacement, dependency};
use crate::diag::{Code, Diagnostic, Sink};
use crate::embed::spelled;
use crate::pointer::Pointer;

/// Reads a table that names a type: `{ type = "ulid::Ulid", version = "1", features = ["serde"] }`.
pub(super) fn replacement(value: &DeValue<'_>, at: Pointer, sink: &mut Sink) -> Option<Replacement> {
    let mut keys = table(value, at.clone(), sink)?;
    let path = keys.string("type", sink);
    let with = keys.string("with", sink);
    let dependency = dependency::dependency(&mut keys, sink);
    keys.finish(sink);
    let Some(path) = path else {
        let help = "name the type: `{ type = \"ulid::Ulid\", version = \"1\", features = [\"serde\"] }`";
        sink.report(Diagnostic::in_config(Code::Config, &at, "`type` is missing").at_key().help(help));
        return None;
    };
    let mut usable = true;
    for (text, key, generic) in [(Some(&path), "type", true), (with.as_ref(), "with", false)] {
        let Some(text) = text.filter(|text| !is_path(text, generic)) else { continue };
        let message =
            format!("`{text}` is not the path of a Rust {}", if generic { "type" } else { "module" });
        let help = "write the full path, such as `ulid::Ulid`, with arguments in `<…>` if it has any";
        sink.report(Diagnostic::in_config(Code::Config, &at.child(key), message).help(help));
        usable = false;
    }
    if !usable {
        return None;
    }
    let head = path.split('<').next().unwrap_or_default();
    let Some((first, _)) = head.split_once("::") else {
        let message = format!("`{path}` does not name its crate");
        let help = "write the full path, such as `ulid::Ulid` or `std::net::IpAddr`";
        sink.report(Diagnostic::in_config(Code::Config, &at.child("type"), message).help(help));
        return None;
    };
    let first = first.trim().to_owned();
    let own = ["std", "core", "alloc", "crate"].contains(&first.as_str());
    if !own {
        let name = dependency.name.as_deref().unwrap_or(&first);
        dependency::check(&dependency, name, &at, sink);
    }
    let dependency =
        (!own).then(|| Dependency { name: dependency.name.clone().or(Some(first)), ..dependency });
    Some(Replacement { path, with, dependency })
}

/// Returns the type that a known crate has for a format, if any.
pub(super) fn preset(format: &str, name: &str) -> Option<Replacement> {
    let (path, with, version, features): (&str, Option<&str>, &str, &[&str]) = match (name, format) {
        ("jiff", "date-time") => ("jiff::Timestamp", None, "1", &["serde"]),
        ("jiff", "date") => ("jiff::civil::Date", None, "1", &["serde"]),
        ("time", "date-time") => {
            ("time::OffsetDateTime", Some("time::serde::rfc3339"), "0.3", &["formatting", "parsing", "serde"])
        }
        _ => return None,
    };
    let features = features.iter().map(|name| (*name).to_owned()).collect();
    let dependency = Dependency {
        name: Some(name.to_owned()),
        version: Some(version.to_owned()),
        features,
        ..Dependency::default()
    };
    Some(Replacement { path: path.to_owned(), with: with.map(str::to_owned), dependency: Some(dependency) })
}

/// Reports types with two different values of `with`, and crates with two different sources.
pub(super) fn check(config: &Config, sink: &mut Sink) {
    let formats = config.foreign.iter().map(|(key, of)| ("formats", key, of));
    let schemas = config.replace.iter().map(|(key, of)| ("replace", key, of));
    let all: Vec<_> = formats.chain(schemas).collect();
    for (at, (table, key, of)) in all.iter().enumerate() {
        if all[..at].iter().any(|(.., other)| other.path == of.path && other.with != of.with) {
            let place = Pointer::root().child(table).child(key);
            let message = format!("`{}` has two different values of `with`", of.path);
            let help = "use the same `with` for all of them, or wrap one in a type of your own";
            sink.report(Diagnostic::in_config(Code::Config, &place, message).at_key().help(help));
        }
        let Some(asked) = &of.dependency else { continue };
        let name = asked.name.as_deref().map(spelled);
        let same = |other: &&Dependency| other.name.as_deref().map(spelled) == name;
        let first = all[..at].iter().filter_map(|(.., other)| other.dependency.as_ref()).find(same);
        let source = |of: &Dependency| (of.version.clone(), of.places.clone());
        if first.is_some_and(|first| source(first) != source(asked)) {
            let place = Pointer::root().child(table).child(key);
            let name = asked.name.as_deref().unwrap_or_default();
            let message = format!("`{name}` has two different versions or sources");
            let help = "use the same `version`, `path` or `git` for the crate everywhere";
            sink.report(Diagnostic::in_config(Code::Config, &place, message).at_key().help(help));
        }
    }
}

/// Returns whether a text is a path of identifiers, with types in `<…>` if `generic`.
fn is_path(text: &str, generic: bool) -> bool {
    let mut rest = text;
    path(&mut rest, generic, 0) && rest.is_empty()
}

fn path(rest: &mut &str, generic: bool, depth: u8) -> bool {
    let mut is_first = depth == 0;
    loop {
        *rest = rest.trim_start();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let ident = crate::word::is_ident(name) || (is_first && name == "crate");
        is_first = false;
        if !ident {
            return false;
        }
        *rest = after.trim_start();
        if let Some(inner) = rest.strip_prefix('<') {
            *rest = inner;
            if !generic || depth > 8 || !list(rest, depth) {
                return false;
            }
        }
        match rest.strip_prefix("::") {
            Some(after) => *rest = after,
            None => return true,
        }
    }
}

fn list(rest: &mut &str, depth: u8) -> bool {
    loop {
        if !path(rest, true, depth + 1) {
            return false;
        }
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            *rest = after.trim_start();
            return true;
        }
        match rest.strip_prefix(',') {
            Some(after) => *rest = after,
            None => return false,
        }
    }
}
