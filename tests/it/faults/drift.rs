//! A server whose document is wrong: its SDK refuses most responses, until `learn` has seen a recording.

use sdkgen::Input;
use sdkgen::diag::Sink;
use sdkgen::learn;
use sdkgen::source::Source;
use tests::mounts::{drift, drift_learned};
use tests::runtime::error::Error;
use tests::runtime::record::Recorder;
use tests::runtime::retry::RetryPolicy;

use super::server::{Server, json};

const TOKEN: &str = "tok_4f7d2c9b1e8a";

/// What the server really sends.
fn response(target: &str, method: &str) -> (u16, String) {
    let collection =
        |id: &str, rest: &str| format!(r#"{{"id": "{id}", "name": "n", "token": "{TOKEN}", {rest}}}"#);
    let list = format!(
        "[{}, {}]",
        collection("col-1", r#""kind": "hybrid", "created": 1700000000, "dimension": null"#),
        collection("col-2", r#""kind": "dense", "created": 1700000001, "shards": [1], "metadata": {"a": 1}"#),
    );
    match (method, target.split('?').next().unwrap_or_default()) {
        ("GET", "/api/databases") => {
            (200, r#"[{"name": "main", "tenant": "t"}, {"name": "test", "tenant": "t"}]"#.to_owned())
        }
        ("GET", "/api/databases/main/size") => (200, r#"{"bytes": 12}"#.to_owned()),
        ("GET", "/api/collections") => (200, list),
        ("POST", "/api/collections") => (202, r#"{"task": 7}"#.to_owned()),
        _ => (404, r#"{"detail": "no such thing"}"#.to_owned()),
    }
}

async fn server() -> Server {
    Server::start(|_, request| {
        let (status, body) = response(&request.target, &request.method);
        json(status, &body)
    })
    .await
}

/// The pointer that an error names: what to correct in the document.
fn pointer<T>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Decode(error)) => error.pointer().unwrap(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("the response was read"),
    }
}

#[tokio::test]
async fn an_sdk_reads_what_was_learned_from_a_recording() {
    let server = server().await;
    let path = std::env::temp_dir().join(format!("traffic-{}.har", std::process::id()));
    let recorder = Recorder::to_file(&path).unwrap();
    let builder = drift::Client::builder().base_url(format!("{}/api", server.url)).record(&recorder);
    let client = builder.retry(RetryPolicy::never()).build().unwrap();
    assert_eq!(pointer(client.databases().list().await), "#/paths/~1databases/get/responses/200");
    assert_eq!(
        pointer(client.databases().size("main").await),
        "#/paths/~1databases~1{name}~1size/get/responses/200"
    );
    assert_eq!(
        pointer(client.collections().list().limit(5).await),
        "#/paths/~1collections/get/responses/200"
    );
    let new = drift::types::NewCollection::new("n");
    assert_eq!(pointer(client.collections().create(new).await), "#/paths/~1collections/post/responses/202");
    let Err(error) = client.databases().size("main").await else { panic!() };
    assert!(
        error
            .to_string()
            .ends_with("in the API's document: `#/paths/~1databases~1{name}~1size/get/responses/200`"),
        "{error}"
    );
    recorder.finish().unwrap();

    let recording = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let folder = tests::checkout().join("tests/cases");
    let document = std::fs::read_to_string(folder.join("drift/spec.yaml")).unwrap();
    let exchanges = learn::har(&Source::new("traffic.har", recording.as_str())).unwrap();
    let input = Input::new(Source::new("spec.yaml", document));
    let learned = sdkgen::learn(&input, &exchanges, &mut Sink::new()).unwrap();
    let texts = [
        recording,
        learned.toml(),
        learn::text(&learned, &input.sources(), false, usize::MAX),
        learn::json(&learned, &input.sources()).to_string(),
    ];
    assert!(texts.iter().all(|text| !text.contains(TOKEN)));
    let expected = folder.join("drift-learned/sdk.toml");
    if tests::case::is_update() {
        std::fs::write(&expected, learned.toml()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(expected).unwrap(), learned.toml(), "`UPDATE_EXPECT=1` writes it");

    let client = drift_learned::Client::builder().base_url(format!("{}/api", server.url)).build().unwrap();
    assert_eq!(client.databases().list().await.unwrap()[1].name, "test");
    client.databases().size("main").await.unwrap();
    assert_eq!(client.collections().list().await.unwrap().len(), 2);
    client.collections().create(drift_learned::types::NewCollection::new("n")).await.unwrap();
}
