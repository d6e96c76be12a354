//! Server-sent events.

use super::*;
use crate::runtime::route::Method;

fn event(id: &str) -> String {
    format!("data: {{\"id\":\"{id}\"}}\n\n")
}

#[tokio::test]
async fn events_in_all_shapes() {
    let text = [
        "\u{feff}: a comment\n\n",
        "data: {\"id\":\"a\"}\n\n",
        "event: update\r\nid: 7\r\nretry: 20\r\ndata: {\r\ndata: \"id\":\"b\"}\r\n\r\n",
        "id: 8\n\n",
        "unknown: x\ndata:{\"id\":",
        "\"ä\"}\n\ndata: {\"id\":\"d\"}\n",
    ];
    let (_server, client) = start(ended(chunked("text/event-stream", &text))).await;
    let mut events = client.things().events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().id, "a");
    assert_eq!((events.last_event().name.as_str(), events.last_event().id.as_str()), ("message", ""));
    assert_eq!(events.next().await.unwrap().unwrap().id, "b");
    assert_eq!((events.last_event().name.as_str(), events.last_event().id.as_str()), ("update", "7"));
    assert_eq!(events.last_event().retry, Some(Duration::from_millis(20)));
    assert_eq!(events.next().await.unwrap().unwrap().id, "ä");
    assert_eq!((events.last_event().name.as_str(), events.last_event().id.as_str()), ("message", "8"));
    assert!(events.next().await.is_none(), "an event without its blank line is none");
}

#[tokio::test]
async fn marks_of_the_end() {
    let text = event("a") + "data: [DONE]\n\n" + &event("never");
    let mut steps = chunked("text/event-stream", &[&text]);
    steps.push(Step::Hang);
    let (server, client) = start(steps).await;
    assert_eq!(drain!(client.things().events().await.unwrap()), ["a"]);
    server.all_closed().await;
    let text = event("a") + "data: bye\n\n" + &event("never");
    let (_server, client) = start(ended(chunked("text/event-stream", &[&text]))).await;
    assert_eq!(drain!(client.things().events().await.unwrap().ending_at("bye")), ["a"]);
}

#[tokio::test]
async fn marks_of_the_end_that_the_operation_has() {
    let text = event("a") + "data: [DONE]\n\n" + &event("b") + "data: bye\n\n" + &event("never");
    let start = || start(ended(chunked("text/event-stream", &[&text])));
    let (_server, client) = start().await;
    let told = drain!(client.things().events_to(&["over", "bye"]).await.unwrap());
    assert_eq!((told[0].as_str(), told[2].as_str(), told.len()), ("a", "b", 3), "{told:?}");
    let (_server, client) = start().await;
    let told = drain!(client.things().events_to(&[]).await.unwrap());
    assert_eq!((told[4].as_str(), told.len()), ("never", 5), "{told:?}");
    let (_server, client) = start().await;
    let stream = client.things().events_to(&["over"]).await.unwrap();
    assert_eq!(drain!(stream.ending_at("[DONE]")), ["a"]);
}

#[tokio::test]
async fn an_event_that_does_not_fit_is_not_the_end() {
    let text = event("a") + "event: odd\ndata: no json\n\n" + &event("c");
    let (_server, client) = start(ended(chunked("text/event-stream", &[&text]))).await;
    let told = drain!(client.things().events().await.unwrap());
    assert_eq!((told[0].as_str(), told[2].as_str(), told.len()), ("a", "c", 3));
    assert!(told[1].contains("the data of an event `odd` does not fit"), "{told:?}");
}

