use super::Asked;
use crate::sandbox::answer::Answerer;
use crate::sandbox::fault::failed;
use crate::sandbox::session::Session;
use crate::sandbox::work::Work;
use crate::sandbox::{search, verbs};
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};

/// The sessions that are open: to administrators all of them, to others their own.
pub(super) fn search(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let criteria = asked.view(1).ok_or_else(|| failed("Criteria cannot be null."))?;
    let options = asked.view(2).ok_or_else(|| failed("Fetch options cannot be null."))?;
    let mut found = Vec::new();
    for session in asked.sessions.all() {
        let own = session.person == work.caller;
        if (own || work.rights.is_admin()) && meets(work, session, criteria)? {
            found.push(bean(work, session, options, out)?);
        }
    }
    let total = found.len();
    Ok(verbs::result(out, found, total))
}

fn meets(work: &Work<'_>, session: &Session, criteria: View<'_>) -> Result<bool, Fault> {
    let person = work.object(session.person)?;
    let user = person.text("userId").unwrap_or_default();
    for inner in criteria.inners("criteria") {
        let value = inner.inner("fieldValue");
        if inner.name() == "UserNameSearchCriteria"
            && let Some(value) = value
            && !search::fits(value, user)?
        {
            return Ok(false);
        }
    }
    Ok(true)
}

fn bean(
    work: &Work<'_>,
    session: &Session,
    options: View<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let user = work.object(session.person)?.text("userId");
    let mut answerer = Answerer::new(work.store, &work.rights, out);
    let copy = answerer.options(options);
    let mut persons = Vec::new();
    for field in ["person", "creatorPerson"] {
        if let Some(inner) = options.inner(field) {
            persons.push((field, answerer.answer(session.person, inner)?));
        }
    }
    let bean = out.add("as.dto.session.SessionInformation");
    out.set(bean, "fetchOptions", Node::Bean(copy));
    out.set(bean, "sessionToken", session.token.as_str());
    out.set(bean, "userName", user);
    out.set(bean, "personalAccessTokenSession", false);
    for (field, person) in persons {
        out.set(bean, field, person);
    }
    Ok(Node::Bean(bean))
}
