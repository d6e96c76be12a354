//! Locates nodes in JSON. The text has been parsed before, so the scan trusts its structure, and only makes
//! sure to end.

use super::{Location, Span, Wanted};

pub(super) fn scan(text: &str, wanted: &mut Wanted) {
    let mut scan = Scan { text: text.as_bytes(), at: 0 };
    scan.space();
    let value = scan.value(Some(0), wanted);
    wanted.found(0, Location::new(None, value));
}

struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    /// Scans a value. Descends only towards the wanted nodes, so the recursion is as deep as the longest
    /// pointer.
    fn value(&mut self, node: Option<usize>, wanted: &mut Wanted) -> Span {
        let start = self.at;
        match (self.peek(), node.filter(|node| wanted.inner(*node))) {
            (Some(b'{'), Some(node)) => self.object(node, wanted),
            (Some(b'['), Some(node)) => self.array(node, wanted),
            _ => self.skip(),
        }
        Span::new(start, self.at)
    }

    fn object(&mut self, node: usize, wanted: &mut Wanted) {
        self.at += 1;
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                break;
            }
            let start = self.at;
            self.string();
            let key = Span::new(start, self.at);
            let child = wanted.child(node, &self.text_of(key));
            self.space();
            self.eat(b':');
            self.space();
            let value = self.value(child, wanted);
            if let Some(child) = child {
                wanted.found(child, Location::new(Some(key), value));
            }
            self.space();
            if !self.eat(b',') {
                break;
            }
        }
        self.eat(b'}');
    }

    fn array(&mut self, node: usize, wanted: &mut Wanted) {
        self.at += 1;
        for index in 0usize.. {
            self.space();
            if matches!(self.peek(), None | Some(b']')) {
                break;
            }
            let child = wanted.child(node, &index.to_string());
            let value = self.value(child, wanted);
            if let Some(child) = child {
                wanted.found(child, Location::new(None, value));
            }
            self.space();
            if !self.eat(b',') {
                break;
            }
        }
        self.eat(b']');
    }

    /// Skips a value of any kind.
    fn skip(&mut self) {
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => self.string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    if depth == 0 {
                        return;
                    }
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Skips a string.
    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => self.at = (self.at + 2).min(self.text.len()),
                _ => self.at += 1,
            }
        }
    }

    /// Returns the content of a string.
    fn text_of(&self, quoted: Span) -> String {
        let bytes = &self.text[quoted.start..quoted.end];
        serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }
}
