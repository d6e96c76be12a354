//! A document that ends too early, and the reports that its missing end explains.

use std::collections::HashSet;

use super::{Code, Diagnostic, File};
use crate::pointer::Pointer;

/// The nodes that a document leaves open at its end.
#[derive(Clone, Debug)]
pub(crate) struct Cut {
    open: HashSet<Pointer>,
    /// The operation or component that is cut.
    part: Pointer,
}

impl Cut {
    /// The keys lead from the root to the node at the end.
    pub(crate) fn new(keys: &[String]) -> Self {
        let down = |pointer: &mut Pointer, key: &String| {
            *pointer = pointer.child(key);
            Some(pointer.clone())
        };
        let spine: Vec<Pointer> = keys.iter().scan(Pointer::root(), down).collect();
        // `/paths/~1pets/get`, `/components/schemas/Pet`
        let part = spine.get(2).or(spine.last()).cloned().unwrap_or_else(Pointer::root);
        Self { open: spine.into_iter().chain([Pointer::root()]).collect(), part }
    }

    /// Returns whether the missing end may be the reason for a report: it is about an open node or a part of what is
    /// cut, or it follows from a component that is not there.
    pub(crate) fn explains(&self, found: &Diagnostic) -> bool {
        let label = &found.primary;
        if label.file != File::Document || label.span.is_some() {
            return false;
        }
        let looks_elsewhere = matches!(
            found.code,
            Code::UnresolvedRef
                | Code::SecurityScheme
                | Code::OperationRefused
                | Code::ExampleMismatch
                | Code::XmlAsText
        );
        looks_elsewhere || self.open.contains(&label.at) || label.at.upwards().any(|at| at == self.part)
    }
}
