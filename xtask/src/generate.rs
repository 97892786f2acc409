//! `cargo xtask generate`.

mod report;
mod watch;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use opentact_gen::{Findings, Generated, Sources, generate};

use crate::files::{CODE, DOCUMENT, FileError, Workspace};

pub(crate) use self::report::things;
pub(crate) use self::watch::WatchError;

/// What is generated, and how it is shown.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Write nothing; show what would change and exit with 1 if anything would.
    #[arg(long)]
    check: bool,

    /// Generate, and then again whenever a file of the spec is saved, until it is interrupted.
    #[arg(long, conflicts_with = "check")]
    watch: bool,

    /// How the findings or the outcome are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Eq, PartialEq, ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// For programs, such as editors: one line with a JSON object for each time.
    Json,
}

/// How the command ends where nothing is wrong with the files as such.
pub(crate) enum Outcome {
    /// The generated files are what the spec yields.
    Done,
    /// A generated file is not what the spec yields, and was not to be written.
    Stale,
    /// The spec cannot be used.
    Refused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Stale => Self::from(1),
            Outcome::Refused => Self::from(2),
        }
    }
}

/// What came of generating once.
enum Attempt {
    Success(Success),
    Refused(Findings),
}

/// What a spec without findings yields.
struct Success {
    /// How many files the spec has.
    sources: usize,
    generated: Generated,
    took: Duration,
    files: Vec<File>,
}

/// A generated file.
struct File {
    path: String,
    former: String,
    new: String,
    state: State,
}

/// What became of a generated file.
#[derive(Clone, Copy, Eq, PartialEq)]
enum State {
    /// It is what the spec yields.
    Fresh,
    /// It is not, and was not to be written.
    Stale,
    /// It was not, and was written.
    Updated,
}

/// Generates, or compares only, once or whenever the spec is saved.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, WatchError> {
    let workspace = Workspace::find()?;
    if arguments.watch {
        return watch::run(&workspace, arguments.format);
    }
    let attempt = attempt(&workspace, workspace.spec()?, arguments.check)?;
    report::show(&attempt, arguments.format);
    Ok(attempt.outcome())
}

fn attempt(workspace: &Workspace, sources: Sources, check: bool) -> Result<Attempt, FileError> {
    let start = Instant::now();
    let count = sources.iter().count();
    let generated = match generate(sources) {
        Ok(generated) => generated,
        Err(findings) => return Ok(Attempt::Refused(findings)),
    };
    let took = start.elapsed();
    let modules = generated.modules.iter();
    let code = modules.map(|module| (format!("{CODE}/{}", module.name), &module.code));
    let texts = code.chain([(DOCUMENT.to_owned(), &generated.document)]);
    let files = texts.map(|(path, new)| file(workspace, path, new, check));
    Ok(Attempt::Success(Success {
        sources: count,
        files: files.collect::<Result<_, _>>()?,
        generated,
        took,
    }))
}

/// Compares a file with what it is to say, and writes it if it may.
fn file(workspace: &Workspace, path: String, new: &str, check: bool) -> Result<File, FileError> {
    let former = workspace.read_if_present(&path)?;
    let state = match (former == new, check) {
        (true, _) => State::Fresh,
        (false, true) => State::Stale,
        (false, false) => {
            workspace.replace(&path, new)?;
            State::Updated
        }
    };
    Ok(File {
        path,
        former,
        new: new.to_owned(),
        state,
    })
}

impl Attempt {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Refused(_) => Outcome::Refused,
            Self::Success(success) if success.has(State::Stale) => Outcome::Stale,
            Self::Success(_) => Outcome::Done,
        }
    }
}

impl Success {
    fn has(&self, state: State) -> bool {
        self.files.iter().any(|file| file.state == state)
    }
}
