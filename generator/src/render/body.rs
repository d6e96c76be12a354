//! The bodies of functions and statics: line by line where every line fits, else formatted as a whole.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::format::{BROKEN, formatted, in_frame, pad};
use super::join::WIDTH;
use super::line::{commas, inside, is_punct, line, until_comma};

/// A function of an `impl`.
pub(super) fn function(head: Vec<TokenTree>, body: Group, out: &mut String) {
    let signature = Signature::of(head);
    let statements = statements(body);
    // The statements first: whether they fit does not depend on the head, and a long head is dear.
    let mut lines = String::new();
    let fits = !statements.is_empty() && statements.iter().all(|statement| statement.write(&mut lines));
    if fits && signature.write(out) {
        out.push_str(&lines);
        out.push_str("    }\n");
    } else {
        let body: String = statements.iter().map(|one| one.flat() + one.end + " ").collect();
        out.push_str(&in_frame("impl X", &format!("{} {{ {body}}}", signature.flat())));
    }
}

/// `static NAME: Type = Value { … };`
pub(super) fn constant(head: Vec<TokenTree>, body: Group, out: &mut String) {
    let literal = Literal::of(head, body);
    let start = out.len();
    if !literal.write(0, ";", out) {
        out.truncate(start);
        out.push_str(&formatted(&(literal.flat() + ";")));
    }
}

/// The head of a function, with its parameters apart.
struct Signature {
    before: String,
    params: Vec<String>,
    after: String,
    is_odd: bool,
}

impl Signature {
    fn of(head: Vec<TokenTree>) -> Self {
        let is_fn = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "fn");
        let at = head.iter().position(is_fn).unwrap_or(0);
        let is_params = |token: &TokenTree| matches!(token, TokenTree::Group(_));
        let params = head[at..].iter().position(is_params).map_or(head.len(), |behind| at + behind);
        let mut tokens = head.into_iter();
        let before = line(tokens.by_ref().take(params));
        let mut is_odd = before.is_odd;
        let mut params = Vec::new();
        if let Some(TokenTree::Group(group)) = tokens.next() {
            let mut tokens = inside(group).into_iter().peekable();
            while tokens.peek().is_some() {
                let param = line(until_comma(&mut tokens));
                is_odd |= param.is_odd;
                params.push(param.text);
            }
        }
        let after = line(tokens);
        is_odd |= after.is_odd;
        let after = if after.text.is_empty() { after.text } else { format!(" {}", after.text) };
        Self { before: before.text, params, after, is_odd }
    }

    fn flat(&self) -> String {
        format!("{}({}){}", self.before, self.params.join(", "), self.after)
    }

    /// Writes it, formatted with a short body where its lines are not known.
    fn write(&self, out: &mut String) -> bool {
        if self.write_plain(out) {
            return true;
        }
        let function = in_frame("impl X", &format!("{} {{ x; }}", self.flat()));
        let head = function.strip_suffix("        x;\n    }\n");
        out.push_str(head.unwrap_or_default());
        head.is_some()
    }

    /// Writes it where it fits on one line, or each parameter on a line of its own.
    fn write_plain(&self, out: &mut String) -> bool {
        let flat = self.flat();
        let width = 4 + flat.len() + 2;
        let fits = self.params.iter().all(|param| 8 + param.len() < BROKEN);
        if self.is_odd || width > BROKEN && !(fits && 4 + self.after.len() + 3 <= BROKEN) {
            return false;
        }
        pad(4, out);
        if width <= WIDTH {
            out.push_str(&flat);
        } else {
            out.push_str(&self.before);
            out.push_str("(\n");
            lines(&self.params, 8, out);
            out.push_str("    )");
            out.push_str(&self.after);
        }
        out.push_str(" {\n");
        true
    }
}

/// A statement, or the value of a function.
struct Statement {
    form: Form,
    /// The semicolon, if there is one.
    end: &'static str,
}

