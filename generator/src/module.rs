//! Turns the crate of an SDK into a module of another crate.
//!
//! Paths from the root of the crate get the path of the module, and features are settled: what is on by default is
//! compiled, the rest is not. Everything else stays as it is.

use std::collections::BTreeSet;

use toml::{Table, Value};

use crate::diag::suggest;
use crate::embed;
use crate::files::Files;
use crate::word::is_keyword;

/// The module.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The path below the root of the crate: `api`, `shop::api`.
    path: String,
}

impl Place {
    /// Reads the path of a module, such as `crate::api`.
    pub(crate) fn new(path: &str) -> Result<Self, String> {
        let below = path.strip_prefix("crate::").unwrap_or(path);
        let is_name = |name: &str| {
            let is_start = |c: char| c == '_' || unicode_ident::is_xid_start(c);
            name.starts_with(is_start)
                && name.chars().all(unicode_ident::is_xid_continue)
                && !is_keyword(name)
        };
        match below.split("::").all(is_name) {
            true => Ok(Self { path: below.to_owned() }),
            false => Err(format!("`{path}` is not the path of a module; write it as `crate::api`")),
        }
    }
}

/// The features that are compiled, as cargo chooses them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Features {
    /// Features beside those that are on by default.
    pub(crate) more: Vec<String>,
    /// Whether those that are on by default are off.
    pub(crate) no_default: bool,
}

/// Returns the files of the module. `lib` is the library whose name examples have.
pub(crate) fn files(
    crate_files: &Files,
    place: &Place,
    lib: &str,
    chosen: &Features,
) -> Result<Files, String> {
    let on = features(&manifest(crate_files), chosen)?;
    let mut files = Files::default();
    for (path, text) in crate_files.iter() {
        let Some(path) = path.strip_prefix("src/") else { continue };
        let is_root = path == "lib.rs";
        let text = settled(&rooted(text, place, lib), &on);
        let text = if is_root { unlinted(&text) } else { text };
        files.add(if is_root { "mod.rs" } else { path }, crate::files::restamped(path, &text));
    }
    Ok(files)
}

fn manifest(crate_files: &Files) -> Table {
    crate_files.get("Cargo.toml").unwrap_or_default().parse().unwrap_or_default()
}

/// Paths of the crate, and of the library in examples, with the path of the module.
fn rooted(text: &str, place: &Place, lib: &str) -> String {
    let (lib, user) = (format!("{lib}::"), format!("crate::{}::", place.path));
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let line = replaced(line, "crate::", &user);
        let is_comment = line.trim_start().starts_with("//");
        out += &if is_comment { replaced(&line, &lib, &user) } else { line };
    }
    out
}

/// Replaces a path where it begins one.
fn replaced(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let before = rest[..at].chars().next_back();
        let begins = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
        out += &rest[..at];
        out += if begins { to } else { from };
        rest = &rest[at + from.len()..];
    }
    out + rest
}

/// Features as `true` and `false`, but for those in comments and strings.
fn settled(text: &str, on: &BTreeSet<String>) -> String {
    const FEATURE: &str = "feature = \"";
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut rest = if line.trim_start().starts_with("//") { "" } else { line };
        let mut done = String::new();
        while let Some((before, after)) = rest.split_once(FEATURE) {
            done += before;
            let is_in_string = done.matches('"').count() % 2 == 1;
            let (name, after) = after.split_once('"').unwrap_or((after, ""));
            match is_in_string {
                true => done += &format!("{FEATURE}{name}\""),
                false => done += if on.contains(name) { "true" } else { "false" },
            }
            rest = after;
        }
        out += &done;
        out += if rest.is_empty() && done.is_empty() { line } else { rest };
    }
    out
}

/// The root without attributes that only a crate has; what its user does not call is no reason for a warning.
fn unlinted(text: &str) -> String {
    let allow = "#![allow(dead_code, unused_imports, unused_macros, unreachable_pub, clippy::all)]\n#![allow(rustdoc::all)]\n";
    text.replacen("#![forbid(unsafe_code)]\n", allow, 1)
        .replace("#![warn(missing_docs)]\n", "")
        .replace("#![cfg_attr(docsrs, feature(doc_cfg))]\n", "")
}

