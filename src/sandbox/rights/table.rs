//! Who may do what to what: the one table of it.
use super::Role::{self, *};
use crate::model::Kind::{self, *};

/// What somebody wants to do with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// See it.
    Read,
    Create,
    Update,
    Delete,
    Freeze,
    /// Put a sample into it, or a data set.
    Fill,
    /// Give it parents.
    Join,
    /// Take its parents away.
    Part,
    /// Take objects into another space.
    Move,
    /// Take a deletion back.
    Revert,
    /// Destroy what is in the trash.
    Confirm,
    Archive,
    Unarchive,
    /// Lock and unlock files.
    Lock,
    /// Ask for codes and permIds.
    Number,
}

/// Where the role has to be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// In the space or project of the object; on the server, if it has none.
    There,
    /// Anywhere.
    Anywhere,
}

/// How the server says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// By naming the object.
    Object,
    /// By listing the roles to those who have none of them anywhere.
    Roles,
    /// By listing the roles, else by "does not have enough privileges".
    Privileges,
}

/// One right.
pub(super) struct Row {
    kinds: &'static [Kind],
    actions: &'static [Action],
    pub(super) roles: &'static [Role],
    pub(super) held: Where,
    pub(super) form: Form,
}

/// The right to do this with a kind; what has no row, nobody may do.
pub(super) fn row(kind: Kind, action: Action) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.kinds.contains(&kind) && row.actions.contains(&action))
}

const fn there(
    kinds: &'static [Kind],
    actions: &'static [Action],
    roles: &'static [Role],
) -> Row {
    Row { kinds, actions, roles, held: Where::There, form: Form::Object }
}

const fn anywhere(
    kinds: &'static [Kind],
    actions: &'static [Action],
    roles: &'static [Role],
) -> Row {
    Row { kinds, actions, roles, held: Where::Anywhere, form: Form::Object }
}

impl Row {
    const fn refused_by(mut self, form: Form) -> Self {
        self.form = form;
        self
    }
}

const TYPES: &[Kind] = &[SampleType, ExperimentType, DataSetType, MaterialType];
const EVERYWHERE: &[Role] = &[ProjectObserver, SpaceEtlServer];

