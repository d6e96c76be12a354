//! A visit to every use of a named type.

use super::{Api, Content, ContentKind, Owner, Shape, Ty, TypeId, TypeName};

impl Api {
    /// Calls `visit` for each place that names a type.
    pub(crate) fn each_type(&mut self, visit: &mut impl FnMut(&mut TypeId)) {
        for ty in &mut self.types {
            if let TypeName::Inline { owner: Owner::Type(id), .. } = &mut ty.name {
                visit(id);
            }
            match &mut ty.shape {
                Shape::Struct(of) => {
                    of.members.iter_mut().for_each(|member| each(&mut member.ty, visit));
                    of.additional.iter_mut().for_each(|ty| each(ty, visit));
                }
                Shape::Union(of) => of.variants.iter_mut().for_each(|variant| each(&mut variant.ty, visit)),
                Shape::Alias(ty) | Shape::Wrapper(ty) => each(ty, visit),
                Shape::Enum(_) => {}
            }
        }
        for operation in &mut self.operations {
            operation.params.iter_mut().for_each(|param| each(&mut param.ty, visit));
            operation.contents_mut().for_each(|content| in_content(content, visit));
        }
        self.bodies.iter_mut().for_each(|(_, ty)| each(ty, visit));
        self.payloads.iter_mut().for_each(visit);
    }
}

fn in_content(content: &mut Content, visit: &mut impl FnMut(&mut TypeId)) {
    match &mut content.kind {
        ContentKind::Json(ty)
        | ContentKind::Form(ty)
        | ContentKind::Multipart(ty)
        | ContentKind::Events(ty)
        | ContentKind::Lines(ty) => each(ty, visit),
        ContentKind::Xml(body) => each(&mut body.ty, visit),
        ContentKind::Text | ContentKind::Bytes => {}
    }
}

fn each(ty: &mut Ty, visit: &mut impl FnMut(&mut TypeId)) {
    match ty {
        Ty::Named(id) => visit(id),
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => each(inner, visit),
        Ty::Tuple(items) => items.iter_mut().for_each(|item| each(item, visit)),
        _ => {}
    }
}
