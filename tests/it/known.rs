//! The two versions of the API's document: what changed by an independent reading, against what the comparison says.

mod list;

use sdkgen::diff::Change;
use tests::document::Document;

use crate::pairs::changes;
use list::Known;

fn related(place: Option<&str>, other: &str) -> bool {
    let within =
        |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    place.is_some_and(|place| within(place, other) || within(other, place))
}

/// Whether a change speaks of the places of a known one.
fn speaks(change: &Change, known: &Known) -> bool {
    let (old, new) = (change.old.as_ref().map(|at| at.as_str()), change.new.as_ref().map(|at| at.as_str()));
    known.old.iter().any(|at| related(old, at)) || known.new.iter().any(|at| related(new, at))
}

fn read(name: &str) -> (Document, String) {
    let text = std::fs::read_to_string(tests::checkout().join(format!("spec/{name}.yaml"))).unwrap();
    (Document::parse(name, &text).unwrap(), text)
}

/// What follows from other changes: equal schemas written in place are one type, which stands where all that use it reach it.
const CONSEQUENCES: [&str; 2] = ["type-shared", "type-feature"];

fn compare(old: &str, new: &str) {
    let ((before, a), (after, b)) = (read(old), read(new));
    let list = list::list(&before, &after);
    let said = changes(&a, &b).list;
    let is_found = |known: &&Known| {
        said.iter().any(|change| known.kinds.contains(&change.kind.as_str()) && speaks(change, known))
    };
    let known: Vec<&Known> = list.iter().filter(|known| known.what != list::OTHERWISE).collect();
    let (found, missed): (Vec<&Known>, Vec<&Known>) = known.iter().partition(|known| is_found(known));
    let is_alarm = |change: &&Change| {
        !CONSEQUENCES.contains(&change.kind.as_str()) && !list.iter().any(|known| speaks(change, known))
    };
    let alarms: Vec<&Change> = said.iter().filter(is_alarm).collect();
    println!(
        "{old} to {new}: {} of {} known changes found; {} said, {} of them of nothing known",
        found.len(),
        known.len(),
        said.len(),
        alarms.len()
    );
    for (what, count) in list::counts(&known) {
        println!("    {count:>4} {what}");
    }
    assert!(known.len() > 500, "only {} changes are known", known.len());
    assert!(missed.is_empty(), "{} missed: {:#?}", missed.len(), &missed[..missed.len().min(8)]);
    assert!(alarms.is_empty(), "{} of nothing known: {:#?}", alarms.len(), &alarms[..alarms.len().min(8)]);
}

#[test]
fn all_that_changed_from_may_to_august_is_found() {
    compare("retab-2026-05", "retab-2026-08");
}

#[test]
fn all_that_changed_from_august_to_may_is_found() {
    compare("retab-2026-08", "retab-2026-05");
}
