//! Known changes to documents: the comparison finds each, reports nothing else, and gives the right verdict.

use sdkgen::Input;
use sdkgen::diff::{Change, Changes, diff};
use sdkgen::sdk::Sdk;
use sdkgen::source::Source;
use tests::document::Document;
use tests::mutate_diff::{Kind, Said, marks, mutate, shuffled, yaml};

use crate::pairs::read;

fn sdk(label: &str, text: String, lock: Option<&str>) -> Sdk {
    read(&Input {
        name: Some("sdk".to_owned()),
        lock: lock.map(|text| Source::new("names.lock", text)),
        ..Input::new(Source::new(label, text))
    })
}

fn said(change: &Change) -> Said<'_> {
    Said {
        kind: change.kind.as_str(),
        class: change.class.as_str(),
        old: change.old.as_ref().map(|at| at.as_str()),
        new: change.new.as_ref().map(|at| at.as_str()),
    }
}

fn shown(changes: &Changes) -> Vec<String> {
    changes
        .list
        .iter()
        .map(|change| format!("{} {} {}", change.kind.as_str(), change.item, change.what))
        .collect()
}

/// Each kind once, in the first or the second version of the API's document, at a place that the seed chooses.
#[test]
fn every_mutation_is_found_and_nothing_else() {
    let grounds = ["retab-2026-05", "retab-2026-08"].map(|name| {
        let document = Document::read(tests::checkout().join(format!("spec/{name}.yaml"))).unwrap();
        let old = sdk("old.json", document.root().to_string(), None);
        (name, document, old)
    });
    let (mut mutant, mut nowhere) = (0, Vec::new());
    for (at, kind) in Kind::ALL.iter().enumerate() {
        let mut seed = 11 * at as u64 + 5;
        let turns = [&grounds[at % 2], &grounds[(at + 1) % 2]];
        let found =
            turns.into_iter().find_map(|ground| Some((ground, mutate(ground.1.root(), *kind, &mut seed)?)));
        let Some(((name, _, old), change)) = found else {
            nowhere.push(*kind);
            continue;
        };
        let new = sdk("new.json", change.root.to_string(), Some(&sdkgen::lock(old).text()));
        let changes = diff(old, &new);
        let all: Vec<Said<'_>> = changes.list.iter().map(said).collect();
        let marks = marks(&change, &all);
        let told = format!("`{name}`: {} at `{}`: {:#?}", kind.as_str(), change.at, shown(&changes));
        assert!(marks.is_found && marks.alarms == 0 && marks.is_verdict_right, "{told}");
        mutant += 1;
    }
    println!("{mutant} mutations, all found; no false alarm, every verdict right");
    // its query parameters all have defaults, or values by list
    assert_eq!(nowhere, [Kind::ParameterRenamed, Kind::ParameterRequired]);
}

/// The score is bad if the change is not reported, or something else is.
#[test]
fn silence_and_noise_get_bad_marks() {
    let document = Document::read(tests::checkout().join("spec/retab-2026-05.yaml")).unwrap();
    let change = mutate(document.root(), Kind::FieldRemoved, &mut 3).unwrap();
    let nothing = marks(&change, &[]);
    assert!(!nothing.is_found && !nothing.is_verdict_right && nothing.alarms == 0);
    let elsewhere = Said { kind: "field-removed", class: "breaking", old: Some("/paths/~1x"), new: None };
    assert!(!marks(&change, std::slice::from_ref(&elsewhere)).is_found);
    let other = Said { kind: "auth-changed", class: "breaking", old: Some(&change.at), new: None };
    assert_eq!(marks(&change, &[other]).alarms, 1);
    let right = Said { kind: "field-removed", class: "breaking", old: Some(&change.at), new: None };
    let right = marks(&change, &[right]);
    assert!(right.is_found && right.is_verdict_right && right.alarms == 0);
}

#[test]
fn another_order_and_another_spelling_change_nothing() {
    for name in ["retab-2026-05", "retab-2026-08"] {
        let text = std::fs::read_to_string(tests::checkout().join(format!("spec/{name}.yaml"))).unwrap();
        let document = Document::parse(name, &text).unwrap();
        let old = sdk("old.yaml", text, None);
        let lock = sdkgen::lock(&old).text();
        let mixed = shuffled(document.root().clone(), &mut 7);
        let forms = [
            ("same.json", document.root().to_string()),
            ("same.yaml", yaml(document.root())),
            ("mixed.json", mixed.to_string()),
            ("mixed.yaml", yaml(&mixed)),
        ];
        for (label, text) in forms {
            let new = sdk(label, text, Some(&lock));
            assert_eq!(shown(&diff(&old, &new)), Vec::<String>::new(), "`{name}` as `{label}`");
            assert_eq!(
                sdkgen::diff::public_names(&old),
                sdkgen::diff::public_names(&new),
                "`{name}` as `{label}`"
            );
        }
    }
}
