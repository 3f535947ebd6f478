//! Which of the changes of a transaction the server means when it refuses.
use crate::model::{Change, Edit, Id, Link, Record, Value, several};
use crate::wire::Fault;

/// The change that the fault is about, where exactly one fits: one that is named in the
/// context or the message, else one that holds what the message quotes.
pub(super) fn culprit(fault: &Fault, changes: &[Change]) -> Option<usize> {
    if let [_] = changes {
        return Some(0);
    }
    let quoted = quoted(&fault.message);
    let names: Vec<Vec<&str>> = changes.iter().map(names).collect();
    let context = fault.context.as_deref().unwrap_or_default();
    let in_context = |names: &Vec<&str>| names.iter().any(|name| is_said(context, name));
    let in_message = |names: &Vec<&str>| names.iter().any(|name| quoted.contains(name));
    only(&names, in_context).or_else(|| only(&names, in_message)).or_else(|| {
        only(changes, |change| texts(change).iter().any(|text| quoted.contains(text)))
    })
}

/// The place of the one item that fits.
fn only<T>(items: &[T], fits: impl Fn(&T) -> bool) -> Option<usize> {
    let mut places = (0..items.len()).filter(|&place| fits(&items[place]));
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

/// What stands between quotes or brackets, and behind `code: `.
fn quoted(message: &str) -> Vec<&str> {
    let between = |open: &'static str, close| {
        let starts = message.match_indices(open).map(move |(at, _)| at + open.len());
        starts.filter_map(move |at| message[at..].split_once(close).map(|(text, _)| text))
    };
    let mut all: Vec<&str> = between("'", "'").collect();
    all.extend(between("\"", "\""));
    all.extend(between("[", "]"));
    all.extend(between("code: ", ")"));
    all.retain(|text| !text.is_empty());
    all
}

/// Whether the text stands there as a word of its own.
fn is_said(context: &str, text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$');
    !text.is_empty()
        && context.match_indices(text).any(|(start, _)| {
            let before = context[..start].chars().next_back();
            let after = context[start + text.len()..].chars().next();
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        })
}

/// What the object of a change is called.
fn names(change: &Change) -> Vec<&str> {
    match change {
        Change::Create(record) => {
            let own = ["code", "userId", "name"].into_iter().find_map(|f| record.text(f));
            record.id().map(Id::text).into_iter().chain(own).collect()
        }
        Change::Update { id, .. } => vec![id.text()],
        Change::Delete { ids, .. }
        | Change::Archive { ids, .. }
        | Change::Unarchive { ids }
        | Change::Lock { ids }
        | Change::Unlock { ids }
        | Change::Confirm { ids }
        | Change::Revert { ids } => ids.iter().map(Id::text).collect(),
        Change::Call(_) => Vec::new(),
    }
}

/// What a change sends: ids of others, and values.
fn texts(change: &Change) -> Vec<&str> {
    match change {
        Change::Create(record) => held(record),
        Change::Update { edits, .. } => edits.values().flat_map(edited).collect(),
        Change::Delete { .. }
        | Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. }
        | Change::Confirm { .. }
        | Change::Revert { .. }
        | Change::Call(_) => Vec::new(),
    }
}

fn held(record: &Record) -> Vec<&str> {
    let values = record.iter().flat_map(|(_, value)| value_texts(value));
    values.chain(record.edits().values().flat_map(edited)).collect()
}

fn edited(edit: &Edit) -> Vec<&str> {
    match edit {
        Edit::Set(value) => value_texts(value),
        Edit::Properties(values) => {
            let pairs = values.iter().map(|(code, value)| (code, value.as_ref()));
            pairs
                .flat_map(|(code, value)| {
                    let texts = value.into_iter().flat_map(|text| several::each(text));
                    std::iter::once(&**code).chain(texts)
                })
                .collect()
        }
        Edit::Links(links) => link_texts(links),
        Edit::AddRemove { add, remove } => [link_texts(add), link_texts(remove)].concat(),
        Edit::Parts { add, .. } => add.iter().flat_map(held).collect(),
    }
}

fn value_texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Text(text) => vec![text],
        Value::Texts(texts) => texts.iter().map(|text| &**text).collect(),
        Value::Map(texts) | Value::Properties(texts) => texts
            .iter()
            .flat_map(|(key, text)| std::iter::once(&**key).chain(several::each(text)))
            .collect(),
        Value::One(link) => link_texts(std::slice::from_ref(link)),
        Value::Many(links) => link_texts(links),
        Value::Null
        | Value::Flag(_)
        | Value::Integer(_)
        | Value::Time(_)
        | Value::Bytes(_) => Vec::new(),
    }
}

fn link_texts(links: &[Link]) -> Vec<&str> {
    links.iter().map(|link| link.id.text()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::Kind;

    fn sample(code: &str, size: &str) -> Change {
        let mut record = Record::new(Kind::Sample);
        record.set("code", Value::Text(code.to_owned()), None).unwrap();
        let properties = BTreeMap::from([("SIZE".to_owned(), size.to_owned())]);
        record.set("properties", Value::Properties(properties), None).unwrap();
        Change::Create(record)
    }

    fn update(id: &str) -> Change {
        let id = Id::parse(Kind::Sample, id).unwrap();
        Change::Update { id, edits: BTreeMap::new() }
    }

    #[track_caller]
    fn blames(message: &str, changes: &[Change], expected: Option<usize>) {
        assert_eq!(culprit(&Fault::told("", message), changes), expected, "{message}");
    }

    #[test]
    fn a_change_alone_is_the_one() {
        blames("no", &[update("/LAB/S1")], Some(0));
    }

    #[test]
    fn the_context_names_the_object() {
        let changes = [sample("S1", "1"), update("/LAB/S10"), update("/LAB/S1")];
        blames(
            "Integer value 'x' has improper format. (Context: [updating properties (1/1) \
             {\n  \"entity\" : {\n    \"identifier\" : \"/LAB/S10\"\n  }\n}])",
            &changes,
            Some(1),
        );
    }

    #[test]
    fn the_message_names_the_code() {
        let message = "Insert/Update of sample (code: S2) failed because sample with the \
                       same code already exists. (Context: [])";
        blames(message, &[sample("S1", "1"), sample("S2", "1")], Some(1));
    }

    #[test]
    fn the_message_quotes_the_value() {
        let changes = [sample("S1", "1"), sample("S2", "x"), sample("S3", "2")];
        blames("Integer value 'x' has improper format. (Context: [])", &changes, Some(1));
    }

    #[test]
    fn where_several_fit_nobody_is_blamed() {
        let changes = [sample("S1", "x"), sample("S2", "x")];
        blames("Integer value 'x' has improper format. (Context: [])", &changes, None);
        blames("no", &changes, None);
    }
}
