//! Terms: the words of vocabularies, and the order they stand in.
use std::sync::Arc;

use super::{changes, fields, guard, limits, stamps, vocabularies, wording};
use crate::model::Kind;
use crate::sandbox::fault::{failed, refused};
use crate::sandbox::ids;
use crate::sandbox::rights::{Action, Place};
use crate::sandbox::store::{Number, Object, Slot, Store};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// The ordinal of a term that is moved to the top.
const FIRST: i64 = 1;
const SYSTEM_ONLY: &str = "Terms created by the system user that belong to internal \
                           vocabularies can be managed only by the system user.";

/// `CODE (VOCABULARY)`
pub(super) fn name(store: &Store, term: &Object) -> String {
    let vocabulary = term.one("vocabulary").and_then(|vocabulary| store.get(vocabulary));
    format!("{} ({})", term.code(), vocabulary.map_or("", |vocabulary| vocabulary.code()))
}

/// The terms of a vocabulary.
pub(super) fn of(store: &Store, vocabulary: Number) -> Vec<Arc<Object>> {
    store.linking(Kind::VocabularyTerm, "vocabulary", vocabulary).cloned().collect()
}

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    let mut vocabularies = Vec::new();
    for &creation in creations {
        may_add(work, creation)?;
        let Some(id) = creation.inner("vocabularyId") else {
            return Err(refused("Vocabulary term vocabulary id cannot be null"));
        };
        wording::term_code(creation)?;
        let vocabulary = ids::find(work, Kind::Vocabulary, id, ids::Lookup::Reference)?;
        let missing = || refused(format!("Vocabulary {} does not exist.", ids::text(id)));
        vocabularies.push(vocabulary.ok_or_else(missing)?);
    }
    let lasts: Vec<i64> =
        vocabularies.iter().map(|&vocabulary| last(&work.store, vocabulary)).collect();
    let mut made = Vec::new();
    for ((&creation, &vocabulary), &last) in
        creations.iter().zip(&vocabularies).zip(&lasts)
    {
        made.push(create_one(work, vocabulary, last + 1, creation)?);
    }
    Ok(made)
}

