//! What a search looks for, as openBIS takes it.
use serde_json::{Map, Value as Json, json};

use super::ids;
use super::values::{Family, family_of, fill};
use crate::model::{Criteria, Criterion, Id, Kind, Test, Verb};
use crate::wire::names;

/// A plain field: its name, the class of its criteria, the name it has there.
type Row = (&'static str, &'static str, &'static str, Family);

const FIELDS: &[Row] = &[
    ("code", "common.search.CodeSearchCriteria", "code", Family::Text),
    ("permId", "common.search.PermIdSearchCriteria", "perm_id", Family::Text),
    ("identifier", "common.search.IdentifierSearchCriteria", "identifier", Family::Text),
    ("name", "common.search.NameSearchCriteria", "name", Family::Text),
    (
        "description",
        "common.search.DescriptionSearchCriteria",
        "description",
        Family::Text,
    ),
    ("userId", "person.search.UserIdSearchCriteria", "userId", Family::Text),
    ("firstName", "person.search.FirstNameSearchCriteria", "firstName", Family::Text),
    ("lastName", "person.search.LastNameSearchCriteria", "lastName", Family::Text),
    ("email", "person.search.EmailSearchCriteria", "email", Family::Text),
    (
        "registrationDate",
        "common.search.RegistrationDateSearchCriteria",
        "registration_date",
        Family::Date,
    ),
    (
        "modificationDate",
        "common.search.ModificationDateSearchCriteria",
        "modification_date",
        Family::Date,
    ),
    ("status", "dataset.search.StatusSearchCriteria", "status", Family::Word),
    ("complete", "dataset.search.CompleteSearchCriteria", "complete", Family::Word),
    ("location", "dataset.search.LocationSearchCriteria", "location", Family::Text),
    ("shareId", "dataset.search.ShareIdSearchCriteria", "shareId", Family::Text),
    ("size", "dataset.search.SizeSearchCriteria", "size", Family::Number),
    ("speedHint", "dataset.search.SpeedHintSearchCriteria", "speedHint", Family::Number),
    (
        "presentInArchive",
        "dataset.search.PresentInArchiveSearchCriteria",
        "presentInArchive",
        Family::Flag,
    ),
    (
        "archivingRequested",
        "dataset.search.ArchivingRequestedSearchCriteria",
        "archivingRequested",
        Family::Flag,
    ),
    (
        "storageConfirmation",
        "dataset.search.StorageConfirmationSearchCriteria",
        "storageConfirmation",
        Family::Flag,
    ),
    (
        "sessionName",
        "pat.search.PersonalAccessTokenSessionNameSearchCriteria",
        "sessionName",
        Family::Text,
    ),
    ("pluginKind", "plugin.search.PluginKindSearchCriteria", "plugin kind", Family::Word),
    ("pluginType", "plugin.search.PluginTypeSearchCriteria", "plugin type", Family::Word),
];

/// Relations whose criteria have a class of their own.
const RELATIONS: &[(Option<Kind>, &str, &str)] = &[
    (Some(Kind::Sample), "parents", "sample.search.SampleParentsSearchCriteria"),
    (Some(Kind::Sample), "children", "sample.search.SampleChildrenSearchCriteria"),
    (Some(Kind::Sample), "container", "sample.search.SampleContainerSearchCriteria"),
    (Some(Kind::DataSet), "parents", "dataset.search.DataSetParentsSearchCriteria"),
    (Some(Kind::DataSet), "children", "dataset.search.DataSetChildrenSearchCriteria"),
    (Some(Kind::DataSet), "containers", "dataset.search.DataSetContainerSearchCriteria"),
    (
        Some(Kind::SemanticAnnotation),
        "entityType",
        "entitytype.search.EntityTypeSearchCriteria",
    ),
    (
        Some(Kind::PersonalAccessToken),
        "owner",
        "pat.search.PersonalAccessTokenOwnerSearchCriteria",
    ),
    (None, "registrator", "person.search.RegistratorSearchCriteria"),
    (None, "modifier", "person.search.ModifierSearchCriteria"),
];

/// Relations that can be asked to be empty.
const NONE: &[(&str, &str)] = &[
    ("space", "space.search.NoSpaceSearchCriteria"),
    ("project", "project.search.NoProjectSearchCriteria"),
    ("experiment", "experiment.search.NoExperimentSearchCriteria"),
    ("sample", "sample.search.NoSampleSearchCriteria"),
    ("container", "sample.search.NoSampleContainerSearchCriteria"),
];

/// Whether the server searches by this plain field of a kind.
pub fn is_searchable(kind: Kind, field: &str) -> bool {
    if kind == Kind::Event {
        return field == "registrationDate";
    }
    (kind, field) == (Kind::SampleType, "listable")
        || FIELDS.iter().any(|row| row.0 == field)
}

/// The criteria of a search.
pub(super) fn criteria(criteria: &Criteria) -> Json {
    nested(&names::dto(criteria.kind.spec(), Verb::Search), criteria)
}

fn nested(class: &str, criteria: &Criteria) -> Json {
    let items = criteria.items.iter();
    let items: Vec<Json> = items.map(|item| criterion(criteria.kind, item)).collect();
    let mut json = Map::new();
    json.insert("@type".into(), class.into());
    json.insert("criteria".into(), items.into());
    json.insert("operator".into(), if criteria.any { "OR" } else { "AND" }.into());
    if criteria.negated {
        json.insert("negated".into(), true.into());
    }
    json.into()
}

fn criterion(kind: Kind, item: &Criterion) -> Json {
    match item {
        Criterion::Field { name, test } => field(kind, name, test),
        Criterion::Ids(ids) => one_of(kind, ids),
        Criterion::Property { code, test } => {
            let class = family_of(test).property();
            fill(class, (code, "PROPERTY"), family_of(test), test)
        }
        Criterion::AnyProperty(test) => {
            let (class, name) = family_of(test).any_property();
            fill(class, (name, "ANY_PROPERTY"), family_of(test), test)
        }
        Criterion::AnyField(test) => {
            let class = "common.search.AnyFieldSearchCriteria";
            fill(class, ("any", "ANY_FIELD"), Family::Text, test)
        }
        Criterion::Linked { field, criteria } => {
            let special = RELATIONS
                .iter()
                .find(|(of, name, _)| name == field && of.is_none_or(|of| of == kind));
            match special {
                Some((_, _, class)) => nested(&format!("as.dto.{class}"), criteria),
                None => self::criteria(criteria),
            }
        }
        Criterion::Without { field } => {
            let class = NONE.iter().find(|(name, _)| name == field);
            let class = class.map_or("", |(_, class)| class);
            json!({ "@type": format!("as.dto.{class}") })
        }
        Criterion::Sub(criteria) => self::criteria(criteria),
    }
}

fn field(kind: Kind, name: &str, test: &Test) -> Json {
    if (kind, name) == (Kind::SampleType, "listable") {
        let class = "as.dto.sample.search.ListableSampleTypeSearchCriteria";
        return json!({ "@type": class, "listable": Family::Flag.plain(test) });
    }
    let row = FIELDS.iter().find(|row| row.0 == name);
    let (_, class, wire_name, family) = row.unwrap_or(&FIELDS[0]);
    fill(class, (wire_name, "ATTRIBUTE"), *family, test)
}

/// Any of these objects: how that is said depends on the kind.
fn one_of(kind: Kind, ids: &[Id]) -> Json {
    if let [id] = ids {
        return json!({
            "@type": "as.dto.common.search.IdSearchCriteria", "id": ids::id(id),
        });
    }
    let texts: Vec<&str> = ids.iter().map(Id::text).collect();
    let list = |class: &str, name: &str, values: Json| {
        json!({
            "@type": class, "fieldName": name, "fieldType": "ATTRIBUTE",
            "fieldValue": values,
        })
    };
    match kind {
        Kind::Sample | Kind::Experiment | Kind::DataSet if !ids.is_empty() => {
            let single = |id: &Id| Criterion::Ids(vec![id.clone()]);
            let items = ids.iter().map(single).collect();
            criteria(&Criteria { items, ..Criteria::any(kind) })
        }
        Kind::SampleType
        | Kind::ExperimentType
        | Kind::DataSetType
        | Kind::PropertyType
        | Kind::PropertyAssignment
        | Kind::Plugin => {
            list("as.dto.common.search.IdsSearchCriteria", "ids", ids::list(ids))
        }
        Kind::Person => {
            list("as.dto.person.search.UserIdsSearchCriteria", "userIds", json!(texts))
        }
        Kind::Space
        | Kind::Project
        | Kind::Experiment
        | Kind::Sample
        | Kind::DataSet
        | Kind::PhysicalData
        | Kind::Attachment
        | Kind::Tag
        | Kind::Vocabulary
        | Kind::VocabularyTerm
        | Kind::AuthorizationGroup
        | Kind::RoleAssignment
        | Kind::DataStore
        | Kind::MaterialType
        | Kind::Material
        | Kind::SemanticAnnotation
        | Kind::Query
        | Kind::PersonalAccessToken
        | Kind::ExternalDms
        | Kind::OperationExecution
        | Kind::Event
        | Kind::TypeGroup
        | Kind::TypeGroupAssignment
        | Kind::Deletion => {
            list("as.dto.common.search.CodesSearchCriteria", "codes", json!(texts))
        }
    }
}
