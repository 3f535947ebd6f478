//! Files that the server has made and says the address of.
use super::resilience::Group;
use super::visit::{Verb, Visit, Visited};
use super::{Client, Error};
use crate::wire::Fault;

impl Client {
    /// What lies at an address that the server gave; it comes as it is read. The address
    /// may hold the session's token and is not told.
    ///
    /// # Errors
    /// Of any call; refused where there is nothing any more.
    pub fn fetch(&self, address: &str) -> Result<Visited, Error> {
        let visit = |_: &str| Visit {
            verb: Verb::Get,
            url: address.to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        self.visit((Group::Read, "fetch a file"), visit, |visited, _| {
            match visited.status {
                200 => Ok(Ok(visited)),
                status @ 400..=499 => {
                    let message = format!("the file is not to be had (status {status})");
                    Ok(Err(Fault::told("", &message)))
                }
                status => Err(self.strange(format!("no file (status {status})"))),
            }
        })
    }
}
