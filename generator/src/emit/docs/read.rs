//! Reads CommonMark, by rustdoc's own parser, and keeps what documentation may hold.

use pulldown_cmark::{Alignment, BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag as Source};

use super::language::language;
use super::piece::{Align, Piece, Tag};
use super::{chars, link};

/// Lists and quotes may be nested this deep; what is deeper stands at this depth.
const DEPTH: usize = 8;

/// What people write in descriptions.
pub(super) const DOCUMENT: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// What rustdoc reads, smart punctuation aside, which is a matter of looks.
const RUSTDOC: Options = DOCUMENT.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_TASKLISTS);

/// Reads a description. Headings go below those of rustdoc.
pub(super) fn document(text: &str) -> Vec<Piece> {
    let mut reader = Reader::new(false);
    Parser::new_ext(text, DOCUMENT).for_each(|event| reader.event(event));
    link::mark(reader.out)
}

/// Reads what was written, as rustdoc will; `None` if it holds anything but what [`super::write`] means to write.
pub(super) fn written(text: &str) -> Option<Vec<Piece>> {
    let mut broken = false;
    let callback = |_: BrokenLink<'_>| {
        broken = true;
        None
    };
    let mut reader = Reader::new(true);
    Parser::new_with_broken_link_callback(text, RUSTDOC, Some(callback))
        .for_each(|event| reader.event(event));
    let is_right = !reader.is_wrong && !broken;
    is_right.then_some(reader.out)
}

struct Reader {
    /// Whether the text was written by us, so that anything unexpected is wrong.
    strict: bool,
    is_wrong: bool,
    out: Vec<Piece>,
    frames: Vec<Frame>,
    /// Lists and quotes around this place.
    depth: usize,
    leaf: Leaf,
    in_link: bool,
    /// Where the list that just ended begins, and how many pieces there were then.
    ended: Option<(usize, usize)>,
    /// Language and text of the code block that is open.
    code: Option<(&'static str, String)>,
}

/// An open element.
struct Frame {
    kind: Kind,
    /// Where it begins among the pieces; `None` if only its content is kept.
    at: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Style,
    Link,
    Leaf,
    List,
    Quote,
    Item,
    Fence,
    /// Tables, their rows, and what does not occur.
    Other,
}

/// The block of text that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaf {
    None,
    Given,
    /// A paragraph without events of its own, as in an item of a tight list; where it begins.
    Implied(usize),
}

