//! OAuth2 client credentials (RFC 6749, section 4.4).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use serde_json::Value;

use super::super::body::Body;
use super::super::clock;
use super::super::encode::strict;
use super::super::error::{
    ApiError, Error, RequestError, RequestErrorKind, ResponseError, ResponseErrorKind, Source,
};
use super::super::error::{TransportError, TransportErrorKind};
use super::super::future::{BoxError, BoxFuture};
use super::super::model::Secret;
use super::super::redact::Scrub;
use super::super::route::Route;
use super::super::transport::{Attempt, Guarded, HttpRequest, HttpResponse, Transport, read_whole};
use super::super::url::Url;
use super::cache::TokenCache;
use super::token::{Token, TokenSource};

/// Largest response of a token endpoint.
const LARGEST: usize = 1 << 20;

/// Longest a token endpoint may take.
const PATIENCE: Duration = Duration::from_secs(30);

static ROUTE: Route = Route {
    name: "oauth2.token",
    method: Method::POST,
    path: "",
    accept: "application/json",
    auth: &[],
    idempotency: None,
    errors: &[],
    server: None,
};

/// What a client fetches tokens with.
pub(crate) struct ClientCredentials {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) url: Url,
    pub(crate) id: String,
    pub(crate) secret: Secret,
    pub(crate) asking: Asking,
}

/// How tokens are asked for.
#[derive(Clone, Default)]
pub(crate) struct Asking {
    /// Id and secret stand in the form (`client_secret_post`) instead of in a header (`client_secret_basic`).
    pub(crate) in_form: bool,
    /// Further parameters of the form.
    pub(crate) parameters: Vec<(String, String)>,
}

/// The tokens of a client, one for each combination of scopes that operations ask for: a client that was not given some
/// right can then still call what does not need it.
pub(crate) struct ScopedTokens {
    client: Arc<ClientCredentials>,
    /// What the user wants asked for instead, by one token for all operations.
    chosen: Option<String>,
    caches: Mutex<HashMap<Scopes, Arc<TokenCache>>>,
}

type Scopes = &'static [&'static str];

impl ScopedTokens {
    pub(crate) fn new(client: ClientCredentials, chosen: Option<String>) -> Self {
        Self { client: Arc::new(client), chosen, caches: Mutex::default() }
    }

    /// Where the token for these scopes is kept.
    pub(crate) fn cache(&self, scopes: Scopes) -> Arc<TokenCache> {
        let (key, asked) = match &self.chosen {
            Some(chosen) => (&[] as Scopes, chosen.clone()),
            None => (scopes, scopes.join(" ")),
        };
        let mut caches = self.caches.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || TokenCache::shared(Arc::new(Fetch { client: self.client.clone(), scopes: asked }));
        caches.entry(key).or_insert_with(made).clone()
    }
}

/// Fetches tokens for some scopes.
struct Fetch {
    client: Arc<ClientCredentials>,
    scopes: String,
}

impl TokenSource for Fetch {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async move {
            let fetched = clock::timeout(PATIENCE, self.client.fetch(&self.scopes)).await;
            let slow =
                |_| Error::from(TransportError::new(TransportErrorKind::Timeout, "no token within 30 s"));
            fetched.map_err(slow).and_then(|it| it).map_err(|error| error.within(ROUTE.name, 1).into())
        })
    }
}

impl ClientCredentials {
    fn request(&self, scopes: &str, scrub: &mut Scrub) -> Result<HttpRequest, Error> {
        let mut headers = HeaderMap::new();
        let mut form = "grant_type=client_credentials".to_owned();
        let mut add = |name: &str, value: &str| {
            form.extend(["&", &strict(name), "=", &strict(value)]);
        };
        scrub.add(self.secret.expose());
        if self.asking.in_form {
            add("client_id", &self.id);
            add("client_secret", self.secret.expose());
        } else {
            // Both parts are form-encoded before they are joined (section 2.3.1).
            let pair = STANDARD.encode(format!("{}:{}", strict(&self.id), strict(self.secret.expose())));
            scrub.add(&pair);
            let mut basic = HeaderValue::from_str(&format!("Basic {pair}")).map_err(|_| {
                let message = "the client's secret has characters that a header cannot hold";
                RequestError::new(RequestErrorKind::Credentials, message)
            })?;
            basic.set_sensitive(true);
            headers.insert(AUTHORIZATION, basic);
        }
        if !scopes.is_empty() {
            add("scope", scopes);
        }
        for (name, value) in &self.asking.parameters {
            add(name, value);
        }
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        Ok(HttpRequest {
            attempt: Attempt::new(ROUTE.name, ROUTE.path, 1),
            method: Method::POST,
            url: self.url.clone(),
            headers,
            body: Body::from(Bytes::from(form)),
        })
    }

    async fn fetch(&self, scopes: &str) -> Result<Token, Error> {
        let mut scrub = Scrub::default();
        let request = self.request(scopes, &mut scrub)?;
        let HttpResponse { status, headers, body } = self.transport.send(request).await?;
        let whole =
            read_whole(Guarded::new(body, PATIENCE), LARGEST, None).await.map_err(|broken| broken.error)?;
        let body = whole.bytes;
        if status != StatusCode::OK {
            return Err(ApiError::new(&ROUTE, status, headers, body, scrub).into());
        }
        // A token that came with a broken response must not be shown either: the body is not kept in the error.
        let broken = |message| {
            let source = Source {
                route: &ROUTE,
                status,
                headers: HeaderMap::new(),
                attempts: 1,
                scrub: scrub.clone(),
            };
            Error::from(ResponseError::new(&source, ResponseErrorKind::Json, Bytes::new(), message))
        };
        let response: Value =
            serde_json::from_slice(&body).map_err(|_| broken("the token endpoint sent no JSON"))?;
        let token = response.get("access_token").and_then(Value::as_str);
        let token = token.ok_or_else(|| broken("the token endpoint sent no `access_token`"))?;
        if token.trim().is_empty() {
            return Err(broken("the token endpoint sent an empty `access_token`"));
        }
        // Many endpoints leave the type out, though they must not (RFC 6749, section 5.1). Another type than `Bearer` would have
        // to be sent in another way (section 7.1).
        let is_bearer = |kind: &Value| kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("bearer"));
        if response.get("token_type").is_some_and(|kind| !kind.is_null() && !is_bearer(kind)) {
            return Err(broken("the token endpoint sent a token whose `token_type` is not `Bearer`"));
        }
        let token = Token::new(token);
        let lifetime =
            response.get("expires_in").and_then(|it| it.as_f64().or_else(|| it.as_str()?.parse().ok()));
        Ok(match lifetime.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        })
    }
}
