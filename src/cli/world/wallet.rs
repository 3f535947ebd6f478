use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::clock::SystemClock;
use super::console::Terminal;
use super::passwords;
use super::place::Server;
use crate::cli::mistake::Mistake;
use crate::cli::vault::{Kept, Sort, Vault};
use crate::client::{Credentials, Error, Keys, Secret};
use crate::script::{Clock, Console, Level};

/// The ways into one openBIS: tokens that are kept, the newest first, then a password.
pub(crate) struct Wallet {
    server: Server,
    vault: Vault,
    terminal: Arc<Terminal>,
    state: Mutex<State>,
}

struct State {
    /// What has not been tried yet.
    left: VecDeque<Way>,
    given: Option<(Way, Credentials)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Session,
    AccessToken,
    Anonymous,
    /// As the profile says it.
    Password,
    Prompt,
}

impl Wallet {
    pub(crate) fn new(
        server: &Server,
        without: Option<Sort>,
        (vault, terminal): (&Vault, &Arc<Terminal>),
    ) -> anyhow::Result<Self> {
        let mut wallet = Self {
            server: server.clone(),
            vault: vault.clone(),
            terminal: Arc::clone(terminal),
            state: Mutex::new(State { left: VecDeque::new(), given: None }),
        };
        let left = wallet.ways(without)?;
        wallet.state.get_mut().unwrap_or_else(PoisonError::into_inner).left = left;
        Ok(wallet)
    }

    /// The ways, but not by the token of this sort.
    fn ways(&self, without: Option<Sort>) -> anyhow::Result<VecDeque<Way>> {
        let mut tokens = Vec::new();
        for (way, sort) in
            [(Way::AccessToken, Sort::AccessToken), (Way::Session, Sort::Session)]
        {
            if without == Some(sort) {
                continue;
            }
            if let Some(kept) = self.vault.read(&self.server.slot(sort))? {
                tokens.push((kept.since, way));
            }
        }
        tokens.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
        let behind = match self.server.settings.flag("anonymous") {
            true => vec![Way::Anonymous],
            false => vec![Way::Password, Way::Prompt],
        };
        Ok(tokens.into_iter().map(|(_, way)| way).chain(behind).collect())
    }

    fn credentials(&self, way: Way) -> anyhow::Result<Option<Credentials>> {
        let settings = &self.server.settings;
        let user = || settings.text("user").map(str::to_owned);
        let password =
            |password| user().map(|user| Credentials::Password { user, password });
        Ok(match way {
            Way::Session => self
                .vault
                .read(&self.server.slot(Sort::Session))?
                .map(|kept| Credentials::Token(kept.secret)),
            Way::AccessToken => self.access_token()?.map(Credentials::Token),
            Way::Anonymous => Some(Credentials::Anonymous),
            Way::Password if user().is_none() => None,
            Way::Password => {
                passwords::told(&self.server, &self.vault)?.and_then(password)
            }
            Way::Prompt => match user().filter(|_| self.terminal.may_ask()) {
                None => None,
                Some(user) => {
                    let url = &self.server.url;
                    password(passwords::typed(&user, url, &self.terminal)?)
                }
            },
        })
    }

    /// The access token, if it holds; its end is told in time.
    fn access_token(&self) -> anyhow::Result<Option<Secret>> {
        let Some(kept) = self.vault.read(&self.server.slot(Sort::AccessToken))? else {
            return Ok(None);
        };
        let now = SystemClock.now();
        let ended = |end: Option<_>| end.is_some_and(|end| end <= now);
        let warn = |text: &str| {
            let name = kept.name.as_deref().unwrap_or_default();
            let until = kept.until.map(super::clock::local).unwrap_or_default();
            self.terminal.say(
                Level::Warning,
                &format!(
                    "the access token `{name}` {text} at {until}; `rhobis token renew`"
                ),
            );
        };
        if ended(kept.until) {
            warn("ended");
            return Ok(None);
        }
        if ended(kept.warn_from) {
            warn("ends");
        }
        Ok(Some(kept.secret))
    }

    /// A token that the server no longer knows is not kept.
    fn drop_lost(&self, lost: &Secret) {
        let slot = self.server.slot(Sort::Session);
        if let Ok(Some(kept)) = self.vault.read(&slot)
            && kept.secret == *lost
        {
            let _ = self.vault.forget(&slot);
        }
        self.terminal
            .say(Level::Debug, "the session has ended: trying what else there is");
    }
}

impl Keys for Wallet {
    fn next(&self, lost: Option<&Secret>) -> Result<Option<Credentials>, Error> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lost) = lost {
            self.drop_lost(lost);
        }
        match &state.given {
            Some((Way::Password | Way::Prompt | Way::Anonymous, given)) => {
                return Ok(Some(given.clone()));
            }
            Some((Way::Session | Way::AccessToken, _)) | None => {}
        }
        while let Some(way) = state.left.pop_front() {
            if let Some(credentials) = self.credentials(way).map_err(|e| told(&e))? {
                state.given = Some((way, credentials.clone()));
                return Ok(Some(credentials));
            }
        }
        Ok(None)
    }

    fn began(&self, token: &Secret) {
        let slot = self.server.slot(Sort::Session);
        // What cannot be kept is begun anew the next time.
        let _ = self.vault.write(&slot, &Kept::session(token));
    }
}

fn told(error: &anyhow::Error) -> Error {
    let hints = error.downcast_ref::<Mistake>().map(|mistake| mistake.hints.clone());
    Error::NoSecret { message: format!("{error:#}"), hints: hints.unwrap_or_default() }
}
