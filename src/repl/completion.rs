use super::input::is_word;
use super::names::Names;
use super::{commands, paint};

/// Where the word begins that is being typed, and what it may become.
pub(super) fn candidates(line: &str, names: &Names) -> (usize, Vec<String>) {
    if let Some(word) = line.strip_prefix('.') {
        return command(word, names);
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
            variables: vec!["sample".to_owned()],
        }
    }

    fn found(line: &str) -> (usize, String) {
        let (start, found) = candidates(line, &names());
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
