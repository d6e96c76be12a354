//! Free JSON: `serde_json`'s values as models, and questions about JSON text.

use serde_json::{Map, Number, Value};

use super::codec::{Wire, document};
use super::{DecodeError, Kinds, Reader, Writer};

impl Wire for Value {
    const KINDS: Kinds = Kinds::ANY;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match reader.peek() {
            Some(b'{') => Value::Object(Map::read(reader)?),
            Some(b'[') => Value::Array(Vec::read(reader)?),
            Some(b'"') => Value::String(reader.string()?.into_owned()),
            Some(b'-' | b'0'..=b'9') => Value::Number(number(reader)?),
            Some(b't' | b'f') => Value::Bool(reader.boolean()?),
            _ if reader.null()? => Value::Null,
            _ => return Err(reader.mismatch("a value")),
        })
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Value::Null => writer.null(),
            Value::Bool(value) => writer.boolean(*value),
            Value::Number(value) => writer.raw(&value.to_string()),
            Value::String(value) => writer.string(value),
            Value::Array(items) => items.write(writer),
            Value::Object(members) => members.write(writer),
        }
    }
}

fn number(reader: &mut Reader<'_>) -> Result<Number, DecodeError> {
    let start = reader.place();
    let text = reader.number()?;
    if let Ok(value) = text.parse::<i64>() {
        // `-0` is no integer but a float with a sign.
        if value != 0 || !text.starts_with('-') {
            return Ok(value.into());
        }
    }
    if let Ok(value) = text.parse::<u64>() {
        return Ok(value.into());
    }
    // With the feature `arbitrary-precision` all its digits are kept, else it becomes the nearest float; what `serde_json` makes of 17
    // digits is often the one beside it.
    let nearest = text.parse::<f64>().ok();
    match text.parse::<Number>() {
        Ok(value) if value.as_f64() == nearest => Ok(value),
        Ok(value) => Ok(nearest.and_then(Number::from_f64).unwrap_or(value)),
        Err(_) => Err(reader.refuse(start, "a number within the range of `f64`", "a larger one")),
    }
}

impl Wire for Map<String, Value> {
    const KINDS: Kinds = Kinds::OBJECT;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.open(b'{', "an object")?;
        let (mut map, mut first) = (Map::new(), true);
        while let Some(name) = reader.key(&mut first)? {
            map.insert(name.into_owned(), Value::read(reader)?);
        }
        Ok(map)
    }

    fn write(&self, writer: &mut Writer) {
        writer.open('{');
        for (name, value) in self {
            writer.name(name);
            value.write(writer);
        }
        writer.close('}');
    }
}

/// Whether two JSON texts stand for the same value, numbers compared as numbers.
pub(super) fn same(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    // Of two texts without escapes, spaces and numbers only equal ones can be the same; spare the parsing.
    let kinds = (left.as_bytes().first(), right.as_bytes().first());
    match kinds {
        (Some(b'"'), Some(b'"')) if !left.contains('\\') && !right.contains('\\') => false,
        (Some(b'{'), Some(b'{')) | (Some(b'['), Some(b'[')) if left.len() == 2 || right.len() == 2 => false,
        (Some(left_kind), Some(right_kind)) if (left_kind | right_kind) > b'9' && left_kind != right_kind => {
            false
        }
        _ => match (document::<Value>(left.as_bytes()), document::<Value>(right.as_bytes())) {
            (Ok(left), Ok(right)) => same_value(&left, &right),
            _ => false,
        },
    }
}

fn same_value(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_value(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let same = |(name, value)| right.get::<str>(name).is_some_and(|other| same_value(value, other));
            left.len() == right.len() && left.iter().map(|(name, value)| (name.as_str(), value)).all(same)
        }
        (left, right) => left == right,
    }
}

/// Whether the object that this JSON text holds has a member of this name.
pub(super) fn has_member(object: &str, name: &str) -> bool {
    let mut reader = Reader::new(object);
    let mut first = true;
    if reader.open(b'{', "an object").is_err() {
        return false;
    }
    while let Ok(Some(found)) = reader.key(&mut first) {
        if found == name {
            return true;
        }
        if reader.skip(false).is_err() {
            return false;
        }
    }
    false
}
