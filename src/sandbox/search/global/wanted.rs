use super::super::operator::{Comparison, Operator};
use super::super::pattern::Pattern;
use super::super::words::Words;
use crate::sandbox::fault::{failed, null_pointer};
use crate::wire::Fault;
use crate::wire::bean::View;

/// The texts that are looked for: all of them, or one.
pub(super) struct Wanted {
    asks: Vec<Ask>,
    one_is_enough: bool,
}

/// What one text criteria asks for.
enum Ask {
    /// All of these, wherever in the object's texts.
    Parts(Vec<Part>),
    /// One of these words.
    Words(Words),
    /// Words that begin with each of these.
    Beginnings(Vec<String>),
    /// A word that is just this.
    Word(String),
    /// What no text is like.
    Nothing,
}

enum Part {
    Plain(String),
    Wild(Pattern),
}

impl Wanted {
    /// Reads the text criteria; one without value says nothing.
    pub(super) fn read(criteria: View<'_>) -> Result<Self, Fault> {
        let inners = || criteria.inners("criteria");
        let wild = inners().any(|it| it.name() == "GlobalSearchWildCardsCriteria");
        let texts = inners().filter(|it| it.name() == "GlobalSearchTextCriteria");
        let values = texts.filter_map(|text| text.inner("fieldValue"));
        let asks =
            values.map(|value| Ask::read(value, wild)).collect::<Result<_, _>>()?;
        Ok(Self { asks, one_is_enough: criteria.text("operator") == Some("OR") })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.asks.is_empty()
    }

    /// Whether an object with these texts, in small letters, is found.
    pub(super) fn is_met_by(&self, texts: &[String]) -> bool {
        let mut asks = self.asks.iter();
        match self.one_is_enough {
            true => asks.any(|ask| ask.is_met_by(texts)),
            false => asks.all(|ask| ask.is_met_by(texts)),
        }
    }

    /// Whether a text has a part in the object's being found.
    pub(super) fn touches(&self, text: &str) -> bool {
        self.asks.iter().any(|ask| match ask {
            Ask::Parts(parts) => parts.iter().any(|part| part.is_in(text)),
            Ask::Words(words) => words.occur_in(text),
            Ask::Beginnings(all) => all.iter().any(|one| begins(text, one)),
            Ask::Word(word) => words(text).any(|one| one == word),
            Ask::Nothing => false,
        })
    }

    /// What a text that is touched adds to the score.
    pub(super) fn weight(&self) -> f64 {
        let ranked = |ask: &Ask| matches!(ask, Ask::Words(_) | Ask::Beginnings(_));
        if self.asks.iter().any(ranked) { 1.0 } else { 0.0 }
    }
}

impl Ask {
    fn read(value: View<'_>, wild: bool) -> Result<Self, Fault> {
        let text = value.text("value").ok_or_else(null_pointer)?.to_lowercase();
        if text.trim().is_empty() {
            return Err(failed("ERROR: syntax error in tsquery"));
        }
        let each = || text.split_whitespace();
        Ok(match Operator::of(value) {
            Some(Operator::Contains) => {
                Self::Parts(each().map(|word| Part::new(word, wild)).collect())
            }
            Some(Operator::ContainsExactly) => Self::Parts(vec![Part::new(&text, wild)]),
            Some(Operator::Matches) => Self::Words(Words::new(&text)),
            Some(Operator::StartsWith) => {
                Self::Beginnings(each().map(str::to_owned).collect())
            }
            Some(Operator::Compare(Comparison::Equal)) => Self::Word(text),
            Some(Operator::Any | Operator::Compare(_) | Operator::EndsWith) | None => {
                Self::Nothing
            }
        })
    }

    fn is_met_by(&self, texts: &[String]) -> bool {
        let mut texts = texts.iter();
        match self {
            Self::Parts(parts) => {
                parts.iter().all(|part| texts.clone().any(|text| part.is_in(text)))
            }
            Self::Words(words) => texts.any(|text| words.occur_in(text)),
            Self::Beginnings(all) => {
                all.iter().all(|one| texts.clone().any(|text| begins(text, one)))
            }
            Self::Word(word) => texts.any(|text| words(text).any(|one| one == word)),
            Self::Nothing => false,
        }
    }
}

impl Part {
    fn new(text: &str, wild: bool) -> Self {
        match wild {
            true => Self::Wild(Pattern::wild(text).at_begin().at_end()),
            false => Self::Plain(text.to_owned()),
        }
    }

    fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Plain(part) => text.contains(part),
            Self::Wild(pattern) => pattern.fits(text),
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

fn begins(text: &str, beginning: &str) -> bool {
    words(text).any(|word| word.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::bean::{Graph, Node};

    fn found(class: &'static str, text: &str, wild: bool) -> bool {
        let mut graph = Graph::new();
        let value = graph.add(class);
        graph.set(value, "value", text);
        let ask = graph.add("as.dto.global.search.GlobalSearchTextCriteria");
        graph.set(ask, "fieldValue", Node::Bean(value));
        let mut inner = vec![Node::Bean(ask)];
        if wild {
            let class = "as.dto.global.search.GlobalSearchWildCardsCriteria";
            inner.push(Node::Bean(graph.add(class)));
        }
        let criteria = graph.add("as.dto.global.search.GlobalSearchCriteria");
        graph.set(criteria, "criteria", inner);
        let wanted = Wanted::read(graph.view(criteria)).unwrap();
        wanted.is_met_by(&["alpha beta".to_owned(), "/lab/s1".to_owned()])
    }

    const CONTAINS: &str = "as.dto.common.search.StringContainsValue";

    #[test]
    fn all_words_occur_in_any_order_and_any_place() {
        assert!(found(CONTAINS, "Bet LPHA", false));
        assert!(found(CONTAINS, "beta s1", false));
        assert!(!found(CONTAINS, "beta gamma", false));
        let exactly = "as.dto.common.search.StringContainsExactlyValue";
        assert!(found(exactly, "alpha b", false));
        assert!(!found(exactly, "beta alpha", false));
    }

    #[test]
    fn stars_are_wildcards_only_where_they_are_switched_on() {
        assert!(!found(CONTAINS, "al*ha", false));
        assert!(found(CONTAINS, "al*ha", true));
    }

    #[test]
    fn a_beginning_is_that_of_a_word_and_an_end_is_never_found() {
        assert!(found("as.dto.common.search.StringStartsWithValue", "bet", false));
        assert!(!found("as.dto.common.search.StringStartsWithValue", "eta", false));
        assert!(!found("as.dto.common.search.StringEndsWithValue", "beta", false));
    }
}
