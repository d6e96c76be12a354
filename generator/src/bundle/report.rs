//! What there is to say of references that lead to nothing.

use super::context::{Bundler, Found, Spot};
use crate::diag::{Code, suggest};
use crate::parts::{Lost, Target};
use crate::pointer::Pointer;

/// What happens to such a reference.
const UNTIL_THEN: &str = "; until then it is left out";

impl Bundler<'_, '_> {
    /// A reference to what is never read.
    pub(super) fn refuse(&mut self, reference: &str, target: &Target, at: &Spot) -> Found {
        let (message, help) = match target {
            Target::Remote => (
                format!("reference `{reference}` leads to another machine, and nothing is fetched"),
                "put the file beside the document, and refer to it by a relative path",
            ),
            Target::Absolute => (
                format!("reference `{reference}` leads to a path that is absolute"),
                "write the way from this file to the other one: `../common/error.yaml`",
            ),
            Target::Invalid => {
                (format!("reference `{}` cannot be read", reference.escape_debug()), "correct it")
            }
            Target::File { path, .. } => (
                format!("reference `{reference}` leads to `{path}`, which was not read"),
                "give the file to the generator, or bundle the description into one file first",
            ),
        };
        self.lose(Code::ExternalRef, reference, at, message, help.to_owned())
    }

    /// A reference into a file that could not be read.
    pub(super) fn unread(&mut self, reference: &str, file: usize, at: &Spot) -> Found {
        let path = self.files[file].path;
        let (message, help) = match self.files[file].lost {
            Some(Lost::Missing { near }) => (
                format!("reference `{reference}` leads to `{path}`, and there is no such file"),
                match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "add the file, or correct the path: it is relative to this file".to_owned(),
                },
            ),
            Some(Lost::Outside) => (
                format!("reference `{reference}` leads out of the folder of the document"),
                "move the file below that folder, or allow it by `--allow-outside`".to_owned(),
            ),
            Some(Lost::Unreadable(reason)) => (
                format!("reference `{reference}` leads to `{path}`, which cannot be read: {reason}"),
                "make it a readable text file".to_owned(),
            ),
            // What is wrong in the file was reported there.
            None => {
                self.lost.insert(reference.to_owned());
                return Found::Nothing;
            }
        };
        self.lose(Code::ExternalRef, reference, at, message, help)
    }

    /// A reference to a node that a file does not have.
    pub(super) fn nothing(&mut self, reference: &str, file: usize, fragment: &str, at: &Spot) -> Found {
        let path = self.files[file].path;
        let message =
            format!("reference `{reference}` leads to nothing: there is no `#{fragment}` in `{path}`");
        let wanted = Pointer::from(fragment);
        let above = self.value(&Spot { file, at: wanted.parent() }).and_then(|value| value.as_object());
        let last = wanted.keys().last().unwrap_or_default();
        let near = above.and_then(|map| suggest(&last, map.keys().map(String::as_str)));
        let help = match near {
            Some(near) => format!("did you mean `{}`?", wanted.parent().child(near)),
            None => "declare the target, or correct the reference".to_owned(),
        };
        self.lose(Code::UnresolvedRef, reference, at, message, help)
    }

    fn lose(&mut self, code: Code, reference: &str, at: &Spot, message: String, help: String) -> Found {
        self.lost.insert(reference.to_owned());
        let place = Spot { file: at.file, at: at.at.child("$ref") };
        let place = if self.value(&place).is_some() { place } else { at.clone() };
        let help = format!("{}{UNTIL_THEN}", help.trim_end_matches('?'));
        self.report(code, &place, message, Some(help));
        Found::Nothing
    }
}
