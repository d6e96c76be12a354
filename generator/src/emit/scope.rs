//! What a file can name without a path, and the `use` declarations for it.
//!
//! Emitters ask for a name and get tokens; the scope remembers what has to be imported. A name of the runtime that the
//! document also uses is written with its path.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{TypeId, XmlBody};
use crate::sdk::{self, ModuleId, Paths, Sdk};

/// What files of types import from the runtime.
pub(super) const MODEL: &[&str] = &[
    "BTreeMap",
    "Base64",
    "Base64Url",
    "DateTime",
    "Decimal",
    "Members",
    "NaiveDate",
    "NaiveTime",
    "Object",
    "Secret",
    "UnknownInteger",
    "UnknownValue",
    "UnknownVariant",
    "Upload",
    "Utc",
    "Uuid",
    "Value",
];

/// From where types are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// From a file below `types`: by bare name.
    Module(ModuleId),
    /// From a module this deep: as `types::Name`.
    Outside(usize),
}

/// What a file imports. Files that are made in parts add theirs up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Imports<'a> {
    runtime: BTreeMap<&'static str, BTreeSet<&'static str>>,
    standard: BTreeSet<&'static str>,
    siblings: BTreeSet<&'a str>,
    depth: usize,
    uses_types: bool,
    uses_client: bool,
}

/// The names of one file.
pub(super) struct Scope<'a> {
    pub(super) sdk: &'a Sdk,
    view: View,
    /// Names that the file gives to things of its own.
    taken: HashSet<&'a str>,
    /// What was asked for.
    pub(super) imports: Imports<'a>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(sdk: &'a Sdk, view: View, taken: HashSet<&'a str>) -> Self {
        let depth = match view {
            View::Module(_) => 0,
            View::Outside(depth) => depth,
        };
        let imports = Imports { depth, ..Imports::default() };
        Self { sdk, view, taken, imports }
    }

    /// Something of the runtime: `runtime("call", "Json")`.
    pub(super) fn runtime(&mut self, module: &'static str, name: &'static str) -> TokenStream {
        tokens(&Paths::runtime(self, module, name))
    }

    /// A macro of the runtime. Macros have a namespace of their own.
    pub(super) fn call(&mut self, name: &'static str) -> Ident {
        self.imports.runtime.entry("macros").or_default().insert(name);
        Ident::new(name, Span::call_site())
    }

    /// `BTreeMap`.
    pub(super) fn map(&mut self) -> TokenStream {
        tokens(&Paths::map(self))
    }

    /// A type of the document.
    pub(super) fn named(&mut self, id: TypeId) -> TokenStream {
        tokens(&Paths::named(self, self.sdk, id))
    }

    /// A type of XML document, by its path: it may be there or not, and so could its import.
    pub(super) fn document(&self, body: &XmlBody) -> TokenStream {
        let up = std::iter::repeat_n(quote!(super::), self.imports.depth);
        let name = raw(self.sdk.document(body));
        quote!(#(#up)* xml::#name)
    }

    /// A static of the client module.
    pub(super) fn client(&mut self, name: &Ident) -> TokenStream {
        self.imports.uses_client = true;
        quote!(client::#name)
    }
}

impl<'a> Imports<'a> {
    /// Takes over what another part of the file imports.
    pub(crate) fn add(&mut self, other: Imports<'a>) {
        for (module, names) in other.runtime {
            self.runtime.entry(module).or_default().extend(names);
        }
        self.standard.extend(other.standard);
        self.siblings.extend(other.siblings);
        self.depth = self.depth.max(other.depth);
        self.uses_types |= other.uses_types;
        self.uses_client |= other.uses_client;
    }

    /// What is imported: a path and the names below it, in the order of their lines. Those of the standard library come
    /// first.
    pub(crate) fn lists(&self) -> (Vec<Import<'_>>, Vec<Import<'_>>) {
        let split = |path: &'static str| path.rsplit_once("::").unwrap_or(("std", path));
        let standard =
            self.standard.iter().map(|path| split(path)).map(|(path, name)| (path.to_owned(), vec![name]));
        let mut own: Vec<Import<'_>> = Vec::new();
        if !self.siblings.is_empty() {
            own.push(("super".to_owned(), self.siblings.iter().copied().collect()));
        }
        let modules = [(self.uses_client, "client"), (self.uses_types, "types")];
        let modules: Vec<&str> =
            modules.into_iter().filter(|(used, _)| *used).map(|(_, name)| name).collect();
        if !modules.is_empty() {
            own.push((vec!["super"; self.depth].join("::"), modules));
        }
        let runtime = self.runtime.iter();
        own.extend(
            runtime.map(|(module, names)| {
                (format!("crate::runtime::{module}"), names.iter().copied().collect())
            }),
        );
        (standard.collect(), own)
    }
}

impl Paths for Scope<'_> {
    fn named(&mut self, sdk: &Sdk, id: TypeId) -> String {
        let ty = &sdk.types[sdk.written(id)];
        match self.view {
            View::Module(module) => {
                if ty.module != module {
                    self.imports.siblings.insert(self.sdk.types[self.sdk.written(id)].name.as_str());
                }
                ty.name.to_string()
            }
            View::Outside(_) => {
                self.imports.uses_types = true;
                format!("types::{}", ty.name)
            }
        }
    }

    fn runtime(&mut self, module: &'static str, name: &'static str) -> String {
        if self.taken.contains(name) {
            return format!("crate::runtime::{module}::{name}");
        }
        self.imports.runtime.entry(module).or_default().insert(name);
        name.to_owned()
    }

    fn map(&mut self) -> String {
        if self.taken.contains("BTreeMap") {
            return "std::collections::BTreeMap".to_owned();
        }
        self.imports.standard.insert("std::collections::BTreeMap");
        "BTreeMap".to_owned()
    }

    fn foreign(&mut self, path: &str) -> String {
        foreign(path)
    }
}

/// The path of a type of another crate, so that nothing of this crate can be meant.
pub(super) fn foreign(path: &str) -> String {
    let mut out = String::new();
    let mut begins = true;
    for part in path.split_inclusive(['<', ',', '>', ' ']) {
        let word = part.trim_start();
        // One word is of the language or its prelude: `u32`, `Vec<`.
        if begins && word.contains("::") && !word.starts_with("crate") {
            out.push_str("::");
        }
        out.push_str(part);
        begins = part.ends_with(['<', ',']) || (begins && word.is_empty());
    }
    out
}

/// A path as tokens. What does not parse has been refused where it was read.
pub(super) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// A path, and the names that are imported from it.
pub(crate) type Import<'a> = (String, Vec<&'a str>);

/// A planned name as a token.
pub(super) fn ident(name: &sdk::Ident) -> Ident {
    raw(name.as_str())
}

pub(super) fn raw(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The static of a security scheme.
pub(super) fn scheme_static(credential: &sdk::Credential) -> Ident {
    Ident::new(&credential.setter.plain().to_uppercase(), Span::call_site())
}
