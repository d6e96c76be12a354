//! Reads TOML into [`Config`]. Every key is read by name, so unknown keys and wrong types are reported with
//! their locations.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::table::{Table, check_pointer, json, string, strings, table, wrong};
use super::{
    Config, Fixup, FixupAction, NumberChoice, OperationChoice, Replacement, Selection, calls, package,
    replace, uploads,
};
use crate::diag::{Code, Diagnostic, LintLevel, Severity, Sink, suggest};
use crate::locate::Span;
use crate::lock::Lock;
use crate::pointer::Pointer;
use crate::source::Source;

/// Reads `sdk.toml`, and reports its problems. Returns `None` only if it is not TOML.
pub fn config(source: &Source, sink: &mut Sink) -> Option<Config> {
    let (root, errors) = DeTable::parse_recoverable(source.body());
    for error in &errors {
        let span = error.span().map_or(Span::new(0, 0), |range| Span::new(range.start, range.end));
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        sink.report(Diagnostic::in_config(Code::Config, &Pointer::root(), message).at_span(span));
    }
    if !errors.is_empty() {
        return None;
    }
    let mut root = Table::new(root.get_ref(), Pointer::root());
    let config = Config {
        spec: root.string("spec", sink),
        overlays: root.strings("overlays", sink),
        package: root.table("package", sink).map(|t| package::package(t, sink)).unwrap_or_default(),
        client: root.table("client", sink).map(|t| package::client(t, sink)).unwrap_or_default(),
        output: root.table("output", sink).map(|t| package::output(t, sink)).unwrap_or_default(),
        upstream: root.table("upstream", sink).map(|t| package::upstream(t, sink)).unwrap_or_default(),
        names: root.table("names", sink).map(|t| names(&t, sink)).unwrap_or_default(),
        identity: root.string("operation_identity", sink),
        operations: root.table("operations", sink).map(|t| operations(&t, sink)).unwrap_or_default(),
        include: root.table("include", sink).map(|t| selection(t, sink)).unwrap_or_default(),
        exclude: root.table("exclude", sink).map(|t| selection(t, sink)).unwrap_or_default(),
        fields: root.table("fields", sink).map(|t| names(&t, sink)).unwrap_or_default(),
        variants: root.table("variants", sink).map(|t| variants(&t, sink)).unwrap_or_default(),
        resources: root.table("resources", sink).map(|t| strings(&t, sink)).unwrap_or_default(),
        formats: BTreeMap::new(),
        foreign: BTreeMap::new(),
        replace: root.table("replace", sink).map(|t| replaced(&t, sink)).unwrap_or_default(),
        numbers: root.table("numbers", sink).map(|t| numbers(&t, sink)).unwrap_or_default(),
        uploads: root.table("uploads", sink).map(|t| uploads::uploads(&t, sink)).unwrap_or_default(),
        arguments: root.table("arguments", sink).map(|t| arguments(&t, sink)).unwrap_or_default(),
        waits: root.table("waits", sink).map(|t| calls::waits(&t, sink)).unwrap_or_default(),
        paging: root.table("paging", sink).map(|t| calls::paging(&t, sink)).unwrap_or_default(),
        streams: root.table("streams", sink).map(|t| calls::streams(t, sink)).unwrap_or_default(),
        fixups: root.get("fixup").map(|(value, at)| fixups(value, &at, sink)).unwrap_or_default(),
        lints: root.table("lints", sink).map(|t| lints(&t, sink)).unwrap_or_default(),
        lock: Lock::default(),
    };
    let formats = root.table("formats", sink).map(|t| formats(&t, sink)).unwrap_or_default();
    let config = Config { formats: formats.0, foreign: formats.1, ..config };
    replace::check(&config, sink);
    package::check(&config, sink);
    root.finish(sink);
    Some(config)
}

fn names(table: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for (pointer, name, at) in table.entries() {
        check_pointer(pointer, &at, true, sink);
        if let Some(name) = string(name, &at, sink) {
            names.insert(pointer.to_owned(), name);
        }
    }
    names
}

fn selection(mut table: Table<'_>, sink: &mut Sink) -> Selection {
    let selection = Selection {
        operations: table.strings("operations", sink),
        tags: table.strings("tags", sink),
        paths: table.strings("paths", sink),
    };
    table.finish(sink);
    selection
}

fn variants(types: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for (pointer, entries, at) in types.entries() {
        check_pointer(pointer, &at, true, sink);
        if let Some(entries) = table(entries, at, sink) {
            all.insert(pointer.to_owned(), strings(&entries, sink));
        }
    }
    all
}

/// The formats with a Rust type.
const FORMATS: &[&str] =
    &["base64", "base64url", "date", "date-time", "decimal", "password", "string", "uuid"];

/// Crates that are shorthands for their date types.
const CRATES: &[&str] = &["chrono", "jiff", "time"];

fn formats(table: &Table<'_>, sink: &mut Sink) -> (BTreeMap<String, String>, BTreeMap<String, Replacement>) {
    let (mut known, mut foreign) = (BTreeMap::new(), BTreeMap::new());
    for (format, value, at) in table.entries() {
        if matches!(value, DeValue::Table(_)) {
            foreign.extend(replace::replacement(value, at, sink).map(|found| (format.to_owned(), found)));
            continue;
        }
        let Some(meant) = string(value, &at, sink) else { continue };
        if FORMATS.contains(&meant.as_str()) {
            known.insert(format.to_owned(), meant);
        } else if let Some(preset) = replace::preset(format, &meant) {
            foreign.insert(format.to_owned(), preset);
        } else if !(meant == "chrono" && ["date", "date-time"].contains(&format)) {
            let message = match CRATES.contains(&meant.as_str()) {
                true => format!("`{meant}` has no known type for the format `{format}`"),
                false => format!("`{meant}` is not a type for formats"),
            };
            let help =
                match suggest(&meant, FORMATS.iter().chain(CRATES).copied().filter(|one| *one != meant)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "choose one of `{}`, or name a type: `{{ type = \"…\", version = \"…\" }}`",
                        FORMATS.join("`, `")
                    ),
                };
            sink.report(Diagnostic::in_config(Code::Config, &at, message).help(help));
        }
    }
    (known, foreign)
}

