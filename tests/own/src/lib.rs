//! A crate as users have one already, with types of their own for what an API sends: the case `own-crate` puts them into its SDK.
//! It knows nothing of generators.

use serde::{Deserialize, Serialize};

/// A depth in whole centimetres; travels as text with its unit (`250cm`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Depth(pub u32);

impl TryFrom<String> for Depth {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = text.strip_suffix("cm").and_then(|number| number.parse().ok());
        number
            .map(Self)
            .ok_or_else(|| format!("`{text}` is no depth; write whole centimetres, such as `250cm`"))
    }
}

impl From<Depth> for String {
    fn from(depth: Depth) -> Self {
        format!("{}cm", depth.0)
    }
}

/// A place on the sea.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees north of the equator.
    pub lat: f64,
    /// Degrees east of Greenwich.
    pub lon: f64,
}

/// From one value to another; travels as a list of two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span<T>(pub T, pub T);

/// A speed in metres per second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed(pub f64);

/// Speeds that travel in tenths of a metre per second.
pub mod tenths {
    use super::Speed;
    use serde::{Deserialize as _, Deserializer, Serializer};

    /// Writes a speed.
    pub fn serialize<S: Serializer>(speed: &Speed, to: S) -> Result<S::Ok, S::Error> {
        // Speeds on the sea fit many times over.
        to.serialize_i64((speed.0 * 10.0).round() as i64)
    }

    /// Reads a speed.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Speed, D::Error> {
        Ok(Speed(i64::deserialize(from)? as f64 / 10.0))
    }
}
