//! What a word at the end of a line stands for, as far as openBIS is concerned.
use super::input::{Piece, Sort, pieces};
use crate::model::{Kind, Verb};

/// What is wanted there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A property of what the variable holds, which may be any.
    Property {
        of: Option<String>,
    },
    /// A type of these kinds of entities; of all where none is named.
    Type(Vec<Kind>),
    Vocabulary,
    /// A text of which nothing is known.
    Text,
    /// A value of this property.
    Value {
        property: String,
    },
}

/// A word that has begun, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Begun<'a> {
    pub(super) place: Place,
    /// What there is of it, without quotes.
    pub(super) word: &'a str,
    /// Whether it stands in quotes.
    pub(super) quoted: bool,
}

/// What has begun at the end of the line.
pub(super) fn begun(line: &str) -> Option<Begun<'_>> {
    let pieces: Vec<Piece<'_>> =
        pieces(line).into_iter().filter(|piece| !piece.text.trim().is_empty()).collect();
    if let Some((last, before)) = pieces.split_last()
        && last.sort == Sort::Text
        && !last.ended
    {
        let place = in_quotes(before).unwrap_or(Place::Text);
        return Some(Begun { place, word: last.text.get(1..)?, quoted: true });
    }
    let (word, before) = match pieces.split_last() {
        Some((last, before)) if last.sort == Sort::Word && line.ends_with(last.text) => {
            (last.text, before)
        }
        _ => ("", pieces.as_slice()),
    };
    let place = owned(without(before, ".")?)?;
    Some(Begun { place, word, quoted: false })
}

fn in_quotes(before: &[Piece<'_>]) -> Option<Place> {
    if let Some(before) = without(before, "[") {
        return owned(before);
    }
    if let Some(before) = without(before, ":") {
        let key = plain(before.last()?);
        if key == "type" {
            return Some(Place::Type(kinds_of(before)));
        }
        let is_property = is_within(before, &["props", "where", "properties"]);
        return is_property.then(|| Place::Value { property: key.to_owned() });
    }
    if let Some(property) = assigned(before) {
        return Some(Place::Value { property });
    }
    if let Some(before) = without(before, "(") {
        return called(before.last()?.text);
    }
    let is_key = before.last().is_some_and(|piece| ["{", ","].contains(&piece.text));
    (is_key && is_within(before, &["props", "where", "properties"]))
        .then_some(Place::Property { of: None })
}

/// `s.p.stage =` and `s.p["STAGE"] =`, compared too.
fn assigned(before: &[Piece<'_>]) -> Option<String> {
    let mut before = before;
    while let Some(rest) = ["=", "!", "<", ">"].iter().find_map(|it| without(before, it))
    {
        before = rest;
    }
    let (name, before) = if let Some(inside) = without(before, "]") {
        let (name, before) = inside.split_last()?;
        (plain(name), without(before, "[")?)
    } else {
        let (name, before) = before.split_last()?;
        (name.text, without(before, ".")?)
    };
    owned(before).map(|_| name.to_owned())
}

/// A property of what stands before `.p` or `.props`; nothing where neither stands there.
fn owned(before: &[Piece<'_>]) -> Option<Place> {
    let (last, before) = before.split_last()?;
    if !["p", "props"].contains(&last.text) {
        return None;
    }
    let variable = without(before, ".")?.last().filter(|piece| piece.sort == Sort::Word);
    Some(Place::Property { of: variable.map(|piece| piece.text.to_owned()) })
}

/// What the first argument of a function names.
fn called(function: &str) -> Option<Place> {
    for kind in Kind::ALL {
        for (one, _) in kind.spec().names {
            if function.strip_prefix("new_") == Some(one) && has_types(*kind) {
                return Some(Place::Type(vec![*kind]));
            }
            if function.strip_prefix("get_") == Some(one) {
                return named(*kind);
            }
        }
    }
    (function == "get_terms").then_some(Place::Vocabulary)
}

/// What names an object of the kind, as far as that is known.
fn named(kind: Kind) -> Option<Place> {
    match kind {
        Kind::Vocabulary => Some(Place::Vocabulary),
        Kind::PropertyType => Some(Place::Property { of: None }),
        _ if kind.spec().field("propertyAssignments").is_some() => {
            Some(Place::Type(vec![kind]))
        }
        _ => None,
    }
}

/// The kinds that the last function before is about.
fn kinds_of(before: &[Piece<'_>]) -> Vec<Kind> {
    let words = before.iter().rev().filter(|piece| piece.sort == Sort::Word);
    let about = |word: &str| {
        let word = word.strip_prefix("get_").or_else(|| word.strip_prefix("new_"))?;
        Kind::ALL.iter().copied().find(|kind| {
            has_types(*kind)
                && kind
                    .spec()
                    .names
                    .iter()
                    .any(|(one, many)| word == *one || word == *many)
        })
    };
    words.map(|piece| piece.text).find_map(about).into_iter().collect()
}

fn has_types(kind: Kind) -> bool {
    kind.spec().has_properties() && kind.spec().offers(Verb::Search)
}

/// Whether the innermost open map is the value of one of these keys.
fn is_within(before: &[Piece<'_>], keys: &[&str]) -> bool {
    let mut closed = 0;
    for (at, piece) in before.iter().enumerate().rev() {
        match piece.sort {
            Sort::Close => closed += 1,
            Sort::Open if closed > 0 => closed -= 1,
            Sort::Open => {
                let before = without(&before[..at], "#").unwrap_or(&before[..at]);
                let key = without(before, ":").and_then(<[_]>::last);
                return key.is_some_and(|key| keys.contains(&plain(key)));
            }
            Sort::Plain | Sort::Word | Sort::Number | Sort::Text | Sort::Comment => {}
        }
    }
    false
}

/// A name without its quotes.
fn plain<'a>(piece: &Piece<'a>) -> &'a str {
    piece.text.trim_matches(['"', '`'])
}

/// What stands before this one, if it is the last.
fn without<'p, 'a>(pieces: &'p [Piece<'a>], text: &str) -> Option<&'p [Piece<'a>]> {
    let (last, before) = pieces.split_last()?;
    (last.text == text).then_some(before)
}
