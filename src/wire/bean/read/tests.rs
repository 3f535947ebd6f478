use super::super::{Json, Node, Service, View, contract, write};
use super::{Request, read_params};
use crate::wire::Fault;

/// Reads a single parameter beside the session token.
fn read(method: &str, param: &str) -> Result<Request, Fault> {
    let mut methods = contract().methods(Service::As, method);
    let method = methods.next().unwrap();
    let param: Json = serde_json::from_str(param).unwrap();
    read_params(method, &[Json::Text("token".to_owned()), param])
}

fn items(request: &Request) -> Vec<View<'_>> {
    let Node::List(items) = &request.params[1] else { panic!("no list") };
    items.iter().map(|item| bean(request, item)).collect()
}

fn bean<'r>(request: &'r Request, node: &Node) -> View<'r> {
    let Node::Bean(number) = node else { panic!("no bean: {node:?}") };
    request.graph.view(*number)
}

#[test]
fn one_object_will_do_for_a_list_and_needs_no_type_where_only_one_is_possible() {
    let request = read("createSpaces", r#"{"code": 5, "unknown": []}"#).unwrap();
    let spaces = items(&request);
    assert_eq!(spaces[0].class(), "as.dto.space.create.SpaceCreation");
    assert_eq!(spaces[0].text("code"), Some("5"));
    assert!(!spaces[0].has("unknown"));
}

#[test]
fn a_number_is_the_object_of_that_id_wherever_it_stands() {
    let request = read(
        "createProjects",
        r#"[{"code": "A", "spaceId": 7},
            {"code": "B", "spaceId":
                {"@type": "as.dto.space.id.SpacePermId", "permId": "S", "@id": "7"}},
            {"code": "C", "spaceId": 99}]"#,
    )
    .unwrap();
    let projects = items(&request);
    assert_eq!(projects[0].get("spaceId"), projects[1].get("spaceId"));
    assert_eq!(projects[0].inner("spaceId").unwrap().text("permId"), Some("S"));
    assert_eq!(projects[2].get("spaceId"), &Node::Null);
}

#[test]
fn an_object_may_hold_itself() {
    let request = read(
        "searchSamples",
        r#"{"@type": "as.dto.sample.search.SampleSearchCriteria", "criteria": []}"#,
    );
    assert!(request.is_ok());
    let method = contract().methods(Service::As, "searchSamples").next().unwrap();
    let options = r#"{"@id": 1, "parents": 1, "cacheMode": "CACHE", "count": "3"}"#;
    let options: Json = serde_json::from_str(options).unwrap();
    let request = read_params(method, &[Json::Null, Json::Null, options]).unwrap();
    let options = bean(&request, &request.params[2]);
    assert_eq!(options.inner("parents").unwrap().number(), options.number());
    assert_eq!(options.integer("count"), Some(3));
}

#[test]
fn a_wrong_type_is_ignored_where_only_one_class_is_possible_and_refused_elsewhere() {
    let wrong = r#"[{"@type": "as.dto.no.such.Creation", "code": "A"}]"#;
    assert!(read("createSpaces", wrong).is_ok());
    let wrong = r#"[{"code": "A", "spaceId": {"@type": "as.dto.tag.id.TagPermId"}}]"#;
    let fault = read("createProjects", wrong).unwrap_err();
    assert_eq!(fault.class, "com.fasterxml.jackson.databind.JsonMappingException");
    assert!(fault.message.contains(
        "Could not resolve type id 'as.dto.tag.id.TagPermId' as a subtype of [simple type, \
         class ch.ethz.sis.openbis.generic.asapi.v3.dto.space.id.ISpaceId]: known type ids = ["
    ));
}

#[test]
fn a_value_that_does_not_fit_is_refused_with_the_way_to_it() {
    let fault = read("createSpaces", r#"[{"code": ["x"]}]"#).unwrap_err();
    assert!(fault.message.ends_with(
        "Cannot deserialize instance of `java.lang.String` out of START_ARRAY token\n at \
         [Source: UNKNOWN; line: -1, column: -1] (through reference chain: \
         ch.ethz.sis.openbis.generic.asapi.v3.dto.space.create.SpaceCreation[\"code\"]) \
         (through reference chain: java.util.ArrayList[0])"
    ));
}

#[test]
fn properties_become_text_as_java_writes_it() {
    let request = read(
        "updateSamples",
        r#"[{"properties": {"A": 1e-7, "B": 2.50, "C": true, "D": null, "E": 12345678.5}}]"#,
    )
    .unwrap();
    let samples = items(&request);
    let texts: Vec<_> =
        samples[0].map("properties").iter().map(|(_, node)| node).collect();
    let expected = ["1.0E-7", "2.5", "true"].map(Node::from);
    assert_eq!(texts[..3], expected.each_ref()[..]);
    assert_eq!(texts[3..], [&Node::Null, &Node::from("1.23456785E7")]);
}

#[test]
fn in_a_slot_without_a_type_a_number_is_a_number() {
    let request = read(
        "updateProjects",
        r#"[{"@id": 1, "spaceId": {"isModified": 1, "value": 1}}]"#,
    )
    .unwrap();
    let update = items(&request)[0].inner("spaceId").unwrap();
    assert_eq!(update.name(), "FieldUpdateValue");
    assert!(update.flag("isModified"));
    assert_eq!(update.integer("value"), Some(1));
}

#[test]
fn nothing_that_is_sent_brings_the_reader_down_and_what_it_took_can_be_written() {
    let odd = [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e300",
        r#""""#,
        r#""x""#,
        "[]",
        "[[]]",
        "[null, 1]",
        "{}",
        r#"{"@type": null}"#,
        r#"{"@type": 5}"#,
        r#"{"@type": "as.dto.space.Space"}"#,
        r#"{"@id": {}, "code": 1}"#,
        r#"[{"@id": 1, "a": 1}, {"@id": 1, "a": 1}]"#,
        r#"[2, {"@id": 2, "code": "A", "parentIds": [2, 3]}]"#,
    ];
    for json in odd {
        let json: Json = serde_json::from_str(json).unwrap();
        for method in contract().all_methods() {
            let params = vec![json.clone(); method.params.len()];
            if let Ok(request) = read_params(method, &params) {
                let written = write(&request.graph, &Node::List(request.params));
                assert!(serde_json::from_str::<Json>(&written).is_ok(), "{written}");
            }
        }
    }
}
