//! What pyBIS has kept.
use anyhow::Context;
use url::Url;

use crate::cli::mistake::Mistake;
use crate::cli::vault::check_rights;
use crate::cli::world::{Folders, World};
use crate::client::Secret;

/// The token that pyBIS keeps for the host of the address.
pub(super) fn token(address: &str, world: &World) -> anyhow::Result<Secret> {
    let host = Url::parse(address)?.host_str().unwrap_or_default().to_owned();
    let kept = Folders::pybis().context("no home folder is known")?;
    let file = kept.join(format!("{host}.token"));
    if !file.exists() {
        let missing =
            format!("pyBIS keeps no token for `{host}`: no `{}`", file.display());
        return Err(Mistake::missing(missing).into());
    }
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("cannot read `{}`", file.display()))?;
    if let Err(wide) = check_rights(&file) {
        world.terminal.talk(&format!("warning: {wide}; {}", wide.hints.join("; ")));
    }
    Ok(Secret::from(text.trim()))
}
