use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::*;
use crate::model::IdForm;
use crate::model::{
    Criterion, Edit, Link, Operator, Record, Sort, Test, TestValue, Value,
};

fn id(kind: Kind, text: &str) -> Id {
    Id::parse(kind, text).unwrap()
}

fn link(kind: Kind, text: &str) -> Link {
    Link { id: id(kind, text), record: None }
}

fn update(id: Id, edits: impl IntoIterator<Item = (&'static str, Edit)>) -> Change {
    Change::Update { id, edits: edits.into_iter().collect() }
}

/// What goes to the server for the change, without the envelope.
fn sent(change: Change) -> Json {
    Call::Change { changes: &[change] }.params().remove(0)
}

#[track_caller]
fn sends(change: Change, expected: &Json) {
    assert_eq!(sent(change), *expected);
}

fn fill(record: &mut Record, values: impl IntoIterator<Item = (&'static str, Value)>) {
    for (field, value) in values {
        record.set(field, value, None).unwrap();
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn sample() -> Record {
    let mut record = Record::new(Kind::Sample);
    let parents =
        vec![link(Kind::Sample, "/LAB/P1"), link(Kind::Sample, "20230926133701234-57")];
    let mut properties = BTreeMap::new();
    properties.insert("$NAME".to_owned(), "one".to_owned());
    fill(
        &mut record,
        [
            ("code", text("S1")),
            ("type", Value::One(link(Kind::SampleType, "yeast"))),
            ("space", Value::One(link(Kind::Space, "lab"))),
            ("project", Value::Null),
            ("parents", Value::Many(parents)),
            ("properties", Value::Properties(properties)),
        ],
    );
    record
}

#[test]
fn a_creation_sends_what_the_record_holds_under_the_servers_names() {
    sends(
        Change::Create(sample()),
        &json!([{
            "@type": "as.dto.sample.create.SampleCreation",
            "code": "S1",
            "typeId": {
                "@type": "as.dto.entitytype.id.EntityTypePermId",
                "permId": "YEAST", "entityKind": "SAMPLE",
            },
            "spaceId": { "@type": "as.dto.space.id.SpacePermId", "permId": "LAB" },
            "parentIds": [
                { "@type": "as.dto.sample.id.SampleIdentifier", "identifier": "/LAB/P1" },
                { "@type": "as.dto.sample.id.SamplePermId", "permId": "20230926133701234-57" },
            ],
            "properties": { "$NAME": "one" },
        }]),
    );
}

#[test]
fn an_update_sends_only_what_was_changed() {
    let mut properties = BTreeMap::new();
    properties.insert("NAME".to_owned(), Some("two".to_owned()));
    properties.insert("SIZE".to_owned(), None);
    let tags =
        Edit::AddRemove { add: vec![link(Kind::Tag, "checked")], remove: Vec::new() };
    let edits = [
        ("experiment", Edit::Set(Value::Null)),
        ("properties", Edit::Properties(properties)),
        ("tags", tags),
    ];
    sends(
        update(id(Kind::Sample, "/LAB/S1"), edits),
        &json!([{
            "@type": "as.dto.sample.update.SampleUpdate",
            "sampleId": { "@type": "as.dto.sample.id.SampleIdentifier", "identifier": "/LAB/S1" },
            "experimentId": {
                "@type": "as.dto.common.update.FieldUpdateValue",
                "isModified": true, "value": null,
            },
            "properties": { "NAME": "two", "SIZE": null },
            "tagIds": {
                "@type": "as.dto.common.update.IdListUpdateValue",
                "actions": [{
                    "@type": "as.dto.common.update.ListUpdateActionAdd",
                    "items": [{ "@type": "as.dto.tag.id.TagCode", "code": "checked" }],
                }],
            },
        }]),
    );
}

#[test]
fn freezing_is_sent_bare() {
    let edits = [
        ("frozen", Edit::Set(Value::Flag(true))),
        ("frozenForProjects", Edit::Set(Value::Flag(true))),
    ];
    sends(
        update(id(Kind::Space, "LAB"), edits),
        &json!([{
            "@type": "as.dto.space.update.SpaceUpdate",
            "spaceId": { "@type": "as.dto.space.id.SpacePermId", "permId": "LAB" },
            "freeze": true,
            "freezeForProjects": true,
        }]),
    );
}

#[test]
fn empty_links_in_place_of_all_are_sent_as_such() {
    let sent =
        sent(update(id(Kind::Sample, "/LAB/S1"), [("parents", Edit::Links(Vec::new()))]));
    let action = &sent[0]["parentIds"]["actions"][0];
    assert_eq!(action["@type"], "as.dto.common.update.ListUpdateActionSet");
    assert_eq!(action["items"], json!([]));
}

#[test]
fn fetch_options_ask_for_what_is_wanted_and_nothing_else() {
    let mut fetch = Fetch::plain(Kind::Sample).with("properties");
    fetch.add("type").add("propertyAssignments");
    fetch.sort.push(Sort { field: "CODE".to_owned(), ascending: false });
    fetch.count = Some(5);
    assert_eq!(
        fetch::options(&fetch),
        json!({
            "@type": "as.dto.sample.fetchoptions.SampleFetchOptions",
            "properties": { "@type": "as.dto.property.fetchoptions.PropertyFetchOptions" },
            "type": {
                "@type": "as.dto.sample.fetchoptions.SampleTypeFetchOptions",
                "propertyAssignments": {
                    "@type": "as.dto.property.fetchoptions.PropertyAssignmentFetchOptions",
                },
            },
            "count": 5,
            "sort": {
                "@type": "as.dto.sample.fetchoptions.SampleSortOptions",
                "sortings": [{
                    "@type": "as.dto.common.fetchoptions.Sorting",
                    "field": "CODE",
                    "order": {
                        "@type": "as.dto.common.fetchoptions.SortOrder", "asc": false,
                    },
                }],
            },
        })
    );
}

#[test]
fn the_login_has_no_token_in_front() {
    let call = Call::Login { user: "ann", password: "pw" };
    let json: Json = serde_json::from_str(&call.to_json("T")).unwrap();
    assert_eq!(json["params"], json!(["ann", "pw"]));
    let json: Json = serde_json::from_str(&Call::Logout.to_json("T")).unwrap();
    assert_eq!(json["params"], json!(["T"]));
}

fn test(operator: Operator, value: TestValue) -> Test {
    Test { operator, value }
}

fn date(hour_offset: Option<i32>) -> TestValue {
    TestValue::Date { text: "2024-01-31".to_owned(), hour_offset }
}

/// Criteria of every form that a kind has.
fn criteria(kind: Kind) -> Criteria {
    let mut criteria = Criteria::any(kind).negate();
    let spec = kind.spec();
    let is_entity = spec.has_properties();
    for field in spec.fields {
        let value = match field.name {
            "code" | "permId" | "name" | "userId" | "email" => Test::equal("A*"),
            "identifier" if is_entity => Test::exactly("/A"),
            "registrationDate" if is_entity => test(Operator::Less, date(None)),
            "modificationDate" if is_entity => {
                test(Operator::GreaterOrEqual, date(Some(2)))
            }
            "listable" => test(Operator::Equal, TestValue::Flag(true)),
            "pluginType" => Test::exactly("DYNAMIC_PROPERTY"),
            _ => continue,
        };
        criteria = criteria.with(Criterion::Field { name: field.name, test: value });
    }
    if is_entity {
        let code = || "SIZE".to_owned();
        for value in [
            TestValue::Integer(5),
            TestValue::Number(0.5),
            TestValue::Flag(true),
            date(None),
            TestValue::None,
        ] {
            let operator =
                if value == TestValue::None { Operator::Any } else { Operator::Equal };
            let test = test(operator, value);
            let code = code();
            criteria = criteria
                .with(Criterion::AnyProperty(test.clone()))
                .with(Criterion::Property { code, test });
        }
        for operator in [
            Operator::StartsWith,
            Operator::Contains,
            Operator::Matches,
            Operator::Greater,
        ] {
            let value = TestValue::Text { text: "x".to_owned(), wildcards: true };
            criteria = criteria.with(Criterion::AnyField(test(operator, value)));
        }
        criteria = criteria.with(Criterion::Sub(Criteria::all(kind)));
    }
    criteria
}

/// Relations that a search can follow.
const LINKED: &[(Kind, &[&str])] = &[
    (Kind::Sample, &["space", "project", "experiment", "type", "tags", "parents"]),
    (Kind::Sample, &["children", "container", "registrator", "modifier"]),
    (Kind::Experiment, &["project", "type", "tags", "registrator"]),
    (Kind::DataSet, &["experiment", "sample", "type", "tags", "containers", "parents"]),
    (Kind::DataSet, &["physicalData"]),
    (Kind::Project, &["space"]),
    (Kind::VocabularyTerm, &["vocabulary"]),
    (Kind::RoleAssignment, &["user", "space", "project", "authorizationGroup"]),
];

/// The kinds of the interface of 2023, or those that came later.
fn kinds(newer: bool) -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(move |kind| kind.is_newer() == newer)
}

fn searches(newer: bool) -> Vec<(Criteria, Fetch)> {
    let mut searches = Vec::new();
    for kind in kinds(newer).filter(|kind| kind.spec().offers(Verb::Search)) {
        searches.push((criteria(kind), whole(kind)));
    }
    for (kind, fields) in LINKED {
        for field in *fields {
            let field = kind.spec().field(field).unwrap();
            let criteria = Criteria::all(field.ty.kind().unwrap());
            let linked = Criterion::Linked { field: field.name, criteria };
            searches.push((Criteria::all(*kind).with(linked), Fetch::plain(*kind)));
        }
    }
    for field in ["space", "project", "experiment", "container"] {
        let criteria = Criteria::all(Kind::Sample).with(Criterion::Without { field });
        searches.push((criteria, Fetch::plain(Kind::Sample)));
    }
    for kind in [Kind::Sample, Kind::Space, Kind::Person, Kind::SampleType, Kind::Plugin]
    {
        let form = kind.spec().ids[0];
        let ids: Vec<Id> =
            ["A", "B"].into_iter().map(|text| Id::told(kind, form, text)).collect();
        for ids in [ids.clone(), ids[..1].to_vec()] {
            let criteria = Criteria::all(kind).with(Criterion::Ids(ids));
            searches.push((criteria, Fetch::plain(kind)));
        }
    }
    searches
}

/// Everything that can be asked for, one level deep.
fn whole(kind: Kind) -> Fetch {
    let asked = kind.spec().fields.iter().filter(|field| field.asked && !field.sent_only);
    asked.fold(Fetch::plain(kind), |fetch, field| fetch.with(field.name))
}

fn value(ty: crate::model::FieldType) -> Value {
    use crate::model::FieldType::*;
    match ty {
        Text => text("x"),
        Choice(words) => text(words[0]),
        Flag => Value::Flag(true),
        Integer => Value::Integer(1),
        Timestamp => Value::Time(crate::model::Timestamp(5)),
        Texts => Value::Texts(vec!["x".to_owned()]),
        Map => Value::Map(BTreeMap::from([("k".to_owned(), "v".to_owned())])),
        Bytes => Value::Bytes(vec![1, 2, 3]),
        Properties => {
            Value::Properties(BTreeMap::from([("P".to_owned(), "v".to_owned())]))
        }
        One(kind) => Value::One(some(kind)),
        Many(kind) => Value::Many(vec![some(kind)]),
        Part(kind) => {
            let mut part = Record::new(kind);
            let edit = Edit::Set(Value::Flag(true));
            part.set("archivingRequested", Value::Flag(true), Some(edit)).unwrap();
            Value::One(Link::part(part))
        }
        Parts(kind) => Value::Many(vec![Link::part(full(kind))]),
    }
}

fn some(kind: Kind) -> Link {
    Link { id: one(kind), record: None }
}

fn one(kind: Kind) -> Id {
    match kind.spec().ids[0] {
        IdForm::TermPermId(_) => Id::term("RED", "COLOUR"),
        IdForm::AssignmentPermId(_) | IdForm::GroupedTypeId(_) => {
            Id::told(kind, kind.spec().ids[0], "P").within("T")
        }
        form => Id::told(kind, form, "1"),
    }
}

/// A new record with a value in every field that a creation takes.
fn full(kind: Kind) -> Record {
    let mut record = Record::new(kind);
    let fields = kind.spec().fields.iter().filter(|field| field.on_create);
    fill(&mut record, fields.map(|field| (field.name, value(field.ty))));
    record
}

/// An edit that adds and takes away, where the field holds several.
fn more_and_fewer(field: &crate::model::Field) -> Option<Edit> {
    use crate::model::FieldType::*;
    let texts = [("A".to_owned(), None), ("B".to_owned(), Some("b".to_owned()))];
    Some(match field.ty {
        Map | Properties => Edit::Properties(BTreeMap::from(texts)),
        Many(kind) => Edit::AddRemove { add: vec![some(kind)], remove: vec![some(kind)] },
        Parts(kind) => {
            Edit::Parts { add: vec![full(kind)], remove: vec!["A".to_owned()] }
        }
        _ => return None,
    })
}

fn changes(newer: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    for kind in kinds(newer) {
        let spec = kind.spec();
        if spec.offers(Verb::Create) {
            changes.push(Change::Create(full(kind)));
        }
        if spec.offers(Verb::Update) {
            let fields = spec.fields.iter().filter(|field| field.on_update);
            let edits =
                fields.clone().map(|field| (field.name, Edit::Set(value(field.ty))));
            changes.push(update(one(kind), edits));
            let edits =
                fields.filter_map(|field| Some((field.name, more_and_fewer(field)?)));
            changes.push(update(one(kind), edits));
        }
        if spec.offers(Verb::Delete) {
            let ids = vec![one(kind)];
            changes.push(Change::Delete { ids, reason: "r".to_owned() });
        }
    }
    let ids = || vec![one(Kind::DataSet)];
    changes.extend([
        Change::Archive { ids: ids(), remove: false },
        Change::Unarchive { ids: ids() },
        Change::Lock { ids: ids() },
        Change::Unlock { ids: ids() },
        Change::Confirm { ids: vec![one(Kind::Deletion)] },
        Change::Revert { ids: vec![one(Kind::Deletion)] },
    ]);
    changes
}

/// Every request that rhobis can make.
fn requests(newer: bool) -> Vec<String> {
    let changes = changes(newer);
    let execution = Execution { id: "x", description: "d" };
    let mut calls = vec![
        Call::Login { user: "u", password: "p" },
        Call::Logout,
        Call::IsSessionActive,
        Call::SessionInformation,
        Call::ServerInformation,
        Call::PermIds { count: 3 },
        Call::Codes { prefix: "P", entity_kind: "SAMPLE", count: 3 },
        Call::Execute { changes: &changes, execution },
        Call::ExecuteLater { changes: &changes, description: "d" },
        Call::Executed { id: "x" },
    ];
    calls.extend(changes.chunks(1).map(|changes| Call::Change { changes }));
    let mut requests: Vec<String> = calls.iter().map(|call| call.to_json("t")).collect();
    for (criteria, fetch) in searches(newer) {
        requests.push(Call::Search { criteria: &criteria, fetch: &fetch }.to_json("t"));
    }
    for kind in kinds(newer).filter(|kind| kind.spec().offers(Verb::Get)) {
        let ids: Vec<Id> = match kind {
            Kind::RoleAssignment | Kind::VocabularyTerm => vec![one(kind)],
            _ => kind.spec().ids.iter().map(|&form| Id::told(kind, form, "1")).collect(),
        };
        requests.push(Call::Get { ids: &ids, fetch: &whole(kind) }.to_json("t"));
    }
    requests
}

/// All requests hold against the contract. Skipped where its checker is not at hand.
#[test]
fn no_request_breaks_the_contract() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tool = |up: &str| root.join(up).join("shared/tools/wirecheck.py");
    let Some(tool) = ["..", "../.."].map(tool).into_iter().find(|tool| tool.is_file())
    else {
        println!("skipped: there is no checker");
        return;
    };
    for newer in [false, true] {
        let mut log = tempfile::NamedTempFile::new().unwrap();
        for request in requests(newer) {
            let request: Json = serde_json::from_str(&request).unwrap();
            writeln!(log, "{}", json!({ "service": "AS", "request": request })).unwrap();
        }
        let checked = Command::new("python3")
            .arg(&tool)
            .args(newer.then_some("--newer"))
            .arg(log.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&checked.stdout);
        let failed = String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success(), "{said}{failed}");
    }
}
