//! A plan as a file: what a run would change, to be carried out later, once, and exactly.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::written::{self, Contents, WrittenChange, WrittenRecord};
use super::{Entry, Error, differences, verb};
use crate::model::Timestamp;

/// The version of the form of plans.
const VERSION: u32 = 1;

/// What is to be changed, and how it was when that was planned.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Unique in the world: the ids of its executions begin with it, so that openBIS itself
    /// lets no plan be carried out twice.
    pub id: String,
    pub made: Timestamp,
    /// The name of the recipe, or the path of the file.
    pub script: String,
    /// The hash of the script's text.
    pub source: String,
    pub params: Vec<(String, String)>,
    /// Where openBIS is.
    pub server: String,
    /// What goes in one call each.
    pub calls: Vec<Vec<Entry>>,
}

/// Why a text is no plan that could be carried out.
#[derive(Debug, thiserror::Error)]
pub enum NotAPlan {
    #[error("it is no plan: {0}")]
    Unreadable(String),
    #[error("it is a plan of version {found}, this program knows {VERSION}")]
    OtherVersion { found: u32 },
    #[error("it was edited after it was made")]
    Edited,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rhobis_plan: u32,
    /// Of what follows, without any space between.
    sha256: String,
    plan: WrittenPlan,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPlan {
    id: String,
    made: i64,
    script: String,
    script_sha256: String,
    params: BTreeMap<String, Option<String>>,
    server: String,
    totals: BTreeMap<String, usize>,
    calls: Vec<Vec<WrittenEntry>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    label: String,
    /// For people: what it makes of the object.
    shows: Vec<String>,
    change: WrittenChange,
    before: Vec<WrittenRecord>,
}

#[derive(Deserialize)]
struct Versioned {
    rhobis_plan: u32,
}

impl Plan {
    /// The text of the file.
    pub fn write(&self) -> Result<String, Error> {
        let calls =
            self.calls.iter().map(|call| call.iter().map(WrittenEntry::of).collect());
        let plan = WrittenPlan {
            id: self.id.clone(),
            made: self.made.0,
            script: self.script.clone(),
            script_sha256: self.source.clone(),
            params: written::without_secrets(&self.params),
            server: self.server.clone(),
            totals: self.totals(),
            calls: calls.collect(),
        };
        let sha256 = plan.sha256().map_err(Error::Unwritable)?;
        let file = File { rhobis_plan: VERSION, sha256, plan };
        serde_json::to_string_pretty(&file).map_err(Error::Unwritable)
    }

    /// Reads a file that is as it was written.
    pub fn read(text: &str) -> Result<Self, NotAPlan> {
        let unreadable =
            |error: serde_json::Error| NotAPlan::Unreadable(error.to_string());
        let Versioned { rhobis_plan: found } =
            serde_json::from_str(text).map_err(unreadable)?;
        if found != VERSION {
            return Err(NotAPlan::OtherVersion { found });
        }
        // What cannot be read any more was edited: it was written by this very version.
        let file: File = serde_json::from_str(text).map_err(|_| NotAPlan::Edited)?;
        if file.plan.sha256().map_err(unreadable)? != file.sha256 {
            return Err(NotAPlan::Edited);
        }
        file.plan.read()
    }

    /// How many changes there are of each sort.
    pub fn totals(&self) -> BTreeMap<String, usize> {
        let mut totals = BTreeMap::new();
        for entry in self.calls.iter().flatten() {
            let objects = super::targets(&entry.change).len().max(1);
            *totals.entry(verb(&entry.change).to_owned()).or_default() += objects;
        }
        totals
    }
}

impl WrittenPlan {
    fn sha256(&self) -> Result<String, serde_json::Error> {
        Ok(written::sha256(serde_json::to_string(self)?.as_bytes()))
    }

    fn read(self) -> Result<Plan, NotAPlan> {
        let unreadable = |error: Error| NotAPlan::Unreadable(error.to_string());
        let call = |call: Vec<WrittenEntry>| call.into_iter().map(WrittenEntry::read);
        let calls = self.calls.into_iter().map(|entries| call(entries).collect());
        let calls: Result<Vec<Vec<Entry>>, Error> = calls.collect();
        let told = |(name, value): (String, Option<String>)| Some((name, value?));
        Ok(Plan {
            id: self.id,
            made: Timestamp(self.made),
            script: self.script,
            source: self.script_sha256,
            params: self.params.into_iter().filter_map(told).collect(),
            server: self.server,
            calls: calls.map_err(unreadable)?,
        })
    }
}

impl WrittenEntry {
    fn of(entry: &Entry) -> Self {
        let before = entry.before.iter();
        Self {
            label: entry.label.clone(),
            shows: differences(entry),
            change: WrittenChange::of(&entry.change, Contents::Kept),
            before: before.map(|one| WrittenRecord::of(one, Contents::Hashed)).collect(),
        }
    }

    fn read(self) -> Result<Entry, Error> {
        let before = self.before.into_iter().map(WrittenRecord::into_record);
        Ok(Entry {
            change: self.change.into_change()?,
            before: before.collect::<Result<_, _>>()?,
            label: self.label,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Change, Edit, Id, Kind, Record, Value};

    fn plan() -> Plan {
        let id = Id::parse(Kind::Space, "LAB").unwrap();
        let edit = Edit::Set(Value::Text("new".into()));
        let told = [("description", Value::Text("old".into()))].into();
        let update = Entry {
            change: Change::Update {
                id: id.clone(),
                edits: [("description", edit)].into(),
            },
            before: vec![Record::told(Kind::Space, Some(id), told)],
            label: "LAB".into(),
        };
        let mut token = Record::new(Kind::PersonalAccessToken);
        token.set("hash", Value::Text("s3cret".into()), None).unwrap();
        token.set("sessionName", Value::Text("mine".into()), None).unwrap();
        let token =
            Entry { change: Change::Create(token), before: vec![], label: "mine".into() };
        Plan {
            id: "5eed".into(),
            made: Timestamp(1_000),
            script: "x.rhai".into(),
            source: "ab".into(),
            params: vec![("password".into(), "s3cret".into()), ("n".into(), "1".into())],
            server: "https://lab".into(),
            calls: vec![vec![update], vec![token]],
        }
    }

    #[test]
    fn a_plan_is_read_as_it_was_written() {
        let text = plan().write().unwrap();
        let read = Plan::read(&text).unwrap();
        assert_eq!(read.calls.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(read.calls[0][0].label, "LAB");
        assert_eq!(differences(&read.calls[0][0]), ["description: old → new"]);
    }

    #[test]
    fn a_plan_holds_no_secret() {
        let text = plan().write().unwrap();
        assert!(!text.contains("s3cret"), "{text}");
    }

    #[test]
    fn a_plan_that_was_edited_is_refused() {
        let text = plan().write().unwrap();
        for (one, other) in [("\"new\"", "\"newer\""), ("5eed", "6eed"), ("\"LAB\"", "7")]
        {
            assert!(text.contains(one));
            let edited = text.replace(one, other);
            assert!(matches!(Plan::read(&edited), Err(NotAPlan::Edited)), "{one}");
        }
    }

    #[test]
    fn what_is_no_plan_is_told_from_one_of_another_version() {
        assert!(matches!(Plan::read("{}"), Err(NotAPlan::Unreadable(_))));
        let newer = "{\"rhobis_plan\": 9}";
        assert!(matches!(Plan::read(newer), Err(NotAPlan::OtherVersion { found: 9 })));
    }
}
