//! Many items in few calls, so that one that is bad does not keep the others out.
use crate::script::{ErrorKind, ScriptError, Session};

/// So many items go in one call.
const BATCH: usize = 1000;

/// Makes changes of items, many at a time. Where they are refused together, they are tried
/// in halves, until each bad one is known; those are told.
///
/// # Errors
/// What has nothing to do with the items: openBIS is not reached, a limit refuses.
pub(in crate::script) fn in_halves<T>(
    session: &Session,
    items: &[T],
    make: &mut dyn FnMut(&[T]) -> Result<(), ScriptError>,
    fail: &mut dyn FnMut(&T, ScriptError),
) -> Result<(), ScriptError> {
    let size = match session.host().desk.is_asynchronous() {
        true => items.len().max(1),
        false => BATCH,
    };
    for batch in items.chunks(size) {
        let mut left = vec![batch];
        while let Some(part) = left.pop() {
            stop_if_told(session)?;
            match (make(part), part) {
                (Ok(()), _) => {}
                (Err(error), _) if !is_of_items(&error) => return Err(error),
                (Err(error), [only]) => fail(only, error),
                (Err(_), several) => {
                    let (one, other) = several.split_at(several.len() / 2);
                    left.extend([other, one]);
                }
            }
        }
    }
    Ok(())
}

/// Ends what has many calls, where the script was stopped.
pub(super) fn stop_if_told(session: &Session) -> Result<(), ScriptError> {
    let cancel = &session.host().cancel;
    match cancel.load(std::sync::atomic::Ordering::Relaxed) {
        true => Err(ScriptError::new(ErrorKind::Cancelled, "the script was stopped")),
        false => Ok(()),
    }
}

/// Whether it is the items that were refused.
fn is_of_items(error: &ScriptError) -> bool {
    match error.kind {
        ErrorKind::NotFound
        | ErrorKind::Refused
        | ErrorKind::Invalid
        | ErrorKind::Conflict
        | ErrorKind::Unauthorized => true,
        ErrorKind::Script
        | ErrorKind::Syntax
        | ErrorKind::Usage
        | ErrorKind::Unreachable
        | ErrorKind::Timeout
        | ErrorKind::Limit
        | ErrorKind::Denied
        | ErrorKind::Cancelled
        | ErrorKind::Partial
        | ErrorKind::File => false,
    }
}
