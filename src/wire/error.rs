/// An answer that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the answer is no JSON")]
    NotJson(#[from] serde_json::Error),
    #[error("the answer is no JSON-RPC: it has neither a result nor an error")]
    NotRpc,
    #[error("the answer holds {found} where {expected} should be")]
    Shape { expected: &'static str, found: &'static str },
}
