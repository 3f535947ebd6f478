use std::time::Duration;

use clap::ValueEnum;

use crate::cli::global::Format;
use crate::client::{Fingerprint, shown_address};

/// What the value of a setting looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    /// A web address; user and password in it are not shown.
    Address,
    Flag,
    Count,
    /// `30s`, `5m`, `2h`, `1d`.
    Period,
    /// A path; `~/` is the home folder, others begin at the folder of the configuration.
    File,
    /// Paths, with commas between them.
    Files,
    /// Names, with commas between them.
    Names,
    Fingerprint,
    /// How values are written.
    Output,
    /// Where tokens are kept.
    Store,
}

/// Where tokens may be kept.
const STORES: &[&str] = &["auto", "keyring", "file"];

impl Form {
    /// Why the text is no such value.
    pub(crate) fn check(self, text: &str) -> Result<(), String> {
        let fits = match self {
            Self::Text | Self::File => !text.is_empty(),
            Self::Files | Self::Names => items(text).next().is_some(),
            Self::Address => !text.is_empty() && !text.contains(char::is_whitespace),
            Self::Flag => flag(text).is_some(),
            Self::Count => text.parse::<u64>().is_ok(),
            Self::Period => period(text).is_some(),
            Self::Fingerprint => text.parse::<Fingerprint>().is_ok(),
            Self::Output => Format::from_str(text, false).is_ok(),
            Self::Store => STORES.contains(&text),
        };
        if fits { Ok(()) } else { Err(format!("it has to be {}", self.expected())) }
    }

    fn expected(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Address => "an address, like `https://openbis.example.org`",
            Self::Flag => "`true` or `false`",
            Self::Count => "a number",
            Self::Period => "a time, like `30s`, `5m`, `2h` or `1d`",
            Self::File => "a path",
            Self::Files => "paths, with commas between them",
            Self::Names => "names, with commas between them",
            Self::Fingerprint => "the SHA-256 of a certificate, like `sha256:ab12…`",
            Self::Output => "`table`, `json`, `jsonl`, `csv` or `tsv`",
            Self::Store => "`auto`, `keyring` or `file`",
        }
    }

    /// The value for people.
    pub(crate) fn shown(self, text: &str) -> String {
        match self {
            Self::Address => shown_address(text),
            Self::Text
            | Self::Flag
            | Self::Count
            | Self::Period
            | Self::File
            | Self::Files
            | Self::Names
            | Self::Fingerprint
            | Self::Output
            | Self::Store => text.to_owned(),
        }
    }

    /// The value in TOML.
    pub(crate) fn written(self, text: &str) -> toml_edit::Value {
        match (self, flag(text), text.parse::<i64>()) {
            (Self::Flag, Some(flag), _) => flag.into(),
            (Self::Count, _, Ok(count)) => count.into(),
            _ => text.into(),
        }
    }
}

/// `true` or `false`, in the words of an environment too.
pub(crate) fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// What stands between commas.
pub(crate) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// `30s`, `5m`, `2h`, `1d`; zero too.
pub(crate) fn period(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    let seconds = match unit.trim() {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => return None,
    };
    number.checked_mul(seconds).map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_number_and_a_unit() {
        assert_eq!(period("90s"), Some(Duration::from_secs(90)));
        assert_eq!(period("2h"), Some(Duration::from_secs(7200)));
        assert_eq!(period("0s"), Some(Duration::ZERO));
        for wrong in ["", "5", "m", "-1m", "5x", "99999999999999999999d"] {
            assert_eq!(period(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        let shown = Form::Address.shown("http://ann:geheim@proxy:3128");
        assert_eq!(shown, "http://proxy:3128");
    }
}
