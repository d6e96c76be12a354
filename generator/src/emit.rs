//! From the plan to tokens: what stands in each file of the SDK.
//!
//! In: the [`Plan`] and the [`Config`]. Out: one [`Module`] per file; its items are made when it is rendered, in the
//! thread that renders it, because tokens do not travel between threads. Nothing here decides (that is `plan`) and
//! nothing here formats (that is `render`).

use std::collections::HashSet;

use proc_macro2::TokenStream;

use crate::config::Config;
use crate::ir::{ResourceId, Shape, Ty};
use crate::plan::{HomeId, Plan};

pub(crate) mod manifest;
pub(crate) mod readme;

mod aliases;
mod client;
mod docs;
mod enums;
mod example;
mod operation;
mod path;
mod resource;
mod root;
mod scope;
mod structs;
#[cfg(test)]
mod tests;
mod ty;
mod unions;

/// A file of the SDK, not yet written.
pub(crate) struct Module<'a> {
    /// Path below the SDK's folder.
    pub(crate) path: String,
    page: Page,
    context: Context<'a>,
}

/// What a module holds.
#[derive(Clone, Copy, Debug)]
enum Page {
    Root,
    Client,
    Types,
    Home(HomeId),
    Resource(ResourceId),
}

/// What every emitter may read.
#[derive(Clone, Copy)]
struct Context<'a> {
    plan: &'a Plan,
    config: &'a Config,
    /// Name of the library, for examples.
    lib: &'a str,
}

/// The content of a file.
pub(crate) struct Content {
    /// Lines of the module's own documentation.
    pub(crate) docs: Vec<String>,
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

/// The files of the SDK that are written from the plan.
pub(crate) fn emit<'a>(plan: &'a Plan, config: &'a Config, names: &'a manifest::Names) -> Vec<Module<'a>> {
    let context = Context { plan, config, lib: &names.lib };
    let mut pages = vec![Page::Root, Page::Client, Page::Types];
    pages.extend(
        (0..plan.homes.len() as u32)
            .map(HomeId)
            .filter(|home| !path::home(plan, *home).types.is_empty())
            .map(Page::Home),
    );
    pages.extend((1..plan.resources.len() as u32).map(|id| Page::Resource(ResourceId(id))));
    pages.into_iter().map(|page| Module { path: path::file(plan, page), page, context }).collect()
}

impl Module<'_> {
    /// Makes the tokens of the file.
    pub(crate) fn content(&self) -> Content {
        match self.page {
            Page::Root => root::lib(self.context),
            Page::Client => client::client(self.context),
            Page::Types => root::types(self.context),
            Page::Home(home) => root::home(self.context, home),
            Page::Resource(id) => resource::resource(self.context, id),
        }
    }
}

impl<'a> Context<'a> {
    /// Names that mean something else in the types' files than in the runtime.
    fn type_names(self) -> HashSet<&'a str> {
        self.plan.types.iter().map(|ty| ty.name.as_str()).collect()
    }

    /// The type behind all aliases.
    fn resolve<'t>(self, mut ty: &'t Ty) -> &'t Ty
    where
        'a: 't,
    {
        for _ in 0..self.plan.api.types.len() {
            match ty {
                Ty::Named(id) => match &self.plan.api.types[id.0 as usize].shape {
                    Shape::Alias(target) => ty = target,
                    Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => break,
                },
                _ => break,
            }
        }
        ty
    }
}
