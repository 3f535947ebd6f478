//! The arguments of a search, as criteria.
mod constant;
mod criterion;
mod options;
mod places;
mod target;

use rhai::{Dynamic, Map};

use super::condition::Condition;
use super::{ErrorKind, Results, ScriptError, Session, fetches, nearest, value};
use crate::model::{Criteria, Kind};
use options::Options;
pub(super) use places::check as check_places;

/// A search as a script wrote it: `o.get_samples(#{ space: "LAB", count: 10 })`.
pub(super) fn results(
    session: &Session,
    kind: Kind,
    args: &Map,
) -> Result<Results, ScriptError> {
    let mut options = Options::default();
    let mut criteria = Criteria::all(kind);
    for (name, given) in args {
        if options.take(kind, name, given)? {
            continue;
        }
        match name.as_str() {
            "where" | "properties" => add_where(session, &mut criteria, given)?,
            "is_finished" if kind == Kind::Experiment => {
                add(session, &mut criteria, "finished_flag", given)?;
            }
            _ => add(session, &mut criteria, name, given)?,
        }
    }
    let mut fetch = fetches::usual(kind);
    options.columns_into(&mut fetch)?;
    fetch.sort = options.sort;
    let results = Results::new(session, criteria, fetch);
    Ok(results.within(options.from, options.count).showing(options.attrs, options.props))
}

fn add(
    session: &Session,
    criteria: &mut Criteria,
    name: &str,
    given: &Dynamic,
) -> Result<(), ScriptError> {
    let kind = criteria.kind;
    let Some(target) = target::find(session, kind, name)? else {
        return Err(unknown(session, kind, name));
    };
    let condition = Condition::of(given);
    condition.check(name)?;
    let seeker = criterion::Seeker { session, kind, name };
    criteria.items.push(seeker.criterion(&target, &condition, false)?);
    Ok(())
}

/// `where: #{ … }`: properties first, attributes where there is no such property.
fn add_where(
    session: &Session,
    criteria: &mut Criteria,
    given: &Dynamic,
) -> Result<(), ScriptError> {
    let Some(map) = given.read_lock::<Map>() else {
        return Err(value::mismatch("where", "a map", given));
    };
    for (name, given) in map.iter() {
        let property = target::property(session, criteria.kind, name)?;
        match property {
            Some(target) => {
                let condition = Condition::of(given);
                condition.check(name)?;
                let seeker = criterion::Seeker { session, kind: criteria.kind, name };
                criteria.items.push(seeker.criterion(&target, &condition, false)?);
            }
            None => add(session, criteria, name, given)?,
        }
    }
    Ok(())
}

fn unknown(session: &Session, kind: Kind, name: &str) -> ScriptError {
    let nouns = kind.spec().nouns();
    let message = format!("a search for {nouns} has no argument or property `{name}`");
    let error = ScriptError::new(ErrorKind::Script, message);
    let mut names = target::names(kind);
    names.extend(options::NAMES.iter().map(|name| (*name).to_owned()));
    if kind.spec().has_properties()
        && let Ok(rules) = session.properties()
    {
        names.extend(rules.iter().map(|rule| rule.code.to_lowercase()));
    }
    match nearest::hint(name, &names) {
        Some(hint) => error.hint(hint),
        None => error,
    }
}
