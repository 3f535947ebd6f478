//! Criteria that hold others: what they demand together.
use super::Question;
use super::class;
use super::condition::{Condition, Junction};
use super::relation;
use crate::model::Kind;
use crate::sandbox::fault::{nameless, null_pointer};
use crate::sandbox::store::{Number, Object, Store};
use crate::wire::Fault;
use crate::wire::bean::View;

/// Where a criteria is looked at: for objects of which kind, for whom.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) store: &'s Store,
    pub(super) kind: Kind,
    pub(super) caller: Number,
    pub(super) sees: &'s dyn Fn(&Object) -> bool,
    /// Whether the search is not done by the data base: other rules for texts hold then.
    pub(super) in_memory: bool,
}

/// The kinds that the server searches without its data base.
pub(super) const IN_MEMORY: &[Kind] = &[
    Kind::Vocabulary,
    Kind::VocabularyTerm,
    Kind::PropertyType,
    Kind::PropertyAssignment,
    Kind::Plugin,
    Kind::Person,
    Kind::AuthorizationGroup,
    Kind::RoleAssignment,
    Kind::ExternalDms,
    Kind::Query,
    Kind::SemanticAnnotation,
    Kind::PersonalAccessToken,
    Kind::OperationExecution,
    Kind::TypeGroup,
    Kind::TypeGroupAssignment,
];

impl<'s> Scope<'s> {
    pub(super) fn new(store: &'s Store, question: Question<'s>) -> Self {
        Self {
            store,
            kind: question.kind,
            caller: question.caller,
            sees: question.sees,
            in_memory: IN_MEMORY.contains(&question.kind),
        }
    }

    /// The same search, looking at related objects of another kind.
    pub(super) fn of(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// The objects that meet the criteria and that the caller sees, oldest first.
    pub(super) fn found(self, criteria: View<'_>) -> Result<Vec<Number>, Fault> {
        let condition = condition(self, criteria)?;
        let meets = |object: &&Object| condition.holds(object) && self.shows(object);
        let objects: Vec<&Object> = match condition.candidates() {
            Some(numbers) => self.known(numbers).filter(meets).collect(),
            None => self.every().filter(meets).collect(),
        };
        Ok(objects.iter().map(|object| object.number).collect())
    }

    fn every(self) -> impl Iterator<Item = &'s Object> {
        self.store.all(self.kind).map(|object| &**object)
    }

    fn known<'n>(
        self,
        numbers: &'n [Number],
    ) -> impl Iterator<Item = &'s Object> + use<'s, 'n> {
        let live = numbers.iter().filter_map(move |&number| self.store.live(number));
        live.map(|object| &**object).filter(move |object| object.kind == self.kind)
    }

    /// Tags are their owner's alone.
    fn shows(self, object: &Object) -> bool {
        let private =
            object.kind == Kind::Tag && object.one("owner") != Some(self.caller);
        !private && (self.sees)(object)
    }
}

/// What a criteria with others inside demands.
///
/// `negated` turns around what it says of the object's own fields and of what it leads to;
/// sub-criteria of the same kind and relatives of that kind stay as they are.
pub(super) fn condition<'s>(
    scope: Scope<'s>,
    criteria: View<'_>,
) -> Result<Condition<'s>, Fault> {
    let junction = junction(criteria)?;
    let negated = criteria.flag("negated") && minds_negation(scope.kind, criteria);
    let (mut own, mut family) = (Vec::new(), Vec::new());
    for together in grouped(scope.kind, junction, criteria)? {
        let [inner, ..] = together[..] else { continue };
        let built = class::condition(scope, &together)?;
        match is_family(scope.kind, inner) {
            true => family.push(built),
            false if negated && relation::is_bare(scope.kind, inner) => {
                own.push(Condition::always());
            }
            false => own.push(built),
        }
    }
    if !own.is_empty() {
        let own = Condition::joined(junction, own);
        family.push(if negated { own.not() } else { own });
    }
    Ok(Condition::joined(junction, family))
}

/// The criteria inside, without those that say nothing. Where all have to be met, those on
/// parents are about one and the same parent; so for children and containers.
fn grouped<'g>(
    kind: Kind,
    junction: Junction,
    criteria: View<'g>,
) -> Result<Vec<Vec<View<'g>>>, Fault> {
    let mut groups: Vec<Vec<View<'g>>> = Vec::new();
    for node in criteria.list("criteria") {
        let inner = criteria.view_of(node).ok_or_else(nameless)?;
        if is_empty_sub_criteria(kind, inner) {
            continue;
        }
        let alike = |group: &&mut Vec<View<'g>>| group[0].name() == inner.name();
        let one = junction == Junction::All && is_relative(kind, inner);
        match groups.iter_mut().find(alike).filter(|_| one) {
            Some(group) => group.push(inner),
            None => groups.push(vec![inner]),
        }
    }
    Ok(groups)
}

pub(super) fn junction(criteria: View<'_>) -> Result<Junction, Fault> {
    match criteria.text("operator") {
        Some("OR") => Ok(Junction::One),
        None if criteria.has("operator") => Err(null_pointer()),
        Some(_) | None => Ok(Junction::All),
    }
}

/// Only criteria for whole entities can be negated; elsewhere the flag does nothing.
fn minds_negation(kind: Kind, criteria: View<'_>) -> bool {
    kind.spec().has_properties() && is_own(kind, criteria)
}

fn is_own(kind: Kind, criteria: View<'_>) -> bool {
    criteria.name().strip_suffix("SearchCriteria") == Some(kind.spec().name)
}

fn is_family(kind: Kind, criteria: View<'_>) -> bool {
    is_own(kind, criteria) || is_relative(kind, criteria)
}

/// Parents, children, containers.
fn is_relative(kind: Kind, criteria: View<'_>) -> bool {
    relation::leads_to(kind, criteria) == Some(kind)
}

/// A criteria of the same kind with nothing in it says nothing.
fn is_empty_sub_criteria(kind: Kind, criteria: View<'_>) -> bool {
    is_own(kind, criteria) && criteria.list("criteria").is_empty()
}
