//! Transports around the client's own.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use http::HeaderValue;

use super::mini::{Client, Get, NewThing, OAUTH, Thing};
use crate::runtime::auth::Credential;
use crate::runtime::error::TransportError;
use crate::runtime::future::BoxFuture;
use crate::runtime::model;
use crate::runtime::testing::{Canned, InMemory, mock};
use crate::runtime::transport::{HttpRequest, HttpResponse, Transport};

/// Writes its name into a header and a diary.
struct Named<T> {
    name: &'static str,
    diary: Arc<Mutex<Vec<String>>>,
    inner: T,
}

impl<T: Transport> Transport for Named<T> {
    fn send(&self, mut request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let about = format!("{} {} {}", self.name, request.attempt.operation, request.attempt.template);
            self.diary.lock().unwrap().push(about);
            request.headers.append("x-by", HeaderValue::from_static(self.name));
            self.inner.send(request).await
        })
    }
}

#[tokio::test]
async fn wraps_see_requests_from_the_outside_in() {
    let diary: Arc<Mutex<Vec<String>>> = Arc::default();
    let (first, second) = (Arc::clone(&diary), Arc::clone(&diary));
    let mock = mock().on(Get).returns(model::from_str::<Thing>(r#"{"id":"x"}"#).unwrap());
    let client = mock
        .builder::<Client>()
        .wrap(move |inner| Named { name: "first", diary: first, inner })
        .wrap(move |inner| Named { name: "second", diary: second, inner })
        .build()
        .unwrap();
    client.things().get("x").await.unwrap();
    assert_eq!(
        *diary.lock().unwrap(),
        ["second things.get /v1/things/{id}", "first things.get /v1/things/{id}"]
    );
    let by: Vec<_> = mock.requests()[0].headers.get_all("x-by").iter().cloned().collect();
    assert_eq!(by, ["second", "first"]);
}

#[tokio::test]
async fn tokens_are_fetched_through_it_too() {
    let memory = InMemory::handler(|_| Canned::json(200, r#"{"access_token":"t-123456"}"#));
    let diary: Arc<Mutex<Vec<String>>> = Arc::default();
    let own = Arc::clone(&diary);
    let client = Client::builder()
        .credential(&OAUTH, Credential::client_credentials("me", "s-123456"))
        .transport(memory)
        .wrap(|inner| Named { name: "w", diary: own, inner })
        .build()
        .unwrap();
    static ROUTE: crate::runtime::route::Route = crate::runtime::route::Route {
        name: "things.secret",
        method: http::Method::GET,
        path: "/v1/secret",
        accept: "",
        auth: &[&[&OAUTH]],
        idempotency: None,
        errors: &[],
        server: None,
    };
    client.things().at(&ROUTE).await.unwrap_err();
    assert_eq!(*diary.lock().unwrap(), ["w oauth2.token ", "w things.secret /v1/secret"]);
}

/// A response that a wrap has kept: nothing goes further in.
struct Cache<T> {
    asked: AtomicU32,
    inner: T,
}

impl<T: Transport> Transport for Cache<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let memory = InMemory::new();
        memory.answer(Canned::json(200, r#"{"id":"kept"}"#));
        Box::pin(async move {
            match self.asked.fetch_add(1, Ordering::Relaxed) {
                0 => self.inner.send(request).await,
                _ => memory.send(request).await,
            }
        })
    }
}

#[tokio::test]
async fn a_wrap_can_respond_itself() {
    let mock = mock().on(super::mini::Create).returns_json(serde_json::json!({ "id": "new" }));
    let client =
        mock.builder::<Client>().wrap(|inner| Cache { asked: AtomicU32::new(0), inner }).build().unwrap();
    assert_eq!(client.things().create(NewThing::new("n")).await.unwrap().id, "new");
    assert_eq!(client.things().create(NewThing::new("n")).await.unwrap().id, "kept");
    assert_eq!(mock.requests().len(), 1);
}
