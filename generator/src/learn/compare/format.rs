//! Strings that their format does not allow, as the types of the formats would say.

use super::context::{Comparer, Kind, Outcome, is_redacted};
use crate::formats;
use crate::learn::schema::View;
use crate::pointer::Path;

impl<'d> Comparer<'d, '_> {
    pub(super) fn format(&self, view: &View<'d>, text: &str, path: &Path<'_>, out: &mut Outcome<'_>) {
        let said = view.parts.iter().find_map(|part| Some((part, part.map.get("format")?.as_str()?)));
        let Some((part, format)) = said else { return };
        let config = self.schemas.config;
        // What a type of another crate takes is for that crate to say.
        let is_foreign = config.foreign.contains_key(format);
        let is_enum = view.parts.iter().any(|part| part.map.contains_key("enum"));
        let read_as = config.formats.get(format).map_or(format, String::as_str);
        if !is_foreign && !is_enum && !is_redacted(text) && !formats::fits(read_as, text) {
            out.report(Kind::Format, &part.at, path, true).name = Some(format.to_owned());
        }
    }
}
