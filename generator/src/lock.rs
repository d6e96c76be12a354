//! `names.lock`: the names that earlier runs gave, by place in the document.
//!
//! In: the text of the last run's lock. Out: a [`Lock`], which the stages ask before they make up a name, and which is made
//! anew from the finished plan. So a document can be put in another order, and gain schemas and operations, without a name
//! moving; a name moves by choice only: by `sdk.toml`, or by leaving the lock out.
//!
//! The text is TOML, one place a line, sorted. A place is written like a JSON pointer in which what stands in a list is
//! called by its name or tag, since its number moves.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use crate::diag::{Diagnostic, Sink};
use crate::pointer::Pointer;
use crate::source::Source;

mod read;
#[cfg(test)]
mod tests;

/// What a line of the lock is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// A resource: accessor, module, handle, and for those at the top the cargo feature.
    Resources,
    /// A security scheme: its setter, and the one that takes a source of tokens.
    Credentials,
    /// An `operationId`, or what `operation_identity` names: its operation, so that one that moves keeps its names.
    Ids,
    /// An operation: the resources that lead to it.
    Tree,
    /// An operation: method, type of the call, and type of the answers where they differ.
    Operations,
    /// An operation and a further media type of its body or answer, or that it is waited for: the method.
    Methods,
    /// An operation and a parameter, or its body: the argument or setter.
    Arguments,
    /// A schema: its type, and the cargo feature that gates it.
    Types,
    /// A schema that is equal to another: the type it is another name for.
    Shared,
    /// A schema and a member whose name in the document does not tell its names in Rust: the field, the setter, what sends null.
    Fields,
    /// A schema and a value, tag or kind of variant: the variant; without one: the variant for what is not known.
    Variants,
    /// A schema: what it holds in a `Box`, because a cycle is cut there.
    Boxes,
    /// A schema: what it holds without one.
    Held,
    /// A schema or an operation: what is given by position, in its order.
    Order,
}

impl Section {
    /// Every section, in the order of the text.
    pub const ALL: [Self; 14] = [
        Self::Resources,
        Self::Credentials,
        Self::Ids,
        Self::Tree,
        Self::Operations,
        Self::Methods,
        Self::Arguments,
        Self::Types,
        Self::Shared,
        Self::Fields,
        Self::Variants,
        Self::Boxes,
        Self::Held,
        Self::Order,
    ];

    /// Its name in the text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Resources => "resources",
            Self::Credentials => "credentials",
            Self::Ids => "ids",
            Self::Tree => "tree",
            Self::Operations => "operations",
            Self::Methods => "methods",
            Self::Arguments => "arguments",
            Self::Types => "types",
            Self::Shared => "shared",
            Self::Fields => "fields",
            Self::Variants => "variants",
            Self::Boxes => "boxes",
            Self::Held => "held",
            Self::Order => "order",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Resources => "resource = accessor, module, handle, feature",
            Self::Credentials => {
                "security scheme = setter of the client builder, setter of a source of tokens"
            }
            Self::Ids => "operationId or identity = operation",
            Self::Tree => "operation = the resources that lead to it",
            Self::Operations => "operation = method, call, answer",
            Self::Methods => "operation and another media type of its body or answer, or waiting = method",
            Self::Arguments => "operation and parameter = argument or setter",
            Self::Types => "schema = type, feature",
            Self::Shared => "schema that is equal to another = the type of that",
            Self::Fields => {
                "schema and member = field, setter, what sends null, where they are spelled differently"
            }
            Self::Variants => "schema and value = variant",
            Self::Boxes => "schema = properties and variants in a `Box`, where a cycle is cut",
            Self::Held => "schema = properties and variants that hold a type without a `Box`",
            Self::Order => "what is given by position",
        }
    }
}

/// The names of earlier runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    sections: BTreeMap<Section, BTreeMap<String, Vec<String>>>,
    /// Its position among the texts of a run, for diagnostics.
    file: u16,
}

impl Lock {
    /// The names of a place; none where it is not known.
    pub fn get(&self, section: Section, place: &str) -> &[String] {
        self.sections.get(&section).and_then(|names| names.get(place)).map_or(&[], Vec::as_slice)
    }

    /// One of the names of a place.
    pub fn name(&self, section: Section, place: &str, at: usize) -> Option<&str> {
        self.get(section, place).get(at).map(String::as_str)
    }

    /// Keeps the names of a place.
    pub fn insert(&mut self, section: Section, place: impl Into<String>, names: Vec<String>) {
        self.sections.entry(section).or_default().insert(place.into(), names);
    }

