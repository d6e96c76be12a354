//! The crates that types of `sdk.toml` come from, among the dependencies of the runtime.

use toml::{Table, Value};

use crate::config::{Config, Dependency};
use crate::embed;
use crate::embed::spelled;
use crate::sdk::Sdk;

/// Adds what the types that are used come from; a crate that is there already gets the features.
pub(super) fn with(mut dependencies: Table, sdk: &Sdk, config: &Config) -> Table {
    for chosen in config.foreign.values().chain(config.replace.values()) {
        let used = sdk.foreign.iter().any(|one| one.path.as_ref() == Some(&chosen.path));
        let Some(of) = chosen.dependency.as_ref().filter(|_| used) else { continue };
        let Some(name) = &of.name else { continue };
        let known = dependencies.keys().find(|known| spelled(known) == spelled(name)).cloned();
        match known.and_then(|known| dependencies.get_mut(&known)) {
            Some(known) => add_features(known, &of.features),
            None => drop(dependencies.insert(name.clone(), spec(name, of))),
        }
    }
    dependencies
}

fn spec(name: &str, of: &Dependency) -> Value {
    let mut table = Table::new();
    let text = |text: &String| Value::String(text.clone());
    table.extend(of.version.as_ref().map(|version| ("version".to_owned(), text(version))));
    table.extend(of.places.iter().map(|(key, value)| (key.clone(), text(value))));
    // What the runtime has on some platforms only needs no version of its own.
    if let Some((_, known)) = embed::dependency(name).filter(|_| table.is_empty()) {
        let version = known.get("version").unwrap_or(known).clone();
        table.insert("version".to_owned(), version);
    }
    if !of.default_features {
        table.insert("default-features".to_owned(), Value::Boolean(false));
    }
    if !of.features.is_empty() {
        table.insert("features".to_owned(), Value::Array(of.features.iter().map(text).collect()));
    }
    Value::Table(table)
}

fn add_features(known: &mut Value, features: &[String]) {
    if features.is_empty() {
        return;
    }
    if let Value::String(version) = known {
        *known = Value::Table(Table::from_iter([("version".to_owned(), Value::String(version.clone()))]));
    }
    let Some(table) = known.as_table_mut() else { return };
    let list = table.entry("features").or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list {
        for feature in features.iter().map(|one| Value::String(one.clone())) {
            if !list.contains(&feature) {
                list.push(feature);
            }
        }
    }
}
