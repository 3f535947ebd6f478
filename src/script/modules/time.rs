use std::cmp::Ordering;

use rhai::Dynamic;
use rhai::plugin::*;

use crate::script::time::Moment;
use crate::script::{ScriptError, value};

/// Days and moments.
#[export_module]
pub mod time {
    use std::cmp::Ordering;

    use rhai::{Dynamic, INT};

    use super::compared;

    use crate::script::error::Result;
    use crate::script::modules::session_of;
    use crate::script::time::{Day, Moment};

    /// A day, such as `2024-12-31`.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Date = Day;
    /// A moment with its zone, such as `2024-12-31 23:59:59 +0100`.
    #[expect(dead_code, reason = "the name that scripts see")]
    pub type Timestamp = Moment;

    /// The day that it is, in UTC.
    ///
    /// ```rhai
    /// assert(today() > date("2020-01-01"));
    /// ```
    #[rhai_fn(return_raw, volatile)]
    pub fn today(context: NativeCallContext<'_>) -> Result<Day> {
        Ok(now(context)?.day())
    }

    /// The moment that it is, in UTC.
    ///
    /// ```rhai
    /// assert(now() > timestamp("2020-01-01 12:00:00 +0000"));
    /// ```
    #[rhai_fn(return_raw, volatile)]
    pub fn now(context: NativeCallContext<'_>) -> Result<Moment> {
        Ok(session_of(&context)?.host().clock.now().into())
    }

    /// A day from its text: year, month, day.
    ///
    /// # Errors
    /// `invalid` for anything but `2024-12-31`.
    ///
    /// ```rhai
    /// assert_eq(date("2024-12-31").year, 2024);
    /// ```
    #[rhai_fn(return_raw)]
    pub fn date(text: &str) -> Result<Day> {
        Ok(Day::read(text)?)
    }

    /// A moment from its text; without a zone it is UTC.
    ///
    /// ```rhai
    /// let here = at("2024-01-01 01:00:00 +0100");
    /// assert_eq(here, at("2024-01-01 00:00:00"));
    /// ```
    #[rhai_fn(name = "at", name = "timestamp", return_raw)]
    pub fn at(text: &str) -> Result<Moment> {
        Ok(Moment::read(text)?)
    }

    /// The day of a moment.
    ///
    /// ```rhai
    /// assert_eq(at("2024-01-01 01:00:00").date, date("2024-01-01"));
    /// ```
    #[rhai_fn(get = "date", pure)]
    pub fn day_of(moment: &mut Moment) -> Day {
        moment.day()
    }

    /// The year.
    ///
    /// ```rhai
    /// assert_eq(date("2024-12-31").year, 2024);
    /// ```
    #[rhai_fn(get = "year", pure)]
    pub fn year(day: &mut Day) -> INT {
        chrono::Datelike::year(&day.0).into()
    }

    /// The month, counted from 1.
    ///
    /// ```rhai
    /// assert_eq(date("2024-12-31").month, 12);
    /// ```
    #[rhai_fn(get = "month", pure)]
    pub fn month(day: &mut Day) -> INT {
        chrono::Datelike::month(&day.0).into()
    }

    /// The day of the month, counted from 1.
    ///
    /// ```rhai
    /// assert_eq(date("2024-12-31").day, 31);
    /// ```
    #[rhai_fn(get = "day", pure)]
    pub fn day(day: &mut Day) -> INT {
        chrono::Datelike::day(&day.0).into()
    }

    /// So many days later.
    ///
    /// ```rhai
    /// assert_eq(date("2024-12-31") + 1, date("2025-01-01"));
    /// ```
    #[rhai_fn(name = "+", return_raw)]
    pub fn later(day: Day, days: INT) -> Result<Day> {
        Ok(day.plus(days)?)
    }

    /// So many days earlier.
    ///
    /// ```rhai
    /// assert_eq(date("2025-01-01") - 1, date("2024-12-31"));
    /// ```
    #[rhai_fn(name = "-", return_raw)]
    pub fn earlier(day: Day, days: INT) -> Result<Day> {
        Ok(day.plus(days.saturating_neg())?)
    }

    /// How many days lie between.
    ///
    /// ```rhai
    /// assert_eq(date("2025-01-01") - date("2024-12-30"), 2);
    /// ```
    #[rhai_fn(name = "-")]
    pub fn days_between(later: Day, earlier: Day) -> INT {
        (later.0 - earlier.0).num_days()
    }

    /// So many seconds later.
    ///
    /// ```rhai
    /// assert_eq(at("2024-01-01 00:00:00") + 60, at("2024-01-01 00:01:00"));
    /// ```
    #[rhai_fn(name = "+", return_raw)]
    pub fn moment_later(moment: Moment, seconds: INT) -> Result<Moment> {
        Ok(moment.plus_seconds(seconds)?)
    }

    /// So many seconds earlier.
    ///
    /// ```rhai
    /// assert_eq(at("2024-01-01 00:01:00") - 60, at("2024-01-01 00:00:00"));
    /// ```
    #[rhai_fn(name = "-", return_raw)]
    pub fn moment_earlier(moment: Moment, seconds: INT) -> Result<Moment> {
        Ok(moment.plus_seconds(seconds.saturating_neg())?)
    }

