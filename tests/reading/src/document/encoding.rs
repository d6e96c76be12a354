//! How the properties of a form or of a multipart body are written: the Encoding Object.

use super::{Document, escape, keys};

/// What a document says about one property of a form or multipart body.
#[derive(Clone, Debug, Default)]
pub struct Encoding {
    /// The property.
    pub property: String,
    /// Media types of the part, or of the text in a form, as written.
    pub content_type: Option<String>,
    /// Style, where one is written.
    pub style: Option<String>,
    /// Explode, where it is written.
    pub explode: Option<bool>,
    /// Whether reserved characters stand for themselves, where that is written.
    pub allow_reserved: Option<bool>,
    /// Headers of the part: name, whether it must be there, pointer of its schema.
    pub headers: Vec<(String, bool, Option<String>)>,
}

impl Encoding {
    /// Whether the property is written as a parameter of the query is. Then its media type says nothing.
    pub fn is_styled(&self) -> bool {
        self.style.is_some() || self.explode.is_some() || self.allow_reserved.is_some()
    }

    /// Style, with the default filled in.
    pub fn style(&self) -> &str {
        self.style.as_deref().unwrap_or("form")
    }

    /// Explode, with the default of the style filled in.
    pub fn explode(&self) -> bool {
        self.explode.unwrap_or_else(|| self.style() == "form")
    }
}

impl Document {
    /// The encodings of a media type.
    pub(super) fn encodings(&self, media: &str) -> Vec<Encoding> {
        let home = format!("{media}/encoding");
        let Some((_, node)) = self.resolve(&home) else { return Vec::new() };
        keys(node).map(|property| self.encoding(&home, property)).collect()
    }

    fn encoding(&self, home: &str, property: &str) -> Encoding {
        let at = format!("{home}/{}", escape(property));
        let Some((_, node)) = self.resolve(&at) else { return Encoding::default() };
        let text = |key: &str| node[key].as_str().map(str::to_owned);
        let headers = keys(&node["headers"])
            .filter(|name| !name.eq_ignore_ascii_case("content-type"))
            .filter_map(|name| {
                let place = format!("{at}/headers/{}", escape(name));
                let (_, header) = self.resolve(&place)?;
                let schema = header.get("schema").map(|_| format!("{place}/schema"));
                Some((name.to_owned(), header["required"] == true, schema))
            })
            .collect();
        Encoding {
            property: property.to_owned(),
            content_type: text("contentType"),
            style: text("style"),
            explode: node["explode"].as_bool(),
            allow_reserved: node["allowReserved"].as_bool(),
            headers,
        }
    }
}
