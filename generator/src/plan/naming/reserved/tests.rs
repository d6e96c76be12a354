//! The lists are written by hand; the sources say what must be in them.

use proc_macro2::{TokenStream, TokenTree};

use super::*;

/// The public functions of a source, also those inside of macros and of code that is emitted.
fn public(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(source.parse().unwrap(), &mut found);
    found
}

fn walk(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let word = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => ident.to_string(),
        _ => String::new(),
    };
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            walk(group.stream(), found);
        }
        if word(at) != "pub" {
            continue;
        }
        let after = (at + 1..).find(|at| !matches!(word(*at).as_str(), "const" | "async")).unwrap_or(at);
        if word(after) == "fn" && !word(after + 1).is_empty() {
            found.push(word(after + 1));
        }
    }
}

fn runtime(path: &str) -> Vec<String> {
    let path = format!("src/runtime/{path}");
    public(&crate::embed::runtime(true).find(|file| file.path == path).unwrap().text)
}

/// Each of the names is in one of the lists.
fn held(names: &[String], least: usize, lists: &[&[&str]]) {
    assert!(names.len() >= least, "too few were found: {names:?}");
    let missing: Vec<&String> =
        names.iter().filter(|name| !lists.iter().any(|list| list.contains(&name.as_str()))).collect();
    assert!(missing.is_empty(), "put these into the list: {missing:?}");
}

#[test]
fn functions_are_found_wherever_they_stand() {
    let source = "pub fn a() {} fn b() {} pub(crate) fn c() {} quote! { pub fn #d(); pub const fn e(); (pub async fn f()) }";
    assert_eq!(public(source), ["a", "e", "f"]);
}

#[test]
fn what_the_runtime_gives_the_builder() {
    held(&runtime("client/builder.rs"), 20, &[BUILDER]);
}

#[test]
fn what_the_runtime_gives_calls() {
    held(&runtime("macros/call.rs"), 3, &[PARAMS]);
    // Not a clash, but nobody could reach them.
    let options =
        crate::embed::runtime(true).find(|file| file.path.ends_with("call/operation.rs")).unwrap().text;
    let sends = ["send_with_response", "send_blocking"];
    assert!(sends.iter().all(|name| options.contains(&format!("fn {name}(")) && PARAMS.contains(name)));
}

#[test]
fn what_is_emitted_into_the_client_calls_and_models() {
    // The client, and what its builder has beside the runtime's setters.
    let (builder, client): (Vec<String>, _) = public(include_str!("../../../emit/client.rs"))
        .into_iter()
        .partition(|name| name == "credentials_from_env");
    held(&client, 3, &[CLIENT_METHODS]);
    held(&builder, 1, &[BUILDER]);
    held(&public(include_str!("../../../emit/structs.rs")), 1, &[SETTERS]);
    held(&runtime("macros/objects.rs"), 0, &[SETTERS]);
    // `wait` is held where a call has it.
    held(&public(include_str!("../../../emit/operation/wait.rs")), 1, &[PARAMS, &["wait"]]);
    held(&public(include_str!("../../../emit/operation.rs")), 0, &[PARAMS]);
    held(&public(include_str!("../../../emit/resource.rs")), 0, &[METHODS]);
}

#[test]
fn what_the_trait_of_models_has() {
    let mut all = crate::embed::runtime(true);
    let file = all.find(|file| file.text.contains("pub trait Model")).unwrap();
    let body = file.text.split_once("pub trait Model").unwrap().1.split_once("\n}").unwrap().0;
    let names: Vec<String> =
        body.split("fn ").skip(1).map(|rest| rest.split(['(', '<']).next().unwrap().to_owned()).collect();
    held(&names, 3, &[SETTERS]);
}
