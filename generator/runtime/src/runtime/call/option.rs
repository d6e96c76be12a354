//! What setters of optional parameters take.

/// A value, or an `Option` of one: `.after("id")` and `.after(last.as_ref())` are both calls of a setter. `None` sends nothing, whatever
/// was given before.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a `{T}`, nor what converts into one, nor an `Option` of these"
)]
pub trait IntoOption<T, M> {
    /// The value, if there is one.
    fn into_option(self) -> Option<T>;
}

/// Marks what is a value: the compiler finds out by itself.
#[derive(Debug)]
pub enum Given {}

/// Marks what is an `Option`.
#[derive(Debug)]
pub enum Perhaps {}

impl<T, U: Into<T>> IntoOption<T, Given> for U {
    fn into_option(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T, U: Into<T>> IntoOption<T, Perhaps> for Option<U> {
    fn into_option(self) -> Option<T> {
        self.map(Into::into)
    }
}
