use std::sync::LazyLock;

/// A role is the bit of its place among the variants.
pub(super) type Roles = u16;

static ABOVE: LazyLock<Vec<Roles>> = LazyLock::new(|| {
    let all = Role::ROWS.iter().map(|row| row.0).chain([Role::Other]);
    all.map(|role| Role::all_that_do(&[role]).into_iter().fold(0, |b, r| b | r.bit()))
        .collect()
});

/// What somebody may be, on the whole server, in a space or in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    InstanceAdmin,
    InstanceEtlServer,
    InstanceObserver,
    SpaceAdmin,
    SpacePowerUser,
    SpaceUser,
    SpaceObserver,
    SpaceEtlServer,
    ProjectAdmin,
    ProjectPowerUser,
    ProjectUser,
    ProjectObserver,
    /// A role that allows nothing, of any level.
    Other,
}

impl Role {
    /// Each with its level, its name within the level, and the roles right above it.
    const ROWS: &'static [(Self, &'static str, &'static str, &'static [Self])] = &[
        (Self::InstanceAdmin, "INSTANCE", "ADMIN", &[]),
        (Self::InstanceEtlServer, "INSTANCE", "ETL_SERVER", &[Self::InstanceAdmin]),
        (Self::InstanceObserver, "INSTANCE", "OBSERVER", &[Self::InstanceAdmin]),
        (Self::SpaceAdmin, "SPACE", "ADMIN", &[Self::InstanceAdmin]),
        (Self::SpacePowerUser, "SPACE", "POWER_USER", &[Self::SpaceAdmin]),
        (Self::SpaceUser, "SPACE", "USER", &[Self::SpacePowerUser]),
        (
            Self::SpaceObserver,
            "SPACE",
            "OBSERVER",
            &[Self::SpaceUser, Self::InstanceObserver],
        ),
        (Self::SpaceEtlServer, "SPACE", "ETL_SERVER", &[Self::InstanceEtlServer]),
        (Self::ProjectAdmin, "PROJECT", "ADMIN", &[Self::SpaceAdmin]),
        (
            Self::ProjectPowerUser,
            "PROJECT",
            "POWER_USER",
            &[Self::ProjectAdmin, Self::SpacePowerUser],
        ),
        (
            Self::ProjectUser,
            "PROJECT",
            "USER",
            &[Self::ProjectPowerUser, Self::SpaceUser],
        ),
        (
            Self::ProjectObserver,
            "PROJECT",
            "OBSERVER",
            &[Self::ProjectUser, Self::SpaceObserver],
        ),
    ];

    /// The role of a level: `POWER_USER` in a `SPACE`.
    pub(crate) fn of(level: &str, name: &str) -> Self {
        let row = Self::ROWS.iter().find(|row| row.1 == level && row.2 == name);
        row.map_or(Self::Other, |row| row.0)
    }

    /// As in the server's messages: `SPACE_POWER_USER`.
    fn text(self) -> String {
        let row = Self::ROWS.iter().find(|row| row.0 == self);
        row.map_or_else(String::new, |row| format!("{}_{}", row.1, row.2))
    }

    /// The roles themselves and all that stand above them, in the order of the messages.
    pub(super) fn all_that_do(roles: &[Self]) -> Vec<Self> {
        let mut found = Vec::new();
        for &role in roles {
            role.climb(&mut found);
        }
        found
    }

    pub(super) fn bit(self) -> Roles {
        1 << self as Roles
    }

    /// As [`Self::all_that_do`].
    pub(super) fn that_do(roles: &[Self]) -> Roles {
        roles.iter().fold(0, |bits, &role| bits | ABOVE[role as usize])
    }

    fn climb(self, found: &mut Vec<Self>) {
        if found.contains(&self) {
            return;
        }
        found.push(self);
        let above = Self::ROWS.iter().find(|row| row.0 == self).map_or(&[][..], |r| r.3);
        for role in above {
            role.climb(found);
        }
    }

    /// `[INSTANCE_ADMIN, INSTANCE_ETL_SERVER]`
    pub(super) fn list(roles: &[Self]) -> String {
        let names: Vec<String> =
            Self::all_that_do(roles).into_iter().map(Self::text).collect();
        format!("[{}]", names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_of_roles_are_those_of_the_list() {
        for (role, ..) in Role::ROWS {
            let listed = Role::all_that_do(&[*role]);
            let bits = Role::that_do(&[*role]);
            for (other, ..) in Role::ROWS {
                assert_eq!(bits & other.bit() != 0, listed.contains(other));
            }
        }
    }

    #[test]
    fn a_right_goes_to_all_higher_roles_in_the_servers_order() {
        assert_eq!(
            Role::list(&[Role::ProjectUser, Role::SpaceEtlServer]),
            "[PROJECT_USER, PROJECT_POWER_USER, PROJECT_ADMIN, SPACE_ADMIN, \
             INSTANCE_ADMIN, SPACE_POWER_USER, SPACE_USER, SPACE_ETL_SERVER, \
             INSTANCE_ETL_SERVER]"
        );
        assert_eq!(
            Role::list(&[Role::InstanceAdmin, Role::InstanceEtlServer]),
            "[INSTANCE_ADMIN, INSTANCE_ETL_SERVER]"
        );
    }
}
