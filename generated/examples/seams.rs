//! Where a client can be changed: when it sends again, how long it may take, where its keys come from, who sees its
//! attempts, what sends its requests.
//!
//! ```text
//! cargo run --example seams
//! ```
//!
//! It talks to a small server on this machine, and to nobody else.

#[path = "support/demo.rs"]
mod demo;

use std::time::Duration;

use retab::prelude::*;
use retab::{Attempt, BoxError, BoxFuture, Ended, Hook, HttpRequest, HttpResponse, RetryPolicy, Transport};
use retab::{Client, ClientBuilder, Credential, Error, HeaderValue, Token, TokenSource, TransportError, TransportErrorKind};

/// Policies and limits are values.
fn patient() -> ClientBuilder {
    let policy =
        RetryPolicy::new().with_max_attempts(5).with_backoff(Duration::from_millis(200), Duration::from_secs(5));
    Client::builder()
        .api_key("demo")
        .retry(policy)
        .timeout(Duration::from_secs(60))
        .max_concurrency(16)
        .max_response_bytes(64 << 20)
        .user_agent("seams/1.0")
}

/// The HTTP client below, with a proxy. A certificate of one's own is trusted by `root_certificate`, one is shown to servers by
/// `client_certificate`.
fn by_proxy(proxy: &str) -> Result<Client, Error> {
    patient().proxy(proxy).connect_timeout(Duration::from_secs(3)).build()
}

/// With the feature `reqwest`: a client that a program has anyway, or the settings that only `reqwest` has. It must not follow
/// redirects: the SDK does, without taking keys to other hosts.
#[cfg(feature = "reqwest")]
fn by_own_client() -> Result<[Client; 2], Box<dyn std::error::Error>> {
    use retab::runtime::client::reqwest;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let own = patient().http_client(http).build()?;
    Ok([own, patient().configure_http(|http| http.tcp_nodelay(false)).build()?])
}

/// Sees each attempt, and may change it.
struct Log;

impl Hook for Log {
    fn before(&self, attempt: &Attempt, request: &mut HttpRequest) -> Result<(), Error> {
        request.headers.insert("x-attempt", HeaderValue::from(attempt.number));
        println!("-> {} {} {}", attempt.operation, request.method, request.url.path());
        Ok(())
    }

    fn after(&self, attempt: &Attempt, ended: &Ended<'_>) {
        println!("<- {} {:?} after {:?}", attempt.operation, ended.status, ended.elapsed);
    }
}

/// Keys from somewhere else: asked for when there is none, when one is about to expire, and when the server refuses one.
struct Vault;

impl TokenSource for Vault {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async { Ok(Token::new("a key of today").expires_in(Duration::from_secs(3600))) })
    }
}

/// Another way to send requests: here, none at all.
struct Offline;

impl Transport for Offline {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let host = request.url.host_str().unwrap_or_default().to_owned();
        Box::pin(async move {
            Err(TransportError::new(TransportErrorKind::Connect, format!("not going to {host} today")))
        })
    }
}

/// With the feature `testing`: the whole client, and answers from memory.
#[cfg(feature = "testing")]
async fn in_memory() -> Result<(), Error> {
    use retab::testing::{Canned, InMemory};
    let transport = InMemory::new();
    transport.answer(Canned::status(503)).answer(Canned::json(404, r#"{"detail": "no such run"}"#));
    let client = patient().transport(transport.clone()).build()?;
    let said = client.workflows().runs().get("run_1").await.map(|run| run.id);
    println!("{said:?} after {} requests", transport.requests().len());
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    by_proxy("http://127.0.0.1:3128")?;
    #[cfg(feature = "reqwest")]
    by_own_client()?;

    let client = patient().base_url(demo::serve()?).api_key(Credential::source(Vault)).hook(Log).build()?;
    let run = client.workflows().runs().get("run_abc123xyz").with_retry(RetryPolicy::never()).await?;
    println!("{}: {}", run.id, run.lifecycle.kind());

    let client = patient().transport(Offline).build()?;
    if let Err(error) = client.workflows().list().with_timeout(Duration::from_millis(300)).await {
        println!("{error}; may be tried again: {}", error.is_retryable());
    }

    #[cfg(feature = "testing")]
    in_memory().await?;
    Ok(())
}
