//! Which operations are paged, told from their shape.
//!
//! In: an operation and its outcome. Out: a [`Paging`] where everything fits: a `GET` whose response is a list, or an object
//! with one list in it, and a way to the next page: a query parameter that asks for it as the response says, a URL in the response, or
//! a declared `Link` header. Where one of these is missing or could mean something else, the operation is not paged: a loop
//! that guesses is worse than none. `[paging]` of `sdk.toml` has the last word.

use crate::config::{Config, PagingChoice};
use crate::diag::Sink;
use crate::ir::{Api, Format, Location, Member, Operation, Struct, Ty, TypeId};
use crate::plan::behaviour::way;
use crate::plan::walk;
use crate::sdk::{Outcome, PageStyle, Paging, PathStep};
use crate::word;
use listing::{Listing, name, object};
use way::json;

mod chosen;
pub(in crate::plan) mod listing;

/// Members that hold what there is to know about the page.
const ABOUT: [&str; 13] = [
    "list_metadata",
    "metadata",
    "meta",
    "pagination",
    "page_info",
    "paging",
    "page",
    "cursors",
    "cursor",
    "response_metadata",
    "next_page",
    "list_info",
    "links",
];

/// A parameter, and where its next value stands in the response.
const CURSORS: [(&str, &[&str]); 13] = [
    ("after", &["after", "next_cursor", "end_cursor", "last_id", "next"]),
    ("cursor", &["next_cursor", "end_cursor", "next"]),
    ("page_token", &["next_page_token", "next_token", "next_page"]),
    ("next_page_token", &["next_page_token"]),
    ("next_token", &["next_token"]),
    ("next_cursor", &["next_cursor"]),
    ("continuation_token", &["continuation_token", "next_continuation_token"]),
    ("start_cursor", &["next_cursor", "end_cursor"]),
    ("page_cursor", &["next_page_cursor", "next_cursor"]),
    ("after_cursor", &["after_cursor", "end_cursor", "next_cursor"]),
    ("starting_after", &["next_cursor"]),
    ("marker", &["next_marker"]),
    ("offset", &["offset"]),
];

/// Members that hold the URL of the next page; below `links`, `next` does too.
const URLS: [&str; 7] = [
    "next_url",
    "next_page_url",
    "next_page_uri",
    "next_uri",
    "next_link",
    "next_page_link",
    "odata_next_link",
];

const MORE: [&str; 4] = ["has_more", "has_next", "has_next_page", "more"];
const LAST_ITEM: [&str; 3] = ["starting_after", "after", "after_id"];
const NUMBER: [&str; 4] = ["page", "page_number", "page_num", "page_no"];
const OFFSET: [&str; 2] = ["offset", "skip"];
const SIZE: [&str; 9] =
    ["limit", "per_page", "page_size", "size", "count", "page_limit", "max_results", "take", "top"];

/// How an operation is paged: as `sdk.toml` says, else by its shape.
pub(in crate::plan) fn paging(
    api: &Api,
    op: &Operation,
    outcome: &Outcome,
    config: &Config,
    sink: &mut Sink,
) -> Option<Paging> {
    match way::chosen(op, &config.paging) {
        Some((_, PagingChoice::Off)) => None,
        Some((key, PagingChoice::By(by))) => chosen::chosen(api, op, outcome, (key, by), sink),
        None => detected(api, op, outcome),
    }
}

fn detected(api: &Api, op: &Operation, outcome: &Outcome) -> Option<Paging> {
    let &Outcome::One(at) = outcome else { return None };
    if op.method != "GET" {
        return None;
    }
    let listing = listing::listing(api, json(op, at)?)?;
    let said = by_cursor(api, op, &listing);
    if !listing.told {
        return said;
    }
    said.or_else(|| by_last_item(api, op, &listing))
        .or_else(|| by_url(api, &listing))
        .or_else(|| by_link(op, at, &listing))
        .or_else(|| by_number(api, op, &listing))
        .or_else(|| by_count(api, op, &listing, &OFFSET, PageStyle::Offset))
}

