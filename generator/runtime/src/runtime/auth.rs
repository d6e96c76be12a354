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

pub use super::scheme::{Scheme, SchemeKind};
pub use token::{Token, TokenSource};

pub(crate) use cache::TokenCache;
pub(crate) use oauth::{Asking, ClientCredentials, ScopedTokens};

use super::encode;
use super::error::{Error, RequestError, RequestErrorKind};
use super::head::{add_cookies, push_query};
use super::model::Secret;
use super::redact::Scrub;
use super::route::Route;
use super::url::Url;

/// What the user gave for a scheme. Shows nothing of it.
#[derive(Clone)]
pub struct Credential(Given);

#[derive(Clone)]
enum Given {
    Secret(Secret),
    Basic {
        user: String,
        password: Secret,
    },
    Client {
        id: String,
        secret: Secret,
    },
    /// A secret in its header, put there once for all calls.
    Header {
        name: HeaderName,
        value: HeaderValue,
        /// What must not be shown of it.
        secrets: Arc<[Arc<str>]>,
    },
    Source(Arc<dyn TokenSource>),
    Cached(Arc<TokenCache>),
    /// A token for each combination of scopes.
    Scoped(Arc<ScopedTokens>),
}

impl Credential {
    /// User and password.
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Given::Basic { user: user.into(), password: password.into() })
    }

    /// Id and secret of an OAuth2 client: tokens are fetched, kept until they expire, and refreshed once for all.
    #[must_use]
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self(Given::Client { id: id.into(), secret: secret.into() })
    }

    /// Tokens from somewhere else. They are kept until they expire, and refreshed once for all.
    #[must_use]
    pub fn source(source: impl TokenSource) -> Self {
        Self(Given::Source(Arc::new(source)))
    }

    /// Turns what fetches tokens into what keeps them, and puts what never changes into its header.
    pub(crate) fn ready(
        self,
        scheme: &'static Scheme,
        client: impl FnOnce(String, Secret) -> Result<ScopedTokens, Error>,
    ) -> Result<Self, Error> {
        Ok(match self.0 {
            Given::Client { id, secret } => Self(Given::Scoped(Arc::new(client(id, secret)?))),
            Given::Source(source) => Self(Given::Cached(TokenCache::shared(source))),
            Given::Secret(secret) if secret.expose().trim().is_empty() => {
                let message = format!("the credential of `{}` is empty", scheme.id);
                return Err(RequestError::new(RequestErrorKind::Configuration, message).into());
            }
            kind => Self(kind.in_header(scheme)),
        })
    }
}

impl Given {
    /// A secret in the header of its scheme. What does not fit there stays what it is, and is the error of the call.
    fn in_header(self, scheme: &'static Scheme) -> Self {
        let made = match (scheme.kind, &self) {
            (SchemeKind::ApiKeyHeader(name), Self::Secret(secret)) => HeaderName::try_from(name)
                .ok()
                .map(|name| (name, secret.expose().to_owned(), vec![secret.expose().into()])),
            (SchemeKind::Bearer, Self::Secret(secret)) => {
                Some((AUTHORIZATION, format!("Bearer {}", secret.expose()), vec![secret.expose().into()]))
            }
            (SchemeKind::Basic, Self::Basic { user, password }) => {
                let pair = STANDARD.encode(format!("{user}:{}", password.expose()));
                Some((AUTHORIZATION, format!("Basic {pair}"), vec![password.expose().into(), pair.into()]))
            }
            _ => None,
        };
        match made.and_then(|(name, text, secrets)| Some((name, value(&text, scheme).ok()?, secrets))) {
            Some((name, value, secrets)) => Self::Header { name, value, secrets: secrets.into() },
            None => self,
        }
    }
}

