//! The walk over a document by the table of keywords: which value is an object of which kind, and which is data.

use serde_json::Value;

use super::{Keyword, ObjectKind, PUT_IN_PLACE, ValueShape};
use crate::pointer::Path;

/// The step from a value to one that it contains.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'k> {
    /// To the value of a property.
    Key(&'k str),
    /// To an item of an array.
    Item,
}

impl ValueShape {
    /// The shape of a value inside of one of this shape; `None` where the specification says none: data, extensions,
    /// and keywords that it does not have.
    ///
    /// Where a single object is expected, a list is one of each; the repairs and reports of `normalize` do the same.
    pub(crate) fn below(self, step: Step<'_>) -> Option<Self> {
        match (self, step) {
            (Self::One(kind), Step::Key(key)) => kind.keyword(key).map(|row| row.shape_in(kind)),
            (Self::SchemaOrFlag, Step::Key(_)) => Self::One(ObjectKind::Schema).below(step),
            (Self::One(kind) | Self::List(kind), Step::Item) | (Self::Map(kind), Step::Key(_)) => {
                Some(Self::One(kind))
            }
            (Self::Paths, Step::Key(key)) if !key.starts_with("x-") => Some(Self::One(ObjectKind::PathItem)),
            (Self::Responses, Step::Key(key)) if !key.starts_with("x-") => {
                Some(Self::One(ObjectKind::Response))
            }
            _ => None,
        }
    }

    /// The kind of object that a value of this shape is.
    pub(crate) fn object(self) -> Option<ObjectKind> {
        match self {
            Self::One(kind) => Some(kind),
            Self::SchemaOrFlag => Some(ObjectKind::Schema),
            _ => None,
        }
    }
}

impl Keyword {
    /// The shape of the value in an object of a kind. Components that are put in place are objects there.
    fn shape_in(&self, kind: ObjectKind) -> ValueShape {
        let put = PUT_IN_PLACE.iter().find(|(name, _)| kind == ObjectKind::Components && self.name == *name);
        put.map_or(self.shape, |(_, kind)| ValueShape::Map(*kind))
    }
}

/// A value of a known shape.
pub(crate) struct Visit<'v, 'p> {
    /// The kind of the object whose keyword leads to the value, with the keyword; `None` for items and names.
    pub(crate) keyword: Option<(ObjectKind, &'v str)>,
    pub(crate) shape: ValueShape,
    pub(crate) value: &'v Value,
    pub(crate) at: &'p Path<'p>,
}

/// What is done with the values of a document.
pub(crate) trait Visitor<'v> {
    /// Sees a value before those inside of it; `false` if they are to be left out.
    fn see(&mut self, visit: &Visit<'v, '_>) -> bool;

    /// The shape of a value of which the table knows nothing.
    fn unknown(&mut self, _kind: ObjectKind, _at: &Path<'_>) -> Option<ValueShape> {
        None
    }
}

/// Visits a whole document, as far as the table tells the shapes of its values.
pub(crate) fn visit<'v>(document: &'v Value, visitor: &mut impl Visitor<'v>) {
    let at = &Path::root();
    below(
        &Visit { keyword: None, shape: ValueShape::One(ObjectKind::Document), value: document, at },
        visitor,
    );
}

fn below<'v>(visit: &Visit<'v, '_>, visitor: &mut impl Visitor<'v>) {
    if !visitor.see(visit) {
        return;
    }
    match visit.value {
        Value::Object(object) => {
            let kind = visit.shape.object();
            for (key, value) in object {
                let at = &visit.at.key(key);
                let known = visit.shape.below(Step::Key(key));
                if let Some(shape) = known.or_else(|| visitor.unknown(kind?, at)) {
                    let keyword = kind.map(|kind| (kind, key.as_str()));
                    below(&Visit { keyword, shape, value, at }, visitor);
                }
            }
        }
        Value::Array(items) => {
            let Some(shape) = visit.shape.below(Step::Item) else { return };
            for (index, value) in items.iter().enumerate() {
                below(&Visit { keyword: None, shape, value, at: &visit.at.item(index) }, visitor);
            }
        }
        _ => {}
    }
}
