//! Oligos, the plasmids made with them, bacteria that keep those, and yeasts that got them.
use super::super::super::store::Number;
use super::super::ground::properties;
use super::lab::Lab;
use super::words::{BACKBONES, BACKGROUNDS, GENES};

/// What the notebook works with.
pub(super) struct Strains {
    pub(super) plasmids: Vec<Number>,
    pub(super) yeasts: Vec<Number>,
}

const OLIGOS: &str = "/MATERIALS/POLYNUCLEOTIDES/OLIGO_COLLECTION";
const PLASMIDS: &str = "/MATERIALS/PLASMIDS/PLASMID_COLLECTION";
const BACTERIA: &str = "/MATERIALS/BACTERIA/BACTERIA_COLLECTION";
const SHARED_YEASTS: &str = "/MATERIALS/YEASTS/YEAST_COLLECTION";
const OWN_YEASTS: &str = "/LAB/STRAINS/YEASTS";
const OWNERS: &[&str] = &["Ada Keller", "Paul Meier"];

pub(super) fn plant(lab: &mut Lab<'_, '_>) -> Strains {
    let backgrounds = wild_types(lab);
    let mut strains = Strains { plasmids: Vec::new(), yeasts: backgrounds.clone() };
    for number in 0..GENES.len() {
        lab.days(3);
        let oligos =
            ["FORWARD", "REVERSE"].map(|direction| oligo(lab, number, direction));
        let plasmid = plasmid(lab, number, &oligos);
        if number % 2 == 0 {
            bacterium(lab, number, plasmid);
        }
        let background = number % backgrounds.len();
        let deleted = [(background, SHARED_YEASTS), (background + 1, OWN_YEASTS)];
        for (background, within) in deleted {
            let parents = [backgrounds[background % backgrounds.len()], plasmid];
            strains.yeasts.push(deletion(lab, number, background, (within, &parents)));
        }
        strains.plasmids.push(plasmid);
    }
    strains
}

fn wild_types(lab: &mut Lab<'_, '_>) -> Vec<Number> {
    let rows = BACKGROUNDS.iter();
    rows.map(|[background, mating, common, own]| {
        let values = properties([
            ("$NAME", *background),
            ("YEAST.GENETIC_BACKGROUND", *background),
            ("YEAST.MATING_TYPE", *mating),
            ("YEAST.COMMON_MARKERS", *common),
            ("YEAST.BACKGROUND-SPECIFIC_MARKERS", *own),
            ("YEAST.ENDOGENOUS_PLASMID", "CIR_PLUS"),
        ]);
        lab.object("YEAST", SHARED_YEASTS, values, &[])
    })
    .collect()
}

fn oligo(lab: &mut Lab<'_, '_>, gene: usize, direction: &str) -> Number {
    let end = if direction == "FORWARD" { "F" } else { "R" };
    let name = format!("{}-{end}", GENES[gene].0);
    let sequence = sequence(gene * 2 + usize::from(end == "R"));
    let values = properties([
        ("$NAME", name.as_str()),
        ("OLIGO.DIRECTION", direction),
        ("OLIGO.SEQUENCE", sequence.as_str()),
    ]);
    lab.object("OLIGO", OLIGOS, values, &[])
}

fn plasmid(lab: &mut Lab<'_, '_>, gene: usize, oligos: &[Number]) -> Number {
    let [backbone, vector, resistance, marker] = BACKBONES[gene % BACKBONES.len()];
    let name = format!("{vector}-{}", GENES[gene].0);
    let number = format!("P{:03}", gene + 1);
    let values = properties([
        ("$NAME", name.as_str()),
        ("OWNER", OWNERS[gene % OWNERS.len()]),
        ("OWNER_NUMBER", number.as_str()),
        ("PLASMID.BACKBONE", backbone),
        ("PLASMID.BACTERIAL_ANTIBIOTIC_RESISTANCE", resistance),
        ("PLASMID.MARKER", marker),
        ("PLASMID.FLANKING_RESTRICTION_ENZYMES", "BamHI, XhoI"),
    ]);
    lab.object("PLASMID", PLASMIDS, values, oligos)
}

fn bacterium(lab: &mut Lab<'_, '_>, gene: usize, plasmid: Number) -> Number {
    let name = format!("DH5alpha {}", GENES[gene].0);
    let values = properties([
        ("$NAME", name.as_str()),
        ("OWNER", OWNERS[gene % OWNERS.len()]),
        ("BACTERIA.GENOTYPE", "F- endA1 glnV44 thi-1 recA1 relA1 gyrA96"),
        ("BACTERIA.ORIGIN", "TRANSFORMATION"),
    ]);
    lab.object("BACTERIA", BACTERIA, values, &[plasmid])
}

fn deletion(
    lab: &mut Lab<'_, '_>,
    gene: usize,
    background: usize,
    (within, parents): (&str, &[Number]),
) -> Number {
    let [background, mating, common, own] = BACKGROUNDS[background % BACKGROUNDS.len()];
    let (gene_name, about) = GENES[gene];
    let name = format!("{background} {}Δ::kanMX", gene_name.to_lowercase());
    let notes = format!("Lacks {gene_name}, {about}.");
    let values = properties([
        ("$NAME", name.as_str()),
        ("OWNER", OWNERS[gene % OWNERS.len()]),
        ("YEAST.GENETIC_BACKGROUND", background),
        ("YEAST.MATING_TYPE", mating),
        ("YEAST.COMMON_MARKERS", common),
        ("YEAST.BACKGROUND-SPECIFIC_MARKERS", own),
        ("YEAST.ENDOGENOUS_PLASMID", "CIR_PLUS"),
        ("YEAST.ORIGIN", "TRANSFORMATION"),
        (
            "YEAST.STRAIN_CHECK",
            if gene.is_multiple_of(3) { "PCR" } else { "PCR_MICROSCOPY" },
        ),
        ("NOTES", notes.as_str()),
    ]);
    lab.object("YEAST", within, values, parents)
}

/// Twenty bases, the same for the same number.
fn sequence(number: usize) -> String {
    let mut state = number * 2_654_435_761 + 12_345;
    let bases = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345) % 2_147_483_648;
        ['A', 'C', 'G', 'T'][state / 65_536 % 4]
    });
    bases.take(20).collect()
}
