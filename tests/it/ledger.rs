//! Every node of every case document is accounted for; the sum is made without the stages that it is about.

use sdkgen::Input;
use sdkgen::diag::Sink;
use sdkgen::ledger::Ledger;
use sdkgen::source::Source;

fn ledger(input: &Input) -> Option<Ledger> {
    sdkgen::ledger(input, &mut Sink::new())
}

fn of(text: &str) -> Ledger {
    ledger(&Input::new(Source::new("spec.yaml", text))).unwrap()
}

/// Every folder below `tests/cases` with a document, read as the case is.
fn documents() -> Vec<(String, Input)> {
    let root = tests::checkout().join("tests/cases");
    let mut folders: Vec<_> = [root.clone(), root.join("errors")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .collect();
    folders.sort();
    let mut all = Vec::new();
    for folder in folders {
        let source = |name: &str| {
            let text = std::fs::read_to_string(folder.join(name)).ok()?;
            Some(Source::new(name, text))
        };
        let Some(document) = source("spec.yaml").or_else(|| source("spec.json")) else { continue };
        let mut input = Input {
            config: source("sdk.toml"),
            overlays: source("overlay.yaml").into_iter().collect(),
            ..Input::new(document)
        };
        input.gather(|path| source(path).ok_or(sdkgen::parts::Lost::Missing { near: None }));
        all.push((folder.display().to_string(), input));
    }
    all
}

#[test]
fn normalising_twice_is_normalising_once_in_every_case() {
    let wrong: Vec<_> = documents()
        .into_iter()
        .filter_map(|(name, input)| Some((name, sdkgen::unsettled(&input, &mut Sink::new())?)))
        .filter(|(_, places)| !places.is_empty())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_is_unaccounted_for_in_any_case() {
    let mut lost = Vec::new();
    let mut seen = 0;
    for (name, input) in documents() {
        let Some(ledger) = ledger(&input) else { continue };
        seen += 1;
        let total = ledger.total;
        if total.used + total.recorded + total.ignored != ledger.nodes || !ledger.unaccounted.is_empty() {
            lost.push(format!("{name}: {} of {}: {:?}", ledger.missing(), ledger.nodes, ledger.unaccounted));
        }
    }
    assert!(seen > 150, "only {seen}");
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn the_product_is_accounted_for() {
    for name in ["retab-2026-05.yaml", "retab-2026-08.yaml"] {
        let text = std::fs::read_to_string(tests::checkout().join("spec").join(name)).unwrap();
        let ledger = of(&text);
        assert_eq!((ledger.missing(), ledger.unaccounted.len()), (0, 0), "{:?}", ledger.unaccounted);
    }
}

#[test]
fn each_class_has_what_belongs_to_it() {
    let ledger = of(
        "openapi: 3.0.3\ninfo: {title: T, version: '1', contact: {name: N}}\npaths: {}\ncomponents:\n  schemas:\n    A: {type: object, nulable: true, properties: {b: {}}}\n",
    );
    // All but `nulable`, and the contact with its name.
    assert_eq!((ledger.nodes, ledger.total.used), (15, 12));
    assert_eq!((ledger.total.recorded, ledger.total.ignored), (1, 2));
    let row = &ledger.rows[&("schema", "nulable".to_owned())];
    assert_eq!(row.reasons.keys().collect::<Vec<_>>(), ["keyword-unknown"]);
    let (reason, places) = &ledger.untyped_by_reason()[0];
    assert_eq!(*reason, "the schema does not say its type");
    assert_eq!(places, &["/components/schemas/A/properties/b"]);
}