fn by_cursor(api: &Api, op: &Operation, listing: &Listing<'_>) -> Option<Paging> {
    let (of, envelope) = listing.envelope?;
    for (asked, answered) in CURSORS {
        let Some(param) = param(op, &[asked], |ty| is_text(api, ty) || is_integer(api, ty)) else { continue };
        let wanted = walk::behind(api, &op.params[param].ty);
        let fits = |member: &Member| {
            is_text(api, wanted) && is_text(api, &member.ty)
                || is_integer(api, wanted) && is_integer(api, &member.ty)
        };
        for response in answered {
            let found = find(api, of, envelope, &mut |member, about| {
                let sure = match *response {
                    // at the top it is the URL of the next page as often as not
                    "next" => about.is_some(),
                    // a number is the offset of this page; a text inside `next_page` is a token
                    "offset" => about == Some("next_page") && is_text(api, wanted),
                    _ => true,
                };
                sure && name(member) == *response && fits(member)
            });
            if let Some(next) = found {
                return Some(paging_of(
                    listing,
                    PageStyle::Cursor,
                    Some(param),
                    next,
                    more(api, of, envelope),
                ));
            }
        }
    }
    by_next_page(api, op, listing)
}

/// `next_page: 3` beside `page`.
fn by_next_page(api: &Api, op: &Operation, listing: &Listing<'_>) -> Option<Paging> {
    let (of, envelope) = listing.envelope?;
    let param = param(op, &NUMBER, |ty| is_integer(api, ty))?;
    let next =
        find(api, of, envelope, &mut |member, _| name(member) == "next_page" && is_integer(api, &member.ty))?;
    Some(paging_of(listing, PageStyle::Cursor, Some(param), next, more(api, of, envelope)))
}

fn by_last_item(api: &Api, op: &Operation, listing: &Listing<'_>) -> Option<Paging> {
    let (of, envelope) = listing.envelope?;
    let param = param(op, &LAST_ITEM, |ty| is_text(api, ty))?;
    let more = more(api, of, envelope);
    let (item, shape) = object(api, listing.item)?;
    let id =
        shape.members.iter().position(|m| m.wire == "id" && m.constant.is_none() && is_text(api, &m.ty))?;
    let next = vec![PathStep { of: item, member: id }];
    (!more.is_empty()).then(|| paging_of(listing, PageStyle::LastItem, Some(param), next, more))
}

/// The URL of the next page: under a name that says so, as `next` below `links`, or as `next` beside `previous`.
fn by_url(api: &Api, listing: &Listing<'_>) -> Option<Paging> {
    let (of, envelope) = listing.envelope?;
    let text = |member: &Member| is_text(api, &member.ty);
    let previous = ["previous", "prev"];
    let turns =
        envelope.members.iter().any(|member| previous.contains(&name(member).as_str()) && text(member));
    let next = find(api, of, envelope, &mut |member, about| {
        let name = name(member);
        let url = URLS.contains(&name.as_str())
            || name == "next" && (about == Some("links") || about.is_none() && turns);
        url && text(member)
    })?;
    Some(paging_of(listing, PageStyle::Url, None, next, more(api, of, envelope)))
}

/// The URL of the next page in the header `Link`, where the document declares it.
fn by_link(op: &Operation, at: usize, listing: &Listing<'_>) -> Option<Paging> {
    let declared = op.responses.get(at).is_some_and(|response| response.header("link").is_some());
    declared.then(|| paging_of(listing, PageStyle::Link, None, Vec::new(), Vec::new()))
}

