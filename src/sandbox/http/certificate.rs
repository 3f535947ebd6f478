//! The self-signed certificate of a sandbox that speaks HTTPS.
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use tokio_rustls::TlsAcceptor;

/// A certificate and its key, in PEM.
pub struct Certificate {
    certificate: String,
    key: String,
}

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no certificate can be made")]
    Made(#[from] rcgen::Error),
    #[error("`{}` cannot be used", path.display())]
    File { path: PathBuf, source: io::Error },
}

/// What it is kept as in a folder.
const CERTIFICATE: &str = "certificate.pem";
const KEY: &str = "certificate-key.pem";

/// Whom it is for besides the address that is listened at.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

impl Certificate {
    /// A new one, for the local machine and one host name or address more.
    ///
    /// # Errors
    /// Where the host is no name.
    pub fn new(host: &str) -> Result<Self, Error> {
        let mut names = NAMES.map(str::to_owned).to_vec();
        if !NAMES.contains(&host) {
            names.push(host.to_owned());
        }
        let made = rcgen::generate_simple_self_signed(names)?;
        Ok(Self { certificate: made.cert.pem(), key: made.signing_key.serialize_pem() })
    }

    /// The one that is kept in the folder; a new one, if there is none there or `renew`.
    ///
    /// # Errors
    /// Where the folder cannot be used.
    pub fn kept(folder: &Path, host: &str, renew: bool) -> Result<Self, Error> {
        let (certificate, key) = (folder.join(CERTIFICATE), folder.join(KEY));
        if !renew && certificate.exists() && key.exists() {
            return Ok(Self { certificate: read(&certificate)?, key: read(&key)? });
        }
        let made = Self::new(host)?;
        write(&key, &made.key)?;
        write(&certificate, &made.certificate)?;
        Ok(made)
    }

    /// In PEM, for whoever is to trust it.
    pub fn pem(&self) -> &str {
        &self.certificate
    }

    /// SHA-256 of the certificate: `sha256:` and 64 hexadecimal digits.
    ///
    /// # Errors
    /// Where the file that it was read from holds none.
    pub fn fingerprint(&self) -> io::Result<String> {
        let mut text = "sha256:".to_owned();
        for byte in Sha256::digest(&*self.der()?) {
            // Writing to a text cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Ok(text)
    }

    fn der(&self) -> io::Result<CertificateDer<'static>> {
        CertificateDer::from_pem_slice(self.certificate.as_bytes())
            .map_err(|error| unusable(CERTIFICATE, &error))
    }

    pub(super) fn acceptor(&self) -> io::Result<TlsAcceptor> {
        let key = PrivateKeyDer::from_pem_slice(self.key.as_bytes())
            .map_err(|error| unusable(KEY, &error))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![self.der()?], key)
            .map_err(io::Error::other)?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn unusable(file: &str, error: &rustls::pki_types::pem::Error) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("`{file}`: {error}"))
}

fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path)
        .map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Writes a file that only its owner can read.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    let written = || {
        if path.exists() {
            std::fs::remove_file(path)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)?.write_all(text.as_bytes())
    };
    written().map_err(|source| Error::File { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_stays_the_same_until_it_is_renewed() {
        let folder = tempfile::tempdir().unwrap();
        let kept = |renew| {
            let certificate = Certificate::kept(folder.path(), "lab.local", renew);
            certificate.unwrap().fingerprint().unwrap()
        };
        let first = kept(false);
        assert_eq!(first.len(), 7 + 64);
        assert_eq!(kept(false), first);
        let second = kept(true);
        assert_ne!(second, first);
        assert_eq!(kept(false), second);
        std::fs::remove_file(folder.path().join(CERTIFICATE)).unwrap();
        assert_ne!(kept(false), second);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_the_key() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Certificate::kept(folder.path(), "localhost", false).unwrap();
        let mode =
            std::fs::metadata(folder.path().join(KEY)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
