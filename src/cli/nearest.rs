/// The known names that somebody may have meant, the nearest first: `` `a` or `b` ``.
pub(crate) fn nearest<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<String> {
    let mut near: Vec<(f64, &str)> = known
        .map(|other| (strsim::jaro_winkler(name, other), other))
        .filter(|(score, _)| *score > 0.8)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.truncate(3);
    let quoted: Vec<String> =
        near.into_iter().map(|(_, name)| format!("`{name}`")).collect();
    (!quoted.is_empty()).then(|| quoted.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_what_was_meant_and_a_stranger_finds_nothing() {
        let known = || ["bulk-tag", "archive-datasets"].into_iter();
        assert_eq!(nearest("bulktag", known()).as_deref(), Some("`bulk-tag`"));
        assert_eq!(nearest("xyz", known()), None);
    }
}
