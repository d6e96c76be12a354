//! Members that are read by one call.
//!
//! Each call that can fail costs the compiler a branch in every model, which is most of what models cost; a tuple of members
//! costs one for all of them.

use super::{DecodeError, Members, ObjectReader, Reader, Shape, Wire};

/// Members that are read together: a tuple of at most sixteen.
pub trait Group: Sized {
    /// Reads them in their order.
    ///
    /// # Errors
    ///
    /// When one of them is absent and must not be, or its value does not fit.
    fn read(object: &mut ObjectReader<'_, '_>) -> Result<Self, DecodeError>;
}

macro_rules! group {
    ($($member:ident)*) => {
        impl<$($member: Wire),*> Group for ($($member,)*) {
            #[inline]
            fn read(_object: &mut ObjectReader<'_, '_>) -> Result<Self, DecodeError> {
                Ok(($(_object.get::<$member>()?,)*))
            }
        }
    };
}

group!();
group!(A);
group!(A B);
group!(A B C);
group!(A B C D);
group!(A B C D E);
group!(A B C D E F);
group!(A B C D E F G);
group!(A B C D E F G H);
group!(A B C D E F G H I);
group!(A B C D E F G H I J);
group!(A B C D E F G H I J K);
group!(A B C D E F G H I J K L);
group!(A B C D E F G H I J K L M);
group!(A B C D E F G H I J K L M N);
group!(A B C D E F G H I J K L M N O);
group!(A B C D E F G H I J K L M N O P);

impl Reader<'_> {
    /// Reads an object whose members are one group.
    ///
    /// # Errors
    ///
    /// When something else comes next, or a member is absent and must not be, or its value does not fit.
    pub fn whole_object<T: Group>(&mut self, shape: &'static Shape) -> Result<(Members, T), DecodeError> {
        let mut object = self.object(shape)?;
        let group = object.group()?;
        Ok((object.end()?, group))
    }
}

impl ObjectReader<'_, '_> {
    /// Reads the next members that have a field, as many as the tuple has.
    ///
    /// # Errors
    ///
    /// When one of them is absent and must not be, or its value does not fit.
    pub fn group<T: Group>(&mut self) -> Result<T, DecodeError> {
        T::read(self)
    }
}
