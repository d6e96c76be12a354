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
        call::format(quote!(operation!(List => Json<types::Page>);)),
        "operation!(List => Json<types::Page>);\n"
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

#[test]
fn labels_cannot_break_the_marker() {
    assert!(!marker("a\nb").contains('\n'));
}
