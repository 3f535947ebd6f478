//! Changes that are made together, or not at all.
use std::collections::BTreeMap;

use super::book::Closed;
use super::{Desk, Step, placeholder, sending};
use crate::client::Outcome;
use crate::model::{Change, Id, Kind, Record};
use crate::script::session::lock;
use crate::script::{Entity, ScriptError, Session};

/// Does some work, and makes all changes of it together; when it fails, none.
pub(in crate::script) fn within<T, E: From<ScriptError>>(
    session: &Session,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let desk = &session.host().desk;
    desk.with_book(session, super::book::Book::begin)?;
    match work() {
        Ok(value) => {
            commit(desk, session)?;
            Ok(value)
        }
        Err(error) => {
            let closed = desk.with_book(session, |book| book.end(false));
            restore(&closed.touched);
            Err(error)
        }
    }
}

fn commit(desk: &Desk, session: &Session) -> Result<(), ScriptError> {
    let plans = desk.plans();
    let Closed { steps, touched } = desk.with_book(session, |book| book.end(plans));
    if plans {
        lock(&desk.0.tally).count(&steps);
        desk.with_book(session, |book| book.planned.push(steps));
        return Ok(());
    }
    let outcomes = match sending::send_together(desk, session, &steps) {
        Ok(outcomes) => outcomes,
        Err(error) => {
            restore(&touched);
            return Err(error);
        }
    };
    learn(desk, session, &steps, &outcomes);
    if steps.iter().any(|step| step.kind() == Some(Kind::PropertyType)) {
        session.forget();
    }
    refresh(desk, session, &touched);
    Ok(())
}

/// Notes what the names of the transaction stand for now.
fn learn(desk: &Desk, session: &Session, steps: &[Step], outcomes: &[Outcome]) {
    desk.with_book(session, |book| {
        for (step, outcome) in steps.iter().zip(outcomes) {
            if let (Change::Create(record), Outcome::Created(id)) =
                (&step.change, outcome)
            {
                let own = record.id().cloned();
                book.learn(&own.unwrap_or_else(|| placeholder::name(record, 0)), id);
            }
        }
    });
}

fn restore(touched: &[(Entity, Record)]) {
    for (entity, before) in touched {
        entity.restore(before.clone());
    }
}

/// Notes what was changed, by kind: it is read when it is looked at.
fn refresh(desk: &Desk, session: &Session, touched: &[(Entity, Record)]) {
    let mut kinds: BTreeMap<Kind, Vec<(&Entity, Id)>> = BTreeMap::new();
    for (entity, _) in touched {
        if let Some(id) = entity.with(|record| record.id().cloned()) {
            let id = desk.resolve(session, &id).unwrap_or(id);
            kinds.entry(entity.kind()).or_default().push((entity, id));
        }
    }
    for saved in kinds.values() {
        Entity::note_saved(saved);
    }
}
