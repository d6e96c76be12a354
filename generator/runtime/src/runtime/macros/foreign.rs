//! Types of other crates.

/// The wire format of a type of another crate: that of serde, or of the functions of a module.
///
/// ```text
/// foreign!(::ulid::Ulid = STRING);
/// foreign!(::time::OffsetDateTime = STRING, ::time::serde::rfc3339);
/// ```
#[allow(unused_macros, reason = "few SDKs have such types")]
macro_rules! foreign {
    ($of:ty = $($kind:ident)|+) => {
        $crate::runtime::macros::foreign!(
            @ $of, $($kind)|+, ::serde_core::Deserialize::deserialize, ::serde_core::Serialize::serialize
        );
    };
    ($of:ty = $($kind:ident)|+, $(:: $part:ident)+) => {
        $crate::runtime::macros::foreign!(
            @ $of, $($kind)|+, $(:: $part)+ ::deserialize, $(:: $part)+ ::serialize
        );
    };
    (@ $of:ty, $($kind:ident)|+, $read:path, $write:path) => {
        const _: () = {
            use $crate::runtime::wire as wire_;

            impl wire_::Wire for $of {
                const KINDS: wire_::Kinds = wire_::Kinds::NONE$(.or(wire_::Kinds::$kind))+;

                fn read(reader: &mut wire_::Reader<'_>) -> Result<Self, wire_::DecodeError> {
                    $crate::runtime::model::read_foreign(reader, |json| $read(json))
                }

                fn write(&self, writer: &mut wire_::Writer) {
                    $crate::runtime::model::write_foreign(writer, |json| $write(self, json));
                }
            }
        };
    };
}

#[allow(unused_imports, reason = "few SDKs have such types")]
pub(crate) use foreign;
