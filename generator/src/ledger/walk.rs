//! The walk over the input: which keyword a node belongs to, what the table claims about it, and whether that holds.

use serde_json::{Map, Value};

use super::proof::Proof;
use super::sum::{Ledger, Row};
use crate::diag::Code;
use crate::normalize::keyword::{Effect, Keyword, ObjectKind, Step, ValueShape};
use crate::pointer::Pointer;
use crate::tree::READ;

const EXTENSION: &str = "it is an extension that the generator does not know";
const UNREFERRED: &str = "nothing refers to it";
const FRAME: &str = "events always have these properties";
const EDITED: &str = "an overlay or a fixup removed it";

/// Components that have an effect only where something refers to them.
const SHARED: &[ObjectKind] = &[
    ObjectKind::Parameter,
    ObjectKind::RequestBody,
    ObjectKind::Response,
    ObjectKind::Header,
    ObjectKind::Example,
];

/// What should have become of a node.
#[derive(Clone, Copy)]
enum Claim {
    /// It is in the normal form.
    Used,
    /// It is, or a rewrite has read it.
    Rewritten,
    /// It has no effect, and that needs no report.
    Ignored(&'static str),
    /// It has no effect, and that is reported.
    Reported,
    /// The same, unless a rewrite moved it to where it is read.
    Moved,
    /// What is read of it was moved; the rest is the frame of an event.
    Frame,
}

/// What a node is, and what is known from above.
#[derive(Clone, Copy)]
struct Node<'a> {
    kind: ObjectKind,
    keyword: &'a str,
    claim: Claim,
    /// What was reported about a node above, and took it out with all that is in it.
    gone: Option<Code>,
    /// What was reported about a node above, which may explain that something below is not there.
    excuse: Option<Code>,
}

pub(super) fn walk(document: &Value, proof: &Proof, ledger: &mut Ledger) {
    let root = Node { kind: ObjectKind::Document, keyword: "", claim: Claim::Used, gone: None, excuse: None };
    Walk { proof, ledger }.shaped(ValueShape::One(ObjectKind::Document), document, &Pointer::root(), root);
}

struct Walk<'w> {
    proof: &'w Proof,
    ledger: &'w mut Ledger,
}

