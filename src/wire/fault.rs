//! A refusal by the server, in its own words.

/// What the server answers when it will not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// The Java class: `ch.systemsx.cisd.common.exceptions.UserFailureException`.
    pub class: String,
    /// What the server says, without the `(Context: …)` behind it.
    pub message: String,
    /// The steps it was at, innermost first, where it tells.
    pub context: Option<String>,
}

/// What kind of refusal it is: told by the message, since the code is always 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// "Object with … has not been found."
    NotFound,
    /// "Access denied …", "Authorization failure …", "does not have enough privileges".
    Unauthorized,
    /// "Session token … is invalid", "Session no longer available".
    SessionLost,
    /// "… already exists …", "needs to be unique".
    Conflict,
    /// Anything else the server will not do.
    Refused,
}
