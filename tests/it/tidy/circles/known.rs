//! The circles that there are.
//!
//! The list is a ratchet: take an entry out, or files out of an entry, when a circle is gone. What stays in the end is
//! inherent recursion, and ARCHITECTURE.md names it.

/// Each with the `src` folder of its crate, its files, and the reason why it is there.
pub(super) const KNOWN: &[(&str, &str, &str)] = &[
    (
        "generator/src",
        "lower/family.rs lower/object.rs lower/scalar.rs lower/schema.rs lower/union.rs lower/union/branches.rs \
         lower/union/literal.rs lower/union/several.rs lower/union/tags.rs lower/union/variants.rs",
        "inherent: schemas hold schemas",
    ),
    (
        "generator/runtime/src",
        "runtime/wire/reader.rs runtime/wire/string.rs",
        "inherent: what is between two strings may be a string",
    ),
    (
        "generator/runtime/src",
        "runtime/xml/read.rs runtime/xml/read/union.rs",
        "inherent: values hold values",
    ),
    ("xtask/src", "args.rs args/change.rs", "not taken apart yet"),
    (
        "xtask/src",
        "bodies.rs bodies/index.rs breaks.rs case.rs ci.rs codegen.rs codegen/places.rs codegen/show.rs \
         console.rs corpus.rs diff.rs evolve.rs evolve/report.rs explain.rs features.rs fuzz.rs input.rs \
         input/parts.rs ir.rs judge.rs judge/forms.rs judge/prism.rs judge/served.rs judge/server.rs \
         judge/tools.rs judge/verdict.rs ledger.rs lib.rs lint.rs plant.rs program.rs suite.rs \
         suite/program.rs suite/read.rs suite/report.rs suite/wrap.rs sync.rs sync/fetch.rs sync/upstream.rs \
         versus.rs witness.rs witness/examples.rs",
        "not taken apart yet",
    ),
];
