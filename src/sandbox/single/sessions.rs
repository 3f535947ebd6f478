//! Who is logged in.
use super::Asked;
use crate::model::Kind;
use crate::sandbox::answer::Answerer;
use crate::sandbox::fault::failed;
use crate::sandbox::session::Session;
use crate::sandbox::work::Work;
use crate::sandbox::{search, tokens, verbs};
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};

/// The sessions that are open: to administrators all of them, to others their own.
pub(super) fn search(
    work: &Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let criteria = asked.view(1).ok_or_else(|| failed("Criteria cannot be null."))?;
    let options = asked.view(2).ok_or_else(|| failed("Fetch options cannot be null."))?;
    let mut found = Vec::new();
    for session in asked.sessions.all() {
        // Whoever is no longer a person has left the session behind.
        let there = work.store.get(session.person).is_some();
        let shown = there && (session.person == work.caller || work.rights.is_admin());
        if shown
            && tokens::is_wanted(&work.store, session)
            && meets(work, session, criteria)?
        {
            found.push(session);
        }
    }
    let page = search::page(&found, options)?;
    let beans = page.iter().map(|session| bean(work, session, options, out));
    let beans = beans.collect::<Result<Vec<_>, _>>()?;
    Ok(verbs::result(out, beans, found.len()))
}

fn meets(work: &Work<'_>, session: &Session, criteria: View<'_>) -> Result<bool, Fault> {
    if let Some(wanted) = single(criteria) {
        return says(work, session, &wanted);
    }
    let parts = criteria.inners("criteria").map(|inner| meets(work, session, inner));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    Ok(match criteria.text("operator") {
        Some("OR") => parts.is_empty() || parts.contains(&true),
        _ => !parts.contains(&false),
    })
}

/// What one criteria is about.
enum Wanted<'c> {
    User(View<'c>),
    Name(View<'c>),
    Personal(bool),
    Id(View<'c>),
}

/// Nothing where the criteria holds others, or demands nothing.
fn single(criteria: View<'_>) -> Option<Wanted<'_>> {
    let value = criteria.inner("fieldValue");
    match criteria.name() {
        "UserNameSearchCriteria" => value.map(Wanted::User),
        "PersonalAccessTokenSessionNameSearchCriteria" => value.map(Wanted::Name),
        "PersonalAccessTokenSessionSearchCriteria" => match criteria.get("fieldValue") {
            Node::Flag(flag) => Some(Wanted::Personal(*flag)),
            _ => None,
        },
        "IdSearchCriteria" => criteria.inner("id").map(Wanted::Id),
        _ => None,
    }
}

fn says(work: &Work<'_>, session: &Session, wanted: &Wanted<'_>) -> Result<bool, Fault> {
    Ok(match *wanted {
        Wanted::User(value) => {
            let person = work.object(session.person)?;
            search::fits(value, person.text("userId").unwrap_or_default())?
        }
        Wanted::Name(value) => match &session.name {
            Some(name) => search::fits(value, name)?,
            None => false,
        },
        Wanted::Personal(wanted) => session.name.is_some() == wanted,
        Wanted::Id(id) => id.text("permId") == Some(&session.token),
    })
}

fn bean(
    work: &Work<'_>,
    session: &Session,
    options: View<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let mut answerer = Answerer::new(work, out);
    let copy = answerer.options(options);
    let mut persons = Vec::new();
    for (field, person) in
        [("person", session.person), ("creatorPerson", session.creator)]
    {
        if let Some(inner) = options.inner(field) {
            persons.push((field, answerer.answer(person, inner)?));
        }
    }
    let bean = out.add("as.dto.session.SessionInformation");
    out.set(bean, "fetchOptions", Node::Bean(copy));
    out.set(bean, "sessionToken", session.token.as_str());
    describe(work, session, (out, bean))?;
    for (field, person) in persons {
        out.set(bean, field, person);
    }
    Ok(Node::Bean(bean))
}

/// What every session tells of itself, but for its token.
pub(super) fn describe(
    work: &Work<'_>,
    session: &Session,
    (out, bean): (&mut Graph, usize),
) -> Result<(), Fault> {
    let person = work.object(session.person)?;
    let home = person.one("space").and_then(|home| work.store.live(home));
    let home = home.filter(|home| home.kind == Kind::Space);
    out.set(bean, "userName", person.text("userId"));
    out.set(bean, "homeGroupCode", home.map(|home| home.code()));
    out.set(bean, "personalAccessTokenSession", session.name.is_some());
    out.set(bean, "personalAccessTokenSessionName", session.name.as_deref());
    Ok(())
}