const TABLE: &[Row] = &[
    there(&[Space], &[Action::Read], &[SpaceObserver, SpaceEtlServer]),
    anywhere(&[Space], &[Action::Create], &[SpaceAdmin, SpaceEtlServer]),
    there(&[Space], &[Action::Update, Action::Delete], &[SpaceAdmin, SpaceEtlServer]),
    there(
        &[Project, Experiment, Sample, DataSet, Attachment],
        &[Action::Read],
        EVERYWHERE,
    ),
    there(&[Project], &[Action::Create], &[SpacePowerUser, SpaceEtlServer]),
    there(
        &[Project],
        &[Action::Update, Action::Delete],
        &[SpacePowerUser, ProjectAdmin, SpaceEtlServer],
    ),
    there(
        &[Experiment, Sample],
        &[Action::Create, Action::Update],
        &[ProjectUser, SpaceEtlServer],
    ),
    there(&[Experiment, Sample], &[Action::Delete], &[ProjectPowerUser, SpaceEtlServer]),
    there(&[DataSet], &[Action::Create], &[ProjectUser, SpaceEtlServer]),
    there(&[PhysicalData], &[Action::Create], &[SpaceEtlServer]),
    there(
        &[DataSet],
        &[Action::Update, Action::Delete],
        &[ProjectPowerUser, SpaceEtlServer],
    ),
    there(&[Project, Experiment], &[Action::Fill], &[SpaceEtlServer, ProjectUser])
        .refused_by(Form::Privileges),
    there(&[Sample, DataSet], &[Action::Join], &[SpaceEtlServer, ProjectUser])
        .refused_by(Form::Privileges),
    there(&[Sample, DataSet], &[Action::Part], &[SpaceEtlServer, ProjectPowerUser])
        .refused_by(Form::Privileges),
    there(
        &[Project, Experiment, Sample, DataSet],
        &[Action::Move],
        &[SpacePowerUser, SpaceEtlServer],
    )
    .refused_by(Form::Privileges),
    there(
        &[Space, Project, Experiment, Sample, DataSet],
        &[Action::Freeze],
        &[SpaceAdmin],
    )
    .refused_by(Form::Privileges),
    there(&[DataSet], &[Action::Archive], &[ProjectPowerUser, SpaceEtlServer])
        .refused_by(Form::Roles),
    there(&[DataSet], &[Action::Unarchive], &[ProjectUser, SpaceEtlServer])
        .refused_by(Form::Roles),
    there(&[DataSet], &[Action::Lock], &[ProjectAdmin]).refused_by(Form::Roles),
    there(TYPES, &[Action::Create], &[InstanceAdmin, InstanceEtlServer])
        .refused_by(Form::Roles),
    there(TYPES, &[Action::Update, Action::Delete], &[InstanceAdmin]),
    there(
        &[PropertyType],
        &[Action::Create, Action::Update, Action::Delete],
        &[InstanceAdmin],
    ),
    there(
        &[TypeGroup, TypeGroupAssignment],
        &[Action::Create, Action::Update, Action::Delete],
        &[InstanceAdmin, InstanceEtlServer],
    ),
    there(
        &[Plugin, AuthorizationGroup, ExternalDms],
        &[Action::Create],
        &[InstanceAdmin],
    )
    .refused_by(Form::Roles),
    there(
        &[Plugin, AuthorizationGroup, ExternalDms],
        &[Action::Update, Action::Delete],
        &[InstanceAdmin],
    ),
    there(
        &[Vocabulary, Material, SemanticAnnotation],
        &[Action::Create, Action::Update, Action::Delete],
        &[InstanceAdmin, InstanceEtlServer],
    ),
    // Terms that are official; proposals are made by `Action::Fill`.
    there(
        &[VocabularyTerm],
        &[Action::Create, Action::Update],
        &[InstanceAdmin, InstanceEtlServer],
    )
    .refused_by(Form::Roles),
    there(&[VocabularyTerm], &[Action::Delete], &[InstanceAdmin, InstanceEtlServer]),
    anywhere(&[Tag], &[Action::Create, Action::Update, Action::Delete], EVERYWHERE),
    anywhere(&[Vocabulary], &[Action::Fill], &[ProjectUser, SpaceEtlServer])
        .refused_by(Form::Roles),
    there(&[Person], &[Action::Create], &[InstanceAdmin, InstanceEtlServer])
        .refused_by(Form::Roles),
    // Another home space.
    there(&[Person], &[Action::Move], &[SpaceAdmin]).refused_by(Form::Privileges),
    there(&[Person], &[Action::Update, Action::Delete], &[InstanceAdmin]),
    anywhere(&[RoleAssignment, AuthorizationGroup], &[Action::Read], &[ProjectAdmin])
        .refused_by(Form::Roles),
    there(&[RoleAssignment], &[Action::Create, Action::Delete], &[ProjectAdmin])
        .refused_by(Form::Roles),
    there(&[Event], &[Action::Read], &[InstanceAdmin, InstanceEtlServer])
        .refused_by(Form::Roles),
    anywhere(&[Deletion], &[Action::Read], &[ProjectUser, SpaceEtlServer])
        .refused_by(Form::Roles),
    anywhere(&[Deletion], &[Action::Revert], &[ProjectUser, SpaceEtlServer])
        .refused_by(Form::Roles),
    there(&[Deletion], &[Action::Confirm], &[ProjectAdmin, SpaceEtlServer]),
    anywhere(&[Sample], &[Action::Number], &[ProjectUser, SpaceEtlServer])
        .refused_by(Form::Roles),
];
