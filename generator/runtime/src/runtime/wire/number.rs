//! Numbers of JSON: exact where a Rust type can hold them, refused where it cannot.

use super::{DecodeError, Reader};

/// Longest number (in digits, exponent applied) that is looked at as an integer; `u64` needs 20.
const DIGITS: usize = 40;

impl<'a> Reader<'a> {
    /// Passes over a number and gives its text.
    ///
    /// # Errors
    ///
    /// When something else comes next.
    pub fn number(&mut self) -> Result<&'a str, DecodeError> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.mismatch("a number"));
        }
        let start = self.at;
        if self.bytes()[self.at] == b'-' {
            self.at += 1;
        }
        if self.bytes().get(self.at) == Some(&b'0') {
            self.at += 1;
            if self.bytes().get(self.at).is_some_and(u8::is_ascii_digit) {
                return Err(self.refuse(start, "a number", "a number with leading zeros"));
            }
        } else {
            self.digits()?;
        }
        if self.bytes().get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.bytes().get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes().get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(&self.text[start..self.at])
    }

    fn digits(&mut self) -> Result<(), DecodeError> {
        let start = self.at;
        while self.bytes().get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at == start { Err(self.syntax("a digit")) } else { Ok(()) }
    }

    /// Reads an integer; `1.0` and `1e3` are integers too, but count as not fully understood: a union with a float
    /// takes them as such, and they go back with a fraction.
    ///
    /// # Errors
    ///
    /// When something else comes next, or it lies outside of the bounds.
    pub(super) fn integer(&mut self, min: i128, max: i128, name: &'static str) -> Result<i128, DecodeError> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.mismatch("an integer"));
        }
        let start = self.at;
        if let Some(value) = self.short_integer() {
            if i128::from(value) >= min && i128::from(value) <= max {
                return Ok(i128::from(value));
            }
            return Err(self.refuse(start, name, "an integer out of its bounds"));
        }
        self.at = start;
        let text = self.number()?;
        match whole(text) {
            Whole::Value(value) if value >= min && value <= max => {
                // The text is no plain integer unless it is a long one. `-0` has a sign that an integer would lose.
                if value == 0 || text.contains(['.', 'e', 'E']) {
                    self.count_unknown();
                }
                Ok(value)
            }
            Whole::Fraction => Err(self.refuse(start, "an integer", "a number with a fraction")),
            Whole::Value(_) | Whole::Huge => Err(self.refuse(start, name, "an integer out of its bounds")),
        }
    }

    /// The common case: up to 18 digits and nothing else. `None` asks for the long way.
    #[inline]
    fn short_integer(&mut self) -> Option<i64> {
        let bytes = self.bytes();
        let negative = bytes.get(self.at) == Some(&b'-');
        let start = self.at + usize::from(negative);
        let (mut at, mut value) = (start, 0_i64);
        while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
            if at - start == 18 {
                return None;
            }
            value = value * 10 + i64::from(digit - b'0');
            at += 1;
        }
        let odd_zero = bytes.get(start) == Some(&b'0') && (negative || at > start + 1);
        if at == start || odd_zero || matches!(bytes.get(at), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.at = at;
        Some(if negative { -value } else { value })
    }

    /// Reads a number as a float.
    ///
    /// # Errors
    ///
    /// When something else comes next, or it is too large.
    pub(super) fn float(&mut self) -> Result<f64, DecodeError> {
        let start = self.place();
        let text = self.number()?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(self.refuse(start, "a number within the range of `f64`", "a larger one")),
        }
    }
}

/// A number looked at as an integer.
pub(super) enum Whole {
    Value(i128),
    Fraction,
    Huge,
}

/// The integer that a number of valid JSON grammar stands for.
pub(super) fn whole(text: &str) -> Whole {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integral, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let negative = integral.starts_with('-');
    let digits = [integral.trim_start_matches('-'), fraction].concat();
    let kept = digits.trim_end_matches('0');
    let significant = kept.trim_start_matches('0');
    if significant.is_empty() {
        return Whole::Value(0);
    }
    // The value is `significant` times ten to the power of `shift`.
    let exponent =
        exponent.parse::<i64>().unwrap_or(if exponent.starts_with('-') { -1 << 40 } else { 1 << 40 });
    let point =
        i64::try_from(digits.len() - kept.len()).unwrap_or(0) - i64::try_from(fraction.len()).unwrap_or(0);
    let shift = exponent.saturating_add(point);
    let Ok(zeros) = usize::try_from(shift) else { return Whole::Fraction };
    if zeros > DIGITS || significant.len() + zeros > DIGITS - 2 {
        return Whole::Huge;
    }
    let value = significant.bytes().chain(std::iter::repeat_n(b'0', zeros));
    let value = value.fold(0_i128, |value, digit| value * 10 + i128::from(digit - b'0'));
    Whole::Value(if negative { -value } else { value })
}
