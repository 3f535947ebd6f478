use std::sync::Arc;

use super::input::is_word;
use super::names::Names;
use super::place::{self, Begun, Place};
use super::{commands, paint};
use crate::client::Words;
use crate::model::Kind;

/// Where the word begins that is being typed, and what it may become.
pub(super) fn candidates(
    line: &str,
    names: &Names,
    words: &dyn Fn() -> Arc<Vec<Words>>,
) -> (usize, Vec<String>) {
    if let Some(word) = line.strip_prefix('.') {
        return command(word, names);
    }
    if let Some(begun) = place::begun(line) {
        let words = match begun.place {
            Place::Text => Arc::default(),
            Place::Property { .. }
            | Place::Type(_)
            | Place::Vocabulary
            | Place::Value { .. } => words(),
        };
        let found = words.first().map(|words| of_openbis(&begun.place, words, names));
        return begun.fitting(line, found.unwrap_or_default());
    }
    let belongs = |c: char| is_word(c) || c == ':';
    let start = line.len()
        - line
            .chars()
            .rev()
            .take_while(|c| belongs(*c))
            .map(char::len_utf8)
            .sum::<usize>();
    let word = &line[start..];
    let mut found =
        if line[..start].ends_with('.') { behind_dot(names) } else { elsewhere(names) };
    found.retain(|one| one.starts_with(word) && one != word);
    found.sort();
    found.dedup();
    (start, found)
}

/// What there is in openBIS for such a place.
fn of_openbis(place: &Place, words: &Words, names: &Names) -> Vec<String> {
    let found: Vec<&str> = match place {
        Place::Property { of } => {
            let ty = of.as_ref().and_then(|name| names.types.get(name));
            match ty.and_then(|(kind, code)| words.properties_of(*kind, code)) {
                Some(codes) => codes.iter().map(String::as_str).collect(),
                None => words.properties().into_iter().collect(),
            }
        }
        Place::Type(kinds) if kinds.is_empty() => {
            Kind::ALL.iter().flat_map(|kind| words.types(*kind)).collect()
        }
        Place::Type(kinds) => kinds.iter().flat_map(|kind| words.types(*kind)).collect(),
        Place::Text => Vec::new(),
        Place::Vocabulary => words.vocabularies().collect(),
        Place::Value { property } => {
            words.terms_of(property).iter().map(String::as_str).collect()
        }
    };
    found.into_iter().map(str::to_owned).collect()
}

impl Begun<'_> {
    /// Those that the word may become, as they are written there, and where they begin.
    fn fitting(&self, line: &str, mut found: Vec<String>) -> (usize, Vec<String>) {
        let start = line.len() - self.word.len();
        let begun = self.word.to_lowercase();
        let fits = |code: &str| code.to_lowercase().starts_with(&begun);
        if self.quoted {
            found.retain(|code| fits(code) && code != self.word);
            found.sort();
            found.dedup();
            return (start, found);
        }
        // What cannot stand behind a dot takes its place.
        let mut found: Vec<String> = found
            .iter()
            .filter(|code| fits(code.trim_start_matches('$')))
            .map(|code| bare(code).unwrap_or_else(|| format!("[\"{code}\"]")))
            .filter(|one| one[1..] != *self.word)
            .collect();
        found.sort();
        found.dedup();
        (start - 1, found)
    }
}

/// A property's code behind a dot: `.name` for `$NAME`; nothing where it needs quotes.
fn bare(code: &str) -> Option<String> {
    let name = code.trim_start_matches('$').to_lowercase();
    let fits = name.chars().all(is_word) && !name.starts_with(|c: char| c.is_numeric());
    (fits && !name.is_empty()).then(|| format!(".{name}"))
}

fn behind_dot(names: &Names) -> Vec<String> {
    let functions = names.functions.iter().filter(|one| !one.name.contains("::"));
    let calls = functions.map(|one| format!("{}(", one.name));
    calls.chain(names.attributes.iter().cloned()).collect()
}

fn elsewhere(names: &Names) -> Vec<String> {
    let calls = names.functions.iter().map(|one| format!("{}(", one.name));
    let words = paint::keywords().map(str::to_owned);
    names.variables.iter().cloned().chain(words).chain(calls).collect()
}

