//! Dates and times, read by the patterns that the server's refusal lists.
use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime};

use super::{Refusal, improper};

const DATES: [&str; 2] = ["yyyy-MM-dd", "M/d/yy"];
/// The zone of a pattern with one `Z` may also be a name.
const TIMESTAMPS: [&str; 12] = [
    "yyyy-MM-dd",
    "yyyy-MM-dd HH:mm",
    "yyyy-MM-dd HH:mm:ss",
    "yyyy-MM-dd'T'HH:mm",
    "yyyy-MM-dd'T'HH:mm:ss",
    "M/d/yy",
    "M/d/yy h:mm a",
    "M/d/yy HH:mm",
    "yyyy-MM-dd HH:mm:ss Z",
    "yyyy-MM-dd'T'HH:mm:ssX",
    "yyyy-MM-dd HH:mm:ss Z",
    "yyyy-MM-dd'T'HH:mm:ssXXX",
];
const EXACT: [&str; 2] = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss Z"];
/// Years of two digits up to this one are of this century.
const LAST_SHORT_YEAR: i32 = 43;
/// Names of zones, with their hours east of Greenwich.
const ZONES: [(&str, i64); 17] = [
    ("GMT", 0),
    ("UTC", 0),
    ("WET", 0),
    ("WEST", 1),
    ("BST", 1),
    ("CET", 1),
    ("CEST", 2),
    ("EET", 2),
    ("EEST", 3),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

pub(super) fn date(text: &str) -> Result<String, Refusal> {
    let moment = first(&DATES, text).ok_or_else(|| refused(text, &DATES))?;
    Ok(moment.format("%Y-%m-%d").to_string())
}

/// In the zone of the server: Greenwich.
pub(super) fn timestamp(text: &str) -> Result<String, Refusal> {
    let moment = first(&TIMESTAMPS, text).ok_or_else(|| refused(text, &TIMESTAMPS))?;
    Ok(written(moment))
}

/// One with seconds, as the parts of an array are written.
pub(super) fn exact_timestamp(text: &str) -> Option<String> {
    first(&EXACT, text).map(written)
}

fn written(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%d %H:%M:%S +0000").to_string()
}

fn refused(text: &str, patterns: &[&str]) -> Refusal {
    let more = format!(" It must be one of '[{}]'.", patterns.join("\n"));
    improper("Date", text, &more)
}

fn first(patterns: &[&str], text: &str) -> Option<NaiveDateTime> {
    patterns.iter().find_map(|pattern| read(pattern, text))
}

/// The parts of a moment as they are read.
#[derive(Default)]
struct Parts {
    year: i32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    /// Whether the hour counts from 1 to 12, before noon or after.
    noon: Option<bool>,
    minutes_east: i64,
}

/// Reads a whole text by one of Java's date patterns.
fn read(pattern: &str, text: &str) -> Option<NaiveDateTime> {
    let mut parts = Parts::default();
    let mut rest = text;
    let mut pattern = pattern;
    while let Some(letter) = pattern.chars().next() {
        let length = pattern.len() - pattern.trim_start_matches(letter).len();
        let after = &pattern[length..];
        match letter {
            '\'' => {
                let (literal, behind) = after.split_once('\'')?;
                rest = rest.strip_prefix(literal)?;
                pattern = behind;
                continue;
            }
            'Z' | 'X' => rest = zone(&mut parts, letter, length, rest)?,
            'a' => rest = noon(&mut parts, rest)?,
            'y' | 'M' | 'd' | 'H' | 'h' | 'm' | 's' => {
                rest = number(&mut parts, letter, length, rest)?;
            }
            _ => rest = rest.strip_prefix(&pattern[..length])?,
        }
        pattern = after;
    }
    if rest.is_empty() { parts.moment() } else { None }
}

fn number<'t>(
    parts: &mut Parts,
    letter: char,
    length: usize,
    text: &'t str,
) -> Option<&'t str> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let value: u32 = text[..digits].parse().ok()?;
    match letter {
        'y' => parts.year = year(value, digits, length)?,
        'M' => parts.month = value,
        'd' => parts.day = value,
        'h' if !(1..=12).contains(&value) => return None,
        'h' | 'H' => parts.hour = value,
        'm' => parts.minute = value,
        _ => parts.second = value,
    }
    Some(&text[digits..])
}

fn year(value: u32, digits: usize, length: usize) -> Option<i32> {
    let value = i32::try_from(value).ok()?;
    match (digits, length) {
        (4, _) => Some(value),
        (2, 2) if value <= LAST_SHORT_YEAR => Some(2000 + value),
        (2, 2) => Some(1900 + value),
        (_, _) => None,
    }
}

