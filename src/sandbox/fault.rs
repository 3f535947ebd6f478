//! The server's refusals, made in one place.
use crate::wire::Fault;

const USER_FAILURE: &str = "ch.systemsx.cisd.common.exceptions.UserFailureException";
const INVALID_SESSION: &str =
    "ch.systemsx.cisd.common.exceptions.InvalidSessionException";
const MASKED: &str = "ch.systemsx.cisd.common.exceptions.MasqueradingException";
const MASQUERADING: &str = "ch.systemsx.cisd.common.exceptions.MasqueradingException";
const RUNTIME: &str = "java.lang.RuntimeException";

/// A refusal within an operation.
pub(crate) fn refused(message: impl Into<String>) -> Fault {
    fault(USER_FAILURE, message.into(), Some(String::new()))
}

/// A refusal before any operation begins: without a context.
pub(crate) fn refused_outright(message: impl Into<String>) -> Fault {
    fault(USER_FAILURE, message.into(), None)
}

/// A failure within an operation that the server did not foresee.
pub(crate) fn failed(message: impl Into<String>) -> Fault {
    fault(RUNTIME, message.into(), Some(String::new()))
}

/// A session that is none.
pub(crate) fn no_session(message: impl Into<String>) -> Fault {
    fault(INVALID_SESSION, message.into(), None)
}

/// What Java says about a null where none may be. Its own words change with its version.
pub(crate) fn null_pointer() -> Fault {
    failed("Cannot invoke a method because the object is null")
}

/// A failure that the server gives without its class and without a context.
pub(crate) fn masked(message: impl Into<String>) -> Fault {
    fault(MASKED, message.into(), None)
}

/// What the server says when it trips over a null where its mapper does not look: no message.
pub(crate) fn nameless() -> Fault {
    fault(MASKED, String::new(), None)
}

/// An id that names nothing: `SamplePermId` and its text.
pub(crate) fn not_found(class: &str, text: &str) -> Fault {
    refused(format!("Object with {class} = [{text}] has not been found."))
}

/// An object that the caller may not touch.
pub(crate) fn denied(class: &str, text: &str) -> Fault {
    refused(format!("Access denied to object with {class} = [{text}]."))
}

/// What comes of an id without its text: no message at all.
pub(crate) fn unnamed() -> Fault {
    fault(MASQUERADING, String::new(), None)
}

fn fault(class: &str, message: String, context: Option<String>) -> Fault {
    Fault { class: class.to_owned(), message, context }
}
