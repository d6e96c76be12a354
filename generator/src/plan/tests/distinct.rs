//! Names that stand in one scope of the output are distinct, and everything stands in it once.

use std::collections::HashSet;

use crate::plan::naming::name::fold;
use crate::sdk::{Ident, Sdk, Shape};

/// Panics with the location of what is not so.
pub(super) fn check(sdk: &Sdk) {
    types(sdk);
    operations(sdk);
    resources(sdk);
}

fn types(sdk: &Sdk) {
    let mut names = HashSet::new();
    for (id, ty) in sdk.types.entries() {
        let listed = sdk.modules.entries().filter(|(_, module)| module.types.contains(&id));
        let listed: Vec<_> = listed.map(|(module, _)| module).collect();
        let expected = if ty.is_unwritten { Vec::new() } else { vec![ty.module] };
        assert_eq!(listed, expected, "modules of `{}`", ty.origin);
        assert!(names.insert(fold(ty.name.as_str())), "two types `{}`", ty.name);
        let fields = ty.fields().iter().map(|field| &field.name);
        let (fields, variants): (Vec<&Ident>, Vec<&Ident>) = match &ty.shape {
            Shape::Struct(of) => {
                (fields.chain(of.additional.iter().map(|of| &of.name)).collect(), Vec::new())
            }
            Shape::Enum(of) => (Vec::new(), ty.variants().into_iter().chain([&of.unknown]).collect()),
            Shape::Union(of) => (Vec::new(), ty.variants().into_iter().chain([&of.unknown]).collect()),
            Shape::Alias(_) | Shape::Wrapper(_) => Default::default(),
        };
        assert!(distinct(fields), "two fields of one name in `{}`", ty.origin);
        assert!(distinct(variants), "two variants of one name in `{}`", ty.origin);
    }
}

fn operations(sdk: &Sdk) {
    for (id, op) in sdk.operations.entries() {
        let listed = sdk.resources.iter().filter(|resource| resource.operations.contains(&id)).count();
        assert_eq!(listed, 1, "resources of `{}`", op.label);
        let arguments =
            op.params.iter().map(|param| &param.name).chain(op.body.iter().map(|body| &body.name));
        assert!(distinct(arguments), "two arguments of one name in `{}`", op.origin);
        let contents = op.body.as_ref().map_or(1, |body| body.contents.len().max(1));
        assert_eq!(op.methods.len(), contents, "methods of `{}`", op.origin);
    }
}

fn resources(sdk: &Sdk) {
    for resource in &sdk.resources {
        let place = &resource.full;
        let children = || resource.children.iter().map(|child| &sdk.resources[child]);
        let own = || resource.operations.iter().map(|id| &sdk.operations[id]);
        assert!(distinct(children().map(|child| &child.module)), "two modules of one name in `{place}`");
        let methods = own().flat_map(|op| &op.methods).map(|method| &method.name);
        assert!(distinct(children().map(|child| &child.accessor).chain(methods)), "two methods in `{place}`");
        assert!(distinct(own().map(|op| &op.call).chain([&resource.handle])), "two types in `{place}`");
        assert!(distinct(own().map(|op| &op.route)), "two routes of one name in `{place}`");
    }
}

fn distinct<'a>(names: impl IntoIterator<Item = &'a Ident>) -> bool {
    // as written: `TYPE` and `type_` may stand in one list without being in one scope
    let mut seen = HashSet::new();
    names.into_iter().all(|name| seen.insert(name.as_str()))
}
