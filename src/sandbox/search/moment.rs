use chrono::{NaiveDate, NaiveTime};

use super::operator::Comparison;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// A stretch of time that counts as one: a whole day, or an instant. Milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    first: i64,
    /// Still belongs to it.
    last: i64,
}

impl Moment {
    pub(super) fn instant(millis: i64) -> Self {
        Self { first: millis, last: millis }
    }

    /// The constant of a date criteria: `yyyy-MM-dd[ HH:mm[:ss]]`. A day alone is the whole
    /// of it; what follows is not read, but leaves only the instant.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (date, rest) = date(text)?;
        let midnight = millis(date, NaiveTime::MIN);
        if rest.is_empty() {
            return Some(Self { first: midnight, last: midnight + DAY - 1 });
        }
        let time = time(rest).map_or(NaiveTime::MIN, |(time, _)| time);
        Some(Self::instant(millis(date, time)))
    }

    /// A date as text criteria give it: the same forms, a zone behind, and nothing else.
    pub(super) fn parse_strictly(text: &str) -> Option<Self> {
        let (date, rest) = date(text)?;
        if rest.is_empty() {
            return Self::parse(text);
        }
        let (time, zone) = time(rest)?;
        Some(Self::instant(millis(date, time) - offset(zone)?))
    }

    /// The value of a property of the type DATE or TIMESTAMP as it is kept.
    pub(super) fn of_value(text: &str) -> Option<i64> {
        Self::parse_strictly(text).map(|moment| moment.first)
    }

    /// The day that it lies in.
    pub(super) fn day(self) -> Self {
        Self::instant(self.first - self.first.rem_euclid(DAY))
    }

    /// The same clock time in a zone so many hours ahead of Greenwich.
    pub(super) fn in_zone(self, hours: i64) -> Self {
        Self { first: self.first - hours * HOUR, last: self.last - hours * HOUR }
    }

    /// Whether the time stands to it as asked.
    pub(super) fn meets(self, comparison: Comparison, millis: i64) -> bool {
        match comparison {
            Comparison::Equal => (self.first..=self.last).contains(&millis),
            Comparison::Less => millis < self.first,
            Comparison::LessOrEqual => millis <= self.last,
            Comparison::Greater => millis > self.last,
            Comparison::GreaterOrEqual => millis >= self.first,
        }
    }
}

fn millis(date: NaiveDate, time: NaiveTime) -> i64 {
    date.and_time(time).and_utc().timestamp_millis()
}

/// `y-M-d` and what follows it.
fn date(text: &str) -> Option<(NaiveDate, &str)> {
    let (year, rest) = number(text)?;
    let (month, rest) = number(rest.strip_prefix('-')?)?;
    let (day, rest) = number(rest.strip_prefix('-')?)?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some((date, rest))
}

/// ` HH:mm[:ss]` and what follows it.
fn time(text: &str) -> Option<(NaiveTime, &str)> {
    let (hour, rest) = number(text.strip_prefix(' ')?)?;
    let (minute, rest) = number(rest.strip_prefix(':')?)?;
    let (second, rest) = rest.strip_prefix(':').and_then(number).unwrap_or((0, rest));
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, rest))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// How far ahead of Greenwich a zone such as ` +0200` is; none at all is Greenwich.
fn offset(zone: &str) -> Option<i64> {
    let zone = zone.trim();
    if zone.is_empty() {
        return Some(0);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let number: i64 = digits.replace(':', "").parse().ok()?;
    Some(sign * (number / 100 * HOUR + number % 100 * 60_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_620_302_400_000;

    fn meets(text: &str, comparison: Comparison, millis: i64) -> bool {
        Moment::parse(text).unwrap().meets(comparison, millis)
    }

    #[test]
    fn a_day_alone_is_the_whole_day() {
        assert!(meets("2021-05-06", Comparison::Equal, NOON));
        assert!(!meets("2021-05-06", Comparison::Greater, NOON));
        assert!(meets("2021-5-6", Comparison::LessOrEqual, NOON));
    }

    #[test]
    fn with_anything_behind_the_day_it_is_an_instant() {
        assert!(meets("2021-05-06 12:00", Comparison::Equal, NOON));
        assert!(meets("2021-05-06 12:00:00 +0000", Comparison::Equal, NOON));
        assert!(!meets("2021-05-06T12:00:00", Comparison::Equal, NOON));
    }

    #[test]
    fn a_zone_shifts_whole_days_too() {
        let day = Moment::parse("2021-05-07").unwrap().in_zone(13);
        assert!(day.meets(Comparison::Equal, NOON));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["06.05.2021", "2021-13-45", "", "2000", "now"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
        assert_eq!(Moment::parse_strictly("2021*"), None);
    }

    #[test]
    fn texts_may_name_their_zone() {
        let here = Moment::parse_strictly("2021-05-06 14:00:00 +0200");
        assert_eq!(here, Some(Moment::instant(NOON)));
    }
}
