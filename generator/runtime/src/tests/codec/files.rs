//! Files in JSON, and members that were given what they cannot be.

use serde_json::{Value, json};

use super::models::Labels;
use crate::runtime::body::FileInJson;
use crate::runtime::model::{Members, Upload, to_string};

fn labels(members_: Members) -> Labels {
    Labels { name: None, additional: std::collections::BTreeMap::new(), members_ }
}

#[test]
fn a_file_has_a_name_a_type_and_its_content_as_text() {
    let mut members = Members::new(&[]);
    let file = FileInJson::read(Upload::bytes("a.PDF", "hello"), &mut members, "url");
    assert_eq!((file.name(), file.media_type()), ("a.PDF".to_owned(), "application/pdf".to_owned()));
    assert_eq!(file.data_url(), "data:application/pdf;base64,aGVsbG8=");
    assert_eq!((file.base64(), file.bytes()), ("aGVsbG8=".to_owned(), b"hello".to_vec()));
    let named = Upload::from(b"x".to_vec()).media_type("text/csv");
    let file = FileInJson::read(named, &mut members, "url");
    assert_eq!((file.name(), file.data_url()), (String::new(), "data:text/csv;base64,eA==".to_owned()));
    assert_eq!(file.known_name(), None);
    assert!(serde_json::to_value(labels(members)).is_ok());
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_when_the_model_is_sent() {
    let said = |file: Upload| {
        let mut members = Members::new(&[]);
        assert!(FileInJson::read(file, &mut members, "url").bytes().is_empty());
        serde_json::to_value(labels(members)).unwrap_err().to_string()
    };
    let text = said(Upload::from_path("no/such/file.pdf"));
    assert!(text.starts_with("the file `no/such/file.pdf` for `url` cannot be read: "), "{text}");
    let text = said(Upload::stream("a.pdf", Empty));
    assert!(text.contains("`url` cannot hold a stream"), "{text}");
}

struct Empty;

impl futures_core::Stream for Empty {
    type Item = std::io::Result<bytes::Bytes>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(None)
    }
}

#[test]
fn what_must_be_an_object_is_one_or_an_error_until_it_is_mended() {
    let mut members = Members::new(&[]);
    assert_eq!(members.object("schema", json!({"a": 1})).len(), 1);
    for (value, kind) in [(json!([]), "an array"), (json!("x"), "a string"), (Value::Null, "null")] {
        assert!(members.object("schema", value).is_empty());
        let text = serde_json::to_value(labels(members.clone())).unwrap_err().to_string();
        assert_eq!(text, format!("`schema` must be an object, not {kind}"));
    }
    // What JSON cannot express is left out where nobody can be told.
    assert_eq!(to_string(&labels(members.clone())), "{}");
    members.object("schema", json!({}));
    assert!(serde_json::to_value(labels(members)).is_ok());
}