fn replaced(table: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, Replacement> {
    let mut all = BTreeMap::new();
    for (pointer, value, at) in table.entries() {
        check_pointer(pointer, &at, true, sink);
        all.extend(replace::replacement(value, at, sink).map(|found| (pointer.to_owned(), found)));
    }
    all
}

fn numbers(table: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, NumberChoice> {
    let mut all = BTreeMap::new();
    for (kind, value, at) in table.entries() {
        match value.as_str() {
            Some("exact") => drop(all.insert(kind.to_owned(), NumberChoice::Exact)),
            Some("plain") => drop(all.insert(kind.to_owned(), NumberChoice::Plain)),
            _ => wrong(value, &at, "`exact` or `plain`", sink),
        }
    }
    all
}

fn arguments(operations: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for (id, names, at) in operations.entries() {
        all.extend(table(names, at, sink).map(|names| (id.to_owned(), strings(&names, sink))));
    }
    all
}

fn operations(operations: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, OperationChoice> {
    let mut choices = BTreeMap::new();
    for (id, choice, at) in operations.entries() {
        let Some(mut choice) = table(choice, at, sink) else { continue };
        let read =
            OperationChoice { resource: choice.string("resource", sink), name: choice.string("name", sink) };
        choice.finish(sink);
        choices.insert(id.to_owned(), read);
    }
    choices
}

fn lints(table: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, LintLevel> {
    let mut lints = BTreeMap::new();
    for (name, value, at) in table.entries() {
        let Some(code) = Code::find(name) else {
            let known = Code::ALL.iter().map(|code| code.as_str());
            sink.report(
                Diagnostic::in_config(Code::Config, &at, format!("unknown diagnostic `{name}`"))
                    .at_key()
                    .help(match suggest(name, known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "list them all with `sdkgen explain`".to_owned(),
                    }),
            );
            continue;
        };
        let level = match value.as_str() {
            Some("allow") => LintLevel::Allow,
            Some("warn") => LintLevel::Warn,
            Some("deny") => LintLevel::Deny,
            _ => {
                wrong(value, &at, "`allow`, `warn` or `deny`", sink);
                continue;
            }
        };
        if code.severity() == Severity::Error && level != LintLevel::Deny {
            let message = format!("the level of `{name}` cannot be changed: it is always an error");
            sink.report(Diagnostic::in_config(Code::Config, &at, message).help("remove the line"));
        } else {
            lints.insert(name.to_owned(), level);
        }
    }
    lints
}

fn fixups(value: &DeValue<'_>, at: &Pointer, sink: &mut Sink) -> Vec<Fixup> {
    let Some(items) = value.as_array() else {
        wrong(value, at, "an array of tables (`[[fixup]]`)", sink);
        return Vec::new();
    };
    let mut fixups = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let found = table(item.get_ref(), at.child(index), sink).and_then(|table| fixup(table, sink));
        // A broken fixup keeps its index, so that reports on later ones point at the right table.
        fixups.push(found.unwrap_or(Fixup {
            at: String::new(),
            action: FixupAction::Remove,
            reason: String::new(),
        }));
    }
    fixups
}

fn fixup(mut table: Table<'_>, sink: &mut Sink) -> Option<Fixup> {
    let at = table.string("at", sink);
    let set = table.get("set").map(|(value, place)| FixupAction::Set(json(value, &place, sink)));
    let merge = table.get("merge").and_then(|(value, place)| match json(value, &place, sink) {
        serde_json::Value::Object(members) => Some(FixupAction::Merge(members)),
        _ => {
            wrong(value, &place, "a table", sink);
            None
        }
    });
    let remove = match table.get("remove") {
        Some((DeValue::Boolean(true), _)) => Some(FixupAction::Remove),
        Some((other, place)) => {
            wrong(other, &place, "`true`", sink);
            None
        }
        None => None,
    };
    let rename = table.string("rename", sink).map(FixupAction::Rename);
    let reason = table.string("reason", sink);
    let place = table.at().clone();
    table.finish(sink);
    let missing = |sink: &mut Sink, message: &str, help: &str| {
        sink.report(Diagnostic::in_config(Code::Config, &place, message).help(help));
    };
    match &at {
        Some(pointer) => check_pointer(pointer, &place.child("at"), false, sink),
        None => missing(sink, "a fixup needs `at`", "name the node: `at = \"/components/schemas/Name\"`"),
    }
    if reason.is_none() {
        missing(sink, "a fixup needs a `reason`", "say why it is needed: `reason = \"…\"`");
    }
    let mut actions = [set, merge, remove, rename].into_iter().flatten();
    let action = match (actions.next(), actions.next()) {
        (Some(action), None) => Some(action),
        _ => {
            missing(
                sink,
                "a fixup must do exactly one thing",
                "give it one of `set = …`, `merge = { … }`, `remove = true`, `rename = \"…\"`",
            );
            None
        }
    };
    Some(Fixup { at: at?, action: action?, reason: reason.unwrap_or_default() })
}
