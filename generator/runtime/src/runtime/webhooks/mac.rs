//! Signatures of the body alone.

use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::Sha256;

use super::super::model::Secret;
use super::error::WebhookError;
use super::signature::{Signature, text};

fn mac(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    // A key may have any length.
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes every key"));
    for part in parts {
        mac.update(part);
    }
    mac
}

/// HMAC-SHA256 of these parts, one after the other.
#[must_use]
pub fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    mac(key, parts).finalize().into_bytes().into()
}

/// Compares in a time that tells nothing about the place of a difference.
pub(super) fn holds(key: &[u8], parts: &[&[u8]], signature: &[u8]) -> bool {
    mac(key, parts).verify_slice(signature).is_ok()
}

/// HMAC-SHA256 of the body in a header, in hexadecimal digits, as GitHub and many others sign: no time is signed, so a recorded request
/// can be sent again.
#[derive(Clone, Debug)]
pub struct HmacSha256 {
    secret: Secret,
    header: String,
    prefix: String,
}

impl HmacSha256 {
    /// The secret, and the header with the signature.
    #[must_use]
    pub fn new(secret: impl Into<Secret>, header: impl Into<String>) -> Self {
        Self { secret: secret.into(), header: header.into(), prefix: String::new() }
    }

    /// What is before the digits: `sha256=`.
    #[must_use]
    pub fn with_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }
}

impl Signature for HmacSha256 {
    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        let given = text(headers, &self.header)?.strip_prefix(self.prefix.as_str());
        let given = given.and_then(digits).ok_or_else(|| WebhookError::Header(self.header.clone()))?;
        let holds = holds(self.secret.expose().as_bytes(), &[body], &given);
        if holds { Ok(()) } else { Err(WebhookError::Signature) }
    }
}

/// Bytes from hexadecimal digits.
fn digits(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let digits: Option<Vec<u8>> = text.as_bytes().iter().map(digit).collect();
    let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
