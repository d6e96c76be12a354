//! The case folders: what the generator makes of each, whether that gives back what it is given, and whether what is asked is
//! itself right. `UPDATE_EXPECT=1 cargo test -p tests --no-default-features cases` writes the goldens anew, also such as do not compile.

use tests::case::{Case, Output, cases, generate, is_update, settle};
use tests::document::{Document, escape};
use tests::make_rows;
use tests::mounts::{MADE, ROUND_TRIPS};
use tests::sweep::{Judges, round_trip};
use tests::sweep_rows;
use tests::synth::{synthesise, targets};

/// How many constructs there must be at least.
const CONSTRUCTS: usize = 45;

fn document(case: &Case) -> Document {
    let text = case.meant().unwrap_or_else(|| case.spec.clone());
    let document = Document::parse(&format!("{}/spec.yaml", case.name), &text).unwrap();
    let config: toml::Table = case.config.as_deref().unwrap_or_default().parse().unwrap();
    let Some(fixups) = config.get("fixup").and_then(toml::Value::as_array) else { return document };
    let mut root = document.root().clone();
    fixups.iter().for_each(|fixup| correct(&mut root, fixup));
    Document::parse(&format!("{}/spec.json", case.name), &root.to_string()).unwrap()
}

/// What `[[fixup]]` of `sdk.toml` says, done to a document.
fn correct(root: &mut serde_json::Value, fixup: &toml::Value) {
    let (home, key) = fixup["at"].as_str().unwrap().rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    let new = fixup.get("set").map(|value| serde_json::to_value(value).unwrap());
    match (root.pointer_mut(home).unwrap(), new) {
        (serde_json::Value::Object(object), Some(new)) => drop(object.insert(key, new)),
        (serde_json::Value::Object(object), None) => drop(object.remove(&key).unwrap()),
        (serde_json::Value::Array(items), Some(new)) if key == "-" => items.push(new),
        (other, _) => panic!("{fixup} in {other}"),
    }
}

/// What the generator makes of a case.
fn made(case: &Case) -> Output {
    Output::from(&generate(&case.folder, None).unwrap())
}

#[test]
fn goldens_are_fresh() {
    let update = is_update();
    let mut wrong = Vec::new();
    for case in cases().unwrap() {
        let output = made(&case);
        if case.is_bad() != output.files.is_empty() {
            let what = if case.is_bad() { "was not refused" } else { "was refused" };
            wrong.push(format!("case `{}` {what}\n{}", case.name, output.report));
        }
        let differences = settle(&case, &output, update).unwrap();
        if !differences.is_empty() && !update {
            wrong.push(format!("case `{}`: {}", case.name, differences.join("\n  ")));
        }
    }
    let advice = "if this is meant: `UPDATE_EXPECT=1 cargo test -p tests --no-default-features cases`, and look at what changed";
    assert!(wrong.is_empty(), "{}\n{advice}", wrong.join("\n"));
}

