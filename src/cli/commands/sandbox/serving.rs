use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use crate::sandbox::Sandbox;
use crate::sandbox::faults::{Faults, Rule};
use crate::sandbox::http::{Certificate, Prefix, Server};

/// How it is served, and what goes wrong
#[derive(clap::Args, Debug)]
pub(super) struct Serving {
    /// Let something go wrong: `METHODS:WHEN:FAULT`, as told below. May be repeated
    #[arg(long = "fault", value_name = "RULE")]
    faults: Vec<Rule>,

    /// Let probabilities of faults fall the same way again
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    fault_seed: u64,

    /// Serve HTTPS with a self-signed certificate, which is kept with `--data`. Its
    /// fingerprint goes to stderr
    #[arg(long)]
    tls: bool,

    /// Make a new certificate in place of the one that is kept
    #[arg(long, requires = "tls")]
    tls_renew: bool,

    /// Answer beneath this path only: `/lab`
    #[arg(long, value_name = "PATH")]
    prefix: Option<Prefix>,
}

/// What is needed to serve.
pub(super) struct Service {
    faults: Faults,
    certificate: Option<Certificate>,
    prefix: Prefix,
}

impl Serving {
    /// Makes or reads the certificate for the address that is listened at.
    pub(super) fn begin(
        &self,
        listen: &str,
        data: Option<&Path>,
    ) -> anyhow::Result<Service> {
        let faults = Faults::seeded(self.fault_seed).killing(std::process::abort);
        self.faults.iter().for_each(|rule| faults.add(rule.clone()));
        let certificate = match self.tls {
            true => Some(self.certificate(host(listen), data)?),
            false => None,
        };
        Ok(Service {
            faults,
            certificate,
            prefix: self.prefix.clone().unwrap_or_default(),
        })
    }

    fn certificate(
        &self,
        host: &str,
        data: Option<&Path>,
    ) -> anyhow::Result<Certificate> {
        let Some(folder) = data else { return Ok(Certificate::new(host)?) };
        std::fs::create_dir_all(folder)?;
        Ok(Certificate::kept(folder, host, self.tls_renew)?)
    }
}

impl Service {
    pub(super) fn url(&self, address: SocketAddr) -> String {
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        format!("{scheme}://{address}{}", self.prefix)
    }

    /// Tells where it is: the URL on stdout, the fingerprint on stderr.
    pub(super) fn announce(&self, address: SocketAddr) -> anyhow::Result<()> {
        if let Some(certificate) = &self.certificate {
            let fingerprint = certificate.fingerprint()?;
            writeln!(std::io::stderr(), "the certificate is {fingerprint}")?;
        }
        writeln!(std::io::stdout(), "{}", self.url(address))?;
        Ok(())
    }

    pub(super) fn of(self, sandbox: Arc<Sandbox>) -> Server {
        let Self { faults, certificate, prefix } = self;
        Server { sandbox, faults, certificate, prefix }
    }
}

/// The host of an address with its port: `[::1]:8888`.
fn host(listen: &str) -> &str {
    let host = listen.rsplit_once(':').map_or(listen, |parts| parts.0);
    host.trim_start_matches('[').trim_end_matches(']')
}
