//! `cargo xtask diff`: what a new version of a document means for those who use the SDK.

use generator::Input;
use generator::diag::Sink;
use generator::diff::{Changes, Surface, Verdict};
use generator::source::Source;

use crate::args::{Diff, FailOn, Format, Shape};
use crate::codegen::show_errors;
use crate::{Console, Exit, Failure, input};

mod github;
mod json;
mod markdown;
mod place;
mod text;

pub(crate) use github::github;
pub(crate) use json::json;
pub(crate) use markdown::markdown;
pub(crate) use place::{Placed, placed};
pub(crate) use text::text;

/// Compares two documents.
pub(crate) fn diff(args: &Diff, console: &mut Console) -> Result<Exit, Failure> {
    let choices = input::choices(&args.old, args.config.as_deref())?;
    let old = input::version(&args.old, choices.as_deref())?;
    let new = input::version(&args.new, choices.as_deref())?;
    let Some(changes) = compare(&old, &new, args.relock, console) else { return Ok(Exit::Problems) };
    let placed = placed(&changes, [&old.document, &new.document]);
    let shown = match args.format {
        Shape::Text => text(&placed, &changes),
        Shape::Markdown => markdown(&placed, &changes, &[&old.document, &new.document]),
        Shape::Json => json(&placed, &changes),
        Shape::Github => github(&placed, &changes),
    };
    console.result(&shown);
    let limit = match args.fail_on {
        None => return Ok(Exit::Fine),
        Some(FailOn::Major) => Verdict::Major,
        Some(FailOn::Minor) => Verdict::Minor,
    };
    Ok(if changes.verdict() >= limit { Exit::Problems } else { Exit::Fine })
}

/// Compares two versions; the new one keeps the names of the old one unless they are made anew. `None` when one of them
/// cannot be read, which is then said.
pub(crate) fn compare(old: &Input, new: &Input, relock: bool, console: &mut Console) -> Option<Changes> {
    let before = surface(old, console)?;
    let lock = (!relock).then(|| Source::new("names.lock", before.lock().text()));
    let after = surface(&Input { lock, ..new.clone() }, console)?;
    Some(generator::diff::diff(&before, &after))
}

fn surface(input: &Input, console: &mut Console) -> Option<Surface> {
    let mut sink = Sink::forgiving();
    let surface = generator::surface(input, &mut sink);
    if surface.is_none() {
        show_errors(input, &sink.finish(), Format::Text, console);
    }
    surface
}
