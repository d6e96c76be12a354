//! `cargo xtask dev ci`: runs the steps of CI.

use std::path::Path;
use std::time::Instant;

use clap::ValueEnum as _;

use crate::args::{self, Ci, Step};
use crate::features;
use sdkgen::cli::{Console, Exit, Failure};

/// Runs all steps, even after a failure, so that one run shows every problem.
pub(crate) fn ci(args: &Ci, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    let steps = if args.steps.is_empty() { Step::value_variants() } else { &args.steps };
    let mut failed = Vec::new();
    for step in steps {
        let name = step.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        console.progress(&format!("ci: {name}\n"));
        let start = Instant::now();
        if !passes(*step, root, console)? {
            failed.push(name.clone());
        }
        console.progress(&format!("ci: {name} took {:.1} s\n", start.elapsed().as_secs_f64()));
    }
    if failed.is_empty() {
        return Ok(Exit::Fine);
    }
    Err(Failure::new(format!("failed: {}", failed.join(", ")))
        .help(format!("repeat the failed steps with `cargo xtask dev ci {}`", failed.join(" "))))
}

fn passes(step: Step, root: &Path, console: &mut Console) -> Result<bool, Failure> {
    let (args, variable): (&[&str], Option<(&str, &str)>) = match step {
        Step::Fmt => (&["fmt", "--all", "--check"], None),
        Step::Clippy => {
            (&["clippy", "--workspace", "--all-targets", "--all-features", "--", "--deny=warnings"], None)
        }
        Step::Codegen => (&["xtask", "codegen", "--check"], None),
        Step::Features => {
            return Ok(features::features(&args::Features { dirs: Vec::new() }, root, console)? == Exit::Fine);
        }
        Step::Test => (&["test", "--workspace"], None),
        Step::Doc => (
            &["doc", "--workspace", "--no-deps", "--all-features"],
            Some(("RUSTDOCFLAGS", "--deny=warnings")),
        ),
        // Its own target folder, since other flags would rebuild everything else.
        Step::Fuzz => (
            &["check", "--package", "generator-fuzz", "--bins", "--target-dir", "target/fuzzing"],
            Some(("RUSTFLAGS", "--cfg fuzzing --deny=warnings")),
        ),
    };
    let mut command = sdkgen::cli::cargo();
    command.args(args).current_dir(root).envs(variable);
    let status = command.status().map_err(|error| {
        Failure::new(format!("cannot run `cargo {}`: {error}", args[0]))
            .help("check that `cargo` is on the PATH")
    })?;
    Ok(status.success())
}
