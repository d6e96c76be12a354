//! How the properties of forms and the parts of multipart bodies are written: Encoding Objects.
//!
//! Only what differs from the defaults of the specification becomes part of the IR. What cannot be done is reported, once for each
//! place, although a shared body is read for each operation.

mod declared;
mod headers;
mod held;

use openapiv3::MediaType;
use serde_json::Value;

use super::context::Lower;
use crate::diag::{Code, Diagnostic, Sink};
use crate::ir::{PartEncoding, PartOf, PartStyle, Style, Ty};
use crate::media;
use crate::normalize::Since;
use crate::pointer::Pointer;
use crate::resolve::{Doc, Place};
use declared::{Carrier, Declared};
use held::Held;

/// Keywords that ask for the rules of query parameters.
const STYLE: [&str; 3] = ["style", "explode", "allowReserved"];

/// Why the body of a request cannot be written as its media type.
pub(super) fn unwritable(doc: &Doc, media: &str, content: &MediaType) -> Option<&'static str> {
    let carrier = Carrier::of(media)?;
    let place = content.schema.as_ref().and_then(crate::resolve::schema_place)?;
    // What is wrong with the schema is said where it stands.
    let node = doc.node(&[doc.place(place)?], &mut Sink::new());
    let item = || Some(doc.node(node.items.as_deref()?, &mut Sink::new()).kind);
    match (carrier, node.kind?) {
        (_, "object") | (Carrier::Parts, "array") => None,
        (Carrier::FormData, "array") if matches!(item(), None | Some(None | Some("object"))) => None,
        (Carrier::Form, _) => Some("a form must be an object"),
        (Carrier::FormData, _) => Some("a form must be an object, or an array of objects"),
        (Carrier::Parts, _) => Some("a multipart body must be an object or an array"),
    }
}

