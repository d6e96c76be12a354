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
        "generator/src",
        "learn/compare.rs learn/compare/object.rs learn/compare/union.rs",
        "inherent: values hold values",
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
];
