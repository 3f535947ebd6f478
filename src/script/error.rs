use rhai::{Dynamic, EvalAltResult, Position};

use crate::client::{Error as ClientError, Late};
use crate::ledger;
use crate::model::{NotAnId, UnknownField};
use crate::wire::Refusal;

/// What sort of thing went wrong; decides heading and exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The script itself is wrong while it runs: a type, a name, an index, a `throw`.
    Script,
    /// The script cannot be read.
    Syntax,
    /// The recipe was called wrongly: an unknown, missing or mistyped parameter.
    Usage,
    NotFound,
    Unauthorized,
    /// openBIS will not.
    Refused,
    /// A value that cannot be right, found before anything was sent.
    Invalid,
    Conflict,
    Unreachable,
    Timeout,
    /// Too much: changes, memory, time.
    Limit,
    /// Not permitted to this script.
    Denied,
    Cancelled,
    /// Some of it was done.
    Partial,
    /// A file could not be read or written.
    File,
}

impl ErrorKind {
    /// With the words that scripts see in `e.kind`.
    pub const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Script, "script"),
        (Self::Syntax, "syntax"),
        (Self::Usage, "usage"),
        (Self::NotFound, "not_found"),
        (Self::Unauthorized, "unauthorized"),
        (Self::Refused, "refused"),
        (Self::Invalid, "invalid"),
        (Self::Conflict, "conflict"),
        (Self::Unreachable, "unreachable"),
        (Self::Timeout, "timeout"),
        (Self::Limit, "limit"),
        (Self::Denied, "denied"),
        (Self::Cancelled, "cancelled"),
        (Self::Partial, "partial"),
        (Self::File, "file"),
    ];

    pub fn name(self) -> &'static str {
        let row = Self::NAMES.iter().find(|row| row.0 == self);
        row.expect("every kind has a row").1
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|row| row.1 == name).map(|row| row.0)
    }
}

/// An error as scripts catch it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ScriptError {
    pub kind: ErrorKind,
    pub message: String,
    /// What to do next.
    pub hints: Vec<String>,
}

/// What functions of a script give.
pub(super) type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

impl ScriptError {
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hints: Vec::new() }
    }

    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, message)
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotFound, message)
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Whether the same call may work a moment later.
    pub fn is_retryable(&self) -> bool {
        matches!(self.kind, ErrorKind::Unreachable | ErrorKind::Timeout)
    }
}

impl From<ScriptError> for Box<EvalAltResult> {
    fn from(error: ScriptError) -> Self {
        Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(error), Position::NONE))
    }
}

impl From<ClientError> for ScriptError {
    fn from(error: ClientError) -> Self {
        let kind = client_kind(&error);
        let told = Self::new(kind, error.to_string());
        match error {
            ClientError::NoServer => told.hint(
                "`--url`, `--profile` or `OPENBIS_URL` names one; `--sandbox` is one in \
                 the process",
            ),
            ClientError::NoSecret { hints, .. } => {
                hints.into_iter().fold(told, Self::hint)
            }
            ClientError::Untrusted { source, .. } => {
                let why = Self { message: format!("{}: {source}", told.message), ..told };
                source.hints().into_iter().fold(why, Self::hint)
            }
            ClientError::NotAs { user, .. } => told.hint(format!(
                "the password is wrong, `{user}` is no administrator of the instance, or \
                 there is no such other person"
            )),
            ClientError::Timeout { late, .. } => told
                .hint("the server may still be busy with it: look before trying again")
                .hint(match late {
                    Late::Silent(_) => "`--read-timeout=10m` waits longer for it",
                    Late::Slow(_) => "`--timeout=1h` lets it take longer",
                }),
            ClientError::Unavailable { .. } | ClientError::Resting { .. } => told.hint(
                "it has too much to do, or is being maintained: `--max-wait=1h` waits \
                 longer for it",
            ),
            ClientError::Undecided { .. } => told.hint(
                "it may have been done: the server is asked by the execution before \
                 anything of it is sent again",
            ),
            ClientError::Refused(fault) if fault.refusal() == Refusal::Maintenance => {
                told.hint(
                    "openBIS is being maintained: `--max-wait=1h` waits longer for it",
                )
            }
            ClientError::Refused(_)
            | ClientError::RolledBack { .. }
            | ClientError::Unreachable { .. }
            | ClientError::Lost { .. }
            | ClientError::Cancelled
            | ClientError::NotOpenbis { .. }
            | ClientError::WrongPassword { .. }
            | ClientError::NotAnonymously { .. }
            | ClientError::NoCredentials => told,
        }
    }
}

impl From<ledger::Error> for ScriptError {
    /// Nothing is sent that cannot be written down.
    fn from(error: ledger::Error) -> Self {
        let causes =
            std::iter::successors(std::error::Error::source(&error), |e| e.source());
        let causes: Vec<String> = causes.map(ToString::to_string).collect();
        let message = match causes.is_empty() {
            true => error.to_string(),
            false => format!("{error}: {}", causes.join(": ")),
        };
        Self::new(ErrorKind::File, message).hint("nothing was sent that is not in it")
    }
}

/// What sort of error of the client it is.
pub(super) fn client_kind(error: &ClientError) -> ErrorKind {
    match error {
        ClientError::Refused(fault) | ClientError::RolledBack { fault, .. } => {
            refusal(fault.refusal())
        }
        ClientError::Unreachable { .. }
        | ClientError::Lost { .. }
        | ClientError::Unavailable { .. }
        | ClientError::Resting { .. }
        | ClientError::Undecided { .. }
        | ClientError::Untrusted { .. }
        | ClientError::NotOpenbis { .. } => ErrorKind::Unreachable,
        ClientError::Cancelled => ErrorKind::Cancelled,
        ClientError::Timeout { .. } => ErrorKind::Timeout,
        ClientError::NoServer => ErrorKind::Usage,
        ClientError::WrongPassword { .. }
        | ClientError::NotAs { .. }
        | ClientError::NotAnonymously { .. }
        | ClientError::NoCredentials
        | ClientError::NoSecret { .. } => ErrorKind::Unauthorized,
    }
}

fn refusal(refusal: Refusal) -> ErrorKind {
    match refusal {
        Refusal::NotFound => ErrorKind::NotFound,
        Refusal::Unauthorized | Refusal::SessionLost => ErrorKind::Unauthorized,
        Refusal::Conflict => ErrorKind::Conflict,
        Refusal::Maintenance => ErrorKind::Unreachable,
        Refusal::Refused => ErrorKind::Refused,
    }
}

impl From<NotAnId> for ScriptError {
    fn from(error: NotAnId) -> Self {
        let hint = format!("expected {}", error.expected);
        Self::invalid(error.to_string()).hint(hint)
    }
}

impl From<UnknownField> for ScriptError {
    fn from(error: UnknownField) -> Self {
        Self::new(ErrorKind::Script, error.to_string())
    }
}
