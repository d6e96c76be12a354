//! What was done to the body of a response on its way: `Content-Encoding`.
//!
//! In: the headers. Out: whether the body can be read as it is, has to be unpacked, or cannot be read. What `reqwest` unpacks
//! by itself has lost the header.

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};

use super::super::transport::ResponseBody;

/// Words that servers put there although the body is what it is: charsets, encodings of mail, leftovers of an upload
/// (S3 gives `aws-chunked` back with the object).
const HARMLESS: [&str; 11] = [
    "",
    "7bit",
    "8bit",
    "aws-chunked",
    "binary",
    "identity",
    "iso-8859-1",
    "none",
    "us-ascii",
    "utf-8",
    "utf8",
];

/// How the body is coded.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// Not at all.
    Plain,
    /// By gzip, under whatever name.
    Gzip,
    /// In a way that nothing here reads.
    Unknown(String),
}

impl Coding {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(CONTENT_ENCODING).into_iter();
        let all: Vec<String> =
            values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
        let all = all.join(",");
        let mut codings = all
            .split(',')
            .map(|coding| coding.trim().to_ascii_lowercase())
            .filter(|coding| !HARMLESS.contains(&coding.as_str()));
        match (codings.next(), codings.next()) {
            (None, _) => Self::Plain,
            // A browser has unpacked it.
            _ if cfg!(target_family = "wasm") => Self::Plain,
            (Some(one), None) if cfg!(feature = "gzip") && matches!(one.as_str(), "gzip" | "x-gzip") => {
                Self::Gzip
            }
            _ => Self::Unknown(all.trim().to_owned()),
        }
    }

    /// The body as it was before. Headers that are no longer true go.
    pub(super) fn undo(&self, headers: &mut HeaderMap, body: ResponseBody) -> ResponseBody {
        match self {
            Self::Plain | Self::Unknown(_) => body,
            #[cfg(feature = "gzip")]
            Self::Gzip => {
                headers.remove(CONTENT_ENCODING);
                headers.remove(CONTENT_LENGTH);
                Box::pin(gzip::Unpacked::new(body))
            }
            #[cfg(not(feature = "gzip"))]
            Self::Gzip => {
                let _ = (headers, CONTENT_LENGTH);
                body
            }
        }
    }
}

#[cfg(feature = "gzip")]
mod gzip {
    use std::io::Write as _;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use bytes::Bytes;
    use flate2::write::MultiGzDecoder;
    use futures_core::Stream;

    use super::super::super::error::{TransportError, TransportErrorKind};
    use super::super::super::transport::ResponseBody;

    /// Packed bytes that are unpacked at once: a thousand times as many may come of them.
    const STEP: usize = 16 << 10;

    /// A body that is unpacked as it comes.
    pub(super) struct Unpacked {
        body: ResponseBody,
        /// What came and is still packed.
        rest: Bytes,
        /// Gone after the end, or after an error.
        decoder: Option<MultiGzDecoder<Vec<u8>>>,
    }

    impl Unpacked {
        pub(super) fn new(body: ResponseBody) -> Self {
            Self { body, rest: Bytes::new(), decoder: Some(MultiGzDecoder::new(Vec::new())) }
        }
    }

    impl Stream for Unpacked {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            let this = self.get_mut();
            loop {
                let Some(decoder) = &mut this.decoder else { return Poll::Ready(None) };
                let unpacked = if this.rest.is_empty() {
                    match ready!(this.body.as_mut().poll_next(context)) {
                        Some(Ok(chunk)) => {
                            this.rest = chunk;
                            continue;
                        }
                        Some(Err(error)) => {
                            this.decoder = None;
                            return Poll::Ready(Some(Err(error)));
                        }
                        None => this.decoder.take().map_or_else(|| Ok(Vec::new()), MultiGzDecoder::finish),
                    }
                } else {
                    let packed = this.rest.split_to(this.rest.len().min(STEP));
                    decoder.write_all(&packed).map(|()| std::mem::take(decoder.get_mut()))
                };
                match unpacked {
                    Ok(bytes) if bytes.is_empty() => {}
                    Ok(bytes) => return Poll::Ready(Some(Ok(bytes.into()))),
                    Err(error) => {
                        this.decoder = None;
                        let message = "the response could not be decompressed";
                        let error =
                            TransportError::new(TransportErrorKind::Truncated, message).with_source(error);
                        return Poll::Ready(Some(Err(error)));
                    }
                }
            }
        }
    }
}
