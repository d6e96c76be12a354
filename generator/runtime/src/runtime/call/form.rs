//! Bodies that are forms or have several parts.

use super::super::body::{self, Payload};
use super::super::encode;
use super::super::error::{RequestError, RequestErrorKind};
use super::super::wire::{Node, Wire, Writer};
use super::{Call, Encoding, whole};

impl Call {
    /// An `application/x-www-form-urlencoded` body.
    #[must_use]
    pub fn form<T: Wire>(self, body: &T) -> Self {
        self.encoded_form(&[], body)
    }

    /// The same, some of whose properties are written in another way.
    #[must_use]
    pub fn encoded_form<T: Wire>(self, table: &'static [Encoding], body: &T) -> Self {
        let mut writer = Writer::new();
        body.write(&mut writer);
        self.finish_form(writer, table)
    }

    fn finish_form(self, writer: Writer, table: &'static [Encoding]) -> Self {
        self.written(writer, |text, _| {
            let form = encode::form(&node(&text)?, table).ok_or_else(|| {
                RequestError::new(RequestErrorKind::Body, "a form must be an object; give its members names")
            })?;
            Ok(whole("application/x-www-form-urlencoded", form.into_bytes()))
        })
    }

    /// A `multipart/form-data` body; uploads in it become files.
    #[must_use]
    pub fn multipart<T: Wire>(self, body: &T) -> Self {
        self.encoded_multipart("multipart/form-data", &[], body)
    }

    /// A multipart body of any kind, some of whose parts are written in another way.
    #[must_use]
    pub fn encoded_multipart<T: Wire>(
        self,
        media: &'static str,
        table: &'static [Encoding],
        body: &T,
    ) -> Self {
        let mut writer = Writer::attachments();
        body.write(&mut writer);
        self.finish_multipart(writer, media, table)
    }

    fn finish_multipart(self, writer: Writer, media: &'static str, table: &'static [Encoding]) -> Self {
        self.written(writer, |text, files| {
            body::multipart(media, table, &node(&text)?, &files).map(Payload::Multipart)
        })
    }
}

/// What was written, read again.
fn node(text: &str) -> Result<Node<'_>, RequestError> {
    Node::parse(text).map_err(|error| {
        RequestError::new(RequestErrorKind::Body, format!("the body cannot be sent: {error}"))
    })
}
