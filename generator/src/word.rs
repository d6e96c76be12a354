//! Words of wire names, and identifier texts made of words.
//!
//! In: names as they travel. Out: their words, and texts that are valid Rust identifiers of one case. It must not know
//! scopes: whether a text is free is decided in `plan::name`.
//!
//! A name has two readings. The *plain* one takes `_ - . /` and most symbols as boundaries (`@type` → `type`); the
//! *spelled* one gives each symbol a word (`at_type`), and is there for names that would fall together otherwise.
//! Signs that carry the meaning are spelled in both (`+1` → `plus_1`, `-created_at` → `minus_created_at`, `>=`).
//! Letters of all scripts are kept (NFKC, Unicode XID); nothing is transliterated.

mod noun;
mod qualified;

pub(crate) use noun::{same_noun, singular};
pub(crate) use qualified::qualified;

use heck::ToSnakeCase as _;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longest identifier in bytes; file names made of it stay below the limit of every file system.
const LONGEST: usize = 100;

/// How much of a name is read, in bytes; identifiers are shorter by far, and what follows only makes the name another one.
const MOST_READ: usize = 1024;

/// Cases of identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Case {
    /// `UpperCamel`: types, variants.
    Camel,
    /// `snake`: fields, methods, modules.
    Snake,
    /// `SCREAMING`: constants, statics.
    Screaming,
}

/// The two readings of a wire name; neither is ever without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Symbols as boundaries.
    pub(crate) plain: Vec<String>,
    /// Symbols as words, where the plain reading dropped symbols or there is nothing else.
    pub(crate) spelled: Option<Vec<String>>,
}

/// The plain words of a name.
pub(crate) fn words(wire: &str) -> Vec<String> {
    read(wire).plain
}

/// Splits a name into words.
pub(crate) fn read(wire: &str) -> Reading {
    let wire = &*beginning(wire);
    if is_snake(wire) {
        return Reading { plain: wire.split('_').map(str::to_string).collect(), spelled: None };
    }
    let chars: Vec<char> = nfkc(wire).chars().filter(|c| !is_ignorable(*c)).collect();
    let (mut plain, mut spelled) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < chars.len() {
        if is_letter(chars[at]) {
            let end = run_end(&chars, at);
            let chunk: String = chars[at..end].iter().filter(|c| !is_apostrophe(**c)).collect();
            let words = split_case(&chunk);
            plain.extend(words.iter().cloned());
            spelled.extend(words);
            at = end;
        } else {
            let (word, length) = symbol(&chars, at);
            match word {
                Symbol::Sign(word) => {
                    plain.push(word.to_string());
                    spelled.push(word.to_string());
                }
                Symbol::Mark(word) => spelled.push(word),
                Symbol::Boundary => {}
            }
            at += length;
        }
    }
    let letters = chars.iter().any(|c| is_letter(*c));
    if spelled.is_empty() {
        spelled = chars.iter().map(|c| spell(*c)).collect();
    }
    if spelled.is_empty() {
        spelled = vec!["empty".to_string()];
    }
    if plain.is_empty() {
        plain.clone_from(&spelled);
    }
    let spelled = (!letters || plain != spelled).then_some(spelled);
    Reading { plain, spelled }
}

/// A name, or the beginning of a long one and a hash of all of it.
fn beginning(wire: &str) -> Cow<'_, str> {
    if wire.len() <= MOST_READ {
        return Cow::Borrowed(wire);
    }
    let end = (0..=MOST_READ).rev().find(|end| wire.is_char_boundary(*end)).unwrap_or(0);
    Cow::Owned(format!("{}_{:016x}", &wire[..end], hash(wire)))
}

/// Joins words to the raw text of a case: not yet an identifier (see [`finish`]), but fit to be joined with others.
pub(crate) fn join<S: AsRef<str>>(words: &[S], case: Case) -> String {
    match case {
        Case::Camel => words.iter().fold(String::new(), |mut text, word| {
            push_camel(&mut text, &capitalize(word.as_ref()));
            text
        }),
        Case::Snake => words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("_"),
        Case::Screaming => {
            words.iter().map(|word| word.as_ref().to_uppercase()).collect::<Vec<_>>().join("_")
        }
    }
}

