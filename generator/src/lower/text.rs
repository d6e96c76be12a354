//! Documentation: from annotations to [`Docs`].

use crate::ir::{Docs, Rare};
use crate::resolve::Annotations;

/// The documentation of a schema named `name`. A title that only repeats the name is left out.
pub(super) fn docs(notes: &Annotations<'_>, name: &str) -> Rare<Docs> {
    let title = notes.title.filter(|title| !repeats(title, name));
    let description = notes.description.map(str::trim).filter(|text| !text.is_empty());
    Docs {
        summary: title.filter(|title| Some(*title) != description).map(str::to_owned),
        description: description.map(str::to_owned),
        constraints: notes.constraints.clone(),
        default: None,
        deprecated: notes.deprecated.then(String::new),
        link: notes.link.map(str::to_owned),
    }
    .into()
}

/// Whether two texts are the same letters and digits.
fn repeats(title: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(title) == letters(name)
}