#[tokio::test]
async fn a_break_is_an_error_where_events_have_no_ids() {
    let mut steps = chunked("text/event-stream", &[&event("a")]);
    steps.push(Step::Close);
    let (server, client) = start(steps).await;
    let told = drain!(client.things().events().await.unwrap());
    assert!(told.len() == 2 && told[1].contains("the answer broke off"), "{told:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn numbered_events_go_on_after_a_break() {
    let server = Server::start(|_, request| {
        let next: u32 = request.header("last-event-id").parse().map_or(0, |last: u32| last + 1);
        let text = format!("retry: 1\nid: {next}\ndata: {{\"id\":\"{next}\"}}\n\n");
        let mut steps = chunked("text/event-stream", &[&text]);
        if next == 3 {
            return ended(steps);
        }
        steps.push(raw("20\r\ndata: {\"id\":\"half"));
        steps.push(Step::Close);
        steps
    })
    .await;
    let client = client(&server.url, |builder| builder);
    assert_eq!(drain!(client.things().events().await.unwrap()), ["0", "1", "2", "3"]);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn numbered_events_do_not_go_on_for_ever() {
    let server = Server::start(|number, _| {
        let mut steps =
            if number == 0 { chunked("text/event-stream", &["id: 1\n", &event("a")]) } else { vec![] };
        steps.push(Step::Close);
        steps
    })
    .await;
    let client = client(&server.url, |builder| builder);
    let told = drain!(client.things().events().await.unwrap());
    assert_eq!((told.len(), told[0].as_str()), (2, "a"));
    assert!(server.requests().len() < 10, "{}", server.requests().len());
}

#[tokio::test]
async fn an_event_without_end() {
    let long = format!("data: {}", "x".repeat(1000));
    let server =
        Server::start(move |_, _| ended(chunked("text/event-stream", &[&event("a"), &long, &long, &long])))
            .await;
    let client = client(&server.url, |builder| builder.max_response_bytes(500));
    let told = drain!(client.things().events().await.unwrap());
    assert!(told.len() == 2 && told[1].contains("an event is larger than 500 bytes"), "{told:?}");
}

#[tokio::test]
async fn signs_of_life_do_not_add_up_to_an_event() {
    let alive = [": alive\n\n", ": alive\r\n\r\n", ":\n\n: alive", " all the same\n\n"].repeat(20);
    let alive: Vec<String> = alive.into_iter().map(str::to_owned).collect();
    let text = [alive.clone(), vec![event("a"), event("b")], alive].concat();
    let transport = InMemory::handler(move |_| Canned::chunks(200, "text/event-stream", text.clone()));
    let builder = Client::builder().api_key("key-key").transport(transport).max_response_bytes(100);
    assert_eq!(drain!(builder.build().unwrap().things().events().await.unwrap()), ["a", "b"]);
}

/// Whatever pieces they come in: the framing keeps nothing of them.
#[tokio::test]
async fn comments_alone_never_add_up() {
    let small = |text: Vec<String>| {
        let transport = InMemory::handler(move |_| Canned::chunks(200, "text/event-stream", text.clone()));
        let builder = Client::builder().api_key("key-key").transport(transport).max_response_bytes(100);
        builder.build().unwrap()
    };
    for end in ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r"] {
        let comments = format!(": alive{end}").repeat(100);
        for size in [1, 2, 3, 7, 50] {
            let text = comments.clone() + "\n" + &event("a") + &comments + "\n" + &event("b") + &comments;
            let pieces = text.as_bytes().chunks(size);
            let pieces: Vec<String> = pieces.map(|it| String::from_utf8(it.to_vec()).unwrap()).collect();
            let told = drain!(small(pieces).things().events().await.unwrap());
            assert_eq!(told, ["a", "b"], "{end:?} by {size}");
        }
    }
    // One comment without an end.
    let text =
        [vec![":".to_owned()], vec!["x".repeat(50); 100], vec!["\n\n".to_owned(), event("a")]].concat();
    assert_eq!(drain!(small(text).things().events().await.unwrap()), ["a"]);
    // But comments do not hide an event that is too large.
    let text = vec![format!("data: {}\n: alive\n", "x".repeat(30)); 10];
    let told = drain!(small(text).things().events().await.unwrap());
    assert!(told.len() == 1 && told[0].contains("an event is larger than 100 bytes"), "{told:?}");
}

#[tokio::test]
async fn an_event_without_data_says_nothing() {
    let text = "data:\n\ndata\n\nevent: ping\n\n".to_owned() + &event("a") + "data: \n\n";
    let (_server, client) = start(ended(chunked("text/event-stream", &[&text]))).await;
    assert_eq!(drain!(client.things().events().await.unwrap()), ["a"]);
    let texts = client.request(Method::GET, "/v1/follow").events::<String>();
    assert_eq!(texts.await.unwrap().next().await.unwrap().unwrap(), "", "where it is text, it is one");
}

#[tokio::test]
async fn what_is_no_event_stream_is_an_error_and_no_stream_without_events() {
    let page = "<html>\n<body>Down for maintenance</body>\n</html>";
    for (media, body) in [("text/html", page), ("application/json; charset=utf-8", r#"{"error": "no"}"#)] {
        let (_server, client) = start(ended(chunked(media, &[body]))).await;
        let error = client.things().events().await.unwrap_err();
        let Error::Decode(response) = &error else { panic!("{error:?}") };
        assert_eq!(
            (response.kind(), response.raw_body().as_ref()),
            (ResponseErrorKind::ContentType, body.as_bytes())
        );
        assert!(error.to_string().contains("server-sent events were expected: "), "{error}");
    }
    for media in ["text/event-stream;charset=UTF-8", "TEXT/Event-Stream", "text/plain", "application/json"] {
        let (_server, client) = start(ended(chunked(media, &[&event("a")]))).await;
        assert_eq!(drain!(client.things().events().await.unwrap()), ["a"], "{media}");
    }
}

#[tokio::test]
async fn an_id_that_no_header_can_carry_is_no_place_to_go_on_from() {
    let mut steps = chunked("text/event-stream", &["id: 1\u{1}\n", &event("a")]);
    steps.push(Step::Close);
    let (server, client) = start(steps).await;
    let told = drain!(client.things().events().await.unwrap());
    assert!(told.len() == 2 && told[1].contains("the answer broke off"), "{told:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn silence_is_an_error_and_comments_are_a_sign_of_life() {
    let mut steps = chunked("text/event-stream", &[&event("a")]);
    for _ in 0..6 {
        steps.push(Step::Pause(Duration::from_millis(30)));
        steps.push(raw("3\r\n:\n\n\r\n"));
    }
    let text = event("b");
    steps.push(raw(format!("{:x}\r\n{text}\r\n", text.len())));
    steps.push(Step::Hang);
    let server = Server::start(move |_, _| steps.clone()).await;
    let client = client(&server.url, |builder| builder.read_timeout(Duration::from_millis(120)));
    let told = drain!(client.things().events().await.unwrap());
    assert_eq!((told.len(), told[0].as_str(), told[1].as_str()), (3, "a", "b"));
    assert!(told[2].contains("nothing came for 120ms"), "{told:?}");
    server.all_closed().await;
}
