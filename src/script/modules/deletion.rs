use crate::client::Outcome;
use crate::model::{Change, Id, Kind};
use crate::script::changing::splitting::in_halves;
use crate::script::error::Result;
use crate::script::saving::Report;
use crate::script::value::ids;
use crate::script::{Entity, ScriptError, Session, Step};
use rhai::Dynamic;
use rhai::plugin::*;
use std::collections::BTreeMap;

/// Deleting, and the trash.
#[export_module]
pub mod deletion {
    use super::{delete_each, delete_records, settle};

    use rhai::{Dynamic, INT, Map};

    use crate::model::Change;
    use crate::script::error::Result;
    use crate::script::reporting::{OnError, asynchronous, on_error, told};
    use crate::script::saving::Report;
    use crate::script::value::{count, entities, flag};
    use crate::script::{Entity, ScriptError, Session};

    /// Deletes the object: samples, collections and data sets go to the trash, all else is
    /// gone at once.
    ///
    /// ```rhai
    /// o.new_space("SHORTLIVED").save().delete("only an example");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn delete(record: &mut Entity, reason: &str) -> Result<()> {
        delete_records(std::slice::from_ref(record), reason, false)
    }

    /// Deletes the object; `permanently` leaves nothing in the trash.
    ///
    /// ```rhai
    /// o.new_space("SHORTLIVED").save().delete("only an example", true);
    /// ```
    #[rhai_fn(name = "delete", return_raw, pure)]
    pub fn delete_permanently(
        record: &mut Entity,
        reason: &str,
        permanently: bool,
    ) -> Result<()> {
        delete_records(std::slice::from_ref(record), reason, permanently)
    }

    /// Deletes the object, with options: `permanently` leaves nothing in the trash.
    ///
    /// ```rhai
    /// o.new_space("SHORTLIVED").save().delete("an example", #{ permanently: true });
    /// ```
    #[rhai_fn(name = "delete", return_raw, pure)]
    pub fn delete_with(record: &mut Entity, reason: &str, options: Map) -> Result<()> {
        let permanently = flag(&options, "permanently", false)?;
        delete_records(std::slice::from_ref(record), reason, permanently)
    }

    /// Deletes many objects, a call for each kind; how many.
    ///
    /// ```rhai
    /// let spaces = [o.new_space("ONE").save(), o.new_space("TWO").save()];
    /// assert_eq(o.delete_all(spaces, "only an example"), 2);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn delete_all(
        session: &mut Session,
        records: Dynamic,
        reason: &str,
    ) -> Result<INT> {
        delete_all_permanently(session, records, reason, false)
    }

    /// Deletes many objects; `permanently` leaves nothing in the trash.
    ///
    /// ```rhai
    /// assert_eq(o.delete_all([], "nothing", true), 0);
    /// ```
    #[rhai_fn(name = "delete_all", return_raw, pure)]
    pub fn delete_all_permanently(
        session: &mut Session,
        records: Dynamic,
        reason: &str,
        permanently: bool,
    ) -> Result<INT> {
        let _ = session;
        let records = entities(&records)?;
        delete_records(&records, reason, permanently)?;
        Ok(count(records.len() as u64))
    }

    /// Deletes many objects, with options: `permanently`, and `on_error`, which is `"stop"`,
    /// or `"each"` to delete all that can be deleted. Gives `done`, how many were deleted,
    /// and `failed`, a list of `item` and `error`. With `asynchronous: true` openBIS carries
    /// it out after its answer, as with `save_all`.
    ///
    /// ```rhai
    /// let spaces = [o.new_space("ONE").save(), o.get_space("LAB")];
    /// let result = o.delete_all(spaces, "an example", #{ on_error: "each" });
    /// assert_eq(result.done, 1);
    /// assert_eq(result.failed[0].item, "LAB");
    /// ```
    #[rhai_fn(name = "delete_all", return_raw, pure)]
    pub fn delete_all_with(
        session: &mut Session,
        records: Dynamic,
        reason: &str,
        mut options: Map,
    ) -> Result<Map> {
        let later = asynchronous(&mut options)?;
        let permanently = options.remove("permanently");
        let permanently = permanently.is_some_and(|flag| flag.as_bool() == Ok(true));
        let each = on_error(&options)?;
        let records = entities(&records)?;
        let report = session.host().desk.asynchronously(later, || match each {
            OnError::Each => delete_each(session, &records, reason, permanently),
            OnError::Stop => {
                delete_records(&records, reason, permanently)?;
                Ok(Report { done: records.len(), failed: Vec::new() })
            }
        });
        Ok(told(report?))
    }

    /// Deletes one object of a kind, by its name.
    ///
    /// # Errors
    /// `not_found` when there is none.
    ///
    /// ```rhai
    /// o.new_space("SHORTLIVED").save();
    /// o.delete_entity("space", "SHORTLIVED", "only an example");
    /// assert_eq(o.get_space_opt("SHORTLIVED"), ());
    /// ```
    #[rhai_fn(name = "delete_entity", name = "delete_openbis_entity", return_raw, pure)]
    pub fn delete_entity(
        session: &mut Session,
        kind: &str,
        id: Dynamic,
        reason: &str,
    ) -> Result<()> {
        let kind = crate::script::asking::kind_named(kind)?;
        let found = crate::script::asking::get(session, kind, &id)?;
        let found = found
            .try_cast::<Entity>()
            .ok_or_else(|| ScriptError::invalid("`delete_entity` takes one name"))?;
        delete_records(&[found], reason, false)
    }

    /// Destroys what is in the trash: numbers or objects of `get_deletions()`.
    ///
    /// ```rhai
    /// o.confirm_deletions([]);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn confirm_deletions(session: &mut Session, deletions: Dynamic) -> Result<()> {
        settle(session, &deletions, |ids| Change::Confirm { ids })
    }

    /// Takes things out of the trash: numbers or objects of `get_deletions()`.
    ///
    /// ```rhai
    /// let s = o.get_samples(#{ type: "OLIGO" })[0];
    /// s.delete("a mistake");
    /// o.revert_deletions(o.get_deletions());
    /// assert_eq(o.get_sample(s.permId).code, s.code);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn revert_deletions(session: &mut Session, deletions: Dynamic) -> Result<()> {
        settle(session, &deletions, |ids| Change::Revert { ids })
    }
}

