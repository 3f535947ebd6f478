//! Links to pages and files.
use super::{Refusal, improper};

const PROTOCOLS: [&str; 3] = ["http://", "https://", "ftp://"];

pub(super) fn checked(text: &str) -> Result<String, Refusal> {
    if !PROTOCOLS.iter().any(|protocol| text.starts_with(protocol)) {
        let protocols = PROTOCOLS.join(", ");
        return Err(Refusal::User(format!(
            "Hyperlink '{text}' should start with one of the following protocols: \
             '[{protocols}]'"
        )));
    }
    if text.contains(['<', '>', '(', ')', '[', ']']) {
        return Err(improper("Hyperlink", text, ""));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_begins_with_a_protocol_in_small_letters() {
        for text in ["http://", "https://a.b/c?d=e&f=g#h", "ftp://a.b", "http://a b"] {
            assert_eq!(checked(text), Ok(text.to_owned()));
        }
        for text in ["file:///a", "www.a.b", "HTTP://A.B", " http://a.b"] {
            let Err(Refusal::User(message)) = checked(text) else { panic!("{text}") };
            assert!(message.ends_with("protocols: '[http://, https://, ftp://]'"));
        }
    }

    #[test]
    fn a_link_has_no_brackets() {
        let message = "Hyperlink value 'http://a<b' has improper format.".to_owned();
        assert_eq!(checked("http://a<b"), Err(Refusal::User(message)));
        assert!(checked("http://a[1]").is_err());
    }
}
