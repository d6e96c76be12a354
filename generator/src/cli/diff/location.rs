//! Locates changes in both documents, with one scan of each.

use crate::diff::{Change, Changes};
use crate::locate::locate;
use crate::pointer::Pointer;
use crate::source::{Lines, Position, Source};

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

/// Locates all changes.
pub fn placed<'a>(changes: &'a Changes, [old, new]: [&Source; 2]) -> Vec<Placed<'a>> {
    let old = locations(old, changes.list.iter().map(|change| change.old.as_ref()));
    let new = locations(new, changes.list.iter().map(|change| change.new.as_ref()));
    let both = changes.list.iter().zip(old).zip(new);
    both.map(|((change, old), new)| Placed { change, old, new }).collect()
}

fn locations<'a>(
    source: &Source,
    pointers: impl Iterator<Item = Option<&'a Pointer>>,
) -> Vec<Option<Location>> {
    let pointers: Vec<Option<&Pointer>> = pointers.collect();
    let wanted: Vec<&Pointer> = pointers.iter().flatten().copied().collect();
    let mut found = locate(source, &wanted).into_iter();
    let lines = Lines::new(source.body());
    let location = |pointer: &Pointer| {
        let place = found.next().flatten();
        let start = place.map_or(0, |place| place.key.unwrap_or(place.value).start);
        Location { file: source.label.clone(), at: lines.position(start), pointer: pointer.to_string() }
    };
    let mut location = location;
    pointers.into_iter().map(|pointer| pointer.map(&mut location)).collect()
}

impl Location {
    /// Formats a location: `spec/api.yaml:12:3`.
    pub fn shown(&self) -> String {
        format!("{}:{}:{}", self.file, self.at.line, self.at.column)
    }
}
