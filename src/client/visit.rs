//! Requests to what of openBIS is no JSON-RPC: files, crates.
use std::io::Read;

use super::resilience::{Effort, Group};
use super::{Client, Error};
use crate::wire::{Fault, Refusal};

/// A request to one of these services.
pub struct Visit {
    pub verb: Verb,
    /// An address, or a path below that of openBIS.
    pub url: String,
    pub query: Vec<(&'static str, String)>,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Get,
    Post,
}

/// What came back; the body comes as it is read.
pub struct Visited {
    pub status: u16,
    pub body: Box<dyn Read + Send>,
}

impl Visited {
    /// The same for what is at hand.
    pub fn whole(status: u16, body: Vec<u8>) -> Self {
        Self { status, body: Box::new(std::io::Cursor::new(body)) }
    }

    /// All of the body.
    ///
    /// # Errors
    /// Where it breaks off, or is longer than anything that is expected.
    pub(super) fn bytes(self, url: &str) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let read = self.body.take(LONGEST + 1).read_to_end(&mut bytes);
        read.map_err(|source| Error::Lost {
            url: url.to_owned(),
            source: source.into(),
        })?;
        if bytes.len() as u64 > LONGEST {
            let found = format!("an answer of more than {} MB", LONGEST >> 20);
            return Err(Error::NotOpenbis { url: url.to_owned(), found });
        }
        Ok(bytes)
    }
}

/// The most that is taken into memory at once.
const LONGEST: u64 = 64 << 20;

/// What is made of an answer: a value, or the refusal of the service.
pub(super) type Understood<T> = Result<Result<T, Fault>, Error>;

impl Client {
    /// Visits in the session, again where the table allows it. A session that the server
    /// has forgotten is renewed once.
    pub(super) fn visit<T>(
        &self,
        (group, name): (Group, &str),
        visit: impl Fn(&str) -> Visit,
        read: impl Fn(Visited, &str) -> Understood<T>,
    ) -> Result<T, Error> {
        let token = self.session.token(|credentials| self.begin(credentials))?;
        let attempt = |token: &str| {
            self.repeat((group, name), || {
                read(self.transport.visit(&visit(token))?, token)
            })
        };
        let fault = match attempt(token.reveal())? {
            Ok(value) => return Ok(value),
            Err(fault) if fault.refusal() == Refusal::SessionLost => fault,
            Err(fault) => return Err(fault.into()),
        };
        let begin = |credentials: &_| self.begin_anew(credentials);
        let Some(token) = self.session.renewed(&token, begin)? else {
            return Err(fault.into());
        };
        Ok(attempt(token.reveal())??)
    }

    fn repeat<T>(
        &self,
        (group, name): (Group, &str),
        attempt: impl Fn() -> Understood<T>,
    ) -> Understood<T> {
        let mut effort = Effort::new(group);
        loop {
            let once = || (attempt(), 0);
            match self.guard.attempt((name, ""), &effort, self.url(), once) {
                Ok(told) => return Ok(told),
                Err(error) => {
                    self.guard.wait_before_repeating(&mut effort, name, error)?;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_no_answer_instead_of_half_of_one() {
        let endless = Visited { status: 200, body: Box::new(std::io::repeat(b'a')) };
        let error = endless.bytes("x").unwrap_err();
        assert!(error.to_string().contains("more than 64 MB"), "{error}");
    }
}
