//! The command `opentact logout`.

use crate::client;
use crate::context::Context;
use crate::failure::Failure;
use crate::identity::folders::Folders;
use crate::identity::profile::{VIEW, row};
use crate::identity::profiles::{DEFAULT, Profiles};
use crate::identity::revoke::revoke;
use crate::identity::sources;
use crate::identity::vault::Vault;
use crate::terminal::waiting;

/// Deletes the profile and its tokens. A token that `opentact login` created is deleted at the service
/// too.
pub(crate) async fn run(context: &Context) -> Result<(), Failure> {
    let Context { output, options } = context;
    output.check(&VIEW)?;
    let name = sources::chosen_profile(options)?;
    let name = name.as_deref().unwrap_or(DEFAULT);
    let folders = Folders::of_user()?;
    let mut profiles = Profiles::read(&folders)?;
    let Some(profile) = profiles.profiles.get(name).cloned() else {
        return Err(profiles.unknown(name));
    };
    let vault = Vault { folders: &folders };
    let mut rows = Vec::new();
    for (&kind, kept) in &profile.tokens {
        if kept.created {
            let revoked = async {
                let token = vault.get(kept.place, name, kind)?;
                let builder = client::builder_for(Some(&profile.base_url), options)?;
                revoke(&client::finish(builder, options)?, &token).await
            };
            if let Err(failure) = waiting(output, "Signing out", revoked).await {
                let reason = failure.reason();
                output.warn(&format!(
                    "the {kind} of {} is deleted here, but it is still valid at the service: {reason}",
                    kept.user
                ));
            }
        }
        vault.delete(kept.place, name, kind)?;
        rows.push(row(name, &profile, kind, kept, false));
        // A later failure leaves a profile with the other tokens.
        if let Some(left) = profiles.profiles.get_mut(name) {
            left.tokens.remove(&kind);
        }
        profiles.write(&folders)?;
    }
    profiles.profiles.remove(name);
    profiles.write(&folders)?;
    match output.is_for_people() {
        true => output.note(&format!("Deleted the profile `{name}`.")),
        false => output.list(&VIEW, rows)?,
    }
    Ok(())
}
