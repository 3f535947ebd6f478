//! Who may do what: roles given and taken away.
use rhai::{Dynamic, Map};

use super::{
    Entity, ErrorKind, Results, ScriptError, Session, Step, asking, attributes, fetches,
    search, value,
};
use crate::client::Outcome;
use crate::model::{Change, Criteria, Criterion, Id, Kind, Test, Value};

/// Gives a role; the assignment, also where it was there already.
pub(super) fn assign(
    session: &Session,
    role: &Dynamic,
    mut to: Map,
) -> Result<Entity, ScriptError> {
    to.insert("role".into(), role.clone());
    let made = asking::new(session, Kind::RoleAssignment, vec![Dynamic::from_map(to)])?;
    if !has(&made, "user")? && !has(&made, "authorizationGroup")? {
        let error = ScriptError::invalid("a role is given to a `person` or a `group`");
        return Err(error.hint("`o.assign_role(\"USER\", #{ person: \"ann\" })`"));
    }
    match session.submit(vec![Step::of(&made)]) {
        Ok(outcomes) => {
            let id = outcomes.into_iter().find_map(|outcome| match outcome {
                Outcome::Created(id) => Some(id),
                Outcome::Updated
                | Outcome::Deleted(_)
                | Outcome::Done
                | Outcome::Answered(_) => None,
            });
            let id = id.ok_or_else(|| ScriptError::invalid("nothing was assigned"))?;
            Ok(session.get(&id)?.unwrap_or(made))
        }
        Err(error) if error.kind == ErrorKind::Conflict => {
            Ok(found(session, &made)?.into_iter().next().unwrap_or(made))
        }
        Err(error) => Err(error),
    }
}

/// Takes a role away, by its number or by what it says.
pub(super) fn revoke(
    session: &Session,
    role: &Dynamic,
    mut of: Map,
    reason: &str,
) -> Result<(), ScriptError> {
    let ids = if let Some(number) = number(role) {
        vec![Id::parse(Kind::RoleAssignment, &number)?]
    } else {
        of.insert("role".into(), role.clone());
        let sought =
            asking::new(session, Kind::RoleAssignment, vec![Dynamic::from_map(of)])?;
        let found = found(session, &sought)?;
        if found.is_empty() {
            let message = format!("no role `{role}` is assigned there");
            let error = ScriptError::not_found(message);
            return Err(error.hint("`o.get_role_assignments()` shows all"));
        }
        found.iter().map(Entity::id).collect::<Result<_, _>>()?
    };
    let change = Change::Delete { ids: ids.clone(), reason: reason.to_owned() };
    session.submit(vec![Step::of_ids(change, &ids)]).map(drop)
}

fn number(role: &Dynamic) -> Option<String> {
    if let Ok(number) = role.as_int() {
        return Some(number.to_string());
    }
    if let Some(entity) = role.read_lock::<Entity>() {
        return entity.id().ok().map(|id| id.text().to_owned());
    }
    value::text(role).filter(|text| text.bytes().all(|b| b.is_ascii_digit()))
}

fn has(entity: &Entity, field: &'static str) -> Result<bool, ScriptError> {
    Ok(matches!(entity.value(field)?, Some(Value::One(_))))
}

/// The assignments that say exactly this.
fn found(session: &Session, sought: &Entity) -> Result<Vec<Entity>, ScriptError> {
    let all = search::results(session, Kind::RoleAssignment, &Map::new())?.to_vec()?;
    let wanted = names(sought)?;
    let mut found = Vec::new();
    for entity in all {
        if names(&entity)? == wanted {
            found.push(entity);
        }
    }
    Ok(found)
}

/// Role, holder and place by the names that last.
fn names(entity: &Entity) -> Result<Vec<String>, ScriptError> {
    let role = attributes::get(entity, "role")?.to_string();
    let fields = ["user", "authorizationGroup", "space", "project"];
    let links = fields.iter().map(|field| {
        let Some(Value::One(link)) = entity.value(field)? else {
            return Ok(String::new());
        };
        let own = link.record.as_ref();
        let lasting = own.and_then(|r| r.text("identifier").or(r.text("code")));
        if let Some(text) = lasting {
            return Ok(text.to_owned());
        }
        match link.id.kind() {
            // By permId or identifier: both lead to one project.
            Kind::Project => Ok(entity
                .session()
                .get(&link.id)?
                .map_or_else(|| link.id.text().to_owned(), |found| found.label())),
            _ => Ok(link.id.text().to_owned()),
        }
    });
    let links: Result<Vec<String>, ScriptError> = links.collect();
    Ok(std::iter::once(role).chain(links?).collect())
}

/// The roles of a person, those of the groups that it is in too, or the roles of a group.
pub(super) fn of(holder: &Entity, args: &Map) -> Result<Results, ScriptError> {
    let (session, id) = (holder.session(), holder.id()?);
    let linked = |field, kind, name, text: &str| Criterion::Linked {
        field,
        criteria: Criteria::all(kind)
            .with(Criterion::Field { name, test: Test::exactly(text) }),
    };
    let mut any = Criteria::any(Kind::RoleAssignment);
    match holder.kind() {
        Kind::AuthorizationGroup => {
            let kind = Kind::AuthorizationGroup;
            any = any.with(linked("authorizationGroup", kind, "code", id.text()));
        }
        Kind::Person => {
            any = any.with(linked("user", Kind::Person, "userId", id.text()));
            for code in groups(session, &id)? {
                let kind = Kind::AuthorizationGroup;
                any = any.with(linked("authorizationGroup", kind, "code", &code));
            }
        }
        kind => {
            return Err(ScriptError::invalid(format!("{} has no roles", value::a(kind))));
        }
    }
    Ok(search::results(session, Kind::RoleAssignment, args)?.also(Criterion::Sub(any)))
}

/// The codes of the groups that a person is in.
fn groups(session: &Session, person: &Id) -> Result<Vec<String>, ScriptError> {
    let kind = Kind::AuthorizationGroup;
    let found =
        session.client().search(&Criteria::all(kind), &fetches::only(kind, "users"))?;
    let is_in = |record: &&crate::model::Record| match record.get("users") {
        Ok(Some(Value::Many(links))) => links.iter().any(|link| link.id == *person),
        Ok(_) | Err(_) => false,
    };
    let codes = found.records.iter().filter(is_in).filter_map(|r| r.text("code"));
    Ok(codes.map(str::to_owned).collect())
}

/// The members of a group, as far as they fit the search.
pub(super) fn members(group: &Entity, mut args: Map) -> Result<Results, ScriptError> {
    if group.kind() != Kind::AuthorizationGroup {
        let message = format!("{} has no members", value::a(group.kind()));
        return Err(ScriptError::invalid(message));
    }
    let links = match group.value("users")? {
        Some(Value::Many(links)) => links,
        Some(_) | None => Vec::new(),
    };
    let session = group.session();
    if links.is_empty() {
        return Ok(search::results(session, Kind::Person, &args)?.within(0, Some(0)));
    }
    let ids = links.iter().map(|link| link.id.text().to_owned().into());
    args.insert("userId".into(), Dynamic::from_array(ids.collect()));
    search::results(session, Kind::Person, &args)
}
