//! `sdkgen sync`: updates the document and everything that depends on it, or nothing.
//!
//! Fetches or reads the document, generates the SDK, and compares it with the current one. If all of this
//! succeeds, document, SDK, report, names, version and changelog are written at once.

use std::path::{Path, PathBuf};

use crate::Input;
use crate::diff::{Changes, Verdict};
use crate::source::Source;

use crate::cli::args::{self, Format, Generate, Sync};
use crate::cli::choices::Choices;
use crate::cli::fetch::Fetched;
use crate::cli::generate::{self, Made, Places};
use crate::cli::home::{Home, Place};
use crate::cli::{Console, Exit, Failure, diff, input};
use crate::disk::{Change, Disk, Plan};

mod dependents;
mod only;
mod other;
mod release;
mod upstream;

use dependents::Dependents;
use only::Only;
use upstream::{UPSTREAM, Upstream};

/// Updates the document.
pub(super) fn sync(
    args: &Sync,
    home: &Home,
    console: &mut Console,
    disk: &dyn Disk,
) -> Result<Exit, Failure> {
    let from = args::From { spec: None, config: args.config.clone(), how: args::How::default() };
    let Some(config) = home.config(&from) else { return Err(home.no_document()) };
    let choices = Choices::read(&config)?;
    let places = places(&from, home, &config, &choices)?;
    // Two runs at once would release twice.
    let _only = Only::new(&config, args.dry_run)?;
    match args.dry_run {
        true => places.refuse_unfinished(&format!("{} sync` without `--dry-run", home.program))?,
        false => places.recover(disk, console)?,
    }
    let mut old = input::input(&from, None, home)?;
    old.lock = generate::names(&places)?;
    let kept = config.beside(UPSTREAM);
    let upstream = Upstream::read(&kept)?;
    let origin = upstream
        .origin(args.from.as_deref(), &choices.config, &config)
        .map_err(|failure| choices.explain(failure))?;
    let headers: Vec<(String, String)> = match args.from {
        // Secrets for one address are not sent to another.
        Some(_) => Vec::new(),
        None => choices.config.upstream.headers.into_iter().collect(),
    };
    console.progress(&format!("fetching {} for `{}`\n", origin.label(), config.label));
    let (text, etag) = match origin.read(&args.download, &headers, &upstream)? {
        Fetched::Same => {
            console.result("the document has not changed since the last sync\n");
            return Ok(Exit::Fine);
        }
        Fetched::Text { text, etag } => (text, etag),
    };
    if text == old.document.text {
        console.result("the document is already up to date\n");
        return Ok(Exit::Fine);
    }
    let document = Source::new(old.document.label.clone(), text.clone());
    let new = Input { document, ..old.clone() };
    // What is wrong with the new text stands in what was fetched, not in the file that is there.
    let fetched = Input { document: Source::new(origin.label(), text.clone()), ..new.clone() };
    let Some(made) = Made::of(&new, &fetched, Format::Text, console) else { return Ok(Exit::Problems) };
    let Some((before, after)) = diff::models(&old, &new, false, console) else { return Ok(Exit::Problems) };
    if !args.allow_other_api {
        other::refuse(&before, &after, origin.label(), &config.label)?;
    }
    other::show(&before, &after, console);
    let changes = crate::diff::diff(&before, &after);
    show(args, &changes, [&old, &new], console);

    let mut plan = generate::compare(&made.targets(&new, &places)?, &places)?;
    generate::refuse(&plan, false, home, console)?;
    // A module has the version of the crate around it, which people choose.
    let version = match places.module {
        Some(_) => None,
        None => Some(version(&mut plan, &changes, &config, new.config.as_ref(), &places.out)?),
    };
    put(&mut plan, home.folder.join(&new.document.label), text)?;
    put(&mut plan, kept.path, Upstream { from: origin.from, etag }.text())?;
    let dependents = match &version {
        Some(version) if changes.verdict() != Verdict::None => {
            Dependents::of(&places.out, version, &home.folder)
        }
        _ => Dependents::default(),
    };
    plan.changes.extend(dependents.changes.iter().cloned());
    if !args.dry_run {
        generate::write(&plan, &places, disk)?;
    }
    dependents.show(console);
    generate::depend(&made, &places, console);
    let count = (!args.dry_run).then_some(plan.changes.len());
    console.progress(&summary(changes.verdict(), version.as_deref(), count));
    Ok(Exit::Fine)
}

