//! openBIS over HTTP, on one connection that is kept alive.
use std::time::Duration;

use reqwest::blocking;
use url::Url;

use super::{Answer, Error, Transport};

/// How long to wait for what.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For the connection.
    pub connect: Duration,
    /// For the whole answer.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), total: Duration::from_secs(120) }
    }
}

/// An openBIS at a web address.
pub struct Http {
    client: blocking::Client,
    base: String,
    timeouts: Timeouts,
}

const APPLICATION_SERVER: &str = "/openbis/openbis/rmi-application-server-v3.json";
const DATA_STORE_SERVER: &str = "/datastore_server/rmi-data-store-server-v3.json";

impl Http {
    /// An openBIS at an address as people write it: `host`, `https://host/prefix`,
    /// `https://host/openbis/webapp/eln-lims/`.
    ///
    /// # Errors
    /// [`Error::Unreachable`] where the text is no address.
    pub fn new(address: &str, timeouts: Timeouts) -> Result<Self, Error> {
        let base = base(address).map_err(|source| Error::unreachable(address, source))?;
        // Only the first provider of a process counts: one that is there already will do.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = blocking::Client::builder()
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.total)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("rhobis/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|source| Error::unreachable(&base, source))?;
        Ok(Self { client, base, timeouts })
    }

    fn failed(&self, error: reqwest::Error) -> Error {
        let url = self.base.clone();
        if error.is_timeout() && !error.is_connect() {
            return Error::Timeout { url, seconds: self.timeouts.total.as_secs() };
        }
        Error::unreachable(&url, error.without_url())
    }
}

impl Transport for Http {
    fn url(&self) -> &str {
        &self.base
    }

    fn carry(&self, service: &str, request: &str) -> Result<Answer, Error> {
        let path = if service == "DSS" { DATA_STORE_SERVER } else { APPLICATION_SERVER };
        let post = self
            .client
            .post(format!("{}{path}", self.base))
            .header("Content-Type", "application/json")
            .body(request.to_owned());
        let response = post.send().map_err(|error| self.failed(error))?;
        let status = response.status();
        if matches!(status.as_u16(), 502..=504) {
            let found = format!("the server in front of it says {status}");
            return Err(Error::unreachable(&self.base, found));
        }
        let body = response.text().map_err(|error| self.failed(error))?;
        Ok(Answer { status: status.as_u16(), body })
    }
}

impl Error {
    fn unreachable(
        url: &str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Unreachable { url: url.to_owned(), source: source.into() }
    }
}

/// The address that openBIS's own paths are put behind: without `/openbis` and what follows.
fn base(address: &str) -> Result<String, url::ParseError> {
    let address = address.trim();
    let url = if address.contains("://") {
        Url::parse(address)?
    } else {
        Url::parse(&format!("https://{address}"))?
    };
    if !url.has_host() {
        return Err(url::ParseError::EmptyHost);
    }
    let path: Vec<&str> =
        url.path().split('/').take_while(|part| *part != "openbis").collect();
    let origin = url.origin().ascii_serialization();
    Ok(format!("{origin}{}", path.join("/")).trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_people_write_it() {
        let cases = [
            ("localhost:8888", "https://localhost:8888"),
            ("http://127.0.0.1:8888/", "http://127.0.0.1:8888"),
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
    fn what_is_no_address_is_refused() {
        assert!(Http::new("https://", Timeouts::default()).is_err());
        assert!(Http::new("a b", Timeouts::default()).is_err());
    }

    #[test]
    fn nobody_listening_means_unreachable() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let http = Http::new(&address, Timeouts::default()).unwrap();
        let error = http.carry("AS", "{}").unwrap_err();
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    }
}
