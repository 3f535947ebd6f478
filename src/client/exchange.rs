use super::{Client, Credentials, Error};
use crate::model::Fetch;
use crate::wire::{Call, Error as Unreadable, Fault, Refusal, Reply};

/// How much of a strange answer is shown.
const SHOWN: usize = 80;

impl Client {
    /// Asks in the session. One that the server has forgotten is renewed once: nothing was
    /// done then, so that asking again is safe.
    pub(super) fn ask(
        &self,
        call: Call<'_>,
        fetch: Option<&Fetch>,
    ) -> Result<Reply, Error> {
        let token = self.session.token(|credentials| self.begin(credentials))?;
        let fault = match self.carry(&call, token.reveal(), fetch)? {
            Ok(reply) => return Ok(reply),
            Err(fault) if fault.refusal() == Refusal::SessionLost => fault,
            Err(fault) => return Err(fault.into()),
        };
        let begin = |credentials: &Credentials| self.begin_anew(credentials);
        let Some(token) = self.session.renewed(&token, begin)? else {
            return Err(fault.into());
        };
        Ok(self.carry(&call, token.reveal(), fetch)??)
    }

    /// Sends a call and reads the answer.
    pub(super) fn carry(
        &self,
        call: &Call<'_>,
        token: &str,
        fetch: Option<&Fetch>,
    ) -> Result<Result<Reply, Fault>, Error> {
        let request = call.to_json(token);
        let answer = self.transport.carry(call.service(), &request)?;
        call.read(&answer.body, fetch).map_err(|error| Error::NotOpenbis {
            url: self.url().to_owned(),
            found: found(&error, answer.status, &answer.body),
        })
    }

    /// An answer of an unexpected form is no answer of an openBIS.
    pub(super) fn understood<T>(&self, read: Result<T, Unreadable>) -> Result<T, Error> {
        read.map_err(|error| Error::NotOpenbis {
            url: self.url().to_owned(),
            found: error.to_string(),
        })
    }
}

/// What came in place of an answer, for people.
fn found(error: &Unreadable, status: u16, body: &str) -> String {
    let start: String = body.trim_start().chars().take(SHOWN).collect();
    if start.is_empty() {
        return format!("an empty answer (status {status})");
    }
    if start.starts_with('<') {
        return format!("a web page (status {status})");
    }
    match error {
        Unreadable::NotJson(source) => format!("{error}: {source} (status {status})"),
        Unreadable::NotRpc | Unreadable::Shape { .. } => {
            format!("{error} (status {status})")
        }
    }
}
