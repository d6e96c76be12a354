//! Members that are read by one call.
//!
//! Each call that can fail costs the compiler a branch in every model, which is most of what models cost; a tuple of members
//! costs one for all of them.

use super::{DecodeError, ObjectReader, Wire};

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
