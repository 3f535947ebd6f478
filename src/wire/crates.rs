//! RO-Crates: how one asks for them, and what stands in them.
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// An object that is to go into a crate.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Wanted {
    /// `SAMPLE`, `EXPERIMENT` …
    pub kind: String,
    pub perm_id: String,
}

/// How far an export has come.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    #[serde(default)]
    pub job_id: Option<String>,
    /// `COMPLETED`, `FAILED`, or a word for being under way.
    pub status: String,
    #[serde(default)]
    pub errors: Option<Vec<String>>,
    #[serde(default)]
    pub download_url: Option<String>,
    #[serde(default, skip_deserializing)]
    pub validation_result: Option<()>,
    #[serde(default, skip_deserializing)]
    pub import_response: Option<()>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Begun {
    job_id: String,
}

#[derive(Serialize)]
struct All<'a> {
    jobs: &'a [Progress],
}

pub fn write_wanted(wanted: &[Wanted]) -> String {
    serde_json::to_string(wanted).unwrap_or_default()
}

/// What is wanted; a bare permId is a sample's.
pub fn read_wanted(body: &str) -> Option<Vec<Wanted>> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum One {
        Wanted(Wanted),
        PermId(String),
    }
    let all: Vec<One> = serde_json::from_str(body).ok()?;
    let wanted = all.into_iter().map(|one| match one {
        One::Wanted(wanted) => wanted,
        One::PermId(perm_id) => Wanted { kind: "SAMPLE".to_owned(), perm_id },
    });
    Some(wanted.collect())
}

pub fn write_begun(job_id: &str) -> String {
    json!({ "jobId": job_id }).to_string()
}

/// The id of the export that was begun.
pub fn read_begun(body: &str) -> Option<String> {
    serde_json::from_str(body).ok().map(|begun: Begun| begun.job_id)
}

pub fn write_progress(progress: &Progress) -> String {
    serde_json::to_string(progress).unwrap_or_default()
}

pub fn write_all_progress(jobs: &[Progress]) -> String {
    serde_json::to_string(&All { jobs }).unwrap_or_default()
}

pub fn read_progress(body: &str) -> Option<Progress> {
    serde_json::from_str(body).ok()
}

/// Something that a crate describes.
#[derive(Clone, Debug)]
pub struct Node {
    pub id: String,
    pub types: Vec<String>,
    pub facts: Vec<(&'static str, Fact)>,
}

#[derive(Clone, Debug)]
pub enum Fact {
    Text(String),
    Number(u64),
    /// Ids of other nodes.
    Links(Vec<String>),
    /// Properties by their codes.
    Values(Vec<(String, String)>),
}

/// The file that makes a folder a crate, with the node of the crate itself first.
pub fn metadata(nodes: &[Node]) -> String {
    let about = json!({
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": { "@id": "https://w3id.org/ro/crate/1.1" },
        "about": { "@id": "./" },
    });
    let graph: Vec<Value> =
        std::iter::once(about).chain(nodes.iter().map(node)).collect();
    let whole =
        json!({ "@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

fn node(node: &Node) -> Value {
    let mut map = Map::new();
    map.insert("@id".to_owned(), node.id.clone().into());
    let types = match node.types.as_slice() {
        [only] => Value::from(only.clone()),
        several => Value::from(several.to_vec()),
    };
    map.insert("@type".to_owned(), types);
    for (name, fact) in &node.facts {
        map.insert((*name).to_owned(), value(fact));
    }
    Value::Object(map)
}

fn value(fact: &Fact) -> Value {
    match fact {
        Fact::Text(text) => text.clone().into(),
        Fact::Number(number) => (*number).into(),
        Fact::Links(ids) => ids.iter().map(|id| json!({ "@id": id })).collect(),
        Fact::Values(pairs) => pairs
            .iter()
            .map(|(code, value)| {
                json!({ "@type": "PropertyValue", "propertyID": code, "value": value })
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_is_read_as_it_is_written() {
        let wanted =
            [Wanted { kind: "EXPERIMENT".to_owned(), perm_id: "1-2".to_owned() }];
        let body = write_wanted(&wanted);
        assert_eq!(body, r#"[{"kind":"EXPERIMENT","permId":"1-2"}]"#);
        assert_eq!(read_wanted(&body).as_deref(), Some(&wanted[..]));
        let bare = read_wanted(r#"["1-2"]"#).unwrap();
        assert_eq!((bare[0].kind.as_str(), bare[0].perm_id.as_str()), ("SAMPLE", "1-2"));
        assert_eq!(read_wanted("{}"), None);
    }

    #[test]
    fn progress_of_any_form_is_read() {
        let told =
            r#"{"status":"FAILED","errors":["no"],"validationResult":{"isValid":false}}"#;
        let progress = read_progress(told).unwrap();
        assert_eq!(progress.errors, Some(vec!["no".to_owned()]));
        assert_eq!(read_progress(&write_progress(&progress)), Some(progress));
        assert_eq!(read_begun(&write_begun("7")).as_deref(), Some("7"));
    }
}
