//! The web page's address of an attachment.
use std::fmt::Write;

use crate::model::Kind;
use crate::sandbox::store::{Object, Store};

const PAGE: &str = "http://localhost/openbis/index.html?viewMode=SIMPLE";

/// The address of one version, or of the latest one.
pub(super) fn permlink(
    store: &Store,
    attachment: &Object,
    version: Option<i64>,
) -> String {
    let name = encoded(attachment.text("fileName").unwrap_or_default());
    let version =
        version.map(|version| format!("&version={version}")).unwrap_or_default();
    let holder = attachment.one("holder").and_then(|number| store.get(number));
    let holder = holder.map(|holder| entity(store, holder)).unwrap_or_default();
    format!("{PAGE}#action=DOWNLOAD_ATTACHMENT&file={name}{version}&{holder}")
}

fn entity(store: &Store, holder: &Object) -> String {
    let space = holder.one("space").and_then(|number| store.get(number));
    match holder.kind {
        Kind::Project => {
            let space = space.map(|space| space.code()).unwrap_or_default();
            format!("entity=PROJECT&code={}&space={space}", holder.code())
        }
        kind => {
            let name = kind.spec().name.to_uppercase();
            format!("entity={name}&permId={}", holder.text("permId").unwrap_or_default())
        }
    }
}

/// Names are encoded by their 16-bit units, one byte after the other.
fn encoded(name: &str) -> String {
    let mut text = String::new();
    for unit in name.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b' ') => text.push('+'),
            Ok(byte) if byte.is_ascii_alphanumeric() || b"-_.*".contains(&byte) => {
                text.push(char::from(byte));
            }
            Ok(byte) => {
                let _ = write!(text, "%{byte:02X}");
            }
            Err(_) => {
                let [high, low] = unit.to_be_bytes();
                let _ = write!(text, "%{high:02X}%{low:02X}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_encoded_unit_by_unit() {
        assert_eq!(encoded("d ir/\u{fc} \u{6f22}.txt"), "d+ir%2F%FC+%6F%22.txt");
    }
}
