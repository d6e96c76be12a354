//! Which alias makes a document too large, for the report.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser};

use crate::locate::Span;
use crate::source::Lines;

/// An alias, and for how many values it stands with all aliases in it.
pub(crate) struct Heavy {
    pub(crate) span: Span,
    pub(crate) values: u64,
}

/// The alias that stands for the most values, the first of several.
pub(crate) fn heaviest(body: &str) -> Option<Heavy> {
    let mut sizes: HashMap<usize, u64> = HashMap::new();
    // Open collections: their anchor, and the values so far.
    let mut open: Vec<(usize, u64)> = Vec::new();
    let mut worst: Option<(usize, usize, u64)> = None;
    for event in Parser::new_from_str(body) {
        let Ok((event, span)) = event else { break };
        let (anchor, size) = match event {
            Event::Scalar(_, _, anchor, _) => (anchor, 1),
            Event::Alias(anchor) => {
                // One that is made of itself is refused before.
                let size = sizes.get(&anchor).copied().unwrap_or(1);
                if worst.is_none_or(|(.., most)| size > most) {
                    worst = Some((span.start.index(), span.end.index(), size));
                }
                (0, size)
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                open.push((anchor, 1));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(done) => done,
                None => continue,
            },
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => continue,
        };
        if anchor != 0 {
            sizes.insert(anchor, size);
        }
        if let Some((_, around)) = open.last_mut() {
            *around = around.saturating_add(size);
        }
    }
    let (start, end, values) = worst?;
    let lines = Lines::new(body);
    Some(Heavy { span: Span::new(lines.offset_of_character(start), lines.offset_of_character(end)), values })
}
