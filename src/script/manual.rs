//! The reference of all functions, as one page of Markdown.
use std::fmt::Write;

use super::reference::Function;

/// What a function is called on, and the heading under which it stands.
const TOPICS: &[(&str, &str)] = &[
    ("Openbis", "The session `o`"),
    ("Record", "Objects"),
    ("Properties", "Properties of an object"),
    ("Found", "What a search found"),
    ("Export", "Exports"),
    ("Saved", "Tokens in files"),
    ("Table", "Tables"),
    ("Spreadsheet", "Spreadsheets"),
    ("Cell", "Cells of a spreadsheet"),
    ("Column", "Columns of a spreadsheet"),
    ("Moment", "Times"),
    ("Day", "Days"),
    ("Bar", "Progress bars"),
    ("Error", "Caught errors"),
];

const REST: &str = "Functions by themselves";

const BEGINNING: &str = "\
# Reference

Everything that a script can call beside the Rhai language itself. `rhobis doc NAME` shows
one of these functions, and `rhobis doc --all` made this page.

Python's keyword arguments are one map, last: `o.get_samples(#{ type: \"YEAST\", count: 10 })`.
Errors can be caught: `catch (e)` gives `e.kind`, `e.message` and `e.hints`.

Codes of properties are taken in any case, and `$NAME` also as `name` or `_name`. Where
rhobis names a property of an object (the keys of `props.all()`, messages, hints) it stands in
small letters, as in pyBIS: `$name`. The code of a property type itself (`code` of a property
type or assignment, the columns of a table, `raw()`) stands as openBIS has it: `$NAME`.
";

/// The page.
pub fn page(functions: &[Function]) -> String {
    let mut page = BEGINNING.to_owned();
    for (receiver, heading) in TOPICS {
        let own = |f: &&Function| f.receiver == *receiver && f.namespace.is_empty();
        chapter(&mut page, heading, functions.iter().filter(own));
    }
    let known = |f: &Function| TOPICS.iter().any(|topic| topic.0 == f.receiver);
    let rest = |f: &&Function| f.namespace.is_empty() && !known(f);
    chapter(&mut page, REST, functions.iter().filter(rest));
    let mut namespaces: Vec<&str> = functions
        .iter()
        .map(|f| f.namespace.as_str())
        .filter(|n| !n.is_empty())
        .collect();
    namespaces.sort_unstable();
    namespaces.dedup();
    for name in namespaces {
        let own = |f: &&Function| f.namespace == name;
        chapter(&mut page, &format!("`{name}::`"), functions.iter().filter(own));
    }
    page
}

/// The functions of a topic; what is told once for several ways to call is said once.
fn chapter<'f>(
    page: &mut String,
    heading: &str,
    functions: impl Iterator<Item = &'f Function>,
) {
    let mut functions = functions.peekable();
    if functions.peek().is_none() {
        return;
    }
    line(page, &format!("\n## {heading}"));
    let mut name = String::new();
    let mut ways: Vec<&str> = Vec::new();
    while let Some(function) = functions.next() {
        let full = match function.namespace.as_str() {
            "" => function.name.clone(),
            namespace => format!("{namespace}::{}", function.name),
        };
        if full != name {
            line(page, &format!("\n### `{full}`"));
            name = full;
        }
        ways.push(&function.parameters);
        let next = functions.peek();
        if next.is_some_and(|n| n.doc == function.doc && n.name == function.name) {
            continue;
        }
        line(page, "");
        let shown = ways.iter().map(|way| format!("`{name}{way}`")).collect::<Vec<_>>();
        line(page, &shown.join(", "));
        line(page, "");
        line(page, &function.doc.replace("# Errors\n", "**Errors:** "));
        ways.clear();
    }
}

fn line(page: &mut String, text: &str) {
    writeln!(page, "{text}").expect("a text takes every line");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_call_with_one_text_stand_together() {
        let way = |parameters: &str| Function {
            name: "get_it".to_owned(),
            receiver: "Record".to_owned(),
            parameters: parameters.to_owned(),
            doc: "Gets it.".to_owned(),
            ..Function::default()
        };
        let page = page(&[way("()"), way("(code: text)")]);
        assert!(
            page.contains("\n`get_it()`, `get_it(code: text)`\n\nGets it.\n"),
            "{page}"
        );
    }
}
