//! How data sets are related.
use super::super::changes::{self, Step};
use super::super::{freezing, relations};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::store::Number;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// A relation to several data sets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Parents,
    Children,
    Containers,
    Components,
}

impl Link {
    pub(super) const ALL: [Self; 4] =
        [Self::Parents, Self::Children, Self::Containers, Self::Components];

    pub(super) fn sent(self) -> &'static str {
        match self {
            Self::Parents => "parentIds",
            Self::Children => "childIds",
            Self::Containers => "containerIds",
            Self::Components => "componentIds",
        }
    }

    /// The field that keeps the relation, and whether it is the other one's.
    fn kept(self) -> (&'static str, bool) {
        match self {
            Self::Parents => ("parents", false),
            Self::Children => ("parents", true),
            Self::Components => ("components", false),
            Self::Containers => ("components", true),
        }
    }

    /// Which one keeps the relation, and which one it keeps, for each of the others.
    fn pairs(
        self,
        number: Number,
        others: &[Number],
    ) -> impl Iterator<Item = (Number, Number)> {
        let turned = self.kept().1;
        others.iter().map(move |&it| if turned { (it, number) } else { (number, it) })
    }

    pub(super) fn add(
        self,
        work: &mut Work<'_>,
        number: Number,
        others: &[Number],
    ) -> Result<(), Fault> {
        let field = self.kept().0;
        for (holder, member) in self.pairs(number, others) {
            let outer = work.object(holder)?;
            if outer.many(field).contains(&member) {
                continue;
            }
            if field == "components" && outer.text("kind") != Some("CONTAINER") {
                return Err(refused(format!(
                    "Data set {} is not of a container type therefore cannot have component \
                     data sets.",
                    outer.code()
                )));
            }
            self.check_frozen(work, (holder, member), "INSERT")?;
            work.store.relink(holder, field, |members| members.push(member));
        }
        Ok(())
    }

    fn remove(
        self,
        work: &mut Work<'_>,
        number: Number,
        others: &[Number],
    ) -> Result<(), Fault> {
        let field = self.kept().0;
        for (holder, member) in self.pairs(number, others) {
            if work.object(holder)?.many(field).contains(&member) {
                self.check_frozen(work, (holder, member), "DELETE")?;
                let part = |members: &mut Vec<Number>| members.retain(|&it| it != member);
                work.store.relink(holder, field, part);
            }
        }
        Ok(())
    }

    fn check_frozen(
        self,
        work: &Work<'_>,
        (holder, member): (Number, Number),
        verb: &str,
    ) -> Result<(), Fault> {
        match self {
            Self::Parents | Self::Children => {
                freezing::of_relatives(work, (member, holder), verb)
            }
            Self::Components | Self::Containers => {
                freezing::of_parts(work, (holder, member), verb)
            }
        }
    }

    fn members(self, work: &Work<'_>, number: Number) -> Vec<Number> {
        match self.kept() {
            (field, false) => work
                .store
                .get(number)
                .map(|it| it.many(field).to_vec())
                .unwrap_or_default(),
            (field, true) => {
                let holders = work.store.linking(Kind::DataSet, field, number);
                holders.map(|holder| holder.number).collect()
            }
        }
    }

    pub(super) fn change(
        self,
        work: &mut Work<'_>,
        number: Number,
        update: View<'_>,
        step: Step<'_>,
    ) -> Result<(), Fault> {
        let named = changes::named(work, Kind::DataSet, update, step)?;
        match step {
            Step::Remove(_) => self.remove(work, number, &named),
            Step::Add(_) => self.add(work, number, &named),
            Step::Set(_) => {
                let mut gone = self.members(work, number);
                gone.retain(|member| !named.contains(member));
                self.remove(work, number, &gone)?;
                self.add(work, number, &named)
            }
        }
    }
}

/// Refuses a data set that leads to itself.
pub(super) fn check_circles(
    work: &Work<'_>,
    data_set: Number,
    field: &str,
) -> Result<(), Fault> {
    if relations::leads_to_itself(work, data_set, field)? {
        let code = work.object(data_set)?.code();
        return Err(refused(format!("Circular dependency found: {code}")));
    }
    Ok(())
}
