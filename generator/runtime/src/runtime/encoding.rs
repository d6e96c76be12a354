//! How values are written: the styles of parameters, and for the properties of a form or the parts of a multipart body OpenAPI's
//! Encoding Objects, as static tables of the emitted calls. What has no entry is written by the defaults of the specification.

/// How a parameter is written. `Reserved` is the document's `allowReserved`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `blue,black`; `R,100,G,200`: default of paths and headers.
    Simple,
    /// `blue,black`; `R=100,G=200`.
    SimpleExplode,
    /// `.blue,black`; `.R,100,G,200`.
    Label,
    /// `.blue.black`; `.R=100.G=200`.
    LabelExplode,
    /// `;color=blue,black`; `;color=R,100,G,200`.
    Matrix,
    /// `;color=blue;color=black`; `;R=100;G=200`.
    MatrixExplode,
    /// `color=blue,black`; `color=R,100,G,200`.
    Form,
    /// `color=blue&color=black`; `R=100&G=200`: default of queries and cookies.
    FormExplode,
    /// `color=blue%20black`.
    SpaceDelimited,
    /// `color=blue%7Cblack`.
    PipeDelimited,
    /// `color[R]=100&color[G]=200`; `color[0]=blue&color[1]=black`.
    DeepObject,
    /// The value as JSON text.
    Json,
    /// Like [`Style::Form`], reserved characters kept.
    FormReserved,
    /// Like [`Style::FormExplode`], reserved characters kept.
    FormExplodeReserved,
    /// Like [`Style::SpaceDelimited`], reserved characters kept.
    SpaceDelimitedReserved,
    /// Like [`Style::PipeDelimited`], reserved characters kept.
    PipeDelimitedReserved,
    /// Like [`Style::DeepObject`], reserved characters kept.
    DeepObjectReserved,
    /// Like [`Style::Form`] in a cookie, nothing encoded.
    Cookie,
    /// Like [`Style::FormExplode`] in a cookie, nothing encoded.
    CookieExplode,
}

/// How a property or an item of a body is written.
#[derive(Clone, Copy, Debug)]
pub struct Encoding {
    of: Of,
    style: Option<Style>,
    media: &'static [&'static str],
    headers: &'static [(&'static str, &'static str)],
}

/// What an entry speaks of.
#[derive(Clone, Copy, Debug)]
enum Of {
    Property(&'static str),
    /// The item of an array at this position.
    Item(usize),
    /// The items of an array that have no entry of their own.
    Items,
}

impl Encoding {
    const fn of_what(of: Of) -> Self {
        Self { of, style: None, media: &[], headers: &[] }
    }

    /// An entry for a property of the body.
    #[must_use]
    pub const fn property(name: &'static str) -> Self {
        Self::of_what(Of::Property(name))
    }

    /// An entry for the item at a position, where the body is an array.
    #[must_use]
    pub const fn item(index: usize) -> Self {
        Self::of_what(Of::Item(index))
    }

    /// An entry for the other items, where the body is an array.
    #[must_use]
    pub const fn items() -> Self {
        Self::of_what(Of::Items)
    }

    /// Written like a query parameter.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = Some(style);
        self
    }

    /// Of one of these media types, which may be ranges.
    #[must_use]
    pub const fn media(mut self, media: &'static [&'static str]) -> Self {
        self.media = media;
        self
    }

    /// With these headers: names and values.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// The entry of a property.
    pub(crate) fn of<'t>(table: &'t [Self], name: &str) -> Option<&'t Self> {
        table.iter().find(|entry| matches!(entry.of, Of::Property(known) if known == name))
    }

    /// The entry of an item.
    pub(crate) fn of_item(table: &[Self], index: usize) -> Option<&Self> {
        let own = table.iter().find(|entry| matches!(entry.of, Of::Item(known) if known == index));
        own.or_else(|| table.iter().find(|entry| matches!(entry.of, Of::Items)))
    }

    pub(crate) fn by_style(&self) -> Option<Style> {
        self.style
    }

    pub(crate) fn media_types(&self) -> &'static [&'static str] {
        self.media
    }

    /// The first media type that is no range.
    pub(crate) fn concrete(&self) -> Option<&'static str> {
        self.media.iter().copied().find(|media| !media.contains('*'))
    }

    pub(crate) fn is_json(&self) -> bool {
        self.concrete().is_some_and(is_json)
    }

    pub(crate) fn all_headers(&self) -> &'static [(&'static str, &'static str)] {
        self.headers
    }
}

/// A media type without its parameters.
pub(crate) fn essence(media: &str) -> &str {
    media.split(';').next().unwrap_or_default().trim()
}

/// Whether values of a media type are written as JSON.
pub(crate) fn is_json(media: &str) -> bool {
    let essence = essence(media).to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether a media type, perhaps a range, covers another one.
pub(crate) fn covers(range: &str, media: &str) -> bool {
    let (range, media) = (essence(range), essence(media));
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(family) => media.get(..family.len()).is_some_and(|it| it.eq_ignore_ascii_case(family)),
        None => range.eq_ignore_ascii_case(media),
    }
}
