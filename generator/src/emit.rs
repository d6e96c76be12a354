//! From the plan to tokens: what stands in each file of the SDK.
//!
//! In: the [`Plan`] and the [`Config`]. Out: one [`Module`] per file; its items are made when it is rendered, in the
//! thread that renders it, because tokens do not travel between threads. Nothing here decides (that is `plan`) and
//! nothing here formats (that is `render`).

use proc_macro2::TokenStream;

use crate::config::Config;
use crate::ir::{ResourceId, Ty};
use crate::plan::{HomeId, Plan, behind};

pub(crate) use docs::BREAK;
pub(crate) use models::models;
pub(crate) use scope::Imports;
pub(crate) use setup::{base_url, from_environment, variable};

pub(crate) mod manifest;
pub(crate) mod readme;

mod aliases;
mod client;
mod docs;
mod enums;
mod example;
mod models;
mod operation;
mod path;
mod resource;
mod root;
mod scope;
mod setup;
mod structs;
#[cfg(test)]
mod tests;
mod ty;
mod unions;
mod xml;

/// A part of a file of the SDK, not yet written. The parts of a file follow each other.
pub(crate) struct Module<'a> {
    /// Path below the SDK's folder.
    pub(crate) path: String,
    page: Page,
    context: Context<'a>,
    /// Types of the document that are called like something of the runtime.
    clashes: Vec<&'a str>,
}

/// What a module holds.
#[derive(Clone, Copy, Debug)]
enum Page {
    Root,
    Client,
    Types,
    Xml,
    /// Some of the types of a home, from one position to another.
    Home(HomeId, usize, usize),
    Resource(ResourceId),
}

/// Types per part: large files are made by several threads.
const PART: usize = 96;

/// What every emitter may read.
#[derive(Clone, Copy)]
struct Context<'a> {
    plan: &'a Plan,
    config: &'a Config,
    /// Name of the library, for examples.
    lib: &'a str,
}

/// The content of a part of a file.
pub(crate) struct Content<'a> {
    /// Lines of the module's own documentation.
    pub(crate) docs: Vec<String>,
    /// What it imports.
    pub(crate) imports: Imports<'a>,
    /// Its items, in order.
    pub(crate) items: Vec<Item>,
}

/// An item of a file.
pub(crate) enum Item {
    /// An inner attribute of the file.
    Inner(TokenStream),
    /// Ordinary Rust.
    Code(TokenStream),
    /// The call of one of the runtime's macros; what is inside is not Rust.
    Call(TokenStream),
}

/// The files of the SDK that are written from the plan, in parts.
pub(crate) fn emit<'a>(plan: &'a Plan, config: &'a Config, names: &'a manifest::Names) -> Vec<Module<'a>> {
    let context = Context { plan, config, lib: &names.lib };
    let mut pages = vec![Page::Root, Page::Client, Page::Types];
    if plan.needs.xml {
        pages.push(Page::Xml);
    }
    for id in (0..plan.homes.len() as u32).map(HomeId) {
        let count = path::home(plan, id).types.len();
        pages.extend((0..count).step_by(PART).map(|start| Page::Home(id, start, count.min(start + PART))));
    }
    pages.extend((1..plan.resources.len() as u32).map(|id| Page::Resource(ResourceId(id))));
    let types = plan.types.iter().map(|ty| ty.name.as_str());
    let clashes: Vec<&str> = types.filter(|name| scope::MODEL.contains(name)).collect();
    let module = |page| Module { path: path::file(plan, page), page, context, clashes: clashes.clone() };
    pages.into_iter().map(module).collect()
}

impl<'a> Module<'a> {
    /// Makes the tokens of the part.
    pub(crate) fn content(&self) -> Content<'a> {
        match self.page {
            Page::Root => root::lib(self.context),
            Page::Client => client::client(self.context),
            Page::Types => root::types(self.context),
            Page::Xml => xml::xml(self.context),
            Page::Home(home, start, end) => root::home(self.context, home, start..end, &self.clashes),
            Page::Resource(id) => resource::resource(self.context, id),
        }
    }
}

impl<'a> Context<'a> {
    /// The type behind all aliases.
    fn resolve<'t>(self, ty: &'t Ty) -> &'t Ty
    where
        'a: 't,
    {
        behind(&self.plan.api, ty)
    }
}
