//! From the model to tokens: what stands in each file of the SDK.
//!
//! In: the [`Sdk`]. Out: one [`Module`] per file; its items are made when it is rendered, in the
//! thread that renders it, because tokens do not travel between threads. Nothing here decides (that is `plan`) and
//! nothing here formats (that is `render`).

use crate::sdk::Sdk;
use page::{Build, Page};

pub(crate) use item::{Content, Item};
pub(crate) use scope::Imports;

pub(crate) mod api;
pub(crate) mod manifest;
pub(crate) mod readme;

mod alias;
mod aliases;
mod args;
mod client;
mod docs;
mod enums;
mod example;
mod item;
mod made;
mod operation;
mod page;
mod resource;
mod root;
mod scope;
mod setup;
mod structs;
mod testing;
#[cfg(test)]
mod tests;
mod tour;
mod ty;
mod unions;
mod xml;

/// A part of a file of the SDK, not yet written. The parts of a file follow each other.
pub(crate) struct Module<'a> {
    /// Path below the SDK's folder.
    pub(crate) path: String,
    page: Page,
    sdk: &'a Sdk,
    /// Types of the document that are called like something of the runtime.
    clashes: Vec<&'a str>,
}

/// Types per part: large files are made by several threads.
const PART: usize = 96;

/// The files of the SDK that are written from the model, in parts.
pub(crate) fn emit(sdk: &Sdk) -> Vec<Module<'_>> {
    let mut pages = vec![Page::Root, Page::Client, Page::Types];
    if sdk.needs.xml {
        pages.push(Page::Xml);
    }
    for (id, module) in sdk.modules.entries() {
        let count = module.types.len();
        let parts = || (0..count).step_by(PART).map(|start| (start, count.min(start + PART)));
        pages.extend(parts().map(|(start, end)| Page::Part(id, start, end)));
        for build in [Build::Every, Build::Testing] {
            pages.extend(args::is_needed(sdk, id, build).then_some(Page::Args(id, build)));
        }
        if testing::is_needed(sdk, id) {
            pages.extend(parts().map(|(start, end)| Page::Testing(id, start, end)));
        }
    }
    pages.extend(sdk.resources.ids().skip(1).map(Page::Resource));
    let types = sdk.types.iter().map(|ty| ty.name.as_str());
    let clashes: Vec<&str> = types.filter(|name| scope::MODEL.contains(name)).collect();
    let module = |page: Page| Module { path: page.file(sdk), page, sdk, clashes: clashes.clone() };
    pages.into_iter().map(module).collect()
}

impl<'a> Module<'a> {
    /// Makes the tokens of the part.
    pub(crate) fn content(&self) -> Content<'a> {
        match self.page {
            Page::Root => root::lib(self.sdk),
            Page::Client => client::client(self.sdk),
            Page::Types => root::types(self.sdk),
            Page::Xml => xml::xml(self.sdk),
            Page::Part(module, start, end) => root::module(self.sdk, module, start..end, &self.clashes),
            Page::Args(module, build) => args::module(self.sdk, module, build, &self.clashes),
            Page::Testing(module, start, end) => testing::module(self.sdk, module, start..end),
            Page::Resource(id) => resource::resource(self.sdk, id),
        }
    }
}
