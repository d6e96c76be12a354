//! The SDK against servers that fail in every way a socket allows: each call ends, in time, with a value or with an error
//! that says what happened; nothing is sent twice that must not be.

mod bodies;
mod connections;
#[cfg(feature = "mounted")]
mod drift;
#[cfg(feature = "mounted")]
mod mounted;
mod server;
mod statuses;
mod storm;

use std::time::Duration;

use retab::Client;
use retab::client::ClientBuilder;
use retab::runtime::error::{Error, ResponseErrorKind, TransportErrorKind};
use retab::runtime::retry::RetryPolicy;
use retab::types::{CreateWorkflowRequest, Workflow};

use server::{Act, Server};

/// No call may take longer, whatever the server does.
const PATIENCE: Duration = Duration::from_secs(30);

const WORKFLOW: &str = r#"{"id":"wf_1","name":"Intake","description":"","published":null,"email_trigger":null,"created_at":"2026-05-09T08:00:00Z","updated_at":"2026-05-09T08:00:00Z"}"#;

/// A client whose waits are short.
fn builder(url: &str) -> ClientBuilder {
    let policy = RetryPolicy::new().with_backoff(Duration::from_millis(2), Duration::from_millis(5));
    Client::builder().base_url(url).api_key("key-of-the-tests").retry(policy)
}

fn client(server: &Server) -> Client {
    builder(&server.url).build().unwrap()
}

/// A call that may be repeated.
async fn get(client: &Client) -> Result<Workflow, Error> {
    let call = client.workflows().get("wf_1").send();
    tokio::time::timeout(PATIENCE, call).await.expect("no call hangs")
}

/// A call that must not be repeated.
async fn create(client: &Client) -> Result<Workflow, Error> {
    let call = client.workflows().create(CreateWorkflowRequest::new()).send();
    tokio::time::timeout(PATIENCE, call).await.expect("no call hangs")
}

#[track_caller]
fn transport(error: &Error) -> TransportErrorKind {
    let Error::Transport(error) = error else { panic!("not a failure of the transport: {error:?}") };
    error.kind()
}

#[track_caller]
fn response(error: &Error) -> ResponseErrorKind {
    let Error::Decode(error) = error else { panic!("not a failure of decoding: {error:?}") };
    error.kind()
}

/// A server that does this to each request: the error of a `GET`, which is tried three times, and of a `POST`, which is
/// tried once.
async fn both(acts: Vec<Act>) -> (TransportErrorKind, TransportErrorKind) {
    let server = Server::always(acts).await;
    let client = client(&server);
    let read = get(&client).await.unwrap_err();
    assert_eq!((read.attempts(), server.requests()), (3, 3), "{read}");
    let written = create(&client).await.unwrap_err();
    assert_eq!((written.attempts(), server.requests()), (1, 4), "{written}");
    (transport(&read), transport(&written))
}
