//! Vocabularies: the lists that hold terms.
use std::sync::Arc;

use super::{changes, fields, guard, limits, stamps, terms, wording};
use crate::model::Kind;
use crate::sandbox::fault::{failed, refused};
use crate::sandbox::ids;
use crate::sandbox::rights::Action;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| create_one(work, creation)).collect()
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let code = code(creation)?;
    guard::create(work, Kind::Vocabulary, &code)?;
    guard::internal(work, Kind::Vocabulary, &code, creation)?;
    limits::description(creation.text("description"))?;
    if work.store.find(Kind::Vocabulary, "code", &code).is_some() {
        return Err(refused(
            "Vocabulary already exists in the database and needs to be unique.",
        ));
    }
    let mut all = fields::given(creation, &["description", "urlTemplate"]);
    for name in ["chosenFromList", "managedInternally"] {
        all.push((name, Slot::Flag(creation.flag(name))));
    }
    all.push(("code", Slot::Text(code)));
    let vocabulary = stamps::register(work, Kind::Vocabulary, all);
    let inner: Vec<View<'_>> = creation.inners("terms").collect();
    terms::fill(work, vocabulary, &inner)?;
    Ok(vocabulary)
}

/// Internal ones bear a `$`, others lose it.
fn code(creation: View<'_>) -> Result<String, Fault> {
    let code = wording::code(creation)?;
    let plain = code.strip_prefix('$').unwrap_or(&code);
    if creation.flag("managedInternally") {
        return Ok(format!("${plain}"));
    }
    Ok(plain.to_owned())
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for &update in updates {
        let Some(id) = update.inner("vocabularyId") else {
            return Err(refused("Vocabulary id cannot be null."));
        };
        let vocabulary = ids::require(work, Kind::Vocabulary, id)?;
        guard::touch(work, Action::Update, vocabulary)?;
        if changes::value(update, "chosenFromList") == Some(&Node::Null) {
            return Err(failed("not-null property references a null or transient value"));
        }
        let names = ["description", "chosenFromList", "urlTemplate"];
        fields::change(work, vocabulary, update, &names);
        stamps::touch(work, vocabulary);
    }
    Ok(())
}

pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &vocabulary in numbers {
        guard::touch(work, Action::Delete, vocabulary)?;
        let users = work.store.linking(Kind::PropertyType, "vocabulary", vocabulary);
        if users.count() > 0 {
            let code = work.object(vocabulary)?.code();
            return Err(refused(format!(
                "Vocabulary '{code}' is being used. Delete all connected data  first."
            )));
        }
        for term in terms::of(&work.store, vocabulary) {
            work.store.remove(term.number);
        }
        work.store.remove(vocabulary);
    }
    Ok(())
}

/// The term of a vocabulary by its code in capitals.
pub(super) fn term(
    work: &Work<'_>,
    vocabulary: Number,
    code: &str,
) -> Option<Arc<crate::sandbox::store::Object>> {
    let mut terms = work.store.holding(Kind::VocabularyTerm, "code", code);
    terms.find(|term| term.one("vocabulary") == Some(vocabulary)).cloned()
}
