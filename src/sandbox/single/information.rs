//! What the server tells about itself and the session.
use super::{Asked, sessions};
use crate::model::Kind;
use crate::sandbox::answer::Answerer;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Api, Graph, Node};

const PUBLIC: &[(&str, Option<&str>)] = &[
    ("authentication-service", Some("dummy-authentication-service")),
    ("authentication-service.switch-aai.label", None),
    ("authentication-service.switch-aai.link", None),
    ("openbis.support.email", Some("openbis-support@id.ethz.ch")),
];

const PRIVATE: &[(&str, Option<&str>)] = &[
    ("archiving-configured", Some("false")),
    ("create-continuous-sample-codes", Some("false")),
    ("openbis-version", Some("UNKNOWN")),
    ("personal-access-tokens-enabled", Some("true")),
    ("personal-access-tokens-max-validity-period", Some("2592000")),
    ("personal-access-tokens-validity-warning-period", Some("432000")),
    ("project-samples-enabled", Some("true")),
];

/// What everybody may know.
pub(crate) fn public_information() -> Node {
    information(PUBLIC)
}

/// What somebody with a session may know.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all single methods")]
pub(super) fn server(
    work: &Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    let files = asked.sandbox.address().map(|address| format!("{address}/afs-server"));
    let mut all = [PUBLIC, PRIVATE].concat();
    all.push(("api-version", Some(version(work.settings.dialect.api).1)));
    if work.store.find(Kind::SampleType, "code", "GENERAL_ELN_SETTINGS").is_some() {
        all.push((
            "enabled-technologies",
            Some("admin, eln-lims, eln-lims-life-sciences"),
        ));
    } else {
        all.push(("enabled-technologies", Some("dev-.*")));
    }
    if work.settings.dialect.api == Api::Newer {
        all.push(("server-public-information.afs-server.url", files.as_deref()));
    }
    all.sort_by_key(|row| row.0);
    Ok(information(&all))
}

/// The minor number of a version of the interface, and its name.
pub(crate) fn version(api: Api) -> (i64, &'static str) {
    match api {
        Api::Of2023 => (6, "3.6"),
        Api::Newer => (7, "3.7"),
    }
}

fn information(rows: &[(&str, Option<&str>)]) -> Node {
    Node::Map(
        rows.iter().map(|(key, text)| ((*key).to_owned(), (*text).into())).collect(),
    )
}

/// Whose session it is.
pub(super) fn session(
    work: &Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let mut wanted = Graph::new();
    let options =
        wanted.add("as.dto.session.fetchoptions.SessionInformationFetchOptions");
    for field in ["person", "creatorPerson"] {
        let person = wanted.add("as.dto.person.fetchoptions.PersonFetchOptions");
        wanted.set(options, field, Node::Bean(person));
    }
    let person_options = wanted.view(options).inner("person");
    let mut answerer = Answerer::new(work, out);
    let copy = answerer.options(wanted.view(options));
    let person = match person_options {
        Some(options) => answerer.apart(work.caller, options)?,
        None => Node::Null,
    };
    let creator = match person_options {
        Some(options) if asked.session.creator != work.caller => {
            answerer.apart(asked.session.creator, options)?
        }
        Some(_) | None => person.clone(),
    };
    let bean = out.add("as.dto.session.SessionInformation");
    out.set(bean, "fetchOptions", Node::Bean(copy));
    if !asked.is_personal {
        out.set(bean, "sessionToken", asked.session.token.as_str());
    }
    sessions::describe(work, asked.session, (out, bean))?;
    out.set(bean, "person", person);
    out.set(bean, "creatorPerson", creator);
    Ok(Node::Bean(bean))
}