impl<'d> Lower<'d, '_> {
    /// The encoding of a body of this media type, which stands at `at` and carries a `body`.
    pub(super) fn encodings(&mut self, media: &str, at: &Pointer, body: &Ty) -> Vec<PartEncoding> {
        let Some(carrier) = Carrier::of(media) else { return Vec::new() };
        let mut out = Vec::new();
        for declared in self.declared_encodings(at) {
            let held = held::of(&self.api, body, &declared.of);
            let mut problems = Vec::new();
            let encoding = self.part_encoding(carrier, &declared, &held, &mut problems);
            // What a closed object does not have is reported when documents are checked.
            let is_there = !held.is_empty() || held::is_open(&self.api, body);
            let is_scalar = held::is_scalar(&self.api, body, &declared.of);
            if is_there && !encoding.is_default(carrier, &held, is_scalar) {
                out.push(encoding);
            }
            if self.encoded.insert(declared.at) {
                problems.into_iter().for_each(|problem| self.sink.report(problem));
            }
        }
        if carrier != Carrier::Form {
            self.add_encoded_bytes(carrier, body, &mut out);
            self.add_content_types(at, body, &mut out);
        }
        out
    }

    fn declared_encodings(&self, at: &Pointer) -> Vec<Declared<'d>> {
        let Some(content) = self.doc.value(at) else { return Vec::new() };
        let named = content.get("encoding").and_then(Value::as_object).into_iter().flatten();
        let named = named.map(|(name, value)| {
            (PartOf::Property(name.clone()), at.child("encoding").child(name.as_str()), value)
        });
        let prefix = content.get("prefixEncoding").and_then(Value::as_array).into_iter().flatten();
        let prefix = prefix.enumerate().map(|(index, value)| {
            (PartOf::Item(index as u32), at.child("prefixEncoding").child(index), value)
        });
        let items = content.get("itemEncoding").map(|value| (PartOf::Items, at.child("itemEncoding"), value));
        let all = named.chain(prefix).chain(items);
        all.filter_map(|(of, at, value)| Some(Declared { of, at, map: value.as_object()? })).collect()
    }

    fn part_encoding(
        &self,
        carrier: Carrier,
        declared: &Declared<'d>,
        held: &[Held],
        problems: &mut Vec<Diagnostic>,
    ) -> PartEncoding {
        let style = self.part_style(carrier, declared, problems);
        let media = match (&style, declared.map.contains_key("contentType")) {
            (Some(_), true) => {
                let message = "`contentType` has no effect next to `style`, `explode` or `allowReserved`";
                problems.push(self.no_effect(&declared.at, "contentType", message));
                Vec::new()
            }
            (None, true) => self.part_media(declared, held, problems),
            (_, false) => Vec::new(),
        };
        let (headers, open_headers) = self.part_headers(carrier, declared, held, problems);
        PartEncoding { of: declared.of.clone(), style, media, headers, open_headers }
    }

    /// The rules of query parameters, if one of their keywords is there.
    fn part_style(
        &self,
        carrier: Carrier,
        Declared { at, map, .. }: &Declared<'d>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<PartStyle> {
        let said: Vec<&str> = STYLE.into_iter().filter(|key| map.contains_key(*key)).collect();
        if said.is_empty() {
            return None;
        }
        let why = match carrier {
            Carrier::Form => None,
            Carrier::FormData if self.doc.version > Since::V30 => None,
            Carrier::FormData => Some("on parts in OpenAPI 3.0"),
            Carrier::Parts => Some("on parts without names"),
        };
        if let Some(why) = why {
            problems.extend(
                said.iter().map(|key| self.no_effect(at, key, &format!("`{key}` has no effect {why}"))),
            );
            return None;
        }
        let style = match map.get("style").and_then(Value::as_str) {
            Some("spaceDelimited") => Style::SpaceDelimited,
            Some("pipeDelimited") => Style::PipeDelimited,
            Some("deepObject") => Style::DeepObject,
            _ => Style::Form,
        };
        let flag = |key: &str| map.get(key).and_then(Value::as_bool);
        Some(PartStyle {
            style,
            explode: flag("explode").unwrap_or(matches!(style, Style::Form | Style::DeepObject)),
            // Nothing is encoded in parts.
            allow_reserved: carrier == Carrier::Form && flag("allowReserved").unwrap_or(false),
        })
    }

    /// The media types of `contentType` that the values can be written as.
    fn part_media(
        &self,
        Declared { at, map, .. }: &Declared<'d>,
        held: &[Held],
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<String> {
        let text = map.get("contentType").and_then(Value::as_str).unwrap_or_default();
        let mut out = Vec::new();
        for media in text.split(',').map(str::trim) {
            let essence = media::essence(media);
            let problem = if !media::is_media_type(media) {
                Some(format!("`{media}` is not a media type"))
            } else if essence.starts_with("multipart/") {
                Some(format!("a part cannot have the media type `{media}`"))
            } else if held::is_structured(held) && !media::holds_structure(&essence) {
                Some(format!("objects and arrays cannot have the media type `{media}`"))
            } else {
                None
            };
            match problem {
                Some(problem) => problems.push(
                    Diagnostic::new(
                        Code::KeywordIgnored,
                        &self.doc.origin(&at.child("contentType")),
                        format!("{problem}; `contentType` is ignored"),
                    )
                    .help("write a media type that fits the schema, such as `application/json`"),
                ),
                None => out.push(media.to_owned()),
            }
        }
        out
    }

    /// Parts that are bytes in base64: they are no text to the server.
    fn add_encoded_bytes(&self, carrier: Carrier, body: &Ty, out: &mut Vec<PartEncoding>) {
        for of in held::encoded_bytes(&self.api, body) {
            let encoding = entry(of, out);
            if encoding.style.is_none() && encoding.media.is_empty() {
                encoding.media.push("application/octet-stream".to_owned());
            }
            // RFC 7578 deprecates this header for forms.
            let name = "Content-Transfer-Encoding";
            if carrier == Carrier::Parts
                && !encoding.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
            {
                encoding.headers.push((name.to_owned(), "base64".to_owned()));
            }
        }
    }

    /// Files whose schema says by `contentMediaType` what they are, and whose encoding does not.
    fn add_content_types(&self, at: &Pointer, body: &Ty, out: &mut Vec<PartEncoding>) {
        let Some(place) = self.doc.place(at.child("schema")) else { return };
        let read = |conjunction: &[Place<'d>]| self.doc.node(conjunction, &mut Sink::new());
        let body_node = read(&[place]);
        let properties = body_node.properties.iter();
        let properties =
            properties.map(|(name, conjunction)| (PartOf::Property((*name).to_owned()), conjunction));
        let positions = body_node.prefix.iter().enumerate();
        let positions = positions.map(|(index, conjunction)| (PartOf::Item(index as u32), conjunction));
        let items = body_node.items.iter().map(|conjunction| (PartOf::Items, conjunction));
        for (of, conjunction) in properties.chain(positions).chain(items) {
            let node = read(conjunction);
            let of_items = || read(node.items.as_deref()?).content;
            let Some(media) = node.content.or_else(of_items).filter(|media| media::is_media_type(media))
            else {
                continue;
            };
            if held::of(&self.api, body, &of) == [Held::File] && media != "application/octet-stream" {
                let encoding = entry(of, out);
                if encoding.style.is_none() && encoding.media.is_empty() {
                    encoding.media.push(media.to_owned());
                }
            }
        }
    }
}

/// The encoding of a property or item; the default where there was none.
fn entry(of: PartOf, all: &mut Vec<PartEncoding>) -> &mut PartEncoding {
    let at = all.iter().position(|known| known.of == of).unwrap_or_else(|| {
        let (media, headers, open_headers) = (Vec::new(), Vec::new(), Vec::new());
        all.push(PartEncoding { of, style: None, media, headers, open_headers });
        all.len() - 1
    });
    &mut all[at]
}

impl PartEncoding {
    /// Whether the values are written so anyway.
    fn is_default(&self, carrier: Carrier, held: &[Held], is_scalar: bool) -> bool {
        let only = |kinds: &[Held]| !held.is_empty() && held.iter().all(|one| kinds.contains(one));
        if !(self.headers.is_empty() && self.open_headers.is_empty()) {
            return false;
        }
        if let Some(style) = &self.style {
            return style.style == Style::Form && !style.allow_reserved && is_scalar;
        }
        let concrete = self.media.iter().find(|media| !media.contains('*'));
        match (carrier, concrete.map(|media| (media.as_str(), media::is_json(&media::essence(media))))) {
            // Of a form nothing but JSON is written in another way.
            (Carrier::Form, Some((_, true))) => only(&[Held::Structure]),
            (Carrier::Form, _) => true,
            (_, Some(("application/json", _))) => only(&[Held::Structure]),
            (Carrier::FormData, Some(("text/plain", _))) => only(&[Held::Text]),
            _ => self.media.is_empty(),
        }
    }
}
