use std::fmt;
use std::str::FromStr;

/// A path that stands before all others: empty, or `/like/this`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefix(String);

/// Why a text is no prefix.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a prefix is a path like `/lab`, of letters, digits, `-`, `_` and `.`")]
pub struct BadPrefix;

impl FromStr for Prefix {
    type Err = BadPrefix;

    fn from_str(text: &str) -> Result<Self, BadPrefix> {
        let path = text.trim_end_matches('/');
        let Some(inside) = path.strip_prefix('/') else { return Err(BadPrefix) };
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let is_name =
            |part: &str| !matches!(part, "" | "." | "..") && part.chars().all(plain);
        match inside.split('/').all(is_name) {
            true => Ok(Self(path.to_owned())),
            false => Err(BadPrefix),
        }
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_plain_path() {
        for text in ["/lab", "/a/b-c_d.e", "/lab/"] {
            let prefix: Prefix = text.parse().unwrap();
            assert_eq!(prefix.to_string(), text.trim_end_matches('/'));
        }
        for text in ["", "/", "lab", "//", "/a//b", "/a/../b", "/{x}", "/a b"] {
            assert_eq!(text.parse::<Prefix>(), Err(BadPrefix), "{text}");
        }
    }
}
