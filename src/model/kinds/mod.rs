//! The kinds of openBIS objects, one file each.
use super::spec::Spec;

/// Declares [`Kind`]: to add a kind, write its file and add its line here.
macro_rules! kinds {
    ($($module:ident :: $name:ident),* $(,)?) => {
        $(mod $module;)*

        /// A kind of openBIS object.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind { $($name),* }

        impl Kind {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            pub const fn spec(self) -> &'static Spec {
                match self { $(Self::$name => &$module::SPEC),* }
            }
        }
    };
}

kinds! {
    space::Space,
    project::Project,
    experiment::Experiment,
    sample::Sample,
    data_set::DataSet,
    physical_data::PhysicalData,
    attachment::Attachment,
    tag::Tag,
    sample_type::SampleType,
    experiment_type::ExperimentType,
    data_set_type::DataSetType,
    property_type::PropertyType,
    property_assignment::PropertyAssignment,
    vocabulary::Vocabulary,
    vocabulary_term::VocabularyTerm,
    person::Person,
    authorization_group::AuthorizationGroup,
    role_assignment::RoleAssignment,
    plugin::Plugin,
    data_store::DataStore,
    deletion::Deletion,
    material_type::MaterialType,
    material::Material,
    semantic_annotation::SemanticAnnotation,
    query::Query,
    personal_access_token::PersonalAccessToken,
    external_dms::ExternalDms,
    operation_execution::OperationExecution,
    event::Event,
    type_group::TypeGroup,
    type_group_assignment::TypeGroupAssignment,
}

impl Kind {
    /// Whether only servers later than 20.10.7 have it.
    pub const fn is_newer(self) -> bool {
        matches!(self, Self::TypeGroup | Self::TypeGroupAssignment)
    }
}
