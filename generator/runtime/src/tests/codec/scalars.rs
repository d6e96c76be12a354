//! Numbers, enums, times, base64, files and the like.

use super::models::{Priority, Status};
use crate::runtime::model::{
    BTreeMap, Base64, Base64Url, DateTime, NaiveDate, NaiveTime, Upload, Utc, Value, from_str, to_string,
};
use crate::runtime::wire::{Node, NodeKind, Wire, Writer};

/// The text of what a text is decoded to; `None` if it is refused.
fn through<T: Wire>(text: &str) -> Option<String> {
    from_str::<T>(text).ok().map(|value| to_string(&value))
}

#[test]
fn integers_are_exact() {
    for (text, value) in [
        ("0", 0),
        ("-0", 0),
        ("1.0", 1),
        ("1e3", 1000),
        ("1.5e1", 15),
        ("100e-2", 1),
        ("0.0", 0),
        ("0e99999999999", 0),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
        ("9223372036854775807.000", i64::MAX),
        ("922337203685477580700e-2", i64::MAX),
        ("999999999999999999", 999_999_999_999_999_999),
        ("1000000000000000000", 1_000_000_000_000_000_000),
    ] {
        assert_eq!(from_str::<i64>(text).unwrap(), value, "{text}");
    }
    for text in [
        "9223372036854775808",
        "-9223372036854775809",
        "1.5",
        "1e-1",
        "1e19",
        "1e99999999999999999999",
        "\"1\"",
        "null",
        "01",
        "1e-99999999999999999999",
        "true",
        "123456789012345678901234567890123456789012345678901234567890",
    ] {
        assert!(from_str::<i64>(text).is_err(), "{text}");
    }
    assert_eq!(through::<u64>("18446744073709551615").as_deref(), Some("18446744073709551615"));
    assert_eq!(through::<u64>("-1"), None);
    assert_eq!(through::<i32>("-2147483648").as_deref(), Some("-2147483648"));
    assert_eq!((through::<i32>("2147483648"), through::<u32>("4294967296")), (None, None));
}

#[test]
fn floats_read_back_as_they_were() {
    for value in [0.0, -0.0, 1.0, 0.1, 1e21, 1e300, 5e-324, f64::MAX, 123456.789, -2.5e-9] {
        let text = to_string(&value);
        assert_eq!(from_str::<f64>(&text).unwrap().to_bits(), value.to_bits(), "{text}");
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
    }
    assert_eq!(from_str::<f64>("3").unwrap(), 3.0);
    assert!(from_str::<f64>("1e999").is_err());
}

#[test]
fn an_integer_with_a_fraction_is_a_float_where_there_is_one() {
    use super::models::Party;
    for (text, float) in [("2.0", 2.0), ("1e3", 1000.0), ("-0.0", -0.0), ("-0", -0.0), ("-2.50e1", -25.0)] {
        let Party::Ratio(value) = from_str(text).unwrap() else { panic!("{text}") };
        assert_eq!(value.to_bits(), f64::to_bits(float), "{text}");
        assert!(through::<Party>(text).unwrap().contains('.'), "{text}");
        // Where there is none, it is still an integer.
        assert!(from_str::<Value>(text).unwrap().is_f64() && from_str::<i64>(text).is_ok(), "{text}");
    }
    for text in ["2", "0", "-7", "9007199254740993", "1000000000000000000", "-9223372036854775808"] {
        assert!(matches!(from_str(text).unwrap(), Party::Id(_)), "{text}");
        assert_eq!(through::<Party>(text).as_deref(), Some(text));
    }
}

#[test]
fn floats_that_are_not_finite_are_refused() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut writer = Writer::new();
        BTreeMap::from([("a".to_owned(), Some(vec![value]))]).write(&mut writer);
        let problem = writer.problem().unwrap();
        assert!(problem.contains(&format!("`{value}`")), "{problem}");
        let party = super::models::Party::Ratio(value);
        let problem = serde_json::to_string(&party).unwrap_err().to_string();
        assert!(problem.contains("no number"), "{problem}");
    }
}

