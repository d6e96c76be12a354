//! The manifest of an SDK: names, features, dependencies.
//!
//! Dependencies and the runtime's features are those of the runtime's own manifest, so versions are stated once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;
use toml::{Table, Value};

use crate::config::Config;
use crate::embed;
use crate::files::Setting;
use crate::sdk::{Module, Sdk};

mod foreign;

/// `#[cfg(feature = "…")]`.
pub(super) fn gate(feature: Option<&str>) -> TokenStream {
    match feature {
        Some(feature) => quote!(#[cfg(feature = #feature)]),
        None => TokenStream::new(),
    }
}

/// The gate of what all resources share. It is there only where shared types need a feature of the runtime: that
/// feature comes with each resource, and so is absent when all of them are.
fn shared_gate(sdk: &Sdk) -> TokenStream {
    let resources = resources(sdk);
    let has_own_operations = !sdk.root().operations.is_empty();
    if has_own_operations
        || resources.is_empty()
        || !embed::OF_TYPES.iter().any(|(name, _)| needed(sdk).contains(name))
    {
        return TokenStream::new();
    }
    let gates: Vec<&str> = resources.into_iter().chain(sdk.payloads()).collect();
    match gates.as_slice() {
        [gate] => quote!(#[cfg(feature = #gate)]),
        gates => quote!(#[cfg(any(#(feature = #gates),*))]),
    }
}

/// The gate of a module of types.
pub(super) fn module_gate(sdk: &Sdk, module: &Module) -> TokenStream {
    match &module.feature {
        Some(feature) => gate(Some(feature)),
        None => shared_gate(sdk),
    }
}

/// The features of resources.
fn resources(sdk: &Sdk) -> BTreeSet<&str> {
    sdk.resources.iter().filter_map(|resource| resource.feature.as_deref()).collect()
}

/// The whole manifest of a crate that stands alone.
pub(crate) fn manifest(sdk: &Sdk, config: &Config) -> String {
    let package = &config.package;
    let (info, names) = (&sdk.info, &sdk.package);
    let mut out = String::from("[package]\n");
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(out, "{key} = {}", Value::String(value.to_owned()));
    };
    line("name", &names.name);
    line("version", package.version.as_deref().unwrap_or("0.1.0"));
    line("edition", "2024");
    line("rust-version", &rust_version());
    let described = package.description.clone().or_else(|| info.summary.clone());
    let what = if sdk.operations.is_empty() { "Types" } else { "Client" };
    line("description", &described_as(&described.unwrap_or_else(|| format!("{what} of {}", info.title))));
    if let Some(license) = &package.license {
        line("license", license);
    }
    if let Some(repository) = &package.repository {
        line("repository", repository);
    }
    if names.lib != names.name.replace('-', "_") {
        let _ = write!(out, "\n[lib]\nname = {}\n", Value::String(names.lib.clone()));
    }
    out.push('\n');
    out.push_str(&generated(sdk, config));
    out . push_str ( "\n# Keeps the crate out of any workspace; remove this table to make it a member of one.\n[workspace]\n" ) ;
    out
}

/// A description in one line, without control characters and without what begins or ends a generated part.
fn described_as(text: &str) -> String {
    // Cargo gives the text to the compiler in a variable, where no NUL may be.
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.replace("@generated:", "generated:");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What `sdk.toml` says about the package. It is kept true in a manifest that is there already.
pub(crate) fn settings(config: &Config) -> Vec<Setting> {
    let package = &config.package;
    let all = [
        ("package", "name", package.name.clone()),
        ("package", "version", package.version.clone()),
        ("package", "description", package.description.as_deref().map(described_as)),
        ("package", "license", package.license.clone()),
        ("package", "repository", package.repository.clone()),
        ("lib", "name", package.lib.clone()),
    ];
    all.into_iter().filter_map(|(table, key, value)| Some(Setting { table, key, value: value? })).collect()
}

/// The parts of a manifest that follow from the document: features, dependencies, lints.
pub(crate) fn generated(sdk: &Sdk, config: &Config) -> String {
    let table = |name: &str| embed::MANIFEST.get(name).and_then(Value::as_table).cloned().unwrap_or_default();
    let (mut known, mut dependencies) = (table("features"), table("dependencies"));
    if !sdk.needs.xml {
        known.remove("xml");
        dependencies.remove(embed::XML);
    }
    let features = features(sdk, &known);
    let mut out = String::from("# @generated:begin manifest\n[features]\n");
    let words = words();
    let documented: Vec<String> =
        features.iter().map(|(name, _)| name.clone()).filter(|name| is_documented(name)).collect();
    for (name, values) in features {
        out.push_str(words.get(name.as_str()).map_or("", |words| words));
        let values: Vec<String> = values.into_iter().map(|value| Value::String(value).to_string()).collect();
        let _ = writeln!(out, "{} = [{}]", key(name), values.join(", "));
    }
    let documented: Vec<String> =
        documented.into_iter().map(|name| Value::String(name).to_string()).collect();
    let _ = write!(out, "\n[package.metadata.docs.rs]\nfeatures = [{}]\n", documented.join(", "));
    out.push_str("\n[dependencies]\n");
    for (name, value) in foreign::with(dependencies, sdk, config) {
        let _ = writeln!(out, "{} = {}", key(name), inline(&value));
    }
    for (platform, tables) in table("target") {
        let dependencies = tables.get("dependencies").and_then(Value::as_table).cloned().unwrap_or_default();
        let _ = writeln!(out, "\n[target.'{platform}'.dependencies]");
        for (name, value) in dependencies {
            let _ = writeln!(out, "{name} = {}", inline(&value));
        }
    }
    out.push_str(
        "\n[lints.clippy]\n# Names come from the API, even `foo`.\ndisallowed_names = \"allow\"\n# Boxing large variants would change types whenever a field is added.\nlarge_enum_variant = \"allow\"\n# `new` takes what the API requires.\ntoo_many_arguments = \"allow\"\n# Nested maps follow the API.\ntype_complexity = \"allow\"\n# @generated:end\n",
    );
    out
}

/// Whether documentation is built with a feature: not with one that replaces what is there anyway, or adds no item.
fn is_documented(feature: &str) -> bool {
    const OTHERS: [&str; 7] = [
        "arbitrary-precision",
        "http2",
        "idn",
        "native-tls",
        "rustls-aws-lc-rs",
        "rustls-no-provider",
        "system-proxy",
    ];
    feature != "default" && !OTHERS.contains(&feature)
}

/// What the runtime's manifest says about its features: the comment above each, with what it costs.
fn words() -> BTreeMap<&'static str, String> {
    let (mut words, mut above) = (BTreeMap::new(), String::new());
    let behind = embed::MANIFEST_TEXT.split_once("[features]\n").map_or("", |(_, behind)| behind);
    for line in behind.lines().take_while(|line| !line.starts_with('[')) {
        if line.starts_with('#') {
            above.push_str(line);
            above.push('\n');
        } else if let Some((name, _)) = line.split_once(" = ") {
            words.insert(name, std::mem::take(&mut above));
        }
    }
    words
}

/// The features of the runtime that this SDK has: name, what it is and costs, whether it is on by default.
pub(super) fn described(sdk: &Sdk) -> Vec<(String, String, bool)> {
    let mut known = embed::MANIFEST.get("features").and_then(Value::as_table).cloned().unwrap_or_default();
    if !sdk.needs.xml {
        known.remove("xml");
    }
    let (words, resources, all) = (words(), resources(sdk), features(sdk, &known));
    let default: BTreeSet<&str> =
        all.iter().filter(|(name, _)| name == "default").flat_map(|(_, on)| on).map(String::as_str).collect();
    let own = all.iter().filter(|(name, _)| name != "default" && !resources.contains(name.as_str()));
    own.filter_map(|(name, _)| {
        if Some(name.as_str()) == sdk.payloads() {
            let text = "Types that only webhooks and callbacks use.";
            return Some((name.clone(), text.to_owned(), false));
        }
        let text = words.get(name.as_str())?.lines().map(|line| line.trim_start_matches(['#', ' ']));
        Some((name.clone(), text.collect::<Vec<_>>().join(" "), default.contains(name.as_str())))
    })
    .collect()
}

/// One feature per top-level resource, on by default, one for payloads of webhooks, and those of the runtime.
fn features(sdk: &Sdk, runtime: &Table) -> Vec<(String, Vec<String>)> {
    let strings = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let resources = resources(sdk);
    let needed = needed(sdk);
    let mut default: Vec<String> = runtime.get("default").map(strings).unwrap_or_default();
    default.extend(needed.iter().map(|name| (*name).to_owned()));
    default.extend(resources.iter().map(|name| (*name).to_owned()));
    let mut seen = BTreeSet::new();
    default.retain(|name| seen.insert(name.clone()));
    let mut out = vec![("default".to_owned(), default)];
    let takes = needed.iter().filter(|name| runtime.contains_key(**name)).map(|name| (*name).to_owned());
    let takes: Vec<String> = takes.collect();
    let own = resources.iter().copied().chain(sdk.payloads());
    out.extend(own.map(|name| (name.to_owned(), takes.clone())));
    let others = runtime.iter().filter(|(name, _)| *name != "default" && !resources.contains(name.as_str()));
    out.extend(others.map(|(name, value)| (name.clone(), strings(value))));
    out
}

/// Features of the runtime that the types of the document ask for, and those that `sdk.toml` puts in their place.
fn needed(sdk: &Sdk) -> Vec<&'static str> {
    let needs = sdk.needs;
    let all = [
        (needs.chrono, "chrono"),
        (needs.uuid, "uuid"),
        (needs.decimal, "decimal"),
        (needs.multipart, "multipart"),
        (needs.events, "events"),
        (needs.only_xml, "xml"),
    ];
    let named = |feature: &str| {
        let of = embed::OF_TYPES.iter().find(|(known, _)| *known == feature).map(|(_, of)| *of);
        let paths = sdk.foreign.iter().filter_map(|one| one.path.as_deref());
        let mut crates = paths.filter_map(|path| path.trim_start_matches("::").split("::").next());
        of.is_some_and(|of| crates.any(|found| found == of))
    };
    let declared = embed::MANIFEST.get("features").and_then(Value::as_table);
    let is_declared = |name: &str| declared.is_some_and(|known| known.contains_key(name));
    all.into_iter()
        .filter(|(is_needed, name)| (*is_needed || named(name)) && is_declared(name))
        .map(|(_, name)| name)
        .collect()
}

/// Minimum Rust version of the runtime, and so of every SDK.
pub(super) fn rust_version() -> String {
    let package = embed::MANIFEST.get("package").and_then(Value::as_table);
    package.and_then(|package| package.get("rust-version")?.as_str()).unwrap_or("1.88").to_owned()
}

/// A key; only one of plain letters may go without quotes.
fn key(name: String) -> String {
    let bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if bare && !name.is_empty() { name } else { Value::String(name).to_string() }
}

/// A value on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::Table(table) => {
            // The version first, as people write it.
            let mut keys: Vec<&String> = table.keys().collect();
            keys.sort_by_key(|key| (key.as_str() != "version", key.as_str()));
            let parts: Vec<String> =
                keys.iter().map(|key| format!("{key} = {}", inline(&table[key.as_str()]))).collect();
            format!("{{ {} }}", parts.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
