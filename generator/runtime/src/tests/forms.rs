//! Forms and multipart bodies, most of them the examples of the specification (OpenAPI 3.2, "Encoding Object").

use crate::runtime::body::{Payload, multipart};
use crate::runtime::encode::{self, Style};
use crate::runtime::encoding::Encoding;
use crate::runtime::model::Upload;
use crate::runtime::wire::{Node, Wire, Writer};

fn form(json: &str, table: &[Encoding]) -> Option<String> {
    encode::form(&Node::parse(json).unwrap(), table)
}

/// "Example: URL Encoded Form with JSON Values".
#[test]
fn objects_are_json_and_spaces_plus_signs() {
    let json = r#"{"id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6","address":{"streetAddress":"123 Example Dr.","city":"Somewhere","state":"CA","zip":"99999+1234"}}"#;
    assert_eq!(
        form(json, &[]).unwrap(),
        "id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%2C%22city%22%3A%22Somewhere%22%2C%22state%22%3A%22CA%22%2C%22zip%22%3A%2299999%2B1234%22%7D"
    );
    let table = [Encoding::property("id").media(&["application/json"])];
    let id = r#"{"id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"}"#;
    assert_eq!(form(id, &table).unwrap(), "id=%22f81d4fae-7dec-11d0-a765-00a0c91e6bf6%22");
}

