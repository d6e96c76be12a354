//! Circles between source files: files that cannot be read one after the other.
//!
//! A file imports another if one of its paths leads to an item that the other defines. Paths that start at a child
//! module count, so a parent that calls its child is in a circle if the child uses what the parent defines.
//! Declaring a module or re-exporting an item is no import. A call on `self` leads to the method of the same type, if one
//! file has it. Tests are left out.

mod graph;
mod known;
mod scan;

use graph::Graph;
use known::KNOWN;
use std::collections::BTreeSet;
use tests::checkout;

/// The crates that are searched, by their `src` folder.
const CRATES: [&str; 3] = ["generator/src", "generator/runtime/src", "xtask/dev/src"];

/// The code of a crate, and what its files import.
fn graph(folder: &str) -> Graph {
    let files = super::sources(&[folder]).into_iter().map(|(path, text)| {
        let inside = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        (inside, text)
    });
    // `main.rs` is a crate of its own, which nothing can import.
    Graph::of(files.filter(|(path, _)| path != "main.rs" && !path.starts_with("bin/")))
}

#[test]
fn files_import_in_one_direction() {
    let mut wrong = Vec::new();
    for folder in CRATES {
        assert!(checkout().join(folder).is_dir(), "`{folder}` is gone");
        let graph = graph(folder);
        let known = KNOWN.iter().filter(|(crate_, ..)| *crate_ == folder);
        let mut known: Vec<BTreeSet<&str>> =
            known.map(|(_, files, _)| files.split_whitespace().collect()).collect();
        for circle in graph.circles() {
            if let Some(i) = known.iter().position(|files| *files == circle) {
                known.remove(i);
                continue;
            }
            let files: Vec<&str> = circle.iter().copied().collect();
            wrong.push(format!("`{folder}` has a circle that is not in `known.rs`: {}", files.join(" ")));
            wrong.extend(graph.edges(&circle).map(|(from, to, path)| format!("  {from} → {to}: `{path}`")));
        }
        wrong.extend(known.iter().map(|files| {
            let files: Vec<&str> = files.iter().copied().collect();
            format!("`known.rs` has a circle that `{folder}` has not: {}", files.join(" "))
        }));
    }
    let advice = "move what both sides need into a file of its own, or let the callee return what it found; where the \
                  recursion is inherent, name it here and in ARCHITECTURE.md";
    super::assert_none(wrong, advice);
}

/// The circles of a small crate.
fn circles(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let graph = Graph::of(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    graph.circles().iter().map(|files| files.iter().map(|&file| file.to_owned()).collect()).collect()
}

#[test]
fn circles_are_found() {
    let root = ("lib.rs", "mod a; mod b; pub use a::A;");
    let back = ("b.rs", "use crate::A; pub fn b(_: A) {}");
    // By `use`, by a path in a function, in a macro, and through a re-export.
    for a in [
        "use super::b; pub struct A;",
        "pub struct A; fn f() { crate::b::b(A) }",
        "pub struct A; fn f() { vec![crate::b::b(A)]; }",
        "use {std::fmt, crate::{b::{self as c}}}; pub struct A;",
    ] {
        assert_eq!(circles(&[root, ("a.rs", a), back]), [["a.rs", "b.rs"]], "{a}");
    }
    // Comments, texts, tests and generated code do not count.
    for a in [
        "// crate::b::b\npub struct A;",
        "/// [`crate::b::b`]\npub struct A; const X: &str = \"crate::b::b\";",
        "pub struct A; #[cfg(test)] mod tests { use crate::b; }",
        "pub struct A; #[cfg(test)] #[allow(unused)] fn f() { crate::b::b(A) }",
        "pub struct A; fn f() { quote! { crate::b::b } }",
    ] {
        assert_eq!(circles(&[root, ("a.rs", a), back]), [[""; 0]; 0], "{a}");
    }
}

#[test]
fn circles_of_parents_and_children_are_found() {
    let child = ("a/b.rs", "use super::A; pub fn b(_: A) {} pub struct B;");
    assert_eq!(circles(&[("a.rs", "mod b; pub struct A; fn f() { b::b(A) }"), child]), [["a.rs", "a/b.rs"]]);
    assert_eq!(
        circles(&[("a.rs", "mod b; pub use b::B; pub struct A; fn f(_: B) {}"), child]),
        [["a.rs", "a/b.rs"]]
    );
    assert_eq!(circles(&[("a.rs", "mod b; pub use b::B; pub struct A;"), child]), [[""; 0]; 0]);
    // A method that another file adds to the same type.
    let own = "mod b; pub struct A; impl A { fn f(&self) { self.g() } fn h(&self) {} }";
    let far = |call: &str| {
        format!(
            "use super::A; impl<T: Fn() -> u8> Clone for A where T: B {{}} impl A {{ fn g(&self) {{ {call} }} }}"
        )
    };
    assert_eq!(circles(&[("a.rs", own), ("a/b.rs", &far("self.h()"))]), [["a.rs", "a/b.rs"]]);
    let apart = [
        ("lib.rs", "mod a; mod c; pub struct A;"),
        ("a.rs", "use crate::A; impl A { fn f(&self) { self.g() } }"),
    ];
    assert_eq!(
        circles(&[apart[0], apart[1], ("c.rs", "use crate::A; impl A { fn g(&self) {} }")]),
        [[""; 0]; 0]
    );
    // The parent only passes on what a third file defines.
    let third = ("a/c.rs", "pub struct A;");
    assert_eq!(
        circles(&[("a.rs", "mod b; mod c; use c::A; fn f() { b::b(A) }"), child, third]),
        [[""; 0]; 0]
    );
}
