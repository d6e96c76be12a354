//! Scalars and containers of the standard library.

use std::collections::BTreeMap;

use super::{DecodeError, Kinds, Reader, Wire, Writer};

macro_rules! integer {
    ($($name:ident)*) => {$(
        impl Wire for $name {
            const KINDS: Kinds = Kinds::NUMBER;

            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let at = reader.place();
                let value = reader.integer(Self::MIN.into(), Self::MAX.into(), concat!("an `", stringify!($name), "`"))?;
                Self::try_from(value).map_err(|_| reader.refuse(at, "an integer", "one out of bounds"))
            }

            fn write(&self, writer: &mut Writer) {
                writer.integer(*self);
            }
        }
    )*};
}

integer!(i32 i64 u32 u64);

impl Wire for bool {
    const KINDS: Kinds = Kinds::BOOL;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.boolean()
    }

    fn write(&self, writer: &mut Writer) {
        writer.boolean(*self);
    }
}

impl Wire for f64 {
    const KINDS: Kinds = Kinds::NUMBER;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.float()
    }

    fn write(&self, writer: &mut Writer) {
        writer.float(*self);
    }
}

impl Wire for String {
    const KINDS: Kinds = Kinds::STRING;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.string().map(std::borrow::Cow::into_owned)
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

impl<T: Wire> Wire for Option<T> {
    const KINDS: Kinds = T::KINDS.or(Kinds::NULL);

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if reader.null()? { Ok(None) } else { T::read(reader).map(Some) }
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.null(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl<T: Wire> Wire for Box<T> {
    const KINDS: Kinds = T::KINDS;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::read(reader).map(Box::new)
    }

    fn write(&self, writer: &mut Writer) {
        T::write(self, writer);
    }
}

impl<T: Wire> Wire for Vec<T> {
    const KINDS: Kinds = Kinds::ARRAY;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.array()?;
        let (mut items, mut first) = (Vec::new(), true);
        while reader.item(&mut first)? {
            items.push(T::read(reader)?);
        }
        Ok(items)
    }

    fn write(&self, writer: &mut Writer) {
        writer.open('[');
        for item in self {
            writer.separate();
            item.write(writer);
        }
        writer.close(']');
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    const KINDS: Kinds = Kinds::OBJECT;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.open(b'{', "an object")?;
        let (mut map, mut first) = (BTreeMap::new(), true);
        while let Some(name) = reader.key(&mut first)? {
            map.insert(name.into_owned(), T::read(reader)?);
        }
        Ok(map)
    }

    fn write(&self, writer: &mut Writer) {
        writer.open('{');
        for (name, value) in self {
            writer.name(name);
            value.write(writer);
        }
        writer.close('}');
    }
}

macro_rules! tuple {
    ($expected:literal $($name:ident $index:tt)*) => {
        impl<$($name: Wire),*> Wire for ($($name,)*) {
            const KINDS: Kinds = Kinds::ARRAY;

            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let start = reader.place();
                reader.array()?;
                let mut first = true;
                let tuple = ($(reader.position::<$name>(&mut first, start, $expected)?,)*);
                if reader.item(&mut first)? {
                    return Err(reader.refuse(start, $expected, "more"));
                }
                Ok(tuple)
            }

            fn write(&self, writer: &mut Writer) {
                writer.open('[');
                $(
                    writer.separate();
                    self.$index.write(writer);
                )*
                writer.close(']');
            }
        }
    };
}

impl Reader<'_> {
    fn position<T: Wire>(
        &mut self,
        first: &mut bool,
        start: usize,
        expected: &'static str,
    ) -> Result<T, DecodeError> {
        if self.item(first)? { T::read(self) } else { Err(self.refuse(start, expected, "fewer")) }
    }
}

tuple!("an array of 1 item" A 0);
tuple!("an array of 2 items" A 0 B 1);
tuple!("an array of 3 items" A 0 B 1 C 2);
tuple!("an array of 4 items" A 0 B 1 C 2 D 3);
tuple!("an array of 5 items" A 0 B 1 C 2 D 3 E 4);
tuple!("an array of 6 items" A 0 B 1 C 2 D 3 E 4 F 5);
tuple!("an array of 7 items" A 0 B 1 C 2 D 3 E 4 F 5 G 6);
tuple!("an array of 8 items" A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
