/// Why a request does not even become a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    NoJson,
    NoRequest,
    NoMethod,
    BadParams,
}

impl Refusal {
    pub(super) fn code(self) -> i32 {
        match self {
            Self::NoJson => -32700,
            Self::NoRequest => -32600,
            Self::NoMethod => -32601,
            Self::BadParams => -32602,
        }
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            Self::NoJson => "JSON parse error",
            Self::NoRequest => "invalid request",
            Self::NoMethod => "method not found",
            Self::BadParams => "method parameters invalid",
        }
    }

    /// The HTTP status of a call that is refused so.
    pub(super) fn status(self) -> u16 {
        match self {
            Self::NoJson | Self::NoRequest => 400,
            Self::NoMethod => 404,
            Self::BadParams => 500,
        }
    }
}