/// Where the SDK and the files beside it are.
fn places(from: &args::From, home: &Home, config: &Place, choices: &Choices) -> Result<Places, Failure> {
    let of = Generate { from: from.clone(), ..Generate::default() };
    Places::of(&of, home)?.ok_or_else(|| {
        let help = "add `dir = \"sdk\"` under `[output]`";
        let failure = Failure::new(format!("`{}` does not say where the SDK is", config.label));
        choices.explain(failure.help(help))
    })
}

/// Says what was done, or would be.
fn summary(verdict: Verdict, version: Option<&str>, written: Option<usize>) -> String {
    let verdict = verdict.as_str();
    match (version, written) {
        (Some(version), None) => format!("{verdict}: would become version {version}; nothing was written\n"),
        (Some(version), Some(count)) => format!("{verdict}: version {version}, {count} files written\n"),
        (None, None) => format!("{verdict}: nothing was written\n"),
        (None, Some(count)) => format!("{verdict}: {count} files written\n"),
    }
}

/// Adds a file that is always replaced.
fn put(plan: &mut Plan, path: PathBuf, text: String) -> Result<(), Failure> {
    let old = path.is_file().then(|| read(&path)).transpose()?;
    plan.changes.retain(|change| change.path != path);
    plan.changes.push(Change { path, old, new: Some(text.into()), refusal: None });
    Ok(())
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("cannot read `{}`: {error}", path.display())))
}

fn show(args: &Sync, changes: &Changes, [old, new]: [&Input; 2], console: &mut Console) {
    let placed = diff::placed(changes, [old, new]);
    let sources = [&old.document, &new.document];
    match args.format {
        args::DiffFormat::Markdown => console.result(&diff::markdown(&placed, changes, &sources)),
        args::DiffFormat::Text => console.result(&diff::text(&placed, changes)),
        args::DiffFormat::Json => console.result(&diff::json(&placed, changes)),
        // These lines are workflow commands, and already escaped.
        args::DiffFormat::Github => console.rendered(&diff::github(&placed, changes)),
    }
}

/// Sets the next version in the manifest, in `sdk.toml` if it has one, and in the changelog, and returns it.
fn version(
    plan: &mut Plan,
    changes: &Changes,
    config: &Place,
    choices: Option<&Source>,
    out: &Path,
) -> Result<String, Failure> {
    let manifest = out.join(generate::MANIFEST);
    let text = match plan.changes.iter().find(|change| change.path == manifest) {
        Some(Change { new: Some(new), .. }) => new.to_string(),
        _ => read(&manifest)?,
    };
    let wrong = |path: &Path, problem: &str| Failure::new(format!("`{}` {problem}", path.display()));
    let next = release::bumped(&text, changes.verdict()).map_err(|problem| wrong(&manifest, &problem))?;
    if changes.verdict() == Verdict::None {
        return Ok(next.version);
    }
    put(plan, manifest, next.manifest)?;
    if let Some(choices) = choices.filter(|choices| release::version(&choices.text).is_ok()) {
        let text = release::with_version(&choices.text, &next.version)
            .map_err(|problem| wrong(&config.path, &problem))?;
        put(plan, config.path.clone(), text)?;
    }
    let path = out.join("CHANGELOG.md");
    let old = if path.is_file() { Some(read(&path)?) } else { None };
    let new = release::entry(old.as_deref().unwrap_or(release::HEAD), &next.version, changes);
    put(plan, path, new)?;
    Ok(next.version)
}