/// By page number. The first page has the number that the server takes for granted.
fn by_number(api: &Api, op: &Operation, listing: &Listing<'_>) -> Option<Paging> {
    let paging = by_count(api, op, listing, &NUMBER, PageStyle::Number(1))?;
    let default = paging.param.and_then(|param| op.params[param].default.as_deref());
    let first = default.and_then(|json| json.parse().ok()).unwrap_or(1);
    Some(Paging { style: PageStyle::Number(first), ..paging })
}

/// By page number or offset: only where the size of pages can be asked for, or the response says whether there is more.
fn by_count(
    api: &Api,
    op: &Operation,
    listing: &Listing<'_>,
    names: &[&str],
    style: PageStyle,
) -> Option<Paging> {
    let integer = |ty: &Ty| is_integer(api, ty);
    let param = param(op, names, integer)?;
    let more = listing.envelope.map(|(of, envelope)| more(api, of, envelope)).unwrap_or_default();
    let sure = param_any(op, &SIZE, integer) || !more.is_empty();
    sure.then(|| paging_of(listing, style, Some(param), Vec::new(), more))
}

fn paging_of(
    listing: &Listing<'_>,
    style: PageStyle,
    param: Option<usize>,
    next: Vec<PathStep>,
    more: Vec<PathStep>,
) -> Paging {
    Paging { style, param, items: listing.items.clone(), item: listing.item.clone(), next, more }
}

/// The way to a member of the envelope, or of what it holds about the page, at most two objects down.
fn find(
    api: &Api,
    of: TypeId,
    envelope: &Struct,
    want: &mut dyn FnMut(&Member, Option<&str>) -> bool,
) -> Option<Vec<PathStep>> {
    find_below(api, of, envelope, None, 2, want)
}

fn find_below(
    api: &Api,
    of: TypeId,
    shape: &Struct,
    about: Option<&str>,
    depth: u8,
    want: &mut dyn FnMut(&Member, Option<&str>) -> bool,
) -> Option<Vec<PathStep>> {
    let usable = || shape.members.iter().enumerate().filter(|(_, member)| member.constant.is_none());
    if let Some((member, _)) = usable().find(|(_, member)| want(member, about)) {
        return Some(vec![PathStep { of, member }]);
    }
    for (at, member) in usable().filter(|(_, member)| depth > 0 && ABOUT.contains(&name(member).as_str())) {
        let Some((inner, below)) = object(api, &member.ty) else { continue };
        if let Some(mut way) = find_below(api, inner, below, Some(&name(member)), depth - 1, want) {
            way.insert(0, PathStep { of, member: at });
            return Some(way);
        }
    }
    None
}

fn more(api: &Api, of: TypeId, envelope: &Struct) -> Vec<PathStep> {
    let is_more = |member: &Member| MORE.contains(&name(member).as_str());
    let is_bool = |member: &Member| matches!(walk::behind(api, &member.ty), Ty::Bool);
    find(api, of, envelope, &mut |member, _| is_more(member) && is_bool(member)).unwrap_or_default()
}

/// Position of the optional query parameter of one of these names.
fn param(op: &Operation, names: &[&str], fits: impl Fn(&Ty) -> bool) -> Option<usize> {
    let candidate = |name: &str| {
        op.params.iter().position(|param| {
            let own = param.location == Location::Query && !param.required;
            own && word::words(&param.wire).join("_") == name && fits(&param.ty)
        })
    };
    names.iter().find_map(|name| candidate(name))
}

fn param_any(op: &Operation, names: &[&str], fits: impl Fn(&Ty) -> bool) -> bool {
    let named = |wire: &str| names.contains(&word::words(wire).join("_").as_str());
    op.params.iter().any(|param| param.location == Location::Query && named(&param.wire) && fits(&param.ty))
}

fn is_text(api: &Api, ty: &Ty) -> bool {
    matches!(walk::behind(api, ty), Ty::String | Ty::Format(Format::Uuid))
}

fn is_integer(api: &Api, ty: &Ty) -> bool {
    matches!(walk::behind(api, ty), Ty::Int(_))
}

#[cfg(test)]
mod tests;