    /// How many seconds lie between.
    ///
    /// ```rhai
    /// assert_eq(at("2024-01-01 00:01:00") - at("2024-01-01 00:00:00"), 60);
    /// ```
    #[rhai_fn(name = "-")]
    pub fn seconds_between(later: Moment, earlier: Moment) -> INT {
        (later.0 - earlier.0).num_seconds()
    }

    /// Whether a day is the same as another, in whatever zone: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(date("2024-12-31") == "2024-12-31");
    /// ```
    #[rhai_fn(name = "==", pure)]
    pub fn day_same(a: &mut Day, b: Dynamic) -> bool {
        compared(&Moment::from(*a), &b).is_ok_and(Ordering::is_eq)
    }

    /// Whether a day is not the same as another: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(date("2024-12-31") != date("2025-01-01"));
    /// ```
    #[rhai_fn(name = "!=", pure)]
    pub fn day_other(a: &mut Day, b: Dynamic) -> bool {
        !compared(&Moment::from(*a), &b).is_ok_and(Ordering::is_eq)
    }

    /// Whether a day comes before another: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(date("2024-12-31") < now());
    /// ```
    #[rhai_fn(name = "<", pure, return_raw)]
    pub fn day_before(a: &mut Day, b: Dynamic) -> Result<bool> {
        Ok(compared(&Moment::from(*a), &b)?.is_lt())
    }

    /// Whether a day comes before another, or is the same: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(date("2024-12-31") <= today());
    /// ```
    #[rhai_fn(name = "<=", pure, return_raw)]
    pub fn day_until(a: &mut Day, b: Dynamic) -> Result<bool> {
        Ok(compared(&Moment::from(*a), &b)?.is_le())
    }

    /// Whether a day comes after another: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(date("2025-01-01") > "2024-12-31");
    /// ```
    #[rhai_fn(name = ">", pure, return_raw)]
    pub fn day_after(a: &mut Day, b: Dynamic) -> Result<bool> {
        Ok(compared(&Moment::from(*a), &b)?.is_gt())
    }

    /// Whether a day comes after another, or is the same: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(date("2025-01-01") >= date("2024-12-31"));
    /// ```
    #[rhai_fn(name = ">=", pure, return_raw)]
    pub fn day_since(a: &mut Day, b: Dynamic) -> Result<bool> {
        Ok(compared(&Moment::from(*a), &b)?.is_ge())
    }

    /// Whether a moment is the same as another, in whatever zone: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(at("2024-01-01 01:00:00 +0100") == at("2024-01-01 00:00:00 +0000"));
    /// ```
    #[rhai_fn(name = "==", pure)]
    pub fn moment_same(a: &mut Moment, b: Dynamic) -> bool {
        compared(a, &b).is_ok_and(Ordering::is_eq)
    }

    /// Whether a moment is not the same as another: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(at("2024-01-01 01:00:00") != at("2024-01-01 00:00:00"));
    /// ```
    #[rhai_fn(name = "!=", pure)]
    pub fn moment_other(a: &mut Moment, b: Dynamic) -> bool {
        !compared(a, &b).is_ok_and(Ordering::is_eq)
    }

    /// Whether a moment comes before another: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(at("2024-01-01 00:00:00") < now());
    /// ```
    #[rhai_fn(name = "<", pure, return_raw)]
    pub fn moment_before(a: &mut Moment, b: Dynamic) -> Result<bool> {
        Ok(compared(a, &b)?.is_lt())
    }

    /// Whether a moment comes before another, or is the same: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(at("2024-01-01 00:00:00") <= now());
    /// ```
    #[rhai_fn(name = "<=", pure, return_raw)]
    pub fn moment_until(a: &mut Moment, b: Dynamic) -> Result<bool> {
        Ok(compared(a, &b)?.is_le())
    }

    /// Whether a moment comes after another: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(now() > "2024-01-01");
    /// ```
    #[rhai_fn(name = ">", pure, return_raw)]
    pub fn moment_after(a: &mut Moment, b: Dynamic) -> Result<bool> {
        Ok(compared(a, &b)?.is_gt())
    }

    /// Whether a moment comes after another, or is the same: a day, a moment or the text of one.
    ///
    /// ```rhai
    /// assert(now() >= date("2024-01-01"));
    /// ```
    #[rhai_fn(name = ">=", pure, return_raw)]
    pub fn moment_since(a: &mut Moment, b: Dynamic) -> Result<bool> {
        Ok(compared(a, &b)?.is_ge())
    }

    /// The day as a text.
    ///
    /// ```rhai
    /// assert_eq(date("2024-12-31").to_string(), "2024-12-31");
    /// ```
    #[rhai_fn(name = "to_string", name = "to_debug", pure)]
    pub fn day_text(day: &mut Day) -> String {
        day.to_string()
    }

    /// The moment as a text, with its zone.
    ///
    /// ```rhai
    /// assert_eq(at("2024-12-31").to_string(), "2024-12-31 00:00:00 +0000");
    /// ```
    #[rhai_fn(name = "to_string", name = "to_debug", pure)]
    pub fn moment_text(moment: &mut Moment) -> String {
        moment.to_string()
    }
}

/// How two moments stand; of a day its beginning in UTC counts.
fn compared(a: &Moment, b: &Dynamic) -> Result<Ordering, ScriptError> {
    let wrong = || {
        let noun = value::noun(b);
        ScriptError::invalid(format!("a time cannot be compared with {noun}"))
    };
    let b = value::moment(b).map_err(|_| wrong())?.ok_or_else(wrong)?;
    Ok(a.cmp(&b))
}
