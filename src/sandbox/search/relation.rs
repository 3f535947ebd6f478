//! Criteria on related objects: parents, spaces, types, tags and so on.
use std::collections::HashSet;

use super::attribute::links;
use super::condition::Condition;
use super::criteria::Scope;
use crate::model::Kind;
use crate::sandbox::content_copy::ContentCopy;
use crate::sandbox::meaning;
use crate::sandbox::rules::CONTENT_COPIES;
use crate::sandbox::store::{Number, Object, Store};
use crate::wire::Fault;
use crate::wire::bean::View;

/// What a criteria class is about when it stands within criteria for objects of some kinds.
struct Relation {
    class: &'static str,
    of: &'static [Kind],
    /// Whose objects it describes; none that the sandbox has: it finds nothing.
    to: &'static [Kind],
    way: Way,
}

/// How objects and their relatives know each other.
#[derive(Clone, Copy)]
enum Way {
    /// The object leads to the other one by this field.
    Leads(&'static str),
    /// The other one leads to the object.
    Led(&'static str),
    /// The objects that this tells are the other ones.
    Told(fn(&Store, &Object) -> Vec<Number>),
}

use Kind::{
    AuthorizationGroup, DataSet, DataSetType, DataStore, Event, Experiment,
    ExperimentType, ExternalDms, Material, MaterialType, Person, PersonalAccessToken,
    PhysicalData, Plugin, Project, PropertyAssignment, PropertyType, RoleAssignment,
    Sample, SampleType, SemanticAnnotation, Space, Tag, Vocabulary, VocabularyTerm,
};

const REGISTERED: &[Kind] =
    &[Space, Project, Experiment, Sample, DataSet, Material, PropertyType, Plugin, Event];
const ENTITIES: &[Kind] = &[Experiment, Sample, DataSet, Material];

const fn row(
    class: &'static str,
    of: &'static [Kind],
    to: &'static [Kind],
    way: Way,
) -> Relation {
    Relation { class, of, to, way }
}

const RELATIONS: &[Relation] = &[
    row("Space", &[Project, Sample, RoleAssignment], &[Space], Way::Leads("space")),
    row(
        "Project",
        &[Experiment, Sample, RoleAssignment],
        &[Project],
        Way::Leads("project"),
    ),
    row("Experiment", &[Sample, DataSet], &[Experiment], Way::Leads("experiment")),
    row("Sample", &[DataSet], &[Sample], Way::Leads("sample")),
    row("SampleParents", &[Sample], &[Sample], Way::Leads("parents")),
    row("SampleChildren", &[Sample], &[Sample], Way::Led("parents")),
    row("SampleContainer", &[Sample], &[Sample], Way::Leads("container")),
    row("DataSetParents", &[DataSet], &[DataSet], Way::Leads("parents")),
    row("DataSetChildren", &[DataSet], &[DataSet], Way::Led("parents")),
    row("DataSetContainer", &[DataSet], &[DataSet], Way::Led("components")),
    row("SampleType", &[Sample], &[SampleType], Way::Leads("type")),
    row("ExperimentType", &[Experiment], &[ExperimentType], Way::Leads("type")),
    row("DataSetType", &[DataSet], &[DataSetType], Way::Leads("type")),
    row("Tag", ENTITIES, &[Tag], Way::Leads("tags")),
    row("Registrator", REGISTERED, &[Person], Way::Leads("registrator")),
    row("Modifier", REGISTERED, &[Person], Way::Leads("modifier")),
    row("Person", &[RoleAssignment], &[Person], Way::Leads("user")),
    row("Person", &[AuthorizationGroup], &[Person], Way::Leads("users")),
    row(
        "AuthorizationGroup",
        &[RoleAssignment],
        &[AuthorizationGroup],
        Way::Leads("authorizationGroup"),
    ),
    row("Vocabulary", &[VocabularyTerm], &[Vocabulary], Way::Leads("vocabulary")),
    row(
        "PropertyType",
        &[PropertyAssignment, SemanticAnnotation],
        &[PropertyType],
        Way::Leads("propertyType"),
    ),
    row(
        "EntityType",
        &[PropertyAssignment, SemanticAnnotation],
        &[SampleType, ExperimentType, DataSetType],
        Way::Leads("entityType"),
    ),
    row(
        "PropertyAssignment",
        &[SampleType],
        &[PropertyAssignment],
        Way::Led("entityType"),
    ),
    row(
        "PropertyAssignment",
        &[ExperimentType, DataSetType],
        &[],
        Way::Led("entityType"),
    ),
    row(
        "PropertyAssignment",
        &[SemanticAnnotation],
        &[PropertyAssignment],
        Way::Leads("propertyAssignment"),
    ),
    row(
        "SemanticAnnotation",
        &[SampleType, PropertyType, PropertyAssignment],
        &[SemanticAnnotation],
        Way::Told(meaning::of),
    ),
    row("PhysicalData", &[DataSet], &[PhysicalData], Way::Led("holder")),
    row("LinkedData", &[DataSet], &[DataSet], Way::Told(linked)),
    row("ExternalDms", &[DataSet], &[ExternalDms], Way::Told(outer)),
    row(
        "PersonalAccessTokenOwner",
        &[PersonalAccessToken],
        &[Person],
        Way::Leads("owner"),
    ),
    row("DataStore", &[DataSet], &[DataStore], Way::Leads("dataStore")),
    row("MaterialType", &[Material], &[MaterialType], Way::Leads("type")),
    row("Material", &[Experiment, Sample, DataSet], &[], Way::Leads("material")),
];

/// A data set whose files lie elsewhere is its own linked data.
fn linked(_store: &Store, object: &Object) -> Vec<Number> {
    object.map(CONTENT_COPIES).map(|_| object.number).into_iter().collect()
}

/// The systems outside openBIS that have files of a data set.
fn outer(store: &Store, object: &Object) -> Vec<Number> {
    let copies = object.map(CONTENT_COPIES).into_iter().flatten();
    let systems = copies.filter_map(|(_, kept)| {
        let copy = ContentCopy::read(kept);
        store.find(ExternalDms, "code", &copy.dms).map(|dms| dms.number)
    });
    systems.collect()
}

/// Up to how many relatives their index is worth while.
const FEW: usize = 1000;

fn relation(kind: Kind, criteria: View<'_>) -> Option<&'static Relation> {
    let class = criteria.name().strip_suffix("SearchCriteria")?;
    RELATIONS.iter().find(|row| row.class == class && row.of.contains(&kind))
}

/// The kind that a criteria within criteria for objects of this kind is about.
pub(super) fn leads_to(kind: Kind, criteria: View<'_>) -> Option<Kind> {
    relation(kind, criteria)?.to.first().copied()
}

/// Whether the criteria only says that there is such a relative.
pub(super) fn is_bare(kind: Kind, criteria: View<'_>) -> bool {
    relation(kind, criteria).is_some() && criteria.list("criteria").is_empty()
}

/// What criteria of one class, on the same relative, demand; none where the kind has no such
/// relatives.
pub(super) fn condition<'s>(
    scope: Scope<'s>,
    together: &[View<'_>],
) -> Result<Option<Condition<'s>>, Fault> {
    let &[first, ref others @ ..] = together else { return Ok(None) };
    let Some(relation) = relation(scope.kind, first) else { return Ok(None) };
    let mut relatives = found(scope, relation, first)?;
    for &other in others {
        let further = found(scope, relation, other)?;
        relatives.retain(|number| further.contains(number));
    }
    Ok(Some(match relation.way {
        Way::Leads(field) => leading(scope, field, relatives),
        Way::Led(field) => led(scope, field, &relatives),
        Way::Told(tell) => Condition::new(move |object| {
            tell(scope.store, object).iter().any(|number| relatives.contains(number))
        }),
    }))
}

fn found(
    scope: Scope<'_>,
    relation: &Relation,
    criteria: View<'_>,
) -> Result<HashSet<Number>, Fault> {
    let mut relatives = HashSet::new();
    for &kind in relation.to {
        relatives.extend(scope.of(kind).found(criteria)?);
    }
    Ok(relatives)
}

fn leading<'s>(
    scope: Scope<'s>,
    field: &'static str,
    relatives: HashSet<Number>,
) -> Condition<'s> {
    let few = (relatives.len() <= FEW).then(|| {
        let linking = |&number| scope.store.numbers_linking(scope.kind, field, number);
        relatives.iter().flat_map(linking).collect::<Vec<_>>()
    });
    let condition = Condition::new(move |object| {
        links(object, field).iter().any(|number| relatives.contains(number))
    });
    match few {
        Some(numbers) => condition.exactly(numbers),
        None => condition,
    }
}

fn led<'s>(
    scope: Scope<'s>,
    field: &'static str,
    relatives: &HashSet<Number>,
) -> Condition<'s> {
    let relatives = relatives.iter().filter_map(|&number| scope.store.get(number));
    let targets: HashSet<Number> =
        relatives.flat_map(|object| links(object, field)).copied().collect();
    let among = targets.clone();
    Condition::new(move |object| targets.contains(&object.number)).among(among)
}
