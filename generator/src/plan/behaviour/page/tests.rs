use crate::ir::{Api, ContentKind, IntKind, Location, Member, OpId, Shape, Status, Ty, TypeId};
use crate::plan::tests::build::*;
use crate::sdk::Sdk;

const INT: Ty = Ty::Int(IntKind::I64);

/// A `GET` with these query parameters that responses with this.
fn get(api: &mut Api, params: &[(&str, Ty)], ty: Ty) -> OpId {
    let id = operation(api, "pets", "-", "GET /pets");
    op(api, id).params = params.iter().map(|(wire, ty)| param(Location::Query, wire, ty.clone())).collect();
    op(api, id).responses = vec![response(Status::Code(200), Some(ContentKind::Json(ty)))];
    id
}

fn told(plan: &Sdk) -> String {
    let op = &plan.operations[0];
    let Some(paging) = &plan.operations[0].paging else { return "none".into() };
    let way = |steps: &[crate::sdk::PathStep]| {
        steps.iter().map(|step| plan.field(step).wire.clone()).collect::<Vec<_>>().join(".")
    };
    let (style, param) = (paging.style, paging.param.map_or("-", |param| &op.params[param].wire));
    format!("{style:?} {param}: {} next {} more {}", way(&paging.items), way(&paging.next), way(&paging.more))
}

/// Parameters, and what makes the members of the response.
type Case = (&'static [(&'static str, Ty)], fn(&mut Api, TypeId) -> Vec<Member>);

fn envelope(params: &[(&str, Ty)], members: impl FnOnce(&mut Api, TypeId) -> Vec<Member>) -> String {
    let mut api = api();
    let pet = component(&mut api, "Pet", object(vec![member("id", Ty::String)]));
    let members = members(&mut api, pet);
    let list = component(&mut api, "PetList", object(members));
    get(&mut api, params, Ty::Named(list));
    told(&planned(api).0)
}

fn pets(wire: &str, pet: TypeId) -> Member {
    member(wire, list(Ty::Named(pet)))
}

#[test]
fn the_envelope_of_retab() {
    let told = envelope(&[("before", Ty::String), ("after", Ty::String), ("limit", INT)], |api, pet| {
        let meta = object(vec![optional("before", Ty::String), optional("after", Ty::String)]);
        let meta = component(api, "ListMetadata", meta);
        vec![pets("data", pet), member("list_metadata", Ty::Named(meta))]
    });
    assert_eq!(told, "Cursor after: data next list_metadata.after more ");
}

#[test]
fn tokens_beside_the_list() {
    let told = envelope(&[("pageToken", Ty::String)], |_, pet| {
        vec![pets("results", pet), optional("nextPageToken", Ty::String), optional("has_more", Ty::Bool)]
    });
    assert_eq!(told, "Cursor pageToken: results next nextPageToken more has_more");
}

#[test]
fn the_pages_of_dropshot() {
    let told = envelope(&[("limit", INT), ("page_token", Ty::String)], |_, pet| {
        vec![pets("items", pet), optional("next_page", Ty::String)]
    });
    assert_eq!(told, "Cursor page_token: items next next_page more ");
    // A number is not the token, and under another parameter a text may be a URL.
    let number = |_: &mut Api, pet| vec![pets("items", pet), optional("next_page", INT)];
    assert_eq!(envelope(&[("page_token", Ty::String)], number), "none");
    let text = |_: &mut Api, pet| vec![pets("items", pet), optional("next_page", Ty::String)];
    assert_eq!(envelope(&[("cursor", Ty::String)], text), "none");
}

#[test]
fn the_last_item_is_the_cursor() {
    let members = |_: &mut Api, pet| vec![pets("data", pet), member("has_more", Ty::Bool)];
    assert_eq!(
        envelope(&[("starting_after", Ty::String)], members),
        "LastItem starting_after: data next id more has_more"
    );
    let with_last = |_: &mut Api, pet| {
        vec![pets("data", pet), member("has_more", Ty::Bool), member("last_id", Ty::String)]
    };
    assert_eq!(
        envelope(&[("after", Ty::String)], with_last),
        "Cursor after: data next last_id more has_more"
    );
}

