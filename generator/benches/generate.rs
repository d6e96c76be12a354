//! Time of generating an SDK, from the text of a document to the texts of all files: `cargo bench -p sdkgen --bench
//! generate`.
//!
//! The document is Retab's, with its choices and its names; `DOCUMENTS=FILE:FILE` adds others, without choices.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use sdkgen::Input;
use sdkgen::diag::Sink;
use sdkgen::source::Source;

/// Adds documents, in the form of `PATH`.
const DOCUMENTS: &str = "DOCUMENTS";

fn read(path: &Path) -> Source {
    let text =
        std::fs::read_to_string(path).unwrap_or_else(|e| panic!("cannot read `{}`: {e}", path.display()));
    Source::new(path.display().to_string(), text)
}

fn generate(input: &Input) -> usize {
    let mut sink = Sink::new();
    let output = sdkgen::generate(input, &mut sink).expect("the document is accepted");
    output.files.iter().count()
}

fn benches(criterion: &mut Criterion) {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut retab = Input::new(read(&spec.join("retab-2026-05.yaml")));
    retab.config = Some(read(&spec.join("sdk.toml")));
    retab.lock = Some(read(&spec.join("names.lock")));
    criterion.bench_function("retab", |bencher| bencher.iter(|| generate(black_box(&retab))));
    let others = std::env::var_os(DOCUMENTS).unwrap_or_default();
    let others: Vec<PathBuf> =
        std::env::split_paths(&others).filter(|path| !path.as_os_str().is_empty()).collect();
    let mut group = criterion.benchmark_group("documents");
    group.sample_size(10);
    for path in others {
        let input = Input::new(read(&path));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        group.bench_function(name, |bencher| bencher.iter(|| generate(black_box(&input))));
    }
    group.finish();
}

criterion_group!(generating, benches);
criterion_main!(generating);
