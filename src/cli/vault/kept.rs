use std::time::SystemTime;

use zeroize::Zeroizing;

use crate::client::Secret;
use crate::model::Timestamp;

/// A secret with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) secret: Secret,
    /// The session name of an access token.
    pub(crate) name: Option<String>,
    /// Until when it holds.
    pub(crate) until: Option<Timestamp>,
    /// From when on its end is told beforehand.
    pub(crate) warn_from: Option<Timestamp>,
    /// Since when it is kept.
    pub(crate) since: SystemTime,
}

impl Kept {
    pub(crate) fn session(secret: &Secret) -> Self {
        Self {
            secret: secret.clone(),
            name: None,
            until: None,
            warn_from: None,
            since: SystemTime::UNIX_EPOCH,
        }
    }

    /// The secret in the first line, what is known of it in those below.
    pub(super) fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(format!("{}\n", self.secret.reveal()));
        let line = |key: &str, value: String| format!("{key} {value}\n");
        text.extend(self.name.iter().map(|name| line("name", name.replace('\n', " "))));
        text.extend(self.until.iter().map(|time| line("until", time.0.to_string())));
        text.extend(self.warn_from.iter().map(|time| line("warn", time.0.to_string())));
        text
    }

    pub(super) fn parse(text: &str, since: SystemTime) -> Option<Self> {
        let mut lines = text.lines();
        let secret = lines.next().map(str::trim).filter(|secret| !secret.is_empty())?;
        let mut kept = Self { since, ..Self::session(&Secret::from(secret)) };
        for (key, value) in lines.filter_map(|line| line.split_once(' ')) {
            let time = || value.trim().parse().ok().map(Timestamp);
            match key {
                "name" => kept.name = Some(value.to_owned()),
                "until" => kept.until = time(),
                "warn" => kept.warn_from = time(),
                _ => {}
            }
        }
        Some(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_an_access_token_comes_back() {
        let kept = Kept {
            name: Some("nightly jobs".to_owned()),
            until: Some(Timestamp(5)),
            warn_from: Some(Timestamp(3)),
            ..Kept::session(&Secret::from("$pat-x"))
        };
        assert_eq!(Kept::parse(&kept.text(), kept.since), Some(kept));
    }
}
