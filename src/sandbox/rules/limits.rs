//! What codes may be, and how long texts.
use crate::sandbox::fault::refused;
use crate::wire::Fault;

/// How much of a text that is too long is shown.
const SHOWN: usize = 500;

/// The code of a space, project or experiment, in capitals.
pub(crate) fn code(given: Option<&str>) -> Result<String, Fault> {
    let Some(given) = given.filter(|code| !code.is_empty()) else {
        return Err(refused("Code cannot be empty."));
    };
    legal_code(given)
}

/// A code that is there: legal characters, legal length, in capitals.
pub(crate) fn legal_code(given: &str) -> Result<String, Fault> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !given.chars().all(legal) {
        return Err(refused(format!("The code '{given}' contains illegal characters.")));
    }
    short_code(given)?;
    Ok(given.to_uppercase())
}

/// A code of at most 100 characters.
pub(crate) fn short_code(given: &str) -> Result<(), Fault> {
    if given.chars().count() <= 100 {
        return Ok(());
    }
    Err(refused(format!(
        "Given code '{given}' is either too short (minimal length: 1 character) or too long \
         (maximal length: 100 characters)."
    )))
}

/// A text that fits its column: `what` is the column's name for people.
pub(crate) fn length(what: &str, text: &str, most: usize) -> Result<(), Fault> {
    let count = text.chars().count();
    if count <= most {
        return Ok(());
    }
    let shown = if count > SHOWN {
        let start: String = text.chars().take(SHOWN).collect();
        format!("{start}... (complete value was {count} characters)")
    } else {
        text.to_owned()
    };
    Err(refused(format!(
        "Given {what} '{shown}' is too long (maximal length: {most} characters)."
    )))
}

/// A description of at most 2000 characters.
pub(crate) fn description(text: Option<&str>) -> Result<(), Fault> {
    text.map_or(Ok(()), |text| length("description", text, 2000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_kept_in_capitals() {
        assert_eq!(code(Some("abc-1.X_y")).as_deref(), Ok("ABC-1.X_Y"));
    }

    #[test]
    fn nothing_is_trimmed_from_a_code() {
        let fault = code(Some(" A")).unwrap_err();
        assert_eq!(fault.message, "The code ' A' contains illegal characters.");
    }
}
