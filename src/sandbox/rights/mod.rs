//! Who may see and do what.
mod role;
mod table;

use super::fault::{denied, refused};
use super::store::{Number, Object, Store};
use crate::model::Kind;
use crate::wire::Fault;
pub(crate) use role::Role;
pub(crate) use table::Action;
use table::{Form, Where};

/// Where an object is, as far as rights go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In no space: shared samples, types, vocabularies, persons.
    Server,
    Space(Number),
    Project {
        space: Option<Number>,
        project: Number,
    },
}

/// The roles of one person, own ones and those of its groups.
#[derive(Debug)]
pub(crate) struct Rights {
    person: Number,
    user: String,
    grants: Vec<Grant>,
    /// Whether it sees everything that lies in spaces.
    sees_all: bool,
    /// The personal access token that was shown: of all tokens only this one is seen.
    pub(crate) token: Option<Number>,
}

#[derive(Debug)]
struct Grant {
    role: Role,
    /// Also that of the project.
    space: Option<Number>,
    project: Option<Number>,
}

impl Rights {
    pub(crate) fn of(store: &Store, person: Number) -> Self {
        let groups = store.linking(Kind::AuthorizationGroup, "users", person);
        let groups: Vec<Number> = groups.map(|group| group.number).collect();
        Self::with_groups(store, person, &groups)
    }

    /// The rights of somebody who was in these groups at the login.
    pub(crate) fn with_groups(store: &Store, person: Number, groups: &[Number]) -> Self {
        let mut holders = vec![("user", person)];
        holders.extend(groups.iter().map(|&group| ("authorizationGroup", group)));
        let grants: Vec<Grant> = holders
            .into_iter()
            .flat_map(|(field, holder)| {
                store.linking(Kind::RoleAssignment, field, holder)
            })
            .map(|assignment| Grant::of(store, assignment))
            .collect();
        let user = store.get(person).and_then(|object| object.text("userId"));
        let user = user.unwrap_or_default().to_owned();
        let mut own = Self { person, user, grants, sees_all: false, token: None };
        own.sees_all = own.may(Action::Read, Kind::Sample, Place::Server);
        own
    }

    /// Whether the person has any role at all.
    pub(crate) fn any(&self) -> Result<(), Fault> {
        if !self.grants.is_empty() {
            return Ok(());
        }
        Err(unauthorized(&format!(
            "No role assignments could be found for user '{}'.",
            self.user
        )))
    }

    /// One more role in a space, got in this very request.
    pub(crate) fn add(&mut self, role: Role, space: Number) {
        self.grants.push(Grant { role, space: Some(space), project: None });
    }

    /// Whether these are the rights of this person.
    pub(crate) fn is_of(&self, person: Number) -> bool {
        self.person == person
    }

    pub(crate) fn is_admin(&self) -> bool {
        self.holds(&[Role::InstanceAdmin], Place::Server)
    }

    /// Whether the person holds one of the roles, or a higher one, at this place.
    pub(crate) fn holds(&self, roles: &[Role], place: Place) -> bool {
        let roles = Role::that_do(roles);
        self.grants
            .iter()
            .any(|grant| roles & grant.role.bit() != 0 && grant.covers(place))
    }

    /// Whether the person holds one of the roles, or a higher one, at any place.
    pub(crate) fn holds_anywhere(&self, roles: &[Role]) -> bool {
        let roles = Role::that_do(roles);
        self.grants.iter().any(|grant| roles & grant.role.bit() != 0)
    }

    /// Whether the person may do this to an object of this kind at this place.
    pub(crate) fn may(&self, action: Action, kind: Kind, place: Place) -> bool {
        table::row(kind, action).is_some_and(|row| match row.held {
            Where::There => self.holds(row.roles, place),
            Where::Anywhere => self.holds_anywhere(row.roles),
        })
    }

