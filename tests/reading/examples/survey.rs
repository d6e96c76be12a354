//! Prints what the tests make of documents: `cargo run --release -p reading --example survey -- FILE…`.
//!
//! One line per file: operations, examples that fit, schemas, bodies that fit, bodies refused, schemas without three bodies.
//! With `REASONS=1` the reasons are listed too.

use reading::document::Document;
use reading::judge::{Judge, Side};
use reading::synth::{synthesise, targets};
use std::collections::BTreeMap;
use std::time::Instant;

fn main() {
    for path in std::env::args().skip(1) {
        if let Err(e) = survey(&path) {
            println!("{path}: {e}");
        }
    }
}

fn survey(path: &str) -> Result<(), String> {
    let start = Instant::now();
    let document = Document::read(path)?;
    let mut judges = BTreeMap::new();
    for (key, side) in [(0, Side::Both), (1, Side::Request), (2, Side::Response)] {
        judges.insert(key, Judge::new(&document, side)?);
    }
    let judge = |side| &judges[&(side as usize + 1).rem_euclid(3)];
    let reasons = std::env::var_os("REASONS").is_some();
    let examples = document.body_examples();
    let mut fitting = 0;
    for example in &examples {
        let place = document.resolve(&example.schema).map(|(place, _)| place).unwrap_or_default();
        match judge(Side::Both).check(&place, &example.value) {
            Ok(()) => fitting += 1,
            Err(e) if reasons => println!("  example {}: {}", example.pointer, cut(&e)),
            Err(_) => {}
        }
    }
    let targets = targets(&document);
    let (mut accepted, mut rejected, mut short) = (0, 0, 0);
    for (pointer, side) in &targets {
        let made = synthesise(&document, judge(*side), pointer, *side);
        accepted += made.accepted.len();
        rejected += made.rejected.len();
        short += usize::from(made.accepted.len() < 3);
        if reasons && made.accepted.len() < 3 {
            println!("  short {pointer}: {} {:?}", made.accepted.len(), made.impossible);
        }
        if reasons {
            for (body, reason) in made.rejected.iter().take(1) {
                println!("  {pointer} ({}): {}", body.label, cut(reason));
            }
        }
    }
    println!(
        "{path}: {} operations, {fitting} of {} examples fit, {} schemas, {accepted} bodies fit, {rejected} refused, {short} schemas \
         without three, {:.1} s",
        document.operations().len(),
        examples.len(),
        targets.len(),
        start.elapsed().as_secs_f32()
    );
    Ok(())
}

fn cut(text: &str) -> String {
    text.chars().rev().take(160).collect::<Vec<_>>().into_iter().rev().collect()
}
