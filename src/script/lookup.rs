//! What there is of a name: functions with their pages, and attributes of objects.
use std::collections::BTreeSet;
use std::fmt::Write;

use super::reference::Function;
use crate::model::Kind;

/// The functions that a name means: `get_sample`, `csv::read`, or `csv` for a whole topic.
pub fn named<'f>(functions: &'f [Function], name: &str) -> Vec<&'f Function> {
    let meant = |one: &&Function| {
        one.name == name || one.namespace == name || full_name(one) == name
    };
    functions.iter().filter(meant).collect()
}

/// The whole documentation; what is told once for several ways to call is said once.
pub fn pages(functions: &[&Function]) -> String {
    let mut text = String::new();
    let mut functions = functions.iter().peekable();
    while let Some(function) = functions.next() {
        text.push_str(&signature(function));
        text.push('\n');
        let same = functions.peek().is_some_and(|next| next.doc == function.doc);
        if !same {
            text.extend(["\n", &function.doc, "\n\n"]);
        }
    }
    text
}

/// Which objects have an attribute of this name, and what it is; empty where none has.
pub fn attributes(name: &str) -> String {
    let mut text = String::new();
    for &kind in Kind::ALL {
        if let Some(field) = super::attributes::field(kind, name) {
            let _ = writeln!(
                text,
                "{} of {}: {}",
                field.name,
                super::value::a(kind),
                field.doc
            );
        }
    }
    text
}

/// All names of functions, with their topics.
pub fn names(functions: &[Function]) -> Vec<String> {
    let known: BTreeSet<String> = functions.iter().map(full_name).collect();
    known.into_iter().collect()
}

/// `get_sample(session, id)`, with the topic before it.
pub fn signature(function: &Function) -> String {
    match function.namespace.as_str() {
        "" => function.signature.clone(),
        namespace => format!("{namespace}::{}", function.signature),
    }
}

fn full_name(function: &Function) -> String {
    match function.namespace.as_str() {
        "" => function.name.clone(),
        namespace => format!("{namespace}::{}", function.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(namespace: &str, name: &str) -> Function {
        let (name, namespace) = (name.to_owned(), namespace.to_owned());
        Function {
            signature: format!("{name}()"),
            name,
            namespace,
            ..Function::default()
        }
    }

    #[test]
    fn a_name_means_a_function_or_a_topic() {
        let all =
            [function("", "read"), function("log", "info"), function("log", "warn")];
        let found =
            |name| named(&all, name).into_iter().map(signature).collect::<Vec<_>>();
        assert_eq!(found("read"), ["read()"]);
        assert_eq!(found("log::info"), ["log::info()"]);
        assert_eq!(found("log").len(), 2);
        assert!(found("raed").is_empty());
    }

    #[test]
    fn an_attribute_is_told_for_each_kind_that_has_it() {
        let told = attributes("registration_date");
        assert!(
            told.contains("registrationDate of a sample: When it was made."),
            "{told}"
        );
        assert!(attributes("nothing").is_empty());
    }
}
