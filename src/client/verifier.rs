//! How the certificate of a server is looked at, in the words of rustls.
use std::error::Error as StdError;
use std::sync::Arc;

use rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use rustls::crypto::{
    CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature,
};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, OtherError,
    SignatureScheme,
};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};

use super::{Distrust, Fingerprint, Identity, Route, Trust};

/// Settings of TLS could not be made: a file that cannot be read, or holds something else.
type Cause = Box<dyn StdError + Send + Sync>;

/// TLS towards a server, as the route says.
pub(super) fn tls(route: &Route) -> Result<ClientConfig, Cause> {
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new(&route.trust, &provider)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let Some(identity) = &route.identity else { return Ok(config.with_no_client_auth()) };
    let (chain, key) = identity.read()?;
    Ok(config.with_client_auth_cert(chain, key)?)
}

/// Why TLS failed, where a certificate was the reason.
pub(super) fn distrust(error: &(dyn StdError + 'static)) -> Option<Distrust> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(distrust) = error.downcast_ref::<Distrust>() {
            return Some(distrust.clone());
        }
        next = match error.downcast_ref::<TlsError>() {
            Some(TlsError::InvalidCertificate(CertificateError::Other(OtherError(
                error,
            )))) => Some(&**error),
            Some(_) => None,
            None => beneath(error),
        };
    }
    None
}

/// The cause of an error; an I/O error hides the one that it was made from.
fn beneath<'a>(
    error: &'a (dyn StdError + 'static),
) -> Option<&'a (dyn StdError + 'static)> {
    let hidden = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    hidden.map(|error| error as &(dyn StdError + 'static)).or_else(|| error.source())
}

#[derive(Debug)]
struct Verifier {
    by: By,
    provider: Arc<CryptoProvider>,
}

/// By what a certificate is judged.
#[derive(Debug)]
enum By {
    /// The system and a CA file. A server may show a certificate of the file itself.
    Authorities {
        system: rustls_platform_verifier::Verifier,
        known: Vec<Fingerprint>,
    },
    Pin(Fingerprint),
    Nothing,
}

impl Verifier {
    fn new(trust: &Trust, provider: &Arc<CryptoProvider>) -> Result<Self, Cause> {
        let by = match trust {
            Trust::System => authorities(Vec::new(), provider)?,
            Trust::CaFile(file) => {
                let read = || CertificateDer::pem_file_iter(file)?.collect();
                let read: Result<Vec<_>, rustls_pki_types::pem::Error> = read();
                let found = read.map_err(|error| unusable("CA", file, &error))?;
                if found.is_empty() {
                    return Err(unusable("CA", file, &"it holds no certificate"));
                }
                authorities(found, provider)?
            }
            Trust::Pin(pin) => By::Pin(*pin),
            Trust::Anything => By::Nothing,
        };
        Ok(Self { by, provider: Arc::clone(provider) })
    }
}

fn authorities(
    extra: Vec<CertificateDer<'static>>,
    provider: &Arc<CryptoProvider>,
) -> Result<By, Cause> {
    let known = extra.iter().map(Fingerprint::of).collect();
    let system = rustls_platform_verifier::Verifier::new_with_extra_roots(
        extra,
        Arc::clone(provider),
    )?;
    Ok(By::Authorities { system, known })
}

fn unusable(what: &str, file: &std::path::Path, why: &dyn std::fmt::Display) -> Cause {
    format!("the {what} file `{}` cannot be used: {why}", file.display()).into()
}

impl Identity {
    fn read(
        &self,
    ) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Cause> {
        let wrong = |error: rustls_pki_types::pem::Error| {
            unusable("client certificate", &self.certificate, &error)
        };
        let chain: Result<Vec<_>, _> =
            CertificateDer::pem_file_iter(&self.certificate).map_err(wrong)?.collect();
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .map_err(|error| unusable("key", &self.key, &error))?;
        Ok((chain.map_err(wrong)?, key))
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let found = Fingerprint::of(shown);
        let taken = Ok(ServerCertVerified::assertion());
        match &self.by {
            By::Nothing => taken,
            By::Pin(pinned) if *pinned == found => taken,
            By::Pin(pinned) => Err(refused(Distrust::Changed { found, pinned: *pinned })),
            By::Authorities { known, .. } if known.contains(&found) => taken,
            By::Authorities { system, .. } => system
                .verify_server_cert(shown, between, name, ocsp, now)
                .map_err(|error| unknown(found, &error)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, shown, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, shown, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn refused(distrust: Distrust) -> TlsError {
    let other = OtherError(Arc::new(distrust));
    TlsError::InvalidCertificate(CertificateError::Other(other))
}

fn unknown(fingerprint: Fingerprint, error: &TlsError) -> TlsError {
    let why = match error {
        TlsError::InvalidCertificate(
            CertificateError::UnknownIssuer | CertificateError::Other(_),
        ) => "no authority that is known here has signed it (self-signed?)".to_owned(),
        TlsError::InvalidCertificate(error) => format!("{error}"),
        error => format!("{error}"),
    };
    refused(Distrust::Unknown { fingerprint, why })
}
