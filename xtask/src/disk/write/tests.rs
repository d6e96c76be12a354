use std::collections::BTreeMap;

use super::super::{Left, recover};
use super::*;

/// A folder with three files, and a plan that changes one, takes one away and brings one.
fn world(name: &str) -> (PathBuf, Plan) {
    let root = std::env::temp_dir().join(format!("retab-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(&root).unwrap();
    for (file, text) in [("a", "1"), ("b", "2"), ("c", "3")] {
        std::fs::write(root.join(file), text).unwrap();
    }
    let change = |file: &str, old: Option<&str>, new: Option<&str>| Change {
        path: root.join(file),
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
        refusal: None,
    };
    let changes = vec![
        change("a", Some("1"), Some("one")),
        change("b", Some("2"), None),
        change("n/d", None, Some("4")),
    ];
    (root, Plan { changes, unchanged: 1 })
}

fn files(root: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(root).unwrap().display().to_string().replace('\\', "/");
                    drop(all.insert(name, std::fs::read_to_string(&path).unwrap()));
                }
            }
        }
    }
    all
}

fn of(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// A run that ends at any point while files take their places is brought to its end by the next one.
#[test]
fn what_was_cut_short_in_the_midst_is_finished() {
    for done in 0..=3 {
        for halfway in [false, true] {
            let (root, plan) = world(&format!("cut-{done}-{halfway}"));
            let note = root.join(".unfinished");
            let mut journal = Journal::default();
            note::keep(&note, Phase::Staging, &steps(&plan)).unwrap();
            stage(&plan, &mut journal).unwrap();
            note::keep(&note, Phase::Replacing, &steps(&plan)).unwrap();
            let before = Plan { changes: plan.changes[..done].to_vec(), unchanged: 0 };
            replace(&before, &mut journal).unwrap();
            if let Some(next) = plan.changes.get(done).filter(|next| halfway && next.old.is_some()) {
                std::fs::rename(&next.path, beside(&next.path, "old")).unwrap();
            }
            assert_eq!(recover(&note).unwrap(), Left::Finished);
            assert_eq!(files(&root), of(&[("a", "one"), ("c", "3"), ("n/d", "4")]), "{done} {halfway}");
            assert_eq!(recover(&note).unwrap(), Left::Nothing);
            std::fs::remove_dir_all(&root).unwrap();
        }
    }
}

#[test]
fn what_had_only_begun_is_undone() {
    let (root, plan) = world("begun");
    let note = root.join(".unfinished");
    note::keep(&note, Phase::Staging, &steps(&plan)).unwrap();
    let first = Plan { changes: plan.changes[..1].to_vec(), unchanged: 0 };
    stage(&first, &mut Journal::default()).unwrap();
    assert_eq!(recover(&note).unwrap(), Left::Undone);
    assert_eq!(files(&root), of(&[("a", "1"), ("b", "2"), ("c", "3")]));
    std::fs::remove_dir_all(&root).unwrap();
}

#[test]
fn a_run_that_comes_to_its_end_leaves_no_note() {
    let (root, plan) = world("whole");
    write_noted(&plan, &root.join(".unfinished")).unwrap();
    assert_eq!(files(&root), of(&[("a", "one"), ("c", "3"), ("n/d", "4")]));
    std::fs::remove_dir_all(&root).unwrap();
}
