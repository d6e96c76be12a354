//! Unions: one of several types.

/// A union whose variants are told apart by the value of a member: a string, an integer or a boolean.
///
/// ```text
/// tagged_union!(RunLifecycle, "kind", Unknown {
///     Pending(PendingRun) = "pending";
///     Error(Box<ErrorTerminal>) = "error" | "failed";
///     Other(OtherRun) = "OtherRun", default;
/// });
/// ```
///
/// The variant that is the default takes values without a tag, or with one that no variant has; it is written as it is.
#[allow(unused_macros, reason = "not every API has such unions")]
macro_rules! tagged_union {
    ($name:ident, $tag:literal, $unknown:ident {
        $($variant:ident($payload:ty) = $first:literal $(| $other:literal)* $(, $default:ident)?;)*
    }) => {
        impl $name {
            /// The tag: what tells the variants apart.
            #[must_use]
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$variant(_) => concat!($first),)*
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
                    tags: &[concat!($first) $(, concat!($other))*],
                    is_default: wire_::any(&[$(stringify!($default))?]),
                }),*],
            };

            impl wire_::Wire for $name {
                fn read(reader: &mut wire_::Reader<'_>) -> Result<Self, wire_::DecodeError> {
                    wire_::tagged(reader, &CHOICES, &[$(|reader| wire_::Wire::read(reader).map(Self::$variant)),*], Self::$unknown)
                }

                fn write(&self, writer: &mut wire_::Writer) {
                    match self {
                        $(Self::$variant(payload) => writer.tagged($tag, &$first, payload, wire_::any(&[$(stringify!($default))?])),)*
                        Self::$unknown(variant) => wire_::Wire::write(variant.json(), writer),
                    }
                }
            }
        };

        $crate::runtime::macros::serde_adapter!($name);
    };
}

/// A union as serde tags an enum externally: an object of one member, whose name is the tag, or a string.
///
/// ```text
/// external_union!(Shape, Unknown { Empty = "Empty"; Round(f64) = "Round"; });
/// ```
#[allow(unused_macros, reason = "not every API has such unions")]
macro_rules! external_union {
    ($name:ident, $unknown:ident { $($variant:ident $(($payload:ty))? = $tag:literal;)* }) => {
        impl $name {
            /// The tag: what tells the variants apart.
            #[must_use]
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$variant { .. } => $tag,)*
                    Self::$unknown(variant) => variant.tag(),
                }
            }
        }

        const _: () = {
            use $crate::runtime::wire as wire_;

            static CHOICES: wire_::Choices = wire_::Choices {
                name: stringify!($name),
                tag: "",
                variants: &[$(wire_::Choice {
                    name: stringify!($variant),
                    kinds: wire_::external_kinds(&[$(stringify!($payload))?]),
                    tags: &[$tag],
                    is_default: false,
                }),*],
            };

            impl wire_::Wire for $name {
                const KINDS: wire_::Kinds = wire_::Kinds::STRING.or(wire_::Kinds::OBJECT);

                fn read(reader: &mut wire_::Reader<'_>) -> Result<Self, wire_::DecodeError> {
                    wire_::external(
                        reader,
                        &CHOICES,
                        &[$($crate::runtime::macros::external_union!(@read $variant $($payload)?)),*],
                        Self::$unknown,
                    )
                }

                fn write(&self, writer: &mut wire_::Writer) {
                    match self {
                        $($crate::runtime::macros::external_union!(@pattern payload $variant $($payload)?) => {
                            $crate::runtime::macros::external_union!(@write writer payload $tag $(, $payload)?)
                        })*
                        Self::$unknown(variant) => wire_::Wire::write(variant.json(), writer),
                    }
                }
            }
        };

        $crate::runtime::macros::serde_adapter!($name);
    };
    (@read $variant:ident) => { |_| Ok(Self::$variant) };
    (@read $variant:ident $payload:ty) => { |reader| wire_::Wire::read(reader).map(Self::$variant) };
    (@pattern $value:ident $variant:ident) => { Self::$variant };
    (@pattern $value:ident $variant:ident $payload:ty) => { Self::$variant($value) };
    (@write $writer:ident $value:ident $tag:literal) => { $writer.string($tag) };
    (@write $writer:ident $value:ident $tag:literal, $payload:ty) => { $writer.external($tag, $value) };
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
                    is_default: false,
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

/// What a union is asked: for each variant whether it is that one, and what it holds. The second list has the payloads that only one
/// variant holds: they become the union by `From`.
///
/// ```text
/// variants!(Shape {
///     is_empty: Empty;
///     is_round: Round, as_round: f64;
///     is_deep: Deep, as_deep: Node;
/// } {
///     Round: f64;
///     Deep: Node;
/// });
/// ```
#[allow(unused_macros, reason = "not every API has unions")]
macro_rules! variants {
    ($name:ident {
        $($is:ident: $variant:ident $(, $as:ident: $payload:ty)?;)*
    } $({ $($made:ident: $from:ty;)* })?) => {
        impl $name {
            $(
                #[doc = concat!("Whether this is [`Self::", stringify!($variant), "`].")]
                #[must_use]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant { .. })
                }

                $(
                    #[doc = concat!("What [`Self::", stringify!($variant), "`] holds, if this is that variant.")]
                    #[must_use]
                    pub fn $as(&self) -> Option<&$payload> {
                        match self {
                            Self::$variant(payload) => Some(payload),
                            _ => None,
                        }
                    }
                )?
            )*
        }

        $($(
            impl From<$from> for $name {
                fn from(payload: $from) -> Self {
                    Self::$made(payload.into())
                }
            }
        )*)?
    };
}

#[allow(unused_imports, reason = "not every API has such unions")]
pub(crate) use {external_union, tagged_union, untagged_union, variants};
