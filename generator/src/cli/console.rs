//! The console: results go to standard output, everything else to standard error.

use std::io::{IsTerminal, Write};

use crate::Source;
use crate::diag::{self, Diagnostic, Style};

use crate::cli::args::Format;
use crate::cli::{Exit, Failure};

/// The output streams of a run.
pub struct Console {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    out_colour: bool,
    err_colour: bool,
    terminal: bool,
    pub quiet: bool,
}

impl Console {
    /// Uses the streams of this process, with colour on a terminal unless `NO_COLOR` is set.
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

    /// Uses two given streams, without colour.
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

    /// Shows what the parser of the command line says: a help text, or an error.
    pub fn parsed(&mut self, error: &clap::Error) -> Exit {
        let text = error.render().to_string();
        if error.use_stderr() {
            self.rendered_error(&text);
            Exit::Usage
        } else {
            self.result(&text);
            Exit::Fine
        }
    }

    /// Shows the failure of a command, if it failed.
    pub fn exit(&mut self, done: Result<Exit, Failure>) -> Exit {
        done.unwrap_or_else(|failure| {
            self.failure(&failure);
            Exit::Problems
        })
    }

    /// Returns whether standard error is a terminal.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Writes a result. A closed pipe is not an error.
    pub fn result(&mut self, text: &str) {
        let _ = self.out.write_all(harmless(text).as_bytes());
        let _ = self.out.flush();
    }

    /// Writes a rendered result, which is already escaped.
    pub fn rendered(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes());
        let _ = self.out.flush();
    }

    /// Writes rendered diagnostics, which are already escaped, to standard error.
    pub fn rendered_error(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }

    /// Writes an error.
    pub fn error(&mut self, text: &str) {
        self.rendered_error(&harmless(text));
    }

    /// Writes progress, unless `--quiet` is given.
    pub fn progress(&mut self, text: &str) {
        if !self.quiet {
            self.rendered_error(&harmless(text));
        }
    }

    /// Writes the failure of a command.
    pub fn failure(&mut self, failure: &Failure) {
        let help = failure.help.as_ref().map_or_else(String::new, |help| format!("  = help: {help}\n"));
        let found = failure.found.as_deref().map_or_else(String::new, |(found, source)| {
            let text =
                diag::render(std::slice::from_ref(found), &[source], style(Format::Text, self.err_colour, 1));
            format!("\n{}\n", text.trim_end())
        });
        if let Some(causes) = failure.causes.as_deref() {
            let text = causes_of(causes, self.error_style(Format::Text, usize::MAX));
            self.rendered_error(&text);
        }
        self.rendered_error(&format!("error: {}\n{found}{}", harmless(&failure.message), harmless(&help)));
    }

    /// Returns the style of diagnostics on standard error.
    pub fn error_style(&self, format: Format, most: usize) -> Style {
        style(format, self.err_colour, most)
    }

    /// Returns the style of diagnostics on standard output.
    pub fn result_style(&self, format: Format, most: usize) -> Style {
        style(format, self.out_colour, most)
    }
}

/// Renders the problems of a configuration that led to a failure.
pub(super) fn causes_of((problems, source): &(Vec<Diagnostic>, Source), style: Style) -> String {
    diag::render(problems, &[&Source::new("", ""), source], style)
}

fn style(format: Format, colour: bool, most: usize) -> Style {
    match format {
        Format::Text => Style { output: diag::Output::Text, colour, most },
        Format::Github => Style { output: diag::Output::Github, colour: false, most: usize::MAX },
        Format::Json => Style { output: diag::Output::Json, colour: false, most: usize::MAX },
    }
}

/// Escapes control characters, and line beginnings that a workflow host would take for a command; line breaks
/// and tabs stay.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t']);
        out.push_str(&line[..line.len() - bare.len()]);
        let rest = match bare.as_bytes() {
            [b':', b':', ..] | [b'#', b'#', b'[', ..] => {
                out.push_str(&format!("\\u{:04x}", bare.as_bytes()[0]));
                &bare[1..]
            }
            _ => bare,
        };
        for c in rest.chars() {
            match c {
                '\n' | '\t' => out.push(c),
                c if diag::is_hidden(c) => out.push_str(&diag::visible(c.encode_utf8(&mut [0; 4]))),
                c => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn texts_steer_nothing() {
        assert_eq!(harmless("a\n\tb é\n"), "a\n\tb é\n");
        assert_eq!(harmless("a\u{1b}[31m\r\u{202e}"), "a\\u001b[31m\\r\\u202e");
        assert_eq!(
            harmless("+ x\n ::set-env name=a::b\n##[group]"),
            "+ x\n \\u003a:set-env name=a::b\n\\u0023#[group]"
        );
        assert_eq!(harmless("\u{2028}::x"), "\\u2028::x");
    }
}
