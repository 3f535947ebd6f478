//! The words that the demo lab is made of.

/// Genes that are deleted or tagged: name, what it is.
pub(super) const GENES: &[(&str, &str)] = &[
    ("HSP104", "disaggregase"),
    ("HSF1", "heat shock transcription factor"),
    ("SSA1", "chaperone of the Hsp70 family"),
    ("SSA4", "stress-induced Hsp70"),
    ("HSP26", "small heat shock protein"),
    ("MSN2", "stress transcription factor"),
    ("MSN4", "stress transcription factor"),
    ("HOG1", "MAP kinase of the osmotic response"),
    ("PBS2", "MAP kinase kinase"),
    ("SLN1", "osmosensor"),
    ("GPD1", "glycerol-3-phosphate dehydrogenase"),
    ("STE2", "receptor of alpha factor"),
    ("STE5", "scaffold of the pheromone response"),
    ("FUS3", "MAP kinase of mating"),
    ("KSS1", "MAP kinase of filamentous growth"),
    ("FAR1", "inhibitor of the cell cycle"),
    ("BAR1", "protease of alpha factor"),
    ("STE12", "transcription factor of mating"),
    ("FUS1", "membrane protein of the shmoo"),
    ("SST2", "regulator of G protein signalling"),
];

/// Genetic background, mating type, common markers, markers of the background.
pub(super) const BACKGROUNDS: &[[&str; 4]] = &[
    ["BY4741", "A", "URA3_HIS3_LEU2", "MET15"],
    ["BY4742", "ALPHA", "URA3_HIS3_LEU2", "LYS2"],
    ["W303-1A", "A", "URA3_HIS3_LEU2", "TRP1_ADE2"],
    ["W303-1B", "ALPHA", "URA3_HIS3_LEU2", "TRP1_ADE2"],
    ["CEN.PK2-1C", "A", "URA3_HIS3_LEU2", "TRP1"],
];

/// Backbone, name, resistance in bacteria, marker in yeast.
pub(super) const BACKBONES: &[[&str; 4]] = &[
    ["PRS30Y", "pRS305", "BLA", "LEU2"],
    ["PRS31Y", "pRS316", "BLA", "URA3"],
    ["PRS40Y", "pRS403", "BLA", "HIS3"],
    ["PRS41Y", "pRS415", "BLA", "LEU2"],
    ["PRS42Y", "pRS426", "BLA", "URA3"],
];

/// Name, supplier, article number, CAS number, storage.
pub(super) const CHEMICALS: &[[&str; 5]] = &[
    ["D-Sorbitol", "Chemlab", "S1876", "50-70-4", "RT"],
    ["Sodium chloride", "Chemlab", "71380", "7647-14-5", "RT"],
    ["D-Glucose", "Chemlab", "G8270", "50-99-7", "RT"],
    ["Agar", "Biostock", "A1296", "9002-18-0", "RT"],
    ["G418", "Biostock", "A1720", "108321-42-2", "4"],
    ["Nourseothricin", "Biostock", "74667", "96736-11-7", "-20"],
    ["Ampicillin", "Biostock", "A9518", "69-52-3", "-20"],
    ["Alpha factor", "Peptidehouse", "P-2318", "59401-28-4", "-80"],
    ["Cycloheximide", "Chemlab", "C7698", "66-81-9", "4"],
    ["DMSO", "Chemlab", "D8418", "67-68-5", "RT"],
    ["Lithium acetate", "Chemlab", "L4158", "6108-17-4", "RT"],
    ["PEG 3350", "Chemlab", "P4338", "25322-68-3", "RT"],
];

/// Name, host, clonality, detection, concentration.
pub(super) const ANTIBODIES: &[[&str; 5]] = &[
    ["anti-HA", "MOUSE", "MONOCLONAL", "", "1 mg/ml"],
    ["anti-Myc", "MOUSE", "MONOCLONAL", "", "0.5 mg/ml"],
    ["anti-FLAG", "MOUSE", "MONOCLONAL", "", "1 mg/ml"],
    ["anti-GFP", "RABBIT", "POLYCLONAL", "", "2 mg/ml"],
    ["anti-phospho-Hog1", "RABBIT", "POLYCLONAL", "", "0.2 mg/ml"],
    ["anti-Pgk1", "MOUSE", "MONOCLONAL", "", "0.5 mg/ml"],
    ["anti-mouse HRP", "GOAT", "POLYCLONAL", "HRP", "0.8 mg/ml"],
    ["anti-rabbit Alexa 488", "DONKEY", "POLYCLONAL", "FLUORESCENCE", "2 mg/ml"],
];

/// Name, supplier, article number.
pub(super) const ENZYMES: &[[&str; 3]] = &[
    ["BamHI", "Biostock", "R0136"],
    ["EcoRI", "Biostock", "R0101"],
    ["XhoI", "Biostock", "R0146"],
    ["NotI", "Biostock", "R0189"],
    ["T4 DNA ligase", "Biostock", "M0202"],
    ["Phusion polymerase", "Biostock", "M0530"],
];

/// Name, organism, sterilization.
pub(super) const MEDIA: &[[&str; 3]] = &[
    ["YPD", "BUDDING_YEAST", "AUTOCLAVATION"],
    ["SD -URA", "BUDDING_YEAST", "AUTOCLAVATION"],
    ["SD -LEU", "BUDDING_YEAST", "AUTOCLAVATION"],
    ["YPD + G418", "BUDDING_YEAST", "FILTRATION"],
    ["LB", "BACTERIA", "AUTOCLAVATION"],
    ["LB + ampicillin", "BACTERIA", "FILTRATION"],
];

/// Name, what for, how.
pub(super) const PROTOCOLS: &[[&str; 3]] = &[
    [
        "Yeast transformation",
        "Plasmids and cassettes into yeast",
        "LiAc/PEG, 42 °C for 40 min",
    ],
    [
        "Heat shock",
        "Shift of a culture from 25 °C to 42 °C",
        "Water bath, samples each 10 min",
    ],
    ["Osmotic shock", "Addition of sorbitol to 1 M", "Samples at 0, 5, 15, 30 min"],
    ["Alpha factor arrest", "Arrest of MATa cells in G1", "1 µM for 2 h"],
    ["Western blot", "Proteins on a membrane", "10 % gel, wet transfer, ECL"],
];

/// Name, place, page.
pub(super) const SUPPLIERS: &[[&str; 3]] = &[
    ["Chemlab", "Basel", "https://chemlab.example"],
    ["Biostock", "Zurich", "https://biostock.example"],
    ["Peptidehouse", "Geneva", "https://peptidehouse.example"],
    ["Glasworks", "Bern", "https://glasworks.example"],
];

/// Name, supplier, catalogue number, price, currency, size.
pub(super) const PRODUCTS: &[[&str; 6]] = &[
    ["D-Sorbitol", "Chemlab", "S1876", "48.5", "CHF", "1 kg"],
    ["Yeast extract", "Biostock", "Y1625", "112.0", "CHF", "500 g"],
    ["Peptone", "Biostock", "P5905", "96.0", "CHF", "500 g"],
    ["Petri dishes", "Glasworks", "PD-90", "39.9", "EUR", "480 pieces"],
    ["Filter tips 200 µl", "Glasworks", "FT-200", "85.0", "EUR", "960 pieces"],
    ["Alpha factor", "Peptidehouse", "P-2318", "260.0", "CHF", "1 mg"],
];
