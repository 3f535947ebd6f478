use std::collections::BTreeMap;

use rhobis::client::Outcome;
use rhobis::model::{Change, DataType, Edit, Fetch, Kind, Link, Record, Value};

use crate::lab::{client, create, get, id, link, record, text, things, update};

#[test]
fn what_was_created_can_be_read_back() {
    let client = client();
    let ids = things(&client, 2);
    let fetch =
        Fetch::plain(Kind::Sample).with("properties").with("space").with("parents");
    let thing = get(&client, &ids[1], &fetch);
    assert_eq!(thing.text("identifier"), Some("/LAB/T2"));
    let size = BTreeMap::from([("SIZE".to_owned(), "2".to_owned())]);
    assert_eq!(thing.get("properties").unwrap(), Some(&Value::Properties(size)));
    let parents = Value::Many(vec![Link { id: ids[0].clone(), record: None }]);
    assert_eq!(thing.get("parents").unwrap(), Some(&parents));
    assert_eq!(thing.get("space").unwrap(), Some(&Value::One(link(Kind::Space, "LAB"))));
}

#[test]
fn an_update_changes_what_it_names_and_nothing_else() {
    let client = client();
    let thing = things(&client, 1).remove(0);
    let size = BTreeMap::from([("SIZE".to_owned(), Some("9".to_owned()))]);
    update(&client, &thing, "properties", Edit::Properties(size));
    let tags = |add, remove| Edit::AddRemove { add, remove };
    create(&client, vec![record(Kind::Tag, [("code", text("CHECKED"))])]);
    let tag = || vec![link(Kind::Tag, "/admin/CHECKED")];
    update(&client, &thing, "tags", tags(tag(), Vec::new()));
    let fetch = Fetch::plain(Kind::Sample).with("properties").with("tags");
    let read = get(&client, &thing, &fetch);
    let size = BTreeMap::from([("SIZE".to_owned(), "9".to_owned())]);
    assert_eq!(read.get("properties").unwrap(), Some(&Value::Properties(size)));
    assert_eq!(read.get("tags").unwrap(), Some(&Value::Many(tag())));
    update(&client, &thing, "tags", tags(Vec::new(), tag()));
    let read = get(&client, &thing, &fetch);
    assert_eq!(read.get("tags").unwrap(), Some(&Value::Many(Vec::new())));
}

#[test]
fn a_deletion_can_be_taken_back_or_made_final() {
    let client = client();
    let thing = things(&client, 1).remove(0);
    let delete =
        || Change::Delete { ids: vec![thing.clone()], reason: "test".to_owned() };
    let there = || {
        let found = client.get(std::slice::from_ref(&thing), &Fetch::plain(Kind::Sample));
        found.unwrap()[0].is_some()
    };
    let trashed = || match client.apply(vec![delete()]).unwrap().remove(0) {
        Outcome::Deleted(Some(id)) => vec![id],
        other => panic!("{other:?}"),
    };
    let ids = trashed();
    assert!(!there());
    client.apply(vec![Change::Revert { ids }]).unwrap();
    assert!(there());
    let ids = trashed();
    client.apply(vec![Change::Confirm { ids }]).unwrap();
    assert!(!there());
}

#[test]
fn attachments_are_added_read_and_replaced_by_name() {
    let client = client();
    let thing = things(&client, 1).remove(0);
    let file = record(
        Kind::Attachment,
        [("fileName", text("a.txt")), ("content", Value::Bytes(b"hello".to_vec()))],
    );
    let edit = Edit::Parts { add: vec![file], remove: Vec::new() };
    update(&client, &thing, "attachments", edit);
    let mut fetch = Fetch::plain(Kind::Sample);
    fetch.add("attachments").add("content");
    let read = get(&client, &thing, &fetch);
    let Some(Value::Many(files)) = read.get("attachments").unwrap() else { panic!() };
    let file: &Record = files[0].record.as_ref().unwrap();
    assert_eq!(file.text("fileName"), Some("a.txt"));
    assert_eq!(file.get("content").unwrap(), Some(&Value::Bytes(b"hello".to_vec())));
}

#[test]
fn the_properties_of_a_type_are_fetched_once() {
    let client = client();
    things(&client, 1);
    let known = client.property_types(Kind::Sample, "thing").unwrap();
    assert_eq!(known[0].code, "SIZE");
    assert_eq!(known[0].data_type, DataType::Integer);
    assert!(known[0].mandatory);
    let again = client.property_types(Kind::SampleType, "THING").unwrap();
    assert!(std::sync::Arc::ptr_eq(&known, &again));
    let edit = Edit::Set(text("Height"));
    update(&client, &id(Kind::PropertyType, "SIZE"), "label", edit);
    assert_eq!(client.property_types(Kind::Sample, "THING").unwrap()[0].label, "Height");
    assert!(client.property_types(Kind::Sample, "NOTHING").unwrap_err().is_not_found());
}

#[test]
fn the_terms_of_a_vocabulary_come_in_its_order() {
    let client = client();
    let term =
        |code: &str| Link::part(record(Kind::VocabularyTerm, [("code", text(code))]));
    let terms = Value::Many(vec![term("RED"), term("BLUE")]);
    let colour = record(Kind::Vocabulary, [("code", text("COLOUR")), ("terms", terms)]);
    create(&client, vec![colour]);
    let terms = client.terms("COLOUR").unwrap();
    let codes: Vec<&str> = terms.iter().map(|term| term.code.as_str()).collect();
    assert_eq!(codes.len(), 2);
    assert!(codes.contains(&"RED") && codes.contains(&"BLUE"));
}
