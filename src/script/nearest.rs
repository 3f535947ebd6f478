//! Names that somebody may have meant.

/// The nearest of the names, if it is near at all.
pub(super) fn best<S: AsRef<str>>(wanted: &str, names: &[S]) -> Option<String> {
    several(wanted, names, 1).into_iter().next()
}

/// The nearest names, nearest first, as far as they are near.
pub(super) fn several<S: AsRef<str>>(
    wanted: &str,
    names: &[S],
    most: usize,
) -> Vec<String> {
    let wanted = wanted.to_lowercase();
    let mut rated: Vec<(f64, &str)> = names
        .iter()
        .map(|name| (likeness(&wanted, &name.as_ref().to_lowercase()), name.as_ref()))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    rated.dedup_by(|a, b| a.1 == b.1);
    rated.into_iter().take(most).map(|(_, name)| name.to_owned()).collect()
}

/// From here on a name is near.
const NEAR: f64 = 0.55;

fn likeness(a: &str, b: &str) -> f64 {
    let edits = strsim::normalized_damerau_levenshtein(a, b);
    let within = a.len() >= 3 && b.contains(a);
    if within { edits.max(0.7) } else { edits }
}

/// A hint that names the nearest, or else all there are.
pub fn hint<S: AsRef<str>>(wanted: &str, names: &[S]) -> Option<String> {
    let near = several(wanted, names, 3);
    if !near.is_empty() {
        let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
        return Some(format!("did you mean {}?", near.join(" or ")));
    }
    if names.is_empty() || names.len() > 40 {
        return None;
    }
    let all: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    Some(format!("there are: {}", all.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_comes_first() {
        assert_eq!(best("LABB", &["DEFAULT", "LAB", "ELN"]), Some("LAB".to_owned()));
    }

    #[test]
    fn what_is_far_is_not_suggested() {
        assert_eq!(best("XYZ", &["DEFAULT", "LAB"]), None);
    }
}
