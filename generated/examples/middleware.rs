//! Middleware of others around the transport of a client: a stack of `tower`, and `reqwest-middleware`.
//!
//! ```text
//! cargo run --example middleware
//! ```
//!
//! It talks to a small server on this machine, and to nobody else.

#[path = "support/demo.rs"]
mod demo;

use std::sync::Arc;
use std::time::Duration;

use reqwest_middleware::{ClientWithMiddleware, Next, reqwest};
use retab::{BoxError, BoxFuture, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};
use retab::{Client, ClientBuilder, Error};
use tower::{Service, ServiceBuilder, ServiceExt, service_fn};

/// A service of `tower` as a transport. Each request gets a clone of it, as `tower` has it; layers share what they count.
struct Tower<S>(S);

impl<S> Transport for Tower<S>
where
    S: Service<HttpRequest, Response = HttpResponse, Error = BoxError> + Clone + Send + Sync + 'static,
    S::Future: Send,
{
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let service = self.0.clone();
        Box::pin(async move {
            service.oneshot(request).await.map_err(|error| match error.downcast::<TransportError>() {
                Ok(error) => *error,
                Err(error) => TransportError::new(TransportErrorKind::Other, "a layer refused it").with_source(error),
            })
        })
    }
}

/// The client's own transport inside of a stack: any layer that takes any request.
fn by_tower(builder: ClientBuilder) -> Result<Client, Error> {
    let wrapped = builder.wrap(|inner: Arc<dyn Transport>| {
        let send = service_fn(move |request: HttpRequest| {
            let inner = inner.clone();
            async move { inner.send(request).await }
        });
        let stack = ServiceBuilder::new().concurrency_limit(8).timeout(Duration::from_secs(30)).map_request(|request: HttpRequest| {
            println!("-> {} ({})", request.attempt.operation, request.attempt.template);
            request
        });
        Tower(stack.service(send))
    });
    wrapped.build()
}

/// `reqwest` with middleware, in the place of the client's own transport. The SDK follows redirects and sends again by itself.
struct ByMiddleware(ClientWithMiddleware);

impl Transport for ByMiddleware {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let failed = |kind, error: BoxError| TransportError::new(kind, "the request failed").with_source(error);
        Box::pin(async move {
            let HttpRequest { method, url, headers, body, .. } = request;
            let body = body.collect().await.map_err(|error| failed(TransportErrorKind::Upload, error))?;
            let sent = self.0.request(method, url.as_str()).headers(headers).body(body).send().await;
            let response = sent.map_err(|error| failed(TransportErrorKind::Reset, error.into()))?;
            Ok(HttpResponse::from_http(response.into()))
        })
    }
}

/// A middleware: it says what goes by.
fn tell<'a>(
    request: reqwest::Request,
    extensions: &'a mut http::Extensions,
    next: Next<'a>,
) -> BoxFuture<'a, reqwest_middleware::Result<reqwest::Response>> {
    println!("-> {} {}", request.method(), request.url().path());
    Box::pin(next.run(request, extensions))
}

fn by_middleware(builder: ClientBuilder) -> Result<Client, Box<dyn std::error::Error>> {
    // Only where some crate turns on the feature `rustls-no-provider` of `reqwest`, as in the workspace of this example.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let http = reqwest_middleware::ClientBuilder::new(http).with(tell).build();
    Ok(builder.transport(ByMiddleware(http)).build()?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = demo::serve()?;
    let builder = || Client::builder().base_url(&server).api_key("demo");
    for client in [by_tower(builder())?, by_middleware(builder())?] {
        let run = client.workflows().runs().get("run_abc123xyz").await?;
        println!("{}: {}", run.id, run.lifecycle.kind());
    }
    Ok(())
}
