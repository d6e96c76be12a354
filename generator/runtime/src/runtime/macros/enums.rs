//! Enums of scalars, open for values of later versions.

/// An enum of strings.
///
/// ```text
/// string_enum!(RunStatus, Unknown { Pending = "pending", Running = "running" });
/// ```
#[allow(unused_macros, reason = "not every API has such enums")]
macro_rules! string_enum {
    ($name:ident, $unknown:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The values that this version knows, in the order of the document.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value in its wire format.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$unknown(value) => value.as_str(),
                }
            }

            /// Whether this version does not know the value.
            #[must_use]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::$unknown(_))
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$unknown($crate::runtime::model::UnknownValue::new(value)),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl From<$crate::runtime::model::UnknownValue> for $name {
            fn from(value: $crate::runtime::model::UnknownValue) -> Self {
                Self::from(value.as_str())
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $name {}

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::runtime::wire::Wire for $name {
            const KINDS: $crate::runtime::wire::Kinds = $crate::runtime::wire::Kinds::STRING;

            fn read(
                reader: &mut $crate::runtime::wire::Reader<'_>,
            ) -> Result<Self, $crate::runtime::wire::DecodeError> {
                let value = Self::from(&*reader.string()?);
                if let Self::$unknown(_) = value {
                    reader.count_unknown();
                }
                Ok(value)
            }

            fn write(&self, writer: &mut $crate::runtime::wire::Writer) {
                writer.string(self.as_str());
            }
        }

        $crate::runtime::macros::serde_adapter!($name);
    };
}

/// An enum of integers.
///
/// ```text
/// integer_enum!(Priority, Unknown { Low = 1, High = 2 });
/// ```
#[allow(unused_macros, reason = "not every API has such enums")]
macro_rules! integer_enum {
    ($name:ident, $unknown:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The values that this version knows, in the order of the document.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value in its wire format.
            #[must_use]
            pub fn value(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$unknown(value) => value.get(),
                }
            }

            /// Whether this version does not know the value.
            #[must_use]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::$unknown(_))
            }
        }

        impl From<$crate::runtime::model::UnknownInteger> for $name {
            fn from(value: $crate::runtime::model::UnknownInteger) -> Self {
                Self::from(value.get())
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.value() == other.value()
            }
        }

        impl Eq for $name {}

        impl PartialEq<i64> for $name {
            fn eq(&self, other: &i64) -> bool {
                self.value() == *other
            }
        }

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.value().hash(state);
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.value().cmp(&other.value())
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$unknown($crate::runtime::model::UnknownInteger::new(value)),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl $crate::runtime::wire::Wire for $name {
            const KINDS: $crate::runtime::wire::Kinds = $crate::runtime::wire::Kinds::NUMBER;

            fn read(
                reader: &mut $crate::runtime::wire::Reader<'_>,
            ) -> Result<Self, $crate::runtime::wire::DecodeError> {
                let value = Self::from(<i64 as $crate::runtime::wire::Wire>::read(reader)?);
                if let Self::$unknown(_) = value {
                    reader.count_unknown();
                }
                Ok(value)
            }

            fn write(&self, writer: &mut $crate::runtime::wire::Writer) {
                writer.integer(self.value());
            }
        }

        $crate::runtime::macros::serde_adapter!($name);
    };
}

#[allow(unused_imports, reason = "not every API has such enums")]
pub(crate) use {integer_enum, string_enum};
