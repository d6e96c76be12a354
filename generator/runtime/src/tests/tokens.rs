//! How the tokens of OAuth2 clients are asked for.

use super::mini::{Client, OAUTH};
use crate::runtime::auth::Credential;
use crate::runtime::client::Builder;
use crate::runtime::route::{Method, Route};
use crate::runtime::testing::{Canned, InMemory, Seen};

static BY_OAUTH: Route = Route {
    name: "auth.test",
    method: Method::GET,
    path: "/v1/auth",
    accept: "",
    auth: &[&[&OAUTH]],
    idempotency: None,
    errors: &[],
    server: None,
};

/// The request for a token.
async fn asked(change: impl FnOnce(Builder<Client>) -> Builder<Client>) -> Seen {
    let transport = InMemory::handler(|request| match request.url.path() {
        "/oauth/token" => Canned::json(200, r#"{"access_token":"t","token_type":"bearer"}"#),
        _ => Canned::json(200, r#"{"id":"x"}"#),
    });
    let builder = Client::builder().transport(transport.clone());
    let builder = builder.credential(&OAUTH, Credential::client_credentials("me:1", "s&cret"));
    change(builder).build().unwrap().things().at(&BY_OAUTH).await.unwrap();
    transport.requests().remove(0)
}

#[tokio::test]
async fn the_secret_stands_in_a_header_or_in_the_form() {
    let request = asked(|builder| builder).await;
    assert_eq!(request.header("authorization"), "Basic bWUlM0ExOnMlMjZjcmV0");
    assert_eq!(request.body, "grant_type=client_credentials&scope=read%20write");
    let request = asked(Builder::client_secret_post).await;
    assert_eq!(request.header("authorization"), "");
    let form = "grant_type=client_credentials&client_id=me%3A1&client_secret=s%26cret&scope=read%20write";
    assert_eq!(request.body, form);
}

#[tokio::test]
async fn a_server_may_demand_more_than_scopes() {
    let more = |builder: Builder<Client>| {
        let builder = builder.token_scopes(Vec::<String>::new());
        builder.token_parameter("audience", "https://api.example.com/").token_parameter("resource", "a b")
    };
    let form = "grant_type=client_credentials&audience=https%3A%2F%2Fapi.example.com%2F&resource=a%20b";
    assert_eq!(asked(more).await.body, form);
}

#[tokio::test]
async fn a_secret_in_the_form_is_not_shown() {
    let transport = InMemory::handler(|request| {
        let echo = String::from_utf8_lossy(&request.body).into_owned();
        Canned::json(401, format!(r#"{{"error":"invalid_client","error_description":"no: {echo}"}}"#))
    });
    let builder = Client::builder().transport(transport).client_secret_post();
    let client =
        builder.credential(&OAUTH, Credential::client_credentials("me", "s&cret-1")).build().unwrap();
    let error = client.things().at(&BY_OAUTH).await.unwrap_err().to_string();
    assert!(error.contains("invalid_client: no: grant_type"), "{error}");
    assert!(!error.contains("cret-1"), "{error}");
}
