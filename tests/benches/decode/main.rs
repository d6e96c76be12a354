//! Decoding and encoding the documented example of a workflow run: the generated models beside models written by hand with
//! serde derive: `cargo bench -p tests --bench decode`.
//!
//! Criterion's figures come first, then the ratio of the medians of both, measured in turn. The generated models do more:
//! they keep what they do not know.

mod by_hand;
#[path = "../support/pairs.rs"]
mod pairs;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use retab::runtime::model;
use retab::types::WorkflowRun;
use tests::document::{Document, ExampleOf};

/// The most that the generated models may take, as a multiple of those written by hand.
const MOST: f64 = 1.0;

const PAIRS: usize = 2000;
/// One measurement is this many times the work, since one alone is shorter than the clock is fine.
const TIMES: u32 = 200;

/// The example of `GET /v1/workflows/runs/{run_id}`.
fn body() -> Vec<u8> {
    let document =
        Document::read(tests::checkout().join("spec/retab-2026-05.yaml")).expect("the document is there");
    let of_the_run = |of: &ExampleOf| matches!(of, ExampleOf::Media { operation, .. } if operation == "GET /v1/workflows/runs/{run_id}");
    let example = document.examples().into_iter().find(|example| of_the_run(&example.of));
    serde_json::to_vec(&example.expect("the operation has an example").value).expect("JSON is written")
}

fn timed<T>(work: impl Fn() -> T) -> Duration {
    let begun = Instant::now();
    for _ in 0..TIMES {
        black_box(work());
    }
    begun.elapsed() / TIMES
}

fn main() {
    let body = body();
    let read = || model::from_slice::<WorkflowRun>(black_box(&body)).expect("the example decodes");
    let read_by_hand =
        || serde_json::from_slice::<by_hand::WorkflowRun>(black_box(&body)).expect("the example decodes");
    let (run, run_by_hand) = (read(), read_by_hand());
    let write = || model::to_vec(black_box(&run));
    let write_by_hand = || serde_json::to_vec(black_box(&run_by_hand)).expect("JSON is written");

    let mut criterion = Criterion::default().measurement_time(Duration::from_secs(3)).configure_from_args();
    let mut group = criterion.benchmark_group("decode a workflow run");
    group.bench_function("generated", |b| b.iter(read));
    group.bench_function("by hand", |b| b.iter(read_by_hand));
    group.finish();
    let mut group = criterion.benchmark_group("encode a workflow run");
    group.bench_function("generated", |b| b.iter(write));
    group.bench_function("by hand", |b| b.iter(write_by_hand));
    group.finish();
    criterion.final_summary();

    let decoded = pairs::medians(PAIRS, || timed(read), || timed(read_by_hand));
    let encoded = pairs::medians(PAIRS, || timed(write), || timed(write_by_hand));
    for (name, (generated, by_hand)) in [("decode", decoded), ("encode", encoded)] {
        let ratio = generated / by_hand;
        let verdict = if ratio <= MOST { "within" } else { "ABOVE" };
        println!(
            "{name}: median of {PAIRS} pairs: generated {generated:.3} us, by hand {by_hand:.3} us, ratio {ratio:.3}, {verdict} {MOST}"
        );
    }
}
