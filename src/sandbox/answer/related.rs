//! Relations that are kept on one side and answered on both.
use crate::model::Kind::{self, *};

/// A relation seen from where it is not kept.
pub(super) struct Relation {
    holder: Kind,
    field: &'static str,
    /// The kind of objects that lead here.
    pub(super) from: Kind,
    /// The link of theirs that does.
    pub(super) link: &'static str,
}

/// The relation behind this field, if it is kept on the other side.
pub(super) fn relation(holder: Kind, field: &str) -> Option<&'static Relation> {
    RELATIONS.iter().find(|row| row.holder == holder && row.field == field)
}

const fn row(
    holder: Kind,
    field: &'static str,
    from: Kind,
    link: &'static str,
) -> Relation {
    Relation { holder, field, from, link }
}

const RELATIONS: &[Relation] = &[
    row(Space, "projects", Project, "space"),
    row(Space, "samples", Sample, "space"),
    row(Project, "experiments", Experiment, "project"),
    row(Project, "samples", Sample, "project"),
    row(Project, "attachments", Attachment, "holder"),
    row(Experiment, "samples", Sample, "experiment"),
    row(Experiment, "dataSets", DataSet, "experiment"),
    row(Experiment, "attachments", Attachment, "holder"),
    row(Sample, "children", Sample, "parents"),
    row(Sample, "components", Sample, "container"),
    row(Sample, "dataSets", DataSet, "sample"),
    row(Sample, "attachments", Attachment, "holder"),
    row(DataSet, "children", DataSet, "parents"),
    row(DataSet, "containers", DataSet, "components"),
    row(Tag, "experiments", Experiment, "tags"),
    row(Tag, "samples", Sample, "tags"),
    row(Tag, "dataSets", DataSet, "tags"),
    row(SampleType, "propertyAssignments", PropertyAssignment, "entityType"),
    row(ExperimentType, "propertyAssignments", PropertyAssignment, "entityType"),
    row(DataSetType, "propertyAssignments", PropertyAssignment, "entityType"),
    row(MaterialType, "propertyAssignments", PropertyAssignment, "entityType"),
    row(SampleType, "typeGroupAssignments", TypeGroupAssignment, "sampleType"),
    row(TypeGroup, "typeGroupAssignments", TypeGroupAssignment, "typeGroup"),
    row(Vocabulary, "terms", VocabularyTerm, "vocabulary"),
    row(Person, "roleAssignments", RoleAssignment, "user"),
    row(AuthorizationGroup, "roleAssignments", RoleAssignment, "authorizationGroup"),
];
