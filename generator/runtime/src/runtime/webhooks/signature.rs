//! What all signatures have in common.

use http::HeaderMap;

use super::error::WebhookError;

/// How a server signs its requests.
pub trait Signature {
    /// Checks the signature of a request.
    ///
    /// # Errors
    ///
    /// When it is missing, wrong or too old.
    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError>;
}

/// The value of a header as text.
pub(super) fn text<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, WebhookError> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.ok_or_else(|| WebhookError::Header(name.to_owned()))
}
