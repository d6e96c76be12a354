//! How connections are made, as the builder of a client says.

use super::super::limit::Limits;

/// How connections are made.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    /// URL of the proxy; it may hold a password.
    pub(crate) proxy: Option<String>,
    /// The proxies that the environment names do not count.
    pub(crate) direct: bool,
    /// Certificates to trust in addition, as DER or PEM.
    #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
    pub(crate) roots: Vec<Vec<u8>>,
    /// The client's own certificate, those above it, and its key, as PEM.
    #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
    pub(crate) identity: Option<Vec<u8>>,
    /// Servers are taken to know HTTP/2.
    #[cfg(feature = "http2")]
    pub(crate) http2_only: bool,
    pub(crate) limits: Limits,
}

/// Is it PEM? Otherwise it is DER.
#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
pub(super) fn is_pem(bytes: &[u8]) -> bool {
    const BEGIN: &[u8] = b"-----BEGIN ";
    bytes.windows(BEGIN.len()).any(|window| window == BEGIN)
}
