//! Constants of enumerations.
use super::super::contract::{Class, java};
use super::super::{Json, Node};
use super::scalar::{mismatch, unfit};
use super::trouble::Trouble;

/// A constant by its name, which is case-sensitive, or by its number.
pub(super) fn read(class: &Class, json: &Json) -> Result<Node, Trouble> {
    let names: Vec<_> = class
        .constants
        .iter()
        .filter(|(_, newer)| !newer)
        .map(|(name, _)| *name)
        .collect();
    let (text, found) = match json {
        Json::Null => return Ok(Node::Null),
        Json::Text(text) => {
            (text.clone(), names.iter().find(|name| **name == text.trim()).copied())
        }
        Json::Integer(index) => {
            let found = usize::try_from(*index).ok().and_then(|index| names.get(index));
            (index.to_string(), found.copied())
        }
        Json::Flag(_) | Json::Real(_) | Json::List(_) | Json::Object(_) => {
            return Err(mismatch(&java(class.name), json));
        }
    };
    found.map(Node::from).ok_or_else(|| {
        let known = in_lookup_order(&names).join(", ");
        let why = format!("value not one of declared Enum instance names: [{known}]");
        unfit(&java(class.name), &text, &why)
    })
}

/// The order in which the mapper names constants: that of its hash table, an area of
/// `size` slots, a secondary one of half as many, and the rest behind them.
fn in_lookup_order<'n>(names: &[&'n str]) -> Vec<&'n str> {
    let size = match names.len() {
        ..=5 => 8,
        6..=12 => 16,
        more => (more + more / 4).next_power_of_two().max(32),
    };
    let buckets = (names.len() * 4 / 3 + 1).next_power_of_two().max(16);
    let rest = size + size / 2;
    let mut table = vec![None; rest + names.len()];
    let mut spilled = rest;
    let mut names = names.to_vec();
    names.sort_by_key(|name| bucket(name, buckets));
    for name in names {
        let slot = hash(name) as usize & (size - 1);
        let free =
            [slot, size + slot / 2].into_iter().find(|place| table[*place].is_none());
        let place = free.unwrap_or_else(|| {
            spilled += 1;
            spilled - 1
        });
        table[place] = Some(name);
    }
    table.into_iter().flatten().collect()
}

/// Where a Java map of so many buckets puts a text: it fills the table in that order.
fn bucket(name: &str, buckets: usize) -> usize {
    let hash = hash(name);
    (hash ^ (hash >> 16)) as usize & (buckets - 1)
}

/// Java's hash of a text.
fn hash(text: &str) -> u32 {
    text.bytes()
        .fold(0, |hash: u32, byte| hash.wrapping_mul(31).wrapping_add(byte.into()))
}

#[cfg(test)]
mod tests {
    use super::in_lookup_order;

    #[test]
    fn constants_are_named_in_the_order_of_the_servers_table() {
        let roles = ["ADMIN", "USER", "POWER_USER", "OBSERVER", "ETL_SERVER", "DISABLED"];
        assert_eq!(
            in_lookup_order(&roles).join(", "),
            "POWER_USER, OBSERVER, USER, DISABLED, ADMIN, ETL_SERVER"
        );
        assert_eq!(in_lookup_order(&["AND", "OR"]).join(", "), "OR, AND");
    }
}
