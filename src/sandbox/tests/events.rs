use super::Lab;

const PROJECT: &str =
    r#"{"@type":"as.dto.project.id.ProjectIdentifier","identifier":"/DEFAULT/P"}"#;
const SPACE: &str = r#"{"@type":"as.dto.space.id.SpacePermId","permId":"DEFAULT"}"#;

fn with_a_project() -> Lab {
    let lab = Lab::new();
    let creation = format!(
        r#"{{"@type":"as.dto.project.create.ProjectCreation","code":"P","spaceId":{SPACE}}}"#
    );
    lab.call("createProjects", &format!("[{creation}]"));
    lab
}

fn events(lab: &Lab) -> String {
    let criteria = r#"{"@type":"as.dto.event.search.EventSearchCriteria","criteria":[]}"#;
    let options = r#"{"@type":"as.dto.event.fetchoptions.EventFetchOptions"}"#;
    lab.ask("searchEvents", &format!("{criteria},{options}"))
}

#[test]
fn a_deletion_is_an_event_with_what_was_deleted() {
    let lab = with_a_project();
    let options =
        r#"{"@type":"as.dto.project.delete.ProjectDeletionOptions","reason":"over"}"#;
    lab.call("deleteProjects", &format!("[{PROJECT}],{options}"));
    let told = events(&lab);
    assert!(told.contains(r#""totalCount":1"#), "{told}");
    assert!(told.contains(r#""reason":"over""#), "{told}");
    assert!(told.contains(r#""description":"/DEFAULT/P""#), "{told}");
}

#[test]
fn a_freezing_is_an_event_with_its_flags() {
    let lab = with_a_project();
    let update = format!(
        r#"{{"@type":"as.dto.project.update.ProjectUpdate","projectId":{PROJECT},"freeze":true,"freezeForSamples":true}}"#
    );
    lab.call("updateProjects", &format!("[{update}]"));
    let told = events(&lab);
    assert!(told.contains(r#""eventType":"FREEZING""#), "{told}");
    assert!(told.contains(r#"[\"freeze\", \"freezeForSamples\"]"#), "{told}");
}

#[test]
fn a_deletion_that_is_refused_is_no_event() {
    let lab = with_a_project();
    let options =
        r#"{"@type":"as.dto.space.delete.SpaceDeletionOptions","reason":"over"}"#;
    let refused = lab.ask("deleteSpaces", &format!("[{SPACE}],{options}"));
    assert!(refused.contains("is being used"), "{refused}");
    assert!(events(&lab).contains(r#""totalCount":0"#));
}
