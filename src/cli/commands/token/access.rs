use std::fmt::Write;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::cli::mistake::Mistake;
use crate::cli::vault::{Kept, Sort};
use crate::cli::world::{Server, World, local};
use crate::client::{Client, Credentials, Secret};
use crate::model::{Change, Criteria, Fetch, Id, Kind, Record, Timestamp, Value};

/// A session in which tokens may be managed.
pub(super) struct Access<'a> {
    pub(super) server: Server,
    pub(super) session: Client,
    pub(super) world: &'a World,
}

/// One access token, as the server knows it.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) secret: Secret,
    pub(super) name: String,
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    pub(super) used: Option<Timestamp>,
    id: Id,
}

impl<'a> Access<'a> {
    /// With the session of `login`, else with a new one.
    pub(super) fn open(world: &'a World) -> anyhow::Result<Self> {
        let server = world.server()?;
        let session = world.sessions.without_access_token(&server)?;
        Ok(Self { server, session, world })
    }

    pub(super) fn kept(&self) -> anyhow::Result<Option<Kept>> {
        self.world.sessions.vault.read(&self.server.slot(Sort::AccessToken))
    }

    /// Those of the user; an administrator sees those of others, who are left out.
    pub(super) fn tokens(&self) -> anyhow::Result<Vec<Token>> {
        let kind = Kind::PersonalAccessToken;
        let own = self.session.session_information().map_err(needs_session)?.user;
        let fetch = Fetch::plain(kind).with("owner");
        let page = self.session.search(&Criteria::all(kind), &fetch)?;
        let is_own = |record: &Record| match record.get("owner") {
            Ok(Some(Value::One(owner))) => owner.id.text().eq_ignore_ascii_case(&own),
            Ok(_) | Err(_) => true,
        };
        Ok(page
            .records
            .into_iter()
            .filter(is_own)
            .filter_map(|record| Token::of(&record))
            .collect())
    }

    pub(super) fn end(&self, token: &Token) -> anyhow::Result<()> {
        let (ids, reason) = (vec![token.id.clone()], "rhobis token revoke".to_owned());
        self.session.apply(vec![Change::Delete { ids, reason }])?;
        Ok(())
    }
}

impl Token {
    fn of(record: &Record) -> Option<Self> {
        let time = |name: &str| match record.get(name) {
            Ok(Some(Value::Time(time))) => Some(*time),
            Ok(_) | Err(_) => None,
        };
        Some(Self {
            secret: Secret::from(record.text("hash").or_else(|| record.text("permId"))?),
            name: record.text("sessionName").unwrap_or_default().to_owned(),
            from: time("validFromDate"),
            until: time("validToDate"),
            used: time("accessDate"),
            id: record.id()?.clone(),
        })
    }

    /// How long it holds from its beginning to its end.
    pub(super) fn length(&self) -> Option<Duration> {
        let millis = self.until?.0.checked_sub(self.from?.0)?;
        u64::try_from(millis).ok().map(Duration::from_millis)
    }
}

/// What a token is called where it cannot be shown.
pub(super) fn id(secret: &Secret) -> String {
    let digest = Sha256::digest(secret.reveal());
    digest.iter().take(4).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(super) fn shown(time: Option<Timestamp>) -> Option<String> {
    time.map(local)
}

/// Nobody is logged in who could manage tokens.
pub(super) fn needs_session(error: crate::client::Error) -> anyhow::Error {
    match error {
        crate::client::Error::NoCredentials => {
            Mistake::denied("tokens are managed in a session that a login began")
                .hint("`rhobis login` begins one")
                .into()
        }
        other => other.into(),
    }
}

impl crate::cli::world::Sessions {
    /// A session that no access token began: those may not manage access tokens.
    fn without_access_token(&self, server: &Server) -> anyhow::Result<Client> {
        if server.token.as_ref().is_some_and(is_access_token) {
            let other = Server { token: None, ..server.clone() };
            return self.open_to_manage(&other);
        }
        self.open_to_manage(server)
    }

    fn open_to_manage(&self, server: &Server) -> anyhow::Result<Client> {
        match (&server.token, &server.password) {
            (Some(token), _) => self.at(server, Credentials::Token(token.clone())),
            (None, _) => self.open_without(server, Sort::AccessToken),
        }
    }
}

fn is_access_token(token: &Secret) -> bool {
    token.reveal().starts_with("$pat")
}
