//! Strongly connected components, without recursion.

use std::collections::HashMap;

/// The component of each node, by a number.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let count = edges.len();
    let (mut index, mut low, mut component) = (vec![NONE; count], vec![0; count], vec![NONE; count]);
    let (mut stack, mut work, mut next, mut found) = (Vec::new(), Vec::new(), 0, 0);
    for root in 0..count {
        if index[root] != NONE {
            continue;
        }
        work.push((root, 0));
        while let Some((at, edge)) = work.pop() {
            if edge == 0 {
                index[at] = next;
                low[at] = next;
                next += 1;
                stack.push(at);
            } else {
                low[at] = low[at].min(low[edges[at][edge - 1]]);
            }
            // the next edge that leads to something new; known ones are settled on the way
            let mut edge = edge;
            let mut below = None;
            while below.is_none() && edge < edges[at].len() {
                let to = edges[at][edge];
                edge += 1;
                if index[to] == NONE {
                    below = Some(to);
                } else if component[to] == NONE {
                    low[at] = low[at].min(index[to]);
                }
            }
            if let Some(to) = below {
                work.push((at, edge));
                work.push((to, 0));
            } else if low[at] == index[at] {
                while let Some(member) = stack.pop() {
                    component[member] = found;
                    if member == at {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    component
}

/// A small graph whose edges belong to slots.
pub(super) struct Local {
    nodes: usize,
    /// By slot: from, to.
    slots: Vec<(usize, Vec<usize>)>,
}

impl Local {
    /// The graph of these slots; edges to nodes without slots are left out.
    pub(super) fn new<'a>(slots: impl Iterator<Item = (usize, &'a [usize])> + Clone) -> Self {
        let mut index: HashMap<usize, usize> = HashMap::new();
        for (from, _) in slots.clone() {
            let fresh = index.len();
            index.entry(from).or_insert(fresh);
        }
        let known = |to: &[usize]| to.iter().filter_map(|to| index.get(to).copied()).collect();
        let slots = slots.map(|(from, to)| (index[&from], known(to))).collect();
        Self { nodes: index.len(), slots }
    }

    /// The slots that are on cycles once those of `cut` hold on the heap.
    pub(super) fn cyclic_without(&self, cut: &[usize]) -> Vec<usize> {
        let mut open = vec![true; self.slots.len()];
        cut.iter().for_each(|at| open[*at] = false);
        let mut edges = vec![Vec::new(); self.nodes];
        for (_, (from, to)) in self.slots.iter().enumerate().filter(|(at, _)| open[*at]) {
            edges[*from].extend(to);
        }
        let component = components(&edges);
        let on_cycle =
            |(from, to): &(usize, Vec<usize>)| to.iter().any(|to| component[*to] == component[*from]);
        (0..self.slots.len()).filter(|at| open[*at] && on_cycle(&self.slots[*at])).collect()
    }
}
