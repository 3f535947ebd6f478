//! What every server holds that was just installed.
use super::super::store::Slot;
use super::ground::{Ground, Place, Properties};
use crate::model::Kind;

pub(super) fn plant(ground: &mut Ground<'_>) {
    // The first of all: its technical id is 1 on every server.
    ground.space("DEFAULT", None);
    let system = ground.add(
        Kind::Person,
        [
            ("userId", "system".into()),
            ("firstName", "".into()),
            ("lastName", "System User".into()),
            ("email", "".into()),
            ("active", true.into()),
        ],
    );
    masterdata(ground);
    let project = ground.project("/DEFAULT/DEFAULT", None);
    ground.who = Some(system);
    storage_format(ground);
    let place =
        Place { code: "DEFAULT", entity_type: "UNKNOWN", within: "/DEFAULT/DEFAULT" };
    let collection = ground.collection(place, Properties::new());
    let within = "/DEFAULT/DEFAULT/DEFAULT";
    let sample = ground.sample(Place { within, ..place }, Properties::new());
    // On every server these three have one permId.
    let perm_id =
        ground.store.get(project).and_then(|it| it.fields.get("permId")).cloned();
    for number in [collection, sample] {
        if let Some(perm_id) = perm_id.clone() {
            ground.store.set(number, "permId", perm_id);
        }
    }
}

fn masterdata(ground: &mut Ground<'_>) {
    let unknown = || [("code", "UNKNOWN".into()), ("description", "Unknown".into())];
    ground.add(Kind::ExperimentType, unknown());
    ground.add(Kind::DataSetType, unknown());
    let sample_type = ground.add(Kind::SampleType, unknown());
    ground.store.set(sample_type, "listable", true.into());
    ground.store.set(sample_type, "generatedCodePrefix", "S".into());
    ground.add(
        Kind::PropertyType,
        [
            ("code", "DESCRIPTION".into()),
            ("label", "Description".into()),
            ("description", "A Description".into()),
            ("dataType", "VARCHAR".into()),
        ],
    );
}

fn storage_format(ground: &mut Ground<'_>) {
    let format = ground.add(
        Kind::Vocabulary,
        [
            ("code", "$STORAGE_FORMAT".into()),
            ("description", "The on-disk storage format of a data set".into()),
            ("managedInternally", true.into()),
            ("chosenFromList", true.into()),
        ],
    );
    for (ordinal, code) in [(1, "PROPRIETARY"), (2, "BDS_DIRECTORY")] {
        ground.add(
            Kind::VocabularyTerm,
            [
                ("code", code.into()),
                ("vocabulary", format.into()),
                ("ordinal", Slot::Integer(ordinal)),
                ("official", true.into()),
            ],
        );
    }
}
