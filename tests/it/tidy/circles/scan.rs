//! The paths in a source file.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Macros whose arguments are code of somebody else.
const QUOTES: [&str; 2] = ["quote", "quote_spanned"];

/// A file as the graph sees it.
#[derive(Default)]
pub(super) struct Scanned {
    pub(super) uses: Vec<Use>,
    pub(super) paths: Vec<Path>,
    /// Methods by their type, and those that are called on `self` (in closures `this`).
    pub(super) methods: Vec<(String, String)>,
    pub(super) calls: Vec<(String, String)>,
    /// Modules that only tests compile.
    pub(super) tests: Vec<Vec<String>>,
    /// Each identifier outside of `use`, to see whether a re-exported item is used here, too.
    pub(super) words: Vec<String>,
    /// The type of the `impl` that is read.
    of: Option<String>,
}

/// A path, and the inline modules that it stands in.
#[derive(Clone)]
pub(super) struct Path {
    pub(super) inside: Vec<String>,
    pub(super) segments: Vec<String>,
}

/// A name that a `use` gives to a path; `*` for all of a module.
pub(super) struct Use {
    pub(super) name: String,
    pub(super) path: Path,
    /// It is visible outside of the file.
    pub(super) public: bool,
}

pub(super) fn scan(text: &str) -> Scanned {
    let mut found = Scanned::default();
    let stream: TokenStream = text.parse().expect("the file is Rust");
    found.walk(&stream.into_iter().collect::<Vec<_>>(), &[]);
    found
}

impl Scanned {
    fn walk(&mut self, trees: &[TokenTree], inside: &[String]) {
        let mut at = 0;
        while at < trees.len() {
            at += self.step(&trees[at..], &trees[..at], inside);
        }
    }

    /// Reads what stands first, and returns how many trees that were.
    fn step(&mut self, trees: &[TokenTree], before: &[TokenTree], inside: &[String]) -> usize {
        match &trees[0] {
            TokenTree::Punct(p) if p.as_char() == '#' && is_test(trees.get(1)) => {
                let length = item(&trees[2..]);
                if let Some(name) = after(&trees[2..2 + length], "mod") {
                    self.tests.push([inside, &[name]].concat());
                }
                2 + length
            }
            TokenTree::Group(group) => {
                self.walk(&group.stream().into_iter().collect::<Vec<_>>(), inside);
                1
            }
            TokenTree::Ident(word) => self.word(&word.to_string(), trees, before, inside),
            _ => 1,
        }
    }

    fn word(&mut self, word: &str, trees: &[TokenTree], before: &[TokenTree], inside: &[String]) -> usize {
        // An item, where `impl` is no type of a parameter.
        let starts = match before.last() {
            None | Some(TokenTree::Group(_)) => true,
            last => is_punct(last, ';'),
        };
        match (word, trees.get(1)) {
            ("pub", next) => {
                let scope =
                    matches!(next, Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Parenthesis);
                let length = 1 + usize::from(scope);
                if is_word(trees.get(length), "use") {
                    length + self.import(&trees[length..], true, inside)
                } else {
                    length
                }
            }
            ("use", _) => self.import(trees, false, inside),
            ("impl", _) if starts => self.block(trees, inside),
            ("fn", Some(TokenTree::Ident(name))) => {
                self.methods.extend(self.of.clone().map(|of| (of, name.to_string())));
                1
            }
            ("self" | "this", Some(TokenTree::Punct(p))) if p.as_char() == '.' => {
                if let (Some(of), Some(name), Some(TokenTree::Group(_))) =
                    (&self.of, trees.get(2), trees.get(3))
                {
                    self.calls.push((of.clone(), name.to_string()));
                }
                1
            }
            ("mod", Some(TokenTree::Ident(name))) => {
                if let Some(TokenTree::Group(body)) = trees.get(2) {
                    let body: Vec<_> = body.stream().into_iter().collect();
                    self.walk(&body, &[inside, &[name.to_string()]].concat());
                    return 3;
                }
                2
            }
            (_, Some(TokenTree::Punct(p))) if p.as_char() == '!' && QUOTES.contains(&word) => 3,
            _ => {
                let (segments, length) = path(trees);
                if !joined(before) {
                    self.words.push(word.to_owned());
                    if segments.len() > 1 {
                        self.paths.push(Path { inside: inside.to_vec(), segments });
                    }
                }
                length
            }
        }
    }

