use super::Lab;

const STORE: &str =
    r#""dataStoreId":{"@type":"as.dto.datastore.id.DataStorePermId","permId":"DSS1"}"#;
const FORMATS: &str = r#""storageFormatId":{"@type":"as.dto.dataset.id.ProprietaryStorageFormatPermId","permId":"PROPRIETARY"},
    "fileFormatTypeId":{"@type":"as.dto.dataset.id.FileFormatTypePermId","permId":"XML"}"#;
const REASON: &str =
    r#"{"@type":"as.dto.dataset.delete.DataSetDeletionOptions","reason":"r"}"#;

fn id(code: &str) -> String {
    format!(r#"{{"@type":"as.dto.dataset.id.DataSetPermId","permId":"{code}"}}"#)
}

/// The creation of a data set of the demo lab's default experiment.
fn creation(code: &str, rest: &str) -> String {
    format!(
        r#"[{{"@type":"as.dto.dataset.create.DataSetCreation","code":"{code}",{STORE},
        "typeId":{{"@type":"as.dto.entitytype.id.EntityTypePermId","permId":"UNKNOWN","entityKind":"DATA_SET"}},
        "experimentId":{{"@type":"as.dto.experiment.id.ExperimentIdentifier","identifier":"/DEFAULT/DEFAULT/DEFAULT"}},
        {rest}}}]"#
    )
}

fn container(code: &str, components: &[&str]) -> String {
    let ids: Vec<String> = components.iter().map(|code| id(code)).collect();
    let rest = format!(r#""dataSetKind":"CONTAINER","componentIds":[{}]"#, ids.join(","));
    creation(code, &rest)
}

fn physical(code: &str, location: &str) -> String {
    let data = format!(
        r#""physicalData":{{"@type":"as.dto.dataset.create.PhysicalDataCreation","location":"{location}",{FORMATS},"size":7}}"#
    );
    creation(code, &data)
}

/// A lab with a container `BOX` of two data sets, `A` and `B`.
fn with_a_box() -> Lab {
    let lab = Lab::of_demo();
    lab.call("createDataSets", &container("B", &[]));
    lab.call("createDataSets", &container("A", &[]));
    lab.call("createDataSets", &container("BOX", &["B", "A"]));
    lab
}

fn add_component(lab: &Lab, outer: &str, inner: &str) -> String {
    let update = format!(
        r#"[{{"@type":"as.dto.dataset.update.DataSetUpdate","dataSetId":{},"componentIds":{{"@type":"as.dto.common.update.IdListUpdateValue","actions":[{{"@type":"as.dto.common.update.ListUpdateActionAdd","items":[{}]}}]}}}}]"#,
        id(outer),
        id(inner)
    );
    lab.ask("updateDataSets", &update)
}

/// How many data sets have physical data of which this holds.
fn found(lab: &Lab, about: &str) -> String {
    let criteria = format!(
        r#"{{"@type":"as.dto.dataset.search.DataSetSearchCriteria","criteria":[{{"@type":"as.dto.dataset.search.PhysicalDataSearchCriteria","criteria":[{about}]}}]}},{{"@type":"as.dto.dataset.fetchoptions.DataSetFetchOptions"}}"#
    );
    let told = lab.call("searchDataSets", &criteria);
    told.rsplit_once(r#""totalCount":"#).unwrap().1.trim_end_matches('}').to_owned()
}

#[test]
fn components_come_in_the_order_of_their_codes() {
    let lab = with_a_box();
    let options = r#"{"@type":"as.dto.dataset.fetchoptions.DataSetFetchOptions","components":{"@type":"as.dto.dataset.fetchoptions.DataSetFetchOptions"}}"#;
    let told = lab.call("getDataSets", &format!("[{}],{options}", id("BOX")));
    assert!(told.find(r#""code":"A""#) < told.find(r#""code":"B""#), "{told}");
}

#[test]
fn a_container_is_not_in_itself() {
    let lab = with_a_box();
    let refused = add_component(&lab, "A", "BOX");
    assert!(refused.contains("Circular dependency found: A"), "{refused}");
}

#[test]
fn a_component_goes_into_the_trash_only_with_its_container() {
    let lab = with_a_box();
    let refused = lab.ask("deleteDataSets", &format!("[{}],{REASON}", id("A")));
    assert!(refused.contains("is a component of the data set BOX"), "{refused}");
    let both = format!("[{},{}],{REASON}", id("A"), id("BOX"));
    lab.call("deleteDataSets", &both);
}

#[test]
fn files_have_a_place_of_their_own() {
    let lab = Lab::of_demo();
    lab.call("createDataSets", &physical("P", "a/b"));
    for (code, location, said) in [
        ("Q", "a/b", "DataSet already exists in the database"),
        ("Q", "/a/c", "Location is not relative"),
    ] {
        let refused = lab.ask("createDataSets", &physical(code, location));
        assert!(refused.contains(said), "{refused}");
    }
}

#[test]
fn data_sets_are_found_by_how_their_files_lie() {
    let lab = Lab::of_demo();
    lab.call("createDataSets", &physical("P", "a/b"));
    let small = r#"{"@type":"as.dto.dataset.search.SizeSearchCriteria","fieldName":"size","fieldType":"ATTRIBUTE","fieldValue":{"@type":"as.dto.common.search.NumberLessThanValue","value":8}}"#;
    let xml = r#"{"@type":"as.dto.dataset.search.FileFormatTypeSearchCriteria","criteria":[{"@type":"as.dto.common.search.CodeSearchCriteria","fieldName":"code","fieldType":"ATTRIBUTE","fieldValue":{"@type":"as.dto.common.search.StringEqualToValue","value":"XML"}}]}"#;
    let elsewhere = r#"{"@type":"as.dto.dataset.search.LocationSearchCriteria","fieldName":"location","fieldType":"ATTRIBUTE","fieldValue":{"@type":"as.dto.common.search.StringStartsWithValue","value":"a/c"}}"#;
    assert_eq!(found(&lab, small), "1");
    assert_eq!(found(&lab, xml), "1");
    assert_eq!(found(&lab, elsewhere), "0");
}
