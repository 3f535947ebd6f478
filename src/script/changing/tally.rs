use std::collections::BTreeSet;
use std::fmt::Write;

use super::Step;
use super::atom::{Atom, On};
use super::reach::Sort;
use crate::model::{Change, Kind};

/// What a run has changed so far.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) changes: u64,
    pub(super) deleted: u64,
    pub(super) agreed: Agreed,
    /// What could not be done, and why.
    pub(super) failed: Vec<(String, String)>,
    atoms: BTreeSet<Atom>,
    spaces: BTreeSet<String>,
    /// What was reached beside openBIS.
    reached: BTreeSet<(Sort, String)>,
    /// What of the header somebody has agreed to.
    permitted: BTreeSet<(Sort, String)>,
}

/// What a person has agreed to.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to one question")]
pub(super) struct Agreed {
    pub(super) production: bool,
    pub(super) many: bool,
    pub(super) deletion: bool,
    pub(super) freezing: bool,
}

/// How much some changes are.
#[derive(Clone, Copy, Default)]
pub(super) struct Amount {
    pub(super) changes: u64,
    pub(super) deleted: u64,
}

impl Amount {
    pub(super) fn of(steps: &[Step]) -> Self {
        let mut amount = Self::default();
        for step in steps {
            let objects = step.objects();
            amount.changes += objects;
            let deletes = match &step.change {
                Change::Delete { .. } => true,
                Change::Call(called) => called.is_deletion(),
                _ => false,
            };
            if deletes {
                amount.deleted += objects;
            }
        }
        amount
    }
}

impl Tally {
    pub(super) fn count(&mut self, steps: &[Step]) {
        let amount = Amount::of(steps);
        self.changes += amount.changes;
        self.deleted += amount.deleted;
        for step in steps {
            self.atoms.extend(Atom::of(&step.change));
            self.spaces.extend(step.space.iter().cloned());
        }
    }

    pub(super) fn reach(&mut self, sort: Sort, what: &str) {
        self.reached.insert((sort, what.to_owned()));
    }

    pub(super) fn is_agreed(&self, sort: Sort, what: &str) -> bool {
        self.permitted.contains(&(sort, what.to_owned()))
    }

    pub(super) fn agree(&mut self, sort: Sort, what: &str) {
        self.permitted.insert((sort, what.to_owned()));
    }

    /// The header that the run would have needed.
    pub(super) fn needs(&self) -> String {
        if self.atoms.is_empty() && self.reached.is_empty() {
            return "needs: #{ write: [] },".to_owned();
        }
        let quoted = |all: &mut dyn Iterator<Item = String>| {
            all.map(|one| format!("{one:?}")).collect::<Vec<_>>().join(", ")
        };
        let spaces_are_made =
            self.atoms.iter().any(|atom| atom.on == On::Kind(Kind::Space));
        let mut text = String::from("needs: #{\n");
        let write = quoted(&mut self.atoms.iter().map(ToString::to_string));
        let _ = writeln!(text, "    write: [{write}],");
        if !self.spaces.is_empty() && !spaces_are_made {
            let spaces = quoted(&mut self.spaces.iter().cloned());
            let _ = writeln!(text, "    spaces: [{spaces}],");
        }
        for sort in [Sort::Files, Sort::Hosts, Sort::Environment] {
            let of_sort = self.reached.iter().filter(|row| row.0 == sort);
            let names = quoted(&mut of_sort.map(|row| row.1.clone()));
            if !names.is_empty() {
                let _ = writeln!(text, "    {}: [{names}],", sort.key());
            }
        }
        let _ = writeln!(text, "    max_changes: {},", self.changes);
        if self.deleted > 0 {
            let _ = writeln!(text, "    max_delete: {},", self.deleted);
        }
        text.push_str("},");
        text
    }
}
