//! Semantic annotations: of a type, a property type or the property of a type.
use super::{fields, guard, stamps, targets};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids;
use crate::sandbox::meaning;
use crate::sandbox::rights::{Action, Place};
use crate::sandbox::store::{Number, Object, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

const PREDICATE: [&str; 3] =
    ["predicateOntologyId", "predicateOntologyVersion", "predicateAccessionId"];
const DESCRIPTOR: [&str; 3] =
    ["descriptorOntologyId", "descriptorOntologyVersion", "descriptorAccessionId"];
/// What is refused of a predicate or descriptor that is not whole.
const WHOLE: &str = "\n- ontology id cannot be null or empty\n- ontology version cannot be \
                     null\n- accession id cannot be null or empty\n";

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| create_one(work, creation)).collect()
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let target = target(work, creation)?;
    let perm_id = work.perm_id();
    let named = ("SemanticAnnotationPermId", &*perm_id);
    work.rights.check(Action::Create, Kind::SemanticAnnotation, Place::Server, named)?;
    let mut all = fields::given(creation, &PREDICATE);
    all.extend(fields::given(creation, &DESCRIPTOR));
    all.push(("permId", Slot::from(perm_id)));
    all.push(("creationDate", Slot::Time(work.now.0)));
    all.push(target);
    let number = stamps::register(work, Kind::SemanticAnnotation, all);
    check(work.object(number)?)?;
    Ok(number)
}

/// The link to what is annotated: one thing exactly.
fn target(work: &Work<'_>, creation: View<'_>) -> Result<(&'static str, Slot), Fault> {
    let given = |field| creation.inner(field);
    let (link, kind, id) = match (
        given("entityTypeId"),
        given("propertyTypeId"),
        given("propertyAssignmentId"),
    ) {
        (Some(id), None, None) => ("entityType", kind_of_type(id)?, id),
        (None, Some(id), None) => ("propertyType", Kind::PropertyType, id),
        (None, None, Some(id)) => ("propertyAssignment", Kind::PropertyAssignment, id),
        _ => {
            return Err(refused(
                "Semantic annotation has to be assigned either to entity type, property \
                 type or property assignment.",
            ));
        }
    };
    Ok((link, Slot::One(ids::require(work, kind, id)?)))
}

fn kind_of_type(id: View<'_>) -> Result<Kind, Fault> {
    let of = id.text("entityKind");
    let of = of.ok_or_else(|| refused("Entity type entity kind cannot be null"))?;
    let kinds = meaning::TARGETS.iter().map(|row| row.0);
    let mut kinds = kinds.filter(|&kind| ids::entity_kind(kind) == Some(of));
    kinds.next().ok_or_else(|| refused("Entity type entity kind cannot be null"))
}

/// The predicate has to be whole; the descriptor too, or not there at all, except for types.
fn check(annotation: &Object) -> Result<(), Fault> {
    let is_whole = |fields: [&str; 3]| {
        let [ontology, version, accession] = fields.map(|field| annotation.text(field));
        let filled = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
        filled(ontology) && version.is_some() && filled(accession)
    };
    if !is_whole(PREDICATE) {
        return Err(refused(format!(
            "Predicate of a semantic annotation has to be defined, i.e. predicate:{WHOLE}"
        )));
    }
    if is_whole(DESCRIPTOR) {
        return Ok(());
    }
    if annotation.one("entityType").is_some() {
        return Err(refused(format!(
            "Descriptor of an entity type semantic annotation has to be defined, i.e. \
             descriptor:{WHOLE}"
        )));
    }
    if DESCRIPTOR.iter().all(|field| annotation.text(field).is_none()) {
        return Ok(());
    }
    Err(refused(format!(
        "Descriptor of a property type or property assignment semantic annotation has to be \
         either defined, i.e descriptor:{WHOLE}or the whole descriptor has to be null, i.e. \
         descriptor:\n- ontology id has to be null\n- ontology version has to be null\n- \
         accession id has to be null\n"
    )))
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for (number, update) in targets(work, Kind::SemanticAnnotation, updates)? {
        fields::change(work, number, update, &PREDICATE);
        fields::change(work, number, update, &DESCRIPTOR);
        check(work.object(number)?)?;
    }
    Ok(())
}

pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &number in numbers {
        guard::touch(work, Action::Delete, number)?;
        work.store.remove(number);
    }
    Ok(())
}

/// Removes what can be annotated, together with its annotations.
pub(super) fn remove_with(work: &mut Work<'_>, target: Number) {
    let own = work.store.get(target).map(|target| meaning::own(&work.store, target));
    for annotation in own.unwrap_or_default() {
        work.store.remove(annotation);
    }
    work.store.remove(target);
}
