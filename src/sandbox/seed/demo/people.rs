//! Who works here. In the demo everybody's password is the user id.
use super::super::super::store::{Number, Slot};
use super::super::ground::Ground;
use crate::model::Kind;

pub(super) struct People {
    pub(super) admin: Number,
    pub(super) power: Number,
}

const PEOPLE: &[[&str; 3]] = &[
    ["admin", "Ada", "Keller"],
    ["power", "Paul", "Meier"],
    ["observer", "Olga", "Brunner"],
];

/// The accounts, and the space `LAB` where `power` is power user and `observer` observer.
pub(super) fn plant(ground: &mut Ground<'_>) -> People {
    let [admin, power, observer] = [0, 1, 2].map(|row| person(ground, PEOPLE[row]));
    ground.who = Some(admin);
    let lab = ground.space("LAB", Some("Yeast group"));
    role(ground, admin, "ADMIN", None);
    role(ground, power, "POWER_USER", Some(lab));
    role(ground, observer, "OBSERVER", Some(lab));
    for code in ["MATERIALS", "METHODS", "STORAGE", "STOCK_CATALOG"] {
        let space = ground.coded(Kind::Space, code);
        role(ground, power, "USER", space);
        role(ground, observer, "OBSERVER", space);
    }
    People { admin, power }
}

fn person(ground: &mut Ground<'_>, [user, first, last]: [&str; 3]) -> Number {
    let email = format!("{user}@lab.example");
    ground.add(
        Kind::Person,
        [
            ("userId", user.into()),
            ("firstName", first.into()),
            ("lastName", last.into()),
            ("email", email.into()),
            ("active", true.into()),
        ],
    )
}

fn role(ground: &mut Ground<'_>, user: Number, role: &str, space: Option<Number>) {
    let level = if space.is_some() { "SPACE" } else { "INSTANCE" };
    let number = ground.add(
        Kind::RoleAssignment,
        [("user", Slot::One(user)), ("role", role.into()), ("roleLevel", level.into())],
    );
    ground.optional(number, "space", space);
}
