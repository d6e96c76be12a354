use tests::percent::{decode, decode_form};

#[test]
fn decodes_what_is_encoded_and_nothing_else() {
    assert_eq!(decode("a%20b%2Fc"), "a b/c");
    assert_eq!(decode("100%"), "100%");
    assert_eq!(decode("%zz+%c3%A9"), "%zz+é");
    assert_eq!(decode_form("a+b%2B"), "a b+");
}
