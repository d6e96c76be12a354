//! Unions: one of several types.

/// A union whose variants are distinguished by the value of a member: a string, an integer or a boolean.
///
/// ```text
/// tagged_union!(RunLifecycle, "kind", Unknown {
///     0 Pending(PendingRun) = "pending";
///     1 Error(Box<ErrorTerminal>) = "error" | "failed";
///     2 Other(OtherRun) = "OtherRun";
/// }, default 2);
/// ```
///
/// The variant that is the default takes values without a tag, or with one that no variant has; it is written as it is. Behind
/// `"kind" json` the tags are integers or booleans, as their JSON texts.
#[allow(unused_macros, reason = "not every API has such unions")]
macro_rules! tagged_union {
    ($name:ident, $tag:literal $($json:ident)?, $unknown:ident {
        $($index:literal $variant:ident($payload:ty) = $first:literal $(| $other:literal)*;)*
    } $(, default $default:literal)?) => {
        impl $name {
            /// The tag: what distinguishes the variants.
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
                is_text: wire_::none(&[$(stringify!($json))?]),
                default: &[$($default)?],
                variants: &[$(wire_::Choice {
                    name: stringify!($variant),
                    kinds: wire_::Kinds::OBJECT,
                    tags: &[$first $(, $other)*],
                }),*],
            };

            impl wire_::Wire for $name {
                fn read(reader: &mut wire_::Reader<'_>) -> Result<Self, wire_::DecodeError> {
                    wire_::tagged(reader, &CHOICES, Self::$unknown, |reader, index| match index {
                        $($index => wire_::Wire::read(reader).map(Self::$variant),)*
                        _ => Err(wire_::DecodeError::restart()),
                    })
                }

                fn write(&self, writer: &mut wire_::Writer) {
                    match self {
                        $(Self::$variant(payload) => writer.tagged(&CHOICES, $index, payload),)*
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
/// external_union!(Shape, Unknown { 0 Empty = "Empty"; 1 Round(f64) = "Round"; });
/// ```
#[allow(unused_macros, reason = "not every API has such unions")]
macro_rules! external_union {
    ($name:ident, $unknown:ident { $($index:literal $variant:ident $(($payload:ty))? = $tag:literal;)* }) => {
        impl $name {
            /// The tag: what distinguishes the variants.
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
                is_text: true,
                default: &[],
                variants: &[$(wire_::Choice {
                    name: stringify!($variant),
                    kinds: wire_::external_kinds(&[$(stringify!($payload))?]),
                    tags: &[$tag],
                }),*],
            };

            impl wire_::Wire for $name {
                const KINDS: wire_::Kinds = wire_::Kinds::STRING.or(wire_::Kinds::OBJECT);

                fn read(reader: &mut wire_::Reader<'_>) -> Result<Self, wire_::DecodeError> {
                    wire_::external(reader, &CHOICES, Self::$unknown, |reader, index| match index {
                        $($index => $crate::runtime::macros::external_union!(@read reader $variant $($payload)?),)*
                        _ => Err(wire_::DecodeError::restart()),
                    })
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
    (@read $reader:ident $variant:ident) => { Ok(Self::$variant) };
    (@read $reader:ident $variant:ident $payload:ty) => { wire_::Wire::read($reader).map(Self::$variant) };
    (@pattern $value:ident $variant:ident) => { Self::$variant };
    (@pattern $value:ident $variant:ident $payload:ty) => { Self::$variant($value) };
    (@write $writer:ident $value:ident $tag:literal) => { $writer.string($tag) };
    (@write $writer:ident $value:ident $tag:literal, $payload:ty) => { $writer.external($tag, $value) };
}

/// A union whose variants are distinguished by their shapes.
///
/// ```text
/// untagged_union!(StringOrInt { 0 Text(String), 1 Number(i64), 2 Other(Vec<Foo>) });
/// ```
#[allow(unused_macros, reason = "not every API has such unions")]
macro_rules! untagged_union {
    ($name:ident { $($index:literal $variant:ident($payload:ty)),* $(,)? }) => {
        const _: () = {
            use $crate::runtime::wire as wire_;

            static CHOICES: wire_::Choices = wire_::Choices {
                name: stringify!($name),
                tag: "",
                is_text: true,
                default: &[],
                variants: &[$(wire_::Choice {
                    name: stringify!($variant),
                    kinds: <$payload as wire_::Wire>::KINDS,
                    tags: &[],
                }),*],
            };

            impl wire_::Wire for $name {
                const KINDS: wire_::Kinds = wire_::Kinds::NONE$(.or(<$payload as wire_::Wire>::KINDS))*;

                fn read(reader: &mut wire_::Reader<'_>) -> Result<Self, wire_::DecodeError> {
                    wire_::untagged(reader, &CHOICES, |reader, index| match index {
                        $($index => wire_::Wire::read(reader).map(Self::$variant),)*
                        _ => Err(wire_::DecodeError::restart()),
                    })
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

/// What a union is asked: for each variant whether it is that one, what it holds, and what is left of it. A star takes a payload out
/// of its box. The second list has the payloads that only one variant holds: they become the union by `From`.
///
/// ```text
/// variants!(Shape {
///     is_empty: Empty;
///     is_round: Round, as_round into_round(): f64;
///     is_deep: Deep, as_deep into_deep(*): Node;
///     is_unknown: Unknown, as_unknown into_unknown(): UnknownVariant;
/// } {
///     Round: f64;
///     Deep: Node;
///     Unknown: UnknownVariant;
/// });
/// ```
#[allow(unused_macros, reason = "not every API has unions")]
macro_rules! variants {
    ($name:ident {
        $($is:ident: $variant:ident $(, $as:ident $into:ident($($star:tt)?): $payload:ty)?;)*
    } $({ $($made:ident: $from:ty;)* })?) => {
        impl $name {
            $(
                /// Whether it is this variant.
                #[must_use]
                pub fn $is(&self) -> bool {
                    match self {
                        Self::$variant { .. } => true,
                        _ => false,
                    }
                }

                $(
                    /// What this variant holds, if it is the one.
                    #[must_use]
                    pub fn $as(&self) -> Option<&$payload> {
                        match self {
                            Self::$variant(payload) => Some(payload),
                            _ => None,
                        }
                    }

                    /// The same, owned.
                    #[must_use]
                    pub fn $into(self) -> Option<$payload> {
                        match self {
                            Self::$variant(payload) => Some($($star)? payload),
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
