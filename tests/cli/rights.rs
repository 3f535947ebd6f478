//! Who may do what: for each role of openBIS and each sort of thing one call that changes
//! something, as the program ends it. What is not allowed is told apart from what is not
//! there and from what is wrong.
use std::sync::Mutex;
use std::thread;

use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

const ROLES: &[&str] = &[
    "INSTANCE ADMIN",
    "INSTANCE OBSERVER",
    "INSTANCE ETL_SERVER",
    "SPACE ADMIN",
    "SPACE POWER_USER",
    "SPACE USER",
    "SPACE OBSERVER",
    "SPACE ETL_SERVER",
    "PROJECT ADMIN",
    "PROJECT POWER_USER",
    "PROJECT USER",
    "PROJECT OBSERVER",
];

/// A server that was just installed, where everybody logs in.
const OPTIONS: &[&str] =
    &["--listen=127.0.0.1:0", "--user=admin:secret", "--seed=empty", "--any-password"];

/// What is tried; each role has a code `X` of its own. Then who may: the places of the
/// roles in `ROLES`, a dot for each that may not.
type Row = (&'static str, &'static str, &'static str);

const CALLS: &[Row] = &[
    ("space", "o.new_space(`X`).save()", "A.EA...E...."),
    ("project", "o.new_project(`S`, `X`).save()", "A.EAP..E...."),
    (
        "project",
        "let p = o.get_project(`/S/P`); p.description = `X`; p.save()",
        "A.EAP..EA...",
    ),
    ("collection", "o.new_collection(`UNKNOWN`, `X`, `/S/P`).save()", "A.EAPU.EAPU."),
    (
        "sample",
        "o.new_sample(#{ type: `UNKNOWN`, code: `X`, project: `/S/P` }).save()",
        "A.EAPU.EAPU.",
    ),
    ("sample", "o.new_sample(#{ type: `UNKNOWN`, code: `X` }).save()", "A.E........."),
    (
        "relation",
        "let s = o.get_sample(`/S/P/TO_X`); s.add_parents(`/S/P/ONE`); s.save()",
        "A.EAPU.EAPU.",
    ),
    ("deletion", "o.get_sample(`/S/P/OLD_X`).delete(`old`)", "A.EAP..EAP.."),
    ("tag", "o.new_tag(`X`).save()", "AOEAPUOEAPUO"),
    ("vocabulary", "o.new_vocabulary(`X`, [`A`]).save()", "A.E........."),
    ("term", "o.new_term(`X`, `VOC`).save()", "A.E........."),
    (
        "property type",
        "o.new_property_type(`X`, `X`, `X`, `VARCHAR`).save()",
        "A...........",
    ),
    (
        "type",
        "o.new_sample_type(#{ code: `X`, generatedCodePrefix: `X` }).save()",
        "A.E.........",
    ),
    (
        "plug-in",
        "o.new_plugin(`X`, `ENTITY_VALIDATION`, #{ script: `def validate(entity, isNew): pass` }).save()",
        "A...........",
    ),
    ("material", "o.new_material(#{ type: `MAT`, code: `X` }).save()", "A.E........."),
    ("group", "o.new_group(#{ code: `X` }).save()", "A..........."),
    ("person", "o.new_person(`x_X`).save()", "A.E........."),
    (
        "role",
        "o.new_role_assignment(#{ role: `OBSERVER`, user: `guest_X`, space: `S` }).save()",
        "A..A........",
    ),
    (
        "token",
        "o.new_personal_access_token(#{ sessionName: `X`, validFromDate: now(), validToDate: now() + 60000 }).save()",
        "AOEAPUOEAPUO",
    ),
    (
        "external system",
        "o.new_externalDms(#{ code: `X`, address: `h:/p`, addressType: `FILE_SYSTEM` }).save()",
        "A...........",
    ),
    ("code", "o.gen_code(`sample`, `X`)", "A.EAPU.EAPU."),
    ("reading", "o.get_sample(`/S/P/ONE`)", "AOEAPUOEAPUO"),
    ("search", "o.get_samples(#{ project: `/S/P`, code: `ONE` })[0]", "AOEAPUOEAPUO"),
];

/// What is there before: a user for each role, and something to work on.
fn settle(url: &str) {
    let mut script = "
        o.new_space(`S`).save();
        o.new_space(`HIDDEN`).save();
        let p = o.new_project(`S`, `P`).save();
        o.new_vocabulary(`VOC`, [`A`]).save();
        o.new_material_type(#{ code: `MAT` }).save();
        let make = |code| o.new_sample(#{ type: `UNKNOWN`, code: code, project: `/S/P` });
        make.call(`ONE`).save();
        o.new_sample(#{ type: `UNKNOWN`, code: `ONE`, space: `HIDDEN` }).save();
        let made = [];"
        .to_owned();
    for (number, role) in ROLES.iter().enumerate() {
        let (level, role) = role.split_once(' ').unwrap();
        let place = match level {
            "SPACE" => ", space: `S`",
            "PROJECT" => ", project: p",
            _ => "",
        };
        script += format!(
            "made.push(make.call(`TO_R{number}`)); made.push(make.call(`OLD_R{number}`));
             o.new_person(`guest_R{number}`).save();
             o.new_person(`r{number}`).save();
             o.new_role_assignment(#{{ role: `{role}`, user: `r{number}`{place} }}).save();\n"
        )
        .as_str();
    }
    script += "o.save_all(made);";
    as_user("admin", url).script(&script).args(["--yes"]).run().succeeds();
}

fn as_user(user: &str, url: &str) -> Rhobis {
    Rhobis::new().at(url).env("OPENBIS_USERNAME", user).env("OPENBIS_PASSWORD", "secret")
}

/// What came out otherwise than it should.
fn tried(url: &str, number: usize, row: &Row) -> Option<String> {
    let (group, call, allowed) = row;
    let may = !allowed[number..].starts_with('.');
    let call = call.replace('X', &format!("R{number}"));
    let seen = as_user(&format!("r{number}"), url).script(&call).args(["--yes"]).run();
    let refused = ["Access denied", "Authorization failure", "enough privileges"];
    let right = match may {
        true => seen.ends(Exit::Done),
        false => {
            seen.ends(Exit::Denied) && refused.iter().any(|why| seen.stderr.contains(why))
        }
    };
    let wrong = format!("{} and {group}, allowed: {may}: {seen}", ROLES[number]);
    (!right).then_some(wrong)
}

#[test]
fn each_role_may_what_openbis_allows_it_and_is_told_of_the_rest() {
    let sandbox = Listening::serving(OPTIONS);
    settle(&sandbox.url);
    let pairs =
        CALLS.iter().flat_map(|row| (0..ROLES.len()).map(move |role| (role, row)));
    let queue = Mutex::new(pairs);
    let wrong = Mutex::new(Vec::new());
    let work = || {
        loop {
            let Some((role, row)) = queue.lock().unwrap().next() else { break };
            wrong.lock().unwrap().extend(tried(&sandbox.url, role, row));
        }
    };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(work);
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_hidden_is_not_there_and_what_is_wrong_is_neither() {
    let sandbox = Listening::serving(OPTIONS);
    settle(&sandbox.url);
    for number in 3..ROLES.len() {
        let user = format!("r{number}");
        let run = |script: &str| {
            as_user(&user, &sandbox.url).script(script).args(["--yes"]).run()
        };
        run("o.get_sample(`/HIDDEN/ONE`)")
            .fails_with(Exit::NotFound)
            .stderr_has("no sample `/HIDDEN/ONE`");
        run("o.get_sample(`/S/P/NONE`)")
            .fails_with(Exit::NotFound)
            .stderr_has("no sample `/S/P/NONE`");
        run("o.new_tag(`a b`).save()").fails_with(Exit::Script).stderr_has("`a b`");
    }
}
