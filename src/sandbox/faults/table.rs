//! What rules are made of, for people.
use std::fmt::Write;

/// How something is written, and what it means.
type Row = (&'static str, &'static str);

pub(super) const METHODS: &[Row] = &[
    ("METHOD", "that method, alone or in executeOperations; `*` is any text"),
    ("executeOperations/OPERATION", "an operation only: executeOperations/CreateSamples"),
    ("read", "what changes nothing, logins excepted"),
    ("change", "what changes something"),
    ("*", "every call. Several are separated by commas"),
];

pub(super) const WHEN: &[Row] = &[
    ("always", "all of them"),
    ("once", "the first"),
    ("N", "the first N"),
    ("only=N", "the Nth alone"),
    ("every=N", "each Nth"),
    ("P%", "each with this probability"),
    ("each=TIME", "the first after that time, again and again"),
];

pub(super) const FAULTS: &[Row] = &[
    ("latency=TIME", "begins later: 200ms, 2s, 5m"),
    ("500", "so 429, 502, 503, 504: not carried out; `504,after`: carried out"),
    ("503,retry-after=SECONDS", "likewise, and says when to come again"),
    ("refuse=TIME", "nobody listens for that time, all connections end"),
    ("refuse=N", "all connections end, and the next N do at once"),
    ("drop-before", "the connection ends, not carried out"),
    ("drop-after", "carried out, then the connection ends"),
    ("truncate", "carried out, half of the answer comes"),
    ("stall-before", "nothing comes and the connection stays, not carried out"),
    ("stall-after", "carried out, nothing comes and the connection stays"),
    ("stall", "carried out, half of the answer comes and the connection stays"),
    ("trickle=TIME", "carried out, the answer comes in ten pieces, TIME between them"),
    ("garbage", "carried out, the answer is no JSON"),
    ("html", "a web page with status 200, not carried out"),
    ("session-lost", "the session is forgotten; at a login the one that it began"),
    ("session-expired", "the session was not used for too long"),
    ("pat-expired", "the personal access token is over, for good"),
    ("login-disabled", "nobody may log in"),
    ("kill-before", "the process dies, not carried out"),
    ("kill-after", "carried out, then the process dies"),
];

/// The forms of a part, for a message.
pub(super) fn forms(rows: &[Row]) -> String {
    let forms: Vec<String> = rows.iter().map(|row| format!("`{}`", row.0)).collect();
    forms.join(", ")
}

/// Everything, for a page of help.
pub fn table() -> String {
    let mut text = String::new();
    for (part, rows) in [("METHODS", METHODS), ("WHEN", WHEN), ("FAULT", FAULTS)] {
        let width = rows.iter().map(|row| row.0.len()).max().unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{part}");
        for (form, meaning) in rows {
            let _ = writeln!(text, "  {form:width$}  {meaning}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::faults::Rule;

    fn filled(form: &str) -> String {
        let values = [
            ("SECONDS", "5"),
            ("TIME", "2s"),
            ("METHOD", "login"),
            ("OPERATION", "CreateSamples"),
            ("N", "3"),
            ("P", "10"),
        ];
        let mut text = form.to_owned();
        for (name, value) in values {
            text = text.replace(name, value);
        }
        text
    }

    #[test]
    fn everything_that_is_listed_can_be_written() {
        let rules = METHODS
            .iter()
            .map(|row| format!("{}:once:500", filled(row.0)))
            .chain(WHEN.iter().map(|row| format!("*:{}:500", filled(row.0))))
            .chain(FAULTS.iter().map(|row| format!("*:once:{}", filled(row.0))));
        for rule in rules {
            assert!(rule.parse::<Rule>().is_ok(), "{rule}");
        }
    }
}