/// "Example: URL Encoded Form with Binary Values".
#[test]
fn encoded_bytes_are_text_in_forms() {
    let icon = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAABGdBTUEAALGPC_xhBQAAADhlWElmTU0AKgAAAAgAAYdpAAQAAAABAAAAGgAAAAAAAqACAAQAAAABAAAAAqADAAQAAAABAAAAAgAAAADO0J6QAAAAEElEQVQIHWP8zwACTGCSAQANHQEDqtPptQAAAABJRU5ErkJggg";
    let table = [Encoding::property("icon").media(&["image/png", "image/jpeg"])];
    let json = format!(r#"{{"name":"example","icon":"{icon}=="}}"#);
    assert_eq!(form(&json, &table).unwrap(), format!("name=example&icon={icon}%3D%3D"));
}

#[test]
fn arrays_are_written_item_by_item() {
    let json = r#"{"z":["x y",2,true,null],"nested":[[1,[2]],{"a":"b"}],"none":[],"gone":null,"a~":"~*-._"}"#;
    assert_eq!(
        form(json, &[]).unwrap(),
        "z=x+y&z=2&z=true&nested=%5B1%2C%5B2%5D%5D&nested=%7B%22a%22%3A%22b%22%7D&a%7E=%7E*-._"
    );
    let table = [Encoding::property("z").media(&["application/json; charset=utf-8"])];
    assert_eq!(form(r#"{"z":["x",2]}"#, &table).unwrap(), "z=%22x%22&z=2");
    assert_eq!(form("[1]", &[]), None);
    assert_eq!(form("{}", &[]).as_deref(), Some(""));
}

#[test]
fn a_style_writes_as_in_queries() {
    let written = |style, json: &str| form(json, &[Encoding::property("c").style(style)]).unwrap();
    let (list, object) = (r#"{"c":["a b","d,e"]}"#, r#"{"c":{"R":100,"G":"a b"},"z":1}"#);
    assert_eq!(written(Style::Form, list), "c=a%20b,d%2Ce");
    assert_eq!(written(Style::FormExplode, list), "c=a%20b&c=d%2Ce");
    assert_eq!(written(Style::SpaceDelimited, list), "c=a%20b%20d%2Ce");
    assert_eq!(written(Style::PipeDelimited, list), "c=a%20b%7Cd%2Ce");
    assert_eq!(written(Style::DeepObject, list), "c%5B0%5D=a%20b&c%5B1%5D=d%2Ce");
    assert_eq!(written(Style::Form, object), "c=R,100,G,a%20b&z=1");
    assert_eq!(written(Style::FormExplode, object), "R=100&G=a%20b&z=1");
    assert_eq!(written(Style::DeepObject, object), "c%5BR%5D=100&c%5BG%5D=a%20b&z=1");
    assert_eq!(written(Style::FormReserved, r#"{"c":"a/b?c&d"}"#), "c=a/b?c%26d");
    for nothing in ["null", "[]", "{}", r#"{"a":null}"#] {
        assert_eq!(written(Style::DeepObject, &format!("{{\"c\":{nothing}}}")), "");
    }
}

/// As Stripe's own libraries write them.
#[test]
fn deep_forms() {
    let json = r#"{"items":[{"price":"p","tax_rates":["t1","t2"]},{"price":"q"}],"expand":["a"],"metadata":{"k[0]":"v w"}}"#;
    let table = ["items", "expand", "metadata"].map(|name| Encoding::property(name).style(Style::DeepObject));
    let plain = form(json, &table).unwrap().replace("%5B", "[").replace("%5D", "]");
    assert_eq!(
        plain,
        "items[0][price]=p&items[0][tax_rates][0]=t1&items[0][tax_rates][1]=t2&items[1][price]=q&expand[0]=a&metadata[k[0]]=v%20w"
    );
}

/// What is sent: the media type and the body, the boundary replaced.
async fn sent<T: Wire>(media: &str, table: &[Encoding], value: &T) -> Result<(String, String), String> {
    let mut writer = Writer::attachments();
    value.write(&mut writer);
    let (text, files) = writer.into_parts();
    let made = multipart(media, table, &Node::parse(&text).unwrap(), &files);
    let opened = Payload::Multipart(made.map_err(|error| error.message().to_owned())?).open().await.unwrap();
    let (media, body) = (opened.media.unwrap(), opened.body.collect().await.unwrap());
    let (_, boundary) = media.rsplit_once("boundary=").unwrap();
    let body = String::from_utf8_lossy(&body).replace(boundary, "B").replace("\r\n", "\n");
    Ok((media.replace(boundary, "B"), body))
}

fn json(text: &str) -> crate::runtime::model::RawJson {
    crate::runtime::model::from_str(text).unwrap()
}

const FORM: &str = "multipart/form-data";

/// "Example: Multipart Form with Encoding Objects".
#[tokio::test]
async fn parts_have_the_types_of_the_document() {
    let table = [
        Encoding::property("alias").media(&["text/plain"]),
        Encoding::property("addresses").media(&["application/xml; charset=utf-8"]),
        Encoding::property("profileImage")
            .media(&["image/png", "image/jpeg"])
            .headers(&[("X-Rate-Limit-Limit", "7")]),
    ];
    let text = json(r#"{"id":"x","alias":["A","B"],"addresses":["<a/>"],"count":1,"object":{"b":1,"a":2}}"#);
    let (media, body) = sent(FORM, &table, &text).await.unwrap();
    assert_eq!(media, "multipart/form-data; boundary=B");
    let form = |name: &str| format!("--B\nContent-Disposition: form-data; name=\"{name}\"\n");
    let alias = |text: &str| format!("{}Content-Type: text/plain\n\n{text}\n", form("alias"));
    let expected = [
        format!("{}\nx\n", form("id")),
        alias("A"),
        alias("B"),
        format!("{}Content-Type: application/xml; charset=utf-8\n\n<a/>\n", form("addresses")),
        format!("{}\n1\n", form("count")),
        format!("{}Content-Type: application/json\n\n{{\"b\":1,\"a\":2}}\n--B--\n", form("object")),
    ];
    assert_eq!(body, expected.concat());
}

#[tokio::test]
async fn the_caller_chooses_among_media_types() {
    let table = [
        Encoding::property("list").media(&["image/png", "image/jpeg"]).headers(&[("X-Sum", "none")]),
        Encoding::property("range").media(&["image/*"]),
        Encoding::property("one").media(&["text/csv"]),
    ];
    let typed = |name: &'static str, file: Upload| {
        let table = table.as_slice();
        async move {
            let one = std::collections::BTreeMap::from([(name.to_owned(), file)]);
            let (_, body) = sent(FORM, table, &one).await.unwrap();
            body.lines()
                .filter(|it| it.contains(": ") && !it.contains("Disposition"))
                .collect::<Vec<_>>()
                .join(", ")
        }
    };
    let file = |name: &'static str| Upload::bytes(name, "x");
    assert_eq!(typed("list", file("a.jpg")).await, "Content-Type: image/jpeg, X-Sum: none");
    assert_eq!(typed("list", file("a.bin")).await, "Content-Type: image/png, X-Sum: none");
    let own = file("a.jpg").media_type("image/webp").header("x-sum", "1").header("X-More", "2");
    assert_eq!(typed("list", own).await, "Content-Type: image/webp, x-sum: 1, X-More: 2");
    assert_eq!(typed("range", file("a.gif")).await, "Content-Type: image/gif");
    assert_eq!(typed("range", file("a")).await, "Content-Type: application/octet-stream");
    assert_eq!(typed("one", file("a.txt")).await, "Content-Type: text/csv");
    assert_eq!(typed("one", file("a.txt").media_type("text/x")).await, "Content-Type: text/x");
    for header in
        [("X-A", "a\r\nb"), ("a b", "c"), ("Content-Type", "a/b"), ("content-disposition", "inline")]
    {
        let one = std::collections::BTreeMap::from([("f", file("a").header(header.0, header.1))]);
        let one: std::collections::BTreeMap<String, Upload> =
            one.into_iter().map(|(name, file)| (name.to_owned(), file)).collect();
        assert!(sent(FORM, &table, &one).await.is_err(), "{header:?}");
    }
}

/// OpenAPI 3.2: "URI percent-encoding MUST NOT be applied, and the value of `allowReserved` has no effect".
#[tokio::test]
async fn styles_make_parts_without_percent_encoding() {
    let table = [
        Encoding::property("deep").style(Style::DeepObject),
        Encoding::property("pipes").style(Style::PipeDelimited),
        Encoding::property("spread").style(Style::FormExplodeReserved),
    ];
    let value = json(r#"{"spread":{"R":100,"G":"a b"},"pipes":["a b","c"],"deep":{"k":["v&"]}}"#);
    let (_, body) = sent(FORM, &table, &value).await.unwrap();
    let part =
        |name: &str, text: &str| format!("--B\nContent-Disposition: form-data; name=\"{name}\"\n\n{text}\n");
    let expected = [part("R", "100"), part("G", "a b"), part("pipes", "a b|c"), part("deep[k][0]", "v&")];
    assert_eq!(body, expected.concat() + "--B--\n");
}

/// "Additional Encoding Approaches": an array for the order of the parts of a form.
#[tokio::test]
async fn a_form_may_be_an_array_of_its_parts() {
    let (_, body) = sent(FORM, &[], &json(r#"[{"b":1},{"a":2},{"b":3}]"#)).await.unwrap();
    let names: Vec<&str> = body.split("name=").skip(1).map(|it| &it[1..2]).collect();
    assert_eq!(names, ["b", "a", "b"]);
    assert!(sent(FORM, &[], &json("[1]")).await.is_err());
    assert!(sent("multipart/mixed", &[], &json("1")).await.is_err());
}

/// "Example: Ordered, Unnamed Multipart".
#[tokio::test]
async fn a_mixed_body_has_unnamed_parts() {
    let table = [Encoding::item(1).media(&["image/*"]), Encoding::items().media(&["text/csv"])];
    let value = (json(r#"{"author":"A","created":"now"}"#), Upload::bytes("a.png", "PNG"), "ä".to_owned());
    let (media, body) = sent("multipart/mixed", &table, &value).await.unwrap();
    assert_eq!(media, "multipart/mixed; boundary=B");
    // The first item has no entry of its own, so that of the others holds for it.
    let expected = "--B\nContent-Type: text/csv\n\n{\"author\":\"A\",\"created\":\"now\"}\n\
                    --B\nContent-Type: image/png\n\nPNG\n--B\nContent-Type: text/csv\n\nä\n--B--\n";
    assert_eq!(body, expected);
    let (_, plain) = sent("multipart/mixed", &[], &json(r#"{"a":"x","b":{"c":1}}"#)).await.unwrap();
    let expected = "--B\nContent-Type: text/plain; charset=utf-8\n\nx\n\
                    --B\nContent-Type: application/json\n\n{\"c\":1}\n--B--\n";
    assert_eq!(plain, expected);
}

/// RFC 2387: `type` is required, and `start` names the root.
#[tokio::test]
async fn a_related_body_has_a_root() {
    let value = json(r#"{"meta":{"a":1},"more":["x","y"]}"#);
    let (media, body) = sent("multipart/related", &[], &value).await.unwrap();
    assert_eq!(media, "multipart/related; type=\"application/json\"; start=\"<meta>\"; boundary=B");
    let text = "Content-Type: text/plain; charset=utf-8\nContent-ID";
    let expected = format!(
        "--B\nContent-Type: application/json\nContent-ID: <meta>\n\n{{\"a\":1}}\n\
         --B\n{text}: <more>\n\nx\n--B\n{text}: <more.2>\n\ny\n--B--\n"
    );
    assert_eq!(body, expected);
    // "Example: Ordered Multipart With Required Header".
    let page = vec![Upload::bytes("", "<html>").header("Content-Location", "https://x/")];
    let table = [Encoding::items().media(&["text/html"])];
    let (media, body) = sent("multipart/related; type=text/html", &table, &page).await.unwrap();
    assert_eq!(media, "multipart/related; type=text/html; boundary=B");
    assert_eq!(body, "--B\nContent-Type: text/html\nContent-Location: https://x/\n\n<html>\n--B--\n");
}
