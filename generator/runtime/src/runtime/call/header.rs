//! Headers that a caller repeats or takes out.

use http::HeaderName;

use super::super::head::header;
use super::Call;

impl Call {
    /// A header beside those of the same name.
    pub(crate) fn repeat_header(mut self, name: &str, value: &str) -> Self {
        match header(name, value) {
            Ok((name, value)) => {
                self.parts.options.added.append(name, value);
                self
            }
            Err(error) => self.refuse(error.kind(), error.message().to_owned()),
        }
    }

    /// No header of this name, whoever would put it in.
    pub(crate) fn remove_header(mut self, name: &str) -> Self {
        // What no header can be called is not there.
        if let Ok(name) = HeaderName::try_from(name) {
            self.parts.options.added.remove(&name);
            self.parts.headers.remove(&name);
            self.parts.options.removed.push(name);
        }
        self
    }
}