/// Joins two raw camel texts; two digits that meet are kept apart (`V1` and `2` → `V1_2`).
pub(crate) fn join_camel(left: &str, right: &str) -> String {
    let mut text = left.to_owned();
    push_camel(&mut text, right);
    text
}

fn push_camel(left: &mut String, right: &str) {
    let meet =
        left.ends_with(|c: char| c.is_ascii_digit()) && right.starts_with(|c: char| c.is_ascii_digit());
    left.push_str(if meet { "_" } else { "" });
    left.push_str(right);
}

/// Joins two raw camel texts, with the words that the left one ends with and the right one begins with said once, as the right one
/// has them (`Context` and `ContextType` → `ContextType`, `OrderItems` and `Item` → `OrderItem`).
pub(crate) fn join_once(left: &str, right: &str) -> String {
    let (before, after) = (camel_starts(left), camel_starts(right));
    let word = |text: &str, starts: &[usize], at: usize| -> String {
        let end = starts.get(at + 1).copied().unwrap_or(text.len());
        text[starts[at]..end].to_lowercase()
    };
    let is_said = |count: usize| {
        let from = before.len() - count;
        (0..count).all(|at| same_noun(&word(left, &before, from + at), &word(right, &after, at)))
    };
    let said = (1..=before.len().min(after.len())).rev().find(|count| is_said(*count));
    join_camel(&left[..said.map_or(left.len(), |count| before[before.len() - count])], right)
}

/// Where the words of a camel text begin.
fn camel_starts(text: &str) -> Vec<usize> {
    let starts = text.char_indices().filter(|(at, c)| *at == 0 || c.is_uppercase());
    starts.map(|(at, _)| at).collect()
}

/// Makes a valid identifier of a raw text: what cannot stand first gets the prefix `N`/`n` (*n*umber), keywords get
/// a trailing underscore, and overlong texts are cut and marked with a hash of the whole.
pub(crate) fn finish(raw: &str, case: Case) -> String {
    let composed = nfkc(raw);
    let kept: Cow<'_, str> = if composed.chars().all(unicode_ident::is_xid_continue) {
        composed
    } else {
        composed.chars().filter(|c| unicode_ident::is_xid_continue(*c)).collect()
    };
    let kept = kept.trim_matches('_');
    let mut text = match kept.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) => kept.to_string(),
        Some(_) => format!("{}{kept}", if case == Case::Snake { 'n' } else { 'N' }),
        None => join(&["empty"], case),
    };
    if text.len() > LONGEST {
        text = shorten(&text, raw, case);
    }
    if is_keyword(&text) {
        text.push('_');
    }
    text
}

/// Whether a text is a Rust identifier that needs no escape: what people may write into `sdk.toml`.
pub(crate) fn is_ident(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(unicode_ident::is_xid_start)
        && chars.all(unicode_ident::is_xid_continue)
        && text.nfc().eq(text.chars())
        && !is_keyword(text)
}

/// Whether a name is in snake case already, all ASCII: then it is its own plain reading.
pub(crate) fn is_snake(wire: &str) -> bool {
    let bytes = wire.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_')
        && !wire.ends_with('_')
        && !wire.contains("__")
}

/// Compatibility composition; ASCII has it already.
fn nfkc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

