//! openBIS over HTTP, on one connection that is kept alive.
mod visiting;

use std::io::Read;
use std::string::FromUtf8Error;
use std::time::{Duration, Instant};

use reqwest::blocking;

use super::error::{Cause, Late};
use super::{
    Answer, Error, Route, Transport, Visit, Visited, address, retry_after, verifier,
};

/// How long to wait for what.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For the connection.
    pub connect: Duration,
    /// For the beginning of the answer, and for each further piece of it.
    pub read: Duration,
    /// For the whole answer; looked at when a piece comes.
    pub total: Duration,
}

impl Timeouts {
    /// How long nothing may come.
    fn silence(self) -> Duration {
        self.read.min(self.total)
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        let [connect, read, total] = [10, 120, 600].map(Duration::from_secs);
        Self { connect, read, total }
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
        Self::by(address, &Route::default(), timeouts)
    }

    /// The same by a way of its own.
    ///
    /// # Errors
    /// [`Error::Unreachable`] where the text is no address, or where a file that the route
    /// names cannot be used.
    pub fn by(address: &str, route: &Route, timeouts: Timeouts) -> Result<Self, Error> {
        let base = address::base(address)
            .map_err(|source| Error::unreachable(&address::shown(address), source))?;
        let client = connection(route, timeouts)
            .map_err(|source| Error::unreachable(&base, source))?;
        Ok(Self { client, base, timeouts })
    }

    fn failed(&self, error: reqwest::Error) -> Error {
        let url = self.base.clone();
        if let Some(source) = verifier::distrust(&error) {
            return Error::Untrusted { url, source };
        }
        if error.is_timeout() && !error.is_connect() {
            let late = Late::Silent(self.timeouts.silence());
            return Error::Timeout { url, late };
        }
        let (was_sent, source) = (!error.is_connect(), Box::new(error.without_url()));
        match was_sent {
            true => Error::Lost { url, source },
            false => Error::Unreachable { url, source },
        }
    }

    /// The whole answer, piece by piece: each may take its time, and all together.
    fn body(
        &self,
        mut response: blocking::Response,
        begun: Instant,
    ) -> Result<String, Error> {
        let (mut body, mut piece) = (Vec::new(), vec![0; PIECE]);
        loop {
            match response.read(&mut piece).map_err(|error| self.broken(error))? {
                0 => break,
                length => body.extend_from_slice(&piece[..length]),
            }
            if begun.elapsed() >= self.timeouts.total {
                let (url, late) = (self.base.clone(), Late::Slow(self.timeouts.total));
                return Err(Error::Timeout { url, late });
            }
        }
        let lossy =
            |error: FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
        Ok(String::from_utf8(body).unwrap_or_else(lossy))
    }

    /// An answer that did not come to its end.
    fn broken(&self, error: std::io::Error) -> Error {
        match error.downcast::<reqwest::Error>() {
            Ok(error) => self.failed(error),
            Err(error) => Error::Lost { url: self.base.clone(), source: error.into() },
        }
    }
}

/// How much of an answer is taken at once.
const PIECE: usize = 64 << 10;

fn connection(route: &Route, timeouts: Timeouts) -> Result<blocking::Client, Cause> {
    let builder = blocking::Client::builder()
        .connect_timeout(timeouts.connect)
        .timeout(timeouts.silence())
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("rhobis/", env!("CARGO_PKG_VERSION")))
        .tls_backend_preconfigured(verifier::tls(route)?)
        .no_proxy();
    Ok(match route.proxy.chosen()? {
        Some(proxy) => builder.proxy(proxy).build()?,
        None => builder.build()?,
    })
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
        let begun = Instant::now();
        let response = post.send().map_err(|error| self.failed(error))?;
        let status = response.status();
        if matches!(status.as_u16(), 429 | 502..=504) {
            let retry_after = retry_after::of(response.headers());
            let (url, status) = (self.base.clone(), status.as_u16());
            return Err(Error::Unavailable { url, status, retry_after });
        }
        Ok(Answer { status: status.as_u16(), body: self.body(response, begun)? })
    }

    fn visit(&self, visit: &Visit) -> Result<Visited, Error> {
        self.go(visit)
    }
}

impl Error {
    fn unreachable(url: &str, source: impl Into<Cause>) -> Self {
        Self::Unreachable { url: url.to_owned(), source: source.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
