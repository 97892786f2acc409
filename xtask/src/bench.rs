//! `cargo xtask bench`: measures, and prints the tables of `BENCHMARKS.md`.

mod build;
mod calls;
mod compat;
mod competitors;
mod compile;
mod concurrency;
mod decode;
mod machine;
mod process;
mod regenerate;
mod scale;
mod section;
mod settings;
mod valgrind;

use anyhow::Result;
use clap::ValueEnum;

use self::section::{Section, document, merge};
use self::settings::Settings;
use crate::exit::Exit;
use crate::print::print;
use crate::replace::replace_all;
use crate::workspace::Workspace;

/// The file that `--write` writes.
const BENCHMARKS: &str = "BENCHMARKS.md";

/// The arguments of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Measure this table only; can be given several times.
    #[arg(long, value_name = "TABLE")]
    only: Vec<Table>,

    /// Write the tables to BENCHMARKS.md; with --only, its other tables stay.
    #[arg(long)]
    write: bool,

    /// Exit with 1 if a goal is missed. Skips the largest sizes, which take longest.
    #[arg(long, conflicts_with = "write")]
    check: bool,
}

/// A table of `BENCHMARKS.md`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Table {
    /// Generating the client, compared with openapi-generator and progenitor.
    Regenerate,
    /// Generating from and comparing specs of 10, 100 and 1,000 operations.
    Scale,
    /// Comparing two versions of published documents, beside other tools.
    Compat,
    /// The instructions and allocations of a call.
    Call,
    /// The instructions of decoding lists of users.
    Decode,
    /// A thousand concurrent calls.
    Concurrent,
    /// Compiling the client for some pages, and for all.
    Compile,
    /// Builds of a crate that depends on a client, and the size of its program.
    Build,
}

impl Table {
    fn title(self) -> &'static str {
        match self {
            Self::Regenerate => regenerate::TITLE,
            Self::Scale => scale::TITLE,
            Self::Compat => compat::TITLE,
            Self::Call => calls::TITLE,
            Self::Decode => decode::TITLE,
            Self::Concurrent => concurrency::TITLE,
            Self::Compile => compile::TITLE,
            Self::Build => build::TITLE,
        }
    }

    fn measure(self, settings: &Settings) -> Result<Section> {
        match self {
            Self::Regenerate => regenerate::measure(settings),
            Self::Scale => scale::measure(settings),
            Self::Compat => compat::measure(settings),
            Self::Call => calls::measure(settings),
            Self::Decode => decode::measure(settings),
            Self::Concurrent => concurrency::measure(settings),
            Self::Compile => compile::measure(settings),
            Self::Build => build::measure(settings),
        }
    }
}

/// Measures the requested tables. Without `--check`, a table that cannot be measured contains the
/// reason.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let settings = Settings::new(workspace.root(), arguments.check)?;
    let mut sections = Vec::new();
    for table in Table::value_variants() {
        if arguments.only.is_empty() || arguments.only.contains(table) {
            settings::announce(table.title());
            sections.push(match table.measure(&settings) {
                Err(error) if !arguments.check => Section::unmeasured(table.title(), &error),
                measured => measured?,
            });
        }
    }
    let is_missed = sections.iter().any(Section::misses_a_goal);
    let tables: Vec<(String, String)> = sections.iter().map(Section::markdown).collect();
    let machine = machine::class(&settings.shell);
    if arguments.write {
        let former = workspace.read_if_present(BENCHMARKS)?;
        let order: Vec<&str> = Table::value_variants()
            .iter()
            .map(|it| it.title())
            .collect();
        let text = document(&machine, &merge(&former, tables, &order));
        replace_all(&[(workspace.root().join(BENCHMARKS), &text)])?;
        print(&format!("{BENCHMARKS}: written\n"))?;
    } else {
        print(&document(&machine, &tables))?;
    }
    match is_missed && arguments.check {
        true => Ok(Exit::CheckFailed),
        false => Ok(Exit::Success),
    }
}
