//! XML of the mounted SDKs against the second reading: what one writes the other reads, and the other way round.

use serde_json::Value;
use tests::case::cases;
use tests::document::Document as Read;
use tests::mounts::{xml_32, xml_beside_json, xml_keywords};
use tests::runtime::error::{Error, ResponseErrorKind};
use tests::runtime::model;
use tests::runtime::xml::{Document, from_slice, to_string};
use tests::same::difference;
use tests::server::{Reply, Server};

/// The documents by case and component; the root element is that of the component.
fn rows() -> Vec<(&'static str, &'static str, Echo)> {
    vec![
        ("xml-keywords", "Pet", echo::<xml_keywords::xml::Pet>),
        ("xml-keywords", "Owner", echo::<xml_keywords::xml::Owner>),
        ("xml-keywords", "Report", echo::<xml_keywords::xml::Report>),
        ("xml-keywords", "Problem", echo::<xml_keywords::xml::Problem>),
        ("xml-32", "Person", echo::<xml_32::xml::Person>),
        ("xml-32", "OneTwoThree", echo::<xml_32::xml::OneTwoThree>),
        ("xml-beside-json", "Station", echo::<xml_beside_json::xml::Station>),
    ]
}

type Echo = fn(&Value, &str) -> (Value, String);

/// What the SDK reads of XML as JSON, and the XML that it makes of JSON.
fn echo<D: Document>(value: &Value, text: &str) -> (Value, String) {
    let given: D::Model = model::from_value(value).unwrap_or_else(|error| panic!("{value}: {error}"));
    let read = from_slice::<D>(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    (model::to_value(&read), to_string::<D>(&given).unwrap())
}

/// A body of a case, as both sides read and write it.
struct Echoed<'a> {
    document: &'a Read,
    schema: &'a str,
    /// The case and the file.
    label: String,
    body: &'a Value,
    /// The body as the second reading writes it.
    text: String,
    /// The text as the SDK reads it.
    read: Value,
    /// The body as the SDK writes it.
    written: String,
}

