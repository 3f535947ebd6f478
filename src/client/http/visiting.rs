use super::Http;
use crate::client::visit::{Verb, Visit, Visited};
use crate::client::{Error, retry_after};

impl Http {
    pub(super) fn go(&self, visit: &Visit) -> Result<Visited, Error> {
        let mut url = url::Url::parse(&self.address(&visit.url)?)
            .map_err(|source| Error::unreachable(&visit.url, source))?;
        for (name, value) in &visit.query {
            url.query_pairs_mut().append_pair(name, value);
        }
        let request = match visit.verb {
            Verb::Get => self.client.get(url),
            Verb::Post => self.client.post(url).body(visit.body.clone()),
        };
        let named = visit.headers.iter();
        let request = named.fold(request, |it, (name, value)| it.header(*name, value));
        let response = request.send().map_err(|error| self.failed(error))?;
        let status = response.status().as_u16();
        if matches!(status, 429 | 502..=504) {
            let retry_after = retry_after::of(response.headers());
            return Err(Error::Unavailable {
                url: self.base.clone(),
                status,
                retry_after,
            });
        }
        Ok(Visited { status, body: Box::new(response) })
    }

    /// The whole address. A token that goes by HTTPS to openBIS goes nowhere without it.
    fn address(&self, url: &str) -> Result<String, Error> {
        if url.starts_with('/') {
            return Ok(format!("{}{url}", self.base));
        }
        if self.base.starts_with("https://") && !url.starts_with("https://") {
            let found = format!("it leads to `{url}`, which is not encrypted");
            return Err(Error::NotOpenbis { url: self.base.clone(), found });
        }
        Ok(url.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Timeouts;

    #[test]
    fn a_token_does_not_leave_https() {
        let http = Http::new("https://lab.example.org/x", Timeouts::default()).unwrap();
        let address = |url: &str| http.address(url);
        assert_eq!(address("/a/api").unwrap(), "https://lab.example.org/x/a/api");
        let other = "https://files.example.org/api";
        assert_eq!(address(other).unwrap(), other);
        assert!(matches!(
            address("http://files.example.org/api"),
            Err(Error::NotOpenbis { .. })
        ));
    }
}
