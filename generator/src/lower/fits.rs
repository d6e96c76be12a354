//! Whether a JSON value can be held by a type.

use serde_json::Value;

use crate::ir::{EnumRepr, Format, IntKind, Presence, Shape, Ty, Types};

/// How many named types are looked through without going deeper into the value.
const LIMIT: u8 = 32;

/// Whether decoding `value` as `ty` would work.
pub(super) fn fits(types: &Types, value: &Value, ty: &Ty) -> bool {
    looks(types, value, ty, LIMIT)
}

fn looks(api: &Types, value: &Value, ty: &Ty, limit: u8) -> bool {
    match ty {
        Ty::Any => true,
        Ty::Unit => false,
        Ty::Boxed(inner) => looks(api, value, inner, limit),
        Ty::Nullable(inner) => value.is_null() || looks(api, value, inner, limit),
        Ty::Bool => value.is_boolean(),
        Ty::Int(IntKind::U64 | IntKind::U32) => {
            value.as_f64().is_some_and(|n| n.fract() == 0.0 && n >= 0.0 && (n < 1.8e19 || value.is_u64()))
        }
        Ty::Int(IntKind::I64 | IntKind::I32) => {
            value.as_f64().is_some_and(|n| n.fract() == 0.0 && n.abs() < 9.2e18)
        }
        Ty::Float => value.is_number(),
        Ty::String | Ty::Secret => value.is_string(),
        Ty::Format(format) => value.as_str().is_some_and(|text| fits_format(text, *format)),
        Ty::Object => value.is_object(),
        Ty::List(item) => {
            value.as_array().is_some_and(|items| items.iter().all(|value| fits(api, value, item)))
        }
        Ty::Map(item) => {
            value.as_object().is_some_and(|map| map.values().all(|value| fits(api, value, item)))
        }
        Ty::Tuple(items) => value.as_array().is_some_and(|values| {
            values.len() == items.len() && values.iter().zip(items).all(|(value, ty)| fits(api, value, ty))
        }),
        // Nobody here knows what such a type takes.
        Ty::Foreign(_) => false,
        Ty::Named(_) if limit == 0 => false,
        Ty::Named(id) => fits_shape(api, value, &api[id].shape, limit - 1),
    }
}

fn fits_shape(api: &Types, value: &Value, shape: &Shape, limit: u8) -> bool {
    match shape {
        Shape::Alias(ty) | Shape::Wrapper(ty) => looks(api, value, ty, limit),
        Shape::Enum(list) => match list.repr {
            EnumRepr::String => {
                value.as_str().is_some_and(|text| list.values.iter().any(|value| value.wire == text))
            }
            EnumRepr::Integer => {
                let text = value.to_string();
                value.is_number() && list.values.iter().any(|known| known.wire == text)
            }
        },
        Shape::Struct(structure) => value.as_object().is_some_and(|object| {
            structure.members.iter().all(|member| match object.get(&member.wire) {
                None => {
                    !matches!(member.presence, Presence::Required | Presence::Nullable)
                        || member.constant.is_some()
                }
                Some(Value::Null) => member.presence != Presence::Required || member.ty == Ty::Any,
                Some(value) => member.constant.is_some() || fits(api, value, &member.ty),
            })
        }),
        Shape::Union(union) => union.variants.iter().any(|variant| looks(api, value, &variant.ty, limit)),
    }
}

/// A light look at the text; only forms that the runtime certainly reads pass.
fn fits_format(text: &str, format: Format) -> bool {
    let digits =
        |text: &str, at: &[usize]| at.iter().all(|i| text.as_bytes().get(*i).is_some_and(u8::is_ascii_digit));
    match format {
        Format::Binary => true,
        Format::Base64 => {
            text.len().is_multiple_of(4)
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
        }
        Format::Base64Url => {
            // As it would be written, and nothing else, as for date-times.
            let step = [1, 0, 16, 4][text.len() % 4];
            let last = text.bytes().last().map_or(0, digit_of_base64url);
            step > 0 && text.bytes().all(|b| digit_of_base64url(b) < 64) && last.is_multiple_of(step)
        }
        Format::Date => text.len() == 10 && digits(text, &[0, 1, 2, 3, 5, 6, 8, 9]),
        Format::DateTime => {
            // As it would be written: another spelling of a default would be taken for a value that was set.
            let canonical = text.len() == 20 && text.ends_with('Z');
            canonical && digits(text, &[0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18])
        }
        Format::Time => text.len() == 8 && digits(text, &[0, 1, 3, 4, 6, 7]),
        Format::Uuid => text.len() == 36 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'),
        Format::Decimal => text.parse::<f64>().is_ok_and(f64::is_finite),
    }
}

/// The value of a digit of base64url; 64 for what is none.
fn digit_of_base64url(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => 64,
    }
}
