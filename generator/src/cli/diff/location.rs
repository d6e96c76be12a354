//! Locates changes in both documents, with one scan of each.

use crate::Input;
use crate::diff::{Change, Changes};
use crate::locate::locate;
use crate::pointer::Pointer;
use crate::source::{Lines, Position};

/// A location in a document.
pub struct Location {
    pub file: String,
    pub at: Position,
    pub pointer: String,
}

/// A change with its locations.
pub struct Placed<'a> {
    pub change: &'a Change,
    pub old: Option<Location>,
    pub new: Option<Location>,
}

/// Locates all changes, each in the file that holds it: the document, another one that it refers to, an overlay, `sdk.toml`.
pub fn placed<'a>(changes: &'a Changes, [old, new]: [&Input; 2]) -> Vec<Placed<'a>> {
    let old = locations(old, changes.list.iter().map(|change| change.old.as_ref()));
    let new = locations(new, changes.list.iter().map(|change| change.new.as_ref()));
    let both = changes.list.iter().zip(old).zip(new);
    both.map(|((change, old), new)| Placed { change, old, new }).collect()
}

fn locations<'a>(
    input: &Input,
    pointers: impl Iterator<Item = Option<&'a Pointer>>,
) -> Vec<Option<Location>> {
    let pointers: Vec<Option<&Pointer>> = pointers.collect();
    let wanted: Vec<&Pointer> = pointers.iter().flatten().copied().collect();
    let written = crate::written(input, &wanted);
    let mut found: Vec<Option<Location>> = written.iter().map(|_| None).collect();
    for (file, source) in input.sources().into_iter().enumerate() {
        let its: Vec<usize> = (0..written.len()).filter(|index| written[*index].0 == file).collect();
        let places: Vec<&Pointer> = its.iter().map(|index| &written[*index].1).collect();
        let lines = Lines::new(source.body());
        for (index, place) in its.iter().zip(locate(source, &places)) {
            let start = place.map_or(0, |place| place.key.unwrap_or(place.value).start);
            found[*index] = Some(Location {
                file: source.label.clone(),
                at: lines.position(start),
                pointer: written[*index].1.to_string(),
            });
        }
    }
    let mut found = found.into_iter();
    pointers.into_iter().map(|pointer| pointer.and_then(|_| found.next().flatten())).collect()
}

impl Location {
    /// Formats a location: `spec/api.yaml:12:3`.
    pub fn shown(&self) -> String {
        format!("{}:{}:{}", self.file, self.at.line, self.at.column)
    }
}
