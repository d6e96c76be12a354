//! Styles of parameters and parts, and methods of HTTP, as the runtime calls them.

use proc_macro2::{Ident, Span};

use crate::ir::Style;

/// Space- and pipe-delimited lists, exploded, are no different from exploded forms.
pub(super) fn style(style: Style, explode: bool, reserved: bool) -> Ident {
    let (plain, with_reserved) = match (style, explode) {
        (Style::Simple, false) => ("Simple", "Simple"),
        (Style::Simple, true) => ("SimpleExplode", "SimpleExplode"),
        (Style::Label, false) => ("Label", "Label"),
        (Style::Label, true) => ("LabelExplode", "LabelExplode"),
        (Style::Matrix, false) => ("Matrix", "Matrix"),
        (Style::Matrix, true) => ("MatrixExplode", "MatrixExplode"),
        (Style::Form, false) => ("Form", "FormReserved"),
        (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true) => {
            ("FormExplode", "FormExplodeReserved")
        }
        (Style::SpaceDelimited, false) => ("SpaceDelimited", "SpaceDelimitedReserved"),
        (Style::PipeDelimited, false) => ("PipeDelimited", "PipeDelimitedReserved"),
        (Style::DeepObject, _) => ("DeepObject", "DeepObjectReserved"),
        (Style::Cookie, false) => ("Cookie", "Cookie"),
        (Style::Cookie, true) => ("CookieExplode", "CookieExplode"),
        (Style::Json, _) => ("Json", "Json"),
    };
    Ident::new(if reserved { with_reserved } else { plain }, Span::call_site())
}

/// Whether a method is one of those that have a constant.
pub(super) fn is_standard(method: &str) -> bool {
    ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"].contains(&method)
}