enum Form {
    Plain { text: String, is_odd: bool },
    Literal(Literal),
    Wrapped(Wrapped),
}

fn statements(body: Group) -> Vec<Statement> {
    let mut out = Vec::new();
    let mut open = Vec::new();
    for token in inside(body) {
        if is_punct(&token, ';') {
            out.push(Statement { form: Form::plain(std::mem::take(&mut open)), end: ";" });
        } else {
            open.push(token);
        }
    }
    if !open.is_empty() {
        out.push(Statement { form: Form::of(open), end: "" });
    }
    out
}

impl Form {
    fn plain(tokens: Vec<TokenTree>) -> Self {
        let line = line(tokens);
        Self::Plain { text: line.text, is_odd: line.is_odd }
    }

    fn of(mut tokens: Vec<TokenTree>) -> Self {
        let is_path = |token: &TokenTree| matches!(token, TokenTree::Ident(_)) || is_punct(token, ':');
        match tokens.pop() {
            Some(TokenTree::Group(group)) if tokens.iter().all(is_path) => match group.delimiter() {
                Delimiter::Brace => Self::Literal(Literal::of(tokens, group)),
                Delimiter::Parenthesis if tokens.len() == 1 => Wrapped::form(tokens, group),
                _ => Self::plain(tokens.into_iter().chain([TokenTree::Group(group)]).collect()),
            },
            last => Self::plain(tokens.into_iter().chain(last).collect()),
        }
    }
}

impl Statement {
    fn flat(&self) -> String {
        match &self.form {
            Form::Plain { text, .. } => text.clone(),
            Form::Literal(literal) => literal.flat(),
            Form::Wrapped(wrapped) => wrapped.flat(),
        }
    }

    fn write(&self, out: &mut String) -> bool {
        match &self.form {
            Form::Plain { text, is_odd } => {
                if *is_odd || 8 + text.len() + self.end.len() > BROKEN {
                    return false;
                }
                pad(8, out);
                out.push_str(text);
                out.push_str(self.end);
                out.push('\n');
                true
            }
            Form::Literal(literal) => literal.write(8, self.end, out),
            Form::Wrapped(wrapped) => wrapped.write(out),
        }
    }
}

/// A chain of calls in the parentheses of a name: `Name(Call::new(…).query(…))`.
struct Wrapped {
    name: String,
    /// What the chain begins with, and its calls.
    links: Vec<String>,
}

impl Wrapped {
    fn form(name: Vec<TokenTree>, group: Group) -> Form {
        let tokens: Vec<TokenTree> = inside(group).into_iter().collect();
        let name = line(name);
        if commas(&tokens) > 0 {
            let inner = line(tokens);
            return Form::Plain { text: format!("{}({})", name.text, inner.text), is_odd: true };
        }
        let mut is_odd = name.is_odd;
        let mut links = Vec::new();
        let mut open = Vec::new();
        let mut close = |open: &mut Vec<TokenTree>| {
            let line = line(std::mem::take(open));
            is_odd |= line.is_odd;
            links.push(line.text);
        };
        for token in tokens {
            if is_punct(&token, '.') && !open.is_empty() {
                close(&mut open);
            }
            open.push(token);
        }
        close(&mut open);
        if is_odd {
            return Form::Plain { text: format!("{}({})", name.text, links.concat()), is_odd };
        }
        Form::Wrapped(Self { name: name.text, links })
    }

    fn flat(&self) -> String {
        format!("{}({})", self.name, self.links.concat())
    }

