//! Tables of what is written in another way than by default.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::style::style;
use crate::emit::scope::Scope;
use crate::ir::{PartEncoding, PartOf};

/// The table as an expression.
pub(super) fn table(scope: &mut Scope<'_>, encodings: &[PartEncoding]) -> TokenStream {
    let written = encodings.iter().filter(|encoding| encoding.has_effect());
    let entries: Vec<TokenStream> = written.map(|encoding| entry(scope, encoding)).collect();
    if entries.is_empty() {
        return quote!(&[]);
    }
    quote!(const { &[#(#entries),*] })
}

fn entry(scope: &mut Scope<'_>, encoding: &PartEncoding) -> TokenStream {
    let name = scope.runtime("call", "Encoding");
    let of = match &encoding.of {
        PartOf::Property(property) => quote!(property(#property)),
        PartOf::Item(index) => {
            let index = Literal::u32_unsuffixed(*index);
            quote!(item(#index))
        }
        PartOf::Items => quote!(items()),
    };
    let style = encoding.style.map(|part| {
        let (name, style) =
            (scope.runtime("encode", "Style"), style(part.style, part.explode, part.allow_reserved));
        quote!(.style(#name::#style))
    });
    let media = (!encoding.media.is_empty()).then(|| {
        let media = &encoding.media;
        quote!(.media(&[#(#media),*]))
    });
    let headers = (!encoding.headers.is_empty()).then(|| {
        let headers = encoding.headers.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(.headers(&[#(#headers),*]))
    });
    quote!(#name::#of #style #media #headers)
}

/// The media type of a multipart body as it is sent, but for the boundary: that of the document, and the usual one where it only says
/// that there are several parts.
pub(super) fn multipart(media: &str) -> String {
    let mut pieces = media.split(';').map(str::trim);
    let essence = pieces.next().unwrap_or_default();
    let essence = if essence.contains('*') { "multipart/form-data" } else { essence };
    let is_boundary = |piece: &&str| piece.get(..9).is_some_and(|it| it.eq_ignore_ascii_case("boundary="));
    let rest: String = pieces
        .filter(|piece| !piece.is_empty() && !is_boundary(piece))
        .map(|piece| format!("; {piece}"))
        .collect();
    format!("{essence}{rest}")
}
