use crate::model::Kind;
use crate::script::error::Result;
use crate::script::{Entity, ScriptError, value};
use rhai::plugin::*;
use rhai::{Dynamic, Map};

/// Persons, groups, and what they may do.
#[export_module]
pub mod roles {
    use super::{holding, without_reason};
    use rhai::{Dynamic, Map};

    use crate::script::error::Result;
    use crate::script::{Entity, Results, Session, roles};

    /// Gives a role, at once, to a `person` or a `group`, for a `space`, a `project`, or else
    /// the whole server. The assignment; that it was there already is no error.
    ///
    /// ```rhai
    /// let a = o.assign_role("OBSERVER", #{ person: "observer", space: "LAB" });
    /// assert_eq(a.role, "OBSERVER");
    /// assert_eq(a.roleLevel, "SPACE");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn assign_role(session: &mut Session, role: Dynamic, to: Map) -> Result<Entity> {
        Ok(roles::assign(session, &role, to)?)
    }

    /// Gives the person or group a role for the whole server.
    ///
    /// ```rhai
    /// o.get_person("observer").assign_role("OBSERVER");
    /// ```
    #[rhai_fn(name = "assign_role", return_raw, pure)]
    pub fn assign_server_role(record: &mut Entity, role: Dynamic) -> Result<Entity> {
        assign_role_there(record, role, Map::new())
    }

    /// Gives the person or group a role for a `space` or a `project`.
    ///
    /// ```rhai
    /// o.get_person("observer").assign_role("USER", #{ space: "LAB" });
    /// ```
    #[rhai_fn(name = "assign_role", return_raw, pure)]
    pub fn assign_role_there(
        record: &mut Entity,
        role: Dynamic,
        place: Map,
    ) -> Result<Entity> {
        Ok(roles::assign(record.session(), &role, holding(record, place)?)?)
    }

    /// Takes a role away, at once: by its number, or by `person` or `group` and `space` or
    /// `project`.
    ///
    /// # Errors
    /// `not_found` when no such role is assigned.
    ///
    /// ```rhai
    /// o.assign_role("USER", #{ person: "observer", space: "LAB" });
    /// o.revoke_role("USER", #{ person: "observer", space: "LAB" });
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn revoke_role(session: &mut Session, role: Dynamic, of: Map) -> Result<()> {
        let (of, reason) = without_reason(of);
        Ok(roles::revoke(session, &role, of, &reason)?)
    }

    /// Takes a role for the whole server away from the person or group, or any role by its
    /// number.
    ///
    /// ```rhai
    /// let p = o.get_person("observer");
    /// p.assign_role("USER");
    /// p.revoke_role("USER");
    /// ```
    #[rhai_fn(name = "revoke_role", return_raw, pure)]
    pub fn revoke_server_role(record: &mut Entity, role: Dynamic) -> Result<()> {
        revoke_role_there(record, role, Map::new())
    }

    /// Takes a role for a `space` or a `project` away from the person or group.
    ///
    /// ```rhai
    /// let p = o.get_person("observer");
    /// p.assign_role("USER", #{ project: "/LAB/STRESS" });
    /// p.revoke_role("USER", #{ project: "/LAB/STRESS" });
    /// ```
    #[rhai_fn(name = "revoke_role", return_raw, pure)]
    pub fn revoke_role_there(
        record: &mut Entity,
        role: Dynamic,
        place: Map,
    ) -> Result<()> {
        let (place, reason) = without_reason(place);
        let of = holding(record, place)?;
        Ok(roles::revoke(record.session(), &role, of, &reason)?)
    }

    /// The roles of the person or group, those of a person's groups too.
    ///
    /// ```rhai
    /// assert(o.get_person("admin").get_roles().len() > 0);
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_roles(record: &mut Entity) -> Result<Results> {
        get_roles_where(record, Map::new())
    }

    /// The roles of the person or group, as far as they fit the search.
    ///
    /// ```rhai
    /// assert_eq(o.get_person("observer").get_roles(#{ project: "/LAB/STRESS" }).len(), 0);
    /// ```
    #[rhai_fn(name = "get_roles", return_raw, pure)]
    pub fn get_roles_where(record: &mut Entity, search: Map) -> Result<Results> {
        Ok(roles::of(record, &search)?)
    }

    /// The members of the group.
    ///
    /// ```rhai
    /// let g = o.new_group(#{ code: "READERS", userIds: ["observer"] }).save();
    /// assert_eq(g.get_members()[0].userId, "observer");
    /// ```
    #[rhai_fn(
        name = "get_members",
        name = "get_users",
        name = "get_persons",
        return_raw,
        pure
    )]
    pub fn get_members(record: &mut Entity) -> Result<Results> {
        Ok(roles::members(record, Map::new())?)
    }

    /// The members of the group, as far as they fit the search.
    ///
    /// ```rhai
    /// let g = o.new_group(#{ code: "READERS", userIds: ["observer"] }).save();
    /// assert_eq(g.get_members(#{ firstName: "Nobody" }).len(), 0);
    /// ```
    #[rhai_fn(
        name = "get_members",
        name = "get_users",
        name = "get_persons",
        return_raw,
        pure
    )]
    pub fn get_members_where(record: &mut Entity, search: Map) -> Result<Results> {
        Ok(roles::members(record, search)?)
    }
}

/// The place, and who it is for.
fn holding(record: &Entity, mut place: Map) -> Result<Map> {
    let name = match record.kind() {
        Kind::Person => "user",
        Kind::AuthorizationGroup => "authorizationGroup",
        kind => {
            let message = format!("{} has no roles", value::a(kind));
            return Err(ScriptError::invalid(message).into());
        }
    };
    place.insert(name.into(), Dynamic::from(record.clone()));
    Ok(place)
}

fn without_reason(mut of: Map) -> (Map, String) {
    let reason = of.remove("reason").as_ref().and_then(value::text);
    (of, reason.unwrap_or_else(|| "no longer needed".to_owned()))
}
