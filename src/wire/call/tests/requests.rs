use super::*;
use crate::model::Sort;

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
