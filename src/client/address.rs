use url::Url;

/// Why a text is no address of an openBIS.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotAnAddress {
    #[error(transparent)]
    Unreadable(#[from] url::ParseError),
    #[error("an address holds no user and no password here: it would be shown")]
    Telling,
}

/// The address that openBIS's own paths are put behind: without `/openbis` and what follows.
pub(super) fn base(address: &str) -> Result<String, NotAnAddress> {
    let address = address.trim();
    let url = if address.contains("://") {
        Url::parse(address)?
    } else {
        Url::parse(&format!("https://{address}"))?
    };
    if !url.has_host() {
        return Err(url::ParseError::EmptyHost.into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(NotAnAddress::Telling);
    }
    let path: Vec<&str> =
        url.path().split('/').take_while(|part| *part != "openbis").collect();
    let origin = url.origin().ascii_serialization();
    Ok(format!("{origin}{}", path.join("/")).trim_end_matches('/').to_owned())
}

/// An address for people: without the user and password that somebody put into it.
pub fn shown(address: &str) -> String {
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), address),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let start = rest[..end].rfind('@').map_or(0, |at| at + 1);
    format!("{scheme}{}", &rest[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_people_write_it() {
        let cases = [
            ("localhost:8888", "https://localhost:8888"),
            ("http://127.0.0.1:8888/", "http://127.0.0.1:8888"),
            ("http://[::1]:8888/lab", "http://[::1]:8888/lab"),
            ("https://host/prefix", "https://host/prefix"),
            ("https://host/prefix/openbis", "https://host/prefix"),
            ("https://host/openbis/webapp/eln-lims/?x=1", "https://host"),
            ("https://host/openbis/openbis/", "https://host"),
        ];
        for (address, expected) in cases {
            assert_eq!(base(address).unwrap(), expected, "{address}");
        }
    }

    #[test]
    fn an_address_with_a_password_is_refused_and_shown_without_it() {
        for address in ["https://ann:geheim@host/x", "ann:geheim@host/x", "ann@host/x"] {
            assert!(matches!(base(address), Err(NotAnAddress::Telling)), "{address}");
            assert!(shown(address).ends_with("host/x"), "{address}");
            assert!(!shown(address).contains("geheim"), "{address}");
        }
        assert_eq!(shown("https://host/a@b"), "https://host/a@b");
    }
}