/// Calls `look` for each body of the cases about XML.
fn each_body(mut look: impl FnMut(Echoed<'_>)) {
    let mut count = 0;
    for case in cases().unwrap().into_iter().filter(|case| case.name.starts_with("xml")) {
        let document = Read::parse("spec.yaml", &case.spec).unwrap();
        for (_, component, echo) in rows().into_iter().filter(|(name, ..)| *name == case.name) {
            let schema = format!("/components/schemas/{component}");
            for (_, file, body) in case.bodies.iter().filter(|(of, ..)| of == component) {
                let text = tests::xml::write(&document, &schema, body).unwrap();
                let (read, written) = echo(body, &text);
                let label = format!("{}/{file}", case.name);
                look(Echoed { document: &document, schema: &schema, label, body, text, read, written });
                count += 1;
            }
        }
    }
    assert!(count >= 7, "{count} bodies");
}

#[test]
fn both_readings_understand_each_other() {
    each_body(|Echoed { document, schema, label, body, text, read, written }| {
        let back = tests::xml::read(document, schema, &written);
        let back = back.unwrap_or_else(|why| panic!("{label}: {why}\n{written}"));
        assert_eq!(difference(body, &read), None, "{label}: {text}");
        assert_eq!(difference(body, &back), None, "{label}: {written}");
    });
}

#[test]
fn written_as_the_specification_has_it() {
    let written = |of: fn(&Value, &str) -> (Value, String), json: &str, text: &str| {
        let (read, written) = of(&serde_json::from_str(json).unwrap(), text);
        assert_eq!(written, format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}"));
        assert_eq!(read, serde_json::from_str::<Value>(json).unwrap());
    };
    written(
        echo::<xml_32::xml::DocumentationStoredDocument>,
        r#"{"content":"<b>Docs</b>","lang":"en"}"#,
        r#"<StoredDocument lang="en"><![CDATA[<b>Docs</b>]]></StoredDocument>"#,
    );
    written(
        echo::<xml_32::xml::DocumentationUpdatedDocument>,
        r#"{"content":""}"#,
        "<UpdatedDocument><![CDATA[]]></UpdatedDocument>",
    );
    written(
        echo::<xml_32::xml::Animals>,
        r#"[{"kind":"Cat","name":"Fluffy"}]"#,
        r#"<animals><animal kind="Cat">Fluffy</animal></animals>"#,
    );
    written(
        echo::<xml_32::xml::Person>,
        r#"{"id":123,"name":"x","home":{"street":"s"},"work":{},"size":{"height":1.5}}"#,
        concat!(
            r#"<Person id="123" height="1.5"><sample:name xmlns:sample="https://example.com/schema/sample">x</sample:name>"#,
            "<Address><street>s</street></Address><office/></Person>"
        ),
    );
    written(
        echo::<xml_beside_json::xml::StationsListResponseXml>,
        r#"{"data":[{"id":"67e55044-10b1-426f-9247-bb680e5fe0c8","name":"a","platforms":2}],"next":"https://example.com/"}"#,
        concat!(
            "<data><stations><station><id>67e55044-10b1-426f-9247-bb680e5fe0c8</id><name>a</name>",
            "<platforms>2</platforms></station></stations><next>https://example.com/</next></data>"
        ),
    );
}

/// Says of two documents whether they are the same in canonical form, whatever their prefixes.
const PYTHON: &str = "
import sys
from xml.etree.ElementTree import canonicalize
one, other = (canonicalize(xml_data=open(path, encoding='utf-8').read(), rewrite_prefixes=True) for path in sys.argv[1:])
if one != other:
    sys.exit(one + '\\n' + other)
";

/// What the SDKs write is to another program's parser what the second reading writes. Asked for by `PYTHON=python3`.
#[test]
fn another_program_reads_the_same_tree() {
    let Some(python) = std::env::var_os("PYTHON") else { return };
    let folder = std::env::temp_dir().join(format!("xml-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    each_body(|Echoed { label, text, written, .. }| {
        let paths = [("a.xml", &text), ("b.xml", &written)].map(|(name, text)| {
            let path = folder.join(name);
            std::fs::write(&path, text).unwrap();
            path
        });
        let done = std::process::Command::new(&python).arg("-c").arg(PYTHON).args(&paths).output();
        let done = done.unwrap();
        assert!(done.status.success(), "{label}: {}", String::from_utf8_lossy(&done.stderr));
    });
    std::fs::remove_dir_all(&folder).unwrap();
}

/// What is wrong with the XML of a response is said by property and byte.
#[tokio::test]
async fn errors_of_responses_say_where() {
    let case = cases().unwrap().into_iter().find(|case| case.name == "xml-beside-json").unwrap();
    let server = Server::start(Read::parse("spec.yaml", &case.spec).unwrap()).await.unwrap();
    let client = xml_beside_json::Client::builder().base_url(server.url()).build().unwrap();
    let give = |body: &str| {
        let headers = vec![("content-type".to_owned(), "application/xml".to_owned())];
        let reply = Reply::Exact { status: 200, headers, body: body.as_bytes().to_vec() };
        server.script("listStations", reply);
    };
    let list = || client.stations().list().accept_xml();
    give("<data><stations><station><id>x</id><name>a</name></station></stations></data>");
    let Error::Decode(error) = list().await.unwrap_err() else { panic!("another error") };
    let cause = error.decode_error().unwrap();
    assert_eq!((error.kind(), cause.path(), cause.offset()), (ResponseErrorKind::Xml, "data[0].id", 25));
    give("<data><stations>");
    let Error::Decode(error) = list().await.unwrap_err() else { panic!("another error") };
    assert_eq!(error.decode_error().unwrap().path(), "data.stations");
    give("");
    let Error::Decode(error) = list().await.unwrap_err() else { panic!("another error") };
    assert_eq!(error.kind(), ResponseErrorKind::Empty);
}
