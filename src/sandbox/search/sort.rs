use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashSet;

use super::attribute;
use super::collate;
use super::criteria::IN_MEMORY;
use super::moment::Moment;
use super::number::Amount;
use super::pattern::Pattern;
use crate::model::{DataType, Kind, several};
use crate::sandbox::fault::{failed, nameless};
use crate::sandbox::store::{Number, Object, Store};
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// From how many objects on a way around looking at each is worth while.
const MANY: usize = 1000;

/// What objects are sorted by.
enum By {
    /// A text of the object.
    Text(&'static str),
    Time(&'static str),
    Integer(&'static str),
    /// The code of its type.
    Type,
    Property(String, DataType),
    /// How well a property fits a text.
    Score(String, Pattern),
    /// Does not change the order.
    Nothing,
}

/// The fields that can be sorted by, as they are sent.
const FIELDS: &[(&str, By)] = &[
    ("CODE", By::Text("code")),
    ("PERM_ID", By::Text("permId")),
    ("IDENTIFIER", By::Text("identifier")),
    ("NAME", By::Text("name")),
    ("LABEL", By::Text("label")),
    ("ORDINAL", By::Integer("ordinal")),
    ("REGISTRATION_DATE", By::Time("registrationDate")),
    ("MODIFICATION_DATE", By::Time("modificationDate")),
    ("EVENT_ID", By::Integer("techId")),
    ("EVENT_IDENTIFIER", By::Text("identifier")),
    ("EVENT_REGISTRATION_DATE", By::Time("registrationDate")),
    ("TYPE", By::Type),
    ("FETCHED_FIELDS_SCORE", By::Nothing),
    ("ANY_PR_SCORE", By::Nothing),
];

/// A value to sort by. Of one field all are of one sort.
#[derive(Debug, PartialEq, PartialOrd)]
enum Key<'s> {
    Text(collate::Text<'s>),
    /// As kinds are compared that are searched in memory: character by character.
    Plain(Cow<'s, str>),
    Whole(i64),
    Real(f64),
    /// Behind all others, but before them in descending order.
    Unscored,
}

/// Puts objects of a kind into the order that the fetch options ask for by `sort`, as far as
/// the page reaches that they ask for; without a `sort` the order stays.
pub(crate) fn sort(
    store: &Store,
    kind: Kind,
    found: &mut [Number],
    options: View<'_>,
) -> Result<(), Fault> {
    let Some(sort) = options.inner("sort") else { return Ok(()) };
    if sort.has("sortings") && *sort.get("sortings") == Node::Null {
        return Err(nameless());
    }
    let sortings: Vec<_> = sort.inners("sortings").collect();
    let mut all = Vec::with_capacity(sortings.len());
    for sorting in sortings.into_iter().rev() {
        let order = sorting.inner("order");
        let order = order.ok_or_else(|| failed("ERROR: syntax error in the order"))?;
        all.push((by(store, kind, sorting)?, order.flag("asc")));
    }
    all.retain(|(by, _)| !matches!(by, By::Nothing));
    all.reverse();
    let Some((first, rest)) = all.split_first() else { return Ok(()) };
    let codes = codes(store, kind, found, &all);
    let mut rows: Vec<Row> = found
        .iter()
        .enumerate()
        .map(|(at, &number)| {
            if let Some((codes, ascending)) = &codes
                && let Some(&code) = codes.get(at)
                && let Some(code) = code
            {
                let place = Place { key: Some(text(code)), ascending: *ascending };
                return Row { first: place, rest: Vec::new(), at, number };
            }
            let object = store.get(number);
            let place = |(by, ascending): &(By, bool)| Place {
                key: object.and_then(|object| key(store, object, by)),
                ascending: *ascending,
            };
            Row {
                first: place(first),
                rest: rest.iter().map(place).collect(),
                at,
                number,
            }
        })
        .collect();
    put_first(&mut rows, reached(options));
    for (number, row) in found.iter_mut().zip(rows) {
        *number = row.number;
    }
    Ok(())
}

/// Where there are many to be sorted by nothing but their code: the codes, in the order of the
/// objects, as far as they can be told without looking at these.
fn codes<'s>(
    store: &'s Store,
    kind: Kind,
    found: &[Number],
    sortings: &[(By, bool)],
) -> Option<(Vec<Option<&'s str>>, bool)> {
    let [(By::Text("code"), ascending)] = sortings else { return None };
    let is_plain = !IN_MEMORY.contains(&kind) && kind != Kind::PropertyAssignment;
    if !is_plain || found.len() < MANY || !found.is_sorted() {
        return None;
    }
    let components: HashSet<Number> = store.linked(kind, "container").collect();
    let mut known = store.codes(kind).peekable();
    let codes = found.iter().map(|number| {
        while known.next_if(|row| row.0 < *number).is_some() {}
        let code = known.next_if(|row| row.0 == *number)?.1;
        code.filter(|_| !components.contains(number))
    });
    Some((codes.collect(), *ascending))
}

/// How many objects have to be in their order.
fn reached(options: View<'_>) -> usize {
    let Some(count) = options.integer("count") else { return usize::MAX };
    let reached = options.integer("from").unwrap_or(0).saturating_add(count);
    usize::try_from(reached).unwrap_or(0)
}

/// Puts so many rows to the front, in their order.
fn put_first(rows: &mut [Row<'_>], count: usize) {
    if count == 0 {
        return;
    }
    if count < rows.len() {
        rows.select_nth_unstable(count);
        rows[..count].sort_unstable();
    } else {
        rows.sort_unstable();
    }
}

/// An object on its way to its place.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Row<'s> {
    first: Place<'s>,
    rest: Vec<Place<'s>>,
    /// Where it was before.
    at: usize,
    number: Number,
}

/// Where an object stands among the others. Those without a value are last in any case.
struct Place<'s> {
    key: Option<Key<'s>>,
    ascending: bool,
}

impl Ord for Place<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.key, &other.key) {
            (Some(one), Some(two)) => {
                let order = one.partial_cmp(two).unwrap_or(Ordering::Equal);
                if self.ascending { order } else { order.reverse() }
            }
            (one, two) => one.is_none().cmp(&two.is_none()),
        }
    }
}

