//! The judge of forms and multipart bodies, against the tables of the specification.

use serde_json::{Value, json};
use tests::conform::encode::{form, parts, says_reserved};
use tests::document::{Document, Media};
use tests::server::{Section, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TEXT: &str = "
openapi: 3.1.0
paths:
  /a:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {$ref: '#/components/schemas/All'}
            encoding: &encoding
              commas: {style: form, explode: false}
              spaces: {style: spaceDelimited, explode: false}
              pipes: {style: pipeDelimited, explode: false}
              deep: {style: deepObject, explode: true}
              spread: {explode: true}
              plain: {allowReserved: true}
              json: {contentType: application/json}
              file: {contentType: 'image/png, image/jpeg', headers: {X-Sum: {required: true, schema: {type: string}}}}
              xml: {contentType: application/xml; charset=utf-8}
          multipart/form-data:
            schema: {$ref: '#/components/schemas/All'}
            encoding: *encoding
          multipart/related:
            schema: {$ref: '#/components/schemas/All'}
            encoding: *encoding
      responses: {'204': {description: Fine.}}
components:
  schemas:
    All:
      type: object
      properties:
        name: {type: string}
        tags: {type: array, items: {type: string}}
        commas: {type: array, items: {type: string}}
        spaces: {type: array, items: {type: string}}
        pipes: {type: array, items: {type: string}}
        deep:
          type: object
          properties: {a: {type: string}, of: {type: array, items: {type: object, properties: {b: {type: integer}}}}}
        spread: {type: object, properties: {x: {type: integer}}}
        plain: {type: string}
        json: {type: string}
        object: {type: object}
        objects: {type: array, items: {type: object}}
        file: {type: string, format: binary}
        xml: {type: string}
";

fn document() -> Document {
    Document::parse("test.yaml", &TEXT.replace("&encoding", "").replace("*encoding", &flow())).unwrap()
}

/// The encoding once more, for a reader without anchors.
fn flow() -> String {
    let start = TEXT.find("&encoding").unwrap() + "&encoding".len();
    let end = TEXT.find("          multipart/form-data").unwrap();
    TEXT[start..end].trim_end().to_owned()
}

fn media(document: &Document, kind: &str) -> Media {
    let operation = document.operations().remove(0);
    operation.body.unwrap().media.into_iter().find(|media| media.name.ends_with(kind)).unwrap()
}

#[test]
fn forms_are_judged_by_their_encoding() {
    let document = document();
    let media = media(&document, "urlencoded");
    for (value, right, wrong) in [
        (json!({"tags": ["x", "y"], "name": "a b"}), "name=a+b&tags=x&tags=y", "tags=x&tags=y&name=a+b"),
        (json!({"commas": ["a,b", "c"]}), "commas=a%2Cb,c", "commas=a%2Cb&commas=c"),
        (json!({"spaces": ["a", "b"]}), "spaces=a%20b", "spaces=a,b"),
        (json!({"pipes": ["a", "b"]}), "pipes=a%7Cb", "pipes=a%20b"),
        (json!({"deep": {"a": "x"}}), "deep%5Ba%5D=x", "deep=%7B%22a%22%3A%22x%22%7D"),
        (
            json!({"deep": {"of": [{"b": 1}, {"b": 2}]}}),
            "deep[of][0][b]=1&deep[of][1][b]=2",
            "deep[of][][b]=1&deep[of][][b]=2",
        ),
        (json!({"spread": {"x": 1}}), "x=1", "spread=x,1"),
        (json!({"plain": "a/b?c"}), "plain=a/b?c", "plain=a%2Fb%3Fc"),
        (json!({"json": "a"}), "json=%22a%22", "json=a"),
        (json!({"object": {"a": 1}}), "object=%7B%22a%22:1%7D", "object[a]=1"),
        (json!({"objects": [{"a": 1}]}), "objects=%7B%22a%22:1%7D", "objects=%5B%7B%22a%22:1%7D%5D"),
    ] {
        let judge = |sent: &str| form(&document, &media, &value, sent.as_bytes()).unwrap();
        assert_eq!(judge(right), Ok(()), "{value}");
        assert!(judge(wrong).is_err(), "{wrong}");
    }
    assert!(says_reserved("a&b/c%20", "a%26b/c%20") && !says_reserved("a/b", "a%2Fb"));
}

fn section(name: &str, media: Option<&str>, body: &str) -> Section {
    let mut headers = vec![("content-disposition".to_owned(), format!("form-data; name=\"{name}\""))];
    headers.extend(media.map(|media| ("content-type".to_owned(), media.to_owned())));
    Section { headers, name: Some(name.to_owned()), file: None, bytes: body.as_bytes().to_vec() }
}

#[test]
fn parts_are_judged_by_their_encoding() {
    let document = document();
    let media = media(&document, "form-data");
    let judge = |value: &Value, found: &[Section]| {
        parts(&document, &media, (value, "multipart/form-data; boundary=b"), found).unwrap()
    };
    for (value, media, body, wrong) in [
        (json!({"name": "a b"}), None, "a b", Some("application/json")),
        (json!({"object": {"a": 1}}), Some("application/json"), "{\"a\":1}", None),
        (json!({"xml": "<a/>"}), Some("application/xml; charset=utf-8"), "<a/>", Some("application/xml")),
        (json!({"commas": ["a", "b,c"]}), None, "a,b,c", Some("application/json")),
        (json!({"json": "a"}), Some("application/json"), "\"a\"", Some("text/plain")),
    ] {
        let name = value.as_object().unwrap().keys().next().unwrap();
        assert_eq!(judge(&value, &[section(name, media, body)]), Ok(()), "{value}");
        assert!(judge(&value, &[section(name, wrong, body)]).is_err(), "{value}");
        assert!(judge(&value, &[section("other", media, body)]).is_err(), "{value}");
        assert!(judge(&value, &[section(name, media, "else")]).is_err(), "{value}");
    }
    let file = json!({"file": "a"});
    let with = |media: &str, header: Option<&str>| {
        let mut part = section("file", Some(media), "a");
        part.headers.extend(header.map(|name| (name.to_owned(), "1".to_owned())));
        judge(&file, &[part])
    };
    assert_eq!(with("image/jpeg", Some("x-sum")), Ok(()));
    assert!(with("image/gif", Some("x-sum")).is_err() && with("image/jpeg", None).is_err());
    let two = json!({"tags": ["x"], "name": "a"});
    let (name, tag) = (section("name", None, "a"), section("tags", None, "x"));
    assert_eq!(judge(&two, &[name.clone(), tag.clone()]), Ok(()));
    assert!(judge(&two, &[tag, name]).is_err());
}

#[test]
fn related_bodies_name_their_root() {
    let document = document();
    let media = media(&document, "related");
    let value = json!({"object": {"a": 1}, "name": "x"});
    let bare = |media: &str, body: &str, id: &str| Section {
        headers: vec![
            ("content-type".to_owned(), media.to_owned()),
            ("content-id".to_owned(), id.to_owned()),
        ],
        bytes: body.as_bytes().to_vec(),
        ..Section::default()
    };
    let found = [bare("text/plain", "x", "<0>"), bare("application/json", "{\"a\":1}", "<1>")];
    let judge = |sent: &str, found: &[Section]| parts(&document, &media, (&value, sent), found).unwrap();
    assert_eq!(judge("multipart/related; type=\"text/plain\"; boundary=b", &found), Ok(()));
    assert_eq!(judge("multipart/related; type=\"text/plain\"; start=\"<0>\"; boundary=b", &found), Ok(()));
    for wrong in
        ["multipart/related", "multipart/related; type=a/b", "multipart/related; type=text/plain; start=<1>"]
    {
        assert!(judge(wrong, &found).is_err(), "{wrong}");
    }
    let [first, second] = found;
    assert!(judge("multipart/related; type=\"text/plain\"", &[second, first]).is_err());
}

#[tokio::test]
async fn the_server_reads_forms_by_their_encoding() {
    let server = Server::start(document()).await.unwrap();
    let body = "commas=a%2Cb,c&spaces=a%20b&pipes=a%7Cb&deep[of][0][b]=1&deep[of][1][b]=2&deep[a]=z&x=1&json=%22q%22";
    let head = "POST /a HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length";
    let mut stream = TcpStream::connect(server.url().trim_start_matches("http://")).await.unwrap();
    stream.write_all(format!("{head}: {}\r\n\r\n{body}", body.len()).as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    stream.read_to_string(&mut String::new()).await.unwrap();
    let seen = &server.take_seen()[0];
    assert_eq!(seen.problems, Vec::<String>::new());
    let lists = json!({
        "commas": ["a,b", "c"], "spaces": ["a", "b"], "pipes": ["a", "b"],
        "deep": {"of": [{"b": 1}, {"b": 2}], "a": "z"}, "spread": {"x": 1}, "json": "q"
    });
    assert_eq!(seen.body, Some(lists));
}
