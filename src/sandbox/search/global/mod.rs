//! Searches for texts anywhere in samples, experiments, data sets and materials.
mod order;
mod said;
mod wanted;

use crate::model::Kind;
use crate::sandbox::fault::null_pointer;
use crate::sandbox::ids;
use crate::sandbox::store::{Number, Object, Store};
use crate::wire::Fault;
use crate::wire::bean::{Node, View};
pub(crate) use order::sort;
use said::Line;
use wanted::Wanted;

const KINDS: &[Kind] = &[Kind::Sample, Kind::Experiment, Kind::DataSet, Kind::Material];

/// An object that a search for texts found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hit {
    pub(crate) number: Number,
    /// How well it fits; 0 where the texts are only looked for within others.
    pub(crate) score: f64,
    /// Where the texts were found, a line for each place.
    pub(crate) matches: String,
}

/// The objects with the texts that the criteria ask for: the best first, and among equals
/// the latest.
pub(crate) fn run(
    store: &Store,
    criteria: View<'_>,
    sees: &dyn Fn(&Object) -> bool,
) -> Result<Vec<Hit>, Fault> {
    let wanted = Wanted::read(criteria)?;
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let kinds = kinds(criteria)?;
    let objects = kinds.iter().flat_map(|&kind| store.all(kind));
    let mut hits: Vec<Hit> = objects
        .filter(|object| sees(object))
        .filter_map(|object| hit(store, object, &wanted))
        .collect();
    hits.sort_by(|one, two| {
        two.score.total_cmp(&one.score).then(two.number.cmp(&one.number))
    });
    Ok(hits)
}

/// The kinds that the criteria name; all where they name none.
fn kinds(criteria: View<'_>) -> Result<Vec<Kind>, Fault> {
    let mut kinds = Vec::new();
    for inner in criteria.inners("criteria") {
        if inner.name() != "GlobalSearchObjectKindCriteria" {
            continue;
        }
        let Node::List(listed) = inner.get("objectKinds") else {
            return Err(null_pointer());
        };
        let is_meant = |kind: &&Kind| {
            let name = ids::entity_kind(**kind).unwrap_or_default();
            listed.contains(&Node::from(name))
        };
        kinds.extend(KINDS.iter().filter(is_meant));
    }
    if kinds.is_empty() {
        kinds.extend(KINDS);
    }
    Ok(kinds)
}

fn hit(store: &Store, object: &Object, wanted: &Wanted) -> Option<Hit> {
    let lines = said::lines(store, object);
    let folded: Vec<String> = lines.iter().map(Line::folded).collect();
    if !wanted.is_met_by(&folded) {
        return None;
    }
    let mut weight = 0.0;
    let mut matches = Vec::new();
    for (line, text) in lines.iter().zip(&folded) {
        if wanted.touches(text) {
            weight += wanted.weight();
            matches.push(line.to_string());
        }
    }
    Some(Hit { number: object.number, score: weight, matches: matches.join("\n") })
}
