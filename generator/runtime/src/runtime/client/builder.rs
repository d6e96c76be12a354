//! How a client is set up.

mod connections;
mod tokens;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, USER_AGENT};
use tokio::sync::Semaphore;

use super::super::auth::{Credential, Scheme};
use super::super::encode;
use super::super::error::Error;
use super::super::head::{base_url, header};
use super::super::hook::{After, Attempt, Ended, Hook};
use super::super::limit::Limits;
use super::super::retry::{RetryBudget, RetryPolicy};
#[cfg(any(feature = "reqwest", target_family = "wasm"))]
use super::super::transport::ReqwestClient;
use super::super::transport::Transport;
use super::{Core, Propagate, Shared};
use connections::Http;
use tokens::{Tokens, credentials, invalid};

/// Puts a transport around another one.
type Wrap = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send>;

/// Sets up a client of type `C`.
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder<C> {
    base_url: String,
    base_url_given: bool,
    tokens: Tokens,
    user_agent: String,
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
    credentials: Vec<(&'static Scheme, Credential)>,
    credentials_optional: bool,
    retry: RetryPolicy,
    budget: u32,
    limits: Limits,
    hooks: Vec<Arc<dyn Hook>>,
    propagate: Option<Propagate>,
    concurrency: Option<usize>,
    http: Http,
    transport: Option<Arc<dyn Transport>>,
    wraps: Vec<Wrap>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Core>> Builder<C> {
    /// A builder with the server of the document. `user_agent` is name and version of the SDK.
    pub fn new(base_url: impl Into<String>, user_agent: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            base_url_given: false,
            tokens: Tokens::default(),
            user_agent: user_agent.into(),
            headers: Vec::new(),
            query: Vec::new(),
            credentials: Vec::new(),
            credentials_optional: false,
            retry: RetryPolicy::default(),
            budget: 500,
            limits: Limits::default(),
            hooks: Vec::new(),
            propagate: None,
            concurrency: None,
            http: Http::default(),
            transport: None,
            wraps: Vec::new(),
            client: PhantomData,
        }
    }

    /// Calls go to this server, also those for which the document names another one.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        (self.base_url, self.base_url_given) = (url.into(), true);
        self
    }

    /// Gives the credential of a scheme; the last one counts.
    pub fn credential(mut self, scheme: &'static Scheme, credential: impl Into<Credential>) -> Self {
        self.credentials.retain(|(known, _)| known.id != scheme.id);
        self.credentials.push((scheme, credential.into()));
        self
    }

    /// Sends calls without a credential that was not given, instead of refusing them: for a gateway or a transport that adds it.
    pub fn without_credentials(mut self) -> Self {
        self.credentials_optional = true;
        self
    }

    /// Takes the credential of a scheme from an environment variable.
    ///
    /// # Errors
    ///
    /// When the variable is not set, or empty.
    pub fn credential_from_env(self, scheme: &'static Scheme, variable: &str) -> Result<Self, Error> {
        match std::env::var(variable) {
            Ok(value) if !value.trim().is_empty() => Ok(self.credential(scheme, value.trim())),
            Ok(_) | Err(_) => Err(invalid(format!(
                "the environment variable `{variable}` is not set; set it to the credential"
            ))),
        }
    }

    /// OAuth2 tokens are fetched here, instead of where the document says.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.tokens.url = Some(url.into());
        self
    }

    /// OAuth2 tokens are asked for with these scopes, one token for all operations, instead of those that each operation
    /// declares. With none, no scope is named, and the server gives what it gives by default.
    pub fn token_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        self.tokens.scopes = Some(scopes.join(" "));
        self
    }

    /// OAuth2 tokens are asked for with this parameter as well, as some servers demand an `audience` or a `resource`.
    pub fn token_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.tokens.asking.parameters.push((name.into(), value.into()));
        self
    }

    /// OAuth2 tokens are asked for with id and secret of the client in the form, instead of in the header `Authorization`
    /// (`client_secret_basic`).
    pub fn client_secret_post(mut self) -> Self {
        self.tokens.asking.in_form = true;
        self
    }

    /// Longest time for a whole call, all attempts included. None by default.
    pub fn timeout(mut self, total: Duration) -> Self {
        self.limits.total = Some(total);
        self
    }

    /// Longest time for one attempt (10 minutes by default). For responses that are streams: until they begin.
    pub fn attempt_timeout(mut self, attempt: Duration) -> Self {
        self.limits.attempt = attempt;
        self
    }

    /// Longest time until a connection is made (10 seconds by default). Has no effect on a client or transport given
    /// from outside.
    pub fn connect_timeout(mut self, connect: Duration) -> Self {
        self.limits.connect = connect;
        self
    }

    /// Longest time between two pieces of a response (2 minutes by default).
    pub fn read_timeout(mut self, idle: Duration) -> Self {
        self.limits.idle = idle;
        self
    }

    /// When requests are sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Size of the budget for retries that all calls share (500 by default); a retry costs 5, after a timeout 10, and
    /// a success gives back 1.
    pub fn retry_budget(mut self, tokens: u32) -> Self {
        self.budget = tokens;
        self
    }

    /// Says who calls, in front of the SDK's own name.
    pub fn user_agent(mut self, name: impl AsRef<str>) -> Self {
        self.user_agent = format!("{} {}", name.as_ref(), self.user_agent);
        self
    }

    /// A header for each request, in the place of what the document says (`accept`); one of a single call takes its place, and so does
    /// the media type of a body. Given twice, the last one counts.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// A query parameter for each request; one of a single call takes its place. Given twice, the last one counts.
    pub fn default_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Largest response that is read into memory (256 MiB by default); of a stream, the largest line or event.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits.response = bytes;
        self
    }

    /// Largest body of an error that is kept (1 MiB by default, and never more than `max_response_bytes` unless this says so).
    /// What is longer is cut; the status is reported all the same.
    pub fn max_error_bytes(mut self, bytes: usize) -> Self {
        self.limits.error = Some(bytes);
        self
    }

    /// At most this many calls at a time; further ones wait. A stream counts until it is dropped.
    pub fn max_concurrency(mut self, calls: usize) -> Self {
        self.concurrency = Some(calls.max(1));
        self
    }

    /// At most this many unused connections are kept per host (64 by default).
    pub fn max_idle_connections(mut self, connections: usize) -> Self {
        self.limits.idle_connections = connections;
        self
    }

    /// Code that sees each attempt, before and after.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// A closure that sees how each attempt ended. It must not block.
    pub fn on_attempt(self, after: impl Fn(&Attempt, &Ended<'_>) + Send + Sync + 'static) -> Self {
        self.hook(After(after))
    }

    /// Passes the context of a trace on: this is called for each attempt, inside of its span, and adds headers such as `traceparent`. A
    /// propagator of OpenTelemetry writes them with `opentelemetry_http::HeaderInjector`.
    pub fn propagate(mut self, add: impl Fn(&mut HeaderMap) + Send + Sync + 'static) -> Self {
        self.propagate = Some(Arc::new(add));
        self
    }

    /// Uses another way to send requests.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Puts code of one's own around the transport, whichever it is: it gets the transport inside, and sends requests by it as it
    /// sees fit. One that is put around later sees requests earlier. Tokens are fetched through it as well.
    pub fn wrap<T: Transport>(mut self, wrap: impl FnOnce(Arc<dyn Transport>) -> T + Send + 'static) -> Self {
        self.wraps.push(Box::new(|inner| Arc::new(wrap(inner))));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// When a setting is no URL, no header, or refused by the HTTP client.
    pub fn build(self) -> Result<C, Error> {
        let base_url = base_url(&self.base_url)?;
        let headers = headers(&self.user_agent, self.headers)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => self.http.transport(&self.limits, base_url.scheme() == "https")?,
        };
        let transport = self.wraps.into_iter().fold(transport, |inner, wrap| wrap(inner));
        let credentials = credentials(self.credentials, &self.tokens, &base_url, &transport)?;
        Ok(C::from(Core(Arc::new(Shared {
            base_url,
            base_url_given: self.base_url_given,
            transport,
            headers,
            query: query(self.query),
            credentials,
            credentials_optional: self.credentials_optional,
            retry: self.retry,
            budget: RetryBudget::new(self.budget),
            limits: self.limits,
            propagate: self.propagate,
            hooks: self.hooks,
            slots: self.concurrency.map(|calls| Arc::new(Semaphore::new(calls.min(Semaphore::MAX_PERMITS)))),
        }))))
    }
}