impl PartialOrd for Place<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Place<'_> {}

fn by(store: &Store, kind: Kind, sorting: View<'_>) -> Result<By, Fault> {
    let field = sorting.text("field").unwrap_or_default();
    if matches!(
        kind,
        Kind::SampleType
            | Kind::ExperimentType
            | Kind::DataSetType
            | Kind::MaterialType
            | Kind::Material
    ) {
        let length = field.len();
        return Err(failed(format!("begin 8, end {length}, length {length}")));
    }
    if kind == Kind::ExternalDms {
        return Err(failed(
            "Comparator factory for sort by class ch.ethz.sis.openbis.generic.asapi.v3.dto.\
             externaldms.fetchoptions.ExternalDmsSortOptions not found",
        ));
    }
    if let Some(code) = field.strip_prefix("PROPERTY") {
        return Ok(property(store, code));
    }
    if let Some(code) = field.strip_prefix("PROP_SCORE") {
        return Ok(score(code, sorting));
    }
    let row = FIELDS.iter().find(|row| row.0.eq_ignore_ascii_case(field));
    let unknown = || failed(format!("Comparator for field {field} not found"));
    Ok(match &row.filter(|row| has(kind, &row.1)).ok_or_else(unknown)?.1 {
        By::Text(name) => By::Text(name),
        By::Time(name) => By::Time(name),
        By::Integer(name) => By::Integer(name),
        By::Type => By::Type,
        By::Property(..) | By::Score(..) | By::Nothing => By::Nothing,
    })
}

/// Whether objects of the kind can be sorted in such a way.
fn has(kind: Kind, by: &By) -> bool {
    let spec = kind.spec();
    match by {
        By::Text("identifier") => {
            matches!(kind, Kind::Project | Kind::Experiment | Kind::Sample | Kind::Event)
        }
        By::Text("code" | "label") if kind == Kind::PropertyAssignment => true,
        By::Text("label") => false,
        By::Integer("techId") => kind == Kind::Event,
        By::Text(field) | By::Time(field) | By::Integer(field) => {
            spec.field(field).is_some()
        }
        By::Type | By::Property(..) | By::Score(..) | By::Nothing => {
            spec.has_properties()
        }
    }
}

fn property(store: &Store, code: &str) -> By {
    let found = store.find(Kind::PropertyType, "code", code);
    let data_type = found.and_then(|found| DataType::named(found.text("dataType")?));
    data_type.map_or(By::Nothing, |data_type| By::Property(code.to_owned(), data_type))
}

fn score(code: &str, sorting: View<'_>) -> By {
    let wanted = sorting.map("parameters").iter().find_map(|(name, value)| {
        match (name.as_str(), value) {
            ("MATCH_VALUE", Node::Text(text)) => Some(Pattern::plain(text)),
            ("PREFIX_MATCH_VALUE", Node::Text(text)) => {
                Some(Pattern::plain(text).at_begin())
            }
            _ => None,
        }
    });
    wanted.map_or(By::Nothing, |pattern| By::Score(code.to_owned(), pattern))
}

fn key<'s>(store: &'s Store, object: &'s Object, by: &By) -> Option<Key<'s>> {
    let linked = |field| store.get(object.one(field)?).map(|found| &**found);
    match by {
        By::Text(field) => {
            let holder = match object.kind == Kind::PropertyAssignment {
                true => linked("propertyType")?,
                false => object,
            };
            let text = attribute::text(store, holder, field)?;
            Some(if IN_MEMORY.contains(&object.kind) {
                Key::Plain(text)
            } else {
                Key::Text(collate::Text::new(text))
            })
        }
        By::Time(field) => object.time(field).map(Key::Whole),
        By::Integer(field) => object.integer(field).map(Key::Whole),
        By::Type => Some(text(linked("type")?.code())),
        By::Property(code, data_type) => {
            value(several::each(object.property(code)?).next()?, *data_type)
        }
        By::Score(code, pattern) => Some(match object.property(code) {
            Some(kept) => {
                Key::Whole(i64::from(several::each(kept).any(|it| pattern.fits(it))))
            }
            None => Key::Unscored,
        }),
        By::Nothing => None,
    }
}