/// The terms that come with a new vocabulary: all of them stand first.
pub(super) fn fill(
    work: &mut Work<'_>,
    vocabulary: Number,
    creations: &[View<'_>],
) -> Result<(), Fault> {
    for &creation in creations {
        create_one(work, vocabulary, 1, creation)?;
    }
    Ok(())
}

fn may_add(work: &Work<'_>, creation: View<'_>) -> Result<(), Fault> {
    let rights = &work.rights;
    let named = ("VocabularyTermPermId", creation.text("code").unwrap_or_default());
    if fields::flag(creation, "official", true) {
        return rights.check(Action::Create, Kind::VocabularyTerm, Place::Server, named);
    }
    rights.check(Action::Fill, Kind::Vocabulary, Place::Server, named)
}

fn create_one(
    work: &mut Work<'_>,
    vocabulary: Number,
    at_the_end: i64,
    creation: View<'_>,
) -> Result<Number, Fault> {
    let code = wording::term_code(creation)?;
    limits::description(creation.text("description"))?;
    if creation.has("official") && creation.get("official") == &Node::Null {
        return Err(failed("not-null property references a null or transient value"));
    }
    if let Some(known) = vocabularies::term(work, vocabulary, &code) {
        if creation.text("code") == Some(&code) {
            let name = name(&work.store, &known);
            return Err(refused(format!("Vocabulary term {name} already exists.")));
        }
        return Ok(known.number);
    }
    let ordinal = match creation.inner("previousTermId") {
        Some(id) => {
            let full = format!("{code} ({})", work.object(vocabulary)?.code());
            let previous =
                ids::find(work, Kind::VocabularyTerm, id, ids::Lookup::Reference)?;
            let Some(previous) = previous else {
                let text = format!("{} does not exist", ids::text(id));
                return Err(no_position(&full, &text));
            };
            let place = place_behind(work, vocabulary, previous, &full)?;
            make_room(work, vocabulary, place);
            place
        }
        None => at_the_end,
    };
    let mut all = fields::given(creation, &["label", "description"]);
    all.retain(|(name, slot)| *name != "label" || *slot != Slot::from(""));
    all.push(("code", Slot::Text(code)));
    all.push(("official", Slot::Flag(fields::flag(creation, "official", true))));
    all.push(("ordinal", Slot::Integer(ordinal)));
    all.push(("vocabulary", Slot::One(vocabulary)));
    Ok(stamps::register(work, Kind::VocabularyTerm, all))
}

/// The ordinal behind another term.
fn place_behind(
    work: &Work<'_>,
    vocabulary: Number,
    previous: Number,
    full: &str,
) -> Result<i64, Fault> {
    let before = work.object(previous)?;
    if before.one("vocabulary") != Some(vocabulary) {
        let other = before.one("vocabulary").and_then(|other| work.store.get(other));
        let code = other.map_or("", |other| other.code());
        let name = name(&work.store, before);
        let text = format!("{name} is in a different vocabulary ({code})");
        return Err(no_position(full, &text));
    }
    Ok(before.integer("ordinal").unwrap_or_default() + 1)
}

/// Gives a term an ordinal, unless it has that already.
fn move_to(
    work: &mut Work<'_>,
    vocabulary: Number,
    term: Number,
    place: i64,
) -> Result<(), Fault> {
    if work.object(term)?.integer("ordinal") != Some(place) {
        make_room(work, vocabulary, place);
        work.store.set(term, "ordinal", Slot::Integer(place));
    }
    Ok(())
}

/// Moves all terms from an ordinal on by one place.
fn make_room(work: &mut Work<'_>, vocabulary: Number, place: i64) {
    for term in of(&work.store, vocabulary) {
        let ordinal = term.integer("ordinal").unwrap_or_default();
        if ordinal >= place {
            work.store.set(term.number, "ordinal", Slot::Integer(ordinal + 1));
        }
    }
}

fn no_position(full: &str, why: &str) -> Fault {
    refused(format!(
        "Position of term {full} could not be found as the specified previous term {why}."
    ))
}

fn last(store: &Store, vocabulary: Number) -> i64 {
    let terms = store.linking(Kind::VocabularyTerm, "vocabulary", vocabulary);
    terms.filter_map(|term| term.integer("ordinal")).max().unwrap_or_default()
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for &update in updates {
        let Some(id) = update.inner("vocabularyTermId") else {
            return Err(refused("Vocabulary term id cannot be null"));
        };
        let full = ids::text(id);
        let named = ("VocabularyTermPermId", full.as_str());
        work.rights.check(Action::Update, Kind::VocabularyTerm, Place::Server, named)?;
        let term = ids::require(work, Kind::VocabularyTerm, id)?;
        update_one(work, term, update, &full)?;
    }
    Ok(())
}

fn update_one(
    work: &mut Work<'_>,
    term: Number,
    update: View<'_>,
    full: &str,
) -> Result<(), Fault> {
    let previous = changes::value(update, "previousTermId");
    let previous = previous.map(|node| update.view_of(node));
    let behind = match previous {
        Some(Some(id)) => Some(ids::require(work, Kind::VocabularyTerm, id)?),
        Some(None) | None => None,
    };
    let official = changes::value(update, "official");
    if official == Some(&Node::Flag(false)) && work.object(term)?.flag("official") {
        return Err(refused(format!(
            "Official vocabulary term {full} cannot be updated to be unofficial."
        )));
    }
    let vocabulary = vocabulary_of(work, term)?;
    guard::part_of_internal(work, term, vocabulary, SYSTEM_ONLY)?;
    fields::change(work, term, update, &["label", "description"]);
    if official == Some(&Node::Flag(true)) {
        work.store.set(term, "official", Slot::Flag(true));
    }
    if previous.is_some() {
        let place = match behind {
            Some(behind) => place_behind(work, vocabulary, behind, full)?,
            None => FIRST,
        };
        move_to(work, vocabulary, term, place)?;
    }
    stamps::touch(work, term);
    Ok(())
}

fn vocabulary_of(work: &Work<'_>, term: Number) -> Result<Number, Fault> {
    let vocabulary = work.object(term)?.one("vocabulary");
    vocabulary.ok_or_else(crate::sandbox::fault::null_pointer)
}

/// Deletes terms; values that use them get the replacements.
pub(super) fn delete(
    work: &mut Work<'_>,
    numbers: &[Number],
    options: View<'_>,
) -> Result<(), Fault> {
    for &term in numbers {
        let vocabulary = vocabulary_of(work, term)?;
        guard::part_of_internal(work, term, vocabulary, SYSTEM_ONLY)?;
    }
    let replacements = replacements(work, numbers, options)?;
    for &term in numbers {
        let replacement = replacements.iter().find(|pair| pair.0 == term);
        replace(work, term, replacement.map(|pair| pair.1))?;
        work.store.remove(term);
    }
    Ok(())
}

fn replacements(
    work: &Work<'_>,
    deleted: &[Number],
    options: View<'_>,
) -> Result<Vec<(Number, Number)>, Fault> {
    let mut pairs = Vec::new();
    for pair in options.inners("replacements") {
        let find = |field: &str, what: &str| {
            let id = pair.inner(field).ok_or_else(crate::sandbox::fault::null_pointer)?;
            let found =
                ids::find(work, Kind::VocabularyTerm, id, ids::Lookup::Reference)?;
            let text = format!("{what} term {} does not exist.", ids::text(id));
            found.ok_or_else(|| refused(text))
        };
        let (old, new) =
            (find("replacedId", "Replaced")?, find("replacementId", "Replacement")?);
        check_pair(work, deleted, old, new)?;
        pairs.push((old, new));
    }
    Ok(pairs)
}

fn check_pair(
    work: &Work<'_>,
    deleted: &[Number],
    old: Number,
    new: Number,
) -> Result<(), Fault> {
    let (old_term, new_term) = (work.object(old)?, work.object(new)?);
    if old_term.one("vocabulary") != new_term.one("vocabulary") {
        return Err(refused(format!(
            "Replaced {} and replacement {} terms cannot belong to different vocabularies.",
            name(&work.store, old_term),
            name(&work.store, new_term)
        )));
    }
    if !deleted.contains(&old) {
        return Err(refused(format!(
            "The following terms where not chosen to be deleted but had replacements \
             specified: [VocabularyTermPE{{code={},label={}}}].",
            old_term.code(),
            old_term.text("label").unwrap_or("<null>")
        )));
    }
    if deleted.contains(&new) {
        return Err(failed(format!(
            "Invalid vocabulary replacement because of unknown replacement: {} -> [{}]",
            old_term.code(),
            new_term.code()
        )));
    }
    Ok(())
}

/// Puts the replacement in all values that are this term.
fn replace(work: &mut Work<'_>, term: Number, by: Option<Number>) -> Result<(), Fault> {
    let code = work.object(term)?.code().to_owned();
    let vocabulary = vocabulary_of(work, term)?;
    for (entity, property) in super::usage::having(&work.store, vocabulary, &code) {
        let Some(by) = by else {
            let code = work.object(vocabulary)?.code();
            return Err(refused(format!(
                "Vocabulary '{code}'. is being used. Delete all connected data  first."
            )));
        };
        let value = work.object(by)?.code().to_owned();
        super::usage::replace(work, entity, &property, [&code, &value])?;
    }
    Ok(())
}
