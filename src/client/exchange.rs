use super::resilience::{Effort, Group};
use super::{Answer, Client, Credentials, Error};
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

    /// Asks about operations, in the session.
    pub(super) fn ask_plain(&self, call: Call<'_>) -> Result<Reply, Error> {
        self.ask(call, None)
    }

    /// Sends a call, again where the table allows it, and reads the answer. What changes
    /// something is sent once: whoever sends it asks before it is repeated.
    pub(super) fn carry(
        &self,
        call: &Call<'_>,
        token: &str,
        fetch: Option<&Fetch>,
    ) -> Result<Result<Reply, Fault>, Error> {
        let (group, method) = (Group::of(call), call.method());
        let request = call.to_json(token);
        let mut effort = Effort::new(group);
        loop {
            let attempt = || match self.transport.carry(call.service(), &request) {
                Ok(answer) => {
                    let read = self.read(call, fetch, &answer);
                    (read, answer.body.len())
                }
                Err(error) => (Err(error), 0),
            };
            let sent = (&*method, &*request);
            let error = match self.guard.attempt(sent, &effort, self.url(), attempt) {
                Ok(Err(fault)) if is_login_disabled(&fault) => Error::Refused(fault),
                Ok(told) => return Ok(told),
                Err(error) if group == Group::Change => return Err(error),
                Err(error) => error,
            };
            match self.guard.wait_before_repeating(&mut effort, &method, error) {
                Ok(()) => {}
                Err(Error::Refused(fault)) => return Ok(Err(fault)),
                Err(error) => return Err(error),
            }
        }
    }

    fn read(
        &self,
        call: &Call<'_>,
        fetch: Option<&Fetch>,
        answer: &Answer,
    ) -> Result<Result<Reply, Fault>, Error> {
        call.read(&answer.body, fetch).map_err(|error| match error {
            Unreadable::NotJson(source) if is_cut(&source, &answer.body) => {
                Error::Lost { url: self.url().to_owned(), source: source.into() }
            }
            error => self.strange(found(&error, answer.status, &answer.body)),
        })
    }

    /// An answer of an unexpected form is no answer of an openBIS.
    pub(super) fn understood<T>(&self, read: Result<T, Unreadable>) -> Result<T, Error> {
        read.map_err(|error| self.strange(error.to_string()))
    }

    pub(super) fn strange(&self, found: impl Into<String>) -> Error {
        Error::NotOpenbis { url: self.url().to_owned(), found: found.into() }
    }
}

fn is_login_disabled(fault: &Fault) -> bool {
    fault.refusal() == Refusal::Maintenance
}

/// Whether the answer ends in the middle.
fn is_cut(error: &serde_json::Error, body: &str) -> bool {
    error.is_eof() && !body.trim().is_empty()
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
