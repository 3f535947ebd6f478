//! Personal access tokens. They are never shown: they are kept for the profile, or written
//! into a file for its owner alone.
mod access;
mod making;

use std::path::PathBuf;
use std::time::Duration;

use access::Access;
use making::Wanted;

use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::vault::Sort;
use crate::cli::world::World;
use crate::script::report::{Cell, Table};

/// Personal access tokens: they log in without a password, and end by themselves
///
/// Tokens are managed in a session that a password or single sign-on began; a token cannot
/// make tokens.
#[derive(clap::Args, Debug)]
pub(crate) struct Tokens {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// List the tokens, and which of them is kept here
    List,
    /// Make a token, and keep it for the profile
    Create {
        /// What it is for: tokens of one name share a session on the server
        name: String,
        /// How long it holds, like `90d`; without it, as long as the server permits
        #[arg(long, value_name = "TIME", value_parser = period)]
        valid: Option<Duration>,
        /// Write it into this new file instead, for another computer
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Make a token in place of the one that is kept; that one holds until its end
    Renew {
        /// How long the new one holds; without it, as long as the old one
        #[arg(long, value_name = "TIME", value_parser = period)]
        valid: Option<Duration>,
        /// End the old one now
        #[arg(long)]
        revoke_old: bool,
    },
    /// End tokens
    Revoke {
        /// Their ids, as `list` shows them, or names
        #[arg(required = true, value_name = "ID|NAME")]
        tokens: Vec<String>,
    },
}

impl Tokens {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let access = Access::open(world)?;
        match self.what {
            What::List => world.print_table(&listed(&access)?),
            What::Create { name, valid, to } => {
                let made = making::make(&access, &Wanted { name, valid })?;
                match to {
                    Some(file) => made.write(&file, &access, world)?,
                    None => made.keep(&access, world)?,
                }
            }
            What::Renew { valid, revoke_old } => {
                renew(&access, valid, revoke_old, world)?;
            }
            What::Revoke { tokens } => {
                tokens.iter().try_for_each(|token| revoke(&access, token, world))?;
            }
        }
        Ok(Exit::Done)
    }
}

fn listed(access: &Access) -> anyhow::Result<Table> {
    let columns = ["id", "name", "valid_from", "valid_to", "last_used", "kept_here"];
    let kept = access.kept()?.map(|kept| access::id(&kept.secret));
    let row = |one: access::Token| {
        let id = access::id(&one.secret);
        let here = Cell::Flag(kept.as_ref() == Some(&id));
        let time = |time| access::shown(time).map_or(Cell::Empty, Cell::Text);
        vec![
            Cell::Text(id),
            Cell::Text(one.name),
            time(one.from),
            time(one.until),
            time(one.used),
            here,
        ]
    };
    let rows = access.tokens()?.into_iter().map(row).collect();
    Ok(Table { columns: columns.map(str::to_owned).into(), rows })
}

fn renew(
    access: &Access,
    valid: Option<Duration>,
    revoke_old: bool,
    world: &World,
) -> anyhow::Result<()> {
    let Some(kept) = access.kept()? else {
        return Err(Mistake::missing("no access token is kept here")
            .hint("`rhobis token create NAME` makes one")
            .into());
    };
    let tokens = access.tokens()?;
    let old = tokens.into_iter().find(|token| token.secret == kept.secret);
    let name = old.as_ref().map(|old| old.name.clone()).or(kept.name);
    let valid = valid.or_else(|| old.as_ref().and_then(access::Token::length));
    let wanted = Wanted { name: name.unwrap_or_else(|| "rhobis".to_owned()), valid };
    making::make(access, &wanted)?.keep(access, world)?;
    match old {
        Some(old) if revoke_old => {
            access.end(&old)?;
            world.terminal.info("the old one is revoked");
        }
        Some(old) => {
            let until = access::shown(old.until).unwrap_or_default();
            world.terminal.info(&format!("the old one holds until {until}"));
        }
        None => {}
    }
    Ok(())
}

fn revoke(access: &Access, wanted: &str, world: &World) -> anyhow::Result<()> {
    let tokens = access.tokens()?;
    let is_meant = |token: &&access::Token| {
        access::id(&token.secret) == wanted || token.name == wanted
    };
    let found: Vec<&access::Token> = tokens.iter().filter(is_meant).collect();
    let token = match found.as_slice() {
        [one] => one,
        [] => {
            let known: Vec<&str> =
                tokens.iter().map(|token| token.name.as_str()).collect();
            let missing = Mistake::missing(format!("no access token `{wanted}`"));
            return Err(missing.nearest(wanted, &known).into());
        }
        [..] => {
            return Err(Mistake::new(format!("several access tokens are `{wanted}`"))
                .hint("`rhobis token list` shows their ids")
                .into());
        }
    };
    access.end(token)?;
    if access.kept()?.is_some_and(|kept| kept.secret == token.secret) {
        world.sessions.vault.forget(&access.server.slot(Sort::AccessToken))?;
    }
    world.terminal.info(&format!("the access token `{}` is revoked", token.name));
    Ok(())
}

fn period(text: &str) -> Result<Duration, String> {
    let time = crate::cli::settings::period(text).filter(|time| !time.is_zero());
    time.ok_or_else(|| "it has to be a time, like `90d` or `12h`".to_owned())
}
