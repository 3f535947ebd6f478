//! The line of a script where something went wrong, with carets below it.
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::model::hushed;

/// A place in a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// File or recipe, as people know it.
    pub(crate) name: String,
    pub(crate) source: String,
    /// From 1.
    pub(crate) line: usize,
    /// From 1, in characters; none: the whole line.
    pub(crate) column: Option<usize>,
}

/// `error: …`, and below it the line of the script, if one is to blame.
pub(crate) fn heading(message: &str, spot: Option<&Spot>, coloured: bool) -> String {
    let title = Level::ERROR.primary_title(message);
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let Some(spot) = spot else {
        return renderer.render(&[annotate_snippets::Group::with_title(title)]);
    };
    let source = spot.hushed();
    let shown = Spot { source: source.clone(), ..spot.clone() };
    let mark = AnnotationKind::Primary.span(shown.span());
    let snippet = Snippet::source(&source).path(spot.name.as_str()).annotation(mark);
    renderer.render(&[title.element(snippet)])
}

impl Spot {
    /// The script, without what its lines tell of passwords.
    fn hushed(&self) -> String {
        self.source.split_inclusive('\n').map(hushed).collect()
    }

    /// The bytes of the word at the place.
    fn span(&self) -> Range<usize> {
        let before = self.source.split_inclusive('\n').take(self.line.saturating_sub(1));
        let start: usize = before.map(str::len).sum();
        let rest = self.source.get(start..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let Some(column) = self.column else {
            return start..start + line.len();
        };
        let from = line.char_indices().nth(column.saturating_sub(1));
        let from = from.map_or(line.len(), |(at, _)| at);
        // Of an attribute the place is the dot before it.
        let from = from + usize::from(line[from..].starts_with('.'));
        start + from..start + from + word(&line[from..])
    }
}

/// How many bytes the word or text that begins here has; at least one character.
fn word(text: &str) -> usize {
    let Some(first) = text.chars().next() else { return 0 };
    if first == '"' {
        return text[1..].find('"').map_or(text.len(), |end| end + 2);
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    match text.find(|c| !is_word(c)) {
        Some(0) => first.len_utf8(),
        Some(end) => end,
        None => text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(line: usize, column: Option<usize>) -> Spot {
        let source = "let a = 1;\nlet s = o.get_space(\"LABB\");\n".to_owned();
        Spot { name: "tag.rhai".to_owned(), source, line, column }
    }

    #[test]
    fn the_word_at_the_place_is_underlined() {
        let text = heading("no space `LABB`", Some(&spot(2, Some(11))), false);
        assert!(text.starts_with("error: no space `LABB`\n"), "{text}");
        assert!(text.contains("--> tag.rhai:2:11"), "{text}");
        assert!(text.contains("|           ^^^^^^^^^"), "{text}");
    }

    #[test]
    fn a_place_behind_the_end_does_no_harm() {
        heading("ends too early", Some(&spot(9, Some(70))), false);
        heading("ends too early", Some(&spot(2, None)), false);
    }
}
