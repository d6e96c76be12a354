//! Standard Webhooks, version 1: HMAC-SHA256 of id, time and body.

use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::super::clock;
use super::super::model::Secret;
use super::error::WebhookError;
use super::mac::{hmac_sha256, holds};
use super::signature::{Signature, text};

/// The names of the headers, without what is before them.
const FIELDS: [&str; 3] = ["id", "timestamp", "signature"];

/// How servers sign by Standard Webhooks. Shows nothing of its secrets.
#[derive(Clone)]
pub struct StandardWebhooks {
    keys: Vec<Vec<u8>>,
    tolerance: Duration,
    prefix: &'static str,
}

impl StandardWebhooks {
    /// Signed with this secret, which is base64, mostly with `whsec_` before it.
    ///
    /// # Errors
    ///
    /// When it is not base64.
    pub fn new(secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        let empty = Self { keys: Vec::new(), tolerance: Duration::from_secs(300), prefix: "webhook" };
        empty.or_secret(secret)
    }

    /// Or signed with this one, while secrets are exchanged.
    ///
    /// # Errors
    ///
    /// When it is not base64.
    pub fn or_secret(mut self, secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        let secret = secret.into();
        let text = secret.expose().trim();
        let key = STANDARD.decode(text.strip_prefix("whsec_").unwrap_or(text)).ok();
        self.keys.push(key.filter(|key| !key.is_empty()).ok_or(WebhookError::Secret)?);
        Ok(self)
    }

    /// How old a request may be, or how far its clock may be ahead (5 minutes by default).
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// What the names of the headers begin with, where it is not `webhook`, such as `svix`.
    #[must_use]
    pub fn with_header_prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// The headers of a request signed now, with the first secret: for tests of a receiver.
    ///
    /// # Panics
    ///
    /// When the id cannot be in a header.
    #[must_use]
    pub fn sign(&self, id: &str, body: &[u8]) -> HeaderMap {
        let time = seconds().to_string();
        let key = self.keys.first().map(Vec::as_slice).unwrap_or_default();
        let signature =
            STANDARD.encode(hmac_sha256(key, &[id.as_bytes(), b".", time.as_bytes(), b".", body]));
        let values = [id.to_owned(), time, format!("v1,{signature}")];
        let header = |(field, value): (&str, String)| {
            let name = HeaderName::try_from(format!("{}-{field}", self.prefix));
            let name = name.unwrap_or_else(|error| panic!("no name of a header: {error}"));
            let value = HeaderValue::try_from(value);
            (name, value.unwrap_or_else(|error| panic!("no value of a header: {error}")))
        };
        FIELDS.into_iter().zip(values).map(header).collect()
    }
}

impl Signature for StandardWebhooks {
    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        let names = FIELDS.map(|field| format!("{}-{field}", self.prefix));
        let (id, time, signatures) =
            (text(headers, &names[0])?, text(headers, &names[1])?, text(headers, &names[2])?);
        let signed: u64 = time.parse().map_err(|_| WebhookError::Header(names[1].clone()))?;
        if signed.abs_diff(seconds()) > self.tolerance.as_secs() {
            return Err(WebhookError::Time);
        }
        let parts: [&[u8]; 5] = [id.as_bytes(), b".", time.as_bytes(), b".", body];
        // Other versions may stand beside this one.
        let given = signatures.split(' ').filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok());
        let is_signed = given.into_iter().any(|given| self.keys.iter().any(|key| holds(key, &parts, &given)));
        if is_signed { Ok(()) } else { Err(WebhookError::Signature) }
    }
}

/// Seconds since 1970.
fn seconds() -> u64 {
    clock::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

impl std::fmt::Debug for StandardWebhooks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StandardWebhooks").field("tolerance", &self.tolerance).finish_non_exhaustive()
    }
}
