//! The keyring of the system: Keychain on macOS, Credential Manager on Windows, the Secret Service
//! elsewhere. Errors are the reason as text.

#[cfg(feature = "keyring")]
pub(crate) use available::{delete, get, set};
#[cfg(not(feature = "keyring"))]
pub(crate) use missing::{delete, get, set};

#[cfg(feature = "keyring")]
mod available {
    use std::sync::mpsc;
    use std::time::Duration;

    use keyring::v1::{Entry, Error};
    use opentact_api::Secret;

    use crate::terminal::print_line;

    /// The name under which keyrings show the tokens.
    const SERVICE: &str = "opentact";

    /// The longest time for the keyring. The user might need to type a password to open it.
    const TIMEOUT: Duration = Duration::from_secs(60);

    /// The time after which the user learns what the command waits for.
    const PATIENCE: Duration = Duration::from_secs(1);

    pub(crate) fn set(entry: &str, token: &Secret) -> Result<(), String> {
        let token = token.clone();
        with(entry, move |entry| {
            entry.set_password(token.expose_secret())
        })
    }

    pub(crate) fn get(entry: &str) -> Result<Option<Secret>, String> {
        with(entry, |entry| match entry.get_password() {
            Ok(token) => Ok(Some(Secret::from(token))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    pub(crate) fn delete(entry: &str) -> Result<(), String> {
        with(entry, |entry| match entry.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            other => other,
        })
    }

    /// Runs an action on an entry in a thread of its own: it may block, and hangs if nobody answers the
    /// question of the keyring.
    fn with<T: Send + 'static>(
        name: &str,
        action: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, String> {
        let name = name.to_owned();
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let result = match Entry::store_status() {
                Ok(()) => Entry::new(SERVICE, &name)
                    .and_then(|entry| action(&entry))
                    .map_err(reason),
                Err(error) => Err(error.to_string()),
            };
            // The receiver is gone after the timeout.
            let _ = sender.send(result);
        });
        receiver.recv_timeout(PATIENCE).unwrap_or_else(|_| {
            let note = "Waiting for the keyring. --token-file and OPENTACT_* go before it.";
            print_line(note);
            let result = receiver.recv_timeout(TIMEOUT);
            result.unwrap_or_else(|_| {
                Err("it did not answer; `opentact login --no-keyring` uses a file".to_owned())
            })
        })
    }

    /// Returns the reason in one line. Errors with the stored bytes do not show them.
    fn reason(error: Error) -> String {
        match error {
            Error::BadEncoding(_) => "the entry is not UTF-8".to_owned(),
            error => error.to_string(),
        }
    }
}

#[cfg(not(feature = "keyring"))]
mod missing {
    use opentact_api::Secret;

    const REASON: &str = "this `opentact` is built without the feature `keyring`";

    pub(crate) fn set(_: &str, _: &Secret) -> Result<(), String> {
        Err(REASON.to_owned())
    }

    pub(crate) fn get(_: &str) -> Result<Option<Secret>, String> {
        Err(REASON.to_owned())
    }

    pub(crate) fn delete(_: &str) -> Result<(), String> {
        Err(REASON.to_owned())
    }
}
