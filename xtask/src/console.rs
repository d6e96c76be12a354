//! Where words go: results to standard output, everything else to standard error.

use std::io::{IsTerminal, Write};

use generator::diag::{self, Style};

use crate::Failure;
use crate::args::Format;

/// The two streams of a run.
pub struct Console {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    out_colour: bool,
    err_colour: bool,
    terminal: bool,
    pub(crate) quiet: bool,
}

impl Console {
    /// The streams of this process; in colour on a terminal, unless `NO_COLOR` is set.
    pub fn standard() -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Self {
            out_colour: !plain && std::io::stdout().is_terminal(),
            err_colour: !plain && std::io::stderr().is_terminal(),
            out: Box::new(std::io::stdout()),
            err: Box::new(std::io::stderr()),
            terminal: std::io::stderr().is_terminal(),
            quiet: false,
        }
    }

    /// Two streams of the caller's, without colour.
    pub fn to(out: impl Write + 'static, err: impl Write + 'static) -> Self {
        Self {
            out: Box::new(out),
            err: Box::new(err),
            out_colour: false,
            err_colour: false,
            terminal: false,
            quiet: false,
        }
    }

    /// Whether somebody watches.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// What the command was asked for. A reader that has gone away is no failure.
    pub(crate) fn result(&mut self, text: &str) {
        let _ = self.out.write_all(harmless(text).as_bytes());
        let _ = self.out.flush();
    }

    /// The same as the renderer of diagnostics made it, which took care of what it shows.
    pub(crate) fn rendered(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes());
        let _ = self.out.flush();
    }

    /// What went wrong.
    pub(crate) fn error(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }

    /// What is going on.
    pub(crate) fn progress(&mut self, text: &str) {
        if !self.quiet {
            let _ = self.err.write_all(text.as_bytes());
        }
    }

    pub(crate) fn failure(&mut self, failure: &Failure) {
        let help = failure.help.as_ref().map_or_else(String::new, |help| format!("  = help: {help}\n"));
        let found = failure.found.as_deref().map_or_else(String::new, |(found, source)| {
            let text =
                diag::render(std::slice::from_ref(found), &[source], style(Format::Text, self.err_colour, 1));
            format!("\n{}\n", text.trim_end())
        });
        self.error(&format!("error: {}\n{found}{help}", harmless(&failure.message)));
    }

    /// How diagnostics look on standard error.
    pub(crate) fn error_style(&self, format: Format, most: usize) -> Style {
        style(format, self.err_colour, most)
    }

    /// How diagnostics look on standard output.
    pub(crate) fn result_style(&self, format: Format, most: usize) -> Style {
        style(format, self.out_colour, most)
    }
}

fn style(format: Format, colour: bool, most: usize) -> Style {
    match format {
        Format::Text => Style { output: diag::Output::Text, colour, most },
        Format::Github => Style { output: diag::Output::Github, colour: false, most: usize::MAX },
        Format::Json => Style { output: diag::Output::Json, colour: false, most: usize::MAX },
    }
}

/// Names and texts of a document may hold what a terminal obeys; lines and tabs stay.
fn harmless(text: &str) -> String {
    let odd = |c: char| !matches!(c, '\n' | '\t') && diag::is_hidden(c);
    if !text.contains(odd) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| if odd(c) { diag::visible(c.encode_utf8(&mut [0; 4])) } else { c.to_string() })
        .collect()
}
