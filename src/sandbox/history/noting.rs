use std::sync::Arc;

use super::links;
use crate::sandbox::store::{Entry, Number, Object, Slot, Store, What};
use crate::sandbox::work::Work;

/// Notes for all objects that the request changed what ended by it and what began.
pub(crate) fn note(work: &mut Work<'_>) {
    note_all(&mut work.store, work.caller, work.now.0);
}

fn note_all(store: &mut Store, caller: Number, now: i64) {
    for before in store.changed() {
        let Some(after) = store.get(before.number).cloned() else { continue };
        if !may_differ(&before, &after) {
            continue;
        }
        let (was, is) = (holding(&before), holding(&after));
        let gone = |what: &What| is_gone(store, what);
        let ended = was.iter().filter(|what| !is.contains(what) && !gone(what));
        let ended = ended.map(|what| Entry { to: Some(now), ..since(&before, what) });
        let ended: Vec<Entry> = ended.collect();
        let began = is.into_iter().filter(|what| !was.contains(what));
        let began =
            began.map(|what| Entry { what, from: now, to: None, author: Some(caller) });
        let began: Vec<Entry> = began.collect();
        mirror(store, &before, &ended);
        keep(store, before.number, &ended, began);
    }
}

/// Whether it is a link to what was destroyed; nobody asks for that any more.
fn is_gone(store: &Store, what: &What) -> bool {
    matches!(what, What::Link { target, .. } if store.get(*target).is_none())
}

/// Whether anything that makes a history was touched.
fn may_differ(before: &Arc<Object>, after: &Arc<Object>) -> bool {
    before.map("properties") != after.map("properties")
        || targets(before) != targets(after)
}

fn targets(object: &Object) -> Vec<(&'static str, Number)> {
    links::of(object).into_iter().map(|(row, target)| (row.field, target)).collect()
}

/// What holds for an object.
pub(super) fn holding(object: &Object) -> Vec<What> {
    let values = object.map("properties").into_iter().flatten();
    let values =
        values.map(|(code, text)| What::Value { code: code.clone(), text: text.clone() });
    let links = links::of(object)
        .into_iter()
        .map(|(row, target)| What::Link { relation: row.relation, target });
    values.chain(links).collect()
}

/// Since when something holds.
pub(super) fn since(object: &Object, what: &What) -> Entry {
    let noted = object.past().iter().find(|it| it.to.is_none() && it.what == *what);
    noted.cloned().unwrap_or_else(|| Entry {
        what: what.clone(),
        from: object.time("registrationDate").unwrap_or_default(),
        to: None,
        author: object.one("registrator"),
    })
}

/// Notes the end of links with those they led to.
fn mirror(store: &mut Store, object: &Object, ended: &[Entry]) {
    for entry in ended {
        let What::Link { relation, target } = entry.what else { continue };
        let rows = links::of(object);
        let row = rows.iter().find(|link| link.0.relation == relation);
        let Some(reverse) = row.and_then(|link| link.0.reverse) else { continue };
        let what = What::Link { relation: reverse, target: object.number };
        keep(store, target, &[Entry { what, ..entry.clone() }], Vec::new());
    }
}

/// Adds what ended to an object's past, and what began in place of what did not last.
fn keep(store: &mut Store, number: Number, ended: &[Entry], began: Vec<Entry>) {
    let Some(object) = store.get(number) else { return };
    let mut past = object.past().to_vec();
    past.retain(|it| it.to.is_some() || !ended.iter().any(|end| end.what == it.what));
    past.extend(ended.iter().cloned());
    past.extend(began);
    store.set(number, "past", Slot::Past(past));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;
    use crate::sandbox::history::whole;

    fn properties(text: &str) -> Slot {
        Slot::Map([("NAME".to_owned(), text.to_owned())].into())
    }

    fn at<T>(store: &mut Store, now: i64, change: impl FnOnce(&mut Store) -> T) -> T {
        let made = change(store);
        note_all(store, Number(0), now);
        store.commit().unwrap();
        made
    }

    fn sample(store: &mut Store) -> Number {
        at(store, 1, |store| {
            let fields =
                [("registrationDate", Slot::Time(1)), ("properties", properties("a"))];
            store.add(Kind::Sample, fields)
        })
    }

    fn told(store: &Store, number: Number) -> Vec<(i64, Option<i64>)> {
        let entries = whole(store, store.get(number).unwrap());
        entries.iter().map(|entry| (entry.from, entry.to)).collect()
    }

    #[test]
    fn a_new_object_keeps_no_past_and_yet_tells_its_values() {
        let mut store = Store::default();
        let sample = sample(&mut store);
        assert!(store.get(sample).unwrap().past().is_empty());
        assert_eq!(told(&store, sample), [(1, None)]);
    }

    #[test]
    fn a_value_ends_when_the_next_one_begins() {
        let mut store = Store::default();
        let sample = sample(&mut store);
        for (now, text) in [(2, "b"), (3, "b"), (4, "c")] {
            at(&mut store, now, |store| {
                store.set(sample, "properties", properties(text));
            });
        }
        assert_eq!(told(&store, sample), [(1, Some(2)), (2, Some(4)), (4, None)]);
    }

    #[test]
    fn both_ends_of_a_link_tell_of_it() {
        let mut store = Store::default();
        let (child, parent) = (sample(&mut store), sample(&mut store));
        let link = |links: Vec<Number>| {
            move |store: &mut Store| store.set(child, "parents", Slot::Many(links))
        };
        at(&mut store, 2, link(vec![parent]));
        assert_eq!(told(&store, parent), [(1, None), (2, None)]);
        at(&mut store, 3, link(Vec::new()));
        assert_eq!(told(&store, parent), [(1, None), (2, Some(3))]);
        assert_eq!(told(&store, child), [(1, None), (2, Some(3))]);
    }
}
