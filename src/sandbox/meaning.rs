//! What types and properties mean: their semantic annotations.
use super::store::{Number, Object, Store};
use crate::model::Kind;

/// What can be annotated, and the link that leads to it.
pub(super) const TARGETS: &[(Kind, &str)] = &[
    (Kind::SampleType, "entityType"),
    (Kind::ExperimentType, "entityType"),
    (Kind::DataSetType, "entityType"),
    (Kind::MaterialType, "entityType"),
    (Kind::PropertyType, "propertyType"),
    (Kind::PropertyAssignment, "propertyAssignment"),
];

/// The annotations that were made for an object.
pub(super) fn own(store: &Store, object: &Object) -> Vec<Number> {
    let Some(&(_, link)) = TARGETS.iter().find(|row| row.0 == object.kind) else {
        return Vec::new();
    };
    let made = store.linking(Kind::SemanticAnnotation, link, object.number);
    made.map(|annotation| annotation.number).collect()
}

/// The annotations of an object; an assignment without any has those of its property type.
pub(super) fn of(store: &Store, object: &Object) -> Vec<Number> {
    let own = own(store, object);
    let inherits = own.is_empty() && object.kind == Kind::PropertyAssignment;
    let property = object.one("propertyType").filter(|_| inherits);
    match property.and_then(|number| store.get(number)) {
        Some(property) => self::own(store, property),
        None => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::store::Slot;

    #[test]
    fn an_assignment_means_what_its_property_type_means_until_it_has_its_own() {
        let mut store = Store::default();
        let property = store.add(Kind::PropertyType, []);
        let link = [("propertyType", Slot::One(property))];
        let assignment = store.add(Kind::PropertyAssignment, link.clone());
        let general = store.add(Kind::SemanticAnnotation, link);
        let meaning = |store: &Store| {
            store.get(assignment).map(|object| of(store, object)).unwrap_or_default()
        };
        assert_eq!(meaning(&store), [general]);
        let link = [("propertyAssignment", Slot::One(assignment))];
        let own = store.add(Kind::SemanticAnnotation, link);
        assert_eq!(meaning(&store), [own]);
    }
}