#[test]
fn string_enums() {
    assert_eq!(from_str::<Status>("\"pending\"").unwrap(), Status::Pending);
    assert_eq!("running".parse::<Status>().unwrap(), Status::Running);
    assert_eq!(Status::from("running".to_owned()), Status::Running);
    let later = from_str::<Status>(r#""l\u0061ter""#).unwrap();
    assert_eq!(
        (later.as_str(), later.as_ref(), format!("{later:>6}")),
        ("later", "later", " later".to_owned())
    );
    assert_eq!(to_string(&later), "\"later\"");
    assert!(from_str::<Status>("7").is_err());
}

#[test]
fn integer_enums() {
    assert_eq!(from_str::<Priority>("1").unwrap(), Priority::Low);
    assert_eq!(Priority::from(-2), Priority::High);
    let later = from_str::<Priority>("3.0").unwrap();
    assert_eq!((later.value(), later.to_string(), to_string(&later)), (3, "3".to_owned(), "3".to_owned()));
    assert!(from_str::<Priority>("1.5").is_err());
}

#[test]
fn date_times_are_moments() {
    for (text, written) in [
        ("2024-01-31T12:30:00Z", "2024-01-31T12:30:00Z"),
        ("2024-01-31t12:30:00z", "2024-01-31T12:30:00Z"),
        ("2024-01-31 12:30:00", "2024-01-31T12:30:00Z"),
        ("2024-01-31T12:30", "2024-01-31T12:30:00Z"),
        ("2024-01-31T12:30:00+02:00", "2024-01-31T10:30:00Z"),
        ("2024-01-31T00:30:00-0130", "2024-01-31T02:00:00Z"),
        ("2024-01-31T12:30:00+02", "2024-01-31T10:30:00Z"),
        ("2024-01-31T12:30:00.5Z", "2024-01-31T12:30:00.500Z"),
        ("2024-01-31T12:30:00.123456+00:00", "2024-01-31T12:30:00.123456Z"),
        ("2024-01-31T12:30:00.123456789123Z", "2024-01-31T12:30:00.123456789Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
        ("+12024-01-31T12:30:00Z", "+12024-01-31T12:30:00Z"),
        ("-0044-03-15T12:00:00Z", "-0044-03-15T12:00:00Z"),
    ] {
        let quoted = format!("\"{text}\"");
        assert_eq!(through::<DateTime<Utc>>(&quoted), Some(format!("\"{written}\"")), "{text}");
        assert_eq!(from_str::<DateTime<Utc>>(&quoted).ok(), from_str(&format!("\"{written}\"")).ok());
    }
    for text in [
        "",
        "2024-01-31",
        "2024-02-30T00:00:00Z",
        "2024-01-31T24:00:00Z",
        "2024-01-31T12:60:00Z",
        "2024-01-31T12:30:61Z",
        "2024-01-31T12:30:00+25:00",
        "2024-01-31T12:30:00+02:00x",
        "2024-01-31T12:30:00.Z",
        "24-01-31T12:30:00Z",
        "2024-01-31T12:30:00Zx",
        "2024-01-31T12:3é:00Z",
        "+2024-",
        "99999999-01-01T00:00:00Z",
        "+999999-01-01T00:00:00Z",
        "+262142-12-31T23:59:59-23:59",
    ] {
        assert_eq!(through::<DateTime<Utc>>(&format!("\"{text}\"")), None, "{text}");
    }
    assert!(from_str::<DateTime<Utc>>("1706704200").is_err());
}

#[test]
fn dates_and_times() {
    assert_eq!(through::<NaiveDate>("\"2024-02-29\"").as_deref(), Some("\"2024-02-29\""));
    assert_eq!(
        (through::<NaiveDate>("\"2023-02-29\""), through::<NaiveDate>("\"2024-02-29T00\"")),
        (None, None)
    );
    assert_eq!(through::<NaiveTime>("\"12:30:05.25\"").as_deref(), Some("\"12:30:05.250\""));
    assert_eq!(through::<NaiveTime>("\"12:30:05Z\"").as_deref(), Some("\"12:30:05\""));
    assert_eq!((through::<NaiveTime>("\"12:30:05+01:00\""), through::<NaiveTime>("\"12\"")), (None, None));
}

#[test]
fn base64_goes_back_as_it_came() {
    for (text, bytes) in [
        ("", &b""[..]),
        ("YQ==", b"a"),
        ("YQ", b"a"),
        ("YWI=", b"ab"),
        ("YWJj", b"abc"),
        ("-_8=", &[0xfb, 0xff]),
        ("-_8", &[0xfb, 0xff]),
        ("+/8=", &[0xfb, 0xff]),
    ] {
        let quoted = format!("\"{text}\"");
        assert_eq!(from_str::<Base64>(&quoted).unwrap().as_bytes(), bytes, "{text}");
        assert_eq!(through::<Base64>(&quoted), Some(quoted), "{text}");
    }
    assert_eq!(from_str::<Base64>("\"YW\\r\\nJj\\n\"").unwrap().into_bytes(), b"abc");
    assert_eq!(to_string(&Base64::from(&b"\xfb\xff"[..])), "\"+/8=\"");
    assert_eq!(format!("{:?}", Base64::new("abc")), "Base64(3 bytes)");
    assert!(from_str::<Base64>("\"Y*==\"").is_err());
}

#[test]
fn base64url_is_written_in_its_own_alphabet() {
    assert_eq!(to_string(&Base64Url::from(&b"\xfb\xff"[..])), "\"-_8\"");
    assert_eq!(to_string(&Base64Url::new("abc")), "\"YWJj\"");
    for text in ["\"-_8\"", "\"-_8=\"", "\"+/8=\"", "\"\""] {
        assert_eq!(through::<Base64Url>(text).as_deref(), Some(text));
    }
    assert_eq!(from_str::<Base64Url>("\"+/8=\"").unwrap(), Base64Url::new([0xfb, 0xff]));
    assert_eq!(format!("{:?}", Base64Url::new("abc")), "Base64Url(3 bytes)");
    assert!(from_str::<Base64Url>("\"Y*==\"").is_err());
}

#[test]
fn files_in_json_and_beside_it() {
    let file = Upload::bytes("a.txt", "text");
    assert_eq!(to_string(&file), "\"text\"");
    assert_eq!(from_str::<Upload>("\"text\"").unwrap().name(), None);
    let mut writer = Writer::new();
    vec![Upload::from_path("/x/y.pdf"), Upload::bytes("b", vec![0xff])].write(&mut writer);
    assert_eq!(writer.text(), "[null,null]");
    assert!(writer.problem().unwrap().contains("y.pdf"), "{:?}", writer.problem());

    let mut writer = Writer::attachments();
    BTreeMap::from([("a".to_owned(), file.clone()), ("b".to_owned(), Upload::from_path("/x/y.pdf"))])
        .write(&mut writer);
    assert_eq!(writer.problem(), None);
    let (text, files) = writer.into_parts();
    let value = Node::parse(&text).unwrap();
    let NodeKind::Object(properties) = &value.kind else { panic!("{value:?}") };
    let found: Vec<_> = properties.iter().map(|(_, value)| value.attachment()).collect();
    assert_eq!((found, value.attachment()), (vec![Some(0), Some(1)], None));
    assert!(value.holds_file() && !Node::parse("[{\"a\":0}]").unwrap().holds_file());
    assert_eq!(files[0], file);
    assert_eq!(files[1].name().unwrap(), "y.pdf");
    assert_ne!(file, file.clone().named("other"));
    assert_eq!(format!("{:?}", file.media_type("text/plain")).matches("text/plain").count(), 1);
}

#[test]
fn containers() {
    assert_eq!(through::<Vec<Option<bool>>>("[true , null]").as_deref(), Some("[true,null]"));
    assert_eq!(through::<(i64, Box<String>, Vec<f64>)>("[1,\"a\",[2]]").as_deref(), Some("[1,\"a\",[2.0]]"));
    assert_eq!((through::<(i64, i64)>("[1]"), through::<(i64,)>("[1,2]")), (None, None));
    assert_eq!(
        through::<BTreeMap<String, i64>>(r#"{"b":1,"a":2,"b":3}"#).as_deref(),
        Some(r#"{"a":2,"b":3}"#)
    );
    assert_eq!(
        through::<Value>("[18446744073709551615,-5,1.5,100.0]").as_deref(),
        Some("[18446744073709551615,-5,1.5,100.0]")
    );
}

#[cfg(feature = "uuid")]
#[test]
fn uuids() {
    let text = "\"67e55044-10b1-426f-9247-bb680e5fe0c8\"";
    assert_eq!(through::<crate::runtime::model::Uuid>(text).as_deref(), Some(text));
    assert_eq!(through::<crate::runtime::model::Uuid>("\"x\""), None);
}

#[cfg(feature = "decimal")]
#[test]
fn decimals() {
    use crate::runtime::model::Decimal;
    assert_eq!(through::<Decimal>("\"0.10\"").as_deref(), Some("\"0.10\""));
    assert_eq!(
        through::<Decimal>("12345678901234567890.123").as_deref(),
        Some("\"12345678901234567890.123\"")
    );
    assert_eq!(through::<Decimal>("1e-3").as_deref(), Some("\"0.001\""));
    assert_eq!(through::<Decimal>("\"a\""), None);
}
