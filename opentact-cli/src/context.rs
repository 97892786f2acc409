//! The context of a command: its output and the global options.

use opentact_api::Client;

use crate::client;
use crate::failure::Failure;
use crate::options::GlobalOptions;
use crate::output::Output;

/// The options and the output that every command gets.
pub(crate) struct Context {
    pub(crate) output: Output,
    pub(crate) options: GlobalOptions,
}

impl Context {
    pub(crate) fn new(options: GlobalOptions) -> Self {
        let output = Output::new(&options);
        Self { output, options }
    }

    /// Returns the client with the token of the user. Asks for a token on a terminal if there is none.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        client::build(&self.options)
    }
}
