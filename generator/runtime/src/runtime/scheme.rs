//! The security schemes of the document, as data.

/// A security scheme of the document.
#[derive(Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its key in the document.
    pub id: &'static str,
    /// What it asks for.
    pub kind: SchemeKind,
}

/// Kinds of security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in this header.
    ApiKeyHeader(&'static str),
    /// A key in this query parameter.
    ApiKeyQuery(&'static str),
    /// A key in this cookie.
    ApiKeyCookie(&'static str),
    /// A bearer token.
    Bearer,
    /// User and password.
    Basic,
    /// OAuth2 client credentials.
    ClientCredentials {
        /// Where tokens are fetched; relative to the base URL when it has no host.
        token_url: &'static str,
        /// Scopes asked for.
        scopes: &'static [&'static str],
    },
    /// Something the runtime cannot do by itself: the transport or a default header has to.
    Other(&'static str),
}

impl Scheme {
    /// The scheme as an operation asks for it: with a token for these scopes.
    #[must_use]
    pub const fn scoped(&self, scopes: &'static [&'static str]) -> Self {
        let kind = match self.kind {
            SchemeKind::ClientCredentials { token_url, .. } => {
                SchemeKind::ClientCredentials { token_url, scopes }
            }
            kind => kind,
        };
        Self { id: self.id, kind }
    }
}
