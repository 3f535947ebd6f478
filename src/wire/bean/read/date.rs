//! The forms in which the server takes dates.
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

/// Milliseconds since 1970 of `1620294896000`, `2021-05-06`, `2021-05-06T09:54:56[.789][+02:00]`
/// or `Thu, 06 May 2021 09:54:56 GMT`; without a zone it is UTC.
pub(super) fn millis(text: &str) -> Option<i64> {
    if let Ok(millis) = text.parse() {
        return Some(millis);
    }
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(day.and_time(NaiveTime::MIN).and_utc().timestamp_millis());
    }
    let Some((day, time)) = text.split_once('T') else { return rfc_1123(text) };
    if day.len() != 10 {
        return rfc_1123(text);
    }
    if let Ok(local) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f") {
        return Some(local.and_utc().timestamp_millis());
    }
    let text = match time.strip_suffix('Z') {
        Some(time) => format!("{day}T{time}+00:00"),
        None => text.to_owned(),
    };
    let zoned = DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%z");
    zoned.ok().map(|time| time.timestamp_millis())
}

fn rfc_1123(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc2822(text).ok().map(|time| time.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::millis;

    #[test]
    fn a_date_comes_in_many_forms() {
        let forms = [
            ("1620294896789", 1_620_294_896_789),
            ("2021-05-06", 1_620_259_200_000),
            ("2021-05-06T09:54:56", 1_620_294_896_000),
            ("2021-05-06T09:54:56.789Z", 1_620_294_896_789),
            ("2021-05-06T11:54:56+02:00", 1_620_294_896_000),
            ("2021-05-06T11:54:56.789+0200", 1_620_294_896_789),
            ("Thu, 06 May 2021 09:54:56 GMT", 1_620_294_896_000),
        ];
        for (text, expected) in forms {
            assert_eq!(millis(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_blank_between_day_and_time_is_refused() {
        assert_eq!(millis("2021-05-06 09:54:56"), None);
        assert_eq!(millis("06.05.2021"), None);
    }
}
