//! `sdkgen ir`: prints the intermediate representation of a document.

use crate::diag::Sink;

use crate::cli::args::{Format, Ir};
use crate::cli::generate::show_errors;
use crate::cli::home::Home;
use crate::cli::{Console, Exit, Failure, input};

/// Prints the intermediate representation of a document.
pub(super) fn ir(args: &Ir, home: &Home, console: &mut Console) -> Result<Exit, Failure> {
    let input = input::input(&args.from, None, home)?;
    let mut sink = Sink::new();
    match crate::ir(&input, &mut sink) {
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
