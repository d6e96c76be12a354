//! Request bodies and their media types.

use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::carried;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Body, Content, ContentKind, Segment};
use crate::lower::context::Lower;
use crate::lower::media::{Family, MOST_MEDIA_TYPES, family, plainness};
use crate::lower::{encoding, text};
use crate::pointer::Pointer;
use crate::resolve::{Annotations, alike};

impl Lower<'_, '_> {
    /// A request body; references are followed.
    pub(in crate::lower) fn body(&mut self, body: &ReferenceOr<RequestBody>, at: &Pointer) -> Option<Body> {
        match body {
            ReferenceOr::Item(body) => self.declared_body(body, at),
            ReferenceOr::Reference { reference } => {
                let shared = self.doc.shared::<RequestBody>(reference)?;
                self.at_home(&shared, |this| this.declared_body(&shared.part, &shared.at)).flatten()
            }
        }
    }

    /// `None` where the body cannot be written as any of its media types.
    fn declared_body(&mut self, body: &RequestBody, at: &Pointer) -> Option<Body> {
        let base = at.child("content");
        self.check_count(body.content.len(), &base);
        let doc = self.doc;
        let schema = |media: &str| doc.value(&base.child(media).child("schema"));
        let mut all: Vec<(usize, (&String, &MediaType))> =
            body.content.iter().enumerate().take(MOST_MEDIA_TYPES).collect();
        all.retain(|(_, (media, content))| self.is_writable(media, content, &base));
        // XML that says the same as JSON is of its type.
        all.sort_by_key(|(_, (media, content))| self.carried(media, content) == Family::Xml);
        let mut contents: Vec<(usize, Content)> = Vec::new();
        for (order, (media, content)) in all {
            let at = base.child(media);
            let is_alike = |other: &Content| {
                schema(media).zip(schema(&other.media)).is_some_and(|(one, other)| alike(one, other))
            };
            let twin = contents.iter().map(|(_, other)| other).filter(|other| is_alike(other));
            let twin = twin.filter_map(carried).next().cloned();
            let lowered = self.step(Segment::Request, |this| match twin {
                Some(ty) if this.carried(media, content) == Family::Xml => {
                    this.as_xml(media, content, &at, ty)
                }
                _ => {
                    this.in_files = family(media) == Family::Multipart;
                    let mut lowered = this.content(media, content, &at, body.required);
                    this.in_files = false;
                    if let ContentKind::Form(of) | ContentKind::Multipart(of) = &lowered.kind {
                        lowered.encoding = this.encodings(media, &at, of);
                    }
                    lowered
                }
            });
            contents.push((order, lowered));
        }
        contents.sort_by_key(|(order, content)| (plainness(&content.media), *order));
        let contents: Vec<Content> = contents.into_iter().map(|(_, content)| content).collect();
        let notes = Annotations { description: body.description.as_deref(), ..Annotations::default() };
        let docs = text::docs(&notes, "");
        (!contents.is_empty() || body.content.is_empty()).then(|| Body {
            origin: self.doc.origin(at),
            required: body.required,
            contents,
            docs,
        })
    }

    /// Whether a body can be written as its media type; reports it if not.
    fn is_writable(&mut self, media: &str, content: &MediaType, base: &Pointer) -> bool {
        let Some(why) = encoding::unwritable(self.doc, media, content) else { return true };
        let problem = format!("`{media}` cannot be sent: {why}");
        let diagnostic = Diagnostic::new(Code::WrongShape, &self.doc.origin(&base.child(media)), problem);
        self.sink.report(
            diagnostic.at_key().help("declare `properties` in the schema, or use another media type"),
        );
        false
    }
}
