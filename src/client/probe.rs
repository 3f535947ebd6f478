use super::{Error, Fingerprint, Http, Route, Timeouts, Transport, Trust};

/// The certificate that is shown at an address, whoever trusts it; nothing where the
/// address has none. Nothing is sent.
///
/// # Errors
/// Where nobody is there.
pub fn certificate_at(
    address: &str,
    route: &Route,
    timeouts: Timeouts,
) -> Result<Option<Fingerprint>, Error> {
    if address.trim_start().starts_with("http://") {
        return Ok(None);
    }
    let trust = Trust::Pin(Fingerprint::impossible());
    let http = Http::by(address, &Route { trust, ..route.clone() }, timeouts)?;
    match http.carry("AS", "") {
        Err(Error::Untrusted { source, .. }) => Ok(Some(source.found())),
        Err(error) => Err(error),
        Ok(_) => Ok(None),
    }
}
