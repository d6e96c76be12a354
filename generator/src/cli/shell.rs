//! `sdkgen completions` and `sdkgen man`: what shells and `man` read.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::args::Cli;
use crate::cli::{Console, Exit, Failure};

/// Prints the completion script of a shell.
pub(super) fn completions(shell: Shell, program: &str, console: &mut Console) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), program, &mut script);
    console.rendered(&String::from_utf8_lossy(&script));
    Exit::Fine
}

/// Prints the manual page.
pub(super) fn man(console: &mut Console) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut page)
        .map_err(|error| Failure::new(format!("cannot write the manual page: {error}")))?;
    console.rendered(&String::from_utf8_lossy(&page));
    Ok(Exit::Fine)
}
