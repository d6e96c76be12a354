//! Names with the namespace they come from, as generators of descriptions write them: `Acme.Api.Models.Order`,
//! `io.k8s.api.core.v1.Pod`, `Page[Acme.Api.Models.Order]`.
//!
//! In: a wire name. Out: what it is called without namespaces, and with more and more of them. Two parts (`issuing.card`) are no
//! namespace: there the first part belongs to what the thing is.

/// Parts from which on a name has a namespace.
const PARTS: usize = 3;

/// Parts of a namespace that are asked for before the whole of it.
const MOST: usize = 3;

/// Last parts that say nothing without the part before.
const VAGUE: [&str; 16] = [
    "Data", "Details", "Error", "Info", "Item", "Links", "List", "Model", "Object", "Options", "Params",
    "Request", "Response", "Result", "Status", "Type",
];

/// The shorter names of a qualified name, shortest first, as texts to be split into words; none if it is not qualified.
pub(crate) fn qualified(name: &str) -> Vec<String> {
    if name.bytes().filter(|byte| *byte == b'.').count() + 1 < PARTS {
        return Vec::new();
    }
    let name = without_assemblies(name);
    let runs = runs(&name);
    if !runs.iter().any(|run| run.len() >= PARTS && is_qualified(run)) {
        return Vec::new();
    }
    let least = if runs.len() > 1 { 2 } else { PARTS };
    let kept = |run: &Vec<&str>, parts: usize| {
        let vague = runs.len() == 1
            && run.last().is_some_and(|last| VAGUE.iter().any(|word| last.eq_ignore_ascii_case(word)));
        let from = if run.len() < least || !is_qualified(run) {
            0
        } else {
            run.len().saturating_sub(parts + usize::from(vague))
        };
        run[from..].join(" ")
    };
    let text = |parts: usize| runs.iter().map(|run| kept(run, parts)).collect::<Vec<_>>().join(" ");
    let whole = text(usize::MAX - 1);
    let mut names: Vec<String> = (1..=MOST).map(text).filter(|name| *name != whole).collect();
    names.dedup();
    names
}

/// Whether the parts of a run are a namespace and a name: neither a version (`1.0.0`) nor an event (`order.item.created`).
fn is_qualified(run: &[&str]) -> bool {
    let version = |part: &&str| {
        part.strip_prefix(['v', 'V']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    run.iter().all(|part| part.starts_with(char::is_alphabetic))
        && (run.last().is_some_and(|last| last.starts_with(char::is_uppercase)) || run.iter().any(version))
}

/// What .NET writes behind the arguments of a generic type (`, Acme, Version=1.0.0.0, …, PublicKeyToken=null`) goes.
fn without_assemblies(name: &str) -> String {
    if !name.contains("PublicKeyToken=") {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        inside = (inside || c == ',') && c != ']';
        if !inside {
            out.push(c);
        }
    }
    out
}

/// The dotted runs of a name, each as its parts. `_` ends a run where it stands for a bracket: behind a part that begins with a
/// capital (`Page_Acme.Api.Order_`, not `api.v1.phone_number`).
fn runs(name: &str) -> Vec<Vec<&str>> {
    let mut runs = Vec::new();
    let (mut run, mut start) = (Vec::new(), 0);
    let ends = name.char_indices().chain([(name.len(), ' ')]);
    for (at, c) in ends {
        let part = &name[start..at];
        let bracket = c == '_' && part.starts_with(|c: char| c.is_uppercase());
        if !bracket && (c.is_alphanumeric() || matches!(c, '_' | '-')) {
            continue;
        }
        let part = part.trim_matches(['_', '-']);
        if !part.is_empty() {
            run.push(part);
        }
        start = at + c.len_utf8();
        if c != '.' {
            runs.extend(Some(std::mem::take(&mut run)).filter(|run: &Vec<&str>| !run.is_empty()));
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::qualified;

    #[test]
    fn namespaces_go_from_the_front() {
        let names = |name: &str| qualified(name).join(" | ");
        assert_eq!(names("io.k8s.api.core.v1.Pod"), "Pod | v1 Pod | core v1 Pod");
        assert_eq!(
            names("api.v1.account.phone_number"),
            "phone_number | account phone_number | v1 account phone_number"
        );
        assert_eq!(
            names("Acme.Api.OrderController.Response"),
            "OrderController Response | Api OrderController Response"
        );
        assert_eq!(
            names("Acme.Page_System.Collections.List_Acme.Models.Order_"),
            "Page List Order | Acme Page Collections List Models Order"
        );
        assert_eq!(
            names(
                "Acme.Api.Page`1[[Acme.Api.Order, Acme, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null]]"
            ),
            "Page 1 Order | Api Page 1 Api Order"
        );
        assert_eq!(
            names("Ok_List_acme.entities.small_order.SmallOrder__"),
            "Ok List SmallOrder | Ok List small_order SmallOrder | Ok List entities small_order SmallOrder"
        );
        assert_eq!(names("#Acme.Media.AacAudio"), "AacAudio | Media AacAudio");
        for plain in [
            "issuing.card",
            "order.item.created",
            "Order",
            "a.b",
            "v1.2.3",
            "release.1.0",
            "…",
            "",
            "..",
            "a..b",
        ] {
            assert_eq!(names(plain), "", "`{plain}`");
        }
    }
}