impl Reader {
    fn new(strict: bool) -> Self {
        Self {
            strict,
            is_wrong: false,
            out: Vec::new(),
            frames: Vec::new(),
            depth: 0,
            leaf: Leaf::None,
            in_link: false,
            ended: None,
            code: None,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => {
                    // The lint of rustdoc looks at each text by itself, so a text that is cut at the colon passes.
                    let is_bare = text.contains("http://") || text.contains("https://");
                    self.is_wrong |= self.strict && !self.in_link && is_bare;
                    self.text(&text);
                }
            },
            Event::Code(text) => {
                let text = chars::line(&text);
                if !text.trim().is_empty() {
                    self.begin_implied();
                    self.out.push(Piece::Code(text.trim().to_owned()));
                }
            }
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text),
            Event::SoftBreak | Event::HardBreak => self.line_break(),
            Event::Rule => {
                self.end_implied();
                // `- ---` is one rule, so an item does not begin with one.
                if self.out.last() != Some(&Piece::Open(Tag::Item)) {
                    self.out.push(Piece::Rule);
                }
            }
            // Descriptions are read without these, so there they are text.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => self.is_wrong = true,
        }
    }

    fn start(&mut self, tag: Source<'_>) {
        match tag {
            Source::Emphasis => self.inline(Kind::Style, Some(Tag::Emphasis)),
            Source::Strong => self.inline(Kind::Style, Some(Tag::Strong)),
            Source::Strikethrough => self.inline(Kind::Style, Some(Tag::Strike)),
            Source::Link { link_type, dest_url, .. } => {
                self.is_wrong |= self.strict && !matches!(link_type, LinkType::Inline | LinkType::Autolink);
                self.link(&dest_url);
            }
            Source::Image { dest_url, .. } => {
                self.is_wrong |= self.strict;
                self.link(&dest_url);
            }
            tag => {
                self.end_implied();
                self.block(tag);
            }
        }
    }

    fn inline(&mut self, kind: Kind, tag: Option<Tag>) {
        self.begin_implied();
        self.open(kind, tag);
    }

    fn link(&mut self, target: &str) {
        let is_kept = !self.in_link && link::is_absolute(target);
        self.is_wrong |= self.strict && !is_kept;
        self.in_link |= is_kept;
        let kind = if is_kept { Kind::Link } else { Kind::Style };
        self.inline(kind, is_kept.then(|| Tag::Link(link::encoded(target))));
    }

    fn block(&mut self, tag: Source<'_>) {
        match tag {
            Source::Paragraph => {
                self.loosen();
                self.open_leaf(Tag::Paragraph);
            }
            Source::HtmlBlock => self.open_leaf(Tag::Paragraph),
            Source::Heading { level, .. } => {
                let below = if self.strict { 0 } else { 2 };
                self.open_leaf(Tag::Heading((level as usize + below).min(6)));
            }
            Source::TableCell => self.open_leaf(Tag::Cell),
            Source::CodeBlock(kind) => {
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => Some(&**info),
                    CodeBlockKind::Indented => None,
                };
                let language = language(info.unwrap_or_default());
                self.is_wrong |= self.strict && info != Some(language);
                self.code = Some((language, String::new()));
                self.open(Kind::Fence, None);
            }
            Source::BlockQuote(_) => {
                let tag = (self.depth < DEPTH).then_some(Tag::Quote);
                self.open(Kind::Quote, tag);
                self.depth += 1;
            }
            Source::List(start) => self.list(start),
            Source::Item => {
                let is_kept = self.frames.last().is_some_and(|list| list.at.is_some());
                self.open(Kind::Item, is_kept.then_some(Tag::Item));
            }
            Source::Table(columns) => {
                self.open(Kind::Other, Some(Tag::Table(columns.into_iter().map(align).collect())));
            }
            Source::TableHead | Source::TableRow => self.open(Kind::Other, Some(Tag::Row)),
            _ => {
                self.is_wrong = true;
                self.open(Kind::Other, None);
            }
        }
    }

    /// Opens a list, or goes on with the one that ended right here: both would be written with the same marker.
    fn list(&mut self, start: Option<u64>) {
        let before = self.ended.filter(|(_, count)| *count == self.out.len()).map(|(at, _)| at);
        let same = before.filter(|at| {
            matches!(&self.out[*at], Piece::Open(Tag::List { start: before, .. }) if before.is_some() == start.is_some())
        });
        if let Some(at) = same {
            self.out.pop();
            self.frames.push(Frame { kind: Kind::List, at: Some(at) });
        } else {
            let tag = (self.depth < DEPTH).then_some(Tag::List { start, loose: false });
            self.open(Kind::List, tag);
        }
        self.depth += 1;
    }

    /// A paragraph of its own in an item makes the list loose.
    fn loosen(&mut self) {
        if let [.., list, item] = &self.frames[..]
            && item.kind == Kind::Item
            && let Some(at) = list.at
            && let Some(Piece::Open(Tag::List { loose, .. })) = self.out.get_mut(at)
        {
            *loose = true;
        }
    }

    fn open(&mut self, kind: Kind, tag: Option<Tag>) {
        let at = tag.is_some().then_some(self.out.len());
        self.out.extend(tag.map(Piece::Open));
        self.frames.push(Frame { kind, at });
    }

    fn open_leaf(&mut self, tag: Tag) {
        self.open(Kind::Leaf, Some(tag));
        self.leaf = Leaf::Given;
    }

    fn end(&mut self) {
        let Some(Frame { kind, at }) = self.frames.pop() else { return };
        match kind {
            Kind::Style => {}
            Kind::Link => self.in_link = false,
            Kind::Leaf => self.leaf = Leaf::None,
            Kind::List | Kind::Quote => {
                self.end_implied();
                self.depth -= 1;
            }
            Kind::Item | Kind::Other => self.end_implied(),
            Kind::Fence => {
                self.out.extend(self.code.take().map(|(language, text)| Piece::Fence(language, text)));
            }
        }
        let Some(at) = at else { return };
        self.close(at);
        if kind == Kind::List && self.out.len() > at {
            self.ended = Some((at, self.out.len()));
        }
    }

    /// Closes the element that begins at `at`, or takes it back if it is empty; an empty link shows its target.
    fn close(&mut self, at: usize) {
        while self.out.last() == Some(&Piece::Break) {
            self.out.pop();
        }
        if self.out.len() == at + 1 {
            match &self.out[at] {
                Piece::Open(Tag::Cell) => {}
                Piece::Open(Tag::Link(target)) => {
                    let text = target.clone();
                    self.out.push(Piece::Text(text));
                }
                _ => {
                    self.out.pop();
                    return;
                }
            }
        }
        self.out.push(Piece::Close);
    }

    fn begin_implied(&mut self) {
        if self.leaf == Leaf::None {
            self.leaf = Leaf::Implied(self.out.len());
            self.out.push(Piece::Open(Tag::Paragraph));
        }
    }

    fn end_implied(&mut self) {
        if let Leaf::Implied(at) = self.leaf {
            self.leaf = Leaf::None;
            self.close(at);
        }
    }

    fn text(&mut self, text: &str) {
        self.begin_implied();
        let text = chars::line(text);
        match self.out.last_mut() {
            Some(Piece::Text(before)) => before.push_str(&text),
            _ => self.out.push(Piece::Text(text.into_owned())),
        }
    }

    /// An element that nothing stands for is shown as it is written.
    fn html(&mut self, text: &str) {
        self.is_wrong |= self.strict;
        for line in text.split_inclusive('\n') {
            self.text(line.trim_end_matches('\n'));
            if line.ends_with('\n') {
                self.line_break();
            }
        }
    }

    fn line_break(&mut self) {
        if self.leaf != Leaf::None {
            self.out.push(Piece::Break);
        }
    }
}

fn align(of: Alignment) -> Align {
    match of {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
