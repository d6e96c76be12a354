//! Credentials: where they go, and where they come from.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::mini::{API_KEY, BASIC, BEARER, COOKIE_KEY, Client, NewThing, OAUTH, QUERY_KEY};
use crate::runtime::auth::{Credential, Token, TokenSource};
use crate::runtime::client::Builder;
use crate::runtime::error::{Error, RequestErrorKind, TransportErrorKind};
use crate::runtime::future::{BoxError, BoxFuture};
use crate::runtime::prelude::*;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::route::{Method, Route, Scheme};
use crate::runtime::testing::{Canned, InMemory, Seen};

macro_rules! routes {
    ($($name:ident $auth:expr;)*) => {
        $(
            static $name: Route = Route {
                name: "auth.test",
                method: Method::GET,
                path: "/v1/auth",
                accept: "",
                auth: $auth,
                idempotency: None,
                errors: &[],
                server: None,
            };
        )*
    };
}

routes! {
    NONE &[];
    BY_KEY &[&[&API_KEY]];
    BY_QUERY &[&[&QUERY_KEY]];
    BY_COOKIE &[&[&COOKIE_KEY]];
    BY_BEARER &[&[&BEARER]];
    BY_BASIC &[&[&BASIC]];
    BY_OAUTH &[&[&OAUTH]];
    READING &[&[&OAUTH.scoped(&["read"])]];
    WRITING &[&[&OAUTH.scoped(&["read", "write:all things"])]];
    UNSCOPED &[&[&OAUTH.scoped(&[])]];
    BOTH &[&[&API_KEY, &QUERY_KEY]];
    EITHER &[&[&BASIC], &[&API_KEY, &QUERY_KEY], &[&BEARER]];
    OPTIONAL &[&[&API_KEY], &[]];
}

static ALL: [&Scheme; 5] = [&API_KEY, &QUERY_KEY, &COOKIE_KEY, &BEARER, &BASIC];

