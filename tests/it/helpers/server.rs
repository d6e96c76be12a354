use serde_json::json;
use tests::document::{Document, Location};
use tests::server::{Part, Reply, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TEXT: &str = "
openapi: 3.1.0
security: [{Key: []}]
paths:
  /things/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
    get:
      parameters:
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
        - {name: ids, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {min: {type: number}}}}
        - {name: X-Flag, in: header, schema: {type: boolean}}
      responses:
        '200': {content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: string}}}, example: {id: a}}}}
        '404': {content: {text/plain: {schema: {type: string}}}}
  /things:
    post:
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file, count]
              properties: {file: {type: string, format: binary}, count: {type: integer}, labels: {type: array, items: {type: string}}}
          application/json:
            schema: {type: object, required: [name], properties: {name: {type: string}}}
      responses: {'204': {description: done}}
components:
  securitySchemes: {Key: {type: apiKey, in: header, name: Api-Key}}
";

async fn exchange(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(server.url().trim_start_matches("http://")).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn server() -> Server {
    Server::start(Document::parse("test.yaml", TEXT).unwrap()).await.unwrap()
}

#[tokio::test]
async fn parameters_are_decoded_by_their_style() {
    let server = server().await;
    let target = "/things/a%2Fb?tags=x&tags=y%20z&ids=1|2&filter[min]=0.5";
    let answer =
        exchange(&server, &format!("GET {target} HTTP/1.1\r\nApi-Key: k\r\nX-Flag: true\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("{\"id\":\"a\"}"), "{answer}");
    let seen = &server.take_seen()[0];
    assert_eq!(seen.problems, Vec::<String>::new());
    assert_eq!(seen.param(Location::Path, "id"), Some(&json!("a/b")));
    assert_eq!(seen.param(Location::Query, "tags"), Some(&json!(["x", "y z"])));
    assert_eq!(seen.param(Location::Query, "ids"), Some(&json!([1, 2])));
    assert_eq!(seen.param(Location::Query, "filter"), Some(&json!({"min": 0.5})));
    assert_eq!(seen.param(Location::Header, "X-Flag"), Some(&json!(true)));
}

#[tokio::test]
async fn what_is_wrong_is_said() {
    let server = server().await;
    let answer = exchange(&server, "GET /things/a?ids=x&odd=1 HTTP/1.1\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    let problems = server.take_seen()[0].problems.join("\n");
    for part in ["credentials", "`ids`", "`odd` is not declared"] {
        assert!(problems.contains(part), "{part} in {problems}");
    }
    let answer = exchange(&server, "GET /nothing HTTP/1.1\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 404"));
}

#[tokio::test]
async fn bodies_are_taken_apart() {
    let server = server().await;
    let body = "--b\r\nContent-Disposition: form-data; name=\"count\"\r\n\r\n3\r\n--b\r\nContent-Disposition: form-data; \
                name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Disposition: \
                form-data; name=\"labels\"\r\n\r\none\r\n--b--\r\n";
    let head = "POST /things HTTP/1.1\r\nApi-Key: k\r\nContent-Type: multipart/form-data; boundary=b";
    let answer = exchange(
        &server,
        &format!("{head}\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len()),
    )
    .await;
    let seen = &server.take_seen()[0];
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer} {:?}", seen.problems);
    assert_eq!(seen.body, Some(json!({"count": 3, "file": "hello", "labels": ["one"]})));
    assert_eq!((seen.files[0].name.as_str(), seen.files[0].bytes.as_slice()), ("a.txt", &b"hello"[..]));
    let wrong = "POST /things HTTP/1.1\r\nApi-Key: k\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    assert!(exchange(&server, wrong).await.contains("\\\"name\\\" is a required property"));
}

#[tokio::test]
async fn answers_can_be_scripted() {
    let server = server().await;
    server.script("GET /things/{id}", Reply::declared("404", None));
    server.script(
        "GET /things/{id}",
        Reply::Raw(vec![Part::Bytes(b"HTTP/1.1 200 OK\r\nconte".to_vec()), Part::Reset]),
    );
    let request = "GET /things/a HTTP/1.1\r\nApi-Key: k\r\n\r\n";
    let answer = exchange(&server, request).await;
    assert!(answer.starts_with("HTTP/1.1 404") && answer.ends_with("some text"), "{answer}");
    let mut stream = TcpStream::connect(server.url().trim_start_matches("http://")).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    assert!(stream.read_to_string(&mut String::new()).await.is_err());
    assert_eq!(server.connections(), 2);
}
