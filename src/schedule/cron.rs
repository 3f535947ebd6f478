//! The rhythm of a job, as people write it.
//!
//! Accepted are cron expressions of five fields (from minutes on), six (from seconds on)
//! and seven (up to years), `@daily` and its like, `@every 15m`, and openBIS's own way of
//! saying `3.FR 22:15`. Days of the week are those of crontab: 0 and 7 are Sunday.
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDateTime;

use super::{period, plain};

/// A rhythm in local time, or a steady one.
#[derive(Clone, Debug)]
pub struct Cron {
    text: String,
    rhythm: Rhythm,
}

#[derive(Clone, Debug)]
enum Rhythm {
    /// Whatever any of these says.
    Calendar(Vec<::cron::Schedule>),
    /// Every so many milliseconds since 1970, whatever the clocks on the walls do.
    Steady(i64),
}

/// A text that is no rhythm.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no schedule: {why}")]
pub struct NotCron {
    pub text: String,
    pub why: String,
}

const NAMED: &[(&str, &str)] = &[
    ("@yearly", "0 0 0 1 1 *"),
    ("@annually", "0 0 0 1 1 *"),
    ("@monthly", "0 0 0 1 * *"),
    ("@weekly", "0 0 0 * * 0"),
    ("@daily", "0 0 0 * * *"),
    ("@midnight", "0 0 0 * * *"),
    ("@hourly", "0 0 * * * *"),
];

impl FromStr for Cron {
    type Err = NotCron;

