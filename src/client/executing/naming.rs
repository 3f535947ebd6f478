//! Names of what a call creates, where the server takes none in creations: the code that
//! the new object will have says as much.
use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::{Change, Id, Kind, Record, Value};
use crate::wire::names;

/// The changes with such names replaced by those that the objects will have.
pub(super) fn named(changes: Cow<'_, [Change]>) -> Cow<'_, [Change]> {
    let mut known: HashMap<Id, Id> = HashMap::new();
    for change in &*changes {
        let Change::Create(record) = change else { continue };
        if let Some((name, id)) = name_of(record, &known) {
            known.insert(name, id);
        }
    }
    if known.is_empty() {
        return changes;
    }
    let mut changes = changes.into_owned();
    for change in &mut changes {
        change.relink(&mut |id| known.get(id).cloned());
    }
    Cow::Owned(changes)
}

/// What a new object is called in this call, and from then on.
fn name_of(record: &Record, known: &HashMap<Id, Id>) -> Option<(Id, Id)> {
    let name = record.id().filter(|id| id.is_creation())?;
    let kind = record.kind();
    if names::has_creation_id(kind.spec()) {
        return None;
    }
    let text =
        ["code", "userId", "name"].into_iter().find_map(|field| record.text(field))?;
    if kind != Kind::VocabularyTerm {
        return Some((name.clone(), Id::parse(kind, text).ok()?));
    }
    let Ok(Some(Value::One(vocabulary))) = record.get("vocabulary") else { return None };
    let vocabulary = known.get(&vocabulary.id).unwrap_or(&vocabulary.id);
    Some((name.clone(), Id::term(text, vocabulary.text())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Link;

    fn new(kind: Kind, name: &str, code: &str) -> Record {
        let mut record = Record::to_be(Id::creation(kind, name));
        record.set("code", Value::Text(code.to_owned()), None).unwrap();
        record
    }

    fn link(id: Id) -> Link {
        Link { id, record: None }
    }

    #[test]
    fn a_new_tag_is_named_by_its_code_where_it_is_used() {
        let tag = new(Kind::Tag, "t", "checked");
        let mut sample = new(Kind::Sample, "s", "S1");
        let tags = vec![link(Id::creation(Kind::Tag, "t"))];
        sample.set("tags", Value::Many(tags), None).unwrap();
        let changes = [Change::Create(tag), Change::Create(sample)];
        let named = named(Cow::Borrowed(&changes));
        let Change::Create(sample) = &named[1] else { panic!() };
        let expected = vec![link(Id::parse(Kind::Tag, "checked").unwrap())];
        assert_eq!(sample.get("tags").unwrap(), Some(&Value::Many(expected)));
        assert_eq!(sample.id().unwrap().text(), "s");
    }

    #[test]
    fn a_term_is_named_with_its_new_vocabulary() {
        let vocabulary = new(Kind::Vocabulary, "v", "COLOUR");
        let mut term = new(Kind::VocabularyTerm, "t", "RED");
        let holder = Value::One(link(Id::creation(Kind::Vocabulary, "v")));
        term.set("vocabulary", holder, None).unwrap();
        let delete = Change::Delete {
            ids: vec![Id::creation(Kind::VocabularyTerm, "t")],
            reason: String::new(),
        };
        let changes = [Change::Create(vocabulary), Change::Create(term), delete];
        let named = named(Cow::Borrowed(&changes));
        let Change::Delete { ids, .. } = &named[2] else { panic!() };
        assert_eq!(ids, &[Id::term("RED", "COLOUR")]);
    }

    #[test]
    fn what_needs_no_other_names_is_left_as_it_is() {
        let changes = [Change::Create(new(Kind::Sample, "s", "S1"))];
        assert!(matches!(named(Cow::Borrowed(&changes)), Cow::Borrowed(_)));
    }
}
