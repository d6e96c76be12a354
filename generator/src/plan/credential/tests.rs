use crate::ir::{Scheme, SchemeKind};
use crate::plan::tests::build::*;
use crate::pointer::Pointer;

fn names(schemes: &[(&str, SchemeKind)]) -> Vec<String> {
    let mut api = api();
    let scheme = |(key, kind): &(&str, SchemeKind)| Scheme {
        key: (*key).into(),
        origin: Pointer::root(),
        kind: kind.clone(),
        description: None,
    };
    api.schemes = schemes.iter().map(scheme).collect();
    planned(api).0.credentials.iter().map(|ident| ident.to_string()).collect()
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
