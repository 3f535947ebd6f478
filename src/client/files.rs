//! Files of samples and collections on the file server.
use super::resilience::Group;
use super::visit::{Verb, Visit, Visited};
use super::{Client, Error};
use crate::wire::Fault;
use crate::wire::files::{self, Chunk, Listed};

/// Where the server says that its file server is.
const ADDRESS: &str = "server-public-information.afs-server.url";
/// Where it is if nothing is said.
const USUAL: &str = "/afs-server";
const NO_SERVER: &str = "this openBIS has no file server";
/// What pieces files are read in: so much is in memory.
pub const PIECE: u64 = 1 << 20;

impl Client {
    /// What lies in a folder of a sample or collection, which its permId names.
    ///
    /// # Errors
    /// Of any call; refused where there is no such folder, or no file server.
    pub fn list_files(
        &self,
        owner: &str,
        path: &str,
        recursively: bool,
    ) -> Result<Vec<Listed>, Error> {
        let url = self.file_server()?;
        let visit = |token: &str| Visit {
            verb: Verb::Get,
            url: url.clone(),
            query: vec![
                ("method", "list".to_owned()),
                ("sessionToken", token.to_owned()),
                ("owner", owner.to_owned()),
                ("source", path.to_owned()),
                ("recursively", recursively.to_string()),
            ],
            headers: Vec::new(),
            body: Vec::new(),
        };
        self.visit((Group::Read, "list files"), visit, |visited, token| {
            self.told(visited, token, |bytes| {
                files::read_list(std::str::from_utf8(bytes).ok()?)
            })
        })
    }

    /// So many bytes of a file from there on, at most [`PIECE`].
    ///
    /// # Errors
    /// As above.
    pub fn read_file(
        &self,
        owner: &str,
        path: &str,
        (offset, limit): (u64, u64),
    ) -> Result<Vec<u8>, Error> {
        let url = self.file_server()?;
        let chunk = Chunk {
            owner: owner.to_owned(),
            source: path.to_owned(),
            offset: i64::try_from(offset).unwrap_or(i64::MAX),
            limit: i32::try_from(limit.min(PIECE)).unwrap_or(i32::MAX),
            data: Vec::new(),
        };
        let visit = |token: &str| Visit {
            verb: Verb::Post,
            url: url.clone(),
            query: vec![
                ("method", "read".to_owned()),
                ("sessionToken", token.to_owned()),
            ],
            headers: vec![("Content-Type", "application/octet-stream".to_owned())],
            body: files::pack(std::slice::from_ref(&chunk)),
        };
        self.visit((Group::Read, "read a file"), visit, |visited, token| {
            self.told(visited, token, |bytes| {
                let chunk = files::unpack(bytes)?.into_iter().next()?;
                Some(chunk.data)
            })
        })
    }

    fn file_server(&self) -> Result<String, Error> {
        if let Some(url) = self.file_server.get() {
            return Ok(url.clone());
        }
        let facts = self.server_information()?;
        let url = facts.get(ADDRESS).map_or(USUAL, |url| url.trim_end_matches('/'));
        let url = format!("{}/api", url.trim_end_matches("/api"));
        Ok(self.file_server.get_or_init(|| url).clone())
    }

    fn told<T>(
        &self,
        visited: Visited,
        token: &str,
        read: impl Fn(&[u8]) -> Option<T>,
    ) -> super::visit::Understood<T> {
        let status = visited.status;
        let bytes = visited.bytes(self.url())?;
        if status == 200
            && let Some(value) = read(&bytes)
        {
            return Ok(Ok(value));
        }
        match files::read_refusal(&String::from_utf8_lossy(&bytes), token) {
            Some(fault) => Ok(Err(fault)),
            None if status == 404 => Ok(Err(Fault::told("", NO_SERVER))),
            None => Err(self.strange(format!("no file server (status {status})"))),
        }
    }
}
