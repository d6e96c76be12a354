//! The examples run, and print what they promise; none of them needs a key or the network.
//!
//! `cargo test` builds them beside the tests; `cargo test --tests` does not, so that this does. After a change of one,
//! `cargo test --test examples` runs the one from before.

use std::path::Path;
use std::process::Command;
use std::sync::Once;

/// The output of an example.
fn run(name: &str) -> String {
    static BUILT: Once = Once::new();
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().find(|folder| folder.ends_with("deps")).and_then(Path::parent).unwrap();
    let program = folder.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        BUILT.call_once(|| build(folder.parent().unwrap()));
    }
    let output = Command::new(&program).env_remove("RETAB_API_KEY").output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: {}\n{out}{err}", output.status);
    out.into_owned()
}

fn build(target: &Path) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--examples", "--target-dir"]).arg(target).current_dir(env!("CARGO_MANIFEST_DIR"));
    assert!(cargo.status().unwrap().success(), "the examples do not compile");
}

#[test]
fn the_reference_page() {
    let out = run("get_run");
    assert!(out.starts_with("run_abc123xyz took 15000 ms\nExtract (extract): completed\n"), "{out}");
    assert!(out.ends_with("  artifact prs_1: parse\n"), "{out}");
}

#[test]
fn a_file_is_uploaded_and_extracted_by_a_struct() {
    assert_eq!(run("extract"), "invoice.pdf: 12.5 EUR\n");
}

#[test]
fn runs_of_all_pages_are_stopped() {
    let expected = "run_1: cancelled\nrun_2: cancelled\nrun_3: cancelled\nrun_4: cancelled\n";
    assert_eq!(run("cancel_runs"), expected);
}

#[test]
fn a_stream_is_read_as_it_comes() {
    assert_eq!(run("stream"), "{\"total\": 12.5, \"currency\": \"EUR\"}\n");
}

#[test]
fn errors_say_what_they_are() {
    let out = run("errors");
    let lines: Vec<&str> = out.lines().collect();
    let begins = [
        "not there: ",
        "asked to wait for Some(2s) (0 left)",
        "a mistake of this program: ",
        "refused: not a PDF",
        "no server after 2 attempts; may be tried again: true",
    ];
    assert_eq!(lines.len(), begins.len(), "{out}");
    for (line, begin) in lines.iter().zip(begins) {
        assert!(line.starts_with(begin), "{line}\nnot: {begin}");
    }
}

#[test]
fn code_is_tested_without_a_network() {
    let out = run("mock");
    assert!(out.starts_with("completed, total 12.5\nno such run\n"), "{out}");
    assert_eq!(out.lines().count(), 6, "{out}");
}

#[test]
fn calls_block() {
    assert_eq!(run("blocking"), "run_1\nrun_2\nrun_3\nrun_4\nrun_abc123xyz is completed\n34 bytes of text\n");
}

#[test]
fn a_service_answers() {
    assert_eq!(run("axum"), "run_abc123xyz: \"completed\"\nrun_gone: Some(404)\n");
}

#[test]
fn seams_and_middleware() {
    let out = run("seams");
    assert!(out.contains("run_abc123xyz: completed\n") && out.contains("may be tried again: true"), "{out}");
    let out = run("middleware");
    assert_eq!(out.matches("-> ").count(), 2, "{out}");
    assert_eq!(out.matches("run_abc123xyz: completed\n").count(), 2, "{out}");
}
