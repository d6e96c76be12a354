//! Requests of the server: is it the one it says it is, and what does it say?
//!
//! [`unwrap`] checks the signature of [Standard Webhooks](https://www.standardwebhooks.com) and decodes the body. Other signatures
//! are types that implement [`Signature`]; [`unwrap_by`] checks them.

mod error;
mod mac;
mod signature;
mod standard;

pub use error::WebhookError;
pub use mac::{HmacSha256, hmac_sha256};
pub use signature::Signature;
pub use standard::StandardWebhooks;

use http::HeaderMap;

use super::model::{Secret, Wire, from_slice};
use super::wire::unmarked;

/// Checks a request by Standard Webhooks, and decodes it. The body must be as it came, byte for byte. Several secrets, of which one has
/// to fit while they are exchanged, are [`StandardWebhooks`] with [`unwrap_by`].
///
/// # Errors
///
/// When the signature is missing, wrong or more than five minutes old, or the body is not a `T`.
pub fn unwrap<T: Wire>(
    headers: &HeaderMap,
    body: &[u8],
    secret: impl Into<Secret>,
) -> Result<T, WebhookError> {
    unwrap_by(&StandardWebhooks::new(secret)?, headers, body)
}

/// Checks a request by another signature, and decodes it.
///
/// # Errors
///
/// When the signature does not hold, or the body is not a `T`.
pub fn unwrap_by<T: Wire>(
    signature: &(impl Signature + ?Sized),
    headers: &HeaderMap,
    body: &[u8],
) -> Result<T, WebhookError> {
    signature.verify(headers, body)?;
    from_slice(unmarked(body)).map_err(WebhookError::Decode)
}
