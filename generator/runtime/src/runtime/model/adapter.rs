//! Models in the world of serde: by way of `serde_json`'s values, one line per model.

use serde_core::de::{Deserialize, Deserializer, Error as _};
use serde_core::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use super::{Wire, from_value, try_to_value};

/// Serializes a model as its JSON value.
///
/// # Errors
///
/// What the serializer says, or that something in the model cannot be expressed in JSON.
pub fn serialize<T: Wire, S: Serializer>(model: &T, serializer: S) -> Result<S::Ok, S::Error> {
    try_to_value(model).map_err(S::Error::custom)?.serialize(serializer)
}

/// Deserializes a model from a value that describes itself.
///
/// # Errors
///
/// What the deserializer says, or that the value does not fit the model.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    from_value(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
}
