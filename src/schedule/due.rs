//! When a rhythm is due in a time zone. What the clocks skip in spring is due right after
//! the gap; what they repeat in autumn is due the first time only. A job that must keep
//! its pace through such nights says `@every`.
use chrono::{DateTime, Days, NaiveDateTime, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;

use crate::model::Timestamp;

use super::Cron;

/// The first occurrence after a moment; `None` if there is none any more.
pub fn next(cron: &Cron, zone: Tz, after: Timestamp) -> Option<Timestamp> {
    if let Some(period) = cron.period() {
        return after
            .0
            .div_euclid(period)
            .checked_add(1)?
            .checked_mul(period)
            .map(Timestamp);
    }
    let local =
        DateTime::from_timestamp_millis(after.0)?.with_timezone(&zone).naive_local();
    cron.local_times(local)
        .filter_map(|time| moment(zone, time))
        .map(|time| Timestamp(time.timestamp_millis()))
        .find(|due| *due > after)
}

/// The occurrences after the first moment, up to and with the second.
pub fn occurrences(
    cron: &Cron,
    zone: Tz,
    after: Timestamp,
    until: Timestamp,
) -> impl Iterator<Item = Timestamp> {
    let first = next(cron, zone, after);
    std::iter::successors(first, move |last| next(cron, zone, *last))
        .take_while(move |due| *due <= until)
}

/// The first moment at which the clocks show this time, or the one at which they jump
/// over it.
fn moment(zone: Tz, local: NaiveDateTime) -> Option<DateTime<Tz>> {
    if let Some(moment) = zone.from_local_datetime(&local).earliest() {
        return Some(moment);
    }
    // Clocks jump by whole minutes, and never by more than a day.
    let minute = local.with_second(0)?;
    let day_later = minute.checked_add_days(Days::new(1))?;
    std::iter::successors(Some(minute), |time| {
        time.checked_add_signed(TimeDelta::minutes(1)).filter(|time| *time <= day_later)
    })
    .find_map(|time| zone.from_local_datetime(&time).earliest())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> Timestamp {
        Timestamp(text.parse::<DateTime<chrono::Utc>>().unwrap().timestamp_millis())
    }

    /// What is due in Zurich, in local time with its offset.
    fn in_zurich(cron: &str, after: &str, until: &str) -> Vec<String> {
        let zone = chrono_tz::Europe::Zurich;
        occurrences(&cron.parse().unwrap(), zone, utc(after), utc(until))
            .map(|due| {
                let due = DateTime::from_timestamp_millis(due.0).unwrap();
                due.with_timezone(&zone).format("%d %H:%M:%S %z").to_string()
            })
            .collect()
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_due_right_after_the_gap() {
        assert_eq!(
            in_zurich("30 2 * * *", "2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z"),
            ["28 02:30:00 +0100", "29 03:00:00 +0200", "30 02:30:00 +0200"]
        );
    }

    #[test]
    fn all_times_that_the_clocks_skip_are_due_once() {
        assert_eq!(
            in_zurich("*/20 1-3 * * *", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"),
            ["29 01:40:00 +0100", "29 03:00:00 +0200", "29 03:20:00 +0200"]
        );
    }

    #[test]
    fn a_time_that_the_clocks_repeat_is_due_the_first_time_only() {
        assert_eq!(
            in_zurich("30 2 * * *", "2026-10-23T23:00:00Z", "2026-10-26T22:00:00Z"),
            ["24 02:30:00 +0200", "25 02:30:00 +0200", "26 02:30:00 +0100"]
        );
    }

    #[test]
    fn a_scheduler_that_starts_in_the_repeated_hour_does_not_run_it_again() {
        assert_eq!(
            in_zurich("*/30 * * * *", "2026-10-25T01:10:00Z", "2026-10-25T02:30:00Z"),
            ["25 03:00:00 +0100", "25 03:30:00 +0100"]
        );
    }

    #[test]
    fn a_steady_rhythm_keeps_its_pace_through_clock_changes() {
        let hours =
            in_zurich("@every 1h", "2026-10-24T22:00:00Z", "2026-10-25T02:00:00Z");
        assert_eq!(
            hours,
            [
                "25 01:00:00 +0200",
                "25 02:00:00 +0200",
                "25 02:00:00 +0100",
                "25 03:00:00 +0100"
            ]
        );
    }

    #[test]
    fn the_grid_does_not_depend_on_when_one_looks() {
        let cron: Cron = "@every 7s".parse().unwrap();
        let zone = chrono_tz::UTC;
        let due = next(&cron, zone, utc("2026-01-01T00:00:00Z"));
        assert_eq!(due, next(&cron, zone, Timestamp(due.unwrap().0 - 1)));
        assert_eq!(due.unwrap().0 % 7_000, 0);
    }

    #[test]
    fn a_rhythm_that_has_ended_is_never_due() {
        let cron = "0 0 0 1 1 * 2020".parse().unwrap();
        assert_eq!(next(&cron, chrono_tz::UTC, utc("2026-01-01T00:00:00Z")), None);
    }
}
