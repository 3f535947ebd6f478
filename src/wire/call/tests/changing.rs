use std::collections::BTreeMap;

use super::*;

/// What goes to the server for the change, without the envelope.
fn sent(change: Change) -> Json {
    Call::Change { changes: &[change] }.params().remove(0)
}

#[track_caller]
fn sends(change: Change, expected: &Json) {
    assert_eq!(sent(change), *expected);
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
