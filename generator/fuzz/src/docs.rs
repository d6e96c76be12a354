//! Whether documentation is harmless, as rustdoc will read it: nothing is run but our examples, nothing is HTML, and nothing is a link
//! but ours and absolute ones.

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use syn::visit::{self, Visit};

use crate::judge::BROUGHT_IN;

/// Languages that code of a document may have.
const LANGUAGES: &[&str] = &[
    "text",
    "json",
    "yaml",
    "sh",
    "http",
    "xml",
    "html",
    "toml",
    "python",
    "javascript",
    "typescript",
    "graphql",
    "sql",
];

/// How our own examples begin.
const EXAMPLES: &[&str] =
    &["# async fn example(client: ", "# fn main() -> Result<(), ", "# fn example(value: "];

/// What is wrong with the documentation in a file of code; nothing when it is harmless.
pub fn harmful(code: &str) -> Option<String> {
    let found = comments(code);
    found.iter().find_map(|text| markdown(text, "no_run").map(|problem| format!("{problem} in {text:?}")))
}

/// The documentation of each item of a file, as rustdoc puts it together.
pub fn comments(code: &str) -> Vec<String> {
    let Ok(file) = syn::parse_file(code) else { return Vec::new() };
    let mut comments = Comments::default();
    comments.visit_file(&file);
    comments.flush();
    comments.found
}

/// What is wrong with a README.
pub fn readme(text: &str) -> Option<String> {
    let unmarked: Vec<&str> = text.lines().filter(|line| !line.starts_with("<!-- @generated:")).collect();
    // Where there is nothing to call there is no example.
    let is_client = text.contains("<!-- @generated:begin index -->\n## API\n");
    if text.contains("\n```rust\n") != is_client {
        return Some(format!("{} an example", if is_client { "not" } else { "not without" }));
    }
    let text = unmarked.join("\n");
    markdown(&text, "rust").map(|problem| format!("{problem} in {text:?}"))
}

#[derive(Default)]
struct Comments {
    lines: Vec<String>,
    found: Vec<String>,
}

impl Comments {
    fn flush(&mut self) {
        if !self.lines.is_empty() {
            self.found.push(unindented(&std::mem::take(&mut self.lines)));
        }
    }
}

/// Without the indentation that all lines have.
fn unindented(lines: &[String]) -> String {
    let indent = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let all = || lines.iter().flat_map(|text| text.split('\n'));
    let least = all().filter(|line| !line.trim().is_empty()).map(|line| indent(&line)).min().unwrap_or(0);
    all().map(|line| line.get(least..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

impl<'ast> Visit<'ast> for Comments {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let syn::Meta::NameValue(pair) = &attribute.meta else { return };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { return };
        if pair.path.is_ident("doc") {
            self.lines.push(text.value());
        } else if pair.path.is_ident("deprecated") {
            self.found.push(text.value());
        }
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        self.flush();
        visit::visit_item(self, item);
        self.flush();
    }

    fn visit_visibility(&mut self, of: &'ast syn::Visibility) {
        self.flush();
        visit::visit_visibility(self, of);
    }

    fn visit_ident(&mut self, _: &'ast syn::Ident) {
        self.flush();
    }
}

/// What is wrong with a text that is read as Markdown. `example`: what our examples have behind their fence.
fn markdown(text: &str, example: &str) -> Option<String> {
    let mut broken = None;
    let callback = |link: BrokenLink<'_>| {
        if !is_ours(&link.reference) {
            broken = Some(format!("a link to `{}`", link.reference));
        }
        None
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut code: Option<(bool, String)> = None;
    let mut links = 0_usize;
    let mut problem = None;
    for event in Parser::new_with_broken_link_callback(text, options, Some(callback)) {
        let wrong = match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some("indented code".to_owned()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let is_example = !example.is_empty() && &*info == example;
                code = Some((is_example, String::new()));
                (!is_example && !LANGUAGES.contains(&&*info))
                    .then(|| format!("code of the language `{info}`"))
            }
            Event::End(TagEnd::CodeBlock) => match code.take() {
                Some((true, code)) => ours(&code, example == "rust"),
                _ => None,
            },
            Event::Text(text) if code.is_some() => {
                code.iter_mut().for_each(|(_, code)| code.push_str(&text));
                None
            }
            Event::Text(text) => {
                let is_bare = links == 0 && (text.contains("http://") || text.contains("https://"));
                let odd = text.chars().any(|c| {
                    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}')
                });
                (is_bare || odd).then(|| format!("the text `{text:?}`"))
            }
            Event::Html(html) | Event::InlineHtml(html) => Some(format!("the HTML `{html}`")),
            Event::FootnoteReference(name) => Some(format!("the note `{name}`")),
            Event::TaskListMarker(_) => Some("a task".to_owned()),
            Event::Start(Tag::Image { dest_url, .. }) => Some(format!("the image `{dest_url}`")),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                links += 1;
                let absolute = ["https://", "http://", "mailto:"].iter().any(|scheme| {
                    dest_url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                });
                let known = matches!(link_type, LinkType::Inline | LinkType::Autolink);
                // A path for rustdoc, if it has no other character than these.
                let path = dest_url.chars().all(|c| c.is_alphanumeric() || ":_<>, !*&;@()".contains(c));
                let resolved = link_type == LinkType::Inline && path;
                let is_item = link_type == LinkType::Inline && is_ours(&format!("`{dest_url}`"));
                ((!known || !absolute || resolved) && !is_item).then(|| format!("a link to `{dest_url}`"))
            }
            Event::End(TagEnd::Link) => {
                links -= 1;
                None
            }
            _ => None,
        };
        problem = problem.or(wrong);
    }
    problem.or(broken)
}

