//! Credentials: what the user gave, and how each scheme of the document puts it into a request.
//!
//! In: the schemes an operation declares, the client's credentials, a request. Out: the request with credentials, and
//! the list of what must not be shown. It knows nothing of retries.

mod cache;
mod oauth;
mod token;

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use reqwest::Url;

pub use token::{Token, TokenSource};

pub(crate) use cache::TokenCache;
pub(crate) use oauth::ClientCredentials;

use super::encode;
use super::error::{Error, RequestError, RequestErrorKind};
use super::model::Secret;
use super::redact::Scrub;
use super::route::Route;

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

/// What the user gave for a scheme. Shows nothing of it.
#[derive(Clone)]
pub struct Credential(Kind);

#[derive(Clone)]
enum Kind {
    Secret(Secret),
    Basic { user: String, password: Secret },
    Client { id: String, secret: Secret },
    Source(Arc<dyn TokenSource>),
    Cached(Arc<TokenCache>),
}

impl Credential {
    /// User and password.
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Kind::Basic { user: user.into(), password: password.into() })
    }

    /// Id and secret of an OAuth2 client: tokens are fetched, kept until they expire, and refreshed once for all.
    #[must_use]
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self(Kind::Client { id: id.into(), secret: secret.into() })
    }

    /// Tokens from somewhere else. They are kept until they expire, and refreshed once for all.
    #[must_use]
    pub fn source(source: impl TokenSource) -> Self {
        Self(Kind::Source(Arc::new(source)))
    }

    /// Turns what fetches tokens into what keeps them.
    pub(crate) fn ready(
        self,
        client: impl FnOnce(String, Secret) -> Result<ClientCredentials, Error>,
    ) -> Result<Self, Error> {
        Ok(match self.0 {
            Kind::Client { id, secret } => {
                Self(Kind::Cached(TokenCache::shared(Arc::new(client(id, secret)?))))
            }
            Kind::Source(source) => Self(Kind::Cached(TokenCache::shared(source))),
            kind @ (Kind::Secret(_) | Kind::Basic { .. } | Kind::Cached(_)) => Self(kind),
        })
    }
}

impl<S: Into<Secret>> From<S> for Credential {
    fn from(secret: S) -> Self {
        Self(Kind::Secret(secret.into()))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Kind::Secret(_) => "Credential::Secret([redacted])",
            Kind::Basic { .. } => "Credential::Basic([redacted])",
            Kind::Client { .. } => "Credential::ClientCredentials([redacted])",
            Kind::Source(_) | Kind::Cached(_) => "Credential::Source([redacted])",
        })
    }
}

/// Credentials of a client by the id of their scheme.
pub(crate) type Credentials = Vec<(&'static str, Credential)>;

/// Tokens a request was sent with, to be dropped when the server refuses them.
pub(crate) type UsedTokens = Vec<(Arc<TokenCache>, u64)>;

/// Puts the credentials an operation asks for into a request.
pub(crate) async fn authenticate(
    route: &Route,
    credentials: &Credentials,
    url: &mut Url,
    headers: &mut HeaderMap,
    scrub: &mut Scrub,
) -> Result<UsedTokens, Error> {
    let mut used = UsedTokens::new();
    for (scheme, credential) in choose(route, credentials, headers)? {
        apply(scheme, credential, url, headers, scrub, &mut used).await?;
    }
    Ok(used)
}

type Chosen<'a> = Vec<(&'static Scheme, &'a Credential)>;

/// The first alternative all of whose schemes have a credential, or were taken care of by the caller's own headers.
fn choose<'a>(route: &Route, credentials: &'a Credentials, headers: &HeaderMap) -> Result<Chosen<'a>, Error> {
    let find = |scheme: &Scheme| credentials.iter().find(|(id, _)| *id == scheme.id).map(|(_, it)| it);
    for alternative in route.auth.iter().filter(|alternative| !alternative.is_empty()) {
        let mut chosen = Chosen::new();
        let complete = alternative.iter().all(|scheme| {
            if given_by_hand(scheme, headers) {
                return true;
            }
            find(scheme).is_some_and(|credential| {
                chosen.push((scheme, credential));
                true
            })
        });
        if complete {
            return Ok(chosen);
        }
    }
    if route.auth.is_empty() || route.auth.iter().any(|alternative| alternative.is_empty()) {
        return Ok(Chosen::new());
    }
    let names: Vec<String> = route
        .auth
        .iter()
        .map(|alternative| {
            alternative.iter().map(|scheme| format!("`{}`", scheme.id)).collect::<Vec<_>>().join(" with ")
        })
        .collect();
    let message = format!("no credentials for {}; give them to the client's builder", names.join(" or "));
    Err(RequestError::new(RequestErrorKind::Credentials, message).into())
}

