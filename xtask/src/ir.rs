//! `cargo xtask ir`: prints the intermediate representation of a document.

use std::path::Path;

use generator::diag::Sink;

use crate::args::{Format, Ir};
use crate::codegen::show_errors;
use crate::{Console, Exit, Failure, input};

/// Prints the intermediate representation of a document.
pub(crate) fn ir(args: &Ir, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let input = input::input(&args.from, None, root)?;
    let mut sink = Sink::new();
    match generator::ir(&input, &mut sink) {
        Some(text) => {
            console.result(&text);
            Ok(Exit::Fine)
        }
        None => {
            show_errors(&input, &sink.finish(), Format::Text, console);
            Ok(Exit::Problems)
        }
    }
}
