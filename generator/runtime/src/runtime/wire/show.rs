//! What `Debug` of an object shows: its members as `Debug` shows them, without those that are absent.
//!
//! It goes the way of writing, so that a model needs no second list of its fields: a derived `Debug` for each would cost
//! the compiler more than all else that a model derives.

use std::fmt;

use super::Wire;
use super::writer::{Shown, Writer};

/// `Debug` of an object.
///
/// # Errors
///
/// When the formatter fails.
pub fn show(object: &impl Wire, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut writer = Writer::showing(Shown { alternate: f.alternate(), members: Vec::new() });
    object.write(&mut writer);
    let (name, members) = writer.into_shown();
    let mut out = f.debug_struct(name);
    for (name, text) in &members {
        out.field(name, &format_args!("{text}"));
    }
    out.finish()
}
