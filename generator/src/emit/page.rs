//! The files of an SDK, and how deep the module of a resource is.

use crate::ir::ResourceId;
use crate::sdk::{ModuleId, Sdk};

/// The builds of an SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Build {
    /// All of them.
    Every,
    /// Those with the feature `testing`.
    Testing,
}

/// What a module holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Page {
    Root,
    Client,
    Types,
    Xml,
    /// Some of the types of a module, from one position to another.
    Part(ModuleId, usize, usize),
    /// The arguments of `new` by name, of types of a module.
    Args(ModuleId, Build),
    /// What types of a module have behind the feature `testing`, from one position to another.
    Testing(ModuleId, usize, usize),
    Resource(ResourceId),
}

impl Page {
    /// The file.
    pub(super) fn file(self, sdk: &Sdk) -> String {
        match self {
            Self::Root => "src/lib.rs".to_owned(),
            Self::Client => "src/client.rs".to_owned(),
            Self::Types => "src/types.rs".to_owned(),
            Self::Xml => "src/xml.rs".to_owned(),
            Self::Part(id, _, _) => format!("src/types/{}.rs", sdk.modules[id].name.plain()),
            Self::Args(id, Build::Every) => format!("src/types/{}/args.rs", sdk.modules[id].name.plain()),
            Self::Args(id, Build::Testing) => {
                format!("src/types/{}/testing/args.rs", sdk.modules[id].name.plain())
            }
            Self::Testing(id, _, _) => format!("src/types/{}/testing.rs", sdk.modules[id].name.plain()),
            Self::Resource(id) => {
                let modules: Vec<&str> =
                    sdk.chain(id).iter().map(|resource| resource.module.plain()).collect();
                format!("src/{}.rs", modules.join("/"))
            }
        }
    }
}

/// How far below the SDK's root module the module of a resource is; the root's operations stand in `client`.
pub(super) fn depth(sdk: &Sdk, id: ResourceId) -> usize {
    sdk.chain(id).len().max(1)
}