/// Commands of the prompt, and the recipes behind `.run`.
fn command(word: &str, names: &Names) -> (usize, Vec<String>) {
    if let Some(recipe) = word.strip_prefix("run ") {
        let found = names.recipes.iter().filter(|name| name.starts_with(recipe));
        return (".run ".len(), found.cloned().collect());
    }
    let found = commands::names().filter(|name| name.starts_with(word));
    (1, found.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repl::names::Function;

    fn names() -> Names {
        let function = |name: &str| Function {
            name: name.to_owned(),
            signature: String::new(),
            summary: String::new(),
        };
        Names {
            functions: ["get_space", "get_samples", "csv::read"].map(function).into(),
            attributes: ["registrationDate".to_owned()].into(),
            recipes: vec!["bulk-tag".to_owned()],
            variables: vec!["sample".to_owned(), "s".to_owned()],
            types: [("s".to_owned(), (Kind::Sample, "YEAST".to_owned()))].into(),
        }
    }

    fn words() -> Arc<Vec<Words>> {
        let text = "rhobis words 1\ntype SampleType YEAST $NAME STAGE YEAST.CHECK\n\
            type SampleType BOX ROWS\ntype ExperimentType RUN STAGE\n\
            property STAGE STAGES\nvocabulary STAGES NEW OLD\nend\n";
        Arc::new(vec![text.parse().unwrap()])
    }

    fn all(line: &str) -> String {
        candidates(line, &names(), &words).1.join(" ")
    }

    #[test]
    fn behind_p_come_properties_those_of_the_type_where_it_is_known() {
        assert_eq!(found("s.p.st"), (3, ".stage".to_owned()));
        assert_eq!(all("s.p."), ".name .stage [\"YEAST.CHECK\"]");
        assert_eq!(all("x.props.r"), ".rows");
        assert_eq!(found("s.p.yea"), (3, "[\"YEAST.CHECK\"]".to_owned()));
        assert_eq!(all("let a = s.p[\""), "$NAME STAGE YEAST.CHECK");
        assert_eq!(all("s.p[\"y"), "YEAST.CHECK");
    }

    #[test]
    fn types_are_those_of_the_function() {
        assert_eq!(all("o.get_samples(#{ type: \""), "BOX YEAST");
        assert_eq!(all("o.get_objects(#{ space: \"A\", type: \"y"), "YEAST");
        assert_eq!(all("o.get_collections(#{ type: \""), "RUN");
        assert_eq!(all("#{ type: \""), "BOX RUN YEAST");
        assert_eq!(all("o.new_object(\"b"), "BOX");
        assert_eq!(all("o.get_sample_type(\"Y"), "YEAST");
    }

    #[test]
    fn terms_are_those_of_the_property() {
        assert_eq!(all("s.p.stage = \""), "NEW OLD");
        assert_eq!(all("if s.p[\"STAGE\"] == \"o"), "OLD");
        let map = "o.get_samples(#{ type: \"YEAST\", where: #{ \"STAGE\": \"n";
        assert_eq!(all(map), "NEW");
        assert_eq!(all("o.get_samples(#{ where: #{ \"st"), "STAGE");
        assert_eq!(all("o.new_sample(\"YEAST\", #{ props: #{ stage: \""), "NEW OLD");
        assert_eq!(all("o.get_terms(\""), "STAGES");
    }

    #[test]
    fn a_plain_text_is_not_completed_with_words_of_openbis() {
        assert_eq!(all("print(\"y"), "");
        assert_eq!(all("o.get_space(\""), "");
        assert_eq!(all("let name = \""), "");
    }

    fn found(line: &str) -> (usize, String) {
        let (start, found) = candidates(line, &names(), &words);
        (start, found.join(" "))
    }

    #[test]
    fn behind_a_dot_come_functions_and_attributes() {
        assert_eq!(found("o.get_s"), (2, "get_samples( get_space(".to_owned()));
        assert_eq!(found("let d = s.reg"), (10, "registrationDate".to_owned()));
    }

    #[test]
    fn elsewhere_come_variables_topics_and_words_of_the_language() {
        assert_eq!(found("(é + sam"), (6, "sample".to_owned()));
        assert_eq!(found("csv::"), (0, "csv::read(".to_owned()));
        assert_eq!(found("whil"), (0, "while".to_owned()));
    }

    #[test]
    fn commands_and_recipes_are_completed() {
        assert_eq!(found(".he"), (1, "help".to_owned()));
        assert_eq!(found(".run bu"), (5, "bulk-tag".to_owned()));
    }
}
