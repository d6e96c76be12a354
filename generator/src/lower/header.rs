//! Headers of responses: they are read by name and have no types, so their documentation is all there is of them.

use openapiv3::{ParameterSchemaOrContent, ReferenceOr};

use super::context::Lower;
use super::text;
use crate::diag::Sink;
use crate::ir::Header;
use crate::pointer::Pointer;
use crate::resolve::Annotations;

impl Lower<'_, '_> {
    /// The headers of a response; references are followed.
    pub(super) fn headers(&self, response: &openapiv3::Response, at: &Pointer) -> Vec<Header> {
        let each = response.headers.iter().filter_map(|(name, header)| match header {
            ReferenceOr::Item(header) => Some(self.header(name, header, &at.child(name))),
            ReferenceOr::Reference { reference } => {
                let shared = self.doc.shared::<openapiv3::Header>(reference)?;
                Some(self.header(name, &shared.part, &shared.at))
            }
        });
        each.collect()
    }

    fn header(&self, name: &str, header: &openapiv3::Header, at: &Pointer) -> Header {
        let place = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => crate::resolve::schema_place(schema),
            ParameterSchemaOrContent::Content(_) => None,
        };
        let place = place.and_then(|place| self.doc.place(place));
        // what is wrong with the schema has been said where it stands
        let node = self.doc.node(place.as_slice(), &mut Sink::new());
        let holds = node.kind.map(|kind| match node.format {
            Some(format) => format!("{kind} ({format})"),
            None => kind.to_owned(),
        });
        let notes = Annotations {
            description: header.description.as_deref().or(node.annotations.description),
            deprecated: header.deprecated.unwrap_or(false),
            constraints: node.annotations.constraints.clone(),
            ..Annotations::default()
        };
        let (origin, docs) = (self.doc.origin(at), text::docs(&notes, name));
        Header { name: name.to_owned(), origin, required: header.required, holds, docs }
    }
}
