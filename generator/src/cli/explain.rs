//! `sdkgen explain`.

use std::fmt::Write as _;

use crate::diag::{Code, Severity, suggest};

use crate::cli::args::Explain;
use crate::cli::{Console, Exit, Failure};

mod example;

/// Explains a kind of diagnostic, or lists them all.
pub(super) fn explain(args: &Explain, program: &str, console: &mut Console) -> Exit {
    let Some(name) = &args.code else {
        console.result(&list());
        return Exit::Fine;
    };
    match Code::find(name) {
        Some(code) => {
            console.result(&describe(code));
            Exit::Fine
        }
        None => {
            let help = match suggest(name, Code::ALL.iter().map(|code| code.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("list them all with `{program} explain`"),
            };
            console.failure(&Failure::new(format!("unknown diagnostic `{name}`")).help(help));
            Exit::Usage
        }
    }
}

fn list() -> String {
    let mut text = String::new();
    for code in Code::ALL {
        let _ = writeln!(text, "{:24} {:8} {}", code.as_str(), code.severity().as_str(), code.summary());
    }
    text
}

fn describe(code: Code) -> String {
    let mut text = format!("{}[{}]\n\n", code.severity().as_str(), code.as_str());
    let (cause, _) = code.explanation().split_once("\n Fix: ").unwrap_or((code.explanation(), ""));
    for line in cause.trim_end().lines() {
        let _ = writeln!(text, "{}", line.strip_prefix(' ').unwrap_or(line));
    }
    let _ = writeln!(text, "\nFix: {}\n\nFor example:\n", code.fix());
    for line in example::example(code).lines() {
        let _ = writeln!(text, "{}", format!("    {line}").trim_end());
    }
    let _ = match code.severity() {
        Severity::Warning => writeln!(
            text,
            "\nIt is a warning. `{0} = \"allow\"` or `{0} = \"deny\"` under `[lints]` in `sdk.toml` changes that.",
            code.as_str()
        ),
        Severity::Error => writeln!(text, "\nIt is an error: nothing is generated until it is fixed."),
    };
    text
}
