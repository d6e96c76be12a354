use serde_json::{Value, json};

use crate::runtime::encode::{Style, cookie, form, header, path, query};

fn values() -> [Value; 4] {
    // The order of members is that of the map; the examples of the standard are sorted here for that reason.
    [json!(""), json!("blue"), json!(["blue", "black", "brown"]), json!({"B": 150, "G": 200, "R": 100})]
}

/// The table "Style Examples" of OpenAPI 3.1.1, section 4.8.12.4, with the name `color`.
#[test]
fn the_styles_of_the_standard_in_paths() {
    let table: &[(Style, [Option<&str>; 4])] = &[
        (Style::Simple, [None, Some("blue"), Some("blue,black,brown"), Some("B,150,G,200,R,100")]),
        (Style::SimpleExplode, [None, Some("blue"), Some("blue,black,brown"), Some("B=150,G=200,R=100")]),
        (Style::Label, [None, Some(".blue"), Some(".blue,black,brown"), Some(".B,150,G,200,R,100")]),
        (Style::LabelExplode, [None, Some(".blue"), Some(".blue.black.brown"), Some(".B=150.G=200.R=100")]),
        (
            Style::Matrix,
            [
                Some(";color"),
                Some(";color=blue"),
                Some(";color=blue,black,brown"),
                Some(";color=B,150,G,200,R,100"),
            ],
        ),
        (
            Style::MatrixExplode,
            [
                Some(";color"),
                Some(";color=blue"),
                Some(";color=blue;color=black;color=brown"),
                Some(";B=150;G=200;R=100"),
            ],
        ),
    ];
    for (style, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            assert_eq!(path(*style, "color", value).ok().as_deref(), *expected, "{style:?} {value}");
        }
    }
}

#[test]
fn the_styles_of_the_standard_in_queries() {
    let table: &[(Style, [&str; 4])] = &[
        (Style::Form, ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (
            Style::FormExplode,
            ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"],
        ),
        (
            Style::SpaceDelimited,
            ["color=", "color=blue", "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"],
        ),
        (
            Style::PipeDelimited,
            ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"],
        ),
        (
            Style::DeepObject,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
            ],
        ),
        (
            Style::Json,
            [
                "color=%22%22",
                "color=%22blue%22",
                "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
                "color=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D",
            ],
        ),
    ];
    for (style, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            assert_eq!(query(*style, "color", value).as_deref(), Some(*expected), "{style:?} {value}");
        }
    }
}

#[test]
fn what_is_not_there_is_not_sent() {
    for value in [json!(null), json!([]), json!({}), json!([null]), json!({"a": null})] {
        for style in
            [Style::Form, Style::FormExplode, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject]
        {
            assert_eq!(query(style, "q", &value), None, "{style:?} {value}");
        }
        assert_eq!(header(Style::Simple, &value), None, "{value}");
        assert_eq!(path(Style::Simple, "q", &value), Err("is empty"), "{value}");
    }
    assert_eq!(query(Style::FormExplode, "q", &json!([1, null, 2])).as_deref(), Some("q=1&q=2"));
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
        assert_eq!(path(Style::Simple, "id", &json!(text)).as_deref(), Ok(expected));
    }
    for step in [".", ".."] {
        assert!(path(Style::Simple, "id", &json!(step)).is_err(), "{step}");
    }
    assert_eq!(path(Style::Simple, "id", &json!(-7)).as_deref(), Ok("-7"));
    assert_eq!(path(Style::Simple, "id", &json!(true)).as_deref(), Ok("true"));
}

