//! What a file can name without a path, and the `use` declarations for it.
//!
//! Emitters ask for a name and get tokens; the scope remembers what has to be imported. A name of the runtime that the
//! document also uses is written with its path.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::TypeId;
use crate::plan::{self, HomeId, Plan};

use super::path::up;
use super::{Context, Item};

/// From where types are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// From a file below `types`: by bare name.
    Home(HomeId),
    /// From a module this deep: as `types::Name`.
    Outside(usize),
}

/// The names of one file.
pub(super) struct Scope<'a> {
    pub(super) context: Context<'a>,
    pub(super) plan: &'a Plan,
    view: View,
    /// Names that the file gives to things of its own.
    taken: HashSet<&'a str>,
    runtime: BTreeMap<&'static str, BTreeSet<&'static str>>,
    standard: BTreeSet<&'static str>,
    siblings: BTreeSet<&'a str>,
    uses_types: bool,
    uses_client: bool,
}

impl<'a> Scope<'a> {
    pub(super) fn new(context: Context<'a>, view: View, taken: HashSet<&'a str>) -> Self {
        Self {
            context,
            plan: context.plan,
            view,
            taken,
            runtime: BTreeMap::new(),
            standard: BTreeSet::new(),
            siblings: BTreeSet::new(),
            uses_types: false,
            uses_client: false,
        }
    }

    /// Something of the runtime: `runtime("call", "Json")`.
    pub(super) fn runtime(&mut self, module: &'static str, name: &'static str) -> TokenStream {
        let ident = Ident::new(name, Span::call_site());
        if self.taken.contains(name) {
            let module = Ident::new(module, Span::call_site());
            return quote!(crate::runtime::#module::#ident);
        }
        self.runtime.entry(module).or_default().insert(name);
        quote!(#ident)
    }

    /// A macro of the runtime. Macros have a namespace of their own.
    pub(super) fn call(&mut self, name: &'static str) -> Ident {
        self.runtime.entry("macros").or_default().insert(name);
        Ident::new(name, Span::call_site())
    }

    /// `BTreeMap`.
    pub(super) fn map(&mut self) -> TokenStream {
        if self.taken.contains("BTreeMap") {
            return quote!(std::collections::BTreeMap);
        }
        self.standard.insert("std::collections::BTreeMap");
        quote!(BTreeMap)
    }

    /// A type of the document.
    pub(super) fn named(&mut self, id: TypeId) -> TokenStream {
        let plan = self.plan.ty(id);
        let name = ident(&plan.name);
        match self.view {
            View::Home(home) => {
                if plan.home != home {
                    self.siblings.insert(plan.name.as_str());
                }
                quote!(#name)
            }
            View::Outside(_) => {
                self.uses_types = true;
                quote!(types::#name)
            }
        }
    }

    /// A static of the client module.
    pub(super) fn client(&mut self, name: &Ident) -> TokenStream {
        self.uses_client = true;
        quote!(client::#name)
    }

    /// The `use` declarations for all that was asked for.
    pub(super) fn imports(self) -> Vec<Item> {
        let mut out = Vec::new();
        let mut add = |tokens: TokenStream| out.push(Item::Code(tokens));
        for path in &self.standard {
            let path: TokenStream = path.parse().unwrap_or_default();
            add(quote!(use #path;));
        }
        if !self.siblings.is_empty() {
            let names = self.siblings.iter().map(|name| raw(name));
            add(quote!(use super::{#(#names),*};));
        }
        if let View::Outside(depth) = self.view {
            let up = up(depth);
            match (self.uses_client, self.uses_types) {
                (true, true) => add(quote!(use #up {client, types};)),
                (true, false) => add(quote!(use #up client;)),
                (false, true) => add(quote!(use #up types;)),
                (false, false) => {}
            }
        }
        for (module, names) in &self.runtime {
            let module = Ident::new(module, Span::call_site());
            let names = names.iter().map(|name| Ident::new(name, Span::call_site()));
            add(quote!(use crate::runtime::#module::{#(#names),*};));
        }
        out
    }
}

/// A planned name as a token.
pub(super) fn ident(name: &plan::Ident) -> Ident {
    raw(name.as_str())
}

fn raw(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