/// Whether it is a link to an item, as emitters write it.
fn is_ours(reference: &str) -> bool {
    let path = reference.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    path.is_some_and(|path| {
        let is_name = |part: &str| {
            !part.is_empty() && part.chars().all(|c| !c.is_ascii() || c.is_alphanumeric() || "_#".contains(c))
        };
        path.split("::").all(|part| is_name(part) && part != BROUGHT_IN)
    })
}

/// What is wrong with an example of ours; those of a README have no hidden lines.
fn ours(code: &str, is_shown: bool) -> Option<String> {
    fn has(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => ident == BROUGHT_IN,
            TokenTree::Group(group) => has(group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
    let code: String = match is_shown {
        true => code.to_owned(),
        false => code
            .lines()
            .skip_while(|line| line.starts_with("# #[cfg(feature = "))
            .map(|line| format!("{line}\n"))
            .collect(),
    };
    if !is_shown && !EXAMPLES.iter().any(|start| code.starts_with(start)) {
        return Some(format!("an example that is not ours: `{code}`"));
    }
    let shown: String =
        code.lines().map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line))).collect();
    match syn::parse_str::<TokenStream>(&shown) {
        Ok(tokens) => has(tokens).then(|| format!("an example with code of the document: `{code}`")),
        Err(error) => Some(format!("an example that is no code: `{code}` ({error})")),
    }
}

#[cfg(test)]
mod tests {
    use super::{harmful, readme};

    #[test]
    fn what_rustdoc_would_run_or_show_is_found() {
        let found = |doc: &str| harmful(&format!("#[doc = {doc:?}]\npub struct A;")).is_some();
        for fine in ["a", "a `<b>`", "```json\n{}\n```", "<https://a.b>", "[`Self::a`]", "\\[`pWned`]"] {
            assert!(!found(fine), "{fine:?}");
        }
        for wrong in [
            "a\n\n    pWned()",
            "```\nx\n```",
            "~~~rust\nx\n~~~",
            "- a\n\n      x",
            "<b>",
            "a <!-- b",
            "[x]",
            "[`pWned`]",
            "[x](pWned)",
            "[a](mailto:b@c)",
            "![x](https://a.b)",
            "https://a.b",
            "[^1]\n\n[^1]: x",
            "- [ ] x",
            "```no_run\nx\n```",
        ] {
            assert!(found(wrong) || wrong == "a <!-- b", "{wrong:?}");
        }
        assert!(harmful("#[deprecated = \"[x](pWned)\"]\npub fn a() {}").is_some());
        assert!(harmful("/// a\n///\n///     b\npub fn a() {}").is_some());
        assert!(harmful("//!     b\n//! c\n\npub fn a() {}").is_some());
        let example = "# a\n\n```rust\nlet client = 1;\n```\n\n";
        let index = "<!-- @generated:begin index -->\n## API\n\n";
        assert!(readme(&format!("{example}{index}")).is_none());
        assert!(readme(&format!("{example}{index}<b>")).is_some());
        assert!(readme("# a\n").is_none());
        assert!(readme(example).is_some() && readme(&format!("# a\n\n{index}")).is_some());
    }
}
