//! Requests of the server.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::mini::Thing;
use crate::runtime::webhooks::{
    HmacSha256, Signature, StandardWebhooks, WebhookError, hmac_sha256, unwrap, unwrap_by,
};

/// The example of the specification's own libraries.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &[u8] = br#"{"id":"x"}"#;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
    };
    pairs.iter().map(pair).collect()
}

fn is_signature<T>(outcome: Result<T, WebhookError>) -> bool {
    matches!(outcome, Err(WebhookError::Signature))
}

#[test]
fn an_event_is_unwrapped() {
    let signed = StandardWebhooks::new(SECRET).unwrap().sign("msg_1", BODY);
    assert_eq!(unwrap::<Thing>(&signed, BODY, SECRET).unwrap().id, "x");
    // The secret may stand without its prefix.
    assert_eq!(unwrap::<Thing>(&signed, BODY, &SECRET[6..]).unwrap().id, "x");
}

#[test]
fn the_signature_is_that_of_the_specification() {
    // From the test vectors of Svix: id, time and payload with this secret.
    let body = br#"{"test": 2432232314}"#;
    let signed = headers(&[
        ("svix-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("svix-timestamp", "1614265330"),
        ("svix-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    ]);
    let ever = std::time::Duration::from_secs(u64::MAX);
    let signature = StandardWebhooks::new(SECRET).unwrap().with_header_prefix("svix");
    signature.clone().with_tolerance(ever).verify(&signed, body).unwrap();
    assert!(is_signature(signature.clone().with_tolerance(ever).verify(&signed, BODY)));
    assert!(matches!(signature.verify(&signed, body), Err(WebhookError::Time)));
}

#[test]
fn what_is_changed_missing_or_of_somebody_else_is_refused() {
    let own = StandardWebhooks::new(SECRET).unwrap();
    let signed = own.sign("msg_1", BODY);
    assert!(is_signature(unwrap::<Thing>(&signed, br#"{"id":"y"}"#, SECRET)));
    let other = "whsec_AAAAr8GKYqrTwjUPD8ILPZIo2LaLaSwA";
    assert!(is_signature(unwrap::<Thing>(&signed, BODY, other)));
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut without = signed.clone();
        without.remove(name);
        let error = unwrap::<Thing>(&without, BODY, SECRET).unwrap_err();
        assert!(matches!(&error, WebhookError::Header(missing) if missing == name), "{error}");
    }
    for (name, value) in
        [("webhook-id", "msg_2"), ("webhook-signature", "v1,AAAA v2,x"), ("webhook-signature", "v1")]
    {
        let mut changed = signed.clone();
        changed.insert(name, HeaderValue::from_static(value));
        assert!(is_signature(unwrap::<Thing>(&changed, BODY, SECRET)), "{name}: {value}");
    }
    let mut late = signed.clone();
    late.insert("webhook-timestamp", HeaderValue::from_static("99999999999"));
    assert!(matches!(unwrap::<Thing>(&late, BODY, SECRET), Err(WebhookError::Time)));
    late.insert("webhook-timestamp", HeaderValue::from_static("soon"));
    assert!(matches!(unwrap::<Thing>(&late, BODY, SECRET), Err(WebhookError::Header(_))));
    for secret in ["", "whsec_", "not base64!"] {
        assert!(matches!(unwrap::<Thing>(&signed, BODY, secret), Err(WebhookError::Secret)), "{secret}");
    }
}

#[test]
fn what_is_signed_and_does_not_fit_says_where() {
    let body = br#"{"id":5}"#;
    let signed = StandardWebhooks::new(SECRET).unwrap().sign("msg_1", body);
    let error = unwrap::<Thing>(&signed, body, SECRET).unwrap_err();
    assert!(matches!(&error, WebhookError::Decode(error) if error.path() == "id"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn secrets_can_be_exchanged() {
    let new = "whsec_AAAAr8GKYqrTwjUPD8ILPZIo2LaLaSwA";
    let signed = StandardWebhooks::new(SECRET).unwrap().sign("msg_1", BODY);
    let both = StandardWebhooks::new(new).unwrap().or_secret(SECRET).unwrap();
    assert_eq!(unwrap_by::<Thing>(&both, &signed, BODY).unwrap().id, "x");
    // The server may sign with both secrets, and in other ways as well.
    let mut twice = StandardWebhooks::new(new).unwrap().sign("msg_1", BODY);
    let signatures = format!("v1a,zzz {}", signed["webhook-signature"].to_str().unwrap());
    twice.insert("webhook-signature", HeaderValue::from_str(&signatures).unwrap());
    twice.insert("webhook-timestamp", signed["webhook-timestamp"].clone());
    assert_eq!(unwrap::<Thing>(&twice, BODY, SECRET).unwrap().id, "x");
    assert!(!format!("{both:?}").contains("AAAA"));
}

/// GitHub's, with the example of its documentation.
#[test]
fn signatures_of_the_body_alone() {
    let signature =
        HmacSha256::new("It's a Secret to Everybody", "x-hub-signature-256").with_prefix("sha256=");
    let given = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    signature.verify(&headers(&[("x-hub-signature-256", given)]), b"Hello, World!").unwrap();
    assert!(is_signature(signature.verify(&headers(&[("x-hub-signature-256", given)]), b"Hello, World?")));
    for given in ["757107ea", "sha256=7", "sha256=zz", "sha256=\u{e9}"] {
        let error = signature.verify(&headers(&[("x-hub-signature-256", given)]), b"").unwrap_err();
        assert!(matches!(error, WebhookError::Header(_)), "{given}");
    }
}

/// A signature of the user's own: time and body, as Stripe has them.
struct Own;

impl Signature for Own {
    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        let expected = hmac_sha256(b"key", &[b"1", b".", body]);
        let hex: String = expected.iter().map(|byte| format!("{byte:02x}")).collect();
        match headers.get("own-signature").map(HeaderValue::as_bytes) {
            Some(given) if given == hex.as_bytes() => Ok(()),
            Some(_) => Err(WebhookError::Signature),
            None => Err(WebhookError::Header("own-signature".to_owned())),
        }
    }
}

#[test]
fn others_sign_in_their_own_way() {
    let hex: String = hmac_sha256(b"key", &[b"1.", BODY]).iter().map(|byte| format!("{byte:02x}")).collect();
    let own: &dyn Signature = &Own;
    assert_eq!(unwrap_by::<Thing>(own, &headers(&[("own-signature", &hex)]), BODY).unwrap().id, "x");
    assert!(is_signature(unwrap_by::<Thing>(own, &headers(&[("own-signature", "00")]), BODY)));
}
