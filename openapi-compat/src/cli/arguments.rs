//! The arguments of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use openapi_compat::{Bump, FailOn, Format, LevelRule};

use super::load::ShownWarnings;

/// Compares two OpenAPI documents and reports every change, its level and the required version
/// bump.
///
/// The versions of the documents are those in `info.version`. Exits with 0 if `--fail-on` and
/// `--expect` accept the report, with 1 if one does not, and with 2 if there is no report.
#[derive(Parser)]
#[command(version, disable_help_subcommand = true)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) comparison: Option<Comparison>,
}

/// The subcommands. A file with such a name is given as `./explain`.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Explains a type of change: its meaning, its levels, an example, and advice
    Explain {
        /// The id of the type of change, such as `property-removed` [default: a list of all ids]
        id: Option<String>,
    },
}

/// The arguments of a comparison.
#[derive(Args)]
pub(crate) struct Comparison {
    /// The older document: a YAML or JSON file, a folder of such files that form one document, a file
    /// or folder of a revision of git (`REVISION:PATH`), or `-` for standard input
    pub(crate) base: PathBuf,

    /// The newer document, in the same way
    pub(crate) head: PathBuf,

    /// Refuses documents with mistakes instead of reading them as they were evidently meant
    #[arg(long)]
    pub(crate) strict: bool,

    /// The warnings about mistakes in the documents that are shown
    #[arg(long, value_enum, default_value_t = ShownWarnings::Few)]
    pub(crate) warnings: ShownWarnings,

    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Print one screen: the verdict, the number of changes, and the operations with the most
    /// changes. For the formats text, markdown and json
    #[arg(long, conflicts_with = "all")]
    pub(crate) summary: bool,

    /// Print all changes with all their operations. Otherwise a long list is cut
    #[arg(long)]
    pub(crate) all: bool,

    /// The reports to reject [default: undeclared, or never with --expect]
    #[arg(long, value_enum)]
    pub(crate) fail_on: Option<FailOn>,

    /// The greatest version bump that the changes may require; a greater one is rejected
    #[arg(long, value_enum, value_name = "BUMP")]
    pub(crate) expect: Option<Bump>,

    /// A file of accepted changes, each with its reason; they are counted, but leave verdict and exit
    /// code alone. Can be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) ignore: Vec<PathBuf>,

    /// The level of all changes with an id (`ID=LEVEL`), of those in a direction
    /// (`ID@request=LEVEL`), or of those of an extension (`x-NAME=LEVEL`): breaking, additive or
    /// documentation. Can be repeated; the last one that fits applies
    #[arg(long, value_name = "ID=LEVEL")]
    pub(crate) level: Vec<LevelRule>,

    /// An extension of operations or security schemes that clients act on, such as `x-idempotent`; a change of it is
    /// additive instead of documentation. Can be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) behavioural_extension: Vec<String>,

    /// An extension of operations that clients build requests with, such as `x-paging`; a change or
    /// removal of it is breaking instead of documentation. Can be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) contract_extension: Vec<String>,
}
