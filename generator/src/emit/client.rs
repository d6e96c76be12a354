//! The client: its security schemes, its builder's setters, the way to the resources, and operations without one.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{ResourceId, SchemeId, SchemeKind};
use crate::sdk::{Credential, Sdk};

use super::item::{Content, Item};
use super::scope::{self, Scope, View, ident};
use super::{docs, manifest, operation, page, resource};

/// `client.rs`.
pub(super) fn client(sdk: &Sdk) -> Content<'_> {
    let root = ResourceId::ROOT;
    let mut taken = resource::taken(sdk, root);
    taken.extend(["Client", "ClientBuilder"]);
    let mut scope = Scope::new(sdk, View::Outside(page::depth(sdk, root)), taken);
    let mut items = Vec::new();
    definition(&mut scope, &mut items);

    let mut methods = entry(&mut scope);
    let of = sdk.root();
    for child in &of.children {
        methods.extend(accessor(sdk, *child));
    }
    let mut calls = Vec::new();
    for op in &of.operations {
        methods.extend(operation::methods(&mut scope, &sdk.operations[op], &quote!(&self.core)));
        operation::call(&mut scope, &sdk.operations[op], "Client", &mut calls);
    }
    items.push(Item::Code(quote!(impl Client { #methods })));

    let mut setters: Vec<TokenStream> = sdk.credentials.iter().map(|one| setters(&mut scope, one)).collect();
    setters.extend(from_env(&mut scope));
    if setters.iter().any(|setter| !setter.is_empty()) {
        items.push(Item::Code(quote!(impl ClientBuilder { #(#setters)* })));
    }
    let named = sdk.credentials.entries().filter(|(id, one)| one.is_usable() || is_asked_for(sdk, *id));
    let statics: Vec<TokenStream> = named.map(|(_, one)| scheme_item(&mut scope, one)).collect();
    items.extend(statics.into_iter().map(Item::Code));
    items.push(Item::Code(free_route(&mut scope)));
    items.append(&mut calls);

    Content { docs: vec!["The client and its builder.".to_owned()], imports: scope.imports, items }
}

fn definition(scope: &mut Scope<'_>, items: &mut Vec<Item>) {
    let (core, builder) = (scope.runtime("client", "Core"), scope.runtime("client", "Builder"));
    let title = docs::clean_line(&scope.sdk.info.title);
    let what =
        if title.is_empty() { "A client of the API.".to_owned() } else { format!("A client of {title}.") };
    let about = docs::attributes(&[
        what,
        String::new(),
        "It is cheap to clone, and clones share connections, limits and credentials.".to_owned(),
    ]);
    items.push(Item::Code(quote! {
        #about
        #[derive(Clone, Debug)]
        pub struct Client {
            core: #core,
        }
    }));
    items.push(Item::Code(quote! {
        /// Sets up a [`Client`].
        pub type ClientBuilder = #builder<Client>;
    }));
    items.push(Item::Code(quote! {
        impl From<#core> for Client {
            fn from(core: #core) -> Self {
                Self { core }
            }
        }
    }));
}

/// `builder`, `from_env` and `request`.
fn entry(scope: &mut Scope<'_>) -> TokenStream {
    let request = scope.runtime("request", "Request");
    let method = scope.runtime("route", "Method");
    let package = &scope.sdk.package;
    let note = match (&package.base_url, &package.relative_server) {
        (Some(url), _) => {
            let url = docs::code(url).unwrap_or_else(|| "the server of the document".to_owned());
            format!("The default base URL is {url}.")
        }
        (None, Some(path)) => {
            let path = docs::code(path).unwrap_or_else(|| "a path".to_owned());
            format!(
                "The document declares the server {path}, which has no host; set the full URL with `base_url`."
            )
        }
        (None, None) => "The document declares no server; set its URL with `base_url`.".to_owned(),
    };
    let note = docs::attributes(&[String::new(), note]);
    let base = package.base_url.clone().unwrap_or_default();
    let from_env = package.from_env.map(|_| {
        let variable = &package.variable;
        let error = scope.runtime("error", "Error");
        let docs = docs::attributes(&[format!(
            "Creates a client with the credential in the environment variable `{variable}`."
        )]);
        quote! {
            #docs
            ///
            /// # Errors
            ///
            /// When the variable is missing or empty, or the client cannot be set up.
            pub fn from_env() -> Result<Self, #error> {
                Self::builder().credentials_from_env()?.build()
            }
        }
    });
    quote! {
        /// Sets up a client.
        #note
        pub fn builder() -> ClientBuilder {
            ClientBuilder::new(#base, concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
        }

        #from_env

        /// A request that the document does not know, with the credentials, retries and errors of all others.
        pub fn request(&self, method: #method, path: impl Into<String>) -> #request {
            #request::new(&self.core, &REQUEST, method, path)
        }
    }
}

/// The route of requests that the document does not know: any credential will do, and none.
fn free_route(scope: &mut Scope<'_>) -> TokenStream {
    let (route, method) = (scope.runtime("route", "Route"), scope.runtime("route", "Method"));
    let usable = scope.sdk.credentials.iter().filter(|credential| credential.is_usable());
    let mut auth: Vec<TokenStream> = usable
        .map(|credential| {
            let name = scope::scheme_static(credential);
            quote!(&[&#name])
        })
        .collect();
    if !auth.is_empty() {
        auth.push(quote!(&[]));
    }
    quote! {
        static REQUEST: #route = #route {
            name: "request",
            method: #method::GET,
            path: "",
            accept: "*/*",
            auth: &[#(#auth),*],
            idempotency: None,
            errors: &[],
            server: None,
        };
    }
}

/// Whether an operation asks for the credential.
fn is_asked_for(sdk: &Sdk, id: SchemeId) -> bool {
    sdk.operations.iter().flat_map(|op| op.security.iter().flatten()).any(|demand| demand.scheme == id)
}

fn accessor(sdk: &Sdk, id: ResourceId) -> TokenStream {
    let of = &sdk.resources[id];
    let (module, handle, accessor) = (ident(&of.module), ident(&of.handle), ident(&of.accessor));
    let gate = manifest::gate(of.feature.as_deref());
    let text = docs::first(&of.docs, &format!("Operations of `{}`.", sdk.handle_expression(id)));
    let docs = docs::attributes(&text);
    quote! {
        #docs
        #gate
        pub fn #accessor(&self) -> super::#module::#handle<'_> {
            super::#module::#handle { core: &self.core }
        }
    }
}

/// The setter that reads the environment.
fn from_env(scope: &mut Scope<'_>) -> Option<TokenStream> {
    let package = &scope.sdk.package;
    let scheme = scope::scheme_static(&scope.sdk.credentials[package.from_env?]);
    let (variable, error) = (&package.variable, scope.runtime("error", "Error"));
    let docs = docs::attributes(&[format!(
        "Takes the credential from the environment variable `{variable}`, as [`Client::from_env`] does."
    )]);
    Some(quote! {
        #docs
        ///
        /// # Errors
        ///
        /// When the variable is missing or empty.
        pub fn credentials_from_env(self) -> Result<Self, #error> {
            self.credential_from_env(&#scheme, #variable)
        }
    })
}

/// The setters of a credential.
fn setters(scope: &mut Scope<'_>, of: &Credential) -> TokenStream {
    let mut out = setter(scope, of);
    if let Some(name) = &of.source {
        let (name, of) = (ident(name), scope::scheme_static(of));
        let (credential, source) =
            (scope.runtime("auth", "Credential"), scope.runtime("auth", "TokenSource"));
        out.extend(quote! {
            /// Tokens from somewhere else: no endpoint is asked for any.
            pub fn #name(self, source: impl #source) -> Self {
                self.credential(&#of, #credential::source(source))
            }
        });
    }
    out
}

/// The setter that takes the credential itself.
fn setter(scope: &mut Scope<'_>, scheme: &Credential) -> TokenStream {
    if !scheme.is_usable() {
        return TokenStream::new();
    }
    let (name, of) = (ident(&scheme.setter), scope::scheme_static(scheme));
    let credential = scope.runtime("auth", "Credential");
    let secret = match scheme.kind {
        SchemeKind::Basic | SchemeKind::ClientCredentials { .. } => scope.runtime("model", "Secret"),
        _ => TokenStream::new(),
    };
    let pair = |make: &str, first: &str, second: &str, text: &str| {
        let make = Ident::new(make, Span::call_site());
        let (first, second) = (Ident::new(first, Span::call_site()), Ident::new(second, Span::call_site()));
        let docs = docs::attributes(&docs::lines(&scheme_docs(scheme), text, &[]));
        quote! {
            #docs
            pub fn #name(self, #first: impl Into<String>, #second: impl Into<#secret>) -> Self {
                self.credential(&#of, #credential::#make(#first, #second))
            }
        }
    };
    let single = |argument: &str, text: String| {
        let argument = Ident::new(argument, Span::call_site());
        let docs = docs::attributes(&docs::lines(&scheme_docs(scheme), &text, &[]));
        quote! {
            #docs
            pub fn #name(self, #argument: impl Into<#credential>) -> Self {
                self.credential(&#of, #argument)
            }
        }
    };
    let key = |place: &str, wire: &str| {
        let wire = docs::code(wire).unwrap_or_default();
        format!("The API key, sent in the {place} {wire}.")
    };
    match &scheme.kind {
        SchemeKind::ApiKeyHeader(wire) => single("key", key("header", wire)),
        SchemeKind::ApiKeyQuery(wire) => single("key", key("query parameter", wire)),
        SchemeKind::ApiKeyCookie(wire) => single("key", key("cookie", wire)),
        SchemeKind::Bearer => single("token", "The bearer token.".to_owned()),
        SchemeKind::Basic => {
            pair("basic", "user", "password", "Username and password for HTTP basic authentication.")
        }
        SchemeKind::ClientCredentials { .. } => pair(
            "client_credentials",
            "client_id",
            "client_secret",
            "Client ID and secret, exchanged for tokens when needed (OAuth 2).",
        ),
        SchemeKind::Other(_) => TokenStream::new(),
    }
}

fn scheme_docs(scheme: &Credential) -> crate::ir::Docs {
    crate::ir::Docs { description: scheme.description.clone(), ..Default::default() }
}

fn scheme_item(scope: &mut Scope<'_>, scheme: &Credential) -> TokenStream {
    let (of, kinds) = (scope.runtime("auth", "Scheme"), scope.runtime("auth", "SchemeKind"));
    let (name, key) = (scope::scheme_static(scheme), &scheme.key);
    let kind = match &scheme.kind {
        SchemeKind::ApiKeyHeader(wire) => quote!(ApiKeyHeader(#wire)),
        SchemeKind::ApiKeyQuery(wire) => quote!(ApiKeyQuery(#wire)),
        SchemeKind::ApiKeyCookie(wire) => quote!(ApiKeyCookie(#wire)),
        SchemeKind::Bearer => quote!(Bearer),
        SchemeKind::Basic => quote!(Basic),
        SchemeKind::ClientCredentials { token_url, .. } => {
            quote!(ClientCredentials { token_url: #token_url, scopes: &[] })
        }
        SchemeKind::Other(word) => quote!(Other(#word)),
    };
    quote!(pub(super) static #name: #of = #of { id: #key, kind: #kinds::#kind };)
}
