//! From the settings of a profile to the way there.
use super::place::Server;
use crate::cli::mistake::Mistake;
use crate::cli::vault::{Slot, Sort, check_rights};
use crate::client::{Identity, Proxy, Route, Trust};

impl Server {
    pub(crate) fn route(&self, insecure: bool) -> Result<Route, Mistake> {
        Ok(Route {
            trust: self.trust(insecure),
            identity: self.identity()?,
            proxy: self.proxy(),
        })
    }

    /// Where a secret of this server is kept.
    pub(crate) fn slot(&self, sort: Sort) -> Slot<'_> {
        let store = self.settings.text("token_store").unwrap_or("auto");
        Slot { name: &self.name, sort, store }
    }

    fn trust(&self, insecure: bool) -> Trust {
        let pin = self.settings.text("pin").and_then(|pin| pin.parse().ok());
        match (insecure, pin, self.settings.path("ca_file")) {
            (true, ..) => Trust::Anything,
            (false, Some(pin), _) => Trust::Pin(pin),
            (false, None, Some(file)) => Trust::CaFile(file),
            (false, None, None) => Trust::System,
        }
    }

    /// The private key is a secret like others.
    fn identity(&self) -> Result<Option<Identity>, Mistake> {
        let Some(certificate) = self.settings.path("client_certificate") else {
            return Ok(None);
        };
        let key = self.settings.path("client_key").unwrap_or_else(|| certificate.clone());
        check_rights(&key)?;
        Ok(Some(Identity { certificate, key }))
    }

    fn proxy(&self) -> Proxy {
        match self.settings.text("proxy") {
            None | Some("none") => Proxy::None,
            Some(address) => Proxy::At {
                address: address.into(),
                except: self.settings.text("no_proxy").unwrap_or_default().to_owned(),
            },
        }
    }
}
