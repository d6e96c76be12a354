//! Types as Rust text for programs that use an SDK: which type a schema of the document became.

use crate::ir::TypeName;
use crate::sdk::{Sdk, Under};

/// Each component schema and each schema of a media type, by its place in the original document, with its type. The
/// text expects the modules `types` and `model` of the SDK in scope.
pub(crate) fn names(sdk: &Sdk) -> Vec<(String, String)> {
    let text = |ty| sdk.spell(ty, &mut Under::modules());
    let mut out: Vec<_> = sdk.schemas.iter().map(|(at, ty)| (at.as_str().to_owned(), text(ty))).collect();
    let event = sdk.webhook_event().map(|event| &event.origin);
    for ty in sdk.types.iter().filter(|ty| Some(&ty.origin) != event) {
        if let TypeName::Component(_) = ty.source {
            out.push((ty.origin.as_str().to_owned(), format!("types::{}", ty.name)));
        }
    }
    // What is said of a place of its own goes before the plain component.
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out.dedup_by(|a, b| a.0 == b.0);
    out
}

/// Places that became `serde_json::Value`, in the original document, each with the reason.
pub(crate) fn untyped(sdk: &Sdk) -> Vec<(String, String)> {
    let untyped = sdk.untyped.iter();
    untyped.map(|one| (one.origin.as_str().to_owned(), one.reason.to_owned())).collect()
}

/// The same with the objects that are maps of anything.
pub(crate) fn untyped_and_free_form(sdk: &Sdk) -> Vec<(String, String)> {
    let reason = "an object without declared properties; it is a `serde_json::Map`";
    let free = sdk.free_form.iter().map(|at| (at.as_str().to_owned(), reason.to_owned()));
    let mut all: Vec<_> = untyped(sdk).into_iter().chain(free).collect();
    all.sort_unstable();
    all.dedup();
    all
}
