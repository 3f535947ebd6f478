//! Whom to believe that it is the openBIS that is meant.
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use rustls_pki_types::CertificateDer;
use sha2::{Digest, Sha256};

/// Which certificates are taken. They are looked at always; what differs is by what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Those that the system trusts.
    #[default]
    System,
    /// Those that the system trusts, and those in this PEM file.
    CaFile(PathBuf),
    /// This one, and no other.
    Pin(Fingerprint),
    /// Any.
    Anything,
}

/// The SHA-256 of a certificate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Of a certificate in DER.
    pub fn of(certificate: &CertificateDer<'_>) -> Self {
        Self(Sha256::digest(certificate).into())
    }

    /// One that no certificate has.
    pub(super) const fn impossible() -> Self {
        Self([0; 32])
    }
}

/// `sha256:` and 64 hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no SHA-256 of a certificate")]
pub struct NotAFingerprint(String);

/// As [`Fingerprint`] writes it, and as browsers and `openssl` do: `AB:CD:…`.
impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotAFingerprint(text.to_owned());
        let plain = text.trim().to_lowercase();
        let digits: String = plain
            .trim_start_matches("sha256:")
            .chars()
            .filter(|c| !matches!(c, ':' | ' '))
            .collect();
        if digits.len() != 64 || !digits.is_ascii() {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            let pair = &digits[2 * at..2 * at + 2];
            *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }
}

/// Why a certificate was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// The system does not trust it.
    #[error("its certificate is not to be trusted: {why}")]
    Unknown { fingerprint: Fingerprint, why: String },
    /// It is not the pinned one.
    #[error("ITS CERTIFICATE HAS CHANGED: it is `{found}`, and `{pinned}` is pinned")]
    Changed { found: Fingerprint, pinned: Fingerprint },
}

impl Distrust {
    /// What to do next.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Unknown { fingerprint, .. } => vec![
                "a profile with `ca_file` trusts the certificates in that PEM file: ask \
                 those who run the server for it"
                    .to_owned(),
                format!(
                    "a profile with `pin` trusts this one certificate, once somebody who \
                     knows the server has confirmed it: `rhobis profile add NAME --url … \
                     --pin {fingerprint}`"
                ),
            ],
            Self::Changed { found, .. } => vec![
                "somebody may be listening in between: nothing was sent".to_owned(),
                format!(
                    "if those who run the server say that they have renewed it: `rhobis \
                     profile add NAME --pin {found}`"
                ),
            ],
        }
    }

    /// The certificate that was shown.
    pub fn found(&self) -> Fingerprint {
        match self {
            Self::Unknown { fingerprint, .. } => *fingerprint,
            Self::Changed { found, .. } => *found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_people_copy_it() {
        let own = Fingerprint::of(&CertificateDer::from(vec![1, 2, 3]));
        let digits = own.to_string().trim_start_matches("sha256:").to_uppercase();
        let parts: Vec<&str> = (0..32).map(|at| &digits[2 * at..2 * at + 2]).collect();
        for text in [own.to_string(), digits.clone(), parts.join(":")] {
            assert_eq!(text.parse::<Fingerprint>(), Ok(own), "{text}");
        }
        for wrong in ["", "sha256:", "sha1:00", "zz", "é"] {
            assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong}");
        }
        assert!("é".repeat(32).parse::<Fingerprint>().is_err());
    }
}
