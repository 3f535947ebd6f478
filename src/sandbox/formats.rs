//! What physical data names by a code: how its files are stored, of which format they are,
//! and what tells their place.

/// One of them, with what a server has from the start.
pub(super) struct Format {
    /// As answers have it.
    pub(super) field: &'static str,
    /// As creations name it.
    pub(super) sent: &'static str,
    pub(super) class: &'static str,
    /// Whether it comes back with its fetch options.
    pub(super) tells_options: bool,
    /// Codes and descriptions; the first is taken where none is given.
    known: &'static [(&'static str, Option<&'static str>)],
}

pub(super) const FORMATS: &[Format] = &[
    Format {
        field: "storageFormat",
        sent: "storageFormatId",
        class: "as.dto.dataset.StorageFormat",
        tells_options: false,
        known: &[("PROPRIETARY", None), ("BDS_DIRECTORY", None)],
    },
    Format {
        field: "fileFormatType",
        sent: "fileFormatTypeId",
        class: "as.dto.dataset.FileFormatType",
        tells_options: true,
        known: &[
            ("PROPRIETARY", Some("Proprietary Format File")),
            ("HDF5", Some("Hierarchical Data Format File, version 5")),
            ("SRF", Some("Sequence Read Format File")),
            ("TIFF", Some("TIFF File")),
            ("TSV", Some("Tab Separated Values File")),
            ("XML", Some("XML File")),
        ],
    },
    Format {
        field: "locatorType",
        sent: "locatorTypeId",
        class: "as.dto.dataset.LocatorType",
        tells_options: true,
        known: &[("RELATIVE_LOCATION", Some("Relative Location"))],
    },
];

impl Format {
    pub(super) fn named(field: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.field == field)
    }

    pub(super) fn knows(&self, code: &str) -> bool {
        self.known.iter().any(|row| row.0 == code)
    }

    pub(super) fn default(&self) -> &'static str {
        self.known.first().map_or("", |row| row.0)
    }

    pub(super) fn description(&self, code: &str) -> Option<&'static str> {
        self.known.iter().find(|row| row.0 == code)?.1
    }
}
