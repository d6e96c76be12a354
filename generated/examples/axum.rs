//! A service of `axum` whose handlers call the API. One client serves all requests: a clone of it is cheap, and shares connections.
//!
//! ```text
//! RETAB_API_KEY=… cargo run --example axum -- 127.0.0.1:3000
//! curl http://127.0.0.1:3000/runs/run_abc123xyz
//! ```
//!
//! Without an address it asks itself for two runs, and ends. Without `RETAB_API_KEY` it talks to a small server on this machine that
//! answers as the API's documentation does.

#[path = "support/demo.rs"]
mod demo;

use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing};
use retab::prelude::*;
use retab::{Client, Error};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// An error of the API as a response of this service: what callers can do something about keeps its status.
struct Failure(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = match &self.0 {
            error if error.is_not_found() => StatusCode::NOT_FOUND,
            error if error.is_rate_limited() || error.is_timeout() => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_GATEWAY,
        };
        // No secret is in the text of an error.
        (status, Json(json!({ "error": self.0.to_string() }))).into_response()
    }
}

/// A run; models are types of serde, and so are responses as they are.
async fn run(State(client): State<Client>, Path(id): Path<String>) -> Result<Json<Value>, Failure> {
    let run = client.workflows().runs().get(id).with_timeout(Duration::from_secs(20)).await?;
    Ok(Json(json!({ "state": run.lifecycle.kind(), "timing": run.timing })))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = match std::env::var_os("RETAB_API_KEY") {
        Some(_) => Client::from_env()?,
        None => Client::builder().base_url(demo::serve()?).api_key("demo").build()?,
    };
    let app = Router::new().route("/runs/{id}", routing::get(run)).with_state(client);
    if let Some(address) = std::env::args().nth(1) {
        return Ok(axum::serve(TcpListener::bind(address).await?, app).await?);
    }

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(axum::serve(listener, app).into_future());
    // Any client of HTTP does for this; the SDK's own has `request` for paths that no operation has.
    let browser = Client::builder().base_url(url).api_key("none").build()?;
    for id in ["run_abc123xyz", "run_gone"] {
        match browser.request(Method::GET, format!("/runs/{id}")).json::<Value>().await {
            Ok(run) => println!("{id}: {}", run["state"]),
            Err(error) => println!("{id}: {:?}", error.status()),
        }
    }
    Ok(())
}
