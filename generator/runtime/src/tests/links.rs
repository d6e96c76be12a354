//! Pages that lead on by URLs: in the header `Link`, and in the body.

use super::mini::{Client, NewThing, QUERY_KEY};
use crate::runtime::auth::Credential;
use crate::runtime::error::{Error, ResponseErrorKind};
use crate::runtime::prelude::*;
use crate::runtime::testing::{Canned, InMemory};

fn client(transport: &InMemory) -> Client {
    let builder = Client::builder().base_url("https://api.example.com/base").api_key("key-key");
    builder
        .credential(&QUERY_KEY, Credential::from("query-key"))
        .transport(transport.clone())
        .build()
        .unwrap()
}

fn list(ids: &[&str], link: Option<&str>) -> Canned {
    let things: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    let page = Canned::json(200, format!("[{}]", things.join(",")));
    link.map_or(page.clone(), |link| page.header("link", link))
}

async fn ids(transport: &InMemory) -> Result<Vec<String>, Error> {
    let all = client(transport).things().linked().with_query("size", "2").items().collect_up_to(100).await?;
    Ok(all.into_iter().map(|thing| thing.id).collect())
}

#[tokio::test]
async fn links_are_followed_to_the_end() {
    let transport = InMemory::new();
    let first =
        "<https://api.example.com/base/v1/things?size=2&page=2>; rel=\"next\", <https://x.test/>; rel=last";
    transport.answer(list(&["a", "b"], Some(first)));
    transport
        .answer(list(&["c"], Some("</elsewhere?page=3>; title=\"a, <b>; rel=next\"; rel=\"Next prefetch\"")));
    transport.answer(list(&["d"], Some("</base/v1/things?page=1>; rel=\"prev\"; type")));
    assert_eq!(ids(&transport).await.unwrap(), ["a", "b", "c", "d"]);
    let asked: Vec<String> = transport.requests().iter().map(|request| request.url.to_string()).collect();
    assert_eq!(
        asked,
        [
            "https://api.example.com/base/v1/things?size=2",
            "https://api.example.com/base/v1/things?size=2&page=2",
            "https://api.example.com/elsewhere?page=3"
        ]
    );
    assert!(transport.requests().iter().all(|request| request.headers.contains_key("api-key")));
}

#[tokio::test]
async fn without_a_link_the_first_page_is_the_last() {
    for link in [None, Some(""), Some("nonsense"), Some("<unclosed; rel=next"), Some("</b>; rel=\"nextish\"")]
    {
        let transport = InMemory::new();
        transport.answer(list(&["a"], link));
        assert_eq!(ids(&transport).await.unwrap(), ["a"], "{link:?}");
    }
}

#[tokio::test]
async fn credentials_do_not_follow_to_another_server() {
    for link in
        ["<https://evil.test/v1/things>; rel=next", "<http://api.example.com:8080/base/v1/things>; rel=next"]
    {
        let transport = InMemory::new();
        transport.answer(list(&["a"], Some(link)));
        let error = ids(&transport).await.unwrap_err();
        assert!(matches!(&error, Error::Decode(it) if it.kind() == ResponseErrorKind::Paging), "{error}");
        assert_eq!(transport.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_link_that_forgets_the_encryption_is_followed_with_it() {
    let transport = InMemory::new();
    transport.answer(list(&["a"], Some("<http://api.example.com/base/v1/things?p=2>; rel=next")));
    transport.answer(list(&["b"], None));
    assert_eq!(ids(&transport).await.unwrap(), ["a", "b"]);
    assert_eq!(transport.requests()[1].url.as_str(), "https://api.example.com/base/v1/things?p=2");
}

#[tokio::test]
async fn links_that_go_round_are_found() {
    let transport = InMemory::handler(|request| {
        let next = if request.url.query() == Some("p=1") { "p=2" } else { "p=1" };
        list(&["a"], Some(&format!("<?{next}>; rel=next")))
    });
    let error = ids(&transport).await.unwrap_err();
    assert!(error.to_string().contains("read before"), "{error}");
    assert_eq!(transport.requests().len(), 3);
}

#[tokio::test]
async fn urls_in_the_body_are_followed_and_keys_sent_once() {
    let transport = InMemory::handler(|request| {
        let next = match request.url.query_pairs().find(|(name, _)| name == "page") {
            None => r#""/base/v1/keyed?page=2&key=query-key""#,
            Some(_) => "null",
        };
        Canned::json(200, format!(r#"{{"data":[{{"id":"a"}}],"list_metadata":{{"after":{next}}}}}"#))
    });
    let all = client(&transport).things().by_url().items().collect_up_to(9).await.unwrap();
    assert_eq!(all.len(), 2);
    let queries: Vec<_> = transport.requests().iter().map(|it| it.url.query().unwrap().to_owned()).collect();
    assert_eq!(queries, ["key=query-key", "page=2&key=query-key"]);
}

/// Prefect's lists of events are asked for by `POST`, and their links only by `GET`.
#[tokio::test]
async fn a_link_of_a_list_by_post_is_got() {
    let transport = InMemory::handler(|request| match (request.method.as_str(), request.url.query()) {
        ("POST", Some("key=q-key")) => Canned::json(
            200,
            r#"{"data":[{"id":"a"}],"list_metadata":{"after":"https://api.example.com/base/v1/things/filter/next?page=2"}}"#,
        ),
        ("GET", Some("page=2&key=q-key")) => Canned::json(200, r#"{"data":[{"id":"b"}]}"#),
        _ => Canned::status(405),
    });
    let builder = Client::builder().base_url("https://api.example.com/base").transport(transport.clone());
    let client = builder.credential(&QUERY_KEY, "q-key").build().unwrap();
    let list =
        client.things().filter(&NewThing::new("n")).with_header("content-type", "application/vnd.x+json");
    let all = list
        .with_header("x-tenant", "t")
        .with_idempotency_key("once")
        .items()
        .collect_up_to(9)
        .await
        .unwrap();
    assert_eq!(all.iter().map(|thing| thing.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let requests = transport.requests();
    assert_eq!(
        (requests[0].body.as_ref(), requests[0].header("idempotency-key")),
        (&b"{\"name\":\"n\"}"[..], "once")
    );
    assert!(requests[1].body.is_empty());
    for name in ["content-type", "content-length", "idempotency-key"] {
        assert_eq!(requests[1].header(name), "", "{name}");
    }
    assert_eq!(requests[1].header("x-tenant"), "t", "other headers go along");
}
