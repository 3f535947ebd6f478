use std::borrow::Cow;

use super::collate;
use super::operator::{Comparison, Operator, word};
use super::pattern::{Pattern, has_wildcards};
use super::words::Words;
use crate::sandbox::fault::{failed, null_pointer};
use crate::wire::Fault;
use crate::wire::bean::View;

/// What a text has to be like.
#[derive(Clone, Debug)]
pub(super) enum TextTest {
    /// There is one.
    Any,
    Equal(String),
    Like(Pattern),
    Compare(Comparison, String),
    Words(Words),
}

/// How a text criteria is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// Whether `*` and `?` may stand for other characters.
    pub(super) wildcards: bool,
    pub(super) of: Source,
}

/// What a text criteria looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Codes and the like: taken as they are.
    Attribute,
    /// Values of properties: one pair of quotes around the constant is dropped, and they can
    /// be searched for words.
    Value,
    /// Anything outside the data base: equality, too, ignores case.
    Memory,
}

impl TextTest {
    /// Reads a value such as a `StringContainsValue`.
    pub(super) fn read(value: View<'_>, reading: Reading) -> Result<Self, Fault> {
        let operator = Operator::of(value).ok_or_else(|| unsupported(value))?;
        if operator == Operator::Any {
            return Ok(Self::Any);
        }
        let text = value.text("value").ok_or_else(null_pointer)?;
        let text = if reading.of == Source::Value { unquoted(text) } else { text };
        Ok(match operator {
            Operator::Any => Self::Any,
            Operator::Compare(Comparison::Equal) => equal(text, reading),
            Operator::Compare(comparison) => Self::Compare(comparison, text.to_owned()),
            Operator::Contains | Operator::ContainsExactly => {
                Self::Like(pattern(text, reading).at_begin().at_end())
            }
            Operator::StartsWith => Self::Like(pattern(text, reading).at_begin()),
            Operator::EndsWith => Self::Like(pattern(text, reading).at_end()),
            Operator::Matches if reading.of == Source::Value => {
                Self::Words(Words::new(text))
            }
            Operator::Matches => return Err(unsupported(value)),
        })
    }

    pub(super) fn holds(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Equal(wanted) => wanted == text,
            Self::Like(pattern) => pattern.fits(text),
            Self::Compare(comparison, wanted) => {
                comparison.holds(collate::compare(text, wanted))
            }
            Self::Words(words) => words.occur_in(text),
        }
    }

    pub(super) fn holds_for(&self, text: Option<Cow<'_, str>>) -> bool {
        text.is_some_and(|text| self.holds(&text))
    }

    /// The only text that fits, where there is only one.
    pub(super) fn only(&self) -> Option<&str> {
        match self {
            Self::Equal(text) => Some(text),
            Self::Any | Self::Like(_) | Self::Compare(..) | Self::Words(_) => None,
        }
    }
}

fn unsupported(value: View<'_>) -> Fault {
    failed(format!("Unsupported AbstractStringValue type: String{}Value", word(value)))
}

fn equal(text: &str, reading: Reading) -> TextTest {
    if reading.wildcards && has_wildcards(text) {
        return TextTest::Like(Pattern::wild(text));
    }
    match reading.of == Source::Memory {
        true => TextTest::Like(Pattern::plain(text)),
        false => TextTest::Equal(text.to_owned()),
    }
}

fn pattern(text: &str, reading: Reading) -> Pattern {
    match reading.wildcards {
        true => Pattern::wild(text),
        false => Pattern::plain(text),
    }
}

fn unquoted(text: &str) -> &str {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::bean::Graph;

    const PROPERTY: Reading = Reading { wildcards: true, of: Source::Value };
    const CODE: Reading = Reading { wildcards: true, of: Source::Attribute };

    fn test(class: &'static str, text: &str, reading: Reading) -> TextTest {
        let mut graph = Graph::new();
        let value = graph.add(class);
        graph.set(value, "value", text);
        TextTest::read(graph.view(value), reading).unwrap()
    }

    #[test]
    fn equality_minds_case_until_there_is_a_wildcard() {
        let equal = |text| test("as.dto.common.search.StringEqualToValue", text, CODE);
        assert!(!equal("alfa-1").holds("ALFA-1"));
        assert!(equal("alfa-?").holds("ALFA-1"));
    }

    #[test]
    fn quotes_around_a_value_are_dropped_once() {
        let equal =
            |text| test("as.dto.common.search.StringEqualToValue", text, PROPERTY);
        assert!(equal("\"alpha beta\"").holds("alpha beta"));
        assert!(equal("\"\"delta\"\"").holds("\"delta\""));
    }

    #[test]
    fn words_are_not_looked_for_in_codes() {
        let mut graph = Graph::new();
        let value = graph.add("as.dto.common.search.StringMatchesValue");
        graph.set(value, "value", "GAMMA");
        let fault = TextTest::read(graph.view(value), CODE).unwrap_err();
        let text = "Unsupported AbstractStringValue type: StringMatchesValue";
        assert_eq!(fault.message, text);
    }
}