fn text(text: &str) -> Key<'_> {
    Key::Text(collate::Text::new(Cow::Borrowed(text)))
}

fn value(value: &str, data_type: DataType) -> Option<Key<'_>> {
    match data_type {
        DataType::Integer => value.parse().ok().map(Key::Whole),
        DataType::Real => Amount::parse(value).map(|amount| Key::Real(amount.real())),
        DataType::Date | DataType::Timestamp => Moment::of_value(value).map(Key::Whole),
        DataType::Boolean => Some(Key::Whole(i64::from(value == "true"))),
        DataType::Varchar
        | DataType::MultilineVarchar
        | DataType::ControlledVocabulary
        | DataType::Material
        | DataType::Hyperlink
        | DataType::Xml
        | DataType::Sample => Some(text(value)),
        DataType::Json
        | DataType::ArrayString
        | DataType::ArrayInteger
        | DataType::ArrayReal
        | DataType::ArrayTimestamp => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::bean::Graph;

    fn store() -> (Store, [Number; 3]) {
        let mut store = Store::default();
        let fields = [("code", "SIZE".into()), ("dataType", "INTEGER".into())];
        store.add(Kind::PropertyType, fields);
        let mut sample = |code: &str, size: &[(&str, &str)]| {
            let pairs = size.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
            let properties = crate::sandbox::store::Slot::Map(pairs.collect());
            store.add(Kind::Sample, [("code", code.into()), ("properties", properties)])
        };
        let numbers = [
            sample("B", &[("SIZE", "9")]),
            sample("A", &[]),
            sample("C", &[("SIZE", "10")]),
        ];
        (store, numbers)
    }

    fn sorted(sortings: &[(&str, bool)]) -> String {
        let (store, mut numbers) = store();
        let mut graph = Graph::new();
        let options = graph.add("as.dto.sample.fetchoptions.SampleFetchOptions");
        let sort = graph.add("as.dto.sample.fetchoptions.SampleSortOptions");
        let mut items = Vec::new();
        for (field, asc) in sortings {
            let sorting = graph.add("as.dto.common.fetchoptions.Sorting");
            let order = graph.add("as.dto.common.fetchoptions.SortOrder");
            graph.set(order, "asc", *asc);
            graph.set(sorting, "field", *field);
            graph.set(sorting, "order", Node::Bean(order));
            items.push(Node::Bean(sorting));
        }
        graph.set(sort, "sortings", items);
        graph.set(options, "sort", Node::Bean(sort));
        super::sort(&store, Kind::Sample, &mut numbers, graph.view(options)).unwrap();
        numbers.iter().map(|number| store.get(*number).unwrap().code()).collect()
    }

    #[test]
    fn numbers_sort_by_value_and_what_has_none_comes_last_both_ways() {
        assert_eq!(sorted(&[("PROPERTYSIZE", true)]), "BCA");
        assert_eq!(sorted(&[("PROPERTYSIZE", false)]), "CBA");
    }

    #[test]
    fn a_page_of_many_is_the_begin_of_all_of_them_in_order() {
        let mut store = Store::default();
        let code = |number: u64| format!("S{}", number * 7919 % 2000);
        let mut numbers: Vec<Number> = (0..1500)
            .map(|number| {
                store.add(Kind::Sample, [("code", code(number).as_str().into())])
            })
            .collect();
        store.set(numbers[3], "container", numbers[0].into());
        let mut graph = Graph::new();
        let options = graph.add("as.dto.sample.fetchoptions.SampleFetchOptions");
        let sort = graph.add("as.dto.sample.fetchoptions.SampleSortOptions");
        let sorting = graph.add("as.dto.common.fetchoptions.Sorting");
        let order = graph.add("as.dto.common.fetchoptions.SortOrder");
        graph.set(order, "asc", true);
        graph.set(sorting, "field", "CODE");
        graph.set(sorting, "order", Node::Bean(order));
        graph.set(sort, "sortings", vec![Node::Bean(sorting)]);
        graph.set(options, "sort", Node::Bean(sort));
        let mut all: Vec<String> = numbers
            .iter()
            .filter_map(|&number| attribute::text(&store, store.get(number)?, "code"))
            .map(Cow::into_owned)
            .collect();
        all.sort_by(|one, other| collate::compare(one, other));
        graph.set(options, "from", 40);
        graph.set(options, "count", 20);
        super::sort(&store, Kind::Sample, &mut numbers, graph.view(options)).unwrap();
        let page: Vec<String> = numbers[40..60]
            .iter()
            .filter_map(|&number| attribute::text(&store, store.get(number)?, "code"))
            .map(Cow::into_owned)
            .collect();
        assert_eq!(page, all[40..60]);
    }

    #[test]
    fn an_unknown_property_has_no_effect() {
        assert_eq!(sorted(&[("PROPERTYsize", true), ("CODE", false)]), "CBA");
        assert_eq!(sorted(&[("PROPERTYsize", true)]), "BAC");
    }
}
