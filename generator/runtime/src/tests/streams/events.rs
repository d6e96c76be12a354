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
    assert_eq!(events.next().await.unwrap().unwrap().id, "d", "the last event needs no blank line");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn marks_of_the_end() {
    let text = event("a") + "data: [DONE]\n\n" + &event("never");
    let mut steps = chunked("text/event-stream", &[&text]);
    steps.push(Step::Hang);
    let (server, client) = start(steps).await;
    assert_eq!(drain!(client.things().events().await.unwrap()), ["a"]);
    server.all_closed().await;
    for mark in ["data:  [DONE]\n\n", "data: [DONE] \n\n", "data:\ndata: [DONE]\ndata:\n\n", "data: [DONE]"] {
        let text = event("a") + mark;
        assert_eq!(
            drain!(canned("text/event-stream", vec![text]).things().events().await.unwrap()),
            ["a"],
            "{mark:?}"
        );
    }
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
    assert!(told.len() == 2 && told[1].contains("the response broke off"), "{told:?}");
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
    assert!(told.len() == 2 && told[1].contains("the response broke off"), "{told:?}");
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

#[tokio::test]
async fn the_last_event_counts_without_an_empty_line() {
    for (text, expected) in [
        ("data: {\"id\":\"a\"}", &["a"][..]),
        ("data: {\"id\":\"a\"}\n", &["a"]),
        ("data: {\"id\":\"a\"}\r", &["a"]),
        ("data: {\"id\":\"a\"}\r\n", &["a"]),
        ("data: {\"id\":\"a\"}\n\n: over", &["a"]),
        ("data: {\"id\":\"a\"}\n\nid: 7", &["a"]),
        ("data: {\ndata: \"id\":\"a\"}", &["a"]),
    ] {
        let told = drain!(canned("text/event-stream", vec![text]).things().events().await.unwrap());
        assert_eq!(told, expected, "{text:?}");
    }
    let told =
        drain!(canned("text/event-stream", vec!["data: {\"id\":\"cut"]).things().events().await.unwrap());
    assert!(told.len() == 1 && told[0].contains("does not fit"), "{told:?}");
}

/// Whatever pieces they come in.
#[tokio::test]
async fn a_bad_byte_costs_one_event() {
    let text: &[u8] = b"data: {\"id\":\"a\"}\n\nevent: odd\r\ndata: {\"id\":\"\xff\"}\r\n\r\n: \xc3\ndata: {\"id\":\"\xc3\xa4\"}\n\n\
        : \xe2\x82\n\ndata: {\"id\":\"\xf0\x9f\x98\x80\"}\r\rdata: \xe2\x82\n\ndata: {\"id\":\"z\"}\n\n";
    for size in 1..text.len() {
        let pieces: Vec<Bytes> = text.chunks(size).map(Bytes::copy_from_slice).collect();
        let told = drain!(canned("text/event-stream", pieces).things().events().await.unwrap());
        let expected = [
            "a",
            "! `things.follow`: the response (200) could not be read: the data of an event `odd` is not valid UTF-8",
            "ä",
            "😀",
            "! `things.follow`: the response (200) could not be read: the data of an event `message` is not valid UTF-8",
            "z",
        ];
        assert_eq!(told, expected, "by {size}");
    }
    let told = drain!(
        canned("text/event-stream", vec![&b"data: {\"id\":\"\xc3"[..]]).things().events().await.unwrap()
    );
    assert!(told.len() == 1 && told[0].contains("is not valid UTF-8"), "{told:?}");
}

#[tokio::test]
async fn errors_in_the_stream_have_the_words_of_the_server() {
    let text = event("a")
        + "event: error\ndata: {\"id\":\"b\",\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n"
        + "event: error\ndata: too many requests\n\nevent: error\ndata:\n\n"
        + "data: {\"error\":{\"message\":\"context too long\",\"code\":400}}\n\n"
        + "data: {\"id\":\"c\",\"error\":\"gone\"}\n\n"
        + "data: {\"id\":\"d\",\"error\":null}\n\ndata: {\"id\":\"e\",\"error\":{}}\n\ndata: {\"id\":\"/error\"}\n\n";
    let client = canned("text/event-stream", vec![text]);
    let told = drain!(client.things().events().await.unwrap());
    let said = |words: &str| format!("! `things.follow`: the server reported an error in the stream{words}");
    let expected = [
        "a".to_owned(),
        said(": Overloaded"),
        said(": too many requests"),
        said(""),
        said(": context too long"),
        said(": gone"),
        "d".to_owned(),
        "e".to_owned(),
        "/error".to_owned(),
    ];
    assert_eq!(told, expected);
    // What the document knows is an item, unless it does not fit.
    let told = drain!(client.things().events_failing_at(&[]).await.unwrap());
    assert_eq!((told[1].as_str(), told[4].as_str()), ("b", "c"), "{told:?}");
    assert!(told[2].contains("does not fit"), "{told:?}");
    assert_eq!(told[3], said(": context too long"));

    let mut events = client.things().events().await.unwrap();
    events.next().await.unwrap().unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    let api = error.as_api().unwrap();
    assert_eq!((api.message(), api.status().as_u16(), error.is_retryable()), ("Overloaded", 200, false));
    assert_eq!(error.status(), None);
    assert!(api.raw_body().starts_with(b"{\"id\":\"b\""));
    assert_eq!(events.last_event().name, "error");

    let text = "event: failure\ndata: {\"id\":\"a\"}\n\nevent: error\ndata: {\"id\":\"b\"}\n\ndata: {\"id\":\"c\",\"status\":{\"why\":\"full\"}}\n\n";
    let client = canned("text/event-stream", vec![text]);
    let told = drain!(client.things().events_failing_at(&["failure", "/status/why"]).await.unwrap());
    assert_eq!(told, [said(": {\"id\":\"a\"}"), "b".to_owned(), said(": full")]);
}

#[tokio::test]
async fn errors_of_a_stream_of_anything() {
    let text = "data: {\"error\":\"x\"}\n\nevent: error\ndata: {\"message\":\"y\"}\n\n";
    let client = canned("text/event-stream", vec![text]);
    let values = || client.request(Method::GET, "/v1/follow").events::<serde_json::Value>();
    let mut events = values().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), serde_json::json!({"error": "x"}));
    assert_eq!(events.next().await.unwrap().unwrap_err().as_api().unwrap().message(), "y");
    let request = client.request(Method::GET, "/v1/follow").errors_at(["/error"]);
    let mut events = request.events::<serde_json::Value>().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap_err().as_api().unwrap().message(), "x");
    assert_eq!(events.next().await.unwrap().unwrap(), serde_json::json!({"message": "y"}));
}
