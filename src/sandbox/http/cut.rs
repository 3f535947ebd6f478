//! Answers that end too early, and those that do not even begin.
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::Response;
use hyper::body::{Frame, SizeHint};

/// The mark of a response in whose place the connection ends.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the connection was dropped on demand")]
pub(super) struct Dropped;

impl Dropped {
    pub(super) fn response() -> Response<Body> {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(Self);
        response
    }

    /// Whether the connection is to end.
    pub(super) fn marks(response: &Response<Body>) -> bool {
        response.extensions().get::<Self>().is_some()
    }
}

/// A body that promises its whole length and breaks in the middle.
pub(super) struct Cut {
    body: Body,
    length: u64,
    stage: Stage,
}

enum Stage {
    Whole,
    /// Half was given; what was given has yet to leave.
    Halved,
    Broken,
}

impl Cut {
    pub(super) fn of(body: Body) -> Self {
        let length = body.size_hint().exact().unwrap_or_default();
        Self { body, length, stage: Stage::Whole }
    }
}

impl HttpBody for Cut {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.stage {
            Stage::Whole => {
                self.stage = Stage::Halved;
                let frame = Pin::new(&mut self.body).poll_frame(context);
                frame.map_ok(|frame| frame.map_data(|data| data.slice(..data.len() / 2)))
            }
            Stage::Halved => {
                self.stage = Stage::Broken;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Stage::Broken => {
                let broken = io::Error::from(io::ErrorKind::ConnectionReset);
                Poll::Ready(Some(Err(axum::Error::new(broken))))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