impl Walk<'_> {
    /// A value of the shape that its keyword asks for, and all that is in it.
    fn shaped(&mut self, shape: ValueShape, value: &Value, at: &Pointer, node: Node<'_>) {
        let node = self.settle(value, at, node);
        match value {
            Value::Array(items) => {
                let below = shape.below(Step::Item).unwrap_or(ValueShape::Data);
                for (place, item) in items.iter().enumerate() {
                    self.shaped(below, item, &at.child(place), node);
                }
            }
            Value::Object(members) => match shape.object() {
                Some(kind) => self.members(kind, members, at, node),
                None => self.named(shape, members, at, node),
            },
            _ => {}
        }
    }

    /// Values by name, with extensions between paths and between statuses.
    fn named(&mut self, shape: ValueShape, members: &Map<String, Value>, at: &Pointer, node: Node<'_>) {
        for (key, value) in members {
            let here = at.child(key);
            match shape.below(Step::Key(key)) {
                Some(below) => {
                    let node = below.object().map_or(node, |kind| self.component(kind, &here, node));
                    self.shaped(below, value, &here, node);
                }
                None if matches!(shape, ValueShape::Paths | ValueShape::Responses) => {
                    let claim = below(node.claim, Claim::Ignored(EXTENSION));
                    self.shaped(ValueShape::Data, value, &here, Node { keyword: key, claim, ..node });
                }
                None => self.shaped(ValueShape::Data, value, &here, node),
            }
        }
    }

    /// The members of an object of a known kind, each a keyword, an extension, or unknown.
    fn members(&mut self, kind: ObjectKind, members: &Map<String, Value>, at: &Pointer, node: Node<'_>) {
        for (key, value) in members {
            let row = kind.keyword(key);
            let shape = ValueShape::One(kind).below(Step::Key(key)).unwrap_or(ValueShape::Data);
            let claim = match row {
                // A boolean schema is read and replaced.
                Some(row)
                    if value.is_boolean()
                        && matches!(
                            row.shape,
                            ValueShape::One(ObjectKind::Schema) | ValueShape::SchemaOrFlag
                        ) =>
                {
                    Claim::Rewritten
                }
                // What is put in place is data to the other stages.
                Some(row) if row.shape != shape => Claim::Used,
                None if key == "$ref" && matches!(kind, ObjectKind::PathItem | ObjectKind::MediaType) => {
                    Claim::Rewritten
                }
                Some(row) => claimed(row),
                None if key == "$ref" => Claim::Used,
                None if READ.contains(&key.as_str()) && kind == ObjectKind::Schema => Claim::Used,
                None if key.starts_with("x-") => Claim::Ignored(EXTENSION),
                None => Claim::Reported,
            };
            let here = at.child(key);
            let claim = match claim {
                Claim::Moved if self.is_frame(&here) => Claim::Frame,
                claim => claim,
            };
            let node = Node { kind, keyword: key, claim: below(node.claim, claim), ..node };
            self.shaped(shape, value, &here, node);
        }
    }

    /// Whether of the description of a server-sent event only the data is read.
    fn is_frame(&self, at: &Pointer) -> bool {
        let data = at.child("properties").child("data");
        self.proof.stays(&data) || self.proof.stays(&data.child("contentSchema"))
    }

    /// A component that nothing refers to has no effect.
    fn component<'a>(&self, kind: ObjectKind, at: &Pointer, node: Node<'a>) -> Node<'a> {
        let shared = node.kind == ObjectKind::Components && SHARED.contains(&kind);
        if shared && !self.proof.is_referred_to(at) {
            return Node { claim: below(node.claim, Claim::Ignored(UNREFERRED)), ..node };
        }
        node
    }

    /// Counts one node; gives what its children have to know.
    fn settle<'a>(&mut self, value: &Value, at: &Pointer, mut node: Node<'a>) -> Node<'a> {
        for code in self.proof.said(at) {
            match code {
                code if takes_out(*code) => node.gone = node.gone.or(Some(*code)),
                Code::Sloppy | Code::WrongShape => node.excuse = node.excuse.or(Some(*code)),
                _ => {}
            }
        }
        let row = self.ledger.rows.entry((node.kind.word(), node.keyword.to_owned())).or_default();
        let stays = self.proof.stays(at);
        let said = node.excuse.or_else(|| self.proof.said(at).first().copied());
        match (node.claim, said) {
            _ if node.gone.is_some() => recorded(row, node.gone),
            (Claim::Ignored(reason), _) => ignored(row, reason),
            (Claim::Used | Claim::Rewritten | Claim::Moved | Claim::Frame, _) if stays => row.count.used += 1,
            (Claim::Frame, _) => ignored(row, FRAME),
            _ if self.proof.edited_out(at) => ignored(row, EDITED),
            (_, Some(code)) => recorded(row, Some(code)),
            (Claim::Rewritten, _) => row.count.used += 1,
            // What moved away leaves an empty shell; each of its members is asked for by itself.
            (Claim::Used, _) if value.as_object().is_some_and(|members| !members.is_empty()) => {
                row.count.used += 1;
            }
            _ => {
                row.count.unaccounted += 1;
                self.ledger.unaccounted.push(at.as_str().to_owned());
            }
        }
        node
    }
}

/// What is in something without effect has none either.
fn below(above: Claim, claim: Claim) -> Claim {
    match above {
        Claim::Ignored(_) | Claim::Reported | Claim::Moved | Claim::Frame => above,
        Claim::Used | Claim::Rewritten => claim,
    }
}

fn claimed(row: &Keyword) -> Claim {
    match row.effect {
        // A list of types is taken apart.
        Effect::Used if row.shape == ValueShape::Type => Claim::Rewritten,
        Effect::Used => Claim::Used,
        Effect::Rewritten(_) | Effect::Lost(_) => Claim::Rewritten,
        Effect::Silent(reason) => Claim::Ignored(reason),
        Effect::Ignored(_) => Claim::Moved,
        Effect::Stashed(_) => Claim::Reported,
    }
}

/// Whether what is reported so is left out, with all that is in it.
fn takes_out(code: Code) -> bool {
    matches!(
        code,
        Code::KeywordIgnored
            | Code::KeywordUnknown
            | Code::OperationRefused
            | Code::MediaTypeIgnored
            | Code::Excluded
            | Code::Pruned
    )
}

fn recorded(row: &mut Row, code: Option<Code>) {
    row.count.recorded += 1;
    let code = code.map_or("", Code::as_str);
    *row.reasons.entry(code.to_owned()).or_default() += 1;
}

fn ignored(row: &mut Row, reason: &str) {
    row.count.ignored += 1;
    *row.reasons.entry(reason.to_owned()).or_default() += 1;
}
