//! Several unions that hold at once: what is left of them when those that only constrain go, and their product.

use std::collections::HashMap;

use super::{Candidate, Lower};
use crate::diag::{Code, Diagnostic};
use crate::resolve::{Conjunction, Node, Place};

/// More combinations than this are no type that anybody would want.
const MOST: usize = 24;

impl<'d> Lower<'d, '_> {
    /// The branches of all groups: those of the only one that says something, else one branch for each way to choose one of
    /// each. Empty where all only constrain, `None` where there are too many ways.
    pub(super) fn ways(
        &mut self,
        node: &Node<'d>,
        conjunction: &[Place<'d>],
    ) -> Option<Vec<Conjunction<'d>>> {
        if let [only] = node.unions.as_slice() {
            return Some(only.clone());
        }
        let says: Vec<&Vec<Conjunction<'d>>> =
            node.unions.iter().filter(|group| !self.is_condition(group, node)).collect();
        if says.len() < node.unions.len() && !says.is_empty() {
            self.note_conditions(conjunction);
        }
        let count = says.iter().try_fold(1_usize, |count, group| count.checked_mul(group.len()));
        match (says.as_slice(), count) {
            ([], _) => Some(Vec::new()),
            ([only], _) => Some((*only).clone()),
            (_, Some(count)) if count <= MOST => Some(product(&says)),
            _ => None,
        }
    }

    /// Whether no branch of a group adds a member or a type.
    fn is_condition(&mut self, group: &[Conjunction<'d>], node: &Node<'d>) -> bool {
        group.iter().all(|branch| {
            let says = self.doc.node(branch, self.sink);
            self.doc.reference(branch).is_none()
                && says.unions.is_empty()
                && says.values.is_none()
                && (says.kind.is_none() || says.kind == Some("object"))
                && says.properties.keys().all(|name| node.properties.contains_key(name))
        })
    }

    pub(super) fn note_conditions(&mut self, conjunction: &[Place<'d>]) {
        let origin = self.doc.origin(&conjunction[0].at);
        let message = "branches that only constrain properties are not checked";
        self.sink.report(Diagnostic::new(Code::KeywordIgnored, &origin, message));
    }

    /// What a branch is called by the components that it is made of.
    pub(super) fn branch_name(&self, branch: &[Place<'d>]) -> Option<String> {
        let key = |place: &Place<'d>| {
            let target = self.doc.reference(std::slice::from_ref(place))?.target;
            target.at.keys().nth(2)
        };
        let names: Option<Vec<String>> = branch.iter().map(key).collect();
        let mut names = names.filter(|names| !names.is_empty())?;
        // Which union stands first says nothing.
        names.sort_unstable();
        Some(names.join(" and "))
    }

    /// By what each branch without a name can be told from the others: a property that only it has, the first by name; one that
    /// it demands goes before others.
    pub(super) fn own_members(&self, candidates: &[Candidate<'d>]) -> Vec<Option<String>> {
        let mut holders: HashMap<&str, usize> = HashMap::new();
        for name in candidates.iter().flat_map(|one| one.node.properties.keys()) {
            *holders.entry(name).or_default() += 1;
        }
        let of = |branch: &Candidate<'d>| {
            let own = || branch.node.properties.keys().filter(|name| holders[**name] == 1);
            let demanded = own().filter(|name| branch.node.requires(name)).min();
            demanded.or_else(|| own().min()).map(|name| (*name).to_owned())
        };
        candidates.iter().map(of).collect()
    }
}

/// One conjunction for each way to choose a branch of each group.
fn product<'d>(groups: &[&Vec<Conjunction<'d>>]) -> Vec<Conjunction<'d>> {
    let mut ways: Vec<Conjunction<'d>> = vec![Vec::new()];
    for group in groups {
        let longer =
            |way: &Conjunction<'d>, branch: &Conjunction<'d>| way.iter().chain(branch).cloned().collect();
        ways = ways.iter().flat_map(|way| group.iter().map(move |branch| longer(way, branch))).collect();
    }
    ways
}
