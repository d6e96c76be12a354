//! What there is to say of references that lead to nothing.

use super::context::{Bundler, Found, Location};
use crate::diag::{Code, suggest};
use crate::parts::{Lost, Target};
use crate::pointer::Pointer;

impl Bundler<'_, '_> {
    /// A reference to what is never read.
    pub(super) fn refuse(&mut self, reference: &str, target: &Target, at: &Location) -> Found {
        let (message, help) = match target {
            Target::Remote => (
                format!("reference `{reference}` points to the network, and nothing is fetched"),
                "put the file next to the document, and refer to it by a relative path",
            ),
            Target::Absolute => (
                format!("reference `{reference}` has an absolute path"),
                "write the path relative to this file, such as `../common/error.yaml`",
            ),
            Target::Invalid => (
                format!("reference `{}` is not a valid URI", reference.escape_debug()),
                "correct the reference",
            ),
            Target::File { path, .. } => (
                format!("reference `{reference}` points to `{path}`, which is not among the input files"),
                "pass the file to the generator, or bundle the document into one file first",
            ),
        };
        self.lose(Code::ExternalRef, reference, at, message, help.to_owned())
    }

    /// A reference into a file that could not be read.
    pub(super) fn unread(&mut self, reference: &str, file: usize, at: &Location) -> Found {
        let path = self.files[file].path;
        let (message, help) = match self.files[file].lost {
            Some(Lost::Missing { near }) => (
                format!("reference `{reference}` points to `{path}`, which does not exist"),
                match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "add the file, or correct the path (it is relative to this file)".to_owned(),
                },
            ),
            Some(Lost::Outside) => (
                format!("reference `{reference}` points outside the folder of the document"),
                "move the file into that folder, or allow it with `--allow-outside`".to_owned(),
            ),
            Some(Lost::Unreadable(reason)) => (
                format!("reference `{reference}` points to `{path}`, which cannot be read: {reason}"),
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
    pub(super) fn nothing(&mut self, reference: &str, file: usize, fragment: &str, at: &Location) -> Found {
        let path = self.files[file].path;
        let message = format!("reference `{reference}` does not resolve: `{path}` has no `#{fragment}`");
        let wanted = Pointer::from(fragment);
        let above = self.value(&Location { file, at: wanted.parent() }).and_then(|value| value.as_object());
        let last = wanted.keys().last().unwrap_or_default();
        let near = above.and_then(|map| suggest(&last, map.keys().map(String::as_str)));
        let help = match near {
            Some(near) => format!("did you mean `{}`?", wanted.parent().child(near)),
            None => "declare the target, or correct the reference".to_owned(),
        };
        self.lose(Code::UnresolvedRef, reference, at, message, help)
    }

    fn lose(&mut self, code: Code, reference: &str, at: &Location, message: String, help: String) -> Found {
        self.lost.insert(reference.to_owned());
        let place = Location { file: at.file, at: at.at.child("$ref") };
        let place = if self.value(&place).is_some() { place } else { at.clone() };
        let help = format!("it is ignored; {help}");
        self.report(code, &place, message, Some(help));
        Found::Nothing
    }
}