fn noon<'t>(parts: &mut Parts, text: &'t str) -> Option<&'t str> {
    let word = text.get(..2)?;
    parts.noon = match word.to_lowercase().as_str() {
        "am" => Some(false),
        "pm" => Some(true),
        _ => return None,
    };
    Some(&text[2..])
}

/// `+0100` or a name for `Z`, `+01` for `X`, `+01:00` for `XXX`, `Z` for both of these.
fn zone<'t>(
    parts: &mut Parts,
    letter: char,
    length: usize,
    text: &'t str,
) -> Option<&'t str> {
    if letter == 'X' && text == "Z" {
        return Some("");
    }
    if letter == 'Z' && !text.starts_with(['+', '-']) {
        let row = ZONES.iter().find(|row| row.0.eq_ignore_ascii_case(text))?;
        parts.minutes_east = row.1 * 60;
        return Some("");
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match (letter, length, digits.len()) {
        ('Z', _, 4) => digits.split_at_checked(2)?,
        ('X', 1, 2) => (digits, "0"),
        ('X', 3, 5) => digits.split_once(':')?,
        (_, _, _) => return None,
    };
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    parts.minutes_east = sign * (hours * 60 + minutes);
    Some("")
}

impl Parts {
    fn moment(&self) -> Option<NaiveDateTime> {
        let hour = match self.noon {
            None => self.hour,
            Some(after) => self.hour % 12 + if after { 12 } else { 0 },
        };
        let day = NaiveDate::from_ymd_opt(self.year, self.month, self.day)?;
        let moment = day.and_hms_opt(hour, self.minute, self.second)?;
        let moment = moment.checked_sub_signed(Duration::minutes(self.minutes_east))?;
        (1..=9999).contains(&moment.year()).then_some(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_two_forms_and_kept_in_one() {
        for (text, kept) in [
            ("2021-3-4", "2021-03-04"),
            ("3/4/21", "2021-03-04"),
            ("03/04/21", "2021-03-04"),
            ("3/4/2021", "2021-03-04"),
            ("12/31/99", "1999-12-31"),
            ("0001-01-01", "0001-01-01"),
            ("9999-12-31", "9999-12-31"),
        ] {
            assert_eq!(date(text), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_the_forms() {
        for text in [
            "21-03-04",
            "2021-02-30",
            "10000-01-01",
            "2021-03-04 05:06",
            "04.03.2021",
            "2021-03",
            "2021-03-04 ",
            "20210304",
        ] {
            let message = format!(
                "Date value '{text}' has improper format. It must be one of \
                 '[yyyy-MM-dd\nM/d/yy]'."
            );
            assert_eq!(date(text), Err(Refusal::User(message)));
        }
    }

    #[test]
    fn timestamps_are_kept_in_the_servers_zone() {
        for (text, kept) in [
            ("2021-03-04", "2021-03-04 00:00:00 +0000"),
            ("2021-03-04 05:06", "2021-03-04 05:06:00 +0000"),
            ("2021-03-04T05:06:07", "2021-03-04 05:06:07 +0000"),
            ("2021-03-04 05:06:07 +0100", "2021-03-04 04:06:07 +0000"),
            ("2021-03-04 05:06:07 -0330", "2021-03-04 08:36:07 +0000"),
            ("2021-03-04 05:06:07 CET", "2021-03-04 04:06:07 +0000"),
            ("2021-03-04T05:06:07Z", "2021-03-04 05:06:07 +0000"),
            ("2021-03-04T05:06:07+01", "2021-03-04 04:06:07 +0000"),
            ("2021-03-04T05:06:07+01:00", "2021-03-04 04:06:07 +0000"),
            ("3/4/21 5:06 PM", "2021-03-04 17:06:00 +0000"),
            ("3/4/21 5:06 am", "2021-03-04 05:06:00 +0000"),
            ("3/4/2021 17:06", "2021-03-04 17:06:00 +0000"),
        ] {
            assert_eq!(timestamp(text), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn what_is_no_timestamp_is_refused() {
        for text in [
            "2021-03-04 05:06:07 +01:00",
            "2021-03-04T05:06:07+0100",
            "2021-03-04 05:06:07.123",
            "3/4/21 17:06:30",
            "2021-03-04 24:00:00",
            "2021-02-29 10:00",
            "2021-03-04 05:06:07 +0100 x",
            "1614834367000",
            "now",
        ] {
            assert!(timestamp(text).is_err(), "{text}");
        }
    }
}
