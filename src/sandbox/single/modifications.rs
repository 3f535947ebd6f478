//! When objects of a kind were last made, deleted or changed.
use super::Asked;
use crate::model::Kind;
use crate::sandbox::answer::Answerer;
use crate::sandbox::fault::failed;
use crate::sandbox::rules::touched::{self, Operation};
use crate::sandbox::verbs;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};

/// The kinds in the server's order, with those of the sandbox behind them.
const KINDS: &[(&str, Option<Kind>)] = &[
    ("AUTHORIZATION_GROUP", Some(Kind::AuthorizationGroup)),
    ("SAMPLE", Some(Kind::Sample)),
    ("EXPERIMENT", Some(Kind::Experiment)),
    ("MATERIAL", Some(Kind::Material)),
    ("DATA_SET", Some(Kind::DataSet)),
    ("SAMPLE_TYPE", Some(Kind::SampleType)),
    ("EXPERIMENT_TYPE", Some(Kind::ExperimentType)),
    ("MATERIAL_TYPE", Some(Kind::MaterialType)),
    ("DATASET_TYPE", Some(Kind::DataSetType)),
    ("FILE_FORMAT_TYPE", None),
    ("PROJECT", Some(Kind::Project)),
    ("SPACE", Some(Kind::Space)),
    ("PROPERTY_TYPE", Some(Kind::PropertyType)),
    ("PROPERTY_TYPE_ASSIGNMENT", Some(Kind::PropertyAssignment)),
    ("VOCABULARY", Some(Kind::Vocabulary)),
    ("VOCABULARY_TERM", Some(Kind::VocabularyTerm)),
    ("ROLE_ASSIGNMENT", Some(Kind::RoleAssignment)),
    ("PERSON", Some(Kind::Person)),
    ("GRID_CUSTOM_FILTER", None),
    ("GRID_CUSTOM_COLUMN", None),
    ("SCRIPT", Some(Kind::Plugin)),
    ("DELETION", Some(Kind::Deletion)),
    ("POSTREGISTRATION_QUEUE", None),
    ("QUERY", Some(Kind::Query)),
    ("METAPROJECT", Some(Kind::Tag)),
    ("PERSONAL_ACCESS_TOKEN", Some(Kind::PersonalAccessToken)),
];
const OPERATIONS: &[(&str, Operation)] =
    &[("CREATE_OR_DELETE", Operation::CreateOrDelete), ("UPDATE", Operation::Update)];

pub(super) fn search(
    work: &Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let criteria = asked.view(1).ok_or_else(|| failed("Criteria cannot be null."))?;
    let options = asked.view(2).ok_or_else(|| failed("Fetch options cannot be null."))?;
    let kinds = wanted(criteria, "objectKinds", KINDS);
    let operations = wanted(criteria, "operationKinds", OPERATIONS);
    let copy = Answerer::new(work, out).options(options);
    let mut objects = Vec::new();
    for &(kind_name, kind) in &kinds {
        for &(operation_name, operation) in &operations {
            let bean = out.add("as.dto.objectkindmodification.ObjectKindModification");
            let time = touched::last(&work.store, kind, operation);
            out.set(bean, "fetchOptions", Node::Bean(copy));
            out.set(bean, "objectKind", kind_name);
            out.set(bean, "operationKind", operation_name);
            out.set(bean, "lastModificationTimeStamp", time);
            objects.push(Node::Bean(bean));
        }
    }
    let total = objects.len();
    Ok(verbs::result(out, objects, total))
}

/// The rows that the criteria name, in their order; all, where they name none.
fn wanted<T: Copy>(
    criteria: View<'_>,
    field: &str,
    rows: &[(&'static str, T)],
) -> Vec<(&'static str, T)> {
    let mut found = Vec::new();
    for inner in criteria.inners("criteria") {
        let names = inner.list(field).iter().filter_map(|node| match node {
            Node::Text(name) => Some(name.as_str()),
            _ => None,
        });
        found.extend(names.filter_map(|name| rows.iter().find(|row| row.0 == name)));
    }
    if found.is_empty() { rows.to_vec() } else { found }
}