fn is_letter(c: char) -> bool {
    c != '_' && unicode_ident::is_xid_continue(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Characters that are not seen: zero-width ones and variation selectors.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// End of the run of letters that begins at `start`; an apostrophe between letters belongs to it.
fn run_end(chars: &[char], start: usize) -> usize {
    let mut end = start;
    while end < chars.len() {
        let inside = is_apostrophe(chars[end]) && chars.get(end + 1).is_some_and(|next| is_letter(*next));
        if !is_letter(chars[end]) && !inside {
            break;
        }
        end += 1;
    }
    end
}

fn split_case(chunk: &str) -> Vec<String> {
    if !chunk.chars().all(char::is_alphanumeric) {
        // combining marks: heck would drop them
        return vec![chunk.to_lowercase()];
    }
    let text = lower_plural_acronyms(chunk).to_snake_case();
    text.split('_').filter(|word| !word.is_empty()).map(str::to_string).collect()
}

/// `userIDs` → `userIds`, so that it is read `user_ids` and not `user_i_ds`.
fn lower_plural_acronyms(chunk: &str) -> String {
    let chars: Vec<char> = chunk.chars().collect();
    let mut out = String::with_capacity(chunk.len());
    let mut at = 0;
    while at < chars.len() {
        let end = at + chars[at..].iter().take_while(|c| c.is_ascii_uppercase()).count();
        let plural = end >= at + 2
            && chars.get(end) == Some(&'s')
            && chars.get(end + 1).is_none_or(|next| !next.is_ascii_lowercase());
        if plural {
            out.push(chars[at]);
            out.extend(chars[at + 1..end].iter().map(char::to_ascii_lowercase));
            out.push('s');
            at = end + 1;
        } else {
            let end = end.max(at + 1);
            out.extend(&chars[at..end]);
            at = end;
        }
    }
    out
}

enum Symbol {
    /// Carries the meaning: a word in both readings.
    Sign(&'static str),
    /// A word only where all is spelled.
    Mark(String),
    /// Nothing but a boundary.
    Boundary,
}

/// What stands at `at`, which is no letter, and how many characters it takes.
fn symbol(chars: &[char], at: usize) -> (Symbol, usize) {
    let next = chars.get(at + 1).copied();
    let first = at == 0;
    let between = !first && is_letter(chars[at - 1]) && next.is_some_and(is_letter);
    let sign = match (chars[at], next) {
        ('+', _) => Some(("plus", 1)),
        ('-', Some(next)) if first && is_letter(next) => Some(("minus", 1)),
        ('<', Some('=')) => Some(("lte", 2)),
        ('>', Some('=')) => Some(("gte", 2)),
        ('!', Some('=')) => Some(("ne", 2)),
        ('=', Some('=')) => Some(("eq", 2)),
        ('<', _) => Some(("lt", 1)),
        ('>', _) => Some(("gt", 1)),
        ('=', _) => Some(("eq", 1)),
        ('!', _) if first => Some(("not", 1)),
        ('%', _) => Some(("percent", 1)),
        ('&', _) => Some(("and", 1)),
        ('#', None) if !first => Some(("sharp", 1)),
        _ => None,
    };
    match (sign, chars[at]) {
        (Some((word, length)), _) => (Symbol::Sign(word), length),
        (None, c) if c.is_whitespace() => (Symbol::Boundary, 1),
        (None, '_' | '-' | '.' | '/' | ':' | ',') if between => (Symbol::Boundary, 1),
        (None, c) => (Symbol::Mark(spell(c)), 1),
    }
}

/// The same letters in ASCII: without their marks where there is such a letter, else by their number.
pub(crate) fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.extend(['_', 'u']);
            out.push_str(&format!("{:x}_", u32::from(c)));
        }
    }
    out.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// The word for a character that is no letter.
fn spell(c: char) -> String {
    let word = match c {
        '_' => "underscore",
        '-' => "minus",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '/' => "slash",
        '\\' => "backslash",
        '@' => "at",
        '$' => "dollar",
        '#' => "hash",
        '*' => "star",
        '~' => "tilde",
        '^' => "caret",
        '|' => "pipe",
        '?' => "question",
        '!' => "bang",
        '(' | ')' => "paren",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '"' | '\'' | '`' => "quote",
        ' ' => "space",
        '€' => "euro",
        '£' => "pound",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_string()
}

fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn shorten(text: &str, raw: &str, case: Case) -> String {
    let mark = format!("{:08x}", hash(raw) as u32);
    let (mark, room) = match case {
        Case::Camel => (format!("X{mark}"), LONGEST - 9),
        Case::Snake => (format!("_x{mark}"), LONGEST - 10),
        Case::Screaming => (format!("_X{}", mark.to_uppercase()), LONGEST - 10),
    };
    let end = (0..=room).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}{mark}", text[..end].trim_end_matches('_'))
}

/// FNV-1a: the same on every machine and in every version.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Keywords of edition 2024, strict and reserved.
pub(crate) fn is_keyword(text: &str) -> bool {
    #[rustfmt::skip]
    const KEYWORDS: [&str; 52] = [
        "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
        "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
        "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
        "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where",
        "while", "yield",
    ];
    KEYWORDS.binary_search(&text).is_ok()
}

#[cfg(test)]
mod tests;
