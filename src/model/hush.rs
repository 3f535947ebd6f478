//! Lines of scripts that tell a password, as far as that can be seen.
use std::borrow::Cow;
use std::ops::Range;

/// What is near to a secret: texts behind such a word may be one.
const TELLING: &[&str] =
    &["login", "password", "passwd", "passphrase", "token", "secret", "api_key"];

/// The line, with stars in place of the texts behind a word that announces a secret.
pub fn hushed(line: &str) -> Cow<'_, str> {
    let ranges = telling(line);
    if ranges.is_empty() {
        return Cow::Borrowed(line);
    }
    let is_told = |at: usize| ranges.iter().any(|range| range.contains(&at));
    let star = |(at, c)| if is_told(at) { '*' } else { c };
    Cow::Owned(line.char_indices().map(star).collect())
}

/// Whether a script seems to hold a secret.
pub fn tells_secret(script: &str) -> bool {
    let mut code = script.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.any(|line| !telling(line).is_empty())
}

/// Where the texts are that may be secret, without their quotes.
fn telling(line: &str) -> Vec<Range<usize>> {
    let plain = line.to_ascii_lowercase();
    let Some(word) = TELLING.iter().filter_map(|word| plain.find(word)).min() else {
        return Vec::new();
    };
    texts(line).into_iter().filter(|text| text.start > word && !text.is_empty()).collect()
}

/// The texts of a line, without their quotes.
fn texts(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut guarded = false;
    for (at, c) in line.char_indices() {
        match open {
            None if matches!(c, '"' | '`') => open = Some((at + 1, c)),
            Some((start, quote)) if c == quote && !guarded => {
                found.push(start..at);
                open = None;
            }
            None | Some(_) => {}
        }
        guarded = c == '\\' && !guarded && open.is_some_and(|(_, quote)| quote == '"');
    }
    found.extend(open.map(|(start, _)| start..line.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_login_gets_is_hushed_and_the_line_as_long_as_before() {
        let line = "let s = \"x\"; o.login(\"ann\", \"gé\\\"heim\");";
        assert_eq!(hushed(line), "let s = \"x\"; o.login(\"***\", \"********\");");
        let line = "Openbis(url, #{ password: `geheim` })";
        assert_eq!(hushed(line), "Openbis(url, #{ password: `******` })");
        assert_eq!(hushed("#{ password: \"gehei"), "#{ password: \"*****");
    }

    #[test]
    fn other_lines_stay_as_they_are() {
        for line in ["o.get_space(\"LABB\")", "o.login(user, word)", "print(\"token\")"] {
            assert_eq!(hushed(line), line);
            assert!(!tells_secret(line), "{line}");
        }
        assert!(!tells_secret("// o.login(\"a\", \"b\")"));
        assert!(tells_secret("let a = 1;\nlet password = \"geheim\";"));
    }
}