fn delete_records(records: &[Entity], reason: &str, permanently: bool) -> Result<()> {
    let Some(first) = records.first() else { return Ok(()) };
    Ok(remove(first.session(), records, reason, permanently)?)
}

fn remove(
    session: &Session,
    records: &[Entity],
    reason: &str,
    permanently: bool,
) -> std::result::Result<(), ScriptError> {
    let to_trash = [Kind::Sample, Kind::Experiment, Kind::DataSet];
    let trash = records.iter().any(|record| to_trash.contains(&record.kind()));
    if permanently && trash && session.host().desk.in_transaction(session) {
        let message = "a transaction deletes nothing for good";
        let hint = "leave `permanently` out: things go to the trash";
        return Err(ScriptError::invalid(message).hint(hint));
    }
    let mut kinds: BTreeMap<Kind, Vec<Entity>> = BTreeMap::new();
    for record in records {
        kinds.entry(record.kind()).or_default().push(record.clone());
    }
    let steps: Vec<Step> = kinds
        .values()
        .map(|records| delete_step(records, reason))
        .collect::<std::result::Result<_, _>>()?;
    let outcomes = session.submit(steps)?;
    let trash: Vec<Id> = outcomes
        .into_iter()
        .filter_map(|outcome| match outcome {
            Outcome::Deleted(id) => id,
            Outcome::Created(_)
            | Outcome::Updated
            | Outcome::Done
            | Outcome::Answered(_) => None,
        })
        .collect();
    if permanently && !trash.is_empty() {
        let confirm = Change::Confirm { ids: trash.clone() };
        session.submit(vec![Step::of_ids(confirm, &trash)])?;
    }
    Ok(())
}

fn delete_each(
    session: &Session,
    records: &[Entity],
    reason: &str,
    permanently: bool,
) -> Result<Report> {
    let mut kinds: BTreeMap<Kind, Vec<Entity>> = BTreeMap::new();
    for record in records {
        kinds.entry(record.kind()).or_default().push(record.clone());
    }
    let steps: Vec<Step> = kinds
        .values()
        .map(|records| delete_step(records, reason))
        .collect::<std::result::Result<_, _>>()?;
    let desk = &session.host().desk;
    desk.check(session, &steps)?;
    let mut report = Report::default();
    for records in kinds.into_values() {
        let mut done = 0;
        let mut delete = |part: &[Entity]| {
            remove(session, part, reason, permanently)?;
            done += part.len();
            Ok(())
        };
        let mut fail = |record: &Entity, error: ScriptError| {
            desk.note_failure(record, &error);
            report.failed.push((record.clone(), error));
        };
        in_halves(session, &records, &mut delete, &mut fail)?;
        report.done += done;
    }
    Ok(report)
}

fn delete_step(
    records: &[Entity],
    reason: &str,
) -> std::result::Result<Step, ScriptError> {
    let ids: Vec<Id> =
        records.iter().map(Entity::id).collect::<std::result::Result<_, _>>()?;
    Ok(Step::of_entities(Change::Delete { ids, reason: reason.to_owned() }, records))
}

fn settle(
    session: &Session,
    deletions: &Dynamic,
    change: impl FnOnce(Vec<Id>) -> Change,
) -> Result<()> {
    let deletions = match deletions.as_int() {
        Ok(number) => Dynamic::from(number.to_string()),
        Err(_) => deletions.clone(),
    };
    let ids = ids(Kind::Deletion, &deletions)?;
    if !ids.is_empty() {
        let step = Step::of_ids(change(ids.clone()), &ids);
        session.submit(vec![step])?;
    }
    Ok(())
}