fn given_by_hand(scheme: &Scheme, headers: &HeaderMap) -> bool {
    match scheme.kind {
        SchemeKind::ApiKeyHeader(name) => headers.contains_key(name),
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::ClientCredentials { .. } => {
            headers.contains_key(AUTHORIZATION)
        }
        SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) => false,
        SchemeKind::Other(_) => true,
    }
}

async fn apply(
    scheme: &'static Scheme,
    credential: &Credential,
    url: &mut Url,
    headers: &mut HeaderMap,
    scrub: &mut Scrub,
    used: &mut UsedTokens,
) -> Result<(), Error> {
    if let (SchemeKind::Basic, Kind::Basic { user, password }) = (scheme.kind, &credential.0) {
        let pair = STANDARD.encode(format!("{user}:{}", password.expose()));
        scrub.add(password.expose());
        scrub.add(&pair);
        return set(headers, AUTHORIZATION, &format!("Basic {pair}"), scheme);
    }
    let secret = match &credential.0 {
        Kind::Secret(secret) => secret.clone(),
        Kind::Cached(cache) => {
            let (token, generation) = cache.token().await?;
            used.push((cache.clone(), generation));
            token
        }
        Kind::Basic { .. } | Kind::Client { .. } | Kind::Source(_) => return Err(mismatch(scheme)),
    };
    let secret = secret.expose();
    scrub.add(secret);
    match scheme.kind {
        SchemeKind::ApiKeyHeader(name) => {
            let name = HeaderName::try_from(name).map_err(|_| mismatch(scheme))?;
            set(headers, name, secret, scheme)
        }
        SchemeKind::ApiKeyQuery(name) => {
            scrub.add(&encode::strict(secret));
            super::send::push_query(url, &format!("{}={}", encode::strict(name), encode::strict(secret)));
            Ok(())
        }
        SchemeKind::ApiKeyCookie(name) => {
            scrub.add(&encode::strict(secret));
            let pair = format!("{name}={}", encode::strict(secret));
            let before = headers.get(COOKIE).and_then(|value| value.to_str().ok());
            let cookies = before.map_or(pair.clone(), |before| format!("{before}; {pair}"));
            set(headers, COOKIE, &cookies, scheme)
        }
        SchemeKind::Bearer | SchemeKind::ClientCredentials { .. } => {
            set(headers, AUTHORIZATION, &format!("Bearer {secret}"), scheme)
        }
        SchemeKind::Basic | SchemeKind::Other(_) => Err(mismatch(scheme)),
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str, scheme: &Scheme) -> Result<(), Error> {
    let mut value = HeaderValue::from_str(value).map_err(|_| {
        let message = format!(
            "the credential for `{}` holds characters a header cannot carry; look for line breaks in it",
            scheme.id
        );
        RequestError::new(RequestErrorKind::Credentials, message)
    })?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

fn mismatch(scheme: &Scheme) -> Error {
    let message = format!("the credential for `{}` is of another kind; see the client's builder", scheme.id);
    RequestError::new(RequestErrorKind::Credentials, message).into()
}
