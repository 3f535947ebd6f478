use std::sync::Arc;

use rhobis::model::{
    Criteria, Criterion, Fetch, Kind, Operator, Record, Test, TestValue, Value,
};

use crate::lab::{client, id, things};

fn codes(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.text("code").unwrap()).collect()
}

#[test]
fn pages_bring_everything_once() {
    let client = client();
    things(&client, 7);
    let criteria = Criteria::all(Kind::Sample).with(Criterion::Linked {
        field: "space",
        criteria: Criteria::all(Kind::Space)
            .with(Criterion::Field { name: "code", test: Test::exactly("LAB") }),
    });
    let pages = client.pages(criteria, Fetch::plain(Kind::Sample)).of(3);
    let pages: Vec<Vec<Record>> = pages.map(|page| page.unwrap().records).collect();
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 1]);
    let mut all: Vec<&str> = pages.iter().flat_map(|page| codes(page)).collect();
    all.sort_unstable();
    assert_eq!(all, ["T1", "T2", "T3", "T4", "T5", "T6", "T7"]);
}

#[test]
fn a_property_can_be_compared() {
    let client = client();
    things(&client, 3);
    let test = Test { operator: Operator::Greater, value: TestValue::Integer(1) };
    let criterion = Criterion::Property { code: "SIZE".to_owned(), test };
    let found = client
        .search(&Criteria::all(Kind::Sample).with(criterion), &Fetch::plain(Kind::Sample))
        .unwrap();
    assert_eq!(found.total, 2);
}

#[test]
fn what_two_records_share_is_there_once() {
    let client = client();
    let ids = things(&client, 2);
    let fetch = Fetch::plain(Kind::Sample).with("type");
    let records = client.get(&ids, &fetch).unwrap();
    let types: Vec<Arc<Record>> = records
        .iter()
        .map(|record| match record.as_ref().unwrap().get("type").unwrap() {
            Some(Value::One(link)) => Arc::clone(link.record.as_ref().unwrap()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(Arc::ptr_eq(&types[0], &types[1]));
    assert_eq!(types[0].text("code"), Some("THING"));
}

#[test]
fn what_is_not_there_is_absent_and_the_others_keep_their_places() {
    let client = client();
    things(&client, 1);
    let ids = [id(Kind::Sample, "/LAB/NONE"), id(Kind::Sample, "/LAB/T1")];
    let found = client.get(&ids, &Fetch::plain(Kind::Sample)).unwrap();
    assert!(found[0].is_none());
    assert_eq!(found[1].as_ref().unwrap().text("code"), Some("T1"));
}

#[test]
fn an_unknown_space_in_a_creation_is_not_found() {
    let client = client();
    let project = crate::lab::record(
        Kind::Project,
        [
            ("code", crate::lab::text("P")),
            ("space", Value::One(crate::lab::link(Kind::Space, "NONE"))),
        ],
    );
    let error = client.apply(vec![rhobis::model::Change::Create(project)]).unwrap_err();
    assert!(error.is_not_found(), "{error}");
}
