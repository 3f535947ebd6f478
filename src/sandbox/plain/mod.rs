//! Services of newer servers that are no JSON-RPC: the file server, exports as
//! RO-Crate and as spreadsheets.
mod crates;
mod downloads;
mod files;
mod packing;
mod sheets;

pub(super) use crates::Jobs;
pub(super) use downloads::{Downloads, address};
pub(super) use files::FIELD as FILES;
pub(super) use packing::{Ways, chosen, zipped_sheet};
pub(super) use sheets::workbook;

use url::form_urlencoded;

use super::fault::refused_outright;
use super::sandbox::Sandbox;
use super::work::{Held, Work};
use super::{rules, tokens};
use crate::wire::Fault;
use crate::wire::bean::Api;

/// A request to one of them.
#[derive(Clone, Copy)]
pub struct Visit<'a> {
    /// `GET`, `POST` …
    pub verb: &'a str,
    /// Below the address of openBIS.
    pub path: &'a str,
    pub query: &'a str,
    /// Names in small letters.
    pub headers: &'a [(String, String)],
    pub body: &'a [u8],
}

/// What is answered.
#[derive(Debug)]
pub struct Visited {
    pub status: u16,
    pub content_type: &'static str,
    pub body: Vec<u8>,
}

impl Visit<'_> {
    /// A parameter, where it is given.
    fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|pair| pair.0 == name).map(|pair| pair.1.into_owned())
    }
}

impl<'a> Visit<'a> {
    fn header(&self, name: &str) -> Option<&'a str> {
        let mut named = self.headers.iter();
        named.find(|header| header.0.eq_ignore_ascii_case(name)).map(|it| it.1.as_str())
    }
}

impl Visited {
    fn text(status: u16, text: impl Into<String>) -> Self {
        let body = text.into().into_bytes();
        Self { status, content_type: "text/plain", body }
    }

    fn json(status: u16, text: String) -> Self {
        Self { status, content_type: "application/json", body: text.into_bytes() }
    }

    fn zip(body: Vec<u8>) -> Self {
        Self { status: 200, content_type: "application/zip", body }
    }

    fn bytes(body: Vec<u8>) -> Self {
        Self { status: 200, content_type: "application/octet-stream", body }
    }
}

impl Sandbox {
    /// Answers a request that is no JSON-RPC; nothing where there is no such service.
    pub fn visit(&self, visit: Visit<'_>) -> Option<Visited> {
        if self.settings.dialect.api == Api::Of2023 {
            return None;
        }
        if let Some(part) = crates::part(visit.path) {
            return Some(crates::answer(self, visit, part));
        }
        if downloads::serves(visit.path) {
            return Some(downloads::answer(self, visit));
        }
        files::serves(visit.path).then(|| files::answer(self, visit))
    }

    /// Does something in the session of a token, without changing anything.
    fn in_session<T>(
        &self,
        token: &str,
        go: impl FnOnce(&Work<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let now = self.clock().now();
        let mut state = self.alone();
        rules::archiving::proceed(&mut state.store, now);
        let session = match tokens::is_personal(token) {
            true => tokens::session(&mut state, token, now),
            false => state.sessions.of(Some(token), now).cloned(),
        };
        let outcome = session.and_then(|session| {
            let held = Held::Shared(&state.store);
            let work = Work::new(held, &session, &self.settings, now);
            work.rights.any()?;
            go(&work)
        });
        if let Err(error) = state.store.commit() {
            state.store.rollback();
            return Err(refused_outright(error.to_string()));
        }
        outcome
    }
}
