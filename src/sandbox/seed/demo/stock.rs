//! What is bought and how things are done: chemicals, antibodies, protocols, suppliers.
use super::super::ground::{Properties, properties};
use super::lab::Lab;
use super::words::{
    ANTIBODIES, CHEMICALS, ENZYMES, MEDIA, PRODUCTS, PROTOCOLS, SUPPLIERS,
};

/// A table of rows: the type, where it lies, and the property of each column.
struct Shelf<const N: usize> {
    entity_type: &'static str,
    within: &'static str,
    columns: [&'static str; N],
    rows: &'static [[&'static str; N]],
}

pub(super) fn plant(lab: &mut Lab<'_, '_>) {
    fill(
        lab,
        &Shelf {
            entity_type: "SUPPLIER",
            within: "/STOCK_CATALOG/SUPPLIERS/SUPPLIER_COLLECTION",
            columns: ["$NAME", "$SUPPLIER.COMPANY_ADDRESS_LINE_1", "SUPPLIER.URL"],
            rows: SUPPLIERS,
        },
    );
    fill(
        lab,
        &Shelf {
            entity_type: "PRODUCT",
            within: "/STOCK_CATALOG/PRODUCTS/PRODUCT_COLLECTION",
            columns: [
                "$NAME",
                "PRODUCT.COMPANY",
                "$PRODUCT.CATALOG_NUM",
                "$PRODUCT.PRICE_PER_UNIT",
                "$PRODUCT.CURRENCY",
                "PRODUCT.SIZE_OF_ITEM",
            ],
            rows: PRODUCTS,
        },
    );
    fill(
        lab,
        &Shelf {
            entity_type: "CHEMICAL",
            within: "/MATERIALS/REAGENTS/CHEMICAL_COLLECTION",
            columns: [
                "$NAME",
                "SUPPLIER",
                "ARTICLE_NUMBER",
                "CAS_NUMBER",
                "STORAGE_CONDITIONS",
            ],
            rows: CHEMICALS,
        },
    );
    fill(
        lab,
        &Shelf {
            entity_type: "ANTIBODY",
            within: "/MATERIALS/REAGENTS/ANTIBODY_COLLECTION",
            columns: [
                "$NAME",
                "ANTIBODY.HOST",
                "ANTIBODY.CLONALITY",
                "ANTIBODY.DETECTION",
                "ANTIBODY.STOCK_CONCENTRATION",
            ],
            rows: ANTIBODIES,
        },
    );
    fill(
        lab,
        &Shelf {
            entity_type: "ENZYME",
            within: "/MATERIALS/REAGENTS/ENZYME_COLLECTION",
            columns: ["$NAME", "SUPPLIER", "ARTICLE_NUMBER"],
            rows: ENZYMES,
        },
    );
    fill(
        lab,
        &Shelf {
            entity_type: "MEDIA",
            within: "/MATERIALS/REAGENTS/MEDIA_COLLECTION",
            columns: ["$NAME", "MEDIA.ORGANISM", "MEDIA.STERILIZATION"],
            rows: MEDIA,
        },
    );
    fill(
        lab,
        &Shelf {
            entity_type: "GENERAL_PROTOCOL",
            within: "/METHODS/PROTOCOLS/GENERAL_PROTOCOLS",
            columns: ["$NAME", "FOR_WHAT", "PROCEDURE"],
            rows: PROTOCOLS,
        },
    );
}

fn fill<const N: usize>(lab: &mut Lab<'_, '_>, shelf: &Shelf<N>) {
    lab.days(1);
    for row in shelf.rows {
        let values: Properties = properties(shelf.columns.into_iter().zip(*row));
        lab.object(shelf.entity_type, shelf.within, values, &[]);
    }
}
