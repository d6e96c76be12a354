//! Tells a new version of a document from the document of another API.

use std::collections::BTreeSet;

use crate::cli::{Console, Failure};
use crate::diag::counted;
use crate::sdk::Sdk;

/// Fails if the new document has another title and next to none of the operations.
pub(super) fn refuse(old: &Sdk, new: &Sdk, from: &str, config: &str) -> Result<(), Failure> {
    let common = common(old, new);
    if is_same(title(old), title(new)) || common * 10 >= old.operations.len().min(new.operations.len()) {
        return Ok(());
    }
    let count = if common == 0 { "none".to_owned() } else { common.to_string() };
    let message = format!(
        "`{from}` is the document of another API: `{}` has {count} of the {} of `{}`, whose SDK `{config}` describes",
        title(new),
        counted(old.operations.len(), "operation"),
        title(old),
    );
    let help = "pass `--config` for another SDK, or `--allow-other-api` if this one is meant";
    Err(Failure::new(message).help(help))
}

/// Says that the title changes.
pub(super) fn show(old: &Sdk, new: &Sdk, console: &mut Console) {
    let (old, new) = (title(old), title(new));
    if !is_same(old, new) {
        console.progress(&format!("the title changes from `{old}` to `{new}`\n"));
    }
}

fn title(sdk: &Sdk) -> &str {
    sdk.info.title.trim()
}

fn is_same(old: &str, new: &str) -> bool {
    old.eq_ignore_ascii_case(new)
}

/// Returns how many operations of the new document have the id or the route of an old one.
fn common(old: &Sdk, new: &Sdk) -> usize {
    let ids: BTreeSet<&str> = old.operations.iter().filter_map(|one| one.id.as_deref()).collect();
    let routes: BTreeSet<_> = old.operations.iter().map(|one| (&one.method, &one.path)).collect();
    let is_old = |id: Option<&str>| id.is_some_and(|id| ids.contains(id));
    let operations = new.operations.iter();
    operations.filter(|one| is_old(one.id.as_deref()) || routes.contains(&(&one.method, &one.path))).count()
}
