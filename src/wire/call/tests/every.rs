//! Every request that rhobis can make, held against the contract.
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::criteria::{kinds, searches};
use super::*;
use crate::model::{Field, FieldType, IdForm, several};

/// Everything that can be asked for, one level deep.
pub(super) fn whole(kind: Kind) -> Fetch {
    let asked = kind.spec().fields.iter().filter(|field| field.asked && !field.sent_only);
    asked.fold(Fetch::plain(kind), |fetch, field| fetch.with(field.name))
}

fn value(ty: FieldType, newer: bool) -> Value {
    use FieldType::*;
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
            let text = if newer { several::joined(["v", "w"]) } else { "v".to_owned() };
            Value::Properties(BTreeMap::from([("P".to_owned(), text)]))
        }
        One(kind) => Value::One(some(kind)),
        Many(kind) => Value::Many(vec![some(kind)]),
        Part(kind) => {
            let mut part = Record::new(kind);
            let edit = Edit::Set(Value::Flag(true));
            part.set("archivingRequested", Value::Flag(true), Some(edit)).unwrap();
            Value::One(Link::part(part))
        }
        Parts(kind) => Value::Many(vec![Link::part(full(kind, newer))]),
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
fn full(kind: Kind, newer: bool) -> Record {
    let mut record = Record::new(kind);
    let fields = fields(kind, newer).filter(|field| field.on_create);
    fill(&mut record, fields.map(|field| (field.name, value(field.ty, newer))));
    record
}

/// Those that the server has.
fn fields(kind: Kind, newer: bool) -> impl Iterator<Item = &'static Field> + Clone {
    kind.spec().fields.iter().filter(move |field| newer || !field.newer)
}

/// An edit that adds and takes away, where the field holds several.
fn more_and_fewer(field: &Field, newer: bool) -> Option<Edit> {
    use FieldType::*;
    let texts = [("A".to_owned(), None), ("B".to_owned(), Some("b".to_owned()))];
    Some(match field.ty {
        Map | Properties => Edit::Properties(BTreeMap::from(texts)),
        Many(kind) => Edit::AddRemove { add: vec![some(kind)], remove: vec![some(kind)] },
        Parts(kind) => {
            Edit::Parts { add: vec![full(kind, newer)], remove: vec!["A".to_owned()] }
        }
        _ => return None,
    })
}

fn changes(newer: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    // The newest servers have no materials any more.
    let materials = [Kind::Material, Kind::MaterialType];
    let has =
        |kind: &Kind| if newer { !materials.contains(kind) } else { !kind.is_newer() };
    let kinds = Kind::ALL.iter().copied().filter(has);
    for kind in kinds {
        let spec = kind.spec();
        if spec.offers(Verb::Create) {
            changes.push(Change::Create(full(kind, newer)));
        }
        if spec.offers(Verb::Update) {
            let fields = fields(kind, newer).filter(|field| field.on_update);
            let set = |field: &Field| Edit::Set(value(field.ty, newer));
            let edits = fields.clone().map(|field| (field.name, set(field)));
            changes.push(update(one(kind), edits));
            let edits = fields
                .filter_map(|field| Some((field.name, more_and_fewer(field, newer)?)));
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
    let execution = Execution { id: "x", description: "d", asynchronous: false };
    let later = Execution { asynchronous: true, ..execution };
    let mut calls = vec![
        Call::Login { user: "u", password: "p" },
        Call::Logout,
        Call::IsSessionActive,
        Call::SessionInformation,
        Call::ServerInformation,
        Call::PermIds { count: 3 },
        Call::Codes { prefix: "P", entity_kind: "SAMPLE", count: 3 },
        Call::Execute { changes: &changes, execution },
        Call::Execute { changes: &changes, execution: later },
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
