//! What a method could be called, best first.

use std::borrow::Cow;

use crate::ir::{Api, Operation};
use crate::plan::{page, walk};
use crate::word::{same_noun, words};

type Words = Vec<String>;

/// Names an operation could have within its resource, best first; never empty, each with words.
pub(super) fn stems(api: &Api, op: &Operation) -> Vec<Words> {
    let resource: Vec<Words> =
        walk::chain(api, op.resource).iter().map(|id| words(&api.resources[id.0 as usize].wire)).collect();
    let id = op.id.as_deref().filter(|id| !id.is_empty()).map(words);
    let mut stems = match id.map(|id| without_route(id, op)) {
        Some(id) if !id.is_empty() => by_id(api, op, id, &resource),
        _ => by_path(api, op, &resource),
    };
    if let (Some(first), Some(last)) = (stems.first(), resource.last()) {
        let with_resource = first.iter().chain(last).cloned().collect();
        stems.push(with_resource);
    }
    stems.push(route(op));
    stems.retain(|words| !words.is_empty());
    stems.dedup();
    stems
}

/// The whole route: what only operations with the same words in their paths share.
fn route(op: &Operation) -> Words {
    let (params, statics): (Vec<&str>, Vec<&str>) =
        op.path.split('/').filter(|segment| !segment.is_empty()).partition(|segment| is_param(segment));
    let mut route = words(&op.method.to_lowercase());
    route.extend(statics.into_iter().flat_map(segment_words));
    by_params(route, &params)
}

/// What is called by its parameters as well, if there are any.
fn by_params(mut name: Words, params: &[&str]) -> Words {
    if !params.is_empty() {
        name.push("by".to_owned());
        name.extend(params.iter().flat_map(|segment| segment_words(segment)));
    }
    name
}

/// An id without what a framework put there of method and path: nothing is left of `GetAccountsId` (the path is
/// `/v1/accounts/{id}`), and `read_item` of `read_item_items__item_id__get`.
fn without_route(id: Words, op: &Operation) -> Words {
    let path: Words = op.path.split('/').flat_map(segment_words).collect();
    let unversioned: Words = unversioned(&op.path).into_iter().flat_map(segment_words).collect();
    let method = op.method.to_lowercase();
    let made = |path: &Words| id.first() == Some(&method) && id[1..] == path[..];
    if made(&path) || made(&unversioned) {
        return Vec::new();
    }
    let tail: Words = path.into_iter().chain([method]).collect();
    match id.strip_suffix(&tail[..]) {
        Some(name) if tail.len() > 1 => name.to_vec(),
        _ => id,
    }
}

fn by_id(api: &Api, op: &Operation, id: Words, resource: &[Words]) -> Vec<Words> {
    let bare = without_prefix(&id, resource).unwrap_or_else(|| id.clone());
    if bare.is_empty() {
        return vec![vec![verb(api, op).to_string()], id];
    }
    // What stands behind the verb is said by the resource: `get` and `find_by_status` of `pets`.
    let short = match resource.last() {
        Some(last) if bare.len() > last.len() && same_words(&bare[1..=last.len()], last) => {
            bare[..1].iter().chain(&bare[1 + last.len()..]).cloned().collect()
        }
        _ => bare.clone(),
    };
    vec![short, bare, id]
}

/// The id without the words of the resource path, or else of the last resource, in front.
fn without_prefix(id: &Words, resource: &[Words]) -> Option<Words> {
    let whole: Words = resource.iter().flatten().cloned().collect();
    [Some(&whole), resource.last()]
        .into_iter()
        .flatten()
        .find(|prefix| {
            !prefix.is_empty() && id.len() >= prefix.len() && same_words(&id[..prefix.len()], prefix)
        })
        .map(|prefix| id[prefix.len()..].to_vec())
}

fn same_words(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_noun(a, b))
}

