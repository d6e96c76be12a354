//! A note of what a run is about to write, so that the next one can bring to an end what was cut short: by a kill, or a loss of power.
//!
//! While files are only put beside their places, the end is that nothing happened; once they take their places, that all did.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Trouble;

/// What a run did to one file.
pub(super) struct Step {
    /// Where the file belongs.
    pub(super) path: PathBuf,
    /// Where the new one waits; none where the file goes.
    pub(super) new: Option<PathBuf>,
    /// Where the old one is kept.
    pub(super) old: PathBuf,
}

/// How far a run was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// New files stand beside their places.
    Staging,
    /// New files take their places.
    Replacing,
}

/// What an earlier run left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// It came to its end.
    Nothing,
    /// It had only begun; nothing of it is left now.
    Undone,
    /// It was in the midst of replacing files; all of it is done now.
    Finished,
}

/// Keeps the note. It is replaced at once, never half of it.
pub(super) fn keep(note: &Path, phase: Phase, steps: &[Step]) -> Result<(), Trouble> {
    let text = |path: &Path| Value::from(path.to_string_lossy());
    let step = |step: &Step| json!([text(&step.path), step.new.as_deref().map(text), text(&step.old)]);
    let all = json!({
        "what": "a run of `cargo xtask sync` that did not come to its end; the next one brings it there",
        "replacing": phase == Phase::Replacing,
        "files": steps.iter().map(step).collect::<Vec<_>>(),
    });
    let fresh = note.with_extension("new");
    let done = std::fs::write(&fresh, format!("{all:#}\n")).and_then(|()| std::fs::rename(&fresh, note));
    done.map_err(|error| (note.to_owned(), error))
}

/// Brings to its end what the note says was cut short.
pub fn recover(note: &Path) -> Result<Left, Trouble> {
    if !note.is_file() {
        return Ok(Left::Nothing);
    }
    let trouble = |error| (note.to_owned(), error);
    let text = std::fs::read_to_string(note).map_err(trouble)?;
    let read: Value = serde_json::from_str(&text).map_err(|error| trouble(error.into()))?;
    let path = |value: &Value| value.as_str().map(PathBuf::from);
    let files = read["files"].as_array().into_iter().flatten();
    let steps = files
        .filter_map(|file| Some(Step { path: path(&file[0])?, new: path(&file[1]), old: path(&file[2])? }));
    let replacing = read["replacing"] == true;
    for step in steps {
        match replacing {
            true => finish(&step).map_err(|error| (step.path, error))?,
            false => step.new.iter().for_each(|new| drop(std::fs::remove_file(new))),
        }
    }
    std::fs::remove_file(note).map_err(trouble)?;
    Ok(if replacing { Left::Finished } else { Left::Undone })
}

fn finish(step: &Step) -> std::io::Result<()> {
    match &step.new {
        Some(new) if new.exists() => std::fs::rename(new, &step.path)?,
        None if step.path.exists() => std::fs::remove_file(&step.path)?,
        _ => {}
    }
    let _ = std::fs::remove_file(&step.old);
    Ok(())
}
