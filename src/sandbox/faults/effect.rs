use std::time::Duration;

use super::asked::Call;
use super::span;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing is done before so much time has passed.
    Latency(Duration),
    /// Something in front of openBIS says that it fails.
    Status {
        status: u16,
        /// Seconds.
        retry_after: Option<u32>,
        /// Whether openBIS has done it nevertheless.
        after: bool,
    },
    /// Nobody listens, for a while.
    Refuse(Outage),
    /// The connection ends and nothing was done.
    DropBefore,
    /// It was done and the connection ends without an answer.
    DropAfter,
    /// It was done and half of the answer comes.
    Truncate,
    /// Nothing was done and nothing comes.
    StallBefore,
    /// It was done and nothing comes.
    StallAfter,
    /// It was done, half of the answer comes, and nothing more.
    Stall,
    /// It was done and the answer comes in pieces, with so much time between them.
    Trickle(Duration),
    /// It was done and the answer is no JSON.
    Garbage,
    /// Nothing was done and a web page comes with status 200.
    Html,
    /// The server has forgotten the session.
    SessionLost,
    /// The session was not used for too long.
    SessionExpired,
    /// The personal access token is over.
    PatExpired,
    /// The administrator has switched logins off.
    LoginDisabled,
    /// The server is killed and nothing was done.
    KillBefore,
    /// The server is killed after it was done.
    KillAfter,
}

/// How long nobody listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    For(Duration),
    /// So many connections more are cut at once.
    Connections(u32),
}

/// Those that are one word.
const WORDS: &[(&str, Effect)] = &[
    ("drop-before", Effect::DropBefore),
    ("drop-after", Effect::DropAfter),
    ("truncate", Effect::Truncate),
    ("stall-before", Effect::StallBefore),
    ("stall-after", Effect::StallAfter),
    ("stall", Effect::Stall),
    ("garbage", Effect::Garbage),
    ("html", Effect::Html),
    ("session-lost", Effect::SessionLost),
    ("session-expired", Effect::SessionExpired),
    ("pat-expired", Effect::PatExpired),
    ("login-disabled", Effect::LoginDisabled),
    ("kill-before", Effect::KillBefore),
    ("kill-after", Effect::KillAfter),
];

/// What servers in front of an openBIS say.
const STATUSES: [u16; 5] = [429, 500, 502, 503, 504];

impl Effect {
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Some((_, effect)) = WORDS.iter().find(|row| row.0 == text) {
            return Some(*effect);
        }
        match text.split_once('=') {
            Some(("latency", time)) => span::read(time).map(Self::Latency),
            Some(("trickle", time)) => span::read(time).map(Self::Trickle),
            Some(("refuse", extent)) => outage(extent).map(Self::Refuse),
            Some(_) | None => status(text),
        }
    }

    /// Whether it can happen to a call at all.
    pub(super) fn fits(self, call: &Call) -> bool {
        let personal = call.token.as_deref().map(crate::sandbox::tokens::is_personal);
        match self {
            Self::SessionLost => call.is_login() || personal == Some(false),
            Self::SessionExpired => personal == Some(false),
            Self::PatExpired => personal == Some(true),
            Self::LoginDisabled => call.is_login(),
            Self::Latency(_)
            | Self::Status { .. }
            | Self::Refuse(_)
            | Self::DropBefore
            | Self::DropAfter
            | Self::Truncate
            | Self::StallBefore
            | Self::StallAfter
            | Self::Stall
            | Self::Trickle(_)
            | Self::Garbage
            | Self::Html
            | Self::KillBefore
            | Self::KillAfter => true,
        }
    }
}

fn outage(text: &str) -> Option<Outage> {
    match text.parse() {
        Ok(0) => None,
        Ok(count) => Some(Outage::Connections(count)),
        Err(_) => span::read(text).map(Outage::For),
    }
}

/// `503`, `503,retry-after=5`, `504,after`.
fn status(text: &str) -> Option<Effect> {
    let mut parts = text.split(',');
    let status = parts.next()?.parse().ok().filter(|it| STATUSES.contains(it))?;
    let (mut retry_after, mut after) = (None, false);
    for part in parts {
        match part.split_once('=') {
            None if part == "after" => after = true,
            Some(("retry-after", seconds)) => retry_after = Some(seconds.parse().ok()?),
            Some(_) | None => return None,
        }
    }
    Some(Effect::Status { status, retry_after, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_may_say_when_to_come_again_and_come_too_late() {
        let expected = Effect::Status { status: 503, retry_after: Some(5), after: true };
        assert_eq!(Effect::read("503,retry-after=5,after"), Some(expected));
    }

    #[test]
    fn nobody_listens_for_a_time_or_a_number_of_connections() {
        let time = Outage::For(Duration::from_secs(2));
        assert_eq!(Effect::read("refuse=2s"), Some(Effect::Refuse(time)));
        let count = Outage::Connections(3);
        assert_eq!(Effect::read("refuse=3"), Some(Effect::Refuse(count)));
    }

    #[test]
    fn what_is_no_fault_is_refused() {
        let wrong =
            ["", "418", "503,", "503,retry-after=x", "latency=5", "refuse=0", "boom"];
        for text in wrong {
            assert_eq!(Effect::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_personal_access_token_loses_no_session() {
        let token =
            |token: &str| Call { token: Some(token.to_owned()), ..Call::default() };
        assert!(Effect::SessionLost.fits(&token("admin-1")));
        assert!(!Effect::SessionLost.fits(&token("$pat-admin-1")));
        assert!(Effect::PatExpired.fits(&token("$pat-admin-1")));
        assert!(!Effect::PatExpired.fits(&token("admin-1")));
    }
}
