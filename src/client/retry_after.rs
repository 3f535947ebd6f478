//! When a server wants to be asked again.
use std::time::Duration;

use chrono::DateTime;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// What `Retry-After` says: seconds, or a moment, which is held against the server's own
/// `Date`.
pub(super) fn of(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let after = text(RETRY_AFTER)?;
    if let Ok(seconds) = after.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = DateTime::parse_from_rfc2822(after).ok()?;
    let now = DateTime::parse_from_rfc2822(text(DATE)?).ok()?;
    Some((moment - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(retry_after: &str, date: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        headers.insert(DATE, date.parse().unwrap());
        headers
    }

    const NOON: &str = "Sun, 22 Nov 2026 12:00:00 GMT";

    #[test]
    fn seconds_are_taken_as_they_are() {
        assert_eq!(of(&headers("7", NOON)), Some(Duration::from_secs(7)));
    }

    #[test]
    fn a_moment_is_counted_from_the_servers_date() {
        let later = "Sun, 22 Nov 2026 12:01:30 GMT";
        assert_eq!(of(&headers(later, NOON)), Some(Duration::from_secs(90)));
        assert_eq!(of(&headers(NOON, later)), Some(Duration::ZERO));
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        assert_eq!(of(&headers("soon", NOON)), None);
        assert_eq!(of(&HeaderMap::new()), None);
    }
}