    fn from_str(text: &str) -> Result<Self, NotCron> {
        let text = text.trim();
        let rhythm = rhythm(text)
            .map_err(|why| NotCron { text: text.to_owned(), why: why.into_owned() })?;
        Ok(Self { text: text.to_owned(), rhythm })
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Cron {
    /// The period of a steady rhythm, in milliseconds; `None` for one in local time.
    pub(super) fn period(&self) -> Option<i64> {
        match self.rhythm {
            Rhythm::Calendar(_) => None,
            Rhythm::Steady(period) => Some(period),
        }
    }

    /// The local times after this one, in order; none of a steady rhythm.
    pub(super) fn local_times(
        &self,
        after: NaiveDateTime,
    ) -> impl Iterator<Item = NaiveDateTime> {
        let alternatives: &[::cron::Schedule] = match &self.rhythm {
            Rhythm::Calendar(alternatives) => alternatives,
            Rhythm::Steady(_) => &[],
        };
        // Seen as UTC, a local time is neither skipped nor repeated: `due` sees to that.
        let next = move |after: NaiveDateTime| {
            alternatives
                .iter()
                .filter_map(|schedule| schedule.after(&after.and_utc()).next())
                .min()
                .map(|time| time.naive_utc())
        };
        std::iter::successors(next(after), move |last| next(*last))
    }
}

type Why = std::borrow::Cow<'static, str>;

fn rhythm(text: &str) -> Result<Rhythm, Why> {
    if let Some(period) = text.strip_prefix("@every ") {
        return period::millis(period.trim())
            .map(Rhythm::Steady)
            .ok_or_else(|| "`@every` takes a number and one of s, m, h, d".into());
    }
    if text.starts_with('@') {
        let wanted = text.to_ascii_lowercase();
        let Some((_, fields)) = NAMED.iter().find(|row| row.0 == wanted) else {
            let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
            return Err(
                format!("the names are {} and `@every 15m`", names.join(", ")).into()
            );
        };
        return Ok(Rhythm::Calendar(fields_of(fields)?));
    }
    if text.contains(':') {
        return plain::schedules(text).map(Rhythm::Calendar);
    }
    fields_of(text).map(Rhythm::Calendar)
}

fn fields_of(text: &str) -> Result<Vec<::cron::Schedule>, Why> {
    let mut fields: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    match fields.len() {
        5 => fields.insert(0, "0".to_owned()),
        6 | 7 => {}
        count => {
            return Err(
                format!("it has {count} fields, there have to be 5, 6 or 7").into()
            );
        }
    }
    fields[5] = week_days(&fields[5])?;
    let free = |field: &str| field.starts_with(['*', '?']);
    if free(&fields[3]) || free(&fields[5]) {
        return Ok(vec![schedule(&fields)?]);
    }
    // crontab's rule: where both are said, either day will do.
    let (mut by_month, mut by_week) = (fields.clone(), fields);
    "*".clone_into(&mut by_month[5]);
    "*".clone_into(&mut by_week[3]);
    Ok(vec![schedule(&by_month)?, schedule(&by_week)?])
}

fn schedule(fields: &[String]) -> Result<::cron::Schedule, Why> {
    let schedule = ::cron::Schedule::from_str(&fields.join(" "))
        .map_err(|error| first_line(&error))?;
    let ever = chrono::DateTime::UNIX_EPOCH;
    match schedule.after(&ever).next() {
        Some(_) => Ok(schedule),
        None => Err("no day is like that".into()),
    }
}

fn first_line(error: &::cron::error::Error) -> Why {
    let text = error.to_string();
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    line.unwrap_or("it cannot be read").trim_end_matches('.').to_owned().into()
}

const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// The days of the week as a list of names, which mean the same to everybody.
fn week_days(field: &str) -> Result<String, Why> {
    if matches!(field, "*" | "?") {
        return Ok(field.to_owned());
    }
    let mut wanted = [false; 7];
    for part in field.split(',') {
        let (range, step) = part.split_once('/').unwrap_or((part, "1"));
        let (first, last) = match range.split_once('-') {
            Some((first, last)) => (week_day(first)?, week_day(last)?),
            None if range == "*" => (0, 6),
            None if part.contains('/') => (week_day(range)?, 6),
            None => (week_day(range)?, week_day(range)?),
        };
        let last = if last < first { last + 7 } else { last };
        let step: usize =
            step.parse().ok().filter(|step| *step > 0).ok_or_else(|| {
                Why::from(format!("`{step}` is no step between days of the week"))
            })?;
        (first..=last).step_by(step).for_each(|day| wanted[day % 7] = true);
    }
    let names = DAYS.iter().zip(wanted).filter(|(_, wanted)| *wanted);
    Ok(names.map(|(name, _)| *name).collect::<Vec<_>>().join(","))
}

/// 0 is Sunday; so is 7, which ends a range that began before it.
fn week_day(text: &str) -> Result<usize, Why> {
    if let Some(number) = text.parse().ok().filter(|number| *number <= 7) {
        return Ok(number);
    }
    plain::week_day(text).ok_or_else(|| {
        format!("`{text}` is no day of the week (0 to 7, SUN to SAT)").into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first moments of a rhythm from Thursday, 2026-01-01 on.
    fn first(text: &str, count: usize) -> Vec<String> {
        let start = "2025-12-31T23:59:59".parse().unwrap();
        let cron: Cron = text.parse().unwrap();
        cron.local_times(start)
            .take(count)
            .map(|time| time.format("%a %F %T").to_string())
            .collect()
    }

    fn why(text: &str) -> String {
        text.parse::<Cron>().unwrap_err().to_string()
    }

    #[test]
    fn five_fields_begin_with_the_minute() {
        assert_eq!(
            first("30 2 * * *", 2),
            ["Thu 2026-01-01 02:30:00", "Fri 2026-01-02 02:30:00"]
        );
    }

    #[test]
    fn six_fields_begin_with_the_second() {
        assert_eq!(
            first("*/20 * * * * *", 2),
            ["Thu 2026-01-01 00:00:00", "Thu 2026-01-01 00:00:20"]
        );
    }

    #[test]
    fn the_seventh_field_is_the_year() {
        assert_eq!(first("0 0 12 24 12 * 2027-2028", 9).len(), 2);
    }

    #[test]
    fn zero_and_seven_are_sunday_and_one_is_monday() {
        assert_eq!(first("0 0 * * 0", 1), ["Sun 2026-01-04 00:00:00"]);
        assert_eq!(first("0 0 * * 7", 1), ["Sun 2026-01-04 00:00:00"]);
        assert_eq!(first("0 0 * * 1", 1), ["Mon 2026-01-05 00:00:00"]);
        assert_eq!(
            first("0 0 * * 5-7", 3),
            [
                "Fri 2026-01-02 00:00:00",
                "Sat 2026-01-03 00:00:00",
                "Sun 2026-01-04 00:00:00"
            ]
        );
        assert_eq!(first("0 0 * * 0-7", 7).len(), 7);
    }

    #[test]
    fn days_of_the_week_have_names_ranges_and_steps() {
        assert_eq!(week_days("mon-fri").unwrap(), "MON,TUE,WED,THU,FRI");
        assert_eq!(week_days("SAT-MON").unwrap(), "SUN,MON,SAT");
        assert_eq!(week_days("1-5/2,SUN").unwrap(), "SUN,MON,WED,FRI");
        assert_eq!(week_days("*/3").unwrap(), "SUN,WED,SAT");
    }

    #[test]
    fn a_day_of_the_month_and_one_of_the_week_mean_either() {
        assert_eq!(
            first("0 0 2 * MON", 2),
            ["Fri 2026-01-02 00:00:00", "Mon 2026-01-05 00:00:00"]
        );
    }

    #[test]
    fn names_stand_for_fields() {
        assert_eq!(first("@weekly", 1), ["Sun 2026-01-04 00:00:00"]);
        assert_eq!(first("@Hourly", 1), ["Thu 2026-01-01 00:00:00"]);
    }

    #[test]
    fn every_has_a_period_in_milliseconds() {
        let period = |text: &str| text.parse::<Cron>().unwrap().period();
        assert_eq!(period("@every 15m"), Some(900_000));
        assert_eq!(period("@every 2s"), Some(2_000));
        assert_eq!(period("@daily"), None);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (text, expected) in [
            (
                "* * * *",
                "`* * * *` is no schedule: it has 4 fields, there have to be 5, 6 or 7",
            ),
            (
                "0 0 * * XYZ",
                "`0 0 * * XYZ` is no schedule: `XYZ` is no day of the week (0 to 7, SUN to SAT)",
            ),
            (
                "@every 0m",
                "`@every 0m` is no schedule: `@every` takes a number and one of s, m, h, d",
            ),
            (
                "@every 5x",
                "`@every 5x` is no schedule: `@every` takes a number and one of s, m, h, d",
            ),
            ("0 0 30 2 *", "`0 0 30 2 *` is no schedule: no day is like that"),
        ] {
            assert_eq!(why(text), expected);
        }
        assert!(why("@dayly").contains("@daily"));
        assert!(why("99 0 * * *").contains("99"));
    }
}
