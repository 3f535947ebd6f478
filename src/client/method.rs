use super::{Client, Error};
use crate::wire::{Asked, Call, Untyped};

impl Client {
    /// Calls any method by its name. Whoever changes types by it has to clear the cache.
    ///
    /// # Errors
    /// As of any call.
    pub fn call(&self, asked: &Asked) -> Result<Untyped, Error> {
        let call = Call::Any(asked);
        let reply = match asked.needs_session() {
            true => self.ask(call, None)?,
            false => self.carry(&call, "", None)??,
        };
        Ok(reply.untyped())
    }
}
