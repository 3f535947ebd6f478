use super::{Client, Error, Page};
use crate::model::{Criteria, Fetch, Kind, Sort};

/// Everything that a search finds, page by page.
///
/// Always under an order of its own that no two objects share: the pages of an unsorted
/// search overlap and miss. Kinds that the server cannot sort so come in one page.
pub struct Pages {
    client: Client,
    criteria: Criteria,
    fetch: Fetch,
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
        if let Some(field) = order(criteria.kind)
            && fetch.sort.iter().all(|sort| sort.field != field)
        {
            fetch.sort.push(Sort { field: field.to_owned(), ascending: true });
        }
        Self { client, criteria, fetch, left, size: PAGE, ended: false }
    }

    /// With this many objects to a page.
    pub fn of(self, size: u64) -> Self {
        Self { size: size.max(1), ..self }
    }

    fn fetch_next(&mut self) -> Result<Page, Error> {
        let paged = order(self.criteria.kind).is_some();
        let size = self.left.map_or(self.size, |left| left.min(self.size));
        self.fetch.count = if paged { Some(size) } else { self.left };
        let page = self.client.search(&self.criteria, &self.fetch)?;
        let length = page.records.len() as u64;
        let next = self.fetch.from.unwrap_or_default() + length;
        self.fetch.from = Some(next);
        self.left = self.left.map(|left| left.saturating_sub(length));
        self.ended = !paged || length == 0 || next >= page.total || self.left == Some(0);
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

/// The field by which the server sorts objects of a kind so that no two are alike; nothing
/// where it cannot.
fn order(kind: Kind) -> Option<&'static str> {
    ORDERS.iter().find(|row| row.0 == kind).map(|row| row.1)
}

const ORDERS: &[(Kind, &str)] = &[
    (Kind::Space, "CODE"),
    (Kind::Project, "PERM_ID"),
    (Kind::Experiment, "PERM_ID"),
    (Kind::Sample, "PERM_ID"),
    (Kind::DataSet, "CODE"),
    (Kind::PropertyType, "CODE"),
    (Kind::Vocabulary, "CODE"),
    (Kind::AuthorizationGroup, "CODE"),
    (Kind::Plugin, "NAME"),
];
