//! Answers that take their time.
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::time::Sleep;

/// In how many pieces an answer comes.
const PIECES: usize = 10;

/// A body that promises its whole length and gives it piece by piece.
pub(super) struct Slow {
    left: Bytes,
    piece: usize,
    /// How long it waits behind each piece; for ever where nothing is said.
    wait: Option<Duration>,
    stage: Stage,
}

enum Stage {
    Giving,
    Waiting(Option<Pin<Box<Sleep>>>),
}

impl Slow {
    /// Half of it, and no more.
    pub(super) fn half(body: String) -> Self {
        let left = Bytes::from(body);
        Self { piece: left.len() / 2, left, wait: None, stage: Stage::Giving }
    }

    /// All of it, with so much time between the pieces.
    pub(super) fn trickling(body: String, wait: Duration) -> Self {
        let left = Bytes::from(body);
        let piece = left.len().div_ceil(PIECES);
        Self { piece, left, wait: Some(wait), stage: Stage::Giving }
    }
}

impl HttpBody for Slow {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        if let Stage::Waiting(sleep) = &mut self.stage {
            // Without an end nothing wakes it but the end of the connection.
            let Some(sleep) = sleep else { return Poll::Pending };
            std::task::ready!(sleep.as_mut().poll(context));
        }
        let length = self.piece.min(self.left.len());
        let piece = self.left.split_to(length);
        let sleep = self.wait.map(tokio::time::sleep).map(Box::pin);
        self.stage = Stage::Waiting(sleep);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.len() as u64)
    }
}
