//! What models are made of, and how they become JSON and come from it.
//!
//! In: types of the standard library, of `chrono` and the like. Out: their [`Wire`] form, and the types that models add
//! of their own ([`Members`], [`RawJson`], [`Upload`], …). It knows no HTTP and no concrete model.

mod adapter;
mod base64;
#[cfg(feature = "decimal")]
mod decimal;
mod exact;
mod foreign;
mod object;
mod secret;
#[cfg(feature = "chrono")]
mod time;
mod unknown;
mod upload;
#[cfg(feature = "uuid")]
mod uuid;

pub use self::adapter::{deserialize, serialize};
pub use self::base64::{Base64, Base64Url};
pub use self::exact::ExactNumber;
pub use self::foreign::{read_foreign, write_foreign};
pub use self::object::Model;
pub use self::secret::Secret;
pub use self::unknown::{UnknownInteger, UnknownValue};
pub use crate::runtime::upload::{Source, Stream, Upload};
pub use crate::runtime::wire::{DecodeError, Members, RawJson, UnknownVariant, Wire};

#[cfg(feature = "uuid")]
pub use ::uuid::Uuid;
pub use bytes::Bytes;
#[cfg(feature = "chrono")]
pub use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
#[cfg(feature = "decimal")]
pub use rust_decimal::Decimal;
pub use serde_json::Value;
pub use std::collections::BTreeMap;

use crate::runtime::wire::{Writer, document};

/// Free JSON that must be an object.
pub type Object = serde_json::Map<String, Value>;

/// Decodes a model from the bytes of a JSON document.
///
/// # Errors
///
/// When they are no JSON or do not fit the model.
pub fn from_slice<T: Wire>(json: &[u8]) -> Result<T, DecodeError> {
    document(json)
}

/// Decodes a model from JSON text.
///
/// # Errors
///
/// When it is no JSON or does not fit the model.
pub fn from_str<T: Wire>(json: &str) -> Result<T, DecodeError> {
    document(json.as_bytes())
}

/// Decodes a model from a JSON value.
///
/// # Errors
///
/// When it does not fit the model.
pub fn from_value<T: Wire>(value: &Value) -> Result<T, DecodeError> {
    document(&to_vec(value))
}

/// Encodes a model as JSON text. What JSON cannot express (a float that is not finite, a file) is null; calls and serde
/// refuse it instead.
#[must_use]
pub fn to_string<T: Wire>(model: &T) -> String {
    let mut writer = Writer::new();
    model.write(&mut writer);
    writer.into_parts().0
}

/// Encodes a model as the bytes of a JSON document.
#[must_use]
pub fn to_vec<T: Wire>(model: &T) -> Vec<u8> {
    to_string(model).into_bytes()
}

/// Encodes a model as a JSON value. What JSON cannot express is null, as in [`to_string`].
#[must_use]
pub fn to_value<T: Wire>(model: &T) -> Value {
    // Models nest no deeper than they can be decoded, unless somebody builds them so.
    value(&to_string(model)).unwrap_or_default()
}

/// Encodes a model as JSON text, unless something in it cannot be expressed in JSON.
pub(crate) fn try_to_string<T: Wire>(model: &T) -> Result<String, String> {
    let mut writer = Writer::new();
    model.write(&mut writer);
    match writer.problem() {
        Some(problem) => Err(problem.to_owned()),
        None => Ok(writer.into_parts().0),
    }
}

/// Encodes a model as a JSON value, unless something in it cannot be expressed in JSON.
pub(crate) fn try_to_value<T: Wire>(model: &T) -> Result<Value, String> {
    let mut writer = Writer::new();
    model.write(&mut writer);
    checked(writer)
}

/// The part of [`try_to_value`] that is the same for all models.
fn checked(writer: Writer) -> Result<Value, String> {
    match writer.problem() {
        Some(problem) => Err(problem.to_owned()),
        None => value(writer.text()).map_err(|error| error.to_string()),
    }
}

fn value(json: &str) -> Result<Value, DecodeError> {
    // Most parameters are texts in which nothing is escaped.
    let text = json.strip_prefix('"').and_then(|json| json.strip_suffix('"'));
    match text.filter(|text| !text.contains('\\')) {
        Some(text) => Ok(Value::String(text.to_owned())),
        None => from_str(json),
    }
}

/// The default of a member, from the JSON text that the document gives for it.
///
/// # Panics
///
/// When the text does not fit the type; the generator checks that it does.
#[must_use]
pub fn default<T: Wire>(json: &'static str) -> T {
    match from_str(json) {
        Ok(value) => value,
        Err(error) => panic!("the generator emitted the default `{json}`, which its type refuses: {error}"),
    }
}
