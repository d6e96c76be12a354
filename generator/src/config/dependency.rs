//! Reads dependencies of the SDK from `sdk.toml`.

use fluent_uri::Uri;
use semver::{Version, VersionReq};
use toml::Value;
use toml::de::DeValue;

use super::table::{Table, wrong};
use super::{Dependency, names};
use crate::diag::{Code, Diagnostic, Sink};
use crate::embed::{self, spelled};
use crate::pointer::Pointer;

/// Keys of a dependency that are copied into the manifest.
const PLACES: [&str; 6] = ["path", "git", "branch", "tag", "rev", "registry"];

pub(super) fn dependency(keys: &mut Table<'_>, sink: &mut Sink) -> Dependency {
    let name = keys.string("crate", sink);
    let version = keys.string("version", sink);
    let features = keys.strings("features", sink);
    let default_features = match keys.get("default_features") {
        Some((DeValue::Boolean(is), _)) => *is,
        Some((other, at)) => {
            wrong(other, &at, "`true` or `false`", sink);
            true
        }
        None => true,
    };
    let places = PLACES.into_iter().filter_map(|key| Some((key.to_owned(), keys.string(key, sink)?)));
    let places = places.collect();
    Dependency { name, version, places, features, default_features }
}

/// Reports what cargo would reject. `at` is the table, and `name` the crate.
pub(super) fn check(of: &Dependency, name: &str, at: &Pointer, sink: &mut Sink) {
    let mut report = |key: &str, message: String, help: &str| {
        sink.report(Diagnostic::in_config(Code::Config, &at.child(key), message).help(help));
    };
    let named = if of.name.is_some() { "crate" } else { "type" };
    if let Err(problem) = names::crate_name(name) {
        report(named, format!("the crate name {name:?} {problem}"), "write the name of a package");
        return;
    }
    for (index, feature) in of.features.iter().enumerate().filter(|(_, feature)| !is_feature(feature)) {
        let message = format!("{feature:?} is not the name of a feature");
        let at = at.child("features").child(index);
        let help = "write the name of a feature, such as `serde`";
        sink.report(Diagnostic::in_config(Code::Config, &at, message).help(help));
    }
    let mut report = |key: &str, message: String, help: &str| {
        sink.report(Diagnostic::in_config(Code::Config, &at.child(key), message).help(help));
    };
    places(of, &mut report);
    let requirement = of.version.as_deref().map(VersionReq::parse);
    let version = of.version.as_deref().unwrap_or_default();
    if let Some(Err(error)) = &requirement {
        let help = "write a version requirement, such as `1.2`";
        report("version", format!("{version:?} is not a version: {error}"), help);
    } else if version.trim() == "*" {
        let help = "write a version that you know to work, such as `1`";
        report("version", format!("`{name}` has a wildcard version, which registries reject"), help);
    }
    if let Some((known, value)) = embed::dependency(name) {
        there_already(of, named, (known, value), &mut report);
    } else if of.version.is_none() && !["path", "git"].iter().any(|key| of.places.contains_key(*key)) {
        let help = "add a version that you know to work (`version = \"1\"`), a `path` or a `git` URL";
        report(named, format!("the version of `{name}` is missing"), help);
    }
}

/// Checks the source of a crate.
fn places(of: &Dependency, report: &mut impl FnMut(&str, String, &str)) {
    let given = |key: &str| of.places.get(key);
    for (key, value) in &of.places {
        // A marker would end the generated part of the manifest.
        if value.trim().is_empty() || value.chars().any(char::is_control) || value.contains("@generated:") {
            report(key, format!("{value:?} is not a valid `{key}`"), "correct or remove it");
        }
    }
    if let Some(url) = given("git").filter(|url| Uri::parse(url.as_str()).is_err()) {
        let help =
            "write a full URL, such as `https://example.com/repo.git` or `ssh://git@example.com/repo.git`";
        report("git", format!("{url:?} is not a URL"), help);
    }
    if let Some(name) = given("registry").filter(|name| names::form(name).is_err()) {
        report(
            "registry",
            format!("{name:?} is not the name of a registry"),
            "write the name of one of cargo's `[registries]`",
        );
    }
    for other in ["path", "registry"] {
        if given("git").is_some() && given(other).is_some() {
            report(other, format!("a crate cannot come from both `git` and `{other}`"), "remove one of them");
        }
    }
    let mut points = ["branch", "tag", "rev"].into_iter().filter(|key| given(key).is_some());
    if let Some(first) = points.next() {
        if given("git").is_none() {
            report(first, format!("`{first}` needs `git`"), "add `git`, or remove it");
        }
        if let Some(second) = points.next() {
            report(second, format!("`{first}` and `{second}` exclude each other"), "remove one of them");
        }
    }
}

/// Reports conflicts with a crate that the SDK depends on anyway.
fn there_already(
    of: &Dependency,
    named: &str,
    (name, known): (&str, &Value),
    report: &mut impl FnMut(&str, String, &str),
) {
    let ours = known.as_str().or_else(|| known.get("version")?.as_str()).unwrap_or_default();
    let optional = known.get("optional").and_then(Value::as_bool) == Some(true);
    if optional && !embed::OF_TYPES.iter().any(|(_, of)| spelled(of) == spelled(name)) {
        let message = format!("`{name}` is an optional dependency of the generated crate");
        report(named, message, "wrap the type in a crate of your own");
    }
    let mut parts = ours.split('.').map(|part| part.parse().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    let least = Version::new(part(), part(), part());
    let asked = of.version.as_deref().and_then(|version| VersionReq::parse(version).ok());
    let help = format!("remove it, so that `{name}` {ours} is used, or wrap the type in a crate of your own");
    if asked.is_some_and(|asked| !asked.matches(&least)) {
        let version = of.version.as_deref().unwrap_or_default();
        report(
            "version",
            format!("`{name}` {version} conflicts with {ours}, which the generated crate uses"),
            &help,
        );
    }
    if let Some(key) = of.places.keys().next() {
        report(key, format!("the generated crate already uses `{name}` {ours} from a registry"), &help);
    }
}

/// Returns whether cargo accepts a name of a feature.
fn is_feature(text: &str) -> bool {
    let mut chars = text.chars();
    let begins = |c: char| unicode_ident::is_xid_start(c) || c == '_' || c.is_ascii_digit();
    let goes_on = |c: char| unicode_ident::is_xid_continue(c) || "-+.".contains(c);
    chars.next().is_some_and(begins) && chars.all(goes_on)
}
