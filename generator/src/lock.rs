//! The names that earlier runs assigned, by location in the document (`names.lock`).
//!
//! In: the text of the last run's lock. Out: a [`Lock`], which stages query before they assign a name, and
//! which is rewritten from the finished plan. So a document can be reordered and can grow without a change of
//! names. Only `sdk.toml` and a run without the lock change names.
//!
//! The text is TOML, one location per line, sorted. A location is written like a JSON pointer, with names or
//! tags instead of array indexes, since those change.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use crate::diag::{Diagnostic, Sink};
use crate::pointer::Pointer;

pub(crate) use read::lock;

mod read;
#[cfg(test)]
mod tests;

/// A section of the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Resource → accessor, module, handle, and for top-level resources the cargo feature.
    Resources,
    /// Security scheme → its setter, and the setter for a source of tokens.
    Credentials,
    /// `operationId`, or the identity that `operation_identity` names → operation, so that moved operations
    /// keep their names.
    Ids,
    /// Operation → its resource and the ancestors of that.
    Tree,
    /// Operation → method, type of the call, and type of the responses where they differ.
    Operations,
    /// Operation and another media type of its body or response, or its wait → method.
    Methods,
    /// Operation and parameter, or its body → argument or setter.
    Arguments,
    /// Schema → type, and the cargo feature that gates it.
    Types,
    /// Schema that is equal to another → the type that it is an alias of.
    Shared,
    /// Schema and property whose Rust names differ from the name in the document → field, setter, and setter
    /// for null.
    Fields,
    /// Schema and value, tag or kind of variant → variant; without one, the variant for unknown values.
    Variants,
    /// Schema → properties and variants that are in a `Box`, because a cycle is cut there.
    Boxes,
    /// Schema → properties and variants that are not in a `Box`.
    Held,
    /// Schema or operation → its positional arguments, in order.
    Order,
}

impl Section {
    /// All sections in the order of the text.
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

    /// Returns the name in the text.
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
            Self::Tree => "operation = its resource and the ancestors of that",
            Self::Operations => "operation = method, call, response",
            Self::Methods => "operation and another media type of its body or response, or its wait = method",
            Self::Arguments => "operation and parameter = argument or setter",
            Self::Types => "schema = type, feature",
            Self::Shared => "schema that is equal to another = type of that schema",
            Self::Fields => "schema and property = field, setter, setter for null, where they differ",
            Self::Variants => "schema and value = variant",
            Self::Boxes => "schema = properties and variants in a `Box`, where a cycle is cut",
            Self::Held => "schema = properties and variants that hold a type without a `Box`",
            Self::Order => "positional arguments",
        }
    }
}

/// The names that earlier runs assigned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    sections: BTreeMap<Section, BTreeMap<String, Vec<String>>>,
    /// The index of the file among the texts of a run, for diagnostics.
    file: u16,
}

impl Lock {
    /// Returns the names of a location; empty if it is unknown.
    pub fn get(&self, section: Section, place: &str) -> &[String] {
        self.sections.get(&section).and_then(|names| names.get(place)).map_or(&[], Vec::as_slice)
    }

    /// Returns one of the names of a location.
    pub fn name(&self, section: Section, place: &str, at: usize) -> Option<&str> {
        self.get(section, place).get(at).map(String::as_str)
    }

    /// Inserts the names of a location.
    pub fn insert(&mut self, section: Section, place: impl Into<String>, names: Vec<String>) {
        self.sections.entry(section).or_default().insert(place.into(), names);
    }

    /// Returns all entries in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = (Section, &str, &[String])> {
        let all = self.sections.iter();
        all.flat_map(|(section, names)| names.iter().map(|(place, names)| (*section, &**place, &names[..])))
    }

    /// Returns whether the lock has no entries.
    pub fn is_empty(&self) -> bool {
        self.sections.values().all(BTreeMap::is_empty)
    }

    /// Returns the lock for a document with these operations (`operationId` or identity, method, path): the
    /// entries of an operation that moved follow it to its new route.
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

    /// Renders the text of `names.lock`, without a stamp.
    pub fn text(&self) -> String {
        let mut out = String::from(
            "# The names of the SDK by location in the document. They stay when the document changes; to change one, name it in\n# `sdk.toml`, or assign all names anew with `sdkgen generate --relock`.\n",
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

/// Returns the new location of an entry at or below a moved one.
fn moved(place: String, moves: &[(String, String)]) -> String {
    for (old, new) in moves {
        // Pointers have descendants; `GET /a` is not an ancestor of `GET /a/b`.
        let ends: &[char] = if old.starts_with('#') { &['/', ' '] } else { &[' '] };
        if let Some(rest) = place.strip_prefix(old.as_str())
            && (rest.is_empty() || rest.starts_with(ends))
        {
            return format!("{new}{rest}");
        }
    }
    place
}

fn list(out: &mut String, names: &[String]) {
    out.push('[');
    for (at, name) in names.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        quote(out, name);
    }
    out.push(']');
}

/// Writes a TOML basic string.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    if !text.contains(|c: char| c == '"' || c == '\\' || c.is_control()) {
        out.push_str(text);
        out.push('"');
        return;
    }
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

/// Reports the locations whose locked name could not be kept.
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
        // The feature of a type is not a name of its own, and `shared` is not written.
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
