/// Milliseconds of `90s`, `15m`, `2h` or `1d`; `None` for anything else, and for nothing.
pub(super) fn millis(text: &str) -> Option<i64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim() {
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    let number: i64 = number.parse().ok().filter(|number| *number > 0)?;
    number.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::millis;

    #[test]
    fn a_period_is_a_positive_number_and_a_unit() {
        assert_eq!(millis("90s"), Some(90_000));
        assert_eq!(millis("2 h"), Some(7_200_000));
        for wrong in ["", "5", "m", "0m", "-1m", "5x", "99999999999999999999d"] {
            assert_eq!(millis(wrong), None, "{wrong}");
        }
    }
}
