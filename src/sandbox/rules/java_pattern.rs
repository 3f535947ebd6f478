//! What Java finds wrong with a regular expression.

/// What is wrong and at which character, counted from 1; nothing where Java takes it, or
/// where it is too fine a point for this.
pub(super) fn fault(pattern: &str) -> Option<(String, usize)> {
    let mut reader =
        Reader { text: pattern.chars().collect(), at: 0, open: 0, repeatable: false };
    while reader.at < reader.text.len() {
        if let Err(found) = reader.step() {
            return Some(found);
        }
    }
    let length = reader.text.len();
    (reader.open > 0).then(|| ("Unclosed group".to_owned(), length + 1))
}

struct Reader {
    text: Vec<char>,
    at: usize,
    /// How many groups are open.
    open: usize,
    /// Whether there is something that may be repeated.
    repeatable: bool,
}

type Step = Result<(), (String, usize)>;

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at + ahead).copied()
    }

    /// One piece of the pattern.
    fn step(&mut self) -> Step {
        let Some(char) = self.peek(0) else { return Ok(()) };
        match char {
            '\\' => self.take(2),
            '[' => return self.class(),
            '(' => self.group(),
            ')' if self.open == 0 => {
                return Err(("Unmatched closing ')'".to_owned(), self.at));
            }
            ')' => {
                self.open -= 1;
                self.take(1);
            }
            '*' | '+' | '?' if !self.repeatable => {
                return Err((format!("Dangling meta character '{char}'"), self.at + 1));
            }
            '*' | '+' | '?' => self.quantifier(),
            '{' if !self.peek(1).is_some_and(|next| next.is_ascii_digit()) => {
                return Err(("Illegal repetition".to_owned(), self.at));
            }
            '|' | '^' => {
                self.take(1);
                self.repeatable = false;
            }
            _ => self.take(1),
        }
        Ok(())
    }

    fn take(&mut self, count: usize) {
        self.at += count;
        self.repeatable = true;
    }

    /// `(`, `(?:`, `(?=`: nothing in it may be repeated yet.
    fn group(&mut self) {
        self.open += 1;
        self.at += 1;
        if self.peek(0) == Some('?') {
            self.at += 2;
        }
        self.repeatable = false;
    }

    /// `*`, `*?`, `*+`: no third one may follow.
    fn quantifier(&mut self) {
        self.at += 1;
        if matches!(self.peek(0), Some('?' | '+')) {
            self.at += 1;
        }
        self.repeatable = false;
    }

    /// `[a-z]`, also with classes inside.
    fn class(&mut self) -> Step {
        self.at += 1;
        if self.peek(0) == Some('^') {
            self.at += 1;
        }
        let begin = self.at;
        loop {
            match self.peek(0) {
                None => {
                    return Err(("Unclosed character class".to_owned(), self.text.len()));
                }
                Some(']') if self.at > begin => break,
                Some('[') => self.class()?,
                Some('\\') => self.at += 2,
                Some(first) => self.range(first)?,
            }
        }
        self.take(1);
        Ok(())
    }

    /// A character, or two with a dash between.
    fn range(&mut self, first: char) -> Step {
        let is_range =
            self.peek(1) == Some('-') && !matches!(self.peek(2), Some(']' | '['));
        if !is_range {
            self.at += 1;
            return Ok(());
        }
        if self.peek(2) != Some('\\') && self.peek(2).is_none_or(|last| last < first) {
            return Err(("Illegal character range".to_owned(), self.at + 3));
        }
        self.at += 3;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn wrong(pattern: &str, what: &str, at: usize) {
        assert_eq!(fault(pattern), Some((what.to_owned(), at)), "{pattern}");
    }

    #[test]
    fn what_java_does_not_understand_is_told_with_its_place() {
        wrong("(", "Unclosed group", 2);
        wrong("([a-", "Illegal character range", 5);
        wrong("[z-a]", "Illegal character range", 4);
        wrong("[a", "Unclosed character class", 2);
        wrong("*.txt", "Dangling meta character '*'", 1);
    }

    #[test]
    fn what_java_understands_is_taken() {
        for pattern in [r".*\.txt", "[]a-z-]+?", "(?:a|b)*", "a{2,3}", "[a[b-c]]", "^$"] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
    }
}
