//! What the comparison says of JSON: which bodies of the newer document the older version may be unable to read.

use super::change::{Change, Changes};
use super::kind::Kind;

/// A change of JSON that the open rules do not cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Where it stands in the new document, as a JSON pointer.
    pub at: String,
    /// The member that it is about, as the old document calls it.
    pub member: Option<String>,
    /// Whether that member is gone; then the place is that of the object.
    pub is_gone: bool,
    /// Whether everything inside is of another type.
    pub is_whole: bool,
}

impl Change {
    /// What it announces. Where there is nothing, the older version reads bodies of the newer document whole: the open rules promise
    /// that.
    pub fn announcement(&self) -> Option<Announcement> {
        let new = self.new.as_ref().filter(|_| self.unread)?;
        let member = self.old.as_ref().filter(|old| old.parent().as_str().ends_with("/properties"));
        Some(Announcement {
            at: new.as_str().to_owned(),
            member: member.and_then(|old| old.keys().last()),
            is_gone: self.kind == Kind::FieldRemoved,
            is_whole: self.kind.is_whole(),
        })
    }
}

impl Changes {
    /// What all changes announce, each with its position in the list. What is said of a type holds wherever an equal schema is
    /// written in place.
    pub fn announcements(&self) -> Vec<(usize, Announcement)> {
        let mut all = Vec::new();
        for (index, change) in self.list.iter().enumerate() {
            let Some(first) = change.announcement() else { continue };
            for (alias, real) in &self.equal {
                let rest = first.at.strip_prefix(real.as_str());
                if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
                    all.push((
                        index,
                        Announcement { at: format!("{}{rest}", alias.as_str()), ..first.clone() },
                    ));
                }
            }
            all.push((index, first));
        }
        all
    }

    /// Places of schemas whose types are the same under another name, old and new.
    pub fn renamed(&self) -> Vec<(String, String)> {
        let renamed = self.list.iter().filter(|change| change.kind == Kind::TypeRenamed);
        let places = renamed.filter_map(|change| Some((change.old.as_ref()?, change.new.as_ref()?)));
        places.map(|(old, new)| (old.as_str().to_owned(), new.as_str().to_owned())).collect()
    }
}