#[test]
fn documents_are_read_as_they_are_meant() {
    let mut count = 0;
    for case in cases().unwrap() {
        let Some(meant) = case.meant() else { continue };
        let (found, meant) = (made(&case), Output::from(&generate(&case.folder, Some(meant)).unwrap()));
        assert_eq!(found.files.keys().collect::<Vec<_>>(), meant.files.keys().collect::<Vec<_>>());
        let differ = found.files.iter().filter(|(path, text)| meant.files[*path] != **text);
        assert_eq!(
            differ.map(|(path, _)| path).collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "`{}`",
            case.name
        );
        // Bodies may have moved with the slip; what is named stays.
        let named = |output: &Output| -> Vec<_> {
            output.names.iter().filter(|(at, _)| at.starts_with("/components/")).cloned().collect()
        };
        assert_eq!(named(&found), named(&meant));
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn there_are_enough() {
    let all = cases().unwrap();
    let good = all.iter().filter(|case| !case.is_bad()).count();
    let bodies: usize = all.iter().map(|case| case.bodies.len()).sum();
    println!("{good} constructs, {} refusals, {bodies} bodies", all.len() - good);
    assert!(good >= CONSTRUCTS, "only {good} constructs");
    for case in &all {
        assert!(
            case.spec.starts_with("# "),
            "`{}/spec.yaml` does not begin with what it is about",
            case.name
        );
    }
}

/// Files that every SDK has and few cases are about.
const FRAME: [&str; 4] = ["Cargo.toml", "README.md", "src/client.rs", "src/lib.rs"];
/// In how many cases each of them may be a golden.
const FRAMES: usize = 20;

#[test]
fn few_cases_hold_what_every_sdk_has() {
    for file in FRAME {
        let all = cases().unwrap();
        let held = all.iter().filter(|case| case.folder.join("out").join(file).is_file()).count();
        assert!(
            held <= FRAMES,
            "{held} cases have a golden of `{file}`: remove `out/{file}` where the case is not about it"
        );
    }
}

#[test]
fn their_bodies_fit_their_schemas() {
    for case in cases().unwrap().iter().filter(|case| !case.is_bad()) {
        let document = document(case);
        let judges = Judges::new(&document).unwrap();
        for (schema, file, body) in &case.bodies {
            let pointer = format!("/components/schemas/{}", escape(schema));
            let (place, _) = document
                .resolve(&pointer)
                .unwrap_or_else(|| panic!("`{}/{file}`: no such schema", case.name));
            let judged = judges.of(tests::judge::Side::Both).check(&place, body);
            assert_eq!(judged, Ok(()), "`{}/{file}`", case.name);
        }
    }
}

/// Cases whose schemas no body fits, strictly speaking: closed branches of a union lack a property that stands beside it.
const UNSATISFIABLE: [&str; 1] = ["union-in-files"];

/// Cases with properties beside a closed parent: types have them, although no body with them is valid, strictly speaking.
const CLOSED: [&str; 1] = ["mixtures"];

#[test]
fn their_schemas_get_bodies() {
    let mut count = 0;
    let fit = |case: &&Case| !case.is_bad() && !UNSATISFIABLE.contains(&case.name.as_str());
    for case in cases().unwrap().iter().filter(fit) {
        let document = document(case);
        let judges = Judges::new(&document).unwrap();
        for (pointer, side) in targets(&document) {
            let made = synthesise(&document, judges.of(side), &pointer, side);
            assert!(made.accepted.len() >= 3, "`{}`, `{pointer}`: {:?}", case.name, made.rejected.first());
            count += made.accepted.len();
        }
    }
    println!("{count} bodies for the schemas of all cases");
}

#[test]
fn goldens_give_back_what_they_are_given() {
    let (mut bodies, mut failures) = (0, Vec::new());
    for case in cases().unwrap().iter().filter(|case| case.folder.join("out").is_dir()) {
        let Some((_, rows)) = ROUND_TRIPS.iter().find(|(name, _)| *name == case.name) else { continue };
        for (schema, file, body) in &case.bodies {
            let pointer = format!("/components/schemas/{}", escape(schema));
            let echo = rows.iter().find(|(known, _)| *known == pointer).map(|(_, echo)| *echo);
            let done = echo
                .ok_or_else(|| "the schema has no type".to_owned())
                .and_then(|e| round_trip(e, body).map(drop));
            failures.extend(done.err().map(|reason| format!("`{}/{file}`: {reason}", case.name)));
            bodies += 1;
        }
        // What a type of another crate takes is that crate's to say; the bodies of the folder are those it takes. What fixups change is
        // not what the document says.
        let is_other = |config: &String| ["[replace]", "[[fixup]]"].iter().any(|key| config.contains(key));
        if case.config.as_ref().is_some_and(is_other) {
            continue;
        }
        let tally = sweep_rows(&document(case), rows);
        println!("{}", tally.line(&case.name));
        failures.extend(tally.failures.iter().map(|failure| format!("`{}`: {failure}", case.name)));
    }
    println!("{bodies} bodies of the case folders");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn values_made_by_constructors_and_variants_are_valid() {
    let mut failures = Vec::new();
    let fits = |case: &Case| !UNSATISFIABLE.iter().chain(&CLOSED).any(|name| *name == case.name);
    for case in cases().unwrap().into_iter().filter(fits) {
        let Some((_, leaves, rows)) = MADE.iter().find(|(name, _, _)| *name == case.name) else { continue };
        let tally = make_rows(&document(&case), leaves, rows);
        println!("{}", tally.line(&case.name));
        failures.extend(tally.failures.iter().map(|failure| format!("`{}`: {failure}", case.name)));
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_folder_is_compared_and_brought_up_to_date() {
    let folder = std::env::temp_dir().join(format!("settle-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("out/src")).unwrap();
    std::fs::write(folder.join("out/src/stale.rs"), "old").unwrap();
    let case =
        Case { name: "x".into(), folder: folder.clone(), spec: String::new(), config: None, bodies: vec![] };
    std::fs::write(folder.join("out/README.md"), "").unwrap();
    let files = FRAME.iter().chain(&["src/types.rs"]).map(|path| ((*path).to_owned(), "a\nb\n".to_owned()));
    let output = Output {
        files: files.collect(),
        report: "warning\n".into(),
        names: vec![("/components/schemas/A".into(), "types::A".into())],
    };
    let differences = settle(&case, &output, false).unwrap().join("\n");
    assert!(differences.contains("`out/src/stale.rs` is not written any more"), "{differences}");
    assert!(differences.contains("`out/src/types.rs` is new"), "{differences}");
    assert_eq!(settle(&case, &output, true).unwrap().join("\n"), differences);
    assert_eq!(settle(&case, &output, false), Ok(vec![]));
    assert!(!folder.join("out/src/stale.rs").exists());
    // What every SDK has is a golden where the folder holds it.
    let held = FRAME.map(|path| std::fs::read_to_string(folder.join("out").join(path)).ok());
    assert_eq!(held, [None, Some("a\nb\n".to_owned()), None, None]);
    let changed = Output { report: "another\n".into(), ..output };
    let differences = settle(&case, &changed, false).unwrap();
    assert!(differences[0].contains("line 1\n    - warning\n    + another"), "{differences:?}");
    std::fs::remove_dir_all(folder).unwrap();
}
