//! The command `opentact profile`.

use clap::Subcommand;
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::Failure;
use crate::identity::folders::Folders;
use crate::identity::kind::TokenKind;
use crate::identity::profiles::{DEFAULT, KeptToken, Profile, Profiles};
use crate::identity::sources;
use crate::output::{Column, Kind, View};

/// The commands below `opentact profile`.
#[derive(Debug, Subcommand)]
pub(crate) enum ProfileCommand {
    /// List your profiles and their tokens, without the tokens themselves.
    List,
}

/// The tokens of profiles.
pub(crate) const VIEW: View = View {
    columns: &[
        Column::new("PROFILE", "/profile", Kind::Text, 0),
        Column::new("USER", "/user", Kind::Text, 0),
        Column::new("KIND", "/kind", Kind::Text, 1),
        Column::new("KEPT IN", "/kept_in", Kind::Text, 3),
        Column::new("CURRENT", "/current", Kind::Text, 4),
        Column::new("BASE URL", "/base_url", Kind::Text, 2),
    ],
    empty: "You have no profiles; `opentact login` creates one.",
};

/// Returns the names of the profiles, with their base URLs.
pub(crate) fn names() -> Result<Vec<(String, String)>, Failure> {
    let profiles = Profiles::read(&Folders::of_user()?)?.profiles;
    let named = profiles
        .into_iter()
        .map(|(name, profile)| (name, profile.base_url));
    Ok(named.collect())
}

pub(crate) fn run(command: &ProfileCommand, context: &Context) -> Result<(), Failure> {
    let ProfileCommand::List = command;
    let current = sources::chosen_profile(&context.options)?;
    let current = current.as_deref().unwrap_or(DEFAULT);
    let profiles = Profiles::read(&Folders::of_user()?)?.profiles;
    let rows = profiles.iter().flat_map(|(name, profile)| {
        let tokens = profile.tokens.iter();
        tokens.map(move |(&kind, kept)| row(name, profile, kind, kept, name == current))
    });
    context.output.list(&VIEW, rows.collect())
}

/// Returns a token of a profile for results.
pub(crate) fn row(
    name: &str,
    profile: &Profile,
    kind: TokenKind,
    kept: &KeptToken,
    is_current: bool,
) -> Value {
    json!({
        "profile": name,
        "user": kept.user,
        "kind": kind.as_str(),
        "kept_in": kept.place.as_str(),
        "current": is_current,
        "base_url": profile.base_url,
    })
}
