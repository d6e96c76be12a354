//! Renders changes as workflow commands, which the host shows next to the line.

use std::fmt::Write as _;

use crate::diag::visible;
use crate::diff::{Changes, Class};

use super::Placed;
use super::text::verdict;

/// Renders breaking changes as errors, additions as warnings, and fixes as notices.
pub fn github(placed: &[Placed<'_>], changes: &Changes) -> String {
    let mut out = String::new();
    for one in placed {
        let change = one.change;
        let level = match change.class {
            Class::Breaking => "error",
            Class::Addition => "warning",
            Class::Fix => "notice",
        };
        let mut about = Vec::new();
        if let Some(location) = one.new.as_ref().or(one.old.as_ref()) {
            about.push(format!("file={}", property(&location.file)));
            about.push(format!("line={}", location.at.line));
            about.push(format!("col={}", location.at.column));
        }
        let title = format!("{}: {}", change.class.as_str(), change.kind.as_str());
        about.push(format!("title={}", property(&title)));
        let message = format!("{} {} ({})", change.item, change.what, change.why);
        let _ = writeln!(out, "::{level} {}::{}", about.join(","), data(&message));
    }
    let _ = writeln!(out, "::notice title=verdict::{}", data(&verdict(changes)));
    out
}

fn data(text: &str) -> String {
    visible(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
