//! Days and moments, typed.
use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};

use super::ScriptError;
use crate::model::Timestamp;

/// A day: `2024-12-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub NaiveDate);

/// A moment with its zone: `2024-12-31 23:59:59 +0100`. Equal moments are equal in any zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub DateTime<FixedOffset>);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d %H:%M:%S %z"))
    }
}

impl Day {
    /// `2024-12-31`; nothing else is taken for a day.
    pub fn read(text: &str) -> Result<Self, ScriptError> {
        let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d");
        day.ok().filter(|_| text.trim().len() == 10).map(Self).ok_or_else(|| {
            ScriptError::invalid(format!("`{text}` is no date"))
                .hint("write it as 2024-12-31")
        })
    }

    pub fn plus(self, days: i64) -> Result<Self, ScriptError> {
        let day = TimeDelta::try_days(days).and_then(|d| self.0.checked_add_signed(d));
        day.map(Self).ok_or_else(|| ScriptError::invalid("a date beyond all calendars"))
    }
}

/// Times that say their zone.
const ZONED: &[&str] =
    &["%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z"];

/// Times that do not.
const PLAIN: &[&str] =
    &["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"];

impl Moment {
    /// A date, or a date and time, with or without a zone; without one it is UTC.
    pub fn read(text: &str) -> Result<Self, ScriptError> {
        let text = text.trim();
        let zoned =
            ZONED.iter().find_map(|form| DateTime::parse_from_str(text, form).ok());
        if let Some(moment) = zoned.or_else(|| DateTime::parse_from_rfc3339(text).ok()) {
            return Ok(Self(moment));
        }
        let plain =
            PLAIN.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        if let Some(plain) = plain {
            return Ok(Self(plain.and_utc().fixed_offset()));
        }
        match Day::read(text) {
            Ok(day) => Ok(day.into()),
            Err(_) => Err(ScriptError::invalid(format!("`{text}` is no time"))
                .hint("write it as 2024-12-31 23:59:59 +0100")),
        }
    }

    pub fn plus_seconds(self, seconds: i64) -> Result<Self, ScriptError> {
        let delta = TimeDelta::try_seconds(seconds);
        let moment = delta.and_then(|d| self.0.checked_add_signed(d));
        moment
            .map(Self)
            .ok_or_else(|| ScriptError::invalid("a time beyond all calendars"))
    }

    pub fn day(self) -> Day {
        Day(self.0.date_naive())
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        let moment = Utc.timestamp_millis_opt(timestamp.0).single().unwrap_or_default();
        Self(moment.fixed_offset())
    }
}

impl From<Moment> for Timestamp {
    fn from(moment: Moment) -> Self {
        Self(moment.0.timestamp_millis())
    }
}

impl From<Day> for Moment {
    fn from(day: Day) -> Self {
        Self(day.0.and_time(chrono::NaiveTime::MIN).and_utc().fixed_offset())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_its_zone() {
        let moment = Moment::read("2024-01-02T03:04:05+02:00").unwrap();
        assert_eq!(moment.to_string(), "2024-01-02 03:04:05 +0200");
    }

    #[test]
    fn a_day_is_never_guessed() {
        assert!(Day::read("3.2.2024").is_err());
        assert!(Day::read("24-02-03").is_err());
    }

    #[test]
    fn moments_are_equal_in_any_zone() {
        let here = Moment::read("2024-01-02 03:00:00 +0200").unwrap();
        let there = Moment::read("2024-01-02 01:00:00 +0000").unwrap();
        assert_eq!(here, there);
    }
}
