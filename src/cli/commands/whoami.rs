use rhai::{Dynamic, Map};

use crate::cli::exit::Exit;
use crate::cli::world::World;

/// Show where the session leads and whose it is
pub(crate) fn go(world: &World) -> anyhow::Result<Exit> {
    let session = world.session()?;
    let known = session.session_information()?;
    let server = session.server_information()?;
    let version =
        |name: &str| server.get(name).cloned().map_or(Dynamic::UNIT, Into::into);
    let rows: [(&str, Dynamic); 5] = [
        ("url", session.url().to_owned().into()),
        ("user", known.user.into()),
        ("home_space", known.home_space.map_or(Dynamic::UNIT, Into::into)),
        ("api_version", version("api-version")),
        ("openbis_version", version("openbis-version")),
    ];
    let map: Map = rows.into_iter().map(|(name, value)| (name.into(), value)).collect();
    world.show(&map.into())?;
    Ok(Exit::Done)
}
