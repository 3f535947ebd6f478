//! What was done: steps with their data, where things stand in the freezer, notes and tags.
use super::super::super::store::{Number, Slot};
use super::super::ground::properties;
use super::lab::{Files, Lab};
use super::strains::Strains;
use super::words::{GENES, PROTOCOLS};
use crate::model::Kind;

/// A series: where it is, the protocol, what each step is called.
const SERIES: &[(&str, usize, &str)] = &[
    ("/LAB/STRESS/HEAT_SHOCK", 1, "Heat shock of"),
    ("/LAB/STRESS/OSMOTIC_SHOCK", 2, "Osmotic shock of"),
    ("/LAB/MATING/ALPHA_FACTOR", 3, "Alpha factor on"),
];

const STEPS_PER_SERIES: usize = 12;

pub(super) fn plant(lab: &mut Lab<'_, '_>, strains: &Strains) {
    freezer(lab, strains);
    let steps: Vec<Number> =
        (0..SERIES.len()).flat_map(|series| run(lab, series, strains)).collect();
    notes(lab, &steps);
    lab.tag("favourite", "What I use most", &strains.yeasts[..3]);
    lab.tag("to-repeat", "Results that need a second look", &steps[4..6]);
}

/// One position for each plasmid and for the first yeasts.
fn freezer(lab: &mut Lab<'_, '_>, strains: &Strains) {
    lab.days(2);
    let kept = strains.plasmids.iter().chain(strains.yeasts.iter().take(16));
    for (place, &object) in kept.enumerate() {
        let row = (b'A' + u8::try_from(place / 9 % 9).unwrap_or_default()) as char;
        let position = format!("{row}{}", place % 9 + 1);
        let (rack, name) = if place < 20 { ("1", "Plasmids") } else { ("2", "Yeasts") };
        let values = properties([
            ("$STORAGE_POSITION.STORAGE_CODE", "DEFAULT_STORAGE"),
            ("$STORAGE_POSITION.STORAGE_RACK_ROW", "1"),
            ("$STORAGE_POSITION.STORAGE_RACK_COLUMN", rack),
            ("$STORAGE_POSITION.STORAGE_BOX_NAME", name),
            ("$STORAGE_POSITION.STORAGE_BOX_SIZE", "9X9"),
            ("$STORAGE_POSITION.STORAGE_BOX_POSITION", position.as_str()),
            ("$STORAGE_POSITION.STORAGE_USER", "admin"),
        ]);
        lab.object("STORAGE_POSITION", "/STORAGE/FREEZER/POSITIONS", values, &[object]);
    }
}

/// The steps of a series, one every nine days, each with what was measured.
fn run(lab: &mut Lab<'_, '_>, series: usize, strains: &Strains) -> Vec<Number> {
    lab.ground.who = Some(lab.people.power);
    let steps = (0..STEPS_PER_SERIES).map(|number| {
        lab.days(9);
        let step = step(lab, series, number, strains);
        data(lab, series * STEPS_PER_SERIES + number, step);
        step
    });
    let steps = steps.collect();
    lab.ground.who = Some(lab.people.admin);
    steps
}

fn step(
    lab: &mut Lab<'_, '_>,
    series: usize,
    number: usize,
    strains: &Strains,
) -> Number {
    let (within, protocol, what) = SERIES[series];
    let gene = (series * 6 + number) % GENES.len();
    let name = format!("{what} {}Δ", GENES[gene].0.to_lowercase());
    let finished = series < 2 || number < 8;
    let (start, end) = (lab.stamp(0), lab.stamp(6));
    let goal = format!("Does the cell need {}?", GENES[gene].0);
    let values = properties([
        ("$NAME", name.as_str()),
        ("FINISHED_FLAG", if finished { "true" } else { "false" }),
        ("START_DATE", start.as_str()),
        ("END_DATE", if finished { end.as_str() } else { "" }),
        ("EXPERIMENTAL_STEP.EXPERIMENTAL_GOALS", goal.as_str()),
        ("EXPERIMENTAL_STEP.EXPERIMENTAL_DESCRIPTION", PROTOCOLS[protocol][2]),
    ]);
    let yeast = strains.yeasts[5 + gene * 2 + 1];
    lab.object("EXPERIMENTAL_STEP", within, values, &[yeast])
}

/// Raw data of each step, and for every second one the analysis.
fn data(lab: &mut Lab<'_, '_>, number: usize, step: Number) {
    let size = 1_048_576 * i64::try_from(number % 7 + 1).unwrap_or(1);
    let (status, archived) = match number {
        0..=2 => ("ARCHIVED", true),
        3 => ("LOCKED", false),
        _ => ("AVAILABLE", false),
    };
    let name = format!("Plate reader, run {}", number + 1);
    let raw = lab.data_set("RAW_DATA", step, &name, Files { size, status, archived });
    if number % 2 == 1 {
        let files = Files { size: size / 16, status: "AVAILABLE", archived: false };
        let name = format!("Growth curves, run {}", number + 1);
        let analysis = lab.data_set("ANALYZED_DATA", step, &name, files);
        lab.ground.store.set(analysis, "parents", Slot::Many(vec![raw]));
    }
}

/// Files kept with a project, a collection and some steps.
fn notes(lab: &mut Lab<'_, '_>, steps: &[Number]) {
    let series = lab.ground.collection_at("/LAB/STRESS/HEAT_SHOCK");
    let project =
        lab.ground.store.find(Kind::Project, "code", "STRESS").map(|it| it.number);
    if let Some(project) = project {
        lab.attachment(project, "plan.txt", "Plan of the project", "1. heat\n2. salt\n");
    }
    if let Some(series) = series {
        let text = "strain,25C,42C\nBY4741,1.00,0.61\nhsp104,0.98,0.12\n";
        lab.attachment(series, "survival.csv", "Survival after heat shock", text);
    }
    if let Some(series) = series {
        lab.files(
            series,
            &[
                ("/readme.txt", b"Plates are read every thirty minutes.\n"),
                ("/plan/layout.csv", b"well,strain\nA1,BY4741\nA2,hsp104\n"),
                ("/plan/old/layout.csv", b"well,strain\nA1,BY4741\n"),
            ],
        );
    }
    if let Some(&first) = steps.first() {
        let mut image = b"\x89PNG\r\n\x1a\n".to_vec();
        image.extend((0..20_000_u32).map(|at| at.to_be_bytes()[3] ^ at.to_be_bytes()[2]));
        lab.files(
            first,
            &[
                ("/notes.txt", "At 42 °C for 30 min.\n".as_bytes()),
                ("/plate.png", &image),
            ],
        );
    }
    for (number, &step) in steps.iter().step_by(6).enumerate() {
        let text = format!("minute,OD600\n0,0.20\n30,0.2{number}\n60,0.3{number}\n");
        lab.attachment(step, "growth.csv", "Growth", &text);
    }
}
