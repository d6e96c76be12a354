//! The codec through what emitted code and users see of it.
#![allow(unreachable_pub, reason = "the macros make public methods, here on private types")]

mod enums;
mod errors;
mod files;
mod grammar;
mod members;
mod models;
mod scalars;
mod serde;
mod survival;
mod unions;

#[test]
fn exact_numbers_keep_their_digits() {
    use crate::runtime::model::{ExactNumber, from_str, to_string};
    for text in ["0", "-0", "123456789012345678901234567890", "0.10", "1e400", "-1.5E+3"] {
        assert_eq!(to_string(&from_str::<ExactNumber>(text).unwrap()), text);
    }
    assert!(from_str::<ExactNumber>("\"1\"").is_err());
    assert!("01".parse::<ExactNumber>().is_err());
    assert_eq!(ExactNumber::from(7_i64).to_i128(), Some(7));
    assert_eq!("0.5".parse::<ExactNumber>().unwrap().to_f64(), 0.5);
}

#[test]
fn free_json_keeps_the_digits_it_can() {
    use crate::runtime::model::{Value, from_str, to_string};
    let round = |text: &str| from_str::<Value>(text).map(|value| to_string(&value));
    // 17 digits, which a quick reading of floats gets wrong by one.
    assert_eq!(round("[37.770040510499996,-1.5e300]").unwrap(), "[37.770040510499996,-1.5e+300]");
    assert_eq!(round("18446744073709551615").unwrap(), "18446744073709551615");
    let long = "123456789012345678901234567890.5";
    let kept = if cfg!(feature = "arbitrary-precision") { long } else { "1.2345678901234568e+29" };
    assert_eq!(round(long).unwrap(), kept);
    assert_eq!(round("1e400").is_ok(), cfg!(feature = "arbitrary-precision"));
}

mod types_of_other_crates {
    use crate::runtime::macros::foreign;
    use crate::runtime::model::{from_str, to_string};

    #[derive(Clone, Debug, PartialEq)]
    struct Minutes(u32);

    mod hours {
        use super::Minutes;
        use serde::{Deserialize as _, Deserializer, Serializer};

        pub(super) fn serialize<S: Serializer>(of: &Minutes, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(&format!("{}h", of.0 / 60))
        }

        pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Minutes, D::Error> {
            let text = String::deserialize(deserializer)?;
            let hours: Option<u32> = text.strip_suffix('h').and_then(|hours| hours.parse().ok());
            hours.map(|hours| Minutes(hours * 60)).ok_or_else(|| serde::de::Error::custom("no hours"))
        }
    }

    foreign!(std::net::Ipv6Addr = STRING);
    foreign!(@ Minutes, STRING, hours::deserialize, hours::serialize);

    #[test]
    fn travel_as_serde_has_them() {
        let address = from_str::<std::net::Ipv6Addr>("\"::1\"").unwrap();
        assert_eq!((to_string(&address), address.is_loopback()), ("\"::1\"".to_owned(), true));
        let error = from_str::<std::net::Ipv6Addr>("\"secret\"").unwrap_err().to_string();
        assert!(error.contains("Ipv6Addr"), "{error}");
        assert_eq!(from_str::<Minutes>("\"2h\"").unwrap(), Minutes(120));
        assert_eq!(to_string(&Minutes(180)), "\"3h\"");
    }
}
