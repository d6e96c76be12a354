//! Reads the choices in `sdk.toml` for what is decided before a run: where the document is, and where the SDK goes.

use crate::Source;
use crate::config::{Config, Output, config};
use crate::diag::{Diagnostic, Sink, Style, render};

use crate::cli::Failure;
use crate::cli::home::Place;

/// A configuration, with its text and its problems. A run reports the problems, too.
pub(super) struct Choices {
    pub(super) source: Source,
    pub(super) config: Config,
    problems: Vec<Diagnostic>,
}

impl Choices {
    /// Reads the configuration in a file.
    pub(super) fn read(place: &Place) -> Result<Self, Failure> {
        let source = place.read()?;
        let mut sink = Sink::new();
        let read = config(&source, &mut sink);
        let problems = sink.finish();
        match read {
            Some(config) => Ok(Self { source, config, problems }),
            None => {
                let empty = Source::new("", "");
                let text = render(&problems, &[&empty, &source], Style::PLAIN);
                Err(Failure::new(format!("`{}` cannot be read\n\n{}", place.label, text.trim_end())))
            }
        }
    }

    /// The choices about files.
    pub(super) fn output(&self) -> &Output {
        &self.config.output
    }

    /// Whether something is wrong with the configuration.
    pub(super) fn is_wrong(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Adds the problems of the configuration to a failure that they may have caused: a misspelt key is missing.
    pub(super) fn explain(&self, mut failure: Failure) -> Failure {
        if self.is_wrong() && failure.causes.is_none() {
            failure.causes = Some(Box::new((self.problems.clone(), self.source.clone())));
        }
        failure
    }
}
