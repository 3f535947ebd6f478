//! openBIS's own way of writing a schedule: a list of times, each with a day before it
//! where it is not for every day: `6:30, SUN 4:00, 3.FR 22:15, 1. 15:50, 24.12. 8:00`.
use std::borrow::Cow;
use std::str::FromStr;

type Why = Cow<'static, str>;

const DAYS: [(&str, &str); 7] = [
    ("SU", "SUNDAY"),
    ("MO", "MONDAY"),
    ("TU", "TUESDAY"),
    ("WE", "WEDNESDAY"),
    ("TH", "THURSDAY"),
    ("FR", "FRIDAY"),
    ("SA", "SATURDAY"),
];

/// The number of a day that is named by two letters or more, 0 for Sunday.
pub(super) fn week_day(text: &str) -> Option<usize> {
    let text = text.to_ascii_uppercase();
    DAYS.iter()
        .position(|(short, long)| text.starts_with(short) && long.starts_with(&text))
}

pub(super) fn schedules(text: &str) -> Result<Vec<cron::Schedule>, Why> {
    text.split(',').map(|part| schedule(part.trim())).collect()
}

fn schedule(text: &str) -> Result<cron::Schedule, Why> {
    let (day, time) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let (hour, minute) = clock(time)?;
    let (of_month, month, of_week) = day_fields(day.trim())?;
    let fields = format!("0 {minute} {hour} {of_month} {month} {of_week}");
    cron::Schedule::from_str(&fields).map_err(|_| format!("`{day}` is no day").into())
}

fn clock(text: &str) -> Result<(u32, u32), Why> {
    let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
    match (hour.parse(), minute.parse()) {
        (Ok(hour), Ok(minute)) if hour < 24 && minute < 60 => Ok((hour, minute)),
        _ => Err(format!("`{text}` is no time of the day").into()),
    }
}

/// Day of the month, month and day of the week, as cron fields.
fn day_fields(day: &str) -> Result<(String, String, String), Why> {
    let any = || "*".to_owned();
    if day.is_empty() {
        return Ok((any(), any(), any()));
    }
    if let Some(number) = week_day(day) {
        return Ok((any(), any(), (number + 1).to_string()));
    }
    let no_day = || Why::from(format!("`{day}` is no day"));
    let (number, rest) = day.split_once('.').ok_or_else(no_day)?;
    let number: u32 = number.parse().map_err(|_| no_day())?;
    let rest = rest.trim_end_matches('.');
    if rest.is_empty() {
        return Ok((number.to_string(), any(), any()));
    }
    if let Some(week_day) = week_day(rest) {
        let last = number.checked_mul(7).filter(|last| (7..=35).contains(last));
        let last = last.ok_or_else(no_day)?;
        let days = format!("{}-{}", last - 6, last.min(31));
        return Ok((days, any(), (week_day + 1).to_string()));
    }
    Ok((number.to_string(), rest.to_owned(), any()))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::schedules;

    /// The first moment from Thursday, 2026-01-01 on.
    fn first(text: &str) -> String {
        let start: NaiveDateTime = "2025-12-31T23:59:59".parse().unwrap();
        let times = schedules(text).unwrap();
        let next = times.iter().filter_map(|s| s.after(&start.and_utc()).next()).min();
        next.unwrap().format("%a %F %H:%M").to_string()
    }

    #[test]
    fn the_third_friday_of_a_month_can_be_asked_for() {
        assert_eq!(first("3.FR 22:15"), "Fri 2026-01-16 22:15");
        assert_eq!(first("1.Thursday 22:15"), "Thu 2026-01-01 22:15");
    }

    #[test]
    fn a_time_alone_is_for_every_day_and_times_can_be_listed() {
        assert_eq!(first("6:30"), "Thu 2026-01-01 06:30");
        assert_eq!(first("SUN 4:30, SA 1:00"), "Sat 2026-01-03 01:00");
    }

    #[test]
    fn a_day_of_the_month_and_one_of_the_year_end_with_a_dot() {
        assert_eq!(first("5. 15:50"), "Mon 2026-01-05 15:50");
        assert_eq!(first("4.7. 5:15"), "Sat 2026-07-04 05:15");
        assert_eq!(first("5.July 5:15"), "Sun 2026-07-05 05:15");
    }

    #[test]
    fn what_is_no_day_or_time_is_named() {
        assert_eq!(schedules("25:00").unwrap_err(), "`25:00` is no time of the day");
        assert_eq!(schedules("7.FR 2:00").unwrap_err(), "`7.FR` is no day");
        assert_eq!(schedules("XX 2:00").unwrap_err(), "`XX` is no day");
    }
}
