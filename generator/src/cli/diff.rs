//! `sdkgen diff`: compares two versions of a document for users of the SDK.

use std::path::Path;

use crate::Input;
use crate::diag::Sink;
use crate::diff::{Changes, Verdict};
use crate::sdk::Sdk;
use crate::source::Source;

use crate::cli::args::{Diff, DiffFormat, FailOn, Format};
use crate::cli::generate::show_errors;
use crate::cli::home::LOCK;
use crate::cli::{Console, Exit, Failure, input};

mod github;
mod json;
mod location;
mod markdown;
mod text;

pub use github::github;
pub use json::json;
pub use location::{Placed, placed};
pub use markdown::{markdown, prose, span};
pub use text::text;

/// Compares two documents.
pub fn diff(args: &Diff, console: &mut Console) -> Result<Exit, Failure> {
    let (old, new) = versions(&args.old, &args.new, args.config.as_deref())?;
    let Some(changes) = compare(&old, &new, args.relock, console) else { return Ok(Exit::Problems) };
    let placed = placed(&changes, [&old, &new]);
    let shown = match args.format {
        DiffFormat::Text => text(&placed, &changes),
        DiffFormat::Markdown => markdown(&placed, &changes, &[&old.document, &new.document]),
        DiffFormat::Json => json(&placed, &changes),
        DiffFormat::Github => github(&placed, &changes),
    };
    match args.format {
        // These lines are workflow commands, and already escaped.
        DiffFormat::Github => console.rendered(&shown),
        _ => console.result(&shown),
    }
    let limit = match args.fail_on {
        None => return Ok(Exit::Fine),
        Some(FailOn::Major) => Verdict::Major,
        Some(FailOn::Minor) => Verdict::Minor,
    };
    Ok(if changes.verdict() >= limit { Exit::Problems } else { Exit::Fine })
}

/// Reads both versions, each with the given configuration or the one next to it; a new version without one
/// uses that of the old one.
pub fn versions(old: &Path, new: &Path, config: Option<&Path>) -> Result<(Input, Input), Failure> {
    let before = input::choices(old, config)?;
    let after = input::choices(new, config)?.or_else(|| before.clone());
    Ok((input::version(old, before.as_deref())?, input::version(new, after.as_deref())?))
}

/// Compares two versions; the new one keeps the names of the old one unless `relock` is set. Returns `None`,
/// and shows the errors, if one cannot be read.
pub fn compare(old: &Input, new: &Input, relock: bool, console: &mut Console) -> Option<Changes> {
    let (before, after) = models(old, new, relock, console)?;
    Some(crate::diff::diff(&before, &after))
}

/// Returns the SDKs of both versions, like [`compare`].
pub fn models(old: &Input, new: &Input, relock: bool, console: &mut Console) -> Option<(Sdk, Sdk)> {
    let before = sdk(old, console)?;
    let lock = (!relock).then(|| Source::new(LOCK, crate::lock(&before).text()));
    let after = sdk(&Input { lock, ..new.clone() }, console)?;
    Some((before, after))
}

fn sdk(input: &Input, console: &mut Console) -> Option<Sdk> {
    let mut sink = Sink::forgiving();
    let sdk = crate::sdk(input, &mut sink);
    if sdk.is_none() {
        show_errors(input, &sink.finish(), Format::Text, console);
    }
    sdk
}
