//! What all errors say in the same way.

use std::fmt;

/// "`workflows.runs.get`: ", or nothing where no operation is known.
pub(super) fn prefix(f: &mut fmt::Formatter<'_>, operation: &str) -> fmt::Result {
    if operation.is_empty() { Ok(()) } else { write!(f, "`{operation}`: ") }
}

/// " (request `req_1`, 3 attempts)", as far as there is something to say.
pub(super) fn suffix(f: &mut fmt::Formatter<'_>, request_id: Option<&str>, attempts: u32) -> fmt::Result {
    match (request_id, attempts > 1) {
        (Some(id), true) => write!(f, " (request `{id}`, {attempts} attempts)"),
        (Some(id), false) => write!(f, " (request `{id}`)"),
        (None, true) => write!(f, " ({attempts} attempts)"),
        (None, false) => Ok(()),
    }
}
