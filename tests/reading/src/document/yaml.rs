//! YAML text to JSON, through a reader other than the generator's.

use serde_json::{Map, Number, Value};
use yaml_rust2::{Yaml, YamlLoader};

/// Reads the first document of a YAML text.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut documents = load(text)?;
    if documents.is_empty() {
        return Err("the file is empty".to_owned());
    }
    convert(documents.swap_remove(0))
}

/// Most readers let the bracket that ends a flow collection stand further left than the specification allows; this one
/// does not, so such lines are moved to the right.
fn load(text: &str) -> Result<Vec<Yaml>, String> {
    let mut text = text.to_owned();
    for _ in 0..200 {
        let error = match YamlLoader::load_from_str(&text) {
            Ok(documents) => return Ok(documents),
            Err(error) => error,
        };
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let closes = |line: &String| line.trim_start().starts_with([']', '}']);
        match lines.get_mut(error.marker().line().wrapping_sub(1)).filter(|line| closes(line)) {
            Some(line) => line.insert_str(0, "        "),
            None => return Err(error.to_string()),
        }
        text = lines.join("\n");
    }
    Err("too many brackets stand too far left".to_owned())
}

fn convert(node: Yaml) -> Result<Value, String> {
    Ok(match node {
        Yaml::Null => Value::Null,
        Yaml::Boolean(b) => Value::Bool(b),
        Yaml::Integer(n) => Value::from(n),
        Yaml::Real(text) => real(text),
        Yaml::String(text) => Value::String(text),
        Yaml::Array(items) => Value::Array(items.into_iter().map(convert).collect::<Result<_, _>>()?),
        Yaml::Hash(members) => {
            let mut map = Map::new();
            for (name, value) in members {
                map.insert(key(name)?, convert(value)?);
            }
            Value::Object(map)
        }
        Yaml::Alias(_) | Yaml::BadValue => return Err("a node that is no value".to_owned()),
    })
}

/// An integer beyond `i64` is given as a real: keep it whole where `u64` can.
fn real(text: String) -> Value {
    if let Ok(n) = text.parse::<u64>() {
        return Value::from(n);
    }
    match text.parse::<f64>().ok().and_then(Number::from_f64) {
        Some(number) => Value::Number(number),
        None => Value::String(text),
    }
}

fn key(node: Yaml) -> Result<String, String> {
    match node {
        Yaml::String(text) | Yaml::Real(text) => Ok(text),
        Yaml::Integer(n) => Ok(n.to_string()),
        Yaml::Boolean(b) => Ok(b.to_string()),
        Yaml::Null => Ok("null".to_owned()),
        _ => Err("a key that is no scalar".to_owned()),
    }
}
