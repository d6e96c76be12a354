//! Unions: one of several types.

/// A union whose variants are told apart by the string value of a member.
///
/// ```text
/// tagged_union!(RunLifecycle, "kind", Unknown {
///     Pending(PendingRun) = "pending";
///     Error(Box<ErrorTerminal>) = "error" | "failed";
/// });
/// ```
#[allow(unused_macros, reason = "not every API has such unions")]
macro_rules! tagged_union {
    ($name:ident, $tag:literal, $unknown:ident {
        $($variant:ident($payload:ty) = $first:literal $(| $other:literal)*;)*
    }) => {
        impl $name {
            /// The tag: what tells the variants apart.
            #[must_use]
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $first,)*
                    Self::$unknown(variant) => variant.tag(),
                }
            }
        }

        const _: () = {
            use $crate::runtime::wire as wire_;

            static CHOICES: wire_::Choices = wire_::Choices {
                name: stringify!($name),
                tag: $tag,
                variants: &[$(wire_::Choice {
                    name: stringify!($variant),
                    kinds: wire_::Kinds::OBJECT,
                    tags: &[$first $(, $other)*],
                }),*],
            };

            impl wire_::Wire for $name {
                fn read(reader: &mut wire_::Reader<'_>) -> Result<Self, wire_::DecodeError> {
                    wire_::tagged(reader, &CHOICES, &[$(|reader| wire_::Wire::read(reader).map(Self::$variant)),*], Self::$unknown)
                }

                fn write(&self, writer: &mut wire_::Writer) {
                    match self {
                        $(Self::$variant(payload) => writer.tagged($tag, $first, payload),)*
                        Self::$unknown(variant) => wire_::Wire::write(variant.json(), writer),
                    }
                }
            }
        };

        $crate::runtime::macros::serde_adapter!($name);
    };
}

/// A union whose variants are told apart by their shapes.
///
/// ```text
/// untagged_union!(StringOrInt { Text(String), Number(i64), Other(Vec<Foo>) });
/// ```
#[allow(unused_macros, reason = "not every API has such unions")]
macro_rules! untagged_union {
    ($name:ident { $($variant:ident($payload:ty)),* $(,)? }) => {
        const _: () = {
            use $crate::runtime::wire as wire_;

            static CHOICES: wire_::Choices = wire_::Choices {
                name: stringify!($name),
                tag: "",
                variants: &[$(wire_::Choice {
                    name: stringify!($variant),
                    kinds: <$payload as wire_::Wire>::KINDS,
                    tags: &[],
                }),*],
            };

            impl wire_::Wire for $name {
                const KINDS: wire_::Kinds = wire_::Kinds::NONE$(.or(<$payload as wire_::Wire>::KINDS))*;

                fn read(reader: &mut wire_::Reader<'_>) -> Result<Self, wire_::DecodeError> {
                    wire_::untagged(reader, &CHOICES, &[$(|reader| wire_::Wire::read(reader).map(Self::$variant)),*])
                }

                fn write(&self, writer: &mut wire_::Writer) {
                    match self {
                        $(Self::$variant(payload) => wire_::Wire::write(payload, writer),)*
                    }
                }
            }
        };

        $crate::runtime::macros::serde_adapter!($name);
    };
}

#[allow(unused_imports, reason = "not every API has such unions")]
pub(crate) use {tagged_union, untagged_union};
