//! Types of their own around others.

/// A type that is made of itself without an object between: `wrapper!(Tree(Vec<Tree>));`.
#[allow(unused_macros, reason = "few APIs have such types")]
macro_rules! wrapper {
    ($name:ident($of:ty)) => {
        const _: () = {
            use $crate::runtime::wire as wire_;

            impl wire_::Wire for $name {
                const KINDS: wire_::Kinds = <$of as wire_::Wire>::KINDS;

                fn read(reader: &mut wire_::Reader<'_>) -> Result<Self, wire_::DecodeError> {
                    wire_::Wire::read(reader).map(Self)
                }

                fn write(&self, writer: &mut wire_::Writer) {
                    wire_::Wire::write(&self.0, writer);
                }
            }

            impl From<$of> for $name {
                fn from(inner: $of) -> Self {
                    Self(inner)
                }
            }
        };

        $crate::runtime::macros::serde_adapter!($name);
    };
}

#[allow(unused_imports, reason = "few APIs have such types")]
pub(crate) use wrapper;
