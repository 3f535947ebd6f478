use super::{Client, Error, Page};
use crate::model::{Criteria, Fetch};

/// Everything that a search finds, page by page.
///
/// Always under an order of its own that no two objects share: the pages of an unsorted
/// search overlap and miss. Kinds that the server cannot sort so come in one page.
pub struct Pages {
    client: Client,
    criteria: Criteria,
    fetch: Fetch,
    /// Whether the server has an order for them that lasts.
    paged: bool,
    /// How many more are wanted, where there is a limit.
    left: Option<u64>,
    size: u64,
    ended: bool,
}

/// Objects of one page, where nothing else is said.
const PAGE: u64 = 1000;

impl Pages {
    pub(super) fn new(client: Client, criteria: Criteria, mut fetch: Fetch) -> Self {
        let left = fetch.count.take();
        let paged = fetch.sort_for_good();
        Self { client, criteria, fetch, paged, left, size: PAGE, ended: false }
    }

    /// With this many objects to a page.
    pub fn of(self, size: u64) -> Self {
        Self { size: size.max(1), ..self }
    }

    fn fetch_next(&mut self) -> Result<Page, Error> {
        let size = self.left.map_or(self.size, |left| left.min(self.size));
        self.fetch.count = if self.paged { Some(size) } else { self.left };
        let page = self.client.search(&self.criteria, &self.fetch)?;
        let length = page.records.len() as u64;
        let next = self.fetch.from.unwrap_or_default() + length;
        self.fetch.from = Some(next);
        self.left = self.left.map(|left| left.saturating_sub(length));
        self.ended =
            !self.paged || length == 0 || next >= page.total || self.left == Some(0);
        Ok(page)
    }
}

impl Iterator for Pages {
    type Item = Result<Page, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let page = self.fetch_next();
        self.ended |= page.is_err();
        Some(page)
    }
}
