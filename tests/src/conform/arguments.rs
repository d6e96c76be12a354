//! The arguments of a call, made from the document.

use super::encode::can_be_parts;
use crate::document::{Document, Location, Media, Operation, Param};
use crate::judge::{Judge, Side};
use crate::synth::synthesise;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Arguments.
#[derive(Clone, Debug)]
pub struct Arguments {
    /// The parameters.
    pub params: Vec<(Location, String, Value)>,
    /// The body.
    pub body: Option<Value>,
}

/// Makes arguments for the operations of one document, and remembers the instances of their schemas.
pub struct Maker<'a> {
    document: &'a Document,
    judge: &'a Judge,
    known: HashMap<String, Vec<Value>>,
}

impl<'a> Maker<'a> {
    /// A maker for a document; the judge is the one of requests.
    pub fn new(document: &'a Document, judge: &'a Judge) -> Self {
        Self { document, judge, known: HashMap::new() }
    }

    /// Arguments for an operation: all of them, or those that must be given, to which a method may add the body. Each turn gives others, as far as there are others.
    pub fn arguments(
        &mut self,
        operation: &Operation,
        media: Option<&Media>,
        (all, takes_body): (bool, bool),
        turn: usize,
    ) -> Result<Arguments, String> {
        let mut params = Vec::new();
        for (at, param) in operation.params.iter().enumerate() {
            if !all && !param.required {
                continue;
            }
            match self.value(param, turn + at) {
                Some(value) => params.push((param.location, param.name.clone(), value)),
                None if param.required => return Err(format!("no value for the parameter `{}`", param.name)),
                None => {}
            }
        }
        let wanted = all || takes_body || operation.body.as_ref().is_some_and(|body| body.required);
        let body = media.filter(|_| wanted).map(|media| self.body(media, turn)).transpose()?;
        Ok(Arguments { params, body })
    }

    fn value(&mut self, param: &Param, turn: usize) -> Option<Value> {
        let mut usable = match &param.schema {
            Some(schema) => self.instances(schema).clone(),
            None => vec![json!("text")],
        };
        usable.retain(|value| travels(param, value));
        usable.get(turn % usable.len().max(1)).cloned()
    }

    fn body(&mut self, media: &Media, turn: usize) -> Result<Value, String> {
        let kind = media.essence();
        if let Some(schema) = media.schema.as_ref().filter(|_| crate::xml::is_xml(&kind)) {
            let document = self.document;
            let instances = self.instances(schema).iter();
            let usable = instances.filter_map(|value| crate::xml::carried(document, schema, value));
            let usable: Vec<Value> = usable.map(|(value, _)| value).collect();
            // What has no form in XML is sent as text.
            return Ok(usable.get(turn % usable.len().max(1)).cloned().unwrap_or_else(|| json!("some text")));
        }
        let structured =
            media.is_json() || kind.starts_with("multipart/") || kind.ends_with("form-urlencoded");
        if !structured {
            return Ok(json!("some text\nof two lines"));
        }
        let is_parts = kind.starts_with("multipart/");
        let Some(schema) = &media.schema else {
            return Ok(if is_parts { json!(["some text"]) } else { json!({"any": "thing"}) });
        };
        let mut usable = self.instances(schema).clone();
        if is_parts {
            let document = self.document;
            usable.retain(|value| can_be_parts(document, schema, value));
        } else if !media.is_json() {
            usable.retain(can_be_a_form);
        }
        // Where anything fits, all that was made may hold what cannot be sent.
        let plain = json!({"any": "thing"});
        let fits =
            || self.document.resolve(schema).is_some_and(|(at, _)| self.judge.check(&at, &plain).is_ok());
        if usable.is_empty() && !media.is_json() && fits() {
            usable.push(plain);
        }
        let found = usable.get(turn % usable.len().max(1)).cloned();
        found.ok_or_else(|| format!("no body for `{}`", media.pointer))
    }

    /// Instances of a schema: the documented example of the parameter's schema is among what is synthesised.
    fn instances(&mut self, schema: &str) -> &Vec<Value> {
        let (document, judge) = (self.document, self.judge);
        self.known.entry(schema.to_owned()).or_insert_with(|| {
            let made = synthesise(document, judge, schema, Side::Request);
            let fullest = |label: &str| !label.starts_with("fullest");
            let mut bodies = made.accepted;
            bodies.sort_by_key(|body| fullest(&body.label));
            bodies.into_iter().map(|body| body.value).collect()
        })
    }
}

/// Whether a value can travel in the place of a parameter: not null, not an empty list, in paths and headers not empty at all, in
/// headers without what HTTP does not carry, in cookies that are not encoded without what would end them.
fn travels(param: &Param, value: &Value) -> bool {
    let (in_path, in_header) = (param.location == Location::Path, param.location == Location::Header);
    match value {
        Value::Null => false,
        Value::String(text) if in_path => !text.is_empty() && text != "." && text != "..",
        Value::String(text) if in_header => {
            !text.is_empty() && text.trim() == text && text.bytes().all(|byte| (32..127).contains(&byte))
        }
        Value::String(text) if param.style == "cookie" => {
            text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"%,;\\".contains(&byte))
        }
        Value::Array(items) => !items.is_empty() && items.iter().all(|item| travels(param, item)),
        Value::Object(members) => {
            !members.is_empty() && members.values().all(|member| travels(param, member))
        }
        _ => true,
    }
}

/// Whether a value can be told apart in a form: no null, no empty list or object.
fn can_be_a_form(value: &Value) -> bool {
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty() || items.contains(&Value::Null),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    value.as_object().is_some_and(|members| !members.values().any(empty))
}
