//! What is read from `names.lock`, and what is said of one that cannot be.

use super::*;
use crate::diag::{Style, render};
use crate::source::Source;

/// Reads a text, and returns the reports.
fn read(text: &str) -> (Option<Lock>, String) {
    let source = Source::new("names.lock", text);
    let mut sink = Sink::new();
    let lock = lock(&source, 0, &mut sink);
    let empty = Source::new("", "");
    (lock, render(&sink.finish(), &[&empty, &empty, &source], Style::PLAIN))
}

#[test]
fn what_is_written_is_read() {
    let mut lock = Lock::default();
    let odd = "#/paths/~1a\"b\\c\u{7}/日";
    lock.insert(Section::Types, odd, vec!["Thing".to_owned(), "things".to_owned()]);
    lock.insert(Section::Fields, "/components/schemas/A a.b", vec!["a_b".to_owned()]);
    lock.insert(Section::Order, "x", vec!["query b".to_owned(), "query a".to_owned()]);
    let text = lock.text();
    assert_eq!(read(&text), (Some(lock.clone()), String::new()));
    assert_eq!(lock.name(Section::Types, odd, 1), Some("things"));
    assert_eq!(lock.name(Section::Types, odd, 2), None);
    assert_eq!(lock.get(Section::Types, "elsewhere"), &[] as &[String]);
    assert!(read("").0.is_some_and(|lock| lock.is_empty()));
}

#[test]
fn what_is_broken_is_named_with_its_line() {
    let (lock, said) = read("[types]\n\"/a\" = \"A\"\n\"/b\" = \n");
    assert!(lock.is_none() && said.contains("names.lock:3:"), "{said}");
    let (lock, said) = read("[types]\n\"/a\" = \"A\"\n\"/a\" = \"B\"\n");
    assert!(lock.is_none() && said.contains("names.lock:3:1") && said.contains("duplicate"), "{said}");
    let (lock, said) = read("[types]\n\"/a\" = 1\n\"/b\" = [\"B\", 2]\n\"/c\" = \"C\"\n");
    assert!(
        said.contains("names.lock:2:") && said.contains("`/a` must be a name or an array of names"),
        "{said}"
    );
    assert!(said.contains("names.lock:3:"), "{said}");
    assert_eq!(lock.unwrap().name(Section::Types, "/c", 0), Some("C"));
    assert!(read("types = 3\n").1.contains("`types` must be a table"));
}

#[test]
fn a_section_of_a_later_version_is_not_passed_over() {
    let (_, said) = read("[types]\n\"/a\" = \"A\"\n[colours]\n\"/a\" = \"Red\"\n");
    assert!(said.contains("names.lock:3:2") && said.contains("no section `colours`"), "{said}");
    assert!(said.contains("the newer version"), "{said}");
}

#[test]
fn the_marks_of_a_merge_have_a_word_of_their_own() {
    let text = "[types]\n<<<<<<< ours\n\"/a\" = \"A\"\n=======\n\"/b\" = \"B\"\n>>>>>>> theirs\n";
    let (lock, said) = read(text);
    assert!(lock.is_none() && said.contains("names.lock:2:1"), "{said}");
    assert!(said.contains("merge conflict markers") && said.contains("lines of both sides"), "{said}");
    assert_eq!(said.matches("error").count(), 1, "{said}");
    // A location that looks like a marker is not one.
    assert!(read("[types]\n\"=======\" = \"A\"\n").0.is_some());
}

#[test]
fn names_follow_an_operation_to_its_new_route() {
    let mut lock = Lock::default();
    let one = |name: &str| vec![name.to_owned()];
    lock.insert(Section::Ids, "list", one("GET /trips"));
    lock.insert(Section::Ids, "get", one("GET /trips/{id}"));
    lock.insert(Section::Operations, "GET /trips", one("list"));
    lock.insert(Section::Arguments, "GET /trips query page", one("page"));
    lock.insert(Section::Operations, "GET /trips/{id}", one("get"));
    lock.insert(Section::Types, "#/paths/~1trips/get/responses/200", one("Trips"));
    lock.insert(Section::Fields, "#/paths/~1trips/get/responses/200 a-b", one("a_b"));
    lock.insert(Section::Types, "#/paths/~1trips~1{id}/get/responses/200", one("Trip"));
    let now = [("list", "/v2/trips"), ("get", "/trips/{id}"), ("new", "/trips/new")];
    let lock = lock.follow(now.iter().map(|(id, path)| (*id, "GET".to_owned(), *path)));
    assert_eq!(lock.name(Section::Operations, "GET /v2/trips", 0), Some("list"));
    assert_eq!(lock.name(Section::Arguments, "GET /v2/trips query page", 0), Some("page"));
    assert_eq!(lock.name(Section::Types, "#/paths/~1v2~1trips/get/responses/200", 0), Some("Trips"));
    assert_eq!(lock.name(Section::Fields, "#/paths/~1v2~1trips/get/responses/200 a-b", 0), Some("a_b"));
    assert_eq!(lock.name(Section::Operations, "GET /trips", 0), None);
    assert_eq!(lock.name(Section::Operations, "GET /trips/{id}", 0), Some("get"));
    assert_eq!(lock.name(Section::Types, "#/paths/~1trips~1{id}/get/responses/200", 0), Some("Trip"));
    // If another operation has the old route, it keeps the entries.
    let taken = [("list", "/v2/trips"), ("other", "/trips")];
    let kept = lock.follow(taken.iter().map(|(id, path)| (*id, "GET".to_owned(), *path)));
    assert_eq!(kept, lock);
}