/// The features that are on, with those that they ask for. Those of resources always are: a module has no smaller parts.
fn features(manifest: &Table, chosen: &Features) -> Result<BTreeSet<String>, String> {
    let all = manifest.get("features").and_then(Value::as_table).cloned().unwrap_or_default();
    let asked = |name: &str| -> Vec<String> {
        let values = all.get(name).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    if let Some(odd) = chosen.more.iter().find(|name| !all.contains_key(*name)) {
        let help = match suggest(odd, all.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has `{}`", all.keys().map(String::as_str).collect::<Vec<_>>().join("`, `")),
        };
        return Err(format!("the SDK has no feature `{odd}`; {help}"));
    }
    let mut todo = asked("default");
    if chosen.no_default {
        let unwanted = embed::default_features();
        todo.retain(|name| !unwanted.contains(name));
    }
    todo.extend(chosen.more.iter().cloned());
    let mut on = BTreeSet::new();
    while let Some(name) = todo.pop() {
        if on.insert(name.clone()) {
            todo.extend(asked(&name));
        }
    }
    Ok(on)
}

/// Returns what a crate with the module must depend on, as arguments of `cargo add`.
pub(crate) fn dependencies(crate_files: &Files, chosen: &Features) -> Vec<String> {
    let manifest = manifest(crate_files);
    let Ok(on) = features(&manifest, chosen) else { return Vec::new() };
    depended(&manifest, &on)
}

fn depended(manifest: &Table, on: &BTreeSet<String>) -> Vec<String> {
    let table = |of: &Table, name: &str| of.get(name).and_then(Value::as_table).cloned().unwrap_or_default();
    let mut out = Vec::new();
    for (name, value) in table(manifest, "dependencies") {
        out.extend(dependency(&name, &value, on));
    }
    for (target, tables) in table(manifest, "target") {
        let tables = tables.as_table().cloned().unwrap_or_default();
        for (name, value) in table(&tables, "dependencies") {
            out.extend(dependency(&name, &value, on).map(|line| format!("--target '{target}' {line}")));
        }
    }
    out
}

fn dependency(name: &str, value: &Value, on: &BTreeSet<String>) -> Option<String> {
    let get = |key: &str| value.as_table().and_then(|table| table.get(key));
    let flag = |key: &str| get(key).and_then(Value::as_bool);
    if flag("optional") == Some(true) && !on.contains(&format!("dep:{name}")) {
        return None;
    }
    let version = value.as_str().or_else(|| get("version")?.as_str());
    let mut line = version.map_or_else(|| name.to_owned(), |version| format!("{name}@{version}"));
    for key in ["path", "git", "branch", "tag", "rev", "registry"] {
        if let Some(place) = get(key).and_then(Value::as_str) {
            line += &format!(" --{key} '{place}'");
        }
    }
    if flag("default-features") == Some(false) {
        line += " --no-default-features";
    }
    let declared = get("features").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let asked = on.iter().filter_map(|feature| {
        let rest = feature.strip_prefix(name)?;
        rest.strip_prefix('?').unwrap_or(rest).strip_prefix('/')
    });
    let features: BTreeSet<&str> = declared.chain(asked).collect();
    if !features.is_empty() {
        line += &format!(" --features {}", features.into_iter().collect::<Vec<_>>().join(","));
    }
    Some(line)
}

/// Returns the dependencies, as [`dependencies`] writes them, that a manifest does not name, for all platforms or for theirs.
pub(crate) fn missing<'a>(dependencies: &'a [String], manifest: &str) -> Vec<&'a str> {
    let manifest: Table = manifest.parse().unwrap_or_default();
    let has = |table: Option<&Value>, name: &str| {
        let table = table.and_then(|table| table.get("dependencies"));
        table.and_then(Value::as_table).is_some_and(|table| table.contains_key(name))
    };
    let all = Value::Table(manifest);
    let is_missing = |line: &&str| {
        let (target, rest) = match line.strip_prefix("--target '").and_then(|rest| rest.split_once("' ")) {
            Some((target, rest)) => (all.get("target").and_then(|targets| targets.get(target)), rest),
            None => (None, *line),
        };
        let name = rest.split(['@', ' ']).next().unwrap_or(rest);
        !has(Some(&all), name) && !has(target, name)
    };
    dependencies.iter().map(String::as_str).filter(is_missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_get_the_module() {
        let place = Place::new("crate::shop::api").unwrap();
        let text =
            "use crate::x;\n$crate::y!();\n/// [`a`](crate::A) `shop::B` workshop::C\nlet z = shop::d;\n";
        assert_eq!(
            rooted(text, &place, "shop"),
            "use crate::shop::api::x;\n$crate::shop::api::y!();\n/// [`a`](crate::shop::api::A) `crate::shop::api::B` workshop::C\nlet z = shop::d;\n"
        );
        assert!(Place::new("crate::fn").is_err() && Place::new("a-b").is_err() && Place::new("").is_err());
    }

    #[test]
    fn features_are_settled_and_bring_their_dependencies() {
        let manifest = "[features]\ndefault = [\"rustls\"]\nrustls = [\"http/tls\", \"dep:rustls\"]\nother = [\"dep:other\"]\n[dependencies]\nhttp = { version = \"1\", default-features = false, features = [\"a\"] }\nrustls = { version = \"2\", optional = true }\nother = { version = \"3\", optional = true }\n[target.'cfg(unix)'.dependencies]\nnix = \"4\"\n";
        let manifest: Table = manifest.parse().unwrap();
        let on = features(&manifest, &Features::default()).unwrap();
        assert_eq!(
            depended(&manifest, &on),
            ["http@1 --no-default-features --features a,tls", "rustls@2", "--target 'cfg(unix)' nix@4"]
        );
        assert_eq!(
            settled("#[cfg(any(feature = \"rustls\", feature = \"other\"))]\n", &on),
            "#[cfg(any(true, false))]\n"
        );
        assert_eq!(
            settled("let x = \"feature = \\\"rustls\\\"\";\n", &on),
            "let x = \"feature = \\\"rustls\\\"\";\n"
        );
    }

    #[test]
    fn dependencies_are_missing_by_name_and_platform() {
        let lines =
            ["itoa@1.0", "http@1 --features a", "--target 'cfg(unix)' nix@4", "--target 'cfg(wasm)' web@1"];
        let lines = lines.map(str::to_owned);
        let manifest = "[dependencies]\nitoa.workspace = true\n[target.'cfg(unix)'.dependencies]\nnix = \"3\"\nweb = \"1\"\n[build-dependencies]\nhttp = \"1\"\n";
        assert_eq!(missing(&lines, manifest), [lines[1].as_str(), &lines[3]]);
        assert_eq!(
            missing(&lines, "[dependencies]\nitoa = \"1\"\nhttp = \"1\"\nnix = \"1\"\nweb = \"1\"\n"),
            [""; 0]
        );
        assert_eq!(missing(&lines, "").len(), lines.len());
    }

    /// `cargo add` reads the features of the lowest version that a requirement takes.
    #[test]
    fn the_lowest_versions_have_the_features() {
        let all = embed::MANIFEST.get("features").and_then(Value::as_table).cloned().unwrap_or_default();
        let lines = depended(&embed::MANIFEST, &all.keys().flat_map(|name| on(name)).collect());
        // The versions that brought the features.
        for (name, feature, since) in [
            ("chrono", "alloc,std", "0.4.10"),
            ("hyper-util", "client-proxy-system", "0.1.12"),
            ("native-tls", "alpn", "0.2.7"),
            ("rustls", "prefer-post-quantum", "0.23.22"),
            ("serde_json", "arbitrary_precision", "1.0.13"),
            ("tracing", "std", "0.1.5"),
        ] {
            let version = |text: &str| semver::Version::parse(text).ok();
            let line = lines.iter().find_map(|line| {
                let (lowest, rest) = line.rsplit_once(&format!("{name}@"))?.1.split_once(' ')?;
                rest.contains(feature).then_some(lowest)
            });
            assert!(version(line.unwrap()) >= version(since), "{name}: {line:?}");
        }
    }

    fn on(name: &str) -> BTreeSet<String> {
        let more = vec![name.to_owned()];
        features(&embed::MANIFEST, &Features { more, no_default: false }).unwrap_or_default()
    }
}
