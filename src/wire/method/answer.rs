//! What an answer holds, by the declared types: times, and what is only referred to.
use crate::model::Timestamp;
use crate::wire::bean::{Api, Contract, Type, contract_of};
use crate::wire::reply::{Reading, Seen, Untyped};

/// The answer with times as such and with what it refers to in place.
pub(crate) fn typed(reading: &Reading, ty: &Type, found: Untyped) -> Untyped {
    Typer { reading, contract: contract_of(Api::Newer) }.value(ty, found, 0)
}

struct Typer<'r> {
    reading: &'r Reading,
    contract: &'static Contract,
}

/// Objects that hold themselves come to an end.
const DEEPEST: usize = 40;

/// A list of it is declared as one of anything, and holds objects alone.
const PAGE: &str = "as.dto.common.search.SearchResult";

impl Typer<'_> {
    fn value(&self, ty: &Type, found: Untyped, depth: usize) -> Untyped {
        match (ty, found) {
            (Type::Date, Untyped::Integer(milliseconds)) => {
                Untyped::Time(Timestamp(milliseconds))
            }
            (Type::Named(_), Untyped::Integer(number)) => self.referred(number, depth),
            (Type::List(item), Untyped::List(items)) => {
                let items = items.into_iter().map(|found| self.value(item, found, depth));
                Untyped::List(items.collect())
            }
            (_, Untyped::List(items)) => {
                let items = items.into_iter().map(|f| self.value(&Type::Any, f, depth));
                Untyped::List(items.collect())
            }
            (ty, Untyped::Map(members)) => self.map(ty, members, depth),
            (_, found) => found,
        }
    }

    fn map(&self, ty: &Type, members: Vec<(String, Untyped)>, depth: usize) -> Untyped {
        let class = members.iter().find(|(name, _)| name == "@type");
        let class = class.and_then(|(_, name)| self.contract.class(name.as_text()?));
        let inner = match ty {
            Type::Map(value) => value,
            _ => &Type::Any,
        };
        let objects = Type::List(Box::new(Type::Named(PAGE)));
        let typed = members.into_iter().map(|(name, found)| {
            let field = class.and_then(|class| class.field(&name));
            let ty = match (field, class) {
                (Some(_), Some(class)) if class.name == PAGE && name == "objects" => {
                    &objects
                }
                (Some(field), _) => &field.ty,
                (None, _) => inner,
            };
            let found = self.value(ty, found, depth);
            (name, found)
        });
        Untyped::Map(typed.collect())
    }

    fn referred(&self, number: i64, depth: usize) -> Untyped {
        if depth >= DEEPEST {
            return Untyped::Null;
        }
        match self.reading.find(number) {
            Some(Seen::Record(record) | Seen::Stub(record)) => Untyped::Record(record),
            Some(Seen::Id(id)) => Untyped::Id(id),
            Some(Seen::Other(other)) => self.value(&Type::Any, other, depth + 1),
            None => Untyped::Null,
        }
    }
}
