use super::Lab;
use crate::wire::bean::Api;

const GROUP: &str = r#"{"@type":"as.dto.typegroup.id.TypeGroupId","permId":"PLANTS"}"#;
const UNKNOWN: &str = r#"{"@type":"as.dto.entitytype.id.EntityTypePermId","permId":"UNKNOWN","entityKind":"SAMPLE"}"#;
const OPTIONS: &str = r#"{"@type":"as.dto.typegroup.fetchoptions.TypeGroupFetchOptions",
    "typeGroupAssignments":{"@type":"as.dto.typegroup.fetchoptions.TypeGroupAssignmentFetchOptions",
    "sampleType":{"@type":"as.dto.sample.fetchoptions.SampleTypeFetchOptions"}}}"#;

fn with_a_group() -> Lab {
    let lab = Lab::speaking(Api::Newer);
    let creation =
        r#"{"@type":"as.dto.typegroup.create.TypeGroupCreation","code":"plants"}"#;
    lab.call("createTypeGroups", &format!("[{creation}]"));
    let creation = format!(
        r#"{{"@type":"as.dto.typegroup.create.TypeGroupAssignmentCreation","sampleTypeId":{UNKNOWN},"typeGroupId":{GROUP}}}"#
    );
    lab.call("createTypeGroupAssignments", &format!("[{creation}]"));
    lab
}

fn group(lab: &Lab) -> String {
    lab.call("getTypeGroups", &format!("[{GROUP}],{OPTIONS}"))
}

#[test]
fn a_group_tells_the_types_that_are_in_it() {
    let lab = with_a_group();
    let told = group(&lab);
    assert!(told.contains(r#""code":"PLANTS""#), "{told}");
    assert!(told.contains(r#""code":"UNKNOWN""#), "{told}");
}

#[test]
fn a_type_is_in_a_group_once() {
    let lab = with_a_group();
    let creation = format!(
        r#"{{"@type":"as.dto.typegroup.create.TypeGroupAssignmentCreation","sampleTypeId":{UNKNOWN},"typeGroupId":{GROUP}}}"#
    );
    let refused = lab.ask("createTypeGroupAssignments", &format!("[{creation}]"));
    assert!(refused.contains("already exists in the database"), "{refused}");
}

#[test]
fn a_group_can_be_found_and_renamed() {
    let lab = with_a_group();
    let update = format!(
        r#"{{"@type":"as.dto.typegroup.update.TypeGroupUpdate","typeGroupId":{GROUP},"code":{{"@type":"as.dto.common.update.FieldUpdateValue","isModified":true,"value":"HERBS"}}}}"#
    );
    lab.call("updateTypeGroups", &format!("[{update}]"));
    let criteria = r#"{"@type":"as.dto.typegroup.search.TypeGroupSearchCriteria","criteria":[{"@type":"as.dto.typegroup.search.TypeGroupCodeSearchCriteria","fieldName":"code","fieldType":"ATTRIBUTE","fieldValue":{"@type":"as.dto.common.search.StringEqualToValue","value":"HERBS"}}]}"#;
    let found = lab.call("searchTypeGroups", &format!("{criteria},{OPTIONS}"));
    assert!(found.contains(r#""totalCount":1"#), "{found}");
}

#[test]
fn what_is_in_a_group_goes_with_it() {
    let lab = with_a_group();
    let options =
        r#"{"@type":"as.dto.typegroup.delete.TypeGroupDeletionOptions","reason":"r"}"#;
    lab.call("deleteTypeGroups", &format!("[{GROUP}],{options}"));
    let all = r#"{"@type":"as.dto.typegroup.search.TypeGroupAssignmentSearchCriteria","criteria":[]},{"@type":"as.dto.typegroup.fetchoptions.TypeGroupAssignmentFetchOptions"}"#;
    let found = lab.call("searchTypeGroupAssignments", all);
    assert!(found.contains(r#""totalCount":0"#), "{found}");
}

#[test]
fn an_assignment_is_named_by_type_and_group() {
    let lab = with_a_group();
    let id = format!(
        r#"{{"@type":"as.dto.typegroup.id.TypeGroupAssignmentId","sampleTypeId":{UNKNOWN},"typeGroupId":{GROUP}}}"#
    );
    let options =
        r#"{"@type":"as.dto.typegroup.fetchoptions.TypeGroupAssignmentFetchOptions"}"#;
    let told = lab.call("getTypeGroupAssignments", &format!("[{id}],{options}"));
    assert!(told.contains(r#""UNKNOWN (SAMPLE), PLANTS":{"#), "{told}");
    let options = r#"{"@type":"as.dto.typegroup.delete.TypeGroupAssignmentDeletionOptions","reason":"r"}"#;
    lab.call("deleteTypeGroupAssignments", &format!("[{id}],{options}"));
    assert!(!group(&lab).contains(r#""code":"UNKNOWN""#));
}

#[test]
fn the_server_of_2023_knows_no_groups() {
    let told = Lab::new().ask("searchTypeGroups", "null,null");
    assert!(told.contains("method not found"), "{told}");
}
