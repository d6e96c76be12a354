//! Whether output is harmless: it parses, and holds no attribute, macro, import or file name that only a document could have
//! brought in.

use crate::docs;
use proc_macro2::{TokenStream, TokenTree};
use sdkgen::Output;
use syn::visit::{self, Visit};

/// Attributes that emitted code has.
const ATTRIBUTES: &[&str] = &[
    "allow",
    "cfg",
    "cfg_attr",
    "cold",
    "default",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "forbid",
    "inline",
    "must_use",
    "non_exhaustive",
    "warn",
];
/// Macros of the language that can read, stop or reach outside; emitted code calls those of the runtime only.
const MACROS: &[&str] = &[
    "include",
    "include_str",
    "include_bytes",
    "option_env",
    "compile_error",
    "asm",
    "global_asm",
    "panic",
    "println",
    "eprintln",
];
/// The word of the code in hostile texts. Its case is none that names have, so as a word it can only be code brought in.
pub const BROUGHT_IN: &str = "pWned";
/// Names of devices, which Windows does not take for files.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

/// What is wrong with the output; nothing when it is harmless.
pub fn harmful(output: &Output) -> Option<String> {
    output.files.iter().find_map(|(path, text)| {
        let problem = name(path).or_else(|| {
            let written = path.ends_with(".rs") && !path.starts_with("src/runtime/");
            match path {
                "README.md" => docs::readme(text),
                _ if written => code(text).or_else(|| docs::harmful(text)),
                _ => None,
            }
        });
        problem.map(|problem| format!("`{path}`: {problem}"))
    })
}

/// What is wrong with the path of a file.
fn name(path: &str) -> Option<String> {
    let plain = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "_-./".contains(c);
    let bad = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_lowercase();
        let device = DEVICES.iter().any(|device| {
            stem.strip_prefix(device).is_some_and(|rest| {
                rest.is_empty()
                    || (rest.len() == 1
                        && rest.bytes().all(|b| b.is_ascii_digit())
                        && device.len() == 3
                        && matches!(*device, "com" | "lpt"))
            })
        });
        part.is_empty() || part == "." || part == ".." || part.len() > 200 || device
    };
    (path.starts_with('/') || !path.chars().all(plain) || path.split('/').any(bad))
        .then(|| "is no name for a file".to_owned())
}

/// What is wrong with a file of code.
pub fn code(text: &str) -> Option<String> {
    let file = match syn::parse_file(text) {
        Ok(file) => file,
        Err(error) => return Some(format!("does not parse: {error}")),
    };
    if let Some(odd) =
        text.chars().find(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\0'))
    {
        return Some(format!("holds the character {odd:?}"));
    }
    let mut look = Look { problem: None };
    look.visit_file(&file);
    look.problem
}

struct Look {
    problem: Option<String>,
}

impl Look {
    fn word(&mut self, ident: &syn::Ident) {
        if ident == BROUGHT_IN {
            self.wrong(format!("has the name `{ident}`"));
        }
    }

    /// The same inside of macros, which are not taken apart otherwise.
    fn words(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => self.word(&ident),
                TokenTree::Group(group) => self.words(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    fn wrong(&mut self, what: String) {
        self.problem.get_or_insert(what);
    }
}

fn joined(path: &syn::Path) -> String {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>().join("::")
}

impl<'ast> Visit<'ast> for Look {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let name = joined(attribute.path());
        if !ATTRIBUTES.contains(&name.as_str()) {
            self.wrong(format!("has the attribute `{name}`"));
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let name = joined(&called.path);
        if MACROS.contains(&name.as_str()) {
            self.wrong(format!("calls `{name}!`"));
        }
        if name == "env" && !called.tokens.to_string().starts_with("\"CARGO_PKG_") {
            self.wrong("reads the environment".to_owned());
        }
        self.words(called.tokens.clone());
        visit::visit_macro(self, called);
    }

    fn visit_ident(&mut self, ident: &'ast syn::Ident) {
        self.word(ident);
    }

    fn visit_item_foreign_mod(&mut self, _: &'ast syn::ItemForeignMod) {
        self.wrong("has an `extern` block".to_owned());
    }

    fn visit_expr_unsafe(&mut self, _: &'ast syn::ExprUnsafe) {
        self.wrong("has an `unsafe` block".to_owned());
    }
}
