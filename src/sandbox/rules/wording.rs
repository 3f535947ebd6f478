//! What codes and texts of masterdata may look like.
use super::limits;
use crate::sandbox::fault::refused;
use crate::wire::Fault;
use crate::wire::bean::View;

const LONGEST_CODE: usize = 100;
const LONGEST_TERM: usize = 50;
const LONGEST_LABEL: usize = 128;

/// The code of a type, a vocabulary or a group, in capitals.
pub(super) fn code(creation: View<'_>) -> Result<String, Fault> {
    match creation.text("code") {
        None | Some("") => Err(refused("Code cannot be empty.")),
        Some(code) => checked_code(code),
    }
}

/// A text that has to look like a code.
pub(super) fn checked_code(code: &str) -> Result<String, Fault> {
    let plain = code.strip_prefix('$').unwrap_or(code);
    if !plain.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)) {
        return Err(refused(format!(
            "Given code '{code}' contains illegal characters (allowed: A-Z, a-z, 0-9 and \
             _, -, .)"
        )));
    }
    length_of_code(code, LONGEST_CODE).map_err(refused)?;
    Ok(code.to_uppercase())
}

/// The code of a term, in capitals.
pub(super) fn term_code(creation: View<'_>) -> Result<String, Fault> {
    let code = creation.text("code").unwrap_or_default();
    if code.is_empty() {
        return Err(refused("Vocabulary term code cannot be null or empty."));
    }
    if !code.chars().all(|c| c.is_ascii_alphanumeric() || "_-:.".contains(c)) {
        return Err(invalid_terms(&format!(
            "Given term code '{}' contains illegal characters (allowed: A-Z, a-z, 0-9 and \
             '_', '-', ':', '.')",
            code.to_uppercase()
        )));
    }
    length_of_code(code, LONGEST_TERM).map_err(|text| invalid_terms(&text))?;
    let label = creation.text("label").unwrap_or_default();
    limits::length("label", label, LONGEST_LABEL)
        .map_err(|fault| invalid_terms(&fault.message))?;
    Ok(code.to_uppercase())
}

/// The label of a property type or term.
pub(super) fn label(text: &str) -> Result<(), Fault> {
    limits::length("label", text, LONGEST_LABEL)
}

fn length_of_code(code: &str, longest: usize) -> Result<(), String> {
    if code.chars().count() <= longest {
        return Ok(());
    }
    Err(format!(
        "Given code '{code}' is either too short (minimal length: 1 character) or too long \
         (maximal length: {longest} characters)."
    ))
}

fn invalid_terms(text: &str) -> Fault {
    refused(format!("Invalid terms:Invalid terms:\n{text}"))
}