    /// Reads an `impl` with its body.
    fn block(&mut self, trees: &[TokenTree], inside: &[String]) -> usize {
        let is_body =
            |tree: &TokenTree| matches!(tree, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
        let Some(end) = trees.iter().position(is_body) else { return 1 };
        self.walk(&trees[1..end], inside);
        let outer = std::mem::replace(&mut self.of, implemented(&trees[1..end]));
        self.walk(&trees[end..=end], inside);
        self.of = outer;
        end + 1
    }

    /// Reads a `use` up to its semicolon.
    fn import(&mut self, trees: &[TokenTree], public: bool, inside: &[String]) -> usize {
        let end = trees.iter().position(|tree| is_punct(Some(tree), ';')).unwrap_or(trees.len());
        self.tree(&trees[1..end], &[], public, inside);
        end
    }

    fn tree(&mut self, trees: &[TokenTree], prefix: &[String], public: bool, inside: &[String]) {
        for part in trees.split(|tree| is_punct(Some(tree), ',')).filter(|part| !part.is_empty()) {
            // In a macro, `$crate` is this crate.
            let part = if is_punct(part.first(), '$') { &part[1..] } else { part };
            let (mut segments, length) = path(part);
            segments.splice(0..0, prefix.iter().cloned());
            match part.get(length) {
                Some(TokenTree::Group(group)) => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    self.tree(&inner, &segments, public, inside);
                    continue;
                }
                Some(TokenTree::Punct(p)) if p.as_char() == '*' => segments.push("*".to_owned()),
                _ => {}
            }
            if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
                segments.pop();
            }
            let renamed = after(&part[length..], "as");
            let Some(last) = segments.last() else { continue };
            let name = renamed.unwrap_or_else(|| last.clone());
            let path = Path { inside: inside.to_vec(), segments };
            self.uses.push(Use { name, path, public });
        }
    }
}

/// The identifiers of the path that stands first, and the trees up to behind its last `::`.
fn path(trees: &[TokenTree]) -> (Vec<String>, usize) {
    let mut segments = Vec::new();
    let mut at = 0;
    while let Some(TokenTree::Ident(word)) = trees.get(at) {
        segments.push(word.to_string());
        at += 1;
        if !(is_punct(trees.get(at), ':') && is_punct(trees.get(at + 1), ':')) {
            break;
        }
        at += 2;
    }
    (segments, at.max(usize::from(!trees.is_empty() && !matches!(trees[0], TokenTree::Group(_)))))
}

/// The name of the type that an `impl` is of, without its generics.
fn implemented(header: &[TokenTree]) -> Option<String> {
    let mut depth = 0;
    let mut name = None;
    for (at, tree) in header.iter().enumerate() {
        match tree {
            TokenTree::Punct(p) if p.as_char() == '<' => depth += 1,
            TokenTree::Punct(p)
                if p.as_char() == '>' && !is_punct(at.checked_sub(1).map(|at| &header[at]), '-') =>
            {
                depth -= 1;
            }
            TokenTree::Ident(word) if depth == 0 && *word == "where" => break,
            TokenTree::Ident(word) if depth == 0 && *word != "for" => name = Some(word.to_string()),
            _ => {}
        }
    }
    name
}

/// Whether `::` or `.` stands last: what follows is named inside of something else.
fn joined(trees: &[TokenTree]) -> bool {
    match trees {
        [.., one, two] if is_punct(Some(two), ':') => is_punct(Some(one), ':'),
        [.., last] => is_punct(Some(last), '.'),
        [] => false,
    }
}

fn is_punct(tree: Option<&TokenTree>, sign: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(p)) if p.as_char() == sign)
}

fn is_word(tree: Option<&TokenTree>, word: &str) -> bool {
    matches!(tree, Some(TokenTree::Ident(ident)) if ident == word)
}

/// The identifier that follows a word.
fn after(trees: &[TokenTree], word: &str) -> Option<String> {
    let at = trees.iter().position(|tree| is_word(Some(tree), word))?;
    trees.get(at + 1).map(ToString::to_string)
}

/// `[cfg(test)]`, also with more conditions that must hold.
fn is_test(attribute: Option<&TokenTree>) -> bool {
    let text = attribute.map(|tree| tree.to_string().replace(char::is_whitespace, "")).unwrap_or_default();
    text == "[cfg(test)]" || text.starts_with("[cfg(all(test,")
}

/// The trees of the item that stands first.
fn item(trees: &[TokenTree]) -> usize {
    let body = |tree: &TokenTree| matches!(tree, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
    let ends = |tree: &TokenTree| is_punct(Some(tree), ';') || body(tree);
    trees.iter().position(ends).map_or(trees.len(), |end| end + 1)
}
