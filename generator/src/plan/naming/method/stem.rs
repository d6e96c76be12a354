//! What a method could be called, best first.

use std::borrow::Cow;

use super::said::{self, Said};
use crate::ir::{Api, Operation, ResourceId};
use crate::plan::behaviour::page::listing;
use crate::plan::naming::method::words::{FETCHING, Words, is_param, same_words, segment_words};
use crate::plan::walk;
use crate::word::words;

/// Words of an id from which on nobody is helped by leaving some out.
const MOST: usize = 64;

/// What the resource of these operations says.
pub(super) fn said(api: &Api, id: ResourceId) -> Said {
    let chain = walk::chain(api, id);
    let resource: Vec<Words> = chain.iter().map(|id| words(&api.resources[id].wire)).collect();
    let operations = api.resources[id].operations.iter();
    let ids = operations.filter_map(|id| api.operations[id].id.as_deref());
    Said::new(&resource).with_kind(ids)
}

/// Names an operation could have within its resource, best first; never empty, each with words.
pub(super) fn stems(api: &Api, op: &Operation, said: &Said, prefix: usize) -> Vec<Words> {
    let resource = said.resource();
    let id = op.id.as_deref().filter(|id| !id.is_empty()).map(words);
    let mut stems = match id.map(|id| without_route(id, op)) {
        Some(id) if !id.is_empty() => by_id(api, op, id, said, prefix),
        _ => by_path(api, op, resource),
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

/// The words of a segment, with those of parameters as `param` says them.
fn spoken(segment: &str, param: &dyn Fn(Words) -> Words) -> Words {
    let mut out = Vec::new();
    let mut rest = segment;
    while let Some((text, tail)) = rest.split_once('{') {
        let Some((name, tail)) = tail.split_once('}') else { break };
        out.extend(segment_words(text));
        out.extend(param(segment_words(name)));
        rest = tail;
    }
    out.extend(segment_words(rest));
    out
}

/// An id without what a framework put there of method and path: nothing is left of `GetAccountsId` (the path is
/// `/v1/accounts/{id}`), and `read_item` of `read_item_items__item_id__get`.
fn without_route(id: Words, op: &Operation) -> Words {
    let path: Words = op.path.split('/').flat_map(segment_words).collect();
    let method = op.method.to_lowercase();
    // parameters in full, by their last word, or as no more than ids
    let last = |words: Words| words.last().cloned().into_iter().collect();
    let params: [&dyn Fn(Words) -> Words; 3] = [&|words| words, &last, &|_| vec!["id".to_owned()]];
    let made = |segments: Vec<&str>| {
        params.iter().any(|param| {
            let words = segments.iter().flat_map(|segment| spoken(segment, param));
            id.first() == Some(&method) && id[1..].iter().cloned().eq(words)
        })
    };
    if made(op.path.split('/').collect()) || made(unversioned(&op.path)) {
        return Vec::new();
    }
    let tail: Words = path.into_iter().chain([method]).collect();
    match id.strip_suffix(&tail[..]) {
        Some(name) if tail.len() > 1 => name.to_vec(),
        _ => id,
    }
}

fn by_id(api: &Api, op: &Operation, id: Words, said: &Said, prefix: usize) -> Vec<Words> {
    let own = id.get(prefix..).filter(|own| !own.is_empty()).unwrap_or(&id);
    let own = without_version(own);
    let bare = said.behind(own);
    if bare.is_empty() {
        return vec![vec![verb(api, op).to_string()], own.to_vec(), id];
    }
    if bare.len() > MOST {
        return vec![bare.to_vec(), own.to_vec(), id];
    }
    let bare = without_echo(bare).to_vec();
    let short = said.short(&bare, op);
    let verb = verb(api, op);
    let mut words = short.words;
    if short.is_many && verb == "list" && FETCHING.contains(&words[0].as_str()) {
        words[0] = verb.into_owned();
    }
    vec![words, bare, own.to_vec(), id]
}

/// An id without the version of the API in front, which most operations of such a document have.
fn without_version(id: &[String]) -> &[String] {
    let is_version = |word: &String| {
        word.strip_prefix('v')
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    match id {
        [api, version, rest @ ..] if api == "api" && is_version(version) && !rest.is_empty() => rest,
        [version, rest @ ..] if is_version(version) && !rest.is_empty() => rest,
        _ => id,
    }
}

/// A name without what stands in front of the verb and is said again behind it: `brand_logo_get_brand_logo`.
fn without_echo(name: &[String]) -> &[String] {
    let echo = (1..=name.len().saturating_sub(1) / 2).find(|count| {
        said::is_verb(&name[*count]) && same_words(&name[..*count], &name[count + 1..2 * count + 1])
    });
    &name[echo.unwrap_or_default()..]
}

/// How many words all operations begin with: a version, the name of the service. A verb is none of them.
pub(super) fn prefix(api: &Api) -> usize {
    let ids: Vec<Words> = api
        .operations
        .iter()
        .filter_map(|op| op.id.as_deref())
        .filter(|id| !id.is_empty())
        .map(words)
        .collect();
    let Some((first, others)) = ids.split_first().filter(|(_, others)| !others.is_empty()) else { return 0 };
    let is_common = |at: &usize| {
        let word = &first[*at];
        !said::is_verb(word) && others.iter().all(|id| id.len() > at + 1 && id[*at] == *word)
    };
    (0..first.len() - 1).take_while(is_common).count()
}

fn by_path(api: &Api, op: &Operation, resource: &[Words]) -> Vec<Words> {
    let segments = unversioned(&op.path);
    let statics: Vec<Words> =
        segments.iter().filter(|s| !is_param(s)).map(|s| spoken(s, &|_| Vec::new())).collect();
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
        let others = api.resources[op.resource].operations.iter();
        others.map(|id| &api.operations[id]).any(|of| of.method == method && is_there(&of.path))
    };
    let has_item = || !one && beside(&op.method, &|path| is_item(path, &op.path));
    let known = match op.method.as_str() {
        "GET" if !one && (listing::is_list(api, op) || has_item()) => "list",
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

#[cfg(test)]
mod tests;
