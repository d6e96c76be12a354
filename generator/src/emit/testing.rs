//! What types have behind the feature `testing`: `new` and setters of what no request carries, so that tests can make it. It stands
//! in files of its own, which a build without the feature does not even read.

use std::ops::Range;

use quote::quote;

use crate::sdk::{Field, ModuleId, Sdk, Shape, Struct, Type};

use super::args;
use super::item::{Content, Item};
use super::page::Build;
use super::scope::{Scope, View};
use super::structs;

/// Whether a type has something behind the feature.
fn has_more(ty: &Type, shape: &Struct) -> bool {
    !ty.is_in_request || shape.fields.iter().any(|field: &Field| field.test_setter.is_some())
}

/// Whether a type of the module has.
pub(super) fn is_needed(sdk: &Sdk, id: ModuleId) -> bool {
    sdk.modules[id].types.iter().any(|id| match &sdk.types[id].shape {
        Shape::Struct(shape) => has_more(&sdk.types[id], shape),
        _ => false,
    })
}

/// A part of the file.
pub(super) fn module(sdk: &Sdk, id: ModuleId, part: Range<usize>) -> Content<'_> {
    let mut scope = Scope::new(sdk, View::Outside(3), Default::default());
    let mut items = Vec::new();
    if part.start == 0 && args::is_needed(sdk, id, Build::Testing) {
        items.push(Item::Code(quote!(
            pub(in super::super) mod args;
        )));
    }
    for id in &sdk.modules[id].types[part] {
        let ty = &sdk.types[id];
        if let Shape::Struct(shape) = &ty.shape
            && has_more(ty, shape)
        {
            structs::for_tests(&mut scope, *id, shape, &mut items);
        }
    }
    let what = "What types have for tests, behind the feature `testing`: the constructors and setters of what only responses carry.";
    Content { docs: vec![what.to_owned()], imports: scope.imports, items }
}
