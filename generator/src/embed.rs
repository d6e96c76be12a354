//! The runtime's files, carried inside the generator.
//!
//! They are listed by hand, so that no build script is needed; a test compares the list with the folder.

use std::borrow::Cow;
use std::sync::LazyLock;

use toml::{Table, Value};

use crate::files::hash;

/// The runtime's manifest: versions of dependencies, features, minimum Rust version.
pub(crate) static MANIFEST: LazyLock<Table> = LazyLock::new(|| MANIFEST_TEXT.parse().unwrap_or_default());

/// Its text, which has comments.
pub(crate) const MANIFEST_TEXT: &str = include_str!("../runtime/manifest.toml");

macro_rules! files {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../runtime/src/runtime/", $path))),)*]
    };
}

/// The files by their path below `src/runtime/`.
const RUNTIME: &[(&str, &str)] = files! {
    "auth.rs"
    "auth/cache.rs"
    "auth/oauth.rs"
    "auth/token.rs"
    "blocking.rs"
    "body.rs"
    "body/content.rs"
    "body/file.rs"
    "body/in_json.rs"
    "body/media.rs"
    "body/multipart.rs"
    "body/payload.rs"
    "body/reader.rs"
    "call.rs"
    "call/decode.rs"
    "call/form.rs"
    "call/header.rs"
    "call/instead.rs"
    "call/operation.rs"
    "call/option.rs"
    "call/parts.rs"
    "call/raw.rs"
    "client.rs"
    "client/builder.rs"
    "client/builder/connections.rs"
    "client/builder/tokens.rs"
    "clock.rs"
    "clock/browser.rs"
    "encode.rs"
    "encoding.rs"
    "error.rs"
    "error/api.rs"
    "error/context.rs"
    "error/request.rs"
    "error/response.rs"
    "error/source.rs"
    "error/transport.rs"
    "future.rs"
    "head.rs"
    "hook.rs"
    "limit.rs"
    "macros.rs"
    "macros/call.rs"
    "macros/enums.rs"
    "macros/foreign.rs"
    "macros/objects.rs"
    "macros/unions.rs"
    "macros/wrappers.rs"
    "mod.rs"
    "model.rs"
    "model/adapter.rs"
    "model/base64.rs"
    "model/decimal.rs"
    "model/exact.rs"
    "model/foreign.rs"
    "model/object.rs"
    "model/secret.rs"
    "model/time.rs"
    "model/unknown.rs"
    "model/upload.rs"
    "model/uuid.rs"
    "names.rs"
    "page.rs"
    "page/link.rs"
    "page/walk.rs"
    "prelude.rs"
    "random.rs"
    "rate.rs"
    "record.rs"
    "record/archive.rs"
    "record/redact.rs"
    "redact.rs"
    "redact/mask.rs"
    "reply.rs"
    "request.rs"
    "retry.rs"
    "retry/budget.rs"
    "retry/hint.rs"
    "route.rs"
    "scheme.rs"
    "send.rs"
    "send/ahead.rs"
    "send/attempt.rs"
    "send/coding.rs"
    "send/failure.rs"
    "send/prepare.rs"
    "send/receive.rs"
    "send/record.rs"
    "send/redirect.rs"
    "send/traced.rs"
    "stream.rs"
    "stream/events.rs"
    "stream/input.rs"
    "stream/lines.rs"
    "stream/reported.rs"
    "stream/save.rs"
    "testing.rs"
    "testing/canned.rs"
    "testing/double.rs"
    "testing/memory.rs"
    "testing/mock.rs"
    "testing/seen.rs"
    "trace.rs"
    "transport.rs"
    "transport/body.rs"
    "transport/connect.rs"
    "transport/convert.rs"
    "transport/failure.rs"
    "transport/fetch.rs"
    "transport/http_client.rs"
    "transport/io.rs"
    "transport/proxy.rs"
    "transport/read.rs"
    "transport/reqwest_client.rs"
    "transport/settings.rs"
    "transport/tls.rs"
    "transport/tls/native.rs"
    "transport/tls/rustls_tls.rs"
    "transport/tls/without.rs"
    "upload.rs"
    "url.rs"
    "url/parse.rs"
    "url/path.rs"
    "wait.rs"
    "webhooks.rs"
    "webhooks/error.rs"
    "webhooks/mac.rs"
    "webhooks/signature.rs"
    "webhooks/standard.rs"
    "wire.rs"
    "wire/codec.rs"
    "wire/error.rs"
    "wire/group.rs"
    "wire/members.rs"
    "wire/node.rs"
    "wire/number.rs"
    "wire/object.rs"
    "wire/object_writer.rs"
    "wire/path.rs"
    "wire/raw.rs"
    "wire/reader.rs"
    "wire/scan.rs"
    "wire/shape.rs"
    "wire/show.rs"
    "wire/string.rs"
    "wire/union.rs"
    "wire/value.rs"
    "wire/values.rs"
    "wire/writer.rs"
    "xml.rs"
    "xml/json.rs"
    "xml/read.rs"
    "xml/read/union.rs"
    "xml/shape.rs"
    "xml/text.rs"
    "xml/tree.rs"
    "xml/write.rs"
};

