//! The properties of a response that could not be read and were left out.

use opentact_api::{ResponseValue, Warning};

use crate::failure::Failure;
use crate::terminal::print_warning;

/// Returns the payload of a response. Prints a warning for each property that was left out.
///
/// # Errors
/// Fails if one of these is `needed`, because the rest of the command would act on a wrong value.
pub(crate) fn payload<T>(response: ResponseValue<T>, needed: &[&str]) -> Result<T, Failure> {
    let (payload, parts) = response.into_parts();
    report(&parts.warnings, needed)?;
    Ok(payload)
}

/// Prints warnings, and fails for a `needed` property at any depth.
pub(crate) fn report<'a>(
    warnings: impl IntoIterator<Item = &'a Warning>,
    needed: &[&str],
) -> Result<(), Failure> {
    for warning in warnings {
        let message = format!("the response has a value that cannot be read: {warning}");
        let name = warning.path().rsplit('.').next().unwrap_or_default();
        if needed.contains(&name) {
            return Err(Failure::general(message));
        }
        print_warning(&message);
    }
    Ok(())
}
