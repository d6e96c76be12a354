//! Paging as `[paging]` of `sdk.toml` names it.

use super::listing::{Listing, listing};
use crate::config::{PagingBy, PagingStyle};
use crate::diag::Sink;
use crate::ir::{Api, Location, Operation, Ty};
use crate::plan::behaviour::way::{self, Astray, End};
use crate::pointer::Pointer;
use crate::sdk::{Outcome, PageStyle, Paging, PathStep};

/// What is wrong, and at which key of the choice.
type Refusal = (Option<&'static str>, Astray);

/// How an operation is paged by a choice.
pub(super) fn chosen(
    api: &Api,
    op: &Operation,
    outcome: &Outcome,
    (key, by): (&str, &PagingBy),
    sink: &mut Sink,
) -> Option<Paging> {
    read(api, op, outcome, by)
        .map_err(|(below, astray)| {
            let at = Pointer::root().child("paging").child(key);
            astray.report(&below.map_or(at.clone(), |below| at.child(below)), sink);
        })
        .ok()
}

fn read(api: &Api, op: &Operation, outcome: &Outcome, by: &PagingBy) -> Result<Paging, Refusal> {
    let ty = match outcome {
        Outcome::One(at) => way::json(op, *at),
        Outcome::Optional(_) | Outcome::Choice { .. } => None,
    };
    let ty = ty.ok_or_else(|| {
        let message = format!("`{} {}` does not respond with one type of JSON", op.method, op.path);
        (None, astray(message, "remove the line"))
    })?;
    let Listing { items, item, .. } = items(api, ty, by)?;
    let style = match by.style {
        PagingStyle::Cursor => PageStyle::Cursor,
        PagingStyle::Last => PageStyle::LastItem,
        PagingStyle::Page => PageStyle::Number(by.first.unwrap_or(1)),
        PagingStyle::Offset => PageStyle::Offset,
        PagingStyle::Link => PageStyle::Link,
        PagingStyle::Url => PageStyle::Url,
    };
    let next = match (by.style, &by.next) {
        (PagingStyle::Cursor | PagingStyle::Url, Some(text)) => steps(api, ty, text, "next")?,
        (PagingStyle::Last, Some(text)) => steps(api, item, text, "next")?,
        (PagingStyle::Cursor | PagingStyle::Url | PagingStyle::Last, None) => {
            let message = format!("paging by `{}` needs `next`", by.style.as_str());
            return Err((
                None,
                astray(message, "write the path to it, such as `next = \"meta.next_cursor\"`"),
            ));
        }
        (PagingStyle::Page | PagingStyle::Offset | PagingStyle::Link, _) => Vec::new(),
    };
    let more = by.more.as_deref().map(|text| steps(api, ty, text, "more")).transpose()?.unwrap_or_default();
    if let (Some(text), false) = (&by.more, is_bool(api, ty, by.more.as_deref())) {
        return Err((Some("more"), astray(format!("`{text}` is not a boolean"), "remove the line")));
    }
    Ok(Paging { style, param: param(op, by)?, items, item: item.clone(), next, more })
}

fn items<'a>(api: &'a Api, ty: &'a Ty, by: &PagingBy) -> Result<Listing<'a>, Refusal> {
    let Some(text) = &by.items else {
        return listing(api, ty).ok_or_else(|| {
            let help = "write the path to the array, such as `items = \"data\"`";
            (None, astray("the array of items is ambiguous".to_owned(), help))
        });
    };
    let way = way::way(api, ty, text).map_err(|astray| (Some("items"), astray))?;
    match way.end {
        End::Value(Ty::List(item)) => Ok(Listing { items: way.steps, item, envelope: None, told: true }),
        End::Value(_) | End::Tag(_) => {
            let what = if text.is_empty() { "the response".to_owned() } else { format!("`{text}`") };
            Err((
                Some("items"),
                astray(format!("{what} is not an array"), "write the path to the array of items"),
            ))
        }
    }
}

fn steps(api: &Api, from: &Ty, text: &str, key: &'static str) -> Result<Vec<PathStep>, Refusal> {
    let way = way::way(api, from, text).map_err(|astray| (Some(key), astray))?;
    match way.end {
        End::Value(Ty::String | Ty::Int(_) | Ty::Format(_) | Ty::Bool) if !way.steps.is_empty() => {
            Ok(way.steps)
        }
        End::Value(_) | End::Tag(_) => Err((
            Some(key),
            astray(format!("`{text}` is not a scalar"), "write the path to a string or a number"),
        )),
    }
}

fn is_bool(api: &Api, ty: &Ty, text: Option<&str>) -> bool {
    let way = text.map(|text| way::way(api, ty, text));
    matches!(way, Some(Ok(way::Way { end: End::Value(Ty::Bool), .. })))
}

fn param(op: &Operation, by: &PagingBy) -> Result<Option<usize>, Refusal> {
    if matches!(by.style, PagingStyle::Link | PagingStyle::Url) {
        return Ok(None);
    }
    let queries = || op.params.iter().filter(|param| param.location == Location::Query);
    let known: Vec<&str> = queries().map(|param| param.wire.as_str()).collect();
    let Some(name) = &by.param else {
        let message = format!("paging by `{}` needs `param`", by.style.as_str());
        return Err((None, astray(message, "write the query parameter that requests the next page")));
    };
    let found = op.params.iter().position(|param| param.location == Location::Query && param.wire == *name);
    let unknown = || (Some("param"), way::unknown("the operation", "query parameter", name, &known));
    found.map(Some).ok_or_else(unknown)
}

fn astray(message: String, help: &str) -> Astray {
    Astray { message, help: help.to_owned() }
}