impl<S: Into<Secret>> From<S> for Credential {
    fn from(secret: S) -> Self {
        Self(Given::Secret(secret.into()))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Given::Secret(_) | Given::Header { .. } => "Credential::Secret([redacted])",
            Given::Basic { .. } => "Credential::Basic([redacted])",
            Given::Client { .. } => "Credential::ClientCredentials([redacted])",
            Given::Source(_) | Given::Cached(_) => "Credential::Source([redacted])",
            Given::Scoped(_) => "Credential::ClientCredentials([redacted])",
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
    (credentials, optional): (&Credentials, bool),
    url: &mut Url,
    headers: &mut HeaderMap,
    scrub: &mut Scrub,
) -> Result<UsedTokens, Error> {
    let mut used = UsedTokens::new();
    let find = |scheme: &Scheme| credentials.iter().find(|(id, _)| *id == scheme.id).map(|(_, it)| it);
    let alternative = choose(route, |scheme| given_by_hand(scheme, url, headers) || find(scheme).is_some());
    let alternative = if optional { alternative.unwrap_or_default() } else { alternative? };
    for scheme in alternative {
        if given_by_hand(scheme, url, headers) {
            continue;
        }
        match find(scheme) {
            Some(Credential(Given::Header { name, value, secrets })) => {
                scrub.share(secrets);
                headers.insert(name.clone(), value.clone());
            }
            Some(credential) => apply(scheme, credential, url, headers, scrub, &mut used).await?,
            None => {}
        }
    }
    Ok(used)
}

/// The first alternative all of whose schemes have a credential, or were taken care of by the caller's own headers.
fn choose(route: &Route, has: impl Fn(&Scheme) -> bool) -> Result<&'static [&'static Scheme], Error> {
    for alternative in route.auth.iter().filter(|alternative| !alternative.is_empty()) {
        if alternative.iter().all(|scheme| has(scheme)) {
            return Ok(alternative);
        }
    }
    if route.auth.is_empty() || route.auth.iter().any(|alternative| alternative.is_empty()) {
        return Ok(&[]);
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

fn given_by_hand(scheme: &Scheme, url: &Url, headers: &HeaderMap) -> bool {
    match scheme.kind {
        SchemeKind::ApiKeyHeader(name) => {
            headers.keys().any(|known| known.as_str().eq_ignore_ascii_case(name))
        }
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::ClientCredentials { .. } => {
            headers.contains_key(AUTHORIZATION)
        }
        SchemeKind::ApiKeyQuery(name) => {
            url.query().is_some() && url.query_pairs().any(|(known, _)| known == name)
        }
        SchemeKind::ApiKeyCookie(name) => {
            let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
            cookies
                .flat_map(|cookies| cookies.split(';'))
                .any(|cookie| cookie.trim().strip_prefix(name).is_some_and(|rest| rest.starts_with('=')))
        }
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
    let secret = match &credential.0 {
        Given::Secret(secret) => secret.clone(),
        Given::Cached(cache) => fetched(cache.clone(), used).await?,
        Given::Scoped(tokens) => match scheme.kind {
            SchemeKind::ClientCredentials { scopes, .. } => fetched(tokens.cache(scopes), used).await?,
            _ => return Err(mismatch(scheme)),
        },
        Given::Basic { .. } | Given::Client { .. } | Given::Header { .. } | Given::Source(_) => {
            return Err(mismatch(scheme));
        }
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
            push_query(url, &format!("{}={}", encode::strict(name), encode::strict(secret)));
            Ok(())
        }
        SchemeKind::ApiKeyCookie(name) => {
            scrub.add(&encode::strict(secret));
            add_cookies(headers, &value(&format!("{name}={}", encode::strict(secret)), scheme)?);
            Ok(())
        }
        SchemeKind::Bearer | SchemeKind::ClientCredentials { .. } => {
            set(headers, AUTHORIZATION, &format!("Bearer {secret}"), scheme)
        }
        SchemeKind::Basic | SchemeKind::Other(_) => Err(mismatch(scheme)),
    }
}

async fn fetched(cache: Arc<TokenCache>, used: &mut UsedTokens) -> Result<Secret, Error> {
    let (token, generation) = cache.token().await?;
    used.push((cache, generation));
    Ok(token)
}

fn set(headers: &mut HeaderMap, name: HeaderName, text: &str, scheme: &Scheme) -> Result<(), Error> {
    headers.insert(name, value(text, scheme)?);
    Ok(())
}

fn value(text: &str, scheme: &Scheme) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        let message = format!(
            "the credential for `{}` has characters that a header cannot hold; look for line breaks in it",
            scheme.id
        );
        RequestError::new(RequestErrorKind::Credentials, message)
    })?;
    value.set_sensitive(true);
    Ok(value)
}

fn mismatch(scheme: &Scheme) -> Error {
    let message = format!("the credential for `{}` is of another kind; see the client's builder", scheme.id);
    RequestError::new(RequestErrorKind::Credentials, message).into()
}