    fn write(&self, out: &mut String) -> bool {
        let inner: usize = self.links.iter().map(String::len).sum();
        let width = 8 + self.name.len() + inner + 2;
        let (first, calls) = self.links.split_at(1);
        let is_chain = self.links.iter().all(|link| link.ends_with(')'));
        let fits = calls.iter().chain(first).all(|link| 16 + link.len() < BROKEN);
        if width <= BROKEN {
            pad(8, out);
            out.push_str(&self.flat());
        } else if !is_chain || !fits || self.name.len() <= 4 {
            return false;
        } else if width <= WIDTH {
            pad(8, out);
            out.push_str(&self.flat());
        } else {
            pad(8, out);
            out.push_str(&self.name);
            out.push_str("(\n            ");
            out.push_str(&first[0]);
            let is_flat = 12 + inner < WIDTH;
            for call in calls {
                out.push_str(if is_flat { "" } else { "\n                " });
                out.push_str(call);
            }
            out.push_str(",\n        )");
        }
        out.push('\n');
        true
    }
}

/// A value with fields: `Name { a, b: c }`.
struct Literal {
    head: String,
    fields: Vec<Field>,
    is_odd: bool,
}

/// A field of a value; a list (`a: &[b, c]`) has its items apart.
struct Field {
    text: String,
    list: Option<(String, Vec<String>)>,
}

impl Literal {
    fn of(head: Vec<TokenTree>, body: Group) -> Self {
        let head = line(head);
        let mut is_odd = head.is_odd;
        let mut fields = Vec::new();
        let mut tokens = inside(body).into_iter().peekable();
        while tokens.peek().is_some() {
            let mut field = until_comma(&mut tokens);
            let list = match field.pop() {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => Some(group),
                last => {
                    field.extend(last);
                    None
                }
            };
            let own = line(field);
            is_odd |= own.is_odd;
            fields.push(match list {
                None => Field { text: own.text, list: None },
                Some(group) => {
                    let mut items = Vec::new();
                    let mut tokens = inside(group).into_iter().peekable();
                    while tokens.peek().is_some() {
                        let item = line(until_comma(&mut tokens));
                        is_odd |= item.is_odd;
                        items.push(item.text);
                    }
                    Field {
                        text: format!("{}[{}]", own.text, items.join(", ")),
                        list: Some((own.text, items)),
                    }
                }
            });
        }
        Self { head: head.text, fields, is_odd }
    }

    fn flat(&self) -> String {
        let fields: Vec<&str> = self.fields.iter().map(|field| field.text.as_str()).collect();
        format!("{} {{ {} }}", self.head, fields.join(", "))
    }

    fn write(&self, indent: usize, end: &str, out: &mut String) -> bool {
        let flat = self.flat();
        let width = indent + flat.len() + end.len();
        let inner = indent + 4;
        let fits = |field: &Field| inner + field.text.len() < BROKEN;
        if self.is_odd || self.fields.is_empty() {
            return false;
        }
        pad(indent, out);
        if width <= WIDTH && self.fields.iter().all(fits) {
            out.push_str(&flat);
        } else {
            out.push_str(&self.head);
            out.push_str(" {\n");
            for field in &self.fields {
                match &field.list {
                    Some((head, items)) if !fits(field) => {
                        let is_number = |item: &String| item.starts_with(|c: char| c.is_ascii_digit());
                        if items.iter().any(|item| inner + 4 + item.len() >= BROKEN || is_number(item)) {
                            return false;
                        }
                        pad(inner, out);
                        if inner + field.text.len() < WIDTH {
                            out.push_str(&field.text);
                        } else {
                            out.push_str(head);
                            out.push_str("[\n");
                            lines(items, inner + 4, out);
                            pad(inner, out);
                            out.push(']');
                        }
                        out.push_str(",\n");
                    }
                    _ if fits(field) => lines(std::slice::from_ref(&field.text), inner, out),
                    _ => return false,
                }
            }
            pad(indent, out);
            out.push('}');
        }
        out.push_str(end);
        out.push('\n');
        true
    }
}

/// Each text on a line of its own, with a comma.
fn lines(texts: &[String], indent: usize, out: &mut String) {
    for text in texts {
        pad(indent, out);
        out.push_str(text);
        out.push_str(",\n");
    }
}
