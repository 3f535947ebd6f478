//! Tokens in files: those that are kept here, and those that pyBIS keeps.
use std::fmt;

use rhai::{Dynamic, Map};

use super::{Moment, Results, ScriptError, Session, nearest, value};
use crate::client::Secret;
use crate::model::{Timestamp, Value};

/// A token that lies in a file. It is shown without itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedToken {
    /// Where it logs in; a session token may not tell.
    pub url: String,
    pub hostname: String,
    /// Whose it is.
    pub owner: String,
    /// The session name of a personal access token.
    pub session_name: String,
    pub registered: Option<Timestamp>,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    pub token: Secret,
}

impl SavedToken {
    /// What may be shown: all but the token.
    pub(super) fn facts(&self) -> Map {
        let text = |text: &str| Dynamic::from(text.to_owned());
        let time = |time: Option<Timestamp>| {
            time.map_or(Dynamic::UNIT, |time| Dynamic::from(Moment::from(time)))
        };
        let facts = [
            ("hostname", text(&self.hostname)),
            ("owner", text(&self.owner)),
            ("sessionName", text(&self.session_name)),
            ("validFromDate", time(self.from)),
            ("validToDate", time(self.until)),
        ];
        facts.into_iter().map(|(name, fact)| (name.into(), fact)).collect()
    }
}

impl fmt::Display for SavedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (owner, host) = (&self.owner, &self.hostname);
        match self.session_name.as_str() {
            "" => write!(f, "token of {owner} at {host}"),
            name => write!(f, "access token `{name}` of {owner} at {host}"),
        }
    }
}

/// The arguments of pyBIS, which end in what is done with what was found.
const NAMES: &[&str] = &["hostname", "sessionName"];

/// The personal access tokens in files, of this host and session name only.
pub(super) fn saved(
    session: &Session,
    wanted: &Map,
) -> Result<Vec<SavedToken>, ScriptError> {
    if let Some(name) = wanted.keys().find(|name| !NAMES.contains(&name.as_str())) {
        let error =
            ScriptError::invalid(format!("`get_saved_pats` has no argument `{name}`"));
        return Err(nearest::hint(name, NAMES)
            .into_iter()
            .fold(error, ScriptError::hint));
    }
    let text = |name: &str| match wanted.get(name).filter(|given| !given.is_unit()) {
        None => Ok(None),
        Some(given) => match value::text(given) {
            Some(text) => Ok(Some(text).filter(|text| !text.is_empty())),
            None => Err(value::mismatch(name, "a text", given)),
        },
    };
    let (host, name) = (text("hostname")?, text("sessionName")?);
    let mut saved = session.host().tokens.personal(host.as_deref())?;
    saved.retain(|token| name.as_ref().is_none_or(|name| *name == token.session_name));
    Ok(saved)
}

/// Whether a search asks for its tokens to be kept, and whether it is for all of them.
pub(super) fn wanted(args: &Map) -> Option<bool> {
    let flag = args.get("save_to_disk")?;
    (flag.as_bool() == Ok(true)).then_some(args.len() == 1)
}

/// Keeps what a search for personal access tokens found. All that are there take the place
/// of all that were kept of this server.
pub(super) fn save(
    session: &Session,
    found: &Results,
    all: bool,
) -> Result<(), ScriptError> {
    let url = session.client().url();
    let mut tokens = Vec::new();
    for entity in found.to_vec()? {
        let text = |name: &'static str| {
            Ok::<_, ScriptError>(match entity.value(name)? {
                Some(Value::Text(text)) => text,
                Some(Value::One(link)) => link.id.text().to_owned(),
                Some(_) | None => String::new(),
            })
        };
        let time = |name: &'static str| {
            Ok::<_, ScriptError>(match entity.value(name)? {
                Some(Value::Time(time)) => Some(time),
                Some(_) | None => None,
            })
        };
        tokens.push(SavedToken {
            url: url.to_owned(),
            hostname: host_of(url),
            owner: text("owner")?,
            session_name: text("sessionName")?,
            registered: time("registrationDate")?,
            from: time("validFromDate")?,
            until: time("validToDate")?,
            token: text("permId")?.into(),
        });
    }
    session.host().tokens.keep(url, &tokens, all)
}

/// The session token that lies in a file under this name; `()` where there is none.
pub(super) fn of_host(
    session: &Session,
    host: &str,
    session_token_needed: bool,
) -> Result<Dynamic, ScriptError> {
    let fits = |token: &SavedToken| {
        token.hostname == host
            && !(session_token_needed && token.token.reveal().starts_with("$pat"))
    };
    let found = session.host().tokens.sessions()?.into_iter().find(fits);
    Ok(found.map_or(Dynamic::UNIT, |saved| saved.token.reveal().to_owned().into()))
}

/// The host of an address; all of it where it has none.
pub(super) fn host_of(address: &str) -> String {
    let host = url::Url::parse(address).ok();
    let host = host.and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| address.to_owned())
}
