//! What became of each change, from what the server says of each operation.
use crate::client::Outcome;
use crate::model::{Change, Id, Kind};
use crate::wire::{Asked, Operated, write_answer};

/// The outcomes in the order of the changes; nothing where the server tells of others.
pub(super) fn read(changes: &[Change], told: Vec<Operated>) -> Option<Vec<Outcome>> {
    let groups = Change::groups(changes, changes.len());
    if groups.len() != told.len() {
        return None;
    }
    let outcomes = groups.into_iter().zip(told).map(|(group, told)| of(group, told));
    Some(outcomes.collect::<Option<Vec<_>>>()?.concat())
}

fn of(group: &[Change], told: Operated) -> Option<Vec<Outcome>> {
    match group.first()? {
        Change::Create(_) => {
            let outcomes: Vec<_> = told.ids.into_iter().map(Outcome::Created).collect();
            (outcomes.len() == group.len()).then_some(outcomes)
        }
        Change::Update { .. } => Some(vec![Outcome::Updated; group.len()]),
        Change::Delete { .. } => Some(vec![Outcome::Deleted(told.deletion)]),
        Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. }
        | Change::Confirm { .. }
        | Change::Revert { .. } => Some(vec![Outcome::Done; group.len()]),
        Change::Call(called) => {
            let answer = Asked::of(called).ok()?.answer(told);
            Some(vec![Outcome::Answered(write_answer(&answer))])
        }
    }
}

/// The same from the lines that outlive the results: `CreateSamplesOperationResult[1-2, 1-3]`.
pub(super) fn read_lines(changes: &[Change], lines: &[String]) -> Option<Vec<Outcome>> {
    let groups = Change::groups(changes, changes.len());
    if groups.len() != lines.len() {
        return None;
    }
    let told = groups.iter().zip(lines).map(|(group, line)| line_of(group, line));
    read(changes, told.collect::<Option<_>>()?)
}

fn line_of(group: &[Change], line: &str) -> Option<Operated> {
    let change = group.first()?;
    let told = Operated::default();
    match change {
        Change::Create(record) => {
            let kind = record.kind();
            let texts = line.split_once('[')?.1.strip_suffix(']')?;
            let ids = texts.split(", ").map(|text| told_id(kind, text));
            Some(Operated { ids: ids.collect::<Option<_>>()?, ..told })
        }
        // Which deletion it was stands in no line that could be relied on.
        Change::Delete { .. } | Change::Call(_) => None,
        Change::Update { .. }
        | Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. }
        | Change::Confirm { .. }
        | Change::Revert { .. } => Some(told),
    }
}

/// The id in its lasting form, as the server prints it.
fn told_id(kind: Kind, text: &str) -> Option<Id> {
    let form = *kind.spec().ids.first()?;
    let scoped = text.strip_suffix(')').and_then(|text| text.split_once(" ("));
    let id = |text: &str| Id::told(kind, form, text);
    Some(match scoped {
        Some((text, _)) if crate::wire::names::entity_kind(kind).is_some() => id(text),
        Some((text, scope)) => id(text).within(scope),
        None => id(text),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::Record;

    fn create(kind: Kind) -> Change {
        Change::Create(Record::new(kind))
    }

    fn update(kind: Kind, text: &str) -> Change {
        Change::Update { id: told_id(kind, text).unwrap(), edits: BTreeMap::new() }
    }

    fn ids(kind: Kind, texts: &[&str]) -> Vec<Id> {
        texts.iter().map(|text| told_id(kind, text).unwrap()).collect()
    }

    fn changes() -> Vec<Change> {
        vec![
            create(Kind::Sample),
            create(Kind::Sample),
            update(Kind::Sample, "1-9"),
            create(Kind::SampleType),
        ]
    }

    fn expected() -> Vec<Outcome> {
        let samples = ids(Kind::Sample, &["1-1", "1-2"]);
        let kinds = ids(Kind::SampleType, &["YEAST (SAMPLE)"]);
        let mut all: Vec<Outcome> = samples.into_iter().map(Outcome::Created).collect();
        all.push(Outcome::Updated);
        all.extend(kinds.into_iter().map(Outcome::Created));
        all
    }

    #[test]
    fn outcomes_are_in_the_order_of_the_changes() {
        let told = vec![
            Operated { ids: ids(Kind::Sample, &["1-1", "1-2"]), deletion: None },
            Operated::default(),
            Operated { ids: ids(Kind::SampleType, &["YEAST"]), deletion: None },
        ];
        assert_eq!(read(&changes(), told).unwrap(), expected());
    }

    #[test]
    fn lines_tell_the_same() {
        let lines = [
            "CreateSamplesOperationResult[1-1, 1-2]",
            "UpdateSamplesOperationResult[1-9]",
            "CreateSampleTypesOperationResult[YEAST (SAMPLE)]",
        ];
        let lines = lines.map(str::to_owned);
        assert_eq!(read_lines(&changes(), &lines).unwrap(), expected());
    }

    #[test]
    fn what_does_not_fit_the_changes_is_not_taken_for_their_outcome() {
        assert!(read(&changes(), vec![Operated::default()]).is_none());
        assert!(read_lines(&changes(), &["x".to_owned()]).is_none());
        let few = Operated { ids: ids(Kind::Sample, &["1-1"]), deletion: None };
        assert!(read(&changes()[..2], vec![few]).is_none());
    }
}
