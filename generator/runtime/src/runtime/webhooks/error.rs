//! Why a request of the server is not accepted.

use std::fmt;

use super::super::wire::DecodeError;

/// Why a request of the server is not accepted.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookError {
    /// This header is missing, or is not what it should be.
    Header(String),
    /// The signature is not that of this body.
    Signature,
    /// The request was signed too long ago, or in the future; it may have been recorded and sent again.
    Time,
    /// The secret is not one: Standard Webhooks has base64, mostly with `whsec_` before it.
    Secret,
    /// The signature holds, and the body is something else than expected.
    Decode(DecodeError),
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "the header `{name}` of the webhook is missing or unreadable"),
            Self::Signature => f.write_str(
                "the signature of the webhook is wrong; see its secret, and that the body is as it came",
            ),
            Self::Time => f.write_str("the webhook was signed too long ago, or in the future"),
            Self::Secret => f.write_str("the secret of the webhook is not base64"),
            Self::Decode(error) => write!(f, "the body of the webhook does not fit: {error}"),
        }
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::Header(_) | Self::Signature | Self::Time | Self::Secret => None,
        }
    }
}
