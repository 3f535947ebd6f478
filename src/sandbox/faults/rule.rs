use std::fmt;
use std::str::FromStr;

use super::asked::Call;
use super::effect::Effect;
use super::table;
use super::when::When;
use super::which::{Which, names};

/// What goes wrong with which calls, and when: `createSamples:3:drop-after`.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    text: String,
    which: Vec<Which>,
    pub(super) when: When,
    pub(super) effect: Effect,
}

/// Why a text is no rule.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    #[error(
        "a rule has three parts: `METHODS:WHEN:FAULT`, like `login:once:session-lost`"
    )]
    Parts,
    #[error("no method is named `{name}`; {}", nearest(name))]
    Methods { name: String },
    #[error("`{text}` does not say when; there are {}", table::forms(table::WHEN))]
    When { text: String },
    #[error("`{text}` is no fault; there are {}", table::forms(table::FAULTS))]
    Fault { text: String },
}

/// How alike two names have to be for one to be taken for the other.
const ALIKE: f64 = 0.8;

fn nearest(name: &str) -> String {
    let known = names();
    let likeness = |known: &&String| strsim::jaro_winkler(known, name);
    let nearest = known
        .iter()
        .filter(|known| likeness(known) >= ALIKE)
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match nearest {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("there are {}", table::forms(table::METHODS)),
    }
}

impl Rule {
    /// Whether it is about a call.
    pub(super) fn fits(&self, call: &Call) -> bool {
        self.which.iter().any(|which| which.fits(call)) && self.effect.fits(call)
    }
}

impl FromStr for Rule {
    type Err = BadRule;

    fn from_str(text: &str) -> Result<Self, BadRule> {
        let parts: Vec<&str> = text.split(':').map(str::trim).collect();
        let [methods, when, fault] = parts[..] else { return Err(BadRule::Parts) };
        let which = |name: &str| {
            Which::read(name).ok_or_else(|| BadRule::Methods { name: name.to_owned() })
        };
        let which = methods.split(',').map(which).collect::<Result<_, _>>()?;
        let when =
            When::read(when).ok_or_else(|| BadRule::When { text: when.to_owned() })?;
        let effect = Effect::read(fault)
            .ok_or_else(|| BadRule::Fault { text: fault.to_owned() })?;
        Ok(Self { text: text.to_owned(), which, when, effect })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> String {
        text.parse::<Rule>().unwrap_err().to_string()
    }

    #[test]
    fn rules_are_read_as_people_write_them() {
        for text in [
            "login:once:session-lost",
            "createSamples:3:drop-after",
            "*:10%:drop-before",
            "searchSamples:every=7:latency=200ms",
            "executeOperations/CreateSamples,change:only=2:503,retry-after=1",
        ] {
            assert_eq!(text.parse::<Rule>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_mistake_names_the_part_and_what_there_is() {
        assert!(mistake("login:once").contains("three parts"));
        let message = mistake("createSample:once:500");
        assert!(message.contains("did you mean `createSamples`?"), "{message}");
        let message = mistake("zzz:once:500");
        assert!(message.contains("there are `METHOD`"), "{message}");
        let message = mistake("login:twice:500");
        assert!(message.contains("`twice` does not say when"), "{message}");
        assert!(message.contains("`every=N`"), "{message}");
        let message = mistake("login:once:boom");
        assert!(message.contains("`boom` is no fault"), "{message}");
        assert!(message.contains("`session-lost`"), "{message}");
    }
}
