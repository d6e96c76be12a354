use crate::ir::{Scheme, SchemeKind};
use crate::plan::tests::build::*;
use crate::pointer::Pointer;
use crate::sdk::Credential;

fn names(schemes: &[(&str, SchemeKind)]) -> Vec<String> {
    let mut api = api();
    let scheme = |(key, kind): &(&str, SchemeKind)| Scheme {
        key: (*key).into(),
        origin: Pointer::root(),
        kind: kind.clone(),
        description: None,
    };
    api.schemes = schemes.iter().map(scheme).collect();
    let (plan, _) = planned(api);
    let names = |one: &Credential| {
        std::iter::once(one.setter.to_string())
            .chain(one.source.as_ref().map(ToString::to_string))
            .collect::<Vec<_>>()
    };
    plan.credentials.iter().flat_map(names).collect()
}

#[test]
fn short_where_it_is_the_only_one() {
    let header = || SchemeKind::ApiKeyHeader("Api-Key".into());
    assert_eq!(names(&[("APIKeyHeader", header())]), ["api_key"]);
    assert_eq!(
        names(&[("a", header()), ("b", SchemeKind::Bearer), ("c", SchemeKind::Basic)]),
        ["api_key", "bearer_token", "basic_auth"]
    );
    assert_eq!(
        names(&[("appKey", header()), ("userKey", SchemeKind::ApiKeyQuery("k".into()))]),
        ["app_key", "user_key"]
    );
    assert_eq!(
        names(&[("api-key", header()), ("timeout", header())]),
        ["api_key_api_key", "timeout_api_key"]
    );
    assert_eq!(names(&[("mTLS", SchemeKind::Other("mutualTLS".into()))]), ["m_tls"]);
}

#[test]
fn tokens_from_somewhere_else_have_a_setter_where_others_are_fetched() {
    let client = || SchemeKind::ClientCredentials { token_url: "/token".into(), foreign: Vec::new() };
    assert_eq!(names(&[("machine", client())]), ["client_credentials", "client_credentials_source"]);
    assert_eq!(names(&[("a", client()), ("b", client())]), ["a", "a_source", "b", "b_source"]);
    assert_eq!(
        names(&[("a", client()), ("b", client()), ("aSource", SchemeKind::Basic), ("c", SchemeKind::Basic)]),
        ["a", "a_token_source", "b", "b_source", "a_source", "c"]
    );
}
