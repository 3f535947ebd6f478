//! Places in a storage: the rack has them, a box stands in one place, no two things share a
//! position of a box. How much is asked depends on the storage's validation level.
use super::Verdict;
use crate::model::Kind;
use crate::sandbox::store::{Object, Store};

const PREFIX: &str = "$STORAGE_POSITION.STORAGE_";

pub(super) fn check(store: &Store, position: &Object) -> Verdict {
    match wrong(store, position) {
        Ok(()) => Verdict::Fine,
        Err(text) => Verdict::Thrown(text),
    }
}

fn wrong(store: &Store, position: &Object) -> Result<(), String> {
    let storage = storage(store, position)?;
    let row = value(position, "RACK_ROW");
    let column = value(position, "RACK_COLUMN");
    let (Some(row), Some(column)) = (row, column) else {
        return Err("Storage rack row or column missing".to_owned());
    };
    let level = storage.property("$STORAGE.STORAGE_VALIDATION_LEVEL").unwrap_or_default();
    if !fits(row, storage, "$STORAGE.ROW_NUM")
        || !fits(column, storage, "$STORAGE.COLUMN_NUM")
    {
        return Err("Out of range row or column for the rack".to_owned());
    }
    if level == "RACK" {
        return Ok(());
    }
    let name = required(position, "BOX_NAME", "name")?;
    let size = required(position, "BOX_SIZE", "size")?;
    stands_in_one_place(store, position, name)?;
    has_room(store, storage, position)?;
    if level == "BOX" {
        return Ok(());
    }
    let wanted = required(position, "BOX_POSITION", "position")?;
    legal(wanted, size)?;
    free(store, position, name, wanted)
}

fn value<'o>(position: &'o Object, what: &str) -> Option<&'o str> {
    position.property(&format!("{PREFIX}{what}"))
}

fn required<'o>(position: &'o Object, what: &str, word: &str) -> Result<&'o str, String> {
    value(position, what).ok_or_else(|| format!("Storage box {word} missing"))
}

/// The one storage of the code, wherever it is.
fn storage<'s>(store: &'s Store, position: &Object) -> Result<&'s Object, String> {
    let code = value(position, "CODE").ok_or("Storage code missing")?;
    let is_storage = |object: &&Object| {
        object.trashed.is_none()
            && super::linked(store, object, "type")
                .is_some_and(|it| it.code() == "STORAGE")
    };
    let found = store.holding(Kind::Sample, "code", code).map(AsRef::as_ref);
    let found: Vec<&Object> = found.filter(is_storage).collect();
    match found[..] {
        [storage] => Ok(storage),
        _ => Err(format!("Found: {} storages for storage code: {code}", found.len())),
    }
}

/// Whether a number counted from 1 is within what the storage has.
fn fits(number: &str, storage: &Object, most: &str) -> bool {
    let most: i64 = storage.property(most).and_then(|it| it.parse().ok()).unwrap_or(0);
    number.parse::<i64>().is_ok_and(|number| (1..=most).contains(&number))
}

/// The other positions that are in use.
fn others<'s>(store: &'s Store, position: &Object) -> impl Iterator<Item = &'s Object> {
    let (own, of) = (position.number, position.one("type"));
    store
        .all(Kind::Sample)
        .map(AsRef::as_ref)
        .filter(move |other: &&Object| other.number != own && other.one("type") == of)
}

/// The name of a box is unique on the server.
fn stands_in_one_place(
    store: &Store,
    position: &Object,
    name: &str,
) -> Result<(), String> {
    let mut boxes =
        others(store, position).filter(|it| value(it, "BOX_NAME") == Some(name));
    let Some(elsewhere) = boxes.find(|other| place(other) != place(position)) else {
        return Ok(());
    };
    let told = |object: &Object| {
        let [code, row, column] = place(object).map(Option::unwrap_or_default);
        format!("Storage Code: {code} Rack Row: {row} Rack Column: {column}")
    };
    Err(format!(
        "You entered the name of an already existing box in a different place - Box Name: \
         {name} Given -> {} - Found -> {}",
        told(position),
        told(elsewhere)
    ))
}

fn place(position: &Object) -> [Option<&str>; 3] {
    ["CODE", "RACK_ROW", "RACK_COLUMN"].map(|what| value(position, what))
}

/// Whether the place of the rack takes one more box.
fn has_room(store: &Store, storage: &Object, position: &Object) -> Result<(), String> {
    let here = others(store, position).filter(|other| place(other) == place(position));
    let mut boxes: Vec<_> = here.filter_map(|other| value(other, "BOX_NAME")).collect();
    boxes.extend(value(position, "BOX_NAME"));
    boxes.sort_unstable();
    boxes.dedup();
    if fits(&boxes.len().to_string(), storage, "$STORAGE.BOX_NUM") {
        return Ok(());
    }
    Err("Number of boxes in rack exceeded, use an existing box.".to_owned())
}

/// Positions such as `A1 B12`, parted by blanks, within a box of `ROWSxCOLUMNS`.
fn legal(wanted: &str, size: &str) -> Result<(), String> {
    if wanted.contains(',') {
        let text = "Box positions are not separated by ',' but just a white space.";
        return Err(text.to_owned());
    }
    if wanted.contains('-') {
        return Err("Box positions can't contain ranges '-' .".to_owned());
    }
    let (rows, columns) = size.split_once(['X', 'x']).unwrap_or_default();
    for cell in wanted.split_whitespace() {
        let letters: String =
            cell.chars().take_while(char::is_ascii_alphabetic).collect();
        if letters.is_empty() {
            return Err(format!(
                "Incorrect format for box position found ''{cell}'. The first character \
                 should be a letter."
            ));
        }
        if row_number(&letters) > rows.parse().unwrap_or(0) {
            return Err(format!("Row don't fit on the box for position: {cell}"));
        }
        let column = cell[letters.len()..].parse::<u64>().unwrap_or(u64::MAX);
        if column > columns.parse().unwrap_or(0) {
            return Err(format!("Column don't fit on the box for position: {cell}"));
        }
    }
    Ok(())
}

/// `A` is 1, `Z` 26, `AA` 27.
fn row_number(letters: &str) -> u64 {
    let digits =
        letters.bytes().map(|letter| u64::from(letter.to_ascii_uppercase() - b'A') + 1);
    digits.fold(0, |number, digit| number.saturating_mul(26).saturating_add(digit))
}

/// Whether nothing else has one of the positions of the box.
fn free(
    store: &Store,
    position: &Object,
    name: &str,
    wanted: &str,
) -> Result<(), String> {
    for other in others(store, position).filter(|it| value(it, "BOX_NAME") == Some(name))
    {
        let taken = value(other, "BOX_POSITION").unwrap_or_default();
        let mut cells = wanted.split_whitespace();
        if let Some(cell) =
            cells.find(|cell| taken.split_whitespace().any(|it| it == *cell))
        {
            return Err(format!(
                "You entered an existing box position - Box Name: {name} Box Position {cell} \
                 is already used by {}",
                other.text("permId").unwrap_or_default()
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_counted_in_letters_and_numbers() {
        assert_eq!(legal("A1 D4", "4X4"), Ok(()));
        assert!(legal("E1", "4X4").unwrap_err().starts_with("Row don't fit"));
        assert!(legal("A5", "4X4").unwrap_err().starts_with("Column don't fit"));
        assert_eq!(legal("AN20", "40X20"), Ok(()));
    }
}
