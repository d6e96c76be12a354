//! `api.json`: it tells the whole API of an SDK, so that an index, a comparison or a mock can be made of nothing else.

use serde_json::Value;
use std::collections::BTreeSet;

use sdkgen::diag::Sink;
use sdkgen::diff::public_names;
use sdkgen::source::Source;
use sdkgen::{Input, Output, api_json, generate};
use tests::case::cases;

fn texts<'a>(of: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    of[key].as_array().into_iter().flatten().filter_map(|one| one["name"].as_str().or(one["method"].as_str()))
}

/// Every public name that the file tells, as [`public_names`] writes them.
fn told(api: &Value) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let list = |of: &'_ Value, key: &str| of[key].as_array().cloned().unwrap_or_default();
    let text = |of: &Value, key: &str| of[key].as_str().map(str::to_owned);
    for resource in list(api, "resources") {
        let (path, handle) = (text(&resource, "path").unwrap(), text(&resource, "expression").unwrap());
        for method in list(&resource, "methods") {
            let (name, call) = (text(&method, "name").unwrap(), text(&method, "call").unwrap());
            let arguments: Vec<&str> = texts(&method, "arguments").collect();
            out.insert(format!("{handle}.{name}"));
            out.insert(format!("{handle}.{name}({})", arguments.join(", ")));
            out.extend(text(&method, "waits").map(|wait| format!("{handle}.{wait}")));
            out.extend(
                texts(&method, "setters")
                    .chain(texts(&method, "instead"))
                    .map(|name| format!("{call}::{name}")),
            );
            let choice = text(&method, "returns").unwrap();
            out.extend(texts(&method, "choice").map(|variant| format!("{choice}::{variant}")));
            out.insert(call);
        }
        if path != "Client" {
            out.extend([path, handle]);
        }
    }
    for ty in list(api, "types") {
        let path = text(&ty, "path").unwrap();
        out.extend(texts(&ty, "fields").chain(texts(&ty, "variants")).map(|name| format!("{path}::{name}")));
        for field in list(&ty, "fields").iter().filter(|field| field.get("setter_feature").is_none()) {
            let methods = [text(field, "setter"), text(field, "clear")];
            out.extend(methods.into_iter().flatten().map(|name| format!("{path}::{name}()")));
        }
        if ty.get("constructor").is_some() && ty.get("constructor_feature").is_none() {
            let fields = list(&ty, "fields");
            let arguments: Vec<String> = fields
                .iter()
                .filter(|field| field["in_constructor"] == true)
                .filter_map(|of| text(of, "name"))
                .collect();
            out.insert(format!("{path}::new({})", arguments.join(", ")));
            if ty["by_name"] == true {
                out.insert(path.replace("types::", "types::args::"));
            }
        }
        let more = [text(&ty, "unknown"), text(&ty["additional"], "name")];
        out.extend(more.into_iter().flatten().map(|name| format!("{path}::{name}")));
        out.insert(path);
    }
    for credential in list(api, "credentials") {
        let setters = [text(&credential, "setter"), text(&credential, "source")];
        out.extend(setters.into_iter().flatten().map(|name| format!("ClientBuilder::{name}")));
    }
    out
}

/// Every case that is one file, with what is made of it.
fn outputs() -> impl Iterator<Item = (String, Output)> {
    cases().unwrap().into_iter().filter_map(|case| {
        let input = Input {
            config: case.config.map(|text| Source::new("sdk.toml", text)),
            ..Input::new(Source::new("spec.yaml", case.spec))
        };
        Some((case.name, generate(&input, &mut Sink::new())?))
    })
}

#[test]
fn the_file_tells_every_public_name_of_every_case() {
    let mut count = 0;
    for (case, output) in outputs() {
        let api: Value = serde_json::from_str(&api_json(&output.sdk)).unwrap();
        let names: BTreeSet<String> = public_names(&output.sdk).into_iter().collect();
        let told = told(&api);
        let lacks: Vec<&String> = names.symmetric_difference(&told).collect();
        assert!(lacks.is_empty(), "`{case}`: {lacks:?}");
        count += names.len();
    }
    assert!(count > 5_000, "{count} names");
}

#[test]
fn the_index_of_the_readme_can_be_made_of_the_file() {
    let mut count = 0;
    for (case, output) in outputs() {
        let names = told(&serde_json::from_str(&api_json(&output.sdk)).unwrap());
        let readme = output.files.get("README.md").unwrap();
        for row in readme.lines().filter_map(|line| line.strip_prefix("| `client")) {
            let call = format!("client{}", row.split('`').next().unwrap());
            // A method that waits is told without its arguments, which are those of the method that does not.
            let is_told =
                names.contains(&call) || call.rsplit_once('(').is_some_and(|(name, _)| names.contains(name));
            assert!(is_told, "`{case}`: `{call}`");
            count += 1;
        }
    }
    assert!(count > 200, "{count} rows");
}
