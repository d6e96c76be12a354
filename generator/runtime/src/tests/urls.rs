//! URLs, beside what the crate `url` makes of them.

use crate::runtime::transport::Url;

fn ours(text: &str) -> Option<String> {
    Url::parse(text).ok().map(String::from)
}

fn theirs(text: &str) -> Option<String> {
    reqwest::Url::parse(text).ok().map(String::from)
}

#[test]
fn what_browsers_do_not_repair_is_read_as_they_read_it() {
    for text in [
        "https://api.example.com",
        "HTTPS://API.Example.COM:443/v1",
        "http://host:80/",
        "http://host:8080",
        "http://host:",
        "https://me:p%40ss@host/x",
        "https://me@host/x",
        "https://me:@host/x",
        "https://a:b:c@host/x",
        "https://a@b@host/x",
        "https://m\u{e9}:p w@host",
        "http://127.0.0.1:8000/a/b",
        "http://[::1]:8000/a",
        "http://[2001:DB8:0:0::1]/",
        "https://host/a b/\u{e9}/{x}/`^|\"<>",
        "https://host/a%2Fb%20c?x=%20",
        "https://host/a?b c&d='e'&f=\u{e9}|^`{}\"<>",
        "https://host/a#b c`\"<>",
        "https://host?x=1#y?z",
        "https://host/?",
        "https://host/#",
        "https://host/a/./b/../c/.",
        "https://host/a/b/..",
        "https://host/../../x",
        "https://host/a/%2e%2E/b/%2e",
        "https://host//a//b/",
        "https://host/a/...//.x/..y",
        "  https://host/x\n ",
        "ftp://host/x",
        "data:text/plain,x",
        "mailto:a@b.test",
        "custom+x://host:99/x",
        // None of these is a URL.
        "",
        "host",
        "/x",
        "//host/x",
        "1http://host",
        "https://",
        "https://:80/",
        "https://me@/",
        "http://host:x/",
        "http://host:65536/",
        "http://[::1/",
        "http://[::g]/",
        "http://[::1]x/",
        "http://ho st/",
        "http://ho<st/",
        "http://ho^st/",
    ] {
        assert_eq!(ours(text), theirs(text), "{text}");
    }
}

#[test]
fn what_browsers_repair_is_refused_or_encoded() {
    for (text, url) in [
        // Where they would go to `evil.test`.
        ("https:\\\\evil.test", None),
        ("https:/evil.test", None),
        ("https:evil.test", None),
        ("https://good.test\\@evil.test", None),
        ("https://ho\tst/", None),
        ("https://host/a\nb", None),
        ("https://%65vil.test/", None),
        ("https:///host/x", None),
        ("https://host/a\\b", Some("https://host/a%5Cb")),
    ] {
        assert_eq!(ours(text).as_deref(), url, "{text}");
        assert_ne!(theirs(text).as_deref(), url, "{text}");
    }
}

#[test]
fn references_are_resolved_as_browsers_do() {
    let base = "https://host:8443/a/b/c?x=1#y";
    let (mine, other) = (Url::parse(base).unwrap(), reqwest::Url::parse(base).unwrap());
    for reference in [
        "",
        "d",
        "./d",
        "../d",
        "../../../d",
        "/d",
        "/d/../e",
        "//other/d",
        "//other",
        "?q",
        "?",
        "#f",
        "d?q#f",
        "d/",
        "..",
        ".",
        "https://x.test",
        "http://host/",
        "g;x=1/../y",
        "a:b",
        "a/b:c",
        "d e",
        "?a=b/../c",
        "/a//b",
        "\u{e9}",
    ] {
        let (mine, other) = (mine.join(reference), other.join(reference));
        assert_eq!(mine.ok().map(String::from), other.ok().map(String::from), "{reference}");
    }
    // Not to `evil.test`.
    for (reference, url) in [
        ("/\\evil.test", "https://host:8443/%5Cevil.test"),
        ("\\\\evil.test", "https://host:8443/a/b/%5C%5Cevil.test"),
    ] {
        assert_eq!(mine.join(reference).unwrap().as_str(), url);
    }
    assert!(mine.join("http://[").is_err() && mine.join("a\tb").is_err());
}

#[test]
fn the_parts_of_a_url() {
    let url = Url::parse("https://me:pw@Host:8443/a/b?x=1&y=a+b%26&&z#f").unwrap();
    assert_eq!((url.scheme(), url.host_str(), url.port()), ("https", Some("host"), Some(8443)));
    assert_eq!((url.username(), url.password()), ("me", Some("pw")));
    assert_eq!((url.path(), url.query(), url.fragment()), ("/a/b", Some("x=1&y=a+b%26&&z"), Some("f")));
    let pairs: Vec<(String, String)> =
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let theirs: Vec<(String, String)> =
        reqwest::Url::parse(url.as_str()).unwrap().query_pairs().into_owned().collect();
    assert_eq!(pairs, theirs);
    let plain = Url::parse("data:x").unwrap();
    assert_eq!((plain.host_str(), plain.username(), plain.path(), plain.query()), (None, "", "x", None));
    assert!(!plain.same_origin(&plain));
}

#[test]
fn parts_are_put_in_and_taken_out() {
    for base in ["https://me:pw@host:8443/a?x=1#f", "https://host/a", "https://host/a?x", "https://host/#f"] {
        let (mut mine, mut other) = (Url::parse(base).unwrap(), reqwest::Url::parse(base).unwrap());
        let same = |mine: &Url, other: &reqwest::Url| {
            assert_eq!(mine.as_str(), other.as_str());
            assert_eq!(
                (mine.path(), mine.query(), mine.fragment()),
                (other.path(), other.query(), other.fragment())
            );
            assert_eq!(
                (mine.host_str(), mine.username(), mine.port()),
                (other.host_str(), other.username(), other.port())
            );
        };
        for path in ["/v1/a b/?#", "/", "/x/../y", "/a%2Fb"] {
            mine.set_path(path);
            other.set_path(path);
            same(&mine, &other);
        }
        for query in [Some("a=b c"), Some(""), None, Some("x=1#2")] {
            mine.set_query(query);
            other.set_query(query);
            same(&mine, &other);
        }
        mine.set_fragment(Some("g"));
        other.set_fragment(Some("g"));
        same(&mine, &other);
        mine.forget_user();
        other.set_username("").unwrap();
        other.set_password(None).unwrap();
        same(&mine, &other);
        assert_eq!(mine.encrypted().unwrap(), mine);
        mine.set_fragment(None);
        other.set_fragment(None);
        same(&mine, &other);
    }
    assert_eq!(Url::parse("http://host/x").unwrap().encrypted().unwrap().as_str(), "https://host/x");
    assert_eq!(Url::parse("http://host:81/x").unwrap().encrypted().unwrap().as_str(), "https://host:81/x");
}

#[test]
fn names_that_are_not_ascii() {
    let named = Url::parse("https://b\u{fc}cher.test/");
    if cfg!(feature = "idn") {
        assert_eq!(named.unwrap().host_str(), Some("xn--bcher-kva.test"));
    } else {
        assert!(named.unwrap_err().to_string().contains("feature `idn`"));
    }
}
