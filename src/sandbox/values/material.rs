//! Materials as values: `CODE (TYPE)`.
use super::{Materials, Refusal};

/// The material that a text names: by code and type, or by its code alone where the property
/// takes one type only.
pub(super) fn checked(materials: &Materials<'_>, text: &str) -> Result<String, Refusal> {
    let upper = text.trim().to_uppercase();
    let split = upper.strip_suffix(')').and_then(|rest| rest.split_once(" ("));
    let (code, of) =
        split.or(materials.wanted.map(|of| (&*upper, of))).unwrap_or((&upper, ""));
    let name = format!("{code} ({of})");
    if !(materials.has)(code, of) {
        let shown = if of.is_empty() { text } else { &name };
        return Err(Refusal::User(format!(
            "No material could be found for identifier '{shown}'."
        )));
    }
    match materials.wanted {
        Some(wanted) if wanted != of => Err(Refusal::User(format!(
            "Material '{name}' is of wrong type. Expected: '{wanted}'."
        ))),
        Some(_) | None => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(wanted: Option<&str>, text: &str) -> Result<String, Refusal> {
        let has = |code: &str, of: &str| (code, of) == ("G1", "GENE");
        checked(&Materials { wanted, has: &has }, text)
    }

    #[test]
    fn a_code_is_enough_where_the_property_takes_one_type() {
        assert_eq!(kept(Some("GENE"), "g1"), Ok("G1 (GENE)".to_owned()));
        assert_eq!(kept(None, "G1 (GENE)"), Ok("G1 (GENE)".to_owned()));
        let refusal = "No material could be found for identifier 'G1'.".to_owned();
        assert_eq!(kept(None, "G1"), Err(Refusal::User(refusal)));
    }

    #[test]
    fn a_material_of_another_type_is_refused() {
        let refusal =
            "Material 'G1 (GENE)' is of wrong type. Expected: 'VIRUS'.".to_owned();
        assert_eq!(kept(Some("VIRUS"), "G1 (GENE)"), Err(Refusal::User(refusal)));
    }
}