fn by_path(api: &Api, op: &Operation, resource: &[Words]) -> Vec<Words> {
    let segments = unversioned(&op.path);
    let statics: Vec<Words> = segments.iter().filter(|s| !is_param(s)).map(|s| segment_words(s)).collect();
    let mut rest = statics.clone();
    for part in resource {
        // One segment, or several together (`/mail/send` of `Mail Send`).
        let ends = |at: usize| {
            let mut left = &part[..];
            for (index, words) in rest.iter().enumerate().skip(at) {
                let (first, more) = left.split_at_checked(words.len())?;
                if !same_words(words, first) {
                    return None;
                }
                left = more;
                if left.is_empty() {
                    return Some(index + 1);
                }
            }
            None
        };
        if let Some((at, end)) = (0..rest.len()).find_map(|at| Some((at, ends(at)?))) {
            rest.drain(at..end);
        }
    }
    let rest: Words = rest.into_iter().flatten().collect();
    let verb = [verb(api, op).to_string()];
    let with_verb = |more: &[String]| -> Words { verb.iter().chain(more).cloned().collect() };
    let action = op.method == "POST"
        && segments.last().is_some_and(|last| !is_param(last))
        && rest.last().is_some_and(|last| crate::word::singular(last) == last);
    let short = if action { rest.clone() } else { with_verb(&rest) };
    let params: Vec<&str> = segments.iter().copied().filter(|segment| is_param(segment)).collect();
    let middle = with_verb(&statics.concat());
    let long = by_params(middle.clone(), &params);
    vec![short, with_verb(&rest), middle, long]
}

/// The usual name of what a method does.
fn verb(api: &Api, op: &Operation) -> Cow<'static, str> {
    let one = op.path.rsplit('/').find(|segment| !segment.is_empty()).is_some_and(is_param);
    let beside = |method: &str, is_there: &dyn Fn(&str) -> bool| {
        let others = api.resources[op.resource.0 as usize].operations.iter();
        others.map(|id| &api.operations[id.0 as usize]).any(|of| of.method == method && is_there(&of.path))
    };
    let has_item = || !one && beside(&op.method, &|path| is_item(path, &op.path));
    let known = match op.method.as_str() {
        "GET" if !one && (page::is_list(api, op) || has_item()) => "list",
        "GET" => "get",
        "POST" if one && beside("PATCH", &|path| path == op.path) => "post",
        // an item that is there already
        "POST" if one => "update",
        "POST" => "create",
        "PUT" => "replace",
        "PATCH" => "update",
        "DELETE" => "delete",
        "HEAD" => "head",
        "OPTIONS" => "options",
        "TRACE" => "trace",
        "QUERY" => "search",
        // its own word, such as `COPY`
        other => return Cow::Owned(words(&other.to_lowercase()).join("_")),
    };
    match op.method.as_str() {
        "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" | "TRACE" if has_item() => {
            Cow::Owned(format!("{known}_all"))
        }
        _ => Cow::Borrowed(known),
    }
}

/// Whether a path is that of one item of what the other path stands for.
fn is_item(path: &str, all: &str) -> bool {
    let item = path.trim_end_matches('/').strip_prefix(all.trim_end_matches('/'));
    item.and_then(|rest| rest.strip_prefix('/')).is_some_and(|last| is_param(last) && !last.contains('/'))
}

/// The segments of a path without `api` and a version in front.
fn unversioned(path: &str) -> Vec<&str> {
    let mut segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let is_version = |segment: &str| {
        let digits = segment.strip_prefix(['v', 'V']).unwrap_or("");
        segment.eq_ignore_ascii_case("api") || digits.starts_with(|c: char| c.is_ascii_digit())
    };
    let skip = segments.iter().take_while(|segment| is_version(segment)).count();
    segments.drain(..skip);
    segments
}

fn is_param(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

fn segment_words(segment: &str) -> Words {
    if segment.is_empty() { Vec::new() } else { words(segment) }
}

#[cfg(test)]
mod tests;