    /// Everything in it, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = (Section, &str, &[String])> {
        let all = self.sections.iter();
        all.flat_map(|(section, names)| names.iter().map(|(place, names)| (*section, &**place, &names[..])))
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.sections.values().all(BTreeMap::is_empty)
    }

    /// The lock for a document that has these operations (`operationId` or identity, method, path): what was held for one that is at another
    /// route now is held for it there.
    pub(crate) fn follow<'a>(
        &self,
        operations: impl Iterator<Item = (&'a str, String, &'a str)>,
    ) -> Cow<'_, Lock> {
        let now: Vec<(&str, String, &str)> = operations.collect();
        let there: HashSet<String> = now.iter().map(|(_, method, path)| format!("{method} {path}")).collect();
        let mut moves: Vec<(String, String)> = Vec::new();
        for (id, method, path) in &now {
            let (new, old) = (format!("{method} {path}"), self.name(Section::Ids, id, 0));
            let Some(old) = old.filter(|old| *old != new && !there.contains(*old)) else { continue };
            let is_known = !self.get(Section::Operations, &new).is_empty();
            if let Some((before, at)) = old.split_once(' ').filter(|_| !is_known) {
                let inside = |method: &str, path: &str| {
                    Pointer::root().child("paths").child(path).child(method.to_lowercase()).to_string()
                };
                moves.push((inside(before, at), inside(method, path)));
                moves.push((old.to_owned(), new));
            }
        }
        if moves.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut out = self.clone();
        for (_, names) in out.sections.iter_mut().filter(|(section, _)| **section != Section::Ids) {
            let all = std::mem::take(names).into_iter();
            *names = all.map(|(place, names)| (moved(place, &moves), names)).collect();
        }
        Cow::Owned(out)
    }

    /// The text of `names.lock`, not stamped.
    pub fn text(&self) -> String {
        let mut out = String::from(
            "# The names of the SDK by place in the document. They stay when the document moves; to change one, name it in\n\
             # `sdk.toml`, or make all of them anew by `cargo xtask codegen --relock`.\n",
        );
        for section in Section::ALL {
            let Some(names) = self.sections.get(&section).filter(|names| !names.is_empty()) else { continue };
            let _ = writeln!(out, "\n[{}] # {}", section.as_str(), section.meaning());
            for (place, names) in names {
                quote(&mut out, place);
                out.push_str(" = ");
                match &names[..] {
                    [name] => quote(&mut out, name),
                    names => list(&mut out, names),
                }
                out.push('\n');
            }
        }
        out
    }
}

/// A place below one that moved.
fn moved(place: String, moves: &[(String, String)]) -> String {
    for (old, new) in moves {
        // below a pointer there are others; `GET /a` is not above `GET /a/b`
        let ends: &[char] = if old.starts_with('#') { &['/', ' '] } else { &[' '] };
        if let Some(rest) = place.strip_prefix(old.as_str())
            && (rest.is_empty() || rest.starts_with(ends))
        {
            return format!("{new}{rest}");
        }
    }
    place
}

/// Reads `names.lock`, the text with this position among those a document brings. Everything wrong with it is in `sink`; `None`
/// when nothing can be made of it.
pub(crate) fn lock(source: &Source, file: u16, sink: &mut Sink) -> Option<Lock> {
    let lock = read::read(source.body(), file, sink)?;
    Some(Lock { file, ..lock })
}

fn list(out: &mut String, names: &[String]) {
    out.push('[');
    for (at, name) in names.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        quote(out, name);
    }
    out.push(']');
}

/// A TOML basic string.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Reports the places whose locked name could not be kept.
pub(crate) fn check(old: &Lock, new: &Lock, chosen: impl Fn(&str) -> bool, sink: &mut Sink) {
    use crate::diag::Code;
    let file = old.file;
    for (section, place, names) in new.iter() {
        use Section::{Boxes, Held, Ids, Order, Shared, Tree};
        if matches!(section, Ids | Tree | Order | Shared | Boxes | Held) {
            continue;
        }
        let kept = old.get(section, place);
        let moved = names.iter().zip(kept).find(|(new, old)| new != old);
        let Some((new, old)) = moved.filter(|(new, _)| !chosen(new)) else { continue };
        // the feature of a type is not a name of its own, and `shared` is written as nothing
        if section == Section::Types && names[0] == kept[0] {
            continue;
        }
        let at = Pointer::root().child(section.as_str()).child(place);
        let message = format!("`{place}` was named `{old}` and is now named `{new}`");
        let help =
            "`sdk.toml` or the generator now uses the name for something else; choose a name in `sdk.toml`";
        sink.report(Diagnostic::in_other(file, Code::LockedName, &at, message).at_key().help(help));
    }
}
