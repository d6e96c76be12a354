//! Where things stand: files, modules, and the relative ways between them.

use crate::ir::ResourceId;
use crate::plan::{Home, HomeId, Plan};

use super::Page;

/// The file of a page.
pub(super) fn file(plan: &Plan, page: Page) -> String {
    match page {
        Page::Root => "src/lib.rs".to_owned(),
        Page::Client => "src/client.rs".to_owned(),
        Page::Types => "src/types.rs".to_owned(),
        Page::Xml => "src/xml.rs".to_owned(),
        Page::Home(id, _, _) => format!("src/types/{}.rs", plain(home(plan, id).module.as_str())),
        Page::Resource(id) => {
            let modules: Vec<&str> =
                ancestors(plan, id).into_iter().map(|id| plain(plan.resource(id).module.as_str())).collect();
            format!("src/{}.rs", modules.join("/"))
        }
    }
}

/// The way down to a resource, itself included, the root left out.
pub(super) fn ancestors(plan: &Plan, id: ResourceId) -> Vec<ResourceId> {
    let mut out = Vec::new();
    let mut at = Some(id);
    while let Some(id) = at.filter(|id| id.0 != 0) {
        out.push(id);
        at = plan.api.resources[id].parent;
    }
    out.reverse();
    out
}

/// How far below the SDK's root module the module of a resource is; the root's operations stand in `client`.
pub(super) fn depth(plan: &Plan, id: ResourceId) -> usize {
    ancestors(plan, id).len().max(1)
}

/// How users reach a resource: `client.workflows().runs()`.
pub(super) fn expression(plan: &Plan, id: ResourceId) -> String {
    let mut out = "client".to_owned();
    for id in ancestors(plan, id) {
        out.push('.');
        out.push_str(plan.resource(id).accessor.as_str());
        out.push_str("()");
    }
    out
}

/// The plan of a home.
pub(super) fn home(plan: &Plan, id: HomeId) -> &Home {
    &plan.homes[id]
}

/// A module's name as a file name.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}
