//! What Jython says about scripts that it cannot read.
//!
//! Nothing is run here: told are only heads of functions that are none, statements where an
//! expression has to be, and names that mean nothing.
use crate::sandbox::fault::refused;
use crate::wire::Fault;

/// How many lines the server puts in front of a script, by what the script is for.
const HEADERS: &[(&str, usize)] =
    &[("DYNAMIC_PROPERTY", 4), ("ENTITY_VALIDATION", 5), ("MANAGED_PROPERTY", 0)];
/// What the server puts in front of an expression.
const RESULT: &str = "__result__=(";

/// Refuses a script that is seen not to be one.
pub(super) fn check(purpose: &str, script: &str) -> Result<(), Fault> {
    let is_dynamic = purpose == "DYNAMIC_PROPERTY";
    if is_dynamic && !script.trim_end().contains('\n') {
        return expression(script);
    }
    let header = HEADERS.iter().find(|row| row.0 == purpose).map_or(0, |row| row.1);
    for (number, line) in script.lines().enumerate() {
        if let Some((message, column)) = bad_head(line) {
            let place = ("<string>", header + number + 1, column);
            return Err(refused(syntax_error(&message, place, line)));
        }
    }
    let name = script.trim();
    let is_unknown = !["None", "True", "False"].contains(&name) && is_name(name);
    if !is_dynamic && is_unknown {
        return Err(refused(format!("NameError: name '{name}' is not defined")));
    }
    Ok(())
}

/// A script of one line that computes a property has to be an expression.
fn expression(script: &str) -> Result<(), Fault> {
    let text = script.trim_end();
    let Some((token, column)) = statement(text) else { return Ok(()) };
    let message = format!("no viable alternative at input '{token}'");
    let place = (&*format!("expression: {text}"), 1, RESULT.len() + column);
    let error = syntax_error(&message, place, &format!("{RESULT}{text})"));
    Err(refused(format!("Error evaluating '{script}': {error}")))
}

/// Where a line stops being an expression: at `def`, or at the sign of an assignment.
fn statement(text: &str) -> Option<(&'static str, usize)> {
    let starts = ["def", "class", "return", "import", "if", "for", "while"];
    let word = text.split(|c: char| !is_part(c)).next().unwrap_or_default();
    if let Some(&start) = starts.iter().find(|&&start| start == word) {
        return Some((start, 0));
    }
    let sign = text.find('=')?;
    let (before, after) = (text[..sign].trim_end(), &text[sign + 1..]);
    (is_name(before) && !after.starts_with('=')).then_some(("=", sign))
}

/// What is wrong with the head of a function, and in which column.
fn bad_head(line: &str) -> Option<(String, usize)> {
    let start = line.len() - line.trim_start().len();
    let rest = line[start..].strip_prefix("def")?;
    if rest.starts_with(is_part) {
        return None;
    }
    let name = line.len() - rest.trim_start().len();
    if !line[name..].starts_with(is_part) {
        let message = "rule name_or_print failed predicate: {printFunction}?";
        return Some((message.to_owned(), name));
    }
    let open = name + line[name..].find('(')?;
    let inner = &line[open..];
    let close = inner.find(')').unwrap_or(inner.len());
    if let Some(colon) = inner[..close].find(':').filter(|_| !inner.contains('{')) {
        return Some(("no viable alternative at input ':'".to_owned(), open + colon));
    }
    let is_open_ended = inner[close..].trim() == ")";
    is_open_ended
        .then(|| ("mismatched input '\\n' expecting COLON".to_owned(), line.len()))
}

/// `SyntaxError: ("message", ('file', line, column, 'text\n'))`
fn syntax_error(
    message: &str,
    (file, line, column): (&str, usize, usize),
    text: &str,
) -> String {
    let message = quoted(message);
    let (file, text) = (quoted(file), quoted(&format!("{text}\n")));
    format!("SyntaxError: ({message}, ({file}, {line}, {column}, {text}))")
}

/// A text as Python shows it.
fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut shown = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\t' => shown.push_str("\\t"),
            '\\' => shown.push_str("\\\\"),
            c if c == quote => shown.extend(['\\', c]),
            c => shown.push(c),
        }
    }
    shown.push(quote);
    shown
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(is_part)
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(purpose: &str, script: &str) -> Option<String> {
        check(purpose, script).err().map(|fault| fault.message)
    }

    #[test]
    fn a_head_without_its_colon_is_refused_where_the_line_ends() {
        assert_eq!(
            message("ENTITY_VALIDATION", "def validate(e, n)\n return 1").unwrap(),
            "SyntaxError: (\"mismatched input '\\\\n' expecting COLON\", ('<string>', 6, \
             18, 'def validate(e, n)\\n'))"
        );
    }

    #[test]
    fn a_property_of_one_line_is_an_expression() {
        assert_eq!(
            message("DYNAMIC_PROPERTY", "x = 1").unwrap(),
            "Error evaluating 'x = 1': SyntaxError: (\"no viable alternative at input \
             '='\", ('expression: x = 1', 1, 14, '__result__=(x = 1)\\n'))"
        );
        assert_eq!(message("DYNAMIC_PROPERTY", "entity.code() == 'x'"), None);
    }

    #[test]
    fn a_script_that_may_be_one_passes() {
        let script = "def calculate():\n  return {'a': 1}['a']\n";
        assert_eq!(message("DYNAMIC_PROPERTY", script), None);
        assert_eq!(message("ENTITY_VALIDATION", "def validate(e, n): return None"), None);
        assert_eq!(message("ENTITY_VALIDATION", "x = 1"), None);
    }

    #[test]
    fn a_name_that_means_nothing_is_refused() {
        let wanted = "NameError: name 'x' is not defined";
        assert_eq!(message("ENTITY_VALIDATION", "x").unwrap(), wanted);
    }
}
