//! What rustdoc itself makes of documentation: nothing of a document is run, and nothing is warned of.

use std::path::Path;
use std::process::{Command, Output};

use fuzz::docs::comments;
use fuzz::markdown::document;
use fuzz::numbers::Numbers;
use sdkgen::Input;
use sdkgen::diag::Sink;
use sdkgen::source::Source;

/// How our own examples begin: they are what may be run.
const OURS: &str = "```no_run\n# ";

/// A crate with a type for each comment, without our examples.
fn crate_of<'a>(comments: impl Iterator<Item = &'a String>) -> String {
    let items = comments.enumerate().map(|(at, text)| {
        let text = text.replace(OURS, "```text\n# ");
        format!("#[doc = {text:?}]\npub struct S{at};\n")
    });
    format!("//! Comments.\n{}", items.collect::<String>())
}

fn rustdoc(path: &Path, args: &[&str]) -> Output {
    let rustdoc = std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    let out = path.with_extension("doc");
    let output =
        Command::new(rustdoc).args(["--edition", "2024"]).args(args).arg("-o").arg(out).arg(path).output();
    output.expect("rustdoc can be run")
}

/// The files of code; none if a text makes the document one that is refused.
fn files((name, document): (&str, String)) -> Vec<String> {
    let input = Input::new(Source::new(name, document));
    let Some(output) = sdkgen::generate(&input, &mut Sink::new()) else { return Vec::new() };
    let files = output.files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.contains("/runtime/"));
    files.map(|(_, text)| text.to_owned()).collect()
}

#[test]
fn rustdoc_finds_no_test_and_no_problem() {
    let fences =
        std::fs::read_to_string(tests::checkout().join("tests/cases/docs-fences/spec.yaml")).unwrap();
    let random = (0..25).map(|seed| ("random.json", document(&mut Numbers::seeded(seed)).to_string()));
    let found: Vec<String> = std::iter::once(("spec.yaml", fences))
        .chain(random)
        .flat_map(files)
        .flat_map(|file| comments(&file))
        .collect();
    assert!(found.len() > 1_000, "only {} comments", found.len());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("doctests-{}.rs", std::process::id()));
    std::fs::write(&path, crate_of(found.iter())).unwrap();

    let listed = rustdoc(&path, &["--test", "--test-args", "--list"]);
    let text = String::from_utf8_lossy(&listed.stdout);
    assert!(text.contains("0 tests, 0 benchmarks"), "{text}\n{}", String::from_utf8_lossy(&listed.stderr));

    // The items that our own links name are not there.
    let built = rustdoc(&path, &["-D", "warnings", "-A", "rustdoc::broken_intra_doc_links"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));

    // The same finds a test where there is one.
    std::fs::write(&path, crate_of([String::from("a\n\n    let x = 1;")].iter())).unwrap();
    let listed = rustdoc(&path, &["--test", "--test-args", "--list"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("1 test, 0 benchmarks"));
    let _ = std::fs::remove_file(&path);
    let _ = std::fs::remove_dir_all(path.with_extension("doc"));
}