#[test]
fn numbers_and_offsets() {
    let members = |_: &mut Api, pet| vec![pets("pets", pet), member("total", INT)];
    assert_eq!(envelope(&[("page", INT), ("per_page", INT)], members), "Number(1) page: pets next  more ");
    assert_eq!(envelope(&[("offset", INT), ("limit", INT)], members), "Offset offset: pets next  more ");
    let mut api = api();
    let pet = component(&mut api, "Pet", object(vec![]));
    let alias = component(&mut api, "Pets", Shape::Alias(list(Ty::Named(pet))));
    get(&mut api, &[("page", INT), ("per_page", INT)], Ty::Named(alias));
    assert_eq!(told(&planned(api).0), "Number(1) page:  next  more ");
}

#[test]
fn the_first_number_is_the_servers_default() {
    let mut api = api();
    let pet = component(&mut api, "Pet", object(vec![]));
    let id = get(&mut api, &[("page", INT), ("size", INT)], list(Ty::Named(pet)));
    op(&mut api, id).params[0].default = Some("0".into());
    assert_eq!(told(&planned(api).0), "Number(0) page:  next  more ");
}

#[test]
fn urls_of_the_next_page() {
    let url = |wire: &'static str| {
        envelope(&[("page", INT)], move |_, pet| vec![pets("data", pet), optional(wire, Ty::String)])
    };
    assert_eq!(url("nextPageUrl"), "Url -: data next nextPageUrl more ");
    assert_eq!(url("@odata.nextLink"), "Url -: data next @odata.nextLink more ");
    assert_eq!(url("next"), "none");
    let told = envelope(&[("page", INT)], |_, pet| {
        vec![
            member("count", INT),
            optional("next", Ty::String),
            optional("previous", Ty::String),
            pets("results", pet),
        ]
    });
    assert_eq!(told, "Url -: results next next more ");
    let told = envelope(&[], |api, pet| {
        let links =
            component(api, "Links", object(vec![optional("next", Ty::String), optional("prev", Ty::String)]));
        vec![pets("data", pet), optional("links", Ty::Named(links))]
    });
    assert_eq!(told, "Url -: data next links.next more ");
}

#[test]
fn a_declared_link_header_goes_before_numbers() {
    let mut api = api();
    let pet = component(&mut api, "Pet", object(vec![]));
    let id = get(&mut api, &[("page", INT), ("per_page", INT)], list(Ty::Named(pet)));
    op(&mut api, id).responses[0].headers = vec![header("Link")];
    assert_eq!(told(&planned(api).0), "Link -:  next  more ");
}

#[test]
fn a_token_called_offset() {
    let told = envelope(&[("limit", INT), ("offset", Ty::String)], |api, pet| {
        let next =
            component(api, "NextPage", object(vec![member("offset", Ty::String), member("uri", Ty::String)]));
        vec![pets("data", pet), optional("next_page", Ty::Named(next))]
    });
    assert_eq!(told, "Cursor offset: data next next_page.offset more ");
}

#[test]
fn a_list_of_texts_is_paged_where_the_response_says_what_is_next() {
    let told = envelope(&[("cursor", Ty::String), ("limit", INT)], |_, _| {
        vec![member("members", list(Ty::String)), optional("next_cursor", Ty::String)]
    });
    assert_eq!(told, "Cursor cursor: members next next_cursor more ");
}

#[test]
fn only_what_is_certain() {
    let none: [Case; 7] = [
        // no parameter asks for the next page
        (&[("limit", INT)], |_, pet| vec![pets("data", pet), optional("next_cursor", Ty::String)]),
        // `next` at the top may be a URL
        (&[("cursor", Ty::String)], |_, pet| vec![pets("data", pet), optional("next", Ty::String)]),
        // two lists
        (&[("page", INT), ("limit", INT)], |_, pet| vec![pets("cats", pet), pets("dogs", pet)]),
        // a list of texts beside nothing that is known
        (&[("page", INT), ("limit", INT)], |_, _| vec![member("names", list(Ty::String))]),
        // the parameter is a number, the cursor a text
        (&[("cursor", INT)], |_, pet| vec![pets("data", pet), optional("next_cursor", Ty::String)]),
        // a page of what size
        (&[("page", INT)], |_, pet| vec![pets("data", pet)]),
        // the end cannot be told
        (&[("starting_after", Ty::String)], |_, pet| vec![pets("data", pet)]),
    ];
    for (at, (params, members)) in none.into_iter().enumerate() {
        assert_eq!(envelope(params, members), "none", "case {at}");
    }
}

#[test]
fn writes_are_not_paged() {
    let mut api = api();
    let pet = component(&mut api, "Pet", object(vec![]));
    let id = get(&mut api, &[("page", INT), ("limit", INT)], list(Ty::Named(pet)));
    op(&mut api, id).method = "DELETE".into();
    assert_eq!(told(&planned(api).0), "none");
}
