//! Locates nodes in YAML. After one pass of events, a walk descends only towards the wanted nodes, through
//! aliases and merge keys, so that a node that came through `*name` or `<<` is shown where it is written.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{Location, Span, Wanted};

/// Maximum depth of aliases and merges. The reader has already refused cycles.
const MOST_JUMPS: usize = 128;

pub(super) fn scan(text: &str, wanted: &mut Wanted) {
    let events = Events::read(text);
    if events.list.is_empty() {
        return;
    }
    let location = Location::new(None, events.span(0));
    wanted.found(0, location);
    events.descend(0, 0, wanted, 0);
}

/// The kind of an entry.
enum Kind<'a> {
    Scalar(Cow<'a, str>),
    Map,
    List,
    Alias(usize),
    End,
}

struct Entry<'a> {
    kind: Kind<'a>,
    /// The bytes; for collections up to their end.
    span: Span,
    /// The index after this node and its descendants.
    next: usize,
}

struct Events<'a> {
    list: Vec<Entry<'a>>,
    anchors: HashMap<usize, usize>,
}

impl<'a> Events<'a> {
    /// Reads all nodes of the first document, with byte spans. Stops at a syntax error.
    fn read(text: &'a str) -> Self {
        let mut cursor = Cursor { text, ascii: text.is_ascii(), character: 0, byte: 0 };
        let mut list: Vec<Entry<'a>> = Vec::new();
        let mut anchors = HashMap::new();
        let mut open: Vec<usize> = Vec::new();
        // Block collections and empty nodes end where the last written token ended.
        let mut last = 0;
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            let at = list.len();
            let (mut start, end) = (cursor.byte(span.start.index()), cursor.byte(span.end.index()));
            let (kind, anchor) = match event {
                Event::Scalar(value, style, anchor, _) => {
                    let empty = value.is_empty() && style == ScalarStyle::Plain;
                    let span = if empty { Span::new(last, last) } else { trimmed(text, start, end) };
                    last = span.end.max(last);
                    list.push(Entry { kind: Kind::Scalar(value), span, next: at + 1 });
                    if anchor != 0 {
                        anchors.insert(anchor, at);
                    }
                    continue;
                }
                Event::Alias(anchor) => {
                    last = end;
                    list.push(Entry { kind: Kind::Alias(anchor), span: Span::new(start, end), next: at + 1 });
                    continue;
                }
                Event::SequenceStart(anchor, _) => {
                    // The parser lets a list that is not indented below its key begin after its first dash.
                    let before = text[..start].trim_end();
                    let dash = start == end && before.ends_with('-');
                    start = if dash { before.len() - 1 } else { start };
                    (Kind::List, anchor)
                }
                Event::MappingStart(anchor, _) => (Kind::Map, anchor),
                Event::SequenceEnd | Event::MappingEnd => {
                    // A closing bracket is one byte; the parser counts what follows it, too.
                    last = if end > start { last.max(start + 1) } else { last };
                    if let Some(begin) = open.pop() {
                        list[begin].span.end = last.max(list[begin].span.start);
                        list[begin].next = at + 1;
                    }
                    list.push(Entry { kind: Kind::End, span: Span::new(last, last), next: at + 1 });
                    continue;
                }
                Event::DocumentEnd => break,
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => continue,
            };
            last = end.max(last);
            list.push(Entry { kind, span: Span::new(start, end), next: at + 1 });
            open.push(at);
            if anchor != 0 {
                anchors.insert(anchor, at);
            }
        }
        for begin in open {
            list[begin].next = list.len();
        }
        Self { list, anchors }
    }

    fn span(&self, at: usize) -> Span {
        self.list[at].span
    }

    /// Locates the wanted nodes below the node `at`.
    fn descend(&self, at: usize, node: usize, wanted: &mut Wanted, jumps: usize) {
        if !wanted.inner(node) || jumps > MOST_JUMPS {
            return;
        }
        match &self.list[at].kind {
            Kind::Map => self.map(at, node, wanted, jumps),
            Kind::List => {
                for (index, item) in self.nodes(at).enumerate() {
                    if let Some(child) = wanted.child(node, &index.to_string()) {
                        wanted.found(child, Location::new(None, self.span(item)));
                        self.descend(item, child, wanted, jumps);
                    }
                }
            }
            Kind::Alias(anchor) => {
                if let Some(target) = self.anchors.get(anchor) {
                    self.descend(*target, node, wanted, jumps + 1);
                }
            }
            Kind::Scalar(_) | Kind::End => {}
        }
    }

    fn map(&self, at: usize, node: usize, wanted: &mut Wanted, jumps: usize) {
        let mut nodes = self.nodes(at);
        let mut merges = Vec::new();
        while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
            let Some(name) = self.text(key) else { continue };
            if name == "<<" {
                merges.push(value);
            }
            if let Some(child) = wanted.child(node, name) {
                wanted.found(child, Location::new(Some(self.span(key)), self.span(value)));
                self.descend(value, child, wanted, jumps);
            }
        }
        for merge in merges {
            self.merge(merge, node, wanted, jumps + 1);
        }
    }

    /// Looks into the mappings of `<<`, for keys that the mapping itself does not have.
    fn merge(&self, at: usize, node: usize, wanted: &mut Wanted, jumps: usize) {
        if jumps > MOST_JUMPS {
            return;
        }
        match &self.list[at].kind {
            Kind::Alias(anchor) => {
                if let Some(target) = self.anchors.get(anchor) {
                    self.merge(*target, node, wanted, jumps + 1);
                }
            }
            Kind::List => self.nodes(at).for_each(|item| self.merge(item, node, wanted, jumps + 1)),
            Kind::Map => {
                let mut nodes = self.nodes(at);
                while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
                    let Some(name) = self.text(key) else { continue };
                    if name == "<<" {
                        self.merge(value, node, wanted, jumps + 1);
                    } else if let Some(child) = wanted.child(node, name).filter(|child| !wanted.has(*child)) {
                        wanted.found(child, Location::new(Some(self.span(key)), self.span(value)));
                        self.descend(value, child, wanted, jumps);
                    }
                }
            }
            Kind::Scalar(_) | Kind::End => {}
        }
    }

    /// Returns the text of a key, which may be an alias.
    fn text(&self, at: usize) -> Option<&str> {
        match &self.list[at].kind {
            Kind::Scalar(text) => Some(text),
            Kind::Alias(anchor) => match &self.list[*self.anchors.get(anchor)?].kind {
                Kind::Scalar(text) => Some(text),
                Kind::Map | Kind::List | Kind::Alias(_) | Kind::End => None,
            },
            Kind::Map | Kind::List | Kind::End => None,
        }
    }

    /// Returns the direct children of a collection; for mappings, keys and values alternately.
    fn nodes(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let here = next;
            let entry = self.list.get(here).filter(|entry| !matches!(entry.kind, Kind::End))?;
            next = entry.next;
            Some(here)
        })
    }
}

/// Converts character offsets of the parser to byte offsets. Events are nearly in order, so steps are short.
struct Cursor<'a> {
    text: &'a str,
    ascii: bool,
    character: usize,
    byte: usize,
}

impl Cursor<'_> {
    fn byte(&mut self, character: usize) -> usize {
        if self.ascii {
            return character.min(self.text.len());
        }
        while self.character < character {
            let Some(next) = self.text[self.byte..].chars().next() else { break };
            self.byte += next.len_utf8();
            self.character += 1;
        }
        while self.character > character {
            let Some(last) = self.text[..self.byte].chars().next_back() else { break };
            self.byte -= last.len_utf8();
            self.character -= 1;
        }
        self.byte
    }
}

/// Removes whitespace and comments that the parser includes in a scalar.
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let slice = text.get(start..end).unwrap_or_default();
    Span::new(start, start + slice.trim_end().len())
}
