use crate::runtime::encode::{self, Escape, Style};
use crate::runtime::wire::Node;

/// The values of the standard's examples. They are texts of JSON, so that nothing sorts their properties.
const VALUES: [&str; 4] =
    [r#""""#, r#""blue""#, r#"["blue","black","brown"]"#, r#"{"R":100,"G":200,"B":150}"#];

fn node(json: &str) -> Node<'_> {
    Node::parse(json).unwrap()
}

fn path(style: Style, name: &str, json: &str) -> Result<String, &'static str> {
    encode::path(style, name, &node(json), false)
}

fn query(style: Style, name: &str, json: &str) -> Option<String> {
    encode::query(style, name, &node(json))
}

fn header(style: Style, json: &str) -> Option<String> {
    encode::header(style, &node(json))
}

fn cookie(style: Style, name: &str, json: &str) -> Result<Vec<String>, &'static str> {
    encode::cookie(style, name, &node(json))
}

fn quoted(plain: &str) -> String {
    format!("{plain:?}").replace("\\u{7f}", "\u{7f}")
}

/// The table "Style Examples" of OpenAPI 3.1.1, section 4.8.12.4, with the name `color`.
#[test]
fn the_styles_of_the_standard_in_paths() {
    let table: &[(Style, [Option<&str>; 4])] = &[
        (Style::Simple, [None, Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]),
        (Style::SimpleExplode, [None, Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")]),
        (Style::Label, [None, Some(".blue"), Some(".blue,black,brown"), Some(".R,100,G,200,B,150")]),
        (Style::LabelExplode, [None, Some(".blue"), Some(".blue.black.brown"), Some(".R=100.G=200.B=150")]),
        (
            Style::Matrix,
            [
                Some(";color"),
                Some(";color=blue"),
                Some(";color=blue,black,brown"),
                Some(";color=R,100,G,200,B,150"),
            ],
        ),
        (
            Style::MatrixExplode,
            [
                Some(";color"),
                Some(";color=blue"),
                Some(";color=blue;color=black;color=brown"),
                Some(";R=100;G=200;B=150"),
            ],
        ),
    ];
    for (style, expected) in table {
        for (value, expected) in VALUES.iter().zip(expected) {
            assert_eq!(path(*style, "color", value).ok().as_deref(), *expected, "{style:?} {value}");
        }
    }
}

#[test]
fn the_styles_of_the_standard_in_queries() {
    let table: &[(Style, [&str; 4])] = &[
        (Style::Form, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (
            Style::FormExplode,
            ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
        ),
        (
            Style::SpaceDelimited,
            ["color=", "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
        ),
        (
            Style::PipeDelimited,
            ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
        ),
        (
            Style::DeepObject,
            [
                "color=",
                "color=blue",
                "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
        (
            Style::Json,
            [
                "color=%22%22",
                "color=%22blue%22",
                "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
                "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
            ],
        ),
    ];
    for (style, expected) in table {
        for (value, expected) in VALUES.iter().zip(expected) {
            assert_eq!(query(*style, "color", value).as_deref(), Some(*expected), "{style:?} {value}");
        }
    }
}

#[test]
fn what_is_not_there_is_not_sent() {
    for value in ["null", "[]", "{}", "[null]", r#"{"a": null}"#] {
        for style in
            [Style::Form, Style::FormExplode, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject]
        {
            assert_eq!(query(style, "q", value), None, "{style:?} {value}");
        }
        assert_eq!(header(Style::Simple, value), None, "{value}");
        assert_eq!(path(Style::Simple, "q", value), Err("is empty"), "{value}");
    }
    assert_eq!(query(Style::FormExplode, "q", "[1, null, 2]").as_deref(), Some("q=1&q=2"));
}

#[test]
fn paths_encode_whatever_could_leave_the_segment() {
    let table = [
        ("a/b", "a%2Fb"),
        ("a b", "a%20b"),
        ("a?b#c", "a%3Fb%23c"),
        ("ä", "%C3%A4"),
        ("100%", "100%25"),
        ("{x}", "%7Bx%7D"),
        ("a:b@c", "a%3Ab%40c"),
        ("-._~", "-._~"),
        ("...", "..."),
    ];
    for (text, expected) in table {
        assert_eq!(path(Style::Simple, "id", &quoted(text)).as_deref(), Ok(expected));
    }
    for step in [".", ".."] {
        assert!(path(Style::Simple, "id", &quoted(step)).is_err(), "{step}");
    }
    assert_eq!(path(Style::Simple, "id", "-7").as_deref(), Ok("-7"));
    assert_eq!(path(Style::Simple, "id", "true").as_deref(), Ok("true"));
}

#[test]
fn queries_encode_separators_inside_of_values() {
    assert_eq!(query(Style::Form, "q", r#"["a,b", "c&d"]"#).as_deref(), Some("q=a%2Cb,c%26d"));
    assert_eq!(query(Style::FormExplode, "a b", r#""x+y=z""#).as_deref(), Some("a%20b=x%2By%3Dz"));
    assert_eq!(query(Style::PipeDelimited, "q", r#"["a|b", "c"]"#).as_deref(), Some("q=a%7Cb%7Cc"));
}

#[test]
fn reserved_characters_stay_where_the_document_allows_them() {
    let table = [
        ("/a/b?c", "q=/a/b?c"),
        ("a&b", "q=a%26b"),
        ("a#b", "q=a%23b"),
        ("a+b", "q=a%2Bb"),
        ("a%20b", "q=a%20b"),
        ("50%", "q=50%25"),
        ("%zz%é", "q=%25zz%25%C3%A9"),
        ("x=y;z", "q=x=y;z"),
    ];
    for (text, expected) in table {
        assert_eq!(query(Style::FormReserved, "q", &quoted(text)).as_deref(), Some(expected), "{text}");
    }
    assert_eq!(query(Style::FormExplodeReserved, "q", r#"["a/b", "c"]"#).as_deref(), Some("q=a/b&q=c"));
    assert_eq!(query(Style::DeepObjectReserved, "q", r#"{"a": "x/y"}"#).as_deref(), Some("q%5Ba%5D=x/y"));
}

#[test]
fn deep_objects_nest() {
    let value = r#"{"a": {"b": {"c": 1}}, "list": [1, 2], "objects": [{"x": 1}], "gone": null}"#;
    assert_eq!(
        query(Style::DeepObject, "f", value).as_deref(),
        Some(
            "f%5Ba%5D%5Bb%5D%5Bc%5D=1&f%5Blist%5D%5B0%5D=1&f%5Blist%5D%5B1%5D=2&f%5Bobjects%5D%5B0%5D%5Bx%5D=1"
        )
    );
    // As a server reads it that fills arrays by index: one item is an array, and what is not there leaves no gap.
    assert_eq!(
        query(Style::DeepObject, "f", "[null,[1],2]").as_deref(),
        Some("f%5B0%5D%5B0%5D=1&f%5B1%5D=2")
    );
    assert_eq!(query(Style::DeepObject, "f", r#"{"a&=]":""}"#).as_deref(), Some("f%5Ba%26%3D%5D%5D="));
}

#[test]
fn what_the_styles_leave_open_is_json() {
    assert_eq!(query(Style::FormExplode, "q", r#"[{"a":1}]"#).as_deref(), Some("q=%7B%22a%22%3A1%7D"));
    assert_eq!(header(Style::Simple, r#"{"a":[1,2]}"#).as_deref(), Some("a,[1,2]"));
}

#[test]
fn headers_are_not_percent_encoded() {
    assert_eq!(header(Style::Simple, r#""a b/c""#).as_deref(), Some("a b/c"));
    assert_eq!(header(Style::Simple, r#"["a", "b"]"#).as_deref(), Some("a,b"));
    assert_eq!(header(Style::Simple, r#"{"R": 1, "S": 2}"#).as_deref(), Some("R,1,S,2"));
    assert_eq!(header(Style::SimpleExplode, r#"{"R": 1, "S": 2}"#).as_deref(), Some("R=1,S=2"));
    assert_eq!(header(Style::Json, r#"{"R":1}"#).as_deref(), Some("{\"R\":1}"));
}

#[test]
fn cookies() {
    let pairs = |style, value| cookie(style, "c", value).unwrap();
    assert_eq!(pairs(Style::Form, r#"["a b", "d;e"]"#), ["c=a%20b,d%3Be"]);
    assert_eq!(pairs(Style::FormExplode, r#"["a", "b"]"#), ["c=a", "c=b"]);
    assert!(pairs(Style::FormExplode, "null").is_empty());
    // The style of cookies encodes nothing (OpenAPI 3.2, section 4.12.4), so some values cannot be sent.
    assert_eq!(pairs(Style::CookieExplode, r#""a b%2F=&\"""#), ["c=a b%2F=&\""]);
    assert_eq!(pairs(Style::CookieExplode, r#"["a&b", 2]"#), ["c=a&b", "c=2"]);
    assert_eq!(pairs(Style::Cookie, r#"["a", "b"]"#), ["c=a,b"]);
    assert_eq!(pairs(Style::CookieExplode, r#"{"R": 1, "G": "x"}"#), ["R=1", "G=x"]);
    assert!(pairs(Style::CookieExplode, "[]").is_empty());
    for value in ["a; b=1", "a\r\nx: 1", "\u{7f}"] {
        assert!(cookie(Style::CookieExplode, "c", &quoted(value)).is_err(), "{value:?}");
    }
}

/// OpenAPI 3.2: "Path Templating" forbids `/`, `?` and `#` in values, RFC 3986 the brackets.
#[test]
fn paths_keep_reserved_characters_that_a_segment_may_have() {
    let path = |style, json: &str| encode::path(style, "id", &node(json), true);
    let table = [
        ("a:b@c", "a:b@c"),
        ("!$&'()*+,;=", "!$&'()*+,;="),
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("[x]", "%5Bx%5D"),
        ("a b\\", "a%20b%5C"),
        ("a%2Fb%", "a%2Fb%25"),
    ];
    for (text, expected) in table {
        let json = format!("\"{}\"", text.replace('\\', "\\\\"));
        assert_eq!(path(Style::Simple, &json).as_deref(), Ok(expected));
    }
    assert_eq!(path(Style::MatrixExplode, r#"["a:b","c"]"#).as_deref(), Ok(";id=a:b;id=c"));
    for step in [".", "..", "%2e", "%2E.", "%2e%2E"] {
        assert!(path(Style::Simple, &quoted(step)).is_err(), "{step}");
    }
}

#[test]
fn json_stays_on_its_line() {
    assert_eq!(
        header(Style::Json, "{\"a\":\n\t[1, \"b\\nc\"]\r\n}").as_deref(),
        Some(r#"{"a":[1, "b\nc"]}"#)
    );
}

#[test]
fn without_an_escape_nothing_is_encoded() {
    let pairs = |style, json| encode::pairs(style, "a b", &node(json), Escape::Nothing);
    let one = |value: &str| vec![("a b".to_owned(), value.to_owned())];
    assert_eq!(pairs(Style::SpaceDelimited, r#"["x&y","z"]"#), one("x&y z"));
    assert_eq!(pairs(Style::PipeDelimited, r#"["x","z"]"#), one("x|z"));
    assert_eq!(pairs(Style::DeepObject, r#"{"ä":1}"#), [("a b[ä]".to_owned(), "1".to_owned())]);
}
