//! Rows of a plan, of the journal, and of what is seen, in one form.
use std::collections::{BTreeMap, BTreeSet};

use crate::client::Outcome;
use crate::ledger::{Entry, targets};
use crate::model::{Change, Id, Record, Value};
use crate::script::{Plan, Step};

type Done = (Entry, Option<Outcome>);
type Seen = BTreeMap<String, String>;

/// The codes behind lasting ids.
#[derive(Clone)]
pub(super) struct Named(BTreeMap<String, String>);

impl Named {
    pub(super) fn of(seen: &Seen) -> Self {
        let ids = seen.iter().filter_map(|(field, id)| {
            let code = field.strip_suffix(" id")?.split(' ').nth(1)?;
            Some((id.clone(), code.to_owned()))
        });
        Self(ids.collect())
    }

    fn add(&mut self, id: Option<&Id>, record: &Record) {
        if let (Some(id), Some(code)) = (id, record.text("code")) {
            self.0.insert(id.text().to_owned(), code.to_owned());
        }
    }

    /// A list with each name as the code that it stands for.
    fn plain(&self, text: &str) -> String {
        let one = |name: &str| {
            let own = name.rsplit('/').next().unwrap_or_default();
            let (sign, bare) = match own.split_at_checked(1) {
                Some(("+" | "-", bare)) => (&own[..1], bare),
                _ => ("", own),
            };
            let field = bare.rsplit_once(": ");
            let (field, bare) = field.map_or(("", bare), |(field, bare)| (field, bare));
            let code = self.0.get(bare).map_or(bare, String::as_str);
            format!("{sign}{field} {code}")
        };
        let mut all: Vec<String> = text.split(", ").map(one).collect();
        all.sort();
        all.iter().map(|one| one.trim()).collect::<Vec<_>>().join(", ")
    }
}

/// Verb, kind, object, field, before and after.
pub(super) type Row = [String; 6];

fn rows(plan: &Plan, named: &Named) -> Vec<Row> {
    let table = plan.table();
    let row = |row: &Vec<crate::script::report::Cell>| {
        let cell = |place: usize| named.plain(&row[place].text());
        let reason = row[0].text() == "delete";
        let last = if reason { row[5].text() } else { cell(5) };
        // A plan cannot know the number of what will be put into the trash.
        let object = if row[1].text() == "deletion" { String::new() } else { cell(2) };
        [row[0].text(), row[1].text(), object, row[3].text(), cell(4), last]
    };
    table.rows.iter().map(row).collect()
}

pub(super) fn planned(plan: &Plan, named: &Named) -> Vec<Row> {
    let mut named = named.clone();
    for step in plan.steps() {
        if let Change::Create(record) = &step.change {
            named.add(record.id(), record);
        }
    }
    rows(plan, &named)
}

/// What was done, as a plan would list it. The journal knows more of what was before.
pub(super) fn journalled(plan: &Plan, done: &[Done], named: &Named) -> Vec<Row> {
    let mut named = named.clone();
    for (entry, outcome) in done {
        if let (Change::Create(record), Some(Outcome::Created(id))) =
            (&entry.change, outcome)
        {
            named.add(Some(id), record);
            named.add(record.id(), record);
        }
    }
    let mut made = as_plan(done);
    let steps = made.servers.iter_mut().flat_map(|(_, calls)| calls.iter_mut().flatten());
    for (step, planned) in steps.zip(plan.steps()) {
        step.before.retain(|field, _| planned.before.contains_key(field));
    }
    rows(&made, &named)
}

fn as_plan(done: &[Done]) -> Plan {
    let steps = done.iter().map(|(entry, _)| step(entry)).collect();
    Plan { servers: vec![("sandbox".to_owned(), vec![steps])] }
}

fn step(entry: &Entry) -> Step {
    let labels = match targets(&entry.change) {
        [] | [_] => vec![entry.label.clone()],
        many => many.iter().map(|id| id.text().to_owned()).collect(),
    };
    let known = entry.before.first().filter(|_| labels.len() == 1);
    let values = known.map(|record| record.iter().map(|(n, v)| (n, v.clone())).collect());
    let before: BTreeMap<&'static str, Value> = values.unwrap_or_default();
    Step { change: entry.change.clone(), labels, before, modified: None, space: None }
}

pub(super) fn totals(done: &[Done]) -> String {
    as_plan(done).totals().to_string()
}

/// Whether what is seen afterwards is what the rows say, and nothing else has changed.
pub(super) fn hold(rows: &[Row], before: &Seen, after: &Seen) -> Result<(), String> {
    let touched: BTreeSet<(&str, &str)> =
        rows.iter().map(|row| (row[2].as_str(), row[3].as_str())).collect();
    let whole = |code: &str| touched.contains(&(code, ""));
    let fields: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for field in
        fields.into_iter().filter(|field| before.get(*field) != after.get(*field))
    {
        let words: Vec<&str> = field.splitn(4, ' ').collect();
        let [kind, code, name, ..] = words[..] else { continue };
        let parent =
            words.get(3).map_or("", |name| name.rsplit('/').next().unwrap_or(""));
        let made_by_use = kind == "tag" && rows.iter().any(|row| row[5].contains(code));
        let moved = name == "parents" || name == "experiment";
        let expected = whole(code)
            || touched.contains(&(code, name))
            || made_by_use
            || moved && !parent.is_empty() && whole(parent)
            || name == "parents" && touched.contains(&(parent, "children"));
        if !expected {
            let (was, is) = (before.get(field), after.get(field));
            return Err(format!("{field}: {was:?} → {is:?} is not in {rows:#?}"));
        }
    }
    last(rows, after)
}

/// Whether each object is there or not, and each of its values is the last of those
/// that were planned.
fn last(rows: &[Row], after: &Seen) -> Result<(), String> {
    let mut wanted: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for [verb, kind, code, field, _, value] in rows {
        let kind = match kind.as_str() {
            "object" => "sample",
            "collection" => "experiment",
            other => other,
        };
        let kind = kind.replace(' ', "_");
        let key = |field: &str| format!("{kind} {code} {field}");
        let seen = after.contains_key(&key("id"));
        if verb == "revert deletion of" {
            // Which objects come back stands nowhere in the row.
            wanted.retain(|_, value| value.is_some());
        } else if verb == "delete" {
            wanted.retain(|name, _| !name.starts_with(&format!("{kind} {code} ")));
            wanted.insert(key("id"), None);
        } else if verb == "create" && kind != "vocabulary_term" {
            wanted.insert(key("id"), Some(""));
        } else if seen && ["owner", "$name", "description"].contains(&field.as_str()) {
            wanted.insert(
                key(field),
                Some(value.as_str()).filter(|value| !value.is_empty()),
            );
        } else if seen && field == "tags" {
            for tag in value.split(", ").filter(|tag| !tag.is_empty()) {
                let tags = key("tags ");
                wanted.retain(|name, _| !name.starts_with(&tags) || name.ends_with(tag));
                wanted.insert(key(&format!("tags {tag}")), Some("yes"));
            }
        }
    }
    for (field, value) in wanted {
        let is = after.get(&field).map(String::as_str);
        let same = if value == Some("") { is.is_some() } else { is == value };
        if !same && !field.starts_with("data") {
            return Err(format!("{field}: {is:?}, and {value:?} was planned: {rows:#?}"));
        }
    }
    Ok(())
}
