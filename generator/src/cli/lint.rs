//! `sdkgen lint`: reports all problems of documents.

use crate::diag::{Severity, Sink, render, summary};

use crate::cli::args::{From, Lint};
use crate::cli::console::causes_of;
use crate::cli::home::Home;
use crate::cli::{Console, Exit, Failure, input};

/// Reports all problems of documents, one after the other.
pub(super) fn lint(args: &Lint, home: &Home, console: &mut Console) -> Result<Exit, Failure> {
    let specs = match args.files.as_slice() {
        [] => vec![None],
        files => files.iter().cloned().map(Some).collect(),
    };
    let mut exit = Exit::Fine;
    for spec in specs {
        let input = match input::input(
            &From { spec, config: args.config.clone(), how: args.how.clone() },
            None,
            home,
        ) {
            Ok(input) => input,
            // The other documents can still be checked.
            Err(mut failure) => {
                let style = console.result_style(args.format, args.most);
                if let Some(causes) = failure.causes.take() {
                    console.rendered(&causes_of(&causes, style));
                }
                match failure.found.as_deref() {
                    // A problem of the text is a result like the others.
                    Some((found, source)) => {
                        console.rendered(&render(std::slice::from_ref(found), &[source], style));
                        console.progress(&format!("{}: 1 error\n", source.label));
                    }
                    None => console.failure(&failure),
                }
                exit = Exit::Problems;
                continue;
            }
        };
        let mut sink = Sink::new();
        crate::lint(&input, &mut sink);
        let found = sink.finish();
        let style = console.result_style(args.format, args.most);
        console.rendered(&render(&found, &input.sources(), style));
        let counts = summary(&found);
        let counts = if counts.is_empty() { "no problems".to_owned() } else { counts };
        console.progress(&format!("{}: {counts}\n", input.document.label));
        if found.iter().any(|one| one.severity == Severity::Error) {
            exit = Exit::Problems;
        }
    }
    Ok(exit)
}