    /// Lets the person do this or refuses in the server's words. The object is named by its
    /// id: `SamplePermId` and the text.
    pub(crate) fn check(
        &self,
        action: Action,
        kind: Kind,
        place: Place,
        named: (&str, &str),
    ) -> Result<(), Fault> {
        if self.may(action, kind, place) {
            return Ok(());
        }
        let row = table::row(kind, action);
        let (form, roles) =
            row.map_or((Form::Object, &[][..]), |row| (row.form, row.roles));
        match form {
            Form::Roles | Form::Privileges if !self.holds_anywhere(roles) => {
                Err(self.lacks(roles))
            }
            Form::Privileges => {
                let text = format!("{} does not have enough privileges.", self.user);
                Err(unauthorized(&text))
            }
            Form::Object | Form::Roles => Err(denied(named.0, named.1)),
        }
    }

    /// The refusal that lists the roles that would do.
    pub(crate) fn lacks(&self, roles: &[Role]) -> Fault {
        unauthorized(&format!(
            "None of method roles '{}' could be found in roles of user '{}'.",
            Role::list(roles),
            self.user
        ))
    }

    /// Whether the person sees the object at all.
    pub(crate) fn sees(&self, store: &Store, object: &Object) -> bool {
        match object.kind {
            Kind::Project | Kind::Experiment | Kind::Sample | Kind::DataSet
                if self.sees_all =>
            {
                true
            }
            Kind::Space => self.sees_space(object.number),
            Kind::Project | Kind::Experiment | Kind::DataSet => {
                self.may(Action::Read, object.kind, place(store, object))
            }
            Kind::Sample => match place(store, object) {
                Place::Server => true,
                there @ (Place::Space(_) | Place::Project { .. }) => {
                    self.may(Action::Read, Kind::Sample, there)
                }
            },
            Kind::Tag => object.one("owner") == Some(self.person),
            Kind::RoleAssignment | Kind::AuthorizationGroup => {
                self.may(Action::Read, object.kind, Place::Server)
            }
            Kind::Deletion => {
                self.is_admin() || object.one("registrator") == Some(self.person)
            }
            Kind::PersonalAccessToken if self.token.is_some() => {
                self.token == Some(object.number)
            }
            Kind::PersonalAccessToken | Kind::OperationExecution => {
                self.is_admin() || object.one("owner") == Some(self.person)
            }
            Kind::Query => {
                self.is_admin()
                    || object.flag("publicFlag")
                    || object.one("registrator") == Some(self.person)
            }
            _ => true,
        }
    }

    /// Somebody with a role in one of its projects sees the space, too.
    fn sees_space(&self, space: Number) -> bool {
        self.may(Action::Read, Kind::Space, Place::Space(space))
            || self.grants.iter().any(|grant| grant.space == Some(space))
    }
}

impl Grant {
    fn of(store: &Store, assignment: &Object) -> Self {
        let level = assignment.text("roleLevel").unwrap_or_default();
        let name = assignment.text("role").unwrap_or_default();
        let project = assignment.one("project");
        let home = project.and_then(|number| store.get(number)?.one("space"));
        Self {
            role: Role::of(level, name),
            space: assignment.one("space").or(home),
            project,
        }
    }

    fn covers(&self, place: Place) -> bool {
        match (self.project, self.space, place) {
            (None, None, _) => true,
            (Some(own), _, Place::Project { project, .. }) => own == project,
            (None, Some(own), Place::Space(space)) => own == space,
            (None, Some(own), Place::Project { space, .. }) => Some(own) == space,
            (_, _, Place::Server | Place::Space(_)) => false,
        }
    }
}

/// Where an object is: its own project or that of its experiment, its space, or none.
pub(crate) fn place(store: &Store, object: &Object) -> Place {
    match object.kind {
        Kind::Space => Place::Space(object.number),
        Kind::Project => {
            Place::Project { space: object.one("space"), project: object.number }
        }
        Kind::DataSet => within(store, object.one("sample"), object.one("experiment")),
        Kind::Experiment | Kind::Sample | Kind::RoleAssignment => {
            if let Some(project) = object.one("project") {
                return within(store, Some(project), None);
            }
            let experiment = object.one("experiment");
            match object.one("space") {
                Some(space) => Place::Space(space),
                None => within(store, experiment, None),
            }
        }
        Kind::PhysicalData | Kind::Attachment => {
            within(store, object.one("holder"), None)
        }
        _ => Place::Server,
    }
}

