//! The bodies of the fuzz targets over seeds and a fixed number of changes; `cargo xtask dev fuzz DIR` does the same for a folder of
//! documents, `cargo fuzz` without end.

use fuzz::numbers::Numbers;
use fuzz::text::HOSTILE;
use serde_json::Value;
use tests::case::cases;
use tests::mounts::ROUND_TRIPS;

/// Changed documents of each kind.
const CHANGES: u64 = 500;

/// Runs a body for many numbers, on all cores; the number of a failure is in its message.
fn each(count: u64, body: impl Fn(u64) + Sync) {
    let next = std::sync::atomic::AtomicU64::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            std::thread::Builder::new()
                .stack_size(16 << 20)
                .spawn_scoped(scope, || {
                    loop {
                        let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        if number >= count {
                            break;
                        }
                        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| body(number)));
                        assert!(done.is_ok(), "change {number} broke something");
                    }
                })
                .unwrap();
        }
    });
}

/// The texts of all case documents, the wrong ones too.
fn seeds() -> Vec<String> {
    let mut texts: Vec<String> = cases().unwrap().into_iter().map(|case| case.spec).collect();
    let folder = tests::checkout().join("tests/cases/errors");
    let mut wrong: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    wrong.sort();
    let read = |folder: &std::path::PathBuf, name: &str| std::fs::read_to_string(folder.join(name)).ok();
    texts.extend(
        wrong.iter().filter_map(|folder| read(folder, "spec.yaml").or_else(|| read(folder, "spec.json"))),
    );
    texts.retain(|text| text.len() < 20_000);
    texts
}

fn trees() -> Vec<Value> {
    seeds()
        .into_iter()
        .filter_map(|text| {
            let source = sdkgen::source::Source::new("seed.yaml", text);
            Some(sdkgen::load::load(&source, &mut sdkgen::diag::Sink::new())?.into_tree().root)
        })
        .collect()
}

#[test]
fn changed_texts_are_read_or_refused() {
    let seeds = seeds();
    each(CHANGES, |number| {
        let mut numbers = Numbers::seeded(number);
        let mut text = numbers.pick(&seeds).clone().into_bytes();
        fuzz::mutate::bytes(&mut text, &mut numbers);
        fuzz::load(&text);
    });
}

#[test]
fn changed_trees_have_one_normal_form_and_harmless_output() {
    let trees = trees();
    let generated = std::sync::atomic::AtomicU64::new(0);
    each(CHANGES, |number| {
        let mut numbers = Numbers::seeded(number);
        let mut tree = numbers.pick(&trees).clone();
        fuzz::mutate::tree(&mut tree, &mut numbers);
        fuzz::normal(&tree);
        generated.fetch_add(u64::from(fuzz::whole(&tree)), std::sync::atomic::Ordering::Relaxed);
    });
    let generated = generated.into_inner();
    assert!(generated > CHANGES / 20, "only {generated} of {CHANGES} got through");
}

#[test]
fn random_documents_have_one_normal_form_and_harmless_output() {
    each(CHANGES, |number| {
        fuzz::pipeline(&number.to_le_bytes());
        fuzz::normalize(&number.to_be_bytes());
    });
}

#[test]
fn any_text_can_be_a_name() {
    each(HOSTILE.len() as u64, |number| {
        let at = usize::try_from(number).unwrap();
        let next = HOSTILE[(at * 7 + 3) % HOSTILE.len()];
        fuzz::names(format!("{}\u{1}{next}\u{1}Plain", HOSTILE[at]).as_bytes());
    });
}

#[test]
fn changed_bodies_are_decoded_or_refused() {
    let mut bodies: Vec<Vec<u8>> =
        vec![b"{}".to_vec(), b"[null]".to_vec(), b"{\"kind\":\"a\",\"type\":{}}".to_vec()];
    for case in cases().unwrap() {
        bodies.extend(case.bodies.iter().map(|(_, _, body)| body.to_string().into_bytes()));
    }
    let tables: Vec<_> =
        ROUND_TRIPS.iter().flat_map(|(name, rows)| rows.iter().map(move |row| (name, row))).collect();
    // Without the goldens there are no types.
    each(if tables.is_empty() { 0 } else { CHANGES * 4 }, |number| {
        let mut numbers = Numbers::seeded(number);
        let mut body = numbers.pick(&bodies).clone();
        fuzz::mutate::bytes(&mut body, &mut numbers);
        for _ in 0..8 {
            let (name, (pointer, echo)) = numbers.pick(&tables);
            fuzz::decode(&format!("{name}{pointer}"), echo, &body);
        }
    });
}
