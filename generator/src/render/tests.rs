use proc_macro2::TokenStream;
use quote::quote;

use super::*;

#[test]
fn short_tables_stand_on_one_line() {
    let tokens = quote!(string_enum!(Mood, Unknown { Asleep = "asleep", Awake = "awake" }););
    assert_eq!(
        call::format(tokens),
        "string_enum!(Mood, Unknown { Asleep = \"asleep\", Awake = \"awake\" });\n"
    );
    assert_eq!(
        call::format(quote!(operation!(List: LIST => Json<types::Page>);)),
        "operation!(List: LIST => Json<types::Page>);\n"
    );
}

#[test]
fn tables_with_semicolons_stand_on_lines() {
    let tokens = quote!(tagged_union!(Pet, "kind", Unknown { Cat(Box<Cat>) = "cat" | "kitten"; Dog(Vec<a::B>) = "dog"; }););
    assert_eq!(
        call::format(tokens),
        "tagged_union!(Pet, \"kind\", Unknown {\n    Cat(Box<Cat>) = \"cat\" | \"kitten\";\n    Dog(Vec<a::B>) = \"dog\";\n});\n"
    );
    let tokens = quote!(paged!(List: types::Page => (String, i64) { cursor "after"; next = .a?.b?; }););
    assert_eq!(
        call::format(tokens),
        "paged!(List: types::Page => (String, i64) {\n    cursor \"after\";\n    next = .a?.b?;\n});\n"
    );
}

#[test]
fn negative_numbers_and_paths_stay_together() {
    let tokens = quote!(integer_enum!(N, Unknown { Low = -1, High = 2 }););
    assert_eq!(call::format(tokens), "integer_enum!(N, Unknown { Low = -1, High = 2 });\n");
    let tokens = quote!(choice!(A { Done(Json<types::X>) = 200..=299; None = _; }););
    assert_eq!(
        call::format(tokens),
        "choice!(A {\n    Done(Json<types::X>) = 200..=299;\n    None = _;\n});\n"
    );
}

fn joined(text: &str) -> String {
    let mut out = Vec::new();
    text.lines().for_each(|line| join::push(&mut out, line.to_owned()));
    out.join("\n")
}

#[test]
fn what_fits_is_joined() {
    assert_eq!(
        joined("fn f(\n    a: A,\n    b: B,\n) -> C {\n    d();\n}"),
        "fn f(a: A, b: B) -> C {\n    d();\n}"
    );
    assert_eq!(joined("Self {\n    a,\n    b: f(\n        1,\n    ),\n}"), "Self { a, b: f(1) }");
    assert_eq!(joined("let a: B = c\n    .d()\n    .e();\nf"), "let a: B = c.d().e();\nf");
    assert_eq!(joined("G(\n    a(b)\n        .c()\n        .d(),\n)"), "G(a(b).c().d())");
    assert_eq!(
        joined("static A: B = B {\n    c: &[\n        1,\n    ],\n};"),
        "static A: B = B { c: &[1] };"
    );
}

#[test]
fn what_must_stay_broken_stays() {
    let wide = format!("f(\n    {},\n    {},\n)", "a".repeat(60), "b".repeat(60));
    for text in [
        "pub struct A {\n    b: C,\n}",
        "pub enum A {\n    B,\n}",
        "impl A {\n    fn b() {\n        c()\n    }\n}",
        "/// text {\n/// a,\n/// }",
        "(\n    a,\n)",
        &wide,
    ] {
        assert_eq!(joined(text), text);
    }
}

#[test]
fn several_groups_of_entries() {
    let tokens =
        quote!(object!(A { 0 required a = "a"; 1 constant "b", "1"; } { 2 optional c = "c"; }, rest more););
    assert_eq!(
        call::format(tokens),
        "object!(A {\n    0 required a = \"a\";\n    1 constant \"b\", \"1\";\n} {\n    2 optional c = \"c\";\n}, rest more);\n"
    );
    assert_eq!(call::format(quote!(object!(A, rest more);)), "object!(A, rest more);\n");
    assert_eq!(call::format(quote!(object!(A);)), "object!(A);\n");
}

/// The documents of the repository, and those in the folder `DOCUMENTS`.
fn documents() -> Vec<std::path::PathBuf> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = |folder: std::path::PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let cases = files(root.join("tests/cases")).map(|case| case.path().join("spec.yaml"));
    let own = files(root.join("spec")).map(|file| file.path());
    let others = std::env::var("DOCUMENTS").into_iter().flat_map(|folder| files(folder.into()));
    let all = cases.chain(own).chain(others.map(|file| file.path()));
    all.filter(|path| path.extension().is_some_and(|ending| ending == "yaml" || ending == "json")).collect()
}

#[test]
fn lines_are_those_of_the_formatter() {
    let documents = documents();
    let compared = documents.par_iter().map(|path| {
        let Ok(text) = std::fs::read_to_string(path) else { return 0 };
        let input = crate::Input::new(crate::source::Source::new(path.display().to_string(), text));
        let Some(sdk) = crate::sdk(&input, &mut crate::diag::Sink::new()) else { return 0 };
        let compare = |tokens: TokenStream| {
            let (text, (group, expected)) = (tokens.to_string(), formatter(tokens.clone()));
            assert_eq!(plain::item(tokens), (group, expected), "{}: {text}", path.display());
        };
        let items = crate::emit::emit(&sdk).into_iter().flat_map(|module| module.content().items);
        let code = items.filter_map(|item| match item {
            Item::Code(tokens) => Some(tokens),
            Item::Inner(_) | Item::Call(_) => None,
        });
        code.map(compare).count()
    });
    let compared: usize = compared.sum();
    assert!(compared > 0, "no document was found");
}
