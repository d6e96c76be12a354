//! Users' own code around attempts.

use std::sync::{Arc, Mutex};

use http::HeaderValue;

use super::mini::Client;
use crate::runtime::error::{Error, RequestError, RequestErrorKind};
use crate::runtime::hook::{Attempt, Ended, Hook};
use crate::runtime::retry::RetryPolicy;
use crate::runtime::testing::{Canned, InMemory};
use crate::runtime::transport::HttpRequest;

#[derive(Clone, Default)]
struct Diary(Arc<Mutex<Vec<String>>>);

impl Hook for Diary {
    fn before(&self, attempt: &Attempt, request: &mut HttpRequest) -> Result<(), Error> {
        self.0.lock().unwrap().push(format!(
            "{} {} {}",
            attempt.operation,
            attempt.number,
            request.url.path()
        ));
        if request.url.path().ends_with("forbidden") {
            return Err(RequestError::new(RequestErrorKind::Parameter, "not on my watch").into());
        }
        request.headers.insert("x-attempt", HeaderValue::from(attempt.number));
        Ok(())
    }

    fn after(&self, attempt: &Attempt, ended: &Ended<'_>) {
        let error = ended.error.map(ToString::to_string).unwrap_or_default();
        self.0.lock().unwrap().push(format!("{} {:?} {error}", attempt.number, ended.status));
    }
}

#[tokio::test(start_paused = true)]
async fn a_hook_sees_and_changes_each_attempt() {
    let transport = InMemory::new();
    transport.answer(Canned::status(503)).answer(Canned::json(200, r#"{"id":"x"}"#));
    let diary = Diary::default();
    let client = Client::builder()
        .api_key("key-key")
        .retry(RetryPolicy::new().without_jitter())
        .transport(transport.clone())
        .hook(diary.clone())
        .build()
        .unwrap();
    client.things().get("x").await.unwrap();
    let sent: Vec<String> = transport.requests().iter().map(|it| it.header("x-attempt").to_owned()).collect();
    assert_eq!(sent, ["1", "2"]);
    let error = client.things().get("forbidden").await.unwrap_err();
    assert_eq!(error.to_string(), "`things.get`: not on my watch");
    assert_eq!(transport.requests().len(), 2);
    assert_eq!(
        *diary.0.lock().unwrap(),
        [
            "things.get 1 /v1/things/x",
            "1 Some(503) `things.get`: 503 Service Unavailable",
            "things.get 2 /v1/things/x",
            "2 Some(200) ",
            "things.get 1 /v1/things/forbidden",
            "1 None not on my watch",
        ]
    );
}
