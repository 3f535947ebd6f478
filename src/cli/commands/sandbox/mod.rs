mod serving;

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::ValueEnum;
use serving::Serving;

use crate::cli::exit::Exit;
use crate::cli::world::{SystemClock, World};
use crate::sandbox::{self, Settings, faults};
use crate::wire::bean::{self, Dialect};

/// Left out, and said so: see `docs/architecture.md`.
const LEFT_OUT: &str = "Left out: Jython plug-ins are kept but not run (the ELN's checks of \
    dates and storage positions are built in), SQL queries are kept but not run, and there \
    is no data store with files. What it answers otherwise than a recorded server stands in \
    tests/replay-known.txt.";

/// Serve a small openBIS to practise and test with
#[derive(clap::Args, Debug)]
#[command(after_help = after_help())]
pub(crate) struct Sandbox {
    /// Address and port; port 0 takes a free one. The URL is printed
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8888")]
    listen: String,

    /// Keep it in this folder
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

    /// What a new one holds
    #[arg(long, value_name = "SEED", default_value = "demo")]
    seed: Seed,

    /// An account; the first is the administrator. By default `admin:admin`, and in the
    /// demo lab also `power:power` and `observer:observer`
    #[arg(long = "user", value_name = "NAME:PASSWORD", value_parser = account)]
    users: Vec<(String, String)>,

    /// Let everybody log in with any password
    #[arg(long)]
    any_password: bool,

    /// The person as whom one may log in without a name
    #[arg(long, value_name = "NAME")]
    anonymous_user: Option<String>,

    /// Which openBIS it is like: that of 2023, or with what came later: methods, a file
    /// server that lists and reads, exports as RO-Crate and spreadsheet; imports are refused
    #[arg(long, value_name = "API", default_value = "2023")]
    api: Api,

    /// Refuse what an openBIS ignores in silence: fields that no class has, negated
    /// criteria on fields, property codes that are not there
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    serving: Serving,
}

/// Which version of the interface is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Api {
    /// 3.6, of September 2023
    #[value(name = "2023")]
    Of2023,
    /// What came later besides
    Newer,
}

/// What a new sandbox holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Seed {
    /// A lab with objects, data sets and accounts
    Demo,
    /// The types and vocabularies of a typical lab
    Eln,
    /// What a server holds that was just installed
    Empty,
}

impl Sandbox {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let listener = TcpListener::bind(&self.listen)
            .with_context(|| format!("cannot listen at `{}`", self.listen))?;
        let address = listener.local_addr()?;
        let service = self.serving.begin(&self.listen, self.data.as_deref())?;
        let opened = Arc::new(sandbox::Sandbox::open(self.settings())?);
        // Listening everywhere, it has no address of its own.
        if !address.ip().is_unspecified() {
            opened.served_at(&service.url(address));
        }
        service.announce(address)?;
        service.of(opened).serve(listener, &world.interrupt.cancel())?;
        Ok(Exit::Done)
    }

    fn settings(self) -> Settings {
        let users = if self.users.is_empty() { accounts(self.seed) } else { self.users };
        Settings {
            seed: self.seed.into(),
            users,
            any_password: self.any_password,
            anonymous_user: self.anonymous_user,
            dialect: Dialect {
                api: match self.api {
                    Api::Of2023 => bean::Api::Of2023,
                    Api::Newer => bean::Api::Newer,
                },
                strict: self.strict,
            },
            data: self.data,
            clock: Arc::new(SystemClock),
        }
    }
}

/// Those that are there where none is named.
pub(crate) fn accounts(seed: Seed) -> Vec<(String, String)> {
    let names: &[&str] = match seed {
        Seed::Demo => &["admin", "power", "observer"],
        Seed::Eln | Seed::Empty => &["admin"],
    };
    names.iter().map(|name| ((*name).to_owned(), (*name).to_owned())).collect()
}

fn after_help() -> String {
    format!(
        "Faults: `--fault METHODS:WHEN:FAULT`, like `login:once:session-lost`, \
         `createSamples:3:drop-after`, `*:10%:drop-before`, \
         `searchSamples:every=7:latency=200ms`\n\n{}\n{LEFT_OUT}",
        faults::table()
    )
}

fn account(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((name, password)) if !name.is_empty() && !password.is_empty() => {
            Ok((name.to_owned(), password.to_owned()))
        }
        Some(_) | None => Err("it has to be `NAME:PASSWORD`".to_owned()),
    }
}

impl From<Seed> for sandbox::Seed {
    fn from(seed: Seed) -> Self {
        match seed {
            Seed::Demo => Self::Demo,
            Seed::Eln => Self::Eln,
            Seed::Empty => Self::Empty,
        }
    }
}
