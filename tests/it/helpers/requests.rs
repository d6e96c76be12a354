//! Requests as text: what differs from run to run does not show, and nothing else is hidden.

use tests::requests::text;
use tests::server::Request;

fn request(headers: &[(&str, &str)], body: &[u8]) -> Request {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Request { method: "POST".to_owned(), target: "/a?b=c".to_owned(), headers, body: body.to_vec() }
}

#[test]
fn what_differs_from_run_to_run_is_replaced() {
    let headers = [
        ("host", "127.0.0.1:1234"),
        ("x-b", "1"),
        ("idempotency-key", "9f8e"),
        ("content-type", "multipart/form-data; boundary=f00d"),
        ("accept", "*/*"),
    ];
    let sent = request(&headers, b"--f00d\r\nA: b\r\n\r\n1\r\n--f00d--\r\n");
    let minted = text(&sent, |_| false);
    assert_eq!(
        minted,
        "POST /a?b=c\naccept: */*\ncontent-type: multipart/form-data; boundary=boundary\nidempotency-key: *\nx-b: 1\n\n\
         --boundary\nA: b\n\n1\n--boundary--\n\n"
    );
    assert!(text(&sent, |name| name == "idempotency-key").contains("idempotency-key: 9f8e"));
}

#[test]
fn bodies_are_readable_and_short() {
    let body = |bytes: &[u8]| text(&request(&[], bytes), |_| true);
    assert_eq!(body(b"\xff\x00a\tb\nc\xc3\xa9"), "POST /a?b=c\n\n\\xff\\u{0}a\\tb\ncé\n");
    let long = body(&[b'x'; 5_000]);
    assert!(long.len() < 1_600 && long.ends_with("x… (5000 bytes in all)\n"), "{long}");
    assert_eq!(body(b""), "POST /a?b=c\n");
}
