//! Numbers as Java reads and writes them.
use super::{Refusal, improper, is_blank};

/// The first of each run of ten decimal digits that Java takes beside `0` to `9`.
const ZEROS: [u32; 20] = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66,
    0x0ce6, 0x0d66, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0x1946, 0xff10,
];

pub(super) fn integer(text: &str) -> Result<String, Refusal> {
    let number = long(text).ok_or_else(|| improper("Integer", text, ""))?;
    Ok(number.to_string())
}

pub(super) fn real(text: &str) -> Result<String, Refusal> {
    let number = double(text).ok_or_else(|| improper("Double", text, ""))?;
    Ok(java_text(number))
}

/// `Long.parseLong`: a sign and decimal digits of any script, nothing else.
pub(super) fn long(text: &str) -> Option<i64> {
    let ascii: Option<String> = text.chars().map(ascii_digit).collect();
    ascii?.parse().ok()
}

fn ascii_digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    let code = u32::from(c);
    let zero = ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// `Double.parseDouble`: blanks around, a type letter behind, hexadecimal, `NaN`.
pub(super) fn double(text: &str) -> Option<f64> {
    let text = text.trim_matches(is_blank);
    let (sign, size) = match text.strip_prefix('-') {
        Some(size) => (-1.0, size),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let size = match size {
        "NaN" => f64::NAN,
        "Infinity" => f64::INFINITY,
        _ => finite(size)?,
    };
    Some(sign * size)
}

fn finite(text: &str) -> Option<f64> {
    let digits = text.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(text);
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return hexadecimal(hex.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(hex));
    }
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    let starts = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if plain && starts { digits.parse().ok() } else { None }
}

/// `1.8p3`, without its `0x`.
fn hexadecimal(text: &str) -> Option<f64> {
    let (digits, exponent) = text.split_once(['p', 'P'])?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut number = 0.0;
    for digit in whole.chars().chain(fraction.chars()) {
        number = number * 16.0 + f64::from(digit.to_digit(16)?);
    }
    let shift = i32::try_from(fraction.len()).ok()? * 4;
    let exponent: i32 = exponent.parse().ok()?;
    Some(number * 2f64.powi(exponent.checked_sub(shift)?))
}

/// `Double.toString`: plain between a thousandth and ten million, else with an exponent.
fn java_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = number.abs();
    if size == 0.0 || (1e-3..1e7).contains(&size) {
        return format!("{number:?}");
    }
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = if digits.contains('.') { "" } else { ".0" };
    format!("{digits}{point}E{exponent}")
}

/// How `PostgreSQL` writes a double: no `.0`, an exponent from 15 digits on.
pub(super) fn database_text(number: f64) -> String {
    let size = number.abs();
    if number.is_nan() || size == 0.0 || (1e-4..1e15).contains(&size) {
        return format!("{number}");
    }
    if number.is_infinite() {
        return java_text(number);
    }
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, size) = match exponent.strip_prefix('-') {
        Some(size) => ('-', size),
        None => ('+', exponent),
    };
    format!("{digits}e{sign}{size:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_normalised() {
        for (text, kept) in [
            ("+7", "7"),
            ("007", "7"),
            ("-0", "0"),
            ("\u{663}", "3"),
            ("-9223372036854775808", "-9223372036854775808"),
        ] {
            assert_eq!(integer(text), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn what_java_takes_for_no_integer_is_refused() {
        for text in
            [" 7", "7 ", "9223372036854775808", "1.0", "1e3", "0x10", "1_000", "+"]
        {
            let message = format!("Integer value '{text}' has improper format.");
            assert_eq!(integer(text), Err(Refusal::User(message)));
        }
    }

    #[test]
    fn reals_are_kept_in_javas_shortest_text() {
        for (text, kept) in [
            ("1", "1.0"),
            ("+1.5", "1.5"),
            (".5", "0.5"),
            ("5.", "5.0"),
            ("1e3", "1000.0"),
            ("1E-7", "1.0E-7"),
            ("1.0e400", "Infinity"),
            ("123456789012345678901234567890", "1.2345678901234568E29"),
            ("0.1234567890123456789", "0.12345678901234568"),
            ("1d", "1.0"),
            ("0x1p3", "8.0"),
            ("0x.8p1", "1.0"),
            ("-0", "-0.0"),
            ("NaN", "NaN"),
            ("-Infinity", "-Infinity"),
            (" 1.5 ", "1.5"),
            ("12345678.9", "1.23456789E7"),
            ("10000000000", "1.0E10"),
        ] {
            assert_eq!(real(text), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn what_java_takes_for_no_real_is_refused() {
        for text in
            ["inf", "nan", "1,5", "1 000", "one", "1.5.1", "true", "0x10", ".", "--1"]
        {
            let message = format!("Double value '{text}' has improper format.");
            assert_eq!(real(text), Err(Refusal::User(message)));
        }
    }
}
