use std::path::Path;
use std::time::Duration;

use super::access::{Access, needs_session, shown};
use crate::cli::mistake::Mistake;
use crate::cli::vault::{Kept, Sort, write_private};
use crate::cli::world::{SystemClock, World};
use crate::client::Secret;
use crate::model::{Change, Edit, Kind, Outcome, Record, Timestamp, Value};
use crate::script::Clock;

/// The token that is to be.
pub(super) struct Wanted {
    pub(super) name: String,
    /// As long as the server permits, where nothing is said.
    pub(super) valid: Option<Duration>,
}

/// The token that was made.
pub(super) struct Made(Kept);

/// What the server says about tokens; what an openBIS says that was just installed, where
/// it says nothing.
struct Limits {
    longest: Duration,
    warning: Duration,
}

pub(super) fn make(access: &Access<'_>, wanted: &Wanted) -> anyhow::Result<Made> {
    let limits = limits(access)?;
    if wanted.valid.is_some_and(|valid| valid > limits.longest) {
        let days = limits.longest.as_secs() / 86400;
        let message = format!("the server permits {days} days at most");
        return Err(Mistake::new(message)
            .hint("it would cut a longer time without a word")
            .into());
    }
    let now = SystemClock.now();
    let valid = wanted.valid.unwrap_or(limits.longest);
    let until = later(now, valid);
    let mut record = Record::new(Kind::PersonalAccessToken);
    record.edit("sessionName", Edit::Set(Value::Text(wanted.name.clone())))?;
    record.edit("validFromDate", Edit::Set(Value::Time(now)))?;
    record.edit("validToDate", Edit::Set(Value::Time(until)))?;
    let made = access.session.apply(vec![Change::Create(record)])?;
    let Some(Outcome::Created(id)) = made.first() else {
        return Err(Mistake::denied("openBIS made no access token").into());
    };
    let warning = Duration::min(limits.warning, valid / 2);
    Ok(Made(Kept {
        name: Some(wanted.name.clone()),
        until: Some(until),
        warn_from: Some(Timestamp(until.0 - millis(warning))),
        ..Kept::session(&Secret::from(id.text()))
    }))
}

impl Made {
    /// For the profile, and the commands to come.
    pub(super) fn keep(&self, access: &Access<'_>, world: &World) -> anyhow::Result<()> {
        let slot = access.server.slot(Sort::AccessToken);
        let kept = world.sessions.vault.write(&slot, &self.0);
        kept.or_else(|error| self.end(access, error))?;
        self.tell("kept for the commands to come", world);
        Ok(())
    }

    /// Into a file that is not there yet.
    pub(super) fn write(
        &self,
        file: &Path,
        access: &Access<'_>,
        world: &World,
    ) -> anyhow::Result<()> {
        let written = write_private(file, &format!("{}\n", self.0.secret.reveal()));
        written.or_else(|error| self.end(access, error))?;
        self.tell(&format!("written to `{}`, for you alone", file.display()), world);
        Ok(())
    }

    /// One that nobody can use is not left on the server.
    fn end(&self, access: &Access<'_>, why: anyhow::Error) -> anyhow::Result<()> {
        let tokens = access.tokens()?.into_iter();
        for token in tokens.filter(|token| token.secret == self.0.secret) {
            access.end(&token)?;
        }
        Err(why.context("the access token could not be kept, and was revoked"))
    }

    fn tell(&self, what: &str, world: &World) {
        let name = self.0.name.as_deref().unwrap_or_default();
        let until = shown(self.0.until).unwrap_or_default();
        world
            .terminal
            .info(&format!("access token `{name}`, valid until {until}: {what}"));
    }
}

fn limits(access: &Access<'_>) -> anyhow::Result<Limits> {
    let told = access.session.server_information().map_err(needs_session)?;
    if told.get("personal-access-tokens-enabled").is_some_and(|text| text == "false") {
        return Err(Mistake::denied("this openBIS gives no access tokens")
            .hint("`rhobis login` keeps a session; `password_command` of a profile renews it")
            .into());
    }
    let seconds = |key: &str, usual: u64| {
        let said = told.get(&format!("personal-access-tokens-{key}"));
        Duration::from_secs(said.and_then(|text| text.parse().ok()).unwrap_or(usual))
    };
    Ok(Limits {
        longest: seconds("max-validity-period", 30 * 86400),
        warning: seconds("validity-warning-period", 5 * 86400),
    })
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    Timestamp(time.0.saturating_add(millis(by)))
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
