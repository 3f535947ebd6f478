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
    /// "Login is disabled by the administrator.": it will do it later.
    Maintenance,
    /// Anything else the server will not do.
    Refused,
}

const INVALID_SESSION: &str =
    "ch.systemsx.cisd.common.exceptions.InvalidSessionException";
const CONTEXT: &str = " (Context: ";

/// What a message contains, and what that tells; the first that fits counts.
const SIGNS: &[(&str, Refusal)] = &[
    ("user is not logged in", Refusal::SessionLost),
    ("Session no longer available", Refusal::SessionLost),
    ("Access denied", Refusal::Unauthorized),
    ("Authorization failure", Refusal::Unauthorized),
    ("does not have enough privileges", Refusal::Unauthorized),
    ("is not allowed to", Refusal::Unauthorized),
    ("is not permitted to login", Refusal::Unauthorized),
    ("cannot be used to manage", Refusal::Unauthorized),
    ("don't have rights", Refusal::Unauthorized),
    ("Login is disabled", Refusal::Maintenance),
    ("already exists", Refusal::Conflict),
    ("needs to be unique", Refusal::Conflict),
    ("duplicate key value violates unique constraint", Refusal::Conflict),
    ("is already assigned to", Refusal::Conflict),
    ("has not been found", Refusal::NotFound),
    ("No external data management system found", Refusal::NotFound),
    ("NoSuchFileException", Refusal::NotFound),
];

impl Fault {
    /// A fault from what the error envelope says.
    pub fn told(class: impl Into<String>, message: &str) -> Self {
        let class = class.into();
        let Some((message, context)) = message.rsplit_once(CONTEXT) else {
            return Self { class, message: message.to_owned(), context: None };
        };
        let context = context.strip_suffix(')').unwrap_or(context);
        Self { class, message: message.to_owned(), context: Some(context.to_owned()) }
    }

    /// What kind of refusal it is.
    pub fn refusal(&self) -> Refusal {
        if self.class == INVALID_SESSION {
            return Refusal::SessionLost;
        }
        let sign = SIGNS.iter().find(|(text, _)| self.message.contains(text));
        sign.map_or(Refusal::Refused, |sign| sign.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USER: &str = "ch.systemsx.cisd.common.exceptions.UserFailureException";

    #[track_caller]
    fn tells(message: &str, refusal: Refusal) {
        assert_eq!(Fault::told(USER, message).refusal(), refusal, "{message}");
    }

    #[test]
    fn the_context_is_split_off() {
        let fault = Fault::told(
            USER,
            "Object with SpacePermId = [NO] has not been found. (Context: [])",
        );
        assert_eq!(fault.message, "Object with SpacePermId = [NO] has not been found.");
        assert_eq!(fault.context.as_deref(), Some("[]"));
    }

    #[test]
    fn refusals_are_told_by_their_messages() {
        tells(
            "Object with SpacePermId = [NO] has not been found. (Context: [])",
            Refusal::NotFound,
        );
        tells("Access denied to object with SpacePermId = [A].", Refusal::Unauthorized);
        tells(
            "Authorization failure: ERROR: \"No role assignments could be found for user 'x'.\".",
            Refusal::Unauthorized,
        );
        tells(
            "Space already exists in the database and needs to be unique. (Context: [])",
            Refusal::Conflict,
        );
        tells("Session no longer available. Please login again.", Refusal::SessionLost);
        tells("Code cannot be empty.", Refusal::Refused);
        tells(
            "Project 'P' can not be deleted because the following experiments still exist: [E1]",
            Refusal::Refused,
        );
    }

    #[test]
    fn an_invalid_session_is_told_by_its_class() {
        let fault =
            Fault::told(INVALID_SESSION, "Personal access token is no longer valid.");
        assert_eq!(fault.refusal(), Refusal::SessionLost);
    }
}
