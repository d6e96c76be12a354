//! Whether a value that a document gives (a default, an example) fits the schema it stands beside, and if not, where.
//!
//! Only what is plain counts: types, values, required and further members. Conditions on texts and numbers are not looked at.

use serde_json::Value;

use crate::pointer::Path;
use crate::resolve::Doc;

/// Steps that one value may cost; what is larger is taken to fit.
const MOST: u32 = 20_000;
/// References and branches that are followed without going deeper into the value.
const LEVELS: u8 = 24;

/// A place inside a value, and what is wrong there.
pub(super) struct Mismatch {
    /// The way to it, as a pointer below the value.
    pub(super) way: Vec<String>,
    /// Ends the sentence "… does not fit: ".
    pub(super) why: String,
}

/// One comparison.
pub(super) struct Fits<'d> {
    doc: &'d Doc,
    left: u32,
}

type Verdict = Result<(), Mismatch>;

fn mismatch(why: String) -> Verdict {
    Err(Mismatch { way: Vec::new(), why })
}

fn inside(verdict: Verdict, key: impl ToString) -> Verdict {
    verdict.map_err(|mut mismatch| {
        mismatch.way.push(key.to_string());
        mismatch
    })
}

impl<'d> Fits<'d> {
    /// The first thing that does not fit.
    pub(super) fn check(doc: &'d Doc, schema: &'d Value, value: &Value) -> Option<Mismatch> {
        let mut fits = Self { doc, left: MOST };
        let mut mismatch = fits.value(schema, value, LEVELS).err()?;
        mismatch.way.reverse();
        Some(mismatch)
    }

    fn value(&mut self, schema: &'d Value, value: &Value, levels: u8) -> Verdict {
        self.left = self.left.saturating_sub(1);
        let Some(map) = schema.as_object() else { return Ok(()) };
        if levels == 0 || self.left == 0 {
            return Ok(());
        }
        if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
            let Some(target) = self.doc.target(reference) else { return Ok(()) };
            return self.value(target.value, value, levels - 1);
        }
        if value.is_null() && map.get("nullable").and_then(Value::as_bool) == Some(true) {
            return Ok(());
        }
        if let Some(kind) = map.get("type").and_then(Value::as_str)
            && !is(value, kind)
        {
            return mismatch(format!("`{}` is not of type `{kind}`", short(value)));
        }
        if let Some(values) = map.get("enum").and_then(Value::as_array)
            && !values.contains(value)
        {
            return mismatch(format!("`{}` is not one of the enum values", short(value)));
        }
        for branch in super::context::array(map, "allOf") {
            self.value(branch, value, levels - 1)?;
        }
        for key in ["oneOf", "anyOf"] {
            let branches = super::context::array(map, key);
            if !branches.is_empty()
                && !branches.iter().any(|branch| self.value(branch, value, levels - 1).is_ok())
            {
                return mismatch(format!("`{}` matches no branch of `{key}`", short(value)));
            }
        }
        match value {
            Value::Object(members) => self.object(map, members),
            Value::Array(items) => self.list(map, items),
            _ => Ok(()),
        }
    }

    fn object(&mut self, schema: &'d super::context::Object, members: &super::context::Object) -> Verdict {
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in super::context::array(schema, "required").iter().filter_map(Value::as_str) {
            let one_sided = properties.and_then(|all| all.get(name)).is_some_and(|property| {
                ["readOnly", "writeOnly"].iter().any(|key| property.get(*key).is_some())
            });
            if !members.contains_key(name) && !one_sided {
                return mismatch(format!("`{name}` is missing"));
            }
        }
        let additional = schema.get("additionalProperties");
        for (name, value) in members {
            match properties.and_then(|all| all.get(name)) {
                Some(property) => inside(self.value(property, value, LEVELS), name)?,
                None => match additional {
                    Some(Value::Bool(false)) if schema.get("allOf").is_none() => {
                        inside(mismatch(format!("`{name}` is not declared")), name)?;
                    }
                    Some(schema @ Value::Object(_)) => inside(self.value(schema, value, LEVELS), name)?,
                    _ => {}
                },
            }
        }
        Ok(())
    }

    fn list(&mut self, schema: &'d super::context::Object, items: &[Value]) -> Verdict {
        let prefix = super::context::array(schema, "prefixItems");
        for (index, item) in items.iter().enumerate() {
            let schema = prefix.get(index).or(schema.get("items").filter(|_| prefix.is_empty()));
            if let Some(schema) = schema {
                inside(self.value(schema, item, LEVELS), index)?;
            }
        }
        Ok(())
    }
}

/// Whether a value is of a type.
pub(super) fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// The value as JSON, cut where it gets long.
pub(super) fn short(value: &Value) -> String {
    let text = match value {
        // Without writing out what is going to be cut.
        Value::Array(items) if items.len() > 20 => "[…]".to_owned(),
        Value::Object(members) if members.len() > 20 => "{…}".to_owned(),
        Value::String(text) if text.len() > 200 => text.chars().take(50).collect(),
        _ => value.to_string(),
    };
    match text.char_indices().nth(50) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// The place of a misfit: the deepest node on the way that is given.
pub(super) fn below(at: &Path<'_>, way: &[String]) -> crate::pointer::Pointer {
    way.iter().fold(at.pointer(), |at, key| at.child(key))
}
