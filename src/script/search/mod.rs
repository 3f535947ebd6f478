//! The arguments of a search, as criteria.
mod constant;
mod criterion;
mod options;
mod places;
mod target;

use rhai::{Dynamic, Map};

use super::condition::Condition;
use super::sieve::Sieve;
use super::{
    ErrorKind, Results, ScriptError, Session, attributes, fetches, nearest, value,
};
use crate::model::{Criteria, Criterion, Kind, Operator};
use options::Options;
pub(super) use places::check as check_places;

/// A search as a script wrote it: `o.get_samples(#{ space: "LAB", count: 10 })`.
pub(super) fn results(
    session: &Session,
    kind: Kind,
    args: &Map,
) -> Result<Results, ScriptError> {
    let mut options = Options::default();
    let mut sieves = Vec::new();
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
            _ => {
                if let Some(sieve) = sieve(session, kind, name, given)? {
                    sieves.push(sieve);
                    continue;
                }
                add(session, &mut criteria, name, given)?;
            }
        }
    }
    let mut fetch = fetches::usual(kind);
    options.columns_into(&mut fetch)?;
    fetch.sort = options.sort;
    let results = Results::new(session, criteria, fetch).sieved(sieves);
    let results = results.ordered(options.orders);
    Ok(results.within(options.from, options.count).showing(options.attrs, options.props))
}

/// An attribute that the server cannot search by: what it gives is looked through here.
fn sieve(
    session: &Session,
    kind: Kind,
    name: &str,
    given: &Dynamic,
) -> Result<Option<Sieve>, ScriptError> {
    let Some(field) = attributes::field(kind, name).filter(|field| field.is_plain())
    else {
        return Ok(None);
    };
    if target::find(session, kind, name)?.is_some() {
        return Ok(None);
    }
    let condition = Condition::of(given);
    condition.check(name)?;
    Ok(Some(Sieve { field: field.name, condition }))
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
    if let Some(condition) = given.read_lock::<Condition>() {
        let whole = combined(session, criteria.kind, &condition, false)?;
        criteria.items.push(whole);
        return Ok(());
    }
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

/// `where: any([#{ … }, #{ … }])`: whole maps combined.
fn combined(
    session: &Session,
    kind: Kind,
    condition: &Condition,
    negated: bool,
) -> Result<Criterion, ScriptError> {
    let several = |items: &[Condition], any: bool| {
        let items = items.iter().map(|item| combined(session, kind, item, negated));
        let items = items.collect::<Result<_, _>>()?;
        Ok(Criterion::Sub(Criteria { items, any, ..Criteria::all(kind) }))
    };
    match condition {
        Condition::Any(items) => several(items, !negated),
        Condition::All(items) => several(items, negated),
        Condition::Not(inner) => combined(session, kind, inner, !negated),
        Condition::Is(Operator::Equal, given) if given.is_map() => {
            each(session, kind, given, negated)
        }
        Condition::Is(..) | Condition::Present => Err(ScriptError::invalid(
            "`where` combines maps by `any`, `all` and `not`, no single values",
        )),
    }
}

/// All comparisons of a map, or with `negated` that not all of them hold.
fn each(
    session: &Session,
    kind: Kind,
    given: &Dynamic,
    negated: bool,
) -> Result<Criterion, ScriptError> {
    let map = given.read_lock::<Map>().map(|map| map.clone()).unwrap_or_default();
    let mut items = Vec::new();
    for (name, given) in &map {
        let condition = Condition::of(given);
        condition.check(name)?;
        let target = match target::property(session, kind, name)? {
            Some(target) => Some(target),
            None => target::find(session, kind, name)?,
        };
        let target = target.ok_or_else(|| unknown(session, kind, name))?;
        let seeker = criterion::Seeker { session, kind, name };
        items.push(seeker.criterion(&target, &condition, negated)?);
    }
    if items.is_empty() {
        return Err(ScriptError::invalid("an empty map is no condition"));
    }
    Ok(Criterion::Sub(Criteria { items, any: negated, ..Criteria::all(kind) }))
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
