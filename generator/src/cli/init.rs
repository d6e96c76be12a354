//! `sdkgen init`: begins a project. Writes `sdk.toml` with the SDK, its names and its report, a workflow for CI, and
//! makes the SDK a member of the workspace: all of it or nothing.

use std::path::{Path, PathBuf};

use crate::Input;
use crate::diag::{Sink, counted};
use crate::parts::Lost;
use crate::source::Source;

use crate::cli::args::{Format, From, How, Init};
use crate::cli::fetch::{self, Fetched, copy_of, is_url};
use crate::cli::generate::{self, MANIFEST, Made, Places};
use crate::cli::home::{CONFIG, Home, Place, relative};
use crate::cli::{Console, Exit, Failure, input};
use crate::disk::{self, Change, Disk};

mod find;
mod members;
mod template;
mod workflow;
mod workspace;

use workflow::Workflow;

/// The document of a new project.
struct Document {
    /// Its path from the folder of `sdk.toml`.
    spec: String,
    /// Its URL, if it was fetched.
    url: Option<String>,
    input: Input,
}

/// Begins a project.
pub(super) fn init(
    args: &Init,
    home: &Home,
    console: &mut Console,
    disk: &dyn Disk,
) -> Result<Exit, Failure> {
    let folder = args.dir.as_deref().unwrap_or(Path::new(""));
    let config = Place::new(folder.join(CONFIG));
    if config.path.exists() {
        return Err(Failure::new(format!("`{}` exists already; nothing was changed", config.label)).help(
            format!(
                "edit it, and run `{} {}`; `--dir DIR` begins another SDK in a folder of its own",
                home.program, home.generates
            ),
        ));
    }
    let Document { spec, url, mut input } = document(args, folder, &config, console)?;
    let mut sink = Sink::new();
    let Some(sdk) = crate::sdk(&input, &mut sink) else {
        generate::show_errors(&input, &sink.finish(), Format::Text, console);
        return Ok(Exit::Problems);
    };
    let name = sdk.package.name;
    let out = args.out.as_deref().map_or_else(|| name.clone(), |out| relative(out, folder));
    let settings = template::settings(&spec, url.as_deref(), &name, &out);
    input.config = Some(Source::new(config.label.clone(), settings.clone()));
    let Some(made) = Made::new(&input, Format::Text, console) else { return Ok(Exit::Problems) };

    let places = Places::beside(&config, config.beside(&out).path);
    let mut plan = generate::compare(&made.targets(&input, &places)?, &places)?;
    let workspace = workspace::of(&places.out)?;
    if let Some(workspace) = &workspace {
        workspace.refuse_taken(&name)?;
        for change in plan.changes.iter_mut().filter(|change| change.path == places.out.join(MANIFEST)) {
            change.new = change.new.take().map(|text| workspace::without_table(&text).into());
        }
    }
    let mut put = |path: PathBuf, old: Option<String>, new: String| {
        let refusal = disk::read_only(&path);
        plan.changes.push(Change { path, old, new: Some(new.into()), refusal });
    };
    put(config.path.clone(), None, settings);
    if url.is_some() {
        put(config.beside(&spec).path, None, input.document.text.clone());
    }
    if let Some(manifest) = workspace.and_then(|workspace| workspace.changed) {
        put(manifest.path, Some(manifest.old), manifest.new);
    }
    let workflow = if args.no_ci { None } else { workflow::workflow(folder, &places.out) };
    let note = workflow.as_ref().map_or_else(String::new, |workflow| workflow.note.clone());
    if let Some(Workflow { path, old, new: Some(new), .. }) = workflow {
        put(path, old, new);
    }
    generate::refuse(&plan, false, home, console)?;
    generate::write(&plan, &places, disk)?;
    console.result(&format!(
        "{}: `{}` and {} more files written\n",
        counted(made.output.sdk.operations.len(), "operation"),
        config.label,
        plan.changes.len() - 1,
    ));
    console.progress(&note);
    console.progress(&format!(
        "next: read `{}`, edit `{}`, and run `{} {}`\n",
        places.report.map_or_else(String::new, |report| report.label),
        config.label,
        home.program,
        home.generates
    ));
    Ok(Exit::Fine)
}

/// Finds the document and reads it, or fetches it if it is at a URL.
fn document(args: &Init, folder: &Path, config: &Place, console: &mut Console) -> Result<Document, Failure> {
    if let Some(url) = args.document.as_deref().filter(|document| is_url(document)) {
        console.progress(&format!("fetching {url}\n"));
        let Fetched::Text { text, .. } = fetch::fetch(url, &args.download, &[], None)? else {
            return Err(Failure::new(format!("`{url}` sent no document")));
        };
        let spec = copy_of(url);
        let kept = config.beside(&spec);
        if kept.path.exists() && kept.read()?.text != text {
            return Err(Failure::new(format!("`{}` is in the way of the document", kept.label))
                .help("move it away, or pass it instead of the URL"));
        }
        let mut input = Input { name: args.name.clone(), ..Input::new(Source::new(kept.label, text)) };
        input.gather(|_| Err(Lost::Unreadable("the document is at a URL".to_owned())));
        return Ok(Document { spec, url: Some(url.to_owned()), input });
    }
    let path = match &args.document {
        Some(path) => PathBuf::from(path),
        None => find::document(folder)?,
    };
    let from = From { spec: Some(path.clone()), config: None, how: How::default() };
    let input = input::input(&from, args.name.as_deref(), &Home::nearest(Path::new(""), None))?;
    Ok(Document { spec: relative(&path, folder), url: None, input })
}
