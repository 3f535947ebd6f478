use std::fmt;

use super::Secret;

/// What stands between us and the net.
#[derive(Clone, Default)]
pub enum Proxy {
    /// Nothing.
    #[default]
    None,
    /// This address, but not for hosts of the list: `localhost,.example.org,10.0.0.0/8`.
    At { address: Secret, except: String },
}

impl Proxy {
    /// As reqwest has it.
    pub(super) fn chosen(&self) -> reqwest::Result<Option<reqwest::Proxy>> {
        let Self::At { address, except } = self else { return Ok(None) };
        let except = reqwest::NoProxy::from_string(except);
        Ok(Some(reqwest::Proxy::all(address.reveal())?.no_proxy(except)))
    }
}

/// Without user and password, which it may hold.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::At { except, .. } => write!(f, "At {{ except: {except:?} }}"),
        }
    }
}
