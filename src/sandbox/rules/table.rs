//! Which rule is asked for which kind: a row for each kind that can be changed.
use super::{
    data_sets, entity_types, executions, experiments, external_dms, groups, materials,
    personal_tokens, persons, plugins, projects, property_types, queries, roles, samples,
    semantic_annotations, spaces, tags, terms, type_groups, vocabularies,
};
use crate::model::Kind;
use crate::sandbox::store::Number;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

pub(super) type Create = fn(&mut Work<'_>, &[View<'_>]) -> Result<Vec<Number>, Fault>;
pub(super) type Update = fn(&mut Work<'_>, &[View<'_>]) -> Result<(), Fault>;

/// How objects of a kind go.
#[derive(Clone, Copy)]
pub(super) enum Delete {
    /// Into the trash first.
    Trash,
    /// Always.
    Plain(fn(&mut Work<'_>, &[Number])),
    /// Unless something is in the way.
    Checked(fn(&mut Work<'_>, &[Number]) -> Result<(), Fault>),
    /// As the deletion options tell.
    Told(fn(&mut Work<'_>, &[Number], View<'_>) -> Result<(), Fault>),
}

/// The rules of one kind.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    kind: Kind,
    /// What an update is refused with when it names nothing: "… id cannot be null."
    pub(super) title: &'static str,
    pub(super) create: Option<Create>,
    pub(super) update: Option<Update>,
    pub(super) delete: Option<Delete>,
}

/// The rules of a kind; of one without a row nothing is made, changed or deleted.
pub(super) fn rules(kind: Kind) -> Rules {
    TABLE.iter().find(|row| row.kind == kind).copied().unwrap_or(Rules::of(kind))
}

impl Rules {
    const fn of(kind: Kind) -> Self {
        let title = kind.spec().name;
        Self { kind, title, create: None, update: None, delete: None }
    }

    const fn called(mut self, title: &'static str) -> Self {
        self.title = title;
        self
    }

    const fn create(mut self, create: Create) -> Self {
        self.create = Some(create);
        self
    }

    const fn update(mut self, update: Update) -> Self {
        self.update = Some(update);
        self
    }

    const fn delete(mut self, delete: Delete) -> Self {
        self.delete = Some(delete);
        self
    }
}

const TABLE: &[Rules] = &[
    Rules::of(Kind::Space)
        .create(spaces::create)
        .update(spaces::update)
        .delete(Delete::Checked(spaces::delete)),
    Rules::of(Kind::Project)
        .create(projects::create)
        .update(projects::update)
        .delete(Delete::Checked(projects::delete)),
    Rules::of(Kind::Experiment)
        .create(experiments::create)
        .update(experiments::update)
        .delete(Delete::Trash),
    Rules::of(Kind::Sample)
        .create(samples::create)
        .update(samples::update)
        .delete(Delete::Trash),
    Rules::of(Kind::DataSet)
        .called("Data set")
        .create(data_sets::create)
        .update(data_sets::update)
        .delete(Delete::Trash),
    Rules::of(Kind::Material)
        // So the server says.
        .called("Sample")
        .create(materials::create)
        .update(materials::update)
        .delete(Delete::Checked(materials::delete)),
    Rules::of(Kind::Tag)
        .create(tags::create)
        .update(tags::update)
        .delete(Delete::Plain(tags::delete)),
    Rules::of(Kind::SampleType)
        .create(|work, all| entity_types::create(work, Kind::SampleType, all))
        .update(|work, all| entity_types::update(work, Kind::SampleType, all))
        .delete(Delete::Checked(entity_types::delete)),
    Rules::of(Kind::ExperimentType)
        .create(|work, all| entity_types::create(work, Kind::ExperimentType, all))
        .update(|work, all| entity_types::update(work, Kind::ExperimentType, all))
        .delete(Delete::Checked(entity_types::delete)),
    Rules::of(Kind::DataSetType)
        .create(|work, all| entity_types::create(work, Kind::DataSetType, all))
        .update(|work, all| entity_types::update(work, Kind::DataSetType, all))
        .delete(Delete::Checked(entity_types::delete)),
    Rules::of(Kind::MaterialType)
        .create(|work, all| entity_types::create(work, Kind::MaterialType, all))
        .update(|work, all| entity_types::update(work, Kind::MaterialType, all))
        .delete(Delete::Checked(entity_types::delete)),
    Rules::of(Kind::PropertyType)
        .create(property_types::create)
        .update(property_types::update)
        .delete(Delete::Checked(property_types::delete)),
    Rules::of(Kind::Vocabulary)
        .create(vocabularies::create)
        .update(vocabularies::update)
        .delete(Delete::Checked(vocabularies::delete)),
    Rules::of(Kind::VocabularyTerm)
        .create(terms::create)
        .update(terms::update)
        .delete(Delete::Told(terms::delete)),
    Rules::of(Kind::Person)
        .create(persons::create)
        .update(persons::update)
        .delete(Delete::Checked(persons::delete)),
    Rules::of(Kind::AuthorizationGroup)
        .create(groups::create)
        .update(groups::update)
        .delete(Delete::Plain(groups::delete)),
    Rules::of(Kind::RoleAssignment)
        .create(roles::create)
        .delete(Delete::Checked(roles::delete)),
    Rules::of(Kind::Plugin)
        .create(plugins::create)
        .update(plugins::update)
        .delete(Delete::Checked(plugins::delete)),
    Rules::of(Kind::SemanticAnnotation)
        .called("Semantic annotation")
        .create(semantic_annotations::create)
        .update(semantic_annotations::update)
        .delete(Delete::Checked(semantic_annotations::delete)),
    Rules::of(Kind::ExternalDms)
        .create(external_dms::create)
        .update(external_dms::update)
        .delete(Delete::Checked(external_dms::delete)),
    Rules::of(Kind::TypeGroup)
        .called("Type group")
        .create(type_groups::create)
        .update(type_groups::update)
        .delete(Delete::Checked(type_groups::delete)),
    Rules::of(Kind::TypeGroupAssignment)
        .create(type_groups::assign)
        .delete(Delete::Checked(type_groups::unassign)),
    Rules::of(Kind::Query).create(queries::create).update(queries::update),
    Rules::of(Kind::OperationExecution)
        .called("Execution")
        .update(executions::update)
        .delete(Delete::Plain(executions::delete)),
    Rules::of(Kind::PersonalAccessToken)
        .create(personal_tokens::create)
        .update(personal_tokens::update)
        .delete(Delete::Plain(personal_tokens::delete)),
];
