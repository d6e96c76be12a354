//! Where things stand: files, and how deep the module of a resource is.

use crate::ir::ResourceId;
use crate::sdk::Sdk;

use super::Page;

/// The file of a page.
pub(super) fn file(sdk: &Sdk, page: Page) -> String {
    match page {
        Page::Root => "src/lib.rs".to_owned(),
        Page::Client => "src/client.rs".to_owned(),
        Page::Types => "src/types.rs".to_owned(),
        Page::Xml => "src/xml.rs".to_owned(),
        Page::Part(id, _, _) => format!("src/types/{}.rs", sdk.modules[id].name.plain()),
        Page::Resource(id) => {
            let modules: Vec<&str> = sdk.chain(id).iter().map(|resource| resource.module.plain()).collect();
            format!("src/{}.rs", modules.join("/"))
        }
    }
}

/// How far below the SDK's root module the module of a resource is; the root's operations stand in `client`.
pub(super) fn depth(sdk: &Sdk, id: ResourceId) -> usize {
    sdk.chain(id).len().max(1)
}
