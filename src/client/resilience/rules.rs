//! What may be repeated: the table.
use std::time::Duration;

use crate::client::Error;
use crate::wire::{Call, Refusal};

/// Calls that are treated alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::client) enum Group {
    /// Changes nothing.
    Read,
    /// Draws numbers and codes: those that are lost do no harm.
    Draw,
    /// Begins a session: one more does little harm.
    Login,
    /// Ends a session: it may have ended already.
    Logout,
    /// A transaction with a name: carried out once, however often it is sent.
    Change,
    /// A transaction that the server gives its name.
    Later,
}

/// What went wrong, as far as it matters for repeating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::client) enum Failure {
    /// Nothing was sent: refused connections, names that lead nowhere.
    NotSent,
    /// The connection broke, the time was over, the answer was cut.
    Lost,
    /// 429, 502, 503, 504.
    Unavailable,
    /// Something else answered, or something unreadable.
    Garbage,
    /// "Login is disabled by the administrator."
    LoginDisabled,
    /// The last word.
    Final,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::client) enum Repeats {
    Never,
    Once,
    /// As often as the settings say.
    Freely,
    /// The same, after asking the server what became of it.
    AfterAsking,
}

use Failure::*;
use Repeats::*;

/// What may be repeated, by group: after nothing was sent, an answer was lost, the server
/// had no time, something strange answered.
const TABLE: &[(Group, [Repeats; 4])] = &[
    (Group::Read, [Freely, Freely, Freely, Once]),
    (Group::Draw, [Freely, Freely, Freely, Once]),
    (Group::Login, [Freely, Once, Freely, Once]),
    (Group::Logout, [Once, Once, Once, Never]),
    (Group::Change, [Freely, AfterAsking, AfterAsking, AfterAsking]),
    (Group::Later, [Freely, Never, Never, Never]),
];

const COLUMNS: [Failure; 4] = [NotSent, Lost, Unavailable, Garbage];

impl Group {
    pub(in crate::client) fn of(call: &Call<'_>) -> Self {
        match call {
            Call::Login { .. } | Call::LoginAs { .. } | Call::LoginAnonymously => {
                Self::Login
            }
            Call::Logout => Self::Logout,
            Call::IsSessionActive
            | Call::SessionInformation
            | Call::ServerInformation
            | Call::Get { .. }
            | Call::Search { .. }
            | Call::Executed { .. } => Self::Read,
            Call::PermIds { .. } | Call::Codes { .. } => Self::Draw,
            Call::Any(asked) if reads(asked.name()) => Self::Read,
            Call::Any(_) | Call::Change { .. } => Self::Later,
            Call::Execute { .. } => Self::Change,
        }
    }

    /// How often a call of this group is repeated after such a failure.
    pub(in crate::client) fn repeats(self, failure: Failure) -> Repeats {
        if failure == LoginDisabled {
            return if self == Self::Login { Freely } else { Never };
        }
        let row = TABLE.iter().find(|row| row.0 == self);
        let column = COLUMNS.iter().position(|column| *column == failure);
        row.zip(column).map_or(Never, |(row, column)| row.1[column])
    }
}

/// Whether a method changes nothing, by its name.
fn reads(method: &str) -> bool {
    ["get", "search", "is"].iter().any(|word| method.starts_with(word))
}

impl Failure {
    pub(in crate::client) fn of(error: &Error) -> Self {
        match error {
            Error::Unreachable { .. } => Self::NotSent,
            Error::Lost { .. } | Error::Timeout { .. } => Self::Lost,
            Error::Unavailable { .. } => Self::Unavailable,
            Error::NotOpenbis { .. } => Self::Garbage,
            Error::Refused(fault) if fault.refusal() == Refusal::Maintenance => {
                Self::LoginDisabled
            }
            // The name of an execution is taken: the one that took it is not over.
            Error::Refused(fault) if fault.message.starts_with("Operation execution") => {
                Self::Lost
            }
            Error::Refused(_)
            | Error::RolledBack { .. }
            | Error::Undecided { .. }
            | Error::Resting { .. }
            | Error::Cancelled
            | Error::WrongPassword { .. }
            | Error::NotAs { .. }
            | Error::NotAnonymously { .. }
            | Error::NoCredentials
            | Error::NoSecret { .. }
            | Error::Untrusted { .. }
            | Error::NoServer => Self::Final,
        }
    }

    /// Whether it is what a maintenance looks like, which is waited out.
    pub(in crate::client) fn is_maintenance(self) -> bool {
        matches!(self, Self::NotSent | Self::Unavailable | Self::LoginDisabled)
    }
}

/// When the server wants to be asked again.
pub(in crate::client) fn retry_after(error: &Error) -> Option<Duration> {
    if let Error::Unavailable { retry_after, .. } = error { *retry_after } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_its_row() {
        let groups = [
            Group::Read,
            Group::Draw,
            Group::Login,
            Group::Logout,
            Group::Change,
            Group::Later,
        ];
        for group in groups {
            assert!(TABLE.iter().any(|row| row.0 == group), "{group:?}");
        }
        assert_eq!(TABLE.len(), groups.len());
    }

    #[test]
    fn what_changes_something_is_never_repeated_without_asking() {
        for failure in [Lost, Unavailable, Garbage] {
            assert_eq!(Group::Change.repeats(failure), AfterAsking);
            assert_eq!(Group::Later.repeats(failure), Never);
        }
    }

    #[test]
    fn the_last_word_is_not_discussed() {
        assert_eq!(Group::Read.repeats(Final), Never);
    }

    #[test]
    fn only_a_login_waits_for_logins_to_be_enabled() {
        assert_eq!(Group::Login.repeats(LoginDisabled), Freely);
        assert_eq!(Group::Read.repeats(LoginDisabled), Never);
    }
}
