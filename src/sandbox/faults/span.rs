//! Spans of time as rules write them: `200ms`, `2s`, `5m`, `1h`.
use std::time::Duration;

/// Each unit with its milliseconds; `ms` stands before what it ends like.
const UNITS: [(&str, u64); 4] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];

pub(super) fn read(text: &str) -> Option<Duration> {
    let (number, millis) = UNITS
        .iter()
        .find_map(|(unit, millis)| Some((text.strip_suffix(unit)?, *millis)))?;
    let number: u64 = number.parse().ok()?;
    Some(Duration::from_millis(number.checked_mul(millis)?))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_span_is_a_number_and_a_unit() {
        let cases = [("200ms", 200), ("2s", 2000), ("5m", 300_000), ("1h", 3_600_000)];
        for (text, millis) in cases {
            assert_eq!(read(text).unwrap().as_millis(), millis, "{text}");
        }
        for text in ["", "2", "s", "-1s", "2 s", "99999999999999999999s"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
