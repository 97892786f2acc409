//! `cargo xtask bench`: measures, and prints the tables of `BENCHMARKS.md`.

mod build;
mod calls;
mod comparands;
mod concurrency;
mod decode;
mod error;
mod machine;
mod process;
mod regenerate;
mod scale;
mod section;
mod valgrind;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

pub(crate) use self::error::BenchError;
use self::section::{Section, document, replaced};
use crate::files::Workspace;

/// What the tables are written to.
const BENCHMARKS: &str = "BENCHMARKS.md";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Measure only these; may be given several times.
    #[arg(long, value_name = "TABLE")]
    only: Vec<Table>,

    /// Write the tables to BENCHMARKS.md; with --only, those that are there already stay.
    #[arg(long)]
    write: bool,

    /// Exit with 1 where a goal is missed. The largest sizes, which take longest, are left out.
    #[arg(long, conflicts_with = "write")]
    check: bool,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Table {
    /// Deriving the client, beside openapi-generator and progenitor.
    Regenerate,
    /// Deriving clients and comparing specs of 10, 100 and 1,000 operations.
    Scale,
    /// The instructions and allocations of a call.
    Call,
    /// The instructions of decoding lists of users.
    Decode,
    /// A thousand calls at once.
    Concurrent,
    /// Builds of a crate that depends on a client, and the size of its program.
    Build,
}

impl Table {
    fn title(&self) -> &'static str {
        match self {
            Self::Regenerate => regenerate::TITLE,
            Self::Scale => scale::TITLE,
            Self::Call => calls::TITLE,
            Self::Decode => decode::TITLE,
            Self::Concurrent => concurrency::TITLE,
            Self::Build => build::TITLE,
        }
    }
}

/// How the command ends where everything could be measured.
pub(crate) enum Outcome {
    Done,
    GoalMissed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::GoalMissed => Self::from(1),
        }
    }
}

/// Where things are, and how much is measured.
struct Bench {
    /// The root of the workspace.
    root: PathBuf,
    /// Where everything goes that is built, generated or installed.
    target: PathBuf,
    /// Whether the largest sizes are left out.
    brief: bool,
}

impl Bench {
    /// A folder of `benches/`.
    fn package(&self, name: &str) -> PathBuf {
        self.root.join("benches").join(name)
    }

    /// Says what goes on, to those who wait for it: on standard error, apart from the tables.
    fn tell(&self, what: &str) {
        anstream::eprintln!("{what} ...");
    }
}

/// Measures what is asked for. A table that cannot be measured says why, unless it is to be checked.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, BenchError> {
    let workspace = Workspace::find()?;
    let bench = Bench {
        target: target(workspace.root()),
        root: workspace.root().to_owned(),
        brief: arguments.check,
    };
    let mut sections = Vec::new();
    for table in Table::value_variants() {
        if arguments.only.is_empty() || arguments.only.contains(table) {
            bench.tell(table.title());
            sections.push(match measure(*table, &bench) {
                Err(error) if !arguments.check => Section::unmeasured(table.title(), &error),
                measured => measured?,
            });
        }
    }
    let missed = sections.iter().flat_map(Section::missed).count() > 0;
    let tables: Vec<(String, String)> = sections.iter().map(Section::markdown).collect();
    if arguments.write {
        let former = workspace.read_if_present(BENCHMARKS)?;
        let order: Vec<&str> = Table::value_variants().iter().map(Table::title).collect();
        workspace.replace(BENCHMARKS, &replaced(&former, &tables, &order))?;
        anstream::println!("{BENCHMARKS}: written");
    } else {
        anstream::print!("{}", document(&tables));
    }
    match missed && arguments.check {
        true => Ok(Outcome::GoalMissed),
        false => Ok(Outcome::Done),
    }
}

fn measure(table: Table, bench: &Bench) -> Result<Section, BenchError> {
    match table {
        Table::Regenerate => regenerate::measure(bench),
        Table::Scale => scale::measure(bench),
        Table::Call => calls::measure(bench),
        Table::Decode => decode::measure(bench),
        Table::Concurrent => concurrency::measure(bench),
        Table::Build => build::measure(bench),
    }
}

fn target(root: &Path) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root.join(target).join("bench")
}
