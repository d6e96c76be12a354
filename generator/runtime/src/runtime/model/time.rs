//! Dates and times, read leniently where the meaning is clear and written as RFC 3339.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use crate::runtime::wire::{DecodeError, Kinds, Reader, Wire, Writer};

impl Wire for DateTime<Utc> {
    const KINDS: Kinds = Kinds::STRING;

    /// Without an offset it is UTC; a space may stand for the `T`.
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        read(reader, "a date-time like `2024-01-31T12:30:00Z`", date_time)
    }

    fn write(&self, writer: &mut Writer) {
        let naive = self.naive_utc();
        let mut text = Text::new();
        text.date(naive.date());
        text.push(b'T');
        text.time(naive.time());
        text.push(b'Z');
        text.write(writer);
    }
}

impl Wire for NaiveDate {
    const KINDS: Kinds = Kinds::STRING;

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        read(reader, "a date like `2024-01-31`", |text| {
            let mut parser = Parser(text);
            let date = parser.date()?;
            parser.ended().then_some(date)
        })
    }

    fn write(&self, writer: &mut Writer) {
        let mut text = Text::new();
        text.date(*self);
        text.write(writer);
    }
}

impl Wire for NaiveTime {
    const KINDS: Kinds = Kinds::STRING;

    /// An offset is refused unless it is zero: it would be lost.
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        read(reader, "a time like `12:30:00`", |text| {
            let mut parser = Parser(text);
            let time = parser.time()?;
            (parser.offset()? == 0 && parser.ended()).then_some(time)
        })
    }

    fn write(&self, writer: &mut Writer) {
        let mut text = Text::new();
        text.time(*self);
        text.write(writer);
    }
}

fn read<T>(
    reader: &mut Reader<'_>,
    expected: &'static str,
    parse: fn(&[u8]) -> Option<T>,
) -> Result<T, DecodeError> {
    let at = reader.place();
    let text = reader.string()?;
    parse(text.as_bytes()).ok_or_else(|| reader.refuse(at, expected, "other text"))
}

fn date_time(text: &[u8]) -> Option<DateTime<Utc>> {
    let mut parser = Parser(text);
    let date = parser.date()?;
    parser.one_of(b"Tt ")?;
    let local = NaiveDateTime::new(date, parser.time()?);
    let offset = parser.offset()?;
    let moment = local.checked_sub_signed(TimeDelta::seconds(offset))?;
    parser.ended().then(|| moment.and_utc())
}

/// What is left of a text.
struct Parser<'a>(&'a [u8]);

impl Parser<'_> {
    fn ended(&self) -> bool {
        self.0.is_empty()
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits
            .iter()
            .try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + u32::from(digit - b'0')))
    }

    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        bytes.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn date(&mut self) -> Option<NaiveDate> {
        // Years beyond four digits have a sign (ISO 8601).
        let sign = self.one_of(b"+-");
        let width =
            if sign.is_some() { self.0.iter().take_while(|byte| byte.is_ascii_digit()).count() } else { 4 };
        let year = i32::try_from(self.digits(width.clamp(4, 6))?).ok()?;
        self.one_of(b"-")?;
        let month = self.digits(2)?;
        self.one_of(b"-")?;
        let day = self.digits(2)?;
        NaiveDate::from_ymd_opt(if sign == Some(b'-') { -year } else { year }, month, day)
    }

    /// Seconds may be left out. A leap second is the last nanoseconds of its minute, doubled, as chrono has it.
    fn time(&mut self) -> Option<NaiveTime> {
        let hour = self.digits(2)?;
        self.one_of(b":")?;
        let minute = self.digits(2)?;
        let second = if self.one_of(b":").is_some() { self.digits(2)? } else { 0 };
        let mut nanos = 0;
        if self.one_of(b".,").is_some() {
            let (mut unit, mut any) = (100_000_000, false);
            while let Some(digit) = self.one_of(b"0123456789") {
                nanos += u32::from(digit - b'0') * unit;
                unit /= 10;
                any = true;
            }
            any.then_some(())?;
        }
        let (second, nanos) = if second == 60 { (59, nanos + 1_000_000_000) } else { (second, nanos) };
        NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)
    }

    /// The offset from UTC in seconds; none is zero.
    fn offset(&mut self) -> Option<i64> {
        let Some(sign) = self.one_of(b"Zz+-") else { return Some(0) };
        if matches!(sign, b'Z' | b'z') {
            return Some(0);
        }
        let hours = self.digits(2)?;
        let minutes = if self.one_of(b":").is_some() || !self.ended() { self.digits(2)? } else { 0 };
        let seconds = i64::from(hours * 3600 + minutes * 60);
        (hours < 24 && minutes < 60).then_some(if sign == b'-' { -seconds } else { seconds })
    }
}

/// A date or time as text, digit by digit: the formatting of `std` takes longer than all the rest of an object.
struct Text {
    bytes: [u8; 40],
    length: usize,
}

impl Text {
    fn new() -> Self {
        Self { bytes: [0; 40], length: 0 }
    }

    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    /// Appends a number with this many digits.
    fn number(&mut self, value: u32, width: u32) {
        for digit in (0..width).rev() {
            self.push(b'0' + u8::try_from(value / 10_u32.pow(digit) % 10).unwrap_or(0));
        }
    }

    fn date(&mut self, date: NaiveDate) {
        let year = date.year();
        if !(0..=9999).contains(&year) {
            self.push(if year < 0 { b'-' } else { b'+' });
        }
        let year = year.unsigned_abs();
        self.number(year, year.checked_ilog10().unwrap_or(0).max(3) + 1);
        self.push(b'-');
        self.number(date.month(), 2);
        self.push(b'-');
        self.number(date.day(), 2);
    }

    fn time(&mut self, time: NaiveTime) {
        let (leap, nanos) = (time.nanosecond() / 1_000_000_000, time.nanosecond() % 1_000_000_000);
        self.number(time.hour(), 2);
        self.push(b':');
        self.number(time.minute(), 2);
        self.push(b':');
        self.number(time.second() + leap, 2);
        let (fraction, width) = match nanos {
            0 => return,
            nanos if nanos % 1_000_000 == 0 => (nanos / 1_000_000, 3),
            nanos if nanos % 1000 == 0 => (nanos / 1000, 6),
            nanos => (nanos, 9),
        };
        self.push(b'.');
        self.number(fraction, width);
    }

    fn write(&self, writer: &mut Writer) {
        // Nothing but digits and signs was pushed.
        writer.plain(std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default());
    }
}