/// Connections. These settings have no effect on a client or transport given from outside.
#[cfg(not(target_family = "wasm"))]
impl<C> Builder<C> {
    /// Sends through this proxy, such as `http://user:password@proxy.example:3128` (`https` and `socks5h` are others). Without
    /// it, the usual environment variables count: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.http.settings.proxy = Some(url.into());
        self
    }

    /// Sends through no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        (self.http.settings.proxy, self.http.settings.direct) = (None, true);
        self
    }

    /// Trusts this certificate in addition to those of the system: DER, or PEM with any number of certificates.
    #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
    pub fn root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.http.settings.roots.push(certificate.into());
        self
    }

    /// Shows this certificate to servers that want one: PEM of the certificate, of those above it, and of its key (PKCS #8).
    #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
    pub fn client_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.http.settings.identity = Some(pem.into());
        self
    }

    /// Speaks HTTP/2 from the first byte, also without TLS, where client and server have no way to agree on it.
    #[cfg(feature = "http2")]
    pub fn http2_prior_knowledge(mut self) -> Self {
        self.http.settings.http2_only = true;
        self
    }

    /// Changes anything else about connections: they are then made by `reqwest`, with the settings above.
    #[cfg(feature = "reqwest")]
    pub fn configure_http(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.http.configure.push(Box::new(configure));
        self
    }
}

#[cfg(any(feature = "reqwest", target_family = "wasm"))]
impl<C: From<Core>> Builder<C> {
    /// Uses a client made elsewhere. Build it with `redirect::Policy::none()`: redirects are followed here, without
    /// credentials where they lead to another host.
    ///
    /// With a feature for `rustls`, `reqwest` is compiled with `rustls-no-provider`, also where your crate uses it without TLS. If no
    /// other feature of `reqwest` chooses a cryptography provider, install one before you build a client, or `reqwest` panics:
    /// `rustls::crypto::ring::default_provider().install_default()`.
    pub fn http_client(self, client: reqwest::Client) -> Self {
        self.transport(ReqwestClient(client))
    }
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("credentials", &self.credentials.iter().map(|(scheme, _)| scheme.id).collect::<Vec<_>>())
            .field("retry", &self.retry)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

fn headers(user_agent: &str, given: Vec<(String, String)>) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    let (_, user_agent) = header("user-agent", user_agent)?;
    headers.insert(USER_AGENT, user_agent);
    for (name, value) in given {
        let (name, value) = header(&name, &value)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// The parameters as they are sent, by their names.
fn query(given: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut query: Vec<(String, String)> = Vec::new();
    for (name, value) in given {
        let pair = format!("{}={}", encode::strict(&name), encode::strict(&value));
        query.retain(|(known, _)| *known != name);
        query.push((name, pair));
    }
    query
}
