use super::*;
use crate::model::{Kind, Value};

fn answer(result: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":"1","result":{result}}}"#)
}

fn search(objects: &str, total: u64, fetch: &Fetch) -> Vec<Record> {
    let result = format!(
        r#"{{"@type":"as.dto.common.search.SearchResult","@id":1,"objects":[{objects}],"totalCount":{total}}}"#
    );
    let reply = Reply::read(&answer(&result), Some(fetch)).unwrap().unwrap();
    reply.found(fetch).unwrap().0
}

const FIRST: &str = r#"{"@type":"as.dto.sample.Sample","@id":2,
    "fetchOptions":{"@type":"as.dto.sample.fetchoptions.SampleFetchOptions","@id":3},
    "permId":{"@type":"as.dto.sample.id.SamplePermId","@id":4,"permId":"20230926133701234-1"},
    "code":"S1","registrationDate":1695735421234,
    "registrator":{"@type":"as.dto.person.Person","@id":5,
        "permId":{"@type":"as.dto.person.id.PersonPermId","@id":6,"permId":"ann"},
        "userId":"ann"},
    "modifier":5,"space":null,"properties":{"NAME":"one","SIZE":null}}"#;

#[test]
fn a_reference_is_the_object_it_refers_to() {
    let fetch = Fetch::plain(Kind::Sample).with("registrator").with("modifier");
    let records = search(FIRST, 1, &fetch);
    let Some(Value::One(registrator)) = records[0].get("registrator").unwrap() else {
        panic!()
    };
    let Some(Value::One(modifier)) = records[0].get("modifier").unwrap() else {
        panic!()
    };
    let (one, two) =
        (registrator.record.as_ref().unwrap(), modifier.record.as_ref().unwrap());
    assert!(Arc::ptr_eq(one, two));
    assert_eq!(two.text("userId"), Some("ann"));
}

#[test]
fn null_is_nothing_where_it_was_asked_for_and_absent_where_not() {
    let asked = search(FIRST, 1, &Fetch::plain(Kind::Sample).with("space"));
    assert_eq!(asked[0].get("space").unwrap(), Some(&Value::Null));
    let plain = search(FIRST, 1, &Fetch::plain(Kind::Sample));
    assert_eq!(plain[0].get("space").unwrap(), None);
}

#[test]
fn properties_without_value_are_left_out() {
    let records = search(FIRST, 1, &Fetch::plain(Kind::Sample).with("properties"));
    let Some(Value::Properties(values)) = records[0].get("properties").unwrap() else {
        panic!()
    };
    assert_eq!(values.len(), 1);
    assert_eq!(values["NAME"], "one");
}

#[test]
fn a_record_that_leads_back_to_itself_holds_what_was_read_until_then() {
    let mut fetch = Fetch::plain(Kind::Sample);
    fetch.add("parents").add("children");
    let object = r#"{"@type":"as.dto.sample.Sample","@id":2,
        "permId":{"@type":"as.dto.sample.id.SamplePermId","@id":3,"permId":"20230926133701234-1"},
        "code":"CHILD","parents":[{"@type":"as.dto.sample.Sample","@id":4,
            "permId":{"@type":"as.dto.sample.id.SamplePermId","@id":5,"permId":"20230926133701234-2"},
            "code":"PARENT","children":[2]}]}"#;
    let records = search(object, 1, &fetch);
    let Some(Value::Many(parents)) = records[0].get("parents").unwrap() else { panic!() };
    let parent = parents[0].record.as_ref().unwrap();
    let Some(Value::Many(children)) = parent.get("children").unwrap() else { panic!() };
    assert_eq!(children[0].id, *records[0].id().unwrap());
    assert_eq!(children[0].record.as_ref().unwrap().text("code"), Some("CHILD"));
}

#[test]
fn a_result_that_is_a_reference_is_given_what_was_asked_for_here() {
    let mut fetch = Fetch::plain(Kind::Sample).with("container");
    fetch.add("parents");
    let objects = r#"{"@type":"as.dto.sample.Sample","@id":2,
        "permId":{"@type":"as.dto.sample.id.SamplePermId","@id":3,"permId":"20230926133701234-1"},
        "container":null,"parents":[{"@type":"as.dto.sample.Sample","@id":4,
            "permId":{"@type":"as.dto.sample.id.SamplePermId","@id":5,"permId":"20230926133701234-2"},
            "container":null,"parents":[]}]},4"#;
    let records = search(objects, 2, &fetch);
    assert_eq!(records.len(), 2);
    assert_eq!(records[1].get("container").unwrap(), Some(&Value::Null));
}

#[test]
fn a_fault_is_read_with_its_class_and_without_its_context() {
    let text = r#"{"jsonrpc":"2.0","id":"1","error":{"code":0,
        "message":"Code cannot be empty. (Context: [checking data (1/1) {\n}])",
        "data":{"@id":1,"exceptionTypeName":"a.UserFailureException","message":"","stackTrace":""}}}"#;
    let fault = Reply::read(text, None).unwrap().err().unwrap();
    assert_eq!(fault.message, "Code cannot be empty.");
    assert_eq!(fault.class, "a.UserFailureException");
}

#[test]
fn ids_of_creations_are_read_in_order() {
    let text = answer(
        r#"[{"@type":"as.dto.vocabulary.id.VocabularyTermPermId","@id":1,"code":"RED","vocabularyCode":"COLOUR"},
            {"@type":"as.dto.entitytype.id.EntityTypePermId","@id":2,"permId":"T","entityKind":"EXPERIMENT"}]"#,
    );
    let ids = Reply::read(&text, None).unwrap().unwrap().ids().unwrap();
    assert_eq!(ids[0].to_string(), "RED (COLOUR)");
    assert_eq!(ids[1].kind(), Kind::ExperimentType);
}

#[test]
fn a_page_of_something_else_is_no_answer() {
    assert!(matches!(Reply::read("<html>", None), Err(Error::NotJson(_))));
    assert!(matches!(Reply::read("{}", None), Err(Error::NotRpc)));
}