/// The features of the runtime that types are behind, each with the crate of these types. Whoever names such a type turns its
/// feature on.
pub(crate) const OF_TYPES: [(&str, &str); 3] =
    [("chrono", "chrono"), ("uuid", "uuid"), ("decimal", "rust_decimal")];

/// The dependency that only XML needs.
pub(crate) const XML: &str = "quick-xml";

/// The line that declares the module that only XML needs.
const XML_MODULE: &str = "#[cfg(feature = \"xml\")]\npub mod xml;\n";

/// A file of the runtime in an SDK.
pub(crate) struct File {
    /// Its path below the SDK's folder.
    pub(crate) path: String,
    pub(crate) text: Cow<'static, str>,
    pub(crate) hash: u64,
}

/// The runtime's files. Without XML there is no trace of it. Every SDK has the same, so they are hashed once.
pub(crate) fn runtime(with_xml: bool) -> impl Iterator<Item = File> {
    static HASHES: LazyLock<Vec<u64>> =
        LazyLock::new(|| RUNTIME.iter().map(|(_, text)| hash(text)).collect());
    let files =
        RUNTIME.iter().zip(&*HASHES).filter(move |((path, _), _)| with_xml || !path.starts_with("xml"));
    files.map(move |((path, text), known)| {
        let (text, hash) = match *path {
            "mod.rs" if !with_xml => {
                let text = text.replace(XML_MODULE, "");
                let hash = hash(&text);
                (Cow::Owned(text), hash)
            }
            _ => (Cow::Borrowed(*text), *known),
        };
        File { path: format!("src/runtime/{path}"), text, hash }
    })
}

/// The runtime's dependencies on all platforms, and so those of every SDK.
pub(crate) fn dependencies() -> impl Iterator<Item = (&'static String, &'static Value)> {
    let platforms = MANIFEST.get("target").and_then(Value::as_table).into_iter().flatten();
    let tables = std::iter::once(&*MANIFEST).chain(platforms.filter_map(|(_, of)| of.as_table()));
    tables.filter_map(|of| of.get("dependencies")?.as_table()).flatten()
}

/// The dependency of this name, however it is spelled.
pub(crate) fn dependency(name: &str) -> Option<(&'static String, &'static Value)> {
    dependencies().find(|(known, _)| spelled(known) == spelled(name))
}

/// The name of a crate as code has it.
pub(crate) fn spelled(name: &str) -> String {
    name.replace('-', "_")
}

/// The features of the runtime that are on by default, whatever the document needs.
pub(crate) fn default_features() -> Vec<String> {
    let names = MANIFEST.get("features").and_then(|features| features.get("default")?.as_array());
    names.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn walk(folder: &Path, prefix: &str, out: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{name}/"), out);
            } else {
                out.insert(name);
            }
        }
    }

    #[test]
    fn every_file_of_the_runtime_is_listed() {
        let mut found = BTreeSet::new();
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/runtime"), "", &mut found);
        let listed: BTreeSet<String> = RUNTIME.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(listed, found, "list the files of generator/runtime/src/runtime in embed.rs");
    }
}