/// The place of the first of these that is there.
fn within(store: &Store, first: Option<Number>, second: Option<Number>) -> Place {
    let holder = first.or(second).and_then(|number| store.get(number));
    holder.map_or(Place::Server, |holder| place(store, holder))
}

fn unauthorized(text: &str) -> Fault {
    refused(format!("Authorization failure: ERROR: \"{text}\"."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::store::Slot;

    struct Lab {
        store: Store,
        space: Number,
        project: Number,
        sample: Number,
        shared: Number,
    }

    fn lab() -> Lab {
        let mut store = Store::default();
        let space = store.add(Kind::Space, [("code", Slot::from("LAB"))]);
        let project = store.add(Kind::Project, [("space", Slot::One(space))]);
        let fields = [("space", Slot::One(space)), ("project", Slot::One(project))];
        let sample = store.add(Kind::Sample, fields);
        let shared = store.add(Kind::Sample, []);
        Lab { store, space, project, sample, shared }
    }

    fn user(lab: &mut Lab, role: &str, space: Option<Number>) -> Rights {
        let person = lab.store.add(Kind::Person, [("userId", Slot::from("u"))]);
        let mut fields = vec![
            ("user", Slot::One(person)),
            ("role", Slot::from(role)),
            ("roleLevel", Slot::from(if space.is_some() { "SPACE" } else { "INSTANCE" })),
        ];
        fields.extend(space.map(|space| ("space", Slot::One(space))));
        lab.store.add(Kind::RoleAssignment, fields);
        Rights::of(&lab.store, person)
    }

    #[test]
    fn an_observer_of_a_space_sees_what_is_in_it_and_what_is_shared() {
        let mut lab = lab();
        let other = lab.store.add(Kind::Space, []);
        let hidden = lab.store.add(Kind::Sample, [("space", Slot::One(other))]);
        let space = lab.space;
        let rights = user(&mut lab, "OBSERVER", Some(space));
        for (number, seen) in
            [(lab.sample, true), (lab.shared, true), (hidden, false), (lab.project, true)]
        {
            let object = lab.store.get(number).unwrap();
            assert_eq!(rights.sees(&lab.store, object), seen);
        }
    }

    #[test]
    fn a_user_makes_samples_in_the_space_and_a_power_user_deletes_them() {
        let mut lab = lab();
        let space = lab.space;
        let there = place(&lab.store, lab.store.get(lab.sample).unwrap());
        let plain = user(&mut lab, "USER", Some(space));
        let power = user(&mut lab, "POWER_USER", Some(space));
        assert!(plain.may(Action::Create, Kind::Sample, there));
        assert!(!plain.may(Action::Delete, Kind::Sample, there));
        assert!(power.may(Action::Delete, Kind::Sample, there));
        assert!(!power.may(Action::Update, Kind::Sample, Place::Server));
    }

    #[test]
    fn a_refusal_names_the_object_or_the_roles() {
        let mut lab = lab();
        let space = lab.space;
        let rights = user(&mut lab, "OBSERVER", Some(space));
        let refusal = |action, kind| {
            let named = ("SpacePermId", "LAB");
            rights.check(action, kind, Place::Space(space), named).unwrap_err().message
        };
        assert_eq!(
            refusal(Action::Update, Kind::Space),
            "Access denied to object with SpacePermId = [LAB]."
        );
        assert_eq!(
            refusal(Action::Create, Kind::SampleType),
            "Authorization failure: ERROR: \"None of method roles '[INSTANCE_ADMIN, \
             INSTANCE_ETL_SERVER]' could be found in roles of user 'u'.\"."
        );
    }
}
