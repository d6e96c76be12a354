//! Values made through the API of an SDK, judged by the document.
//!
//! In: a document, what can be made (a struct by its constructor, a variant of a union), and a function that makes it as JSON. Out: how
//! many values there were, which of them do not fit their schema or have a tag that leads elsewhere, and what was not made, by reason.

use crate::document::{Document, escape, local};
use crate::judge::{Fault, Judge, Side};
use crate::synth::simple;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;

/// Pointer of the schema, what is made, and for variants of unions with tags: property, pointer of the variant, whether it is the default.
pub type Row<'a> = (&'a str, &'a str, Option<(&'a str, &'a str, bool)>);

/// Makes the value of a row as JSON; the flag says whether everything optional is set.
pub type Make<'a> = dyn FnMut(usize, bool) -> Result<Vec<u8>, String> + 'a;

/// Validators that are kept at once.
const MOST_KEPT: usize = 200;

/// What came of the values of a document.
#[derive(Debug, Default)]
pub struct Tally {
    /// Values that were made.
    pub made: usize,
    /// Those that are as the document wants them.
    pub valid: usize,
    /// Values that could not be made or do not keep a limit of their schema, by the reason.
    pub unmade: BTreeMap<String, usize>,
    /// What is wrong.
    pub failures: Vec<Failure>,
}

/// A value that is not as the document wants it.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The schema.
    pub pointer: String,
    /// What was made.
    pub what: String,
    /// What is wrong with it.
    pub reason: String,
    /// The value.
    pub value: Value,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of `{}`: {}: {}", self.what, self.pointer, self.reason, self.value)
    }
}

impl Tally {
    /// One line for people.
    pub fn line(&self, name: &str) -> String {
        let unmade: Vec<String> =
            self.unmade.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        format!(
            "{name}: {} made, {} valid, {} failures; not made: {}",
            self.made,
            self.valid,
            self.failures.len(),
            unmade.join(", ")
        )
    }
}

/// The judge of what is made: callers make what they send.
pub fn judge(document: &Document) -> Result<Judge, String> {
    Judge::new(document, Side::Request)
}

/// Values that fit the schemas at these pointers, null where none is found; of a pointer that ends in `#`, how many items the array must have.
pub fn leaves(document: &Document, judge: &Judge, pointers: &[String]) -> Map<String, Value> {
    let mut found = Map::new();
    for (at, pointer) in pointers.iter().enumerate() {
        let value = match pointer.strip_suffix('#') {
            Some(list) => document.resolve(list).and_then(|(_, schema)| schema.get("minItems").cloned()),
            // Null says that there is a schema, and nothing that fits.
            None => document
                .resolve(pointer)
                .map(|_| simple(document, judge, pointer, Side::Request).unwrap_or(Value::Null)),
        };
        found.extend(value.map(|value| (pointer.clone(), value)));
        if at % MOST_KEPT == 0 {
            judge.forget();
        }
    }
    found
}

/// Makes each row, plain and full, and judges it.
pub fn tally(document: &Document, judge: &Judge, rows: &[Row<'_>], make: &mut Make<'_>) -> Tally {
    let mut tally = Tally::default();
    for (at, row) in rows.iter().enumerate() {
        let mut plain = None;
        for full in [false, true] {
            let json = match make(at, full) {
                Ok(json) => json,
                Err(reason) => {
                    *tally.unmade.entry(reason).or_default() += usize::from(!full);
                    continue;
                }
            };
            let value = serde_json::from_slice::<Value>(&json).unwrap_or(Value::Null);
            if plain.as_ref() != Some(&value) {
                one(document, judge, *row, &value, &mut tally);
            }
            plain = Some(value);
        }
        if at % MOST_KEPT == 0 {
            judge.forget();
        }
    }
    tally
}

fn one(document: &Document, judge: &Judge, (pointer, what, tag): Row<'_>, value: &Value, tally: &mut Tally) {
    let wrong = tag.and_then(|(property, variant, is_default)| {
        wrong_tag(document, (pointer, property), variant, value).filter(|_| !is_default)
    });
    let place = document.resolve(pointer).map_or_else(|| pointer.to_owned(), |(place, _)| place);
    let fault = match wrong {
        Some(reason) => Some(Fault { limit: None, reason }),
        None => judge.fault(document, &place, value),
    };
    match fault {
        Some(Fault { limit: Some(limit), .. }) => *tally.unmade.entry(limit).or_default() += 1,
        Some(Fault { limit: None, reason }) => {
            tally.made += 1;
            let (pointer, what) = (pointer.to_owned(), what.to_owned());
            tally.failures.push(Failure { pointer, what, reason, value: value.clone() });
        }
        None => {
            tally.made += 1;
            tally.valid += 1;
        }
    }
}

/// What is wrong with the tag of a value that was made as a variant.
fn wrong_tag(
    document: &Document,
    (union, property): (&str, &str),
    variant: &str,
    value: &Value,
) -> Option<String> {
    let tag = match value.get(property) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => return Some(format!("the tag `{property}` is missing")),
    };
    let (place, schema) = document.resolve(union)?;
    let (own, own_schema) = document.resolve(variant)?;
    let family = document.families().at(&place).filter(|family| family.property == property);
    let target = match family {
        Some(family) => {
            family.children.iter().find(|(known, _)| *known == tag).map(|(_, child)| child.clone())
        }
        None => mapped(document, schema.get("discriminator")?, property, &tag),
    };
    // What no mapping names is told apart by its own constants, which the judge knows, or by its name.
    let Some(target) = target else {
        let member = document.resolve(&format!("{own}/properties/{}", escape(property)));
        let has_constant =
            member.is_some_and(|(_, member)| ["enum", "const"].iter().any(|key| member.get(key).is_some()));
        let is_named = own.rsplit('/').next() == Some(escape(&tag).as_str());
        // The member may be declared further inside.
        let is_plain = own_schema.get("properties").is_some() && !has_constant && !is_named;
        return is_plain.then(|| format!("the tag `{tag}` leads nowhere"));
    };
    let leads = document.resolve(&target)?.0;
    (leads != own).then(|| format!("the tag `{tag}` leads to `{leads}`, and this is `{own}`"))
}

/// Where the mapping of a discriminator leads, by reference or by the name of a component.
fn mapped(document: &Document, discriminator: &Value, property: &str, tag: &str) -> Option<String> {
    let target = discriminator["mapping"].get(tag).filter(|_| discriminator["propertyName"] == property)?;
    let target = target.as_str()?;
    let component = format!("/components/schemas/{}", escape(target));
    local(target).or_else(|| document.at(&component).map(|_| component))
}
