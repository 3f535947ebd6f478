//! A small yeast lab: three people, its stocks, its notebook. The same at each start.
mod lab;
mod notebook;
mod people;
mod stock;
mod strains;
mod words;

use super::ground::Ground;
use lab::Lab;
pub(super) use lab::OPENING;

/// Puts the lab on a server that has the masterdata of the ELN.
pub(super) fn plant(ground: &mut Ground<'_>) {
    let people = people::plant(ground);
    let mut lab = Lab::open(ground, people);
    lab.places();
    stock::plant(&mut lab);
    let strains = strains::plant(&mut lab);
    notebook::plant(&mut lab, &strains);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::super::store::{Object, Store};
    use super::super::super::{Seed, Settings, StoppedClock};
    use super::super::plant;
    use crate::model::Kind;

    fn lab() -> Store {
        let mut store = Store::default();
        let settings = Settings {
            seed: Seed::Demo,
            users: Vec::new(),
            any_password: false,
            anonymous_user: None,
            dialect: crate::wire::bean::Dialect::default(),
            data: None,
            clock: Arc::new(StoppedClock::default()),
        };
        plant(&mut store, &settings).unwrap();
        store
    }

    #[test]
    fn there_are_two_hundred_objects_and_every_one_lies_somewhere() {
        let store = lab();
        assert!(store.all(Kind::Sample).count() >= 200);
        for sample in store.all(Kind::Sample) {
            assert!(sample.one("space").is_some(), "{}", sample.code());
            assert!(sample.one("type").is_some(), "{}", sample.code());
        }
        for data_set in store.all(Kind::DataSet) {
            assert!(data_set.one("type").is_some() && data_set.one("sample").is_some());
        }
    }

    #[test]
    fn every_value_is_one_that_the_type_allows() {
        let store = lab();
        for kind in [Kind::Sample, Kind::Experiment, Kind::DataSet] {
            for object in store.all(kind) {
                let mut values = object.map("properties").into_iter().flatten();
                let wrong =
                    values.find(|(code, value)| !is_allowed(&store, object, code, value));
                assert_eq!(wrong, None);
            }
        }
    }

    fn is_allowed(store: &Store, object: &Object, code: &str, value: &str) -> bool {
        let Some(property) = store.find(Kind::PropertyType, "code", code) else {
            return false;
        };
        let mut assigned = store.linking(
            Kind::PropertyAssignment,
            "entityType",
            object.one("type").unwrap(),
        );
        let mut terms = property.one("vocabulary").into_iter().flat_map(|vocabulary| {
            store.linking(Kind::VocabularyTerm, "vocabulary", vocabulary)
        });
        assigned.any(|it| it.one("propertyType") == Some(property.number))
            && (property.one("vocabulary").is_none()
                || terms.any(|term| term.code() == value))
    }
}
