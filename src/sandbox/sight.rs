//! What a person may see.
use std::collections::HashSet;

use super::store::{Number, Object, Store};
use crate::model::Kind;

/// The places that a person's roles open.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    person: Option<Number>,
    /// A role of the whole instance.
    everywhere: bool,
    /// A role of administration, anywhere.
    administers: bool,
    spaces: HashSet<Number>,
    projects: HashSet<Number>,
    /// The spaces of those projects.
    around: HashSet<Number>,
}

impl Sight {
    /// What the roles of a person, and of the groups it belongs to, let it see.
    pub(crate) fn of(store: &Store, person: Number) -> Self {
        let mut sight = Self { person: Some(person), ..Self::default() };
        for role in roles(store, person) {
            sight.administers |= role.text("role") == Some("ADMIN");
            match (role.one("space"), role.one("project")) {
                (_, Some(project)) => {
                    sight.projects.insert(project);
                    let space = store.get(project).and_then(|project| project.one("space"));
                    sight.around.extend(space);
                }
                (Some(space), None) => {
                    sight.spaces.insert(space);
                }
                (None, None) => sight.everywhere = true,
            }
        }
        sight
    }

    /// Whether the person may see the object.
    pub(crate) fn sees(&self, store: &Store, object: &Object) -> bool {
        match object.kind {
            Kind::Tag => object.one("owner") == self.person,
            Kind::RoleAssignment | Kind::AuthorizationGroup => {
                self.everywhere || self.administers
            }
            _ if self.everywhere => true,
            Kind::Space => {
                self.spaces.contains(&object.number) || self.around.contains(&object.number)
            }
            Kind::Project => {
                self.projects.contains(&object.number) || self.opens(object.one("space"))
            }
            Kind::Sample => match (object.one("space"), object.one("project")) {
                (None, _) => true,
                (space, project) => {
                    self.opens(space) || project.is_some_and(|p| self.projects.contains(&p))
                }
            },
            Kind::Experiment | Kind::DataSet => ["project", "experiment", "sample"]
                .iter()
                .filter_map(|field| object.one(field).and_then(|number| store.get(number)))
                .any(|holder| self.sees(store, holder)),
            Kind::Deletion => object.one("registrator") == self.person,
            Kind::PhysicalData
            | Kind::Attachment
            | Kind::SampleType
            | Kind::ExperimentType
            | Kind::DataSetType
            | Kind::PropertyType
            | Kind::PropertyAssignment
            | Kind::Vocabulary
            | Kind::VocabularyTerm
            | Kind::Person
            | Kind::Plugin
            | Kind::DataStore => true,
        }
    }

    fn opens(&self, space: Option<Number>) -> bool {
        space.is_some_and(|space| self.spaces.contains(&space))
    }
}

/// The roles of a person and of the groups it belongs to.
pub(crate) fn roles(store: &Store, person: Number) -> impl Iterator<Item = &Object> {
    let own = store.linking(Kind::RoleAssignment, "user", person);
    let groups = store.linking(Kind::AuthorizationGroup, "users", person);
    let lent = groups.flat_map(|group| {
        store.linking(Kind::RoleAssignment, "authorizationGroup", group.number)
    });
    own.chain(lent).map(|role| &**role)
}
