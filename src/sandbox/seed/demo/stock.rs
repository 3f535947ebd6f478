//! What is bought and how things are done: chemicals, antibodies, protocols, suppliers.
use super::super::ground::{Properties, properties};
use super::lab::Lab;
use super::words::{
    ANTIBODIES, CHEMICALS, ENZYMES, MEDIA, PRODUCTS, PROTOCOLS, SUPPLIERS,
};

/// A type, where its objects lie, and the property of each column of a table of rows.
struct Shelf<const N: usize> {
    entity_type: &'static str,
    within: &'static str,
    columns: [&'static str; N],
}

const SUPPLIER: Shelf<3> = Shelf {
    entity_type: "SUPPLIER",
    within: "/STOCK_CATALOG/SUPPLIERS/SUPPLIER_COLLECTION",
    columns: ["$NAME", "$SUPPLIER.COMPANY_ADDRESS_LINE_1", "SUPPLIER.URL"],
};
const PRODUCT: Shelf<6> = Shelf {
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
};
const CHEMICAL: Shelf<5> = Shelf {
    entity_type: "CHEMICAL",
    within: "/MATERIALS/REAGENTS/CHEMICAL_COLLECTION",
    columns: ["$NAME", "SUPPLIER", "ARTICLE_NUMBER", "CAS_NUMBER", "STORAGE_CONDITIONS"],
};
const ANTIBODY: Shelf<5> = Shelf {
    entity_type: "ANTIBODY",
    within: "/MATERIALS/REAGENTS/ANTIBODY_COLLECTION",
    columns: [
        "$NAME",
        "ANTIBODY.HOST",
        "ANTIBODY.CLONALITY",
        "ANTIBODY.DETECTION",
        "ANTIBODY.STOCK_CONCENTRATION",
    ],
};
const ENZYME: Shelf<3> = Shelf {
    entity_type: "ENZYME",
    within: "/MATERIALS/REAGENTS/ENZYME_COLLECTION",
    columns: ["$NAME", "SUPPLIER", "ARTICLE_NUMBER"],
};
const MEDIUM: Shelf<3> = Shelf {
    entity_type: "MEDIA",
    within: "/MATERIALS/REAGENTS/MEDIA_COLLECTION",
    columns: ["$NAME", "MEDIA.ORGANISM", "MEDIA.STERILIZATION"],
};
const PROTOCOL: Shelf<3> = Shelf {
    entity_type: "GENERAL_PROTOCOL",
    within: "/METHODS/PROTOCOLS/GENERAL_PROTOCOLS",
    columns: ["$NAME", "FOR_WHAT", "PROCEDURE"],
};

pub(super) fn plant(lab: &mut Lab<'_, '_>) {
    fill(lab, &SUPPLIER, SUPPLIERS);
    fill(lab, &PRODUCT, PRODUCTS);
    fill(lab, &CHEMICAL, CHEMICALS);
    fill(lab, &ANTIBODY, ANTIBODIES);
    fill(lab, &ENZYME, ENZYMES);
    fill(lab, &MEDIUM, MEDIA);
    fill(lab, &PROTOCOL, PROTOCOLS);
}

fn fill<const N: usize>(
    lab: &mut Lab<'_, '_>,
    shelf: &Shelf<N>,
    rows: &[[&'static str; N]],
) {
    lab.days(1);
    for row in rows {
        let values: Properties = properties(shelf.columns.into_iter().zip(*row));
        lab.object(shelf.entity_type, shelf.within, values, &[]);
    }
}