#[test]
fn queries_encode_separators_inside_of_values() {
    assert_eq!(query(Style::Form, "q", &json!(["a,b", "c&d"])).as_deref(), Some("q=a%2Cb,c%26d"));
    assert_eq!(query(Style::FormExplode, "a b", &json!("x+y=z")).as_deref(), Some("a%20b=x%2By%3Dz"));
    assert_eq!(query(Style::PipeDelimited, "q", &json!(["a|b", "c"])).as_deref(), Some("q=a%7Cb%7Cc"));
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
        assert_eq!(query(Style::FormReserved, "q", &json!(text)).as_deref(), Some(expected), "{text}");
    }
    assert_eq!(query(Style::FormExplodeReserved, "q", &json!(["a/b", "c"])).as_deref(), Some("q=a/b&q=c"));
    assert_eq!(query(Style::DeepObjectReserved, "q", &json!({"a": "x/y"})).as_deref(), Some("q%5Ba%5D=x/y"));
}

#[test]
fn deep_objects_nest() {
    let value = json!({"a": {"b": {"c": 1}}, "list": [1, 2], "objects": [{"x": 1}], "gone": null});
    assert_eq!(
        query(Style::DeepObject, "f", &value).as_deref(),
        Some("f%5Ba%5D%5Bb%5D%5Bc%5D=1&f%5Blist%5D=1&f%5Blist%5D=2&f%5Bobjects%5D%5B%5D%5Bx%5D=1")
    );
}

#[test]
fn what_the_styles_leave_open_is_json() {
    assert_eq!(query(Style::FormExplode, "q", &json!([{"a": 1}])).as_deref(), Some("q=%7B%22a%22%3A1%7D"));
    assert_eq!(header(Style::Simple, &json!({"a": [1, 2]})).as_deref(), Some("a,[1,2]"));
}

#[test]
fn headers_are_not_percent_encoded() {
    assert_eq!(header(Style::Simple, &json!("a b/c")).as_deref(), Some("a b/c"));
    assert_eq!(header(Style::Simple, &json!(["a", "b"])).as_deref(), Some("a,b"));
    assert_eq!(header(Style::Simple, &json!({"R": 1, "S": 2})).as_deref(), Some("R,1,S,2"));
    assert_eq!(header(Style::SimpleExplode, &json!({"R": 1, "S": 2})).as_deref(), Some("R=1,S=2"));
    assert_eq!(header(Style::Json, &json!({"R": 1})).as_deref(), Some("{\"R\":1}"));
}

#[test]
fn cookies() {
    let pairs = |style, value| cookie(style, "c", &value).unwrap();
    assert_eq!(pairs(Style::Form, json!(["a b", "d;e"])), ["c=a%20b,d%3Be"]);
    assert_eq!(pairs(Style::FormExplode, json!(["a", "b"])), ["c=a", "c=b"]);
    assert!(pairs(Style::FormExplode, json!(null)).is_empty());
    // The style of cookies encodes nothing (OpenAPI 3.2, section 4.12.4), so some values cannot be sent.
    assert_eq!(pairs(Style::CookieExplode, json!("a b%2F=&\"")), ["c=a b%2F=&\""]);
    assert_eq!(pairs(Style::CookieExplode, json!(["a&b", 2])), ["c=a&b", "c=2"]);
    assert_eq!(pairs(Style::Cookie, json!(["a", "b"])), ["c=a,b"]);
    // The order of a JSON object is that of whoever made it, or of its keys: features of `serde_json` decide.
    let mut both = pairs(Style::CookieExplode, json!({"R": 1, "G": "x"}));
    both.sort();
    assert_eq!(both, ["G=x", "R=1"]);
    assert!(pairs(Style::CookieExplode, json!([])).is_empty());
    for value in ["a; b=1", "a\r\nx: 1", "\u{7f}"] {
        assert!(cookie(Style::CookieExplode, "c", &json!(value)).is_err(), "{value:?}");
    }
}

#[test]
fn forms() {
    let value = json!({"a": "x y", "b": [1, 2], "c": {"d": true}, "e": null});
    assert_eq!(form(&value).as_deref(), Some("a=x%20y&b=1&b=2&c=%7B%22d%22%3Atrue%7D"));
    assert_eq!(form(&json!([1])), None);
    assert_eq!(form(&json!({})).as_deref(), Some(""));
}
