//! `cargo xtask sync`: a new version of the document, and everything that follows from it: all of it or nothing.
//!
//! The document is fetched or read, generated from, and compared with the one that is there. Only when all that went well are
//! document, SDK, report, names, version and changelog written, in one go.

use std::path::Path;

use generator::Input;
use generator::diag::{Sink, report};
use generator::diff::{Changes, Verdict};
use generator::files::stamp;
use generator::source::Source;

use crate::args::{self, Format, Sync};
use crate::codegen::{self, show_errors};
use crate::disk::{self, Change, Plan};
use crate::{Console, Exit, Failure, diff, input};

mod fetch;
mod release;
mod upstream;

use fetch::Fetched;
use upstream::Upstream;

/// Where the document came from last, relative to the root of the workspace.
const UPSTREAM: &str = "spec/upstream.toml";
/// What a run that was cut short leaves for the next one, relative to the root of the workspace.
const NOTE: &str = "spec/.unfinished";

/// Takes in a new version of the document.
pub(crate) fn sync(args: &Sync, root: &Path, console: &mut Console) -> Result<Exit, Failure> {
    recover(args, &root.join(NOTE), console)?;
    let from = args::From { spec: None, config: None, how: args::How::default() };
    let mut old = input::input(&from, None, root)?;
    old.lock = input::lock(&root.join(codegen::LOCK))?
        .map(|lock| Source { label: codegen::LOCK.to_owned(), ..lock });
    let upstream = Upstream::read(&root.join(UPSTREAM))?;
    let address = upstream.address(args.from.as_deref())?;
    let text = match fetch::fetch(&address, args, &upstream)? {
        Fetched::Same => {
            console.result("the document has not changed since it was last taken in\n");
            return Ok(Exit::Fine);
        }
        Fetched::Text { text, etag } => (text, etag),
    };
    let (text, etag) = text;
    if text == old.document.text {
        console.result("the document is the one that is there\n");
        return Ok(Exit::Fine);
    }
    let document = Source::new(old.document.label.clone(), text.clone());
    let new = Input { document, ..old.clone() };
    let mut sink = Sink::new();
    let output = generator::generate(&new, &mut sink);
    let allowed = sink.allowed().clone();
    let found = sink.finish();
    let Some(output) = output else {
        show_errors(&new, &found, Format::Text, console);
        return Ok(Exit::Problems);
    };
    let Some(changes) = diff::compare(&old, &new, false, console) else { return Ok(Exit::Problems) };
    show(args, &changes, [&old.document, &new.document], console);

    let mut targets = codegen::targets(&output, &root.join(codegen::OUT));
    let name = new.document.file_name();
    let target = |path: &str, text: String| disk::Target { path: root.join(path), text };
    let said = report(&found, &allowed, &new.sources());
    targets.push(target(codegen::REPORT, stamp(codegen::REPORT, &said, name)));
    targets.push(target(codegen::LOCK, stamp(codegen::LOCK, &output.lock, name)));
    let mut plan = disk::compare(&targets, &[root.join(codegen::OUT).join("src")])
        .map_err(|(path, error)| Failure::new(format!("cannot read `{}`: {error}", path.display())))?;
    codegen::refuse(&plan, false, root, console)?;
    let version = version(&mut plan, &changes, root)?;
    let put = |plan: &mut Plan, path: &str, text: String| -> Result<(), Failure> {
        let path = root.join(path);
        let old = path.is_file().then(|| std::fs::read_to_string(&path)).transpose();
        let old = old.map_err(|error| Failure::new(format!("cannot read `{}`: {error}", path.display())))?;
        plan.changes.push(Change { path, old, new: Some(text), refusal: None });
        Ok(())
    };
    put(&mut plan, &new.document.label, text)?;
    let upstream = Upstream { from: address, etag };
    put(&mut plan, UPSTREAM, upstream.text())?;
    let verdict = changes.verdict().as_str();
    if args.dry_run {
        console.progress(&format!("{verdict}: would become version {version}; nothing was written\n"));
        return Ok(Exit::Fine);
    }
    disk::write_noted(&plan, &root.join(NOTE)).map_err(|(path, error)| Failure::write(&path, &error))?;
    console.progress(&format!("{verdict}: version {version}, {} files written\n", plan.changes.len()));
    Ok(Exit::Fine)
}

/// A run that was killed is brought to its end first: all of it or nothing.
fn recover(args: &Sync, note: &Path, console: &mut Console) -> Result<(), Failure> {
    if args.dry_run && note.is_file() {
        return Err(Failure::new("an earlier run was cut short")
            .help("`cargo xtask sync` without `--dry-run` brings it to its end first"));
    }
    match disk::recover(note).map_err(|(path, error)| Failure::write(&path, &error))? {
        disk::Left::Nothing => {}
        disk::Left::Undone => console.progress("an earlier run was cut short; nothing of it is left\n"),
        disk::Left::Finished => console.progress("an earlier run was cut short; it is finished now\n"),
    }
    Ok(())
}

fn show(args: &Sync, changes: &Changes, sources: [&Source; 2], console: &mut Console) {
    let placed = diff::placed(changes, sources);
    match args.format {
        args::Shape::Markdown => console.result(&diff::markdown(&placed, changes, &sources)),
        args::Shape::Text => console.result(&diff::text(&placed, changes)),
        args::Shape::Json => console.result(&diff::json(&placed, changes)),
        // These lines are commands, and took care of what stands in them.
        args::Shape::Github => console.rendered(&diff::github(&placed, changes)),
    }
}

/// Puts the next version into the manifest and an entry into the changelog; gives back the version.
fn version(plan: &mut Plan, changes: &Changes, root: &Path) -> Result<String, Failure> {
    let path = root.join(codegen::OUT).join("Cargo.toml");
    let read = |path: &Path| {
        std::fs::read_to_string(path)
            .map_err(|error| Failure::new(format!("cannot read `{}`: {error}", path.display())))
    };
    let on_disk = read(&path)?;
    let known = plan.changes.iter().position(|change| change.path == path);
    let text = known.and_then(|at| plan.changes[at].new.clone()).unwrap_or_else(|| on_disk.clone());
    let next = release::bumped(&text, changes.verdict())
        .map_err(|problem| Failure::new(format!("`{}` {problem}", path.display())))?;
    if changes.verdict() == Verdict::None {
        return Ok(next.version);
    }
    let change = Change { path, old: Some(on_disk), new: Some(next.manifest), refusal: None };
    match known {
        Some(at) => plan.changes[at] = change,
        None => plan.changes.push(change),
    }
    let path = root.join(codegen::OUT).join("CHANGELOG.md");
    let old = if path.is_file() { Some(read(&path)?) } else { None };
    let new = release::entry(old.as_deref().unwrap_or(release::HEAD), &next.version, changes);
    plan.changes.push(Change { path, old, new: Some(new), refusal: None });
    Ok(next.version)
}
