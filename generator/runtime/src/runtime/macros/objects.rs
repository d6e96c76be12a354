//! Objects.

/// An object: a struct whose fields are its members, and whose last field is `members_: Members`.
///
/// ```text
/// object!(RunTiming {
///     0 required created_at = "created_at";
///     1 optional started_at = "started_at";
///     2 defaulted accumulated_human_waiting_ms = "accumulated_human_waiting_ms", "0";
///     3 nullable parent = "parent";
///     4 constant "type", "\"api\"";
/// }, rest additional);
/// ```
///
/// The numbers are the indices of [`Members`](crate::runtime::model::Members) and count from 0 without gaps. Defaults
/// and constants are JSON text. `rest` takes all members that are not named; `open` in its place takes those that fit its
/// type, and leaves the others to `Members`. Members stand in groups of at most sixteen, each in braces of its own: a group is
/// read by one call, since each call that can fail costs the compiler time and memory.
#[allow(unused_macros, reason = "not every API has objects")]
macro_rules! object {
    (
        $name:ident
        $({ $($index:literal $kind:ident $($field:ident =)? $wire:literal $(, $text:literal)?;)+ })*
        $(, rest $rest:ident)?
        $(, open $open:ident)?
    ) => {
        const _: () = {
            // One lowercase name, since the types of an API may be called `Shape` or `Reader` too.
            use $crate::runtime::wire as wire_;

            static SHAPE: wire_::Shape = wire_::Shape {
                name: stringify!($name),
                members: &[$($(wire_::Member::$kind($wire $(, $text)?)),+),*],
            };

            impl wire_::Wire for $name {
                fn read(reader: &mut wire_::Reader<'_>) -> Result<Self, wire_::DecodeError> {
                    $crate::runtime::macros::read_object!(
                        reader $({ $($($field)?)+ })* $(, rest $rest)? $(, open $open)?
                    )
                }

                fn write(&self, writer: &mut wire_::Writer) {
                    let fields: &[&dyn wire_::Field] = &[$($($(&self.$field,)?)+)*];
                    writer.object(&SHAPE, &self.members_, fields)
                        $(.rest(&self.$rest))?
                        $(.rest(&self.$open))?
                        .end();
                }
            }

            impl ::std::fmt::Debug for $name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    wire_::show(self, f)
                }
            }

            impl $crate::runtime::model::Model for $name {
                fn members(&self) -> &$crate::runtime::model::Members {
                    &self.members_
                }

                fn members_mut(&mut self) -> &mut $crate::runtime::model::Members {
                    &mut self.members_
                }
            }
        };

        $crate::runtime::macros::serde_adapter!($name);
    };
}

/// The body of `Wire::read` of an object. Most objects have one group and no further members: they are read by a single call, and
/// `match` in place of `?` spares the compiler the traits behind it.
#[allow(unused_macros, reason = "not every API has objects")]
macro_rules! read_object {
    ($reader:ident { $($field:ident)* }) => {
        match $reader.whole_object(&SHAPE) {
            Ok((members_, ($($field,)*))) => Ok(Self { $($field,)* members_ }),
            Err(error) => Err(error),
        }
    };
    ($reader:ident $({ $($field:ident)* })* $(, rest $rest:ident)? $(, open $open:ident)?) => {{
        let object = &mut $reader.object(&SHAPE)?;
        $(let ($($field,)*) = object.group()?;)*
        Ok(Self {
            $($($field,)*)*
            $($rest: object.rest()?,)?
            $($open: object.open()?,)?
            members_: object.end()?,
        })
    }};
}

#[allow(unused_imports, reason = "not every API has objects")]
pub(crate) use {object, read_object};
