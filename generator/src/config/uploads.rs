//! Reads `[uploads]`.

use std::collections::BTreeMap;

use super::table::{Table, check_pointer, table};
use super::{UploadChoice, UploadForm};
use crate::diag::{Code, Diagnostic, Sink};

pub(super) fn uploads(all: &Table<'_>, sink: &mut Sink) -> BTreeMap<String, UploadChoice> {
    let mut choices = BTreeMap::new();
    for (pointer, choice, at) in all.entries() {
        check_pointer(pointer, &at, true, sink);
        let Some(mut choice) = table(choice, at.clone(), sink) else { continue };
        let (url, base64) = (choice.string("data_url", sink), choice.string("base64", sink));
        let (name, media_type) = (choice.string("name", sink), choice.string("media_type", sink));
        choice.finish(sink);
        let (content, form) = match (url, base64) {
            (Some(url), None) => (url, UploadForm::DataUrl),
            (None, Some(base64)) => (base64, UploadForm::Base64),
            _ => {
                let message = format!("`{pointer}` needs either `data_url` or `base64`");
                let help =
                    "name the property that holds the content: `{ data_url = \"url\", name = \"filename\" }`";
                sink.report(Diagnostic::in_config(Code::Config, &at, message).at_key().help(help));
                continue;
            }
        };
        choices.insert(pointer.to_owned(), UploadChoice { content, form, name, media_type });
    }
    choices
}