fn memory() -> InMemory {
    InMemory::handler(|_| Canned::json(200, r#"{"id":"x"}"#))
}

fn builder(transport: &InMemory) -> Builder<Client> {
    let policy = RetryPolicy::new().without_jitter();
    Client::builder().transport(transport.clone()).retry(policy)
}

/// What a request to a route looks like when these schemes have a credential.
async fn seen(route: &'static Route, schemes: &[&'static Scheme]) -> Result<Seen, Error> {
    let transport = memory();
    let builder = schemes.iter().fold(builder(&transport), |builder, scheme| match scheme.id {
        "Basic" => builder.credential(scheme, Credential::basic("user", "pa:ss")),
        id => builder.credential(scheme, format!("{id} secret")),
    });
    builder.build().unwrap().things().at(route).await?;
    Ok(transport.requests().remove(0))
}

#[tokio::test]
async fn each_scheme_has_its_place() {
    let key = seen(&BY_KEY, &ALL).await.unwrap();
    assert_eq!(
        (key.header("api-key"), key.header("authorization"), key.url.query()),
        ("ApiKey secret", "", None)
    );
    let query = seen(&BY_QUERY, &ALL).await.unwrap();
    assert_eq!((query.url.query(), query.header("api-key")), (Some("key=QueryKey%20secret"), ""));
    assert_eq!(seen(&BY_COOKIE, &ALL).await.unwrap().header("cookie"), "session=CookieKey%20secret");
    assert_eq!(seen(&BY_BEARER, &ALL).await.unwrap().header("authorization"), "Bearer Bearer secret");
    assert_eq!(seen(&BY_BASIC, &ALL).await.unwrap().header("authorization"), "Basic dXNlcjpwYTpzcw==");
    let none = seen(&NONE, &ALL).await.unwrap();
    assert_eq!((none.header("api-key"), none.header("authorization"), none.url.query()), ("", "", None));
}

#[tokio::test]
async fn alternatives_and_combinations() {
    let both = seen(&BOTH, &[&API_KEY, &QUERY_KEY]).await.unwrap();
    assert_eq!((both.header("api-key"), both.url.query()), ("ApiKey secret", Some("key=QueryKey%20secret")));
    let first = seen(&EITHER, &ALL).await.unwrap();
    assert!(first.header("authorization").starts_with("Basic"));
    let second = seen(&EITHER, &[&API_KEY, &QUERY_KEY, &BEARER]).await.unwrap();
    assert_eq!((second.header("api-key"), second.header("authorization")), ("ApiKey secret", ""));
    let third = seen(&EITHER, &[&API_KEY, &BEARER]).await.unwrap();
    assert_eq!((third.header("api-key"), third.header("authorization")), ("", "Bearer Bearer secret"));
    assert_eq!(seen(&OPTIONAL, &[]).await.unwrap().header("api-key"), "");
    assert_eq!(seen(&OPTIONAL, &ALL).await.unwrap().header("api-key"), "ApiKey secret");
    let error = seen(&EITHER, &[&API_KEY]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`auth.test`: no credentials for `Basic` or `ApiKey` with `QueryKey` or `Bearer`; give them to the client's \
         builder"
    );
}

#[tokio::test]
async fn a_header_given_by_hand_counts() {
    let transport = memory();
    let client = builder(&transport).build().unwrap();
    client.things().at(&BY_KEY).with_header("api-key", "by hand").await.unwrap();
    let client = builder(&transport).default_header("Authorization", "Bearer by hand").build().unwrap();
    client.things().at(&BY_BEARER).await.unwrap();
    let requests = transport.requests();
    assert_eq!(requests[0].header("api-key"), "by hand");
    assert_eq!(requests[1].header("authorization"), "Bearer by hand");
}

#[tokio::test]
async fn a_credential_of_another_kind() {
    let transport = memory();
    let client = builder(&transport).credential(&API_KEY, Credential::basic("u", "p")).build().unwrap();
    let error = client.things().at(&BY_KEY).await.unwrap_err();
    assert!(matches!(&error, Error::Request(it) if it.kind() == RequestErrorKind::Credentials), "{error:?}");
    assert!(transport.requests().is_empty());
}

/// A server with a token endpoint that numbers its tokens. Answers 401 to tokens below `valid`.
fn oauth(valid: Arc<AtomicUsize>, lifetime: u64) -> InMemory {
    let issued = AtomicUsize::new(0);
    InMemory::handler(move |request| {
        if request.url.path() == "/oauth/token" {
            let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
            let body = format!(
                r#"{{"access_token":"token-{number}","token_type":"Bearer","expires_in":{lifetime}}}"#
            );
            return Canned::json(200, body).after(Duration::from_millis(100));
        }
        let number: usize =
            request.header("authorization").trim_start_matches("Bearer token-").parse().unwrap_or(0);
        if number < valid.load(Ordering::SeqCst) {
            Canned::status(401)
        } else {
            Canned::json(200, r#"{"id":"x"}"#)
        }
    })
}

fn tokens(transport: &InMemory) -> usize {
    transport.requests().iter().filter(|it| it.url.path() == "/oauth/token").count()
}

fn oauth_client(transport: &InMemory) -> Client {
    let credential = Credential::client_credentials("my id", "my secret");
    builder(transport).credential(&OAUTH, credential).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_token_is_fetched_once_and_kept() {
    let transport = oauth(Arc::default(), 3600);
    let client = oauth_client(&transport);
    let calls: Vec<_> =
        (0..100).map(|_| tokio::spawn(client.clone().things().at(&BY_OAUTH).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(tokens(&transport), 1, "one refresh at a time");
    let fetch = transport.requests().remove(0);
    assert_eq!(fetch.body.as_ref(), b"grant_type=client_credentials&scope=read%20write");
    assert_eq!(fetch.header("authorization"), "Basic bXklMjBpZDpteSUyMHNlY3JldA==");
    assert_eq!(fetch.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(transport.requests()[100].header("authorization"), "Bearer token-1");
    tokio::time::sleep(Duration::from_secs(3500)).await;
    client.things().at(&BY_OAUTH).await.unwrap();
    assert_eq!(tokens(&transport), 1);
    tokio::time::sleep(Duration::from_secs(60)).await;
    client.things().at(&BY_OAUTH).await.unwrap();
    assert_eq!(tokens(&transport), 2, "fetched again before it expires");
}

/// The scopes that tokens were asked for, in turn.
fn scopes(transport: &InMemory) -> Vec<String> {
    let requests = transport.requests().into_iter().filter(|it| it.url.path() == "/oauth/token");
    requests.map(|it| String::from_utf8(it.body.to_vec()).unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn each_operation_asks_for_its_own_scopes() {
    let transport = oauth(Arc::default(), 3600);
    let client = oauth_client(&transport);
    for route in [&READING, &WRITING, &READING, &UNSCOPED, &WRITING, &UNSCOPED] {
        client.things().at(route).await.unwrap();
    }
    let grant = "grant_type=client_credentials";
    assert_eq!(
        scopes(&transport),
        [
            format!("{grant}&scope=read"),
            format!("{grant}&scope=read%20write%3Aall%20things"),
            grant.to_owned()
        ],
        "one token for each combination"
    );
    for (chosen, body) in [(vec![], grant.to_owned()), (vec!["a", "b"], format!("{grant}&scope=a%20b"))] {
        let transport = oauth(Arc::default(), 3600);
        let credential = Credential::client_credentials("my id", "my secret");
        let client = builder(&transport).credential(&OAUTH, credential).token_scopes(chosen).build().unwrap();
        client.things().at(&READING).await.unwrap();
        client.things().at(&WRITING).await.unwrap();
        assert_eq!(scopes(&transport), [body], "one token for all");
    }
}

#[tokio::test(start_paused = true)]
async fn lifetimes_beyond_all_clocks() {
    for lifetime in [0, u64::MAX, 1 << 60] {
        let client = oauth_client(&oauth(Arc::default(), lifetime));
        client.things().at(&BY_OAUTH).await.unwrap();
        client.things().at(&BY_OAUTH).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_does_not_outlast_the_deadline() {
    // The endpoint takes an age for the second token; somebody else waits for it while this call is refused.
    let transport = InMemory::handler(|request| match request.url.path() {
        "/oauth/token" => Canned::json(200, r#"{"access_token":"t"}"#),
        _ => Canned::status(401).after(Duration::from_secs(1)),
    });
    let client = oauth_client(&transport);
    let begun = tokio::time::Instant::now();
    let calls = (0..3).map(|_| {
        let call = client.things().at(&BY_OAUTH).with_timeout(Duration::from_millis(1500));
        tokio::spawn(call.send())
    });
    for call in calls.collect::<Vec<_>>() {
        assert!(call.await.unwrap().unwrap_err().is_timeout());
    }
    assert_eq!(begun.elapsed(), Duration::from_millis(1500));
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_fetched_anew_once() {
    let valid = Arc::new(AtomicUsize::new(0));
    let transport = oauth(valid.clone(), 3600);
    let client = oauth_client(&transport);
    client.things().at(&BY_OAUTH).await.unwrap();
    valid.store(2, Ordering::SeqCst);
    let calls: Vec<_> =
        (0..100).map(|_| tokio::spawn(client.clone().things().at(&BY_OAUTH).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(tokens(&transport), 2, "one new token for all who were refused");
    // Those that began late waited for the new one at once.
    assert!((2 + 1 + 100..=2 + 1 + 200).contains(&transport.requests().len()), "none was sent a third time");
    valid.store(99, Ordering::SeqCst);
    let error = client.things().at(&BY_OAUTH).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 2));
    assert_eq!(tokens(&transport), 3);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_fetch_does_not_block_the_next() {
    let transport = oauth(Arc::default(), 3600);
    let client = oauth_client(&transport);
    let first = client.things().at(&BY_OAUTH).send();
    assert!(tokio::time::timeout(Duration::from_millis(50), first).await.is_err());
    client.things().at(&BY_OAUTH).await.unwrap();
    assert_eq!(tokens(&transport), 2);
}

#[tokio::test(start_paused = true)]
async fn no_token_no_call() {
    let transport = InMemory::handler(|request| match request.url.path() {
        "/oauth/token" => {
            Canned::json(400, r#"{"error":"invalid_client","error_description":"unknown client"}"#)
        }
        _ => Canned::status(500),
    });
    let error = oauth_client(&transport).things().at(&BY_OAUTH).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`auth.test`: no access token: `oauth2.token`: 400 Bad Request: invalid_client: unknown client"
    );
    assert_eq!(transport.requests().len(), 1);
    for body in [r#"{"token":"x"}"#, "<html>"] {
        let transport = InMemory::new();
        transport.answer(Canned::json(200, body));
        let error = oauth_client(&transport).things().at(&BY_OAUTH).await.unwrap_err();
        assert!(error.to_string().contains("the token endpoint sent no"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_cannot_be_used_is_an_error() {
    for (body, said) in [
        (r#"{"access_token":""}"#, "an empty `access_token`"),
        (r#"{"access_token":"  ","token_type":"Bearer"}"#, "an empty `access_token`"),
        (r#"{"access_token":"abc-def","token_type":"mac"}"#, "whose `token_type` is not `Bearer`"),
        (r#"{"access_token":"abc-def","token_type":""}"#, "whose `token_type` is not `Bearer`"),
        (r#"{"access_token":"abc-def","token_type":1}"#, "whose `token_type` is not `Bearer`"),
    ] {
        let transport = InMemory::new();
        transport.answer(Canned::json(200, body));
        let error = oauth_client(&transport).things().at(&BY_OAUTH).await.unwrap_err();
        assert!(error.to_string().contains(said), "{body}: {error}");
        assert!(!format!("{error} {error:?}").contains("abc-def"), "{error:?}");
        assert_eq!(transport.requests().len(), 1, "{body}: the call was sent");
    }
    for kind in [r#","token_type":"bearer""#, r#","token_type":"BEARER""#, r#","token_type":null"#, ""] {
        let transport = InMemory::new();
        transport.answer(Canned::json(200, format!(r#"{{"access_token":"t"{kind}}}"#)));
        transport.answer(Canned::json(200, r#"{"id":"x"}"#));
        oauth_client(&transport).things().at(&BY_OAUTH).await.unwrap();
        assert_eq!(transport.requests()[1].header("authorization"), "Bearer t", "{kind}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_endpoint_that_stumbles_is_asked_again() {
    let transport = InMemory::new();
    transport.failure(TransportErrorKind::Connect);
    transport.answer(Canned::status(503));
    transport.answer(Canned::json(200, r#"{"access_token":"t"}"#));
    transport.answer(Canned::json(200, r#"{"id":"x"}"#));
    let client = oauth_client(&transport);
    // Even for a call that must not be sent twice: it was not sent at all.
    static POST: Route = Route {
        name: "auth.post",
        method: Method::POST,
        path: "/v1/auth",
        accept: "",
        auth: &[&[&OAUTH]],
        idempotency: None,
        errors: &[],
        server: None,
    };
    client.things().at(&POST).await.unwrap();
    assert_eq!(transport.requests().len(), 4);
}

struct Own(AtomicUsize);

impl TokenSource for Own {
    fn token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async {
            match self.0.fetch_add(1, Ordering::SeqCst) {
                0 => Ok(Token::new("first").expires_in(Duration::from_secs(10))),
                1 => Ok(Token::new("second")),
                _ => Err("the vault is shut".into()),
            }
        })
    }
}

#[tokio::test(start_paused = true)]
async fn tokens_from_somewhere_else() {
    let transport = memory();
    let client = builder(&transport)
        .credential(&BEARER, Credential::source(Own(AtomicUsize::new(0))))
        .build()
        .unwrap();
    let call = || client.things().at(&BY_BEARER);
    call().await.unwrap();
    tokio::time::sleep(Duration::from_secs(10)).await;
    call().await.unwrap();
    transport.answer(Canned::status(401));
    let error = call().await.unwrap_err();
    assert_eq!(error.to_string(), "`auth.test`: no access token: the vault is shut");
    let sent: Vec<String> =
        transport.requests().iter().map(|it| it.header("authorization").to_owned()).collect();
    assert_eq!(sent, ["Bearer first", "Bearer second", "Bearer second"]);
}

#[tokio::test]
async fn a_client_with_a_source_of_its_own_asks_no_token_endpoint() {
    let transport = memory();
    let own = Credential::source(Own(AtomicUsize::new(0)));
    // Where the document says that tokens are is of no matter then.
    let builder = builder(&transport).token_url("http://[").credential(&OAUTH, own);
    let client = builder.build().unwrap();
    transport.answer(Canned::status(401));
    client.things().at(&BY_OAUTH).await.unwrap();
    client.things().at(&BY_OAUTH).await.unwrap();
    let sent: Vec<String> =
        transport.requests().iter().map(|it| it.header("authorization").to_owned()).collect();
    assert_eq!(sent, ["Bearer first", "Bearer second", "Bearer second"]);
    assert_eq!(tokens(&transport), 0);
}

#[tokio::test]
async fn an_unauthorised_post_is_sent_again_with_a_new_token_only() {
    let transport = memory();
    transport.answer(Canned::status(401));
    let client = builder(&transport).api_key("static key").build().unwrap();
    let error = client.things().create(NewThing::new("n")).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), transport.requests().len()), (401, 1));
}
