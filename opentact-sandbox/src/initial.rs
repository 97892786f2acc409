//! The state of the start: that of the state file, or the default with users and a seed.

use std::path::PathBuf;
use std::sync::Arc;

use crate::error::StartError;
use crate::file::{self, StateFile};
use crate::spec::Spec;
use crate::state::State;
use crate::user::{self, COMPANY, User};

/// The resources of a sandbox without a seed, beside its users.
const DEFAULT: &str = include_str!("default.yaml");

/// The sources of the state of the start.
#[derive(Clone, Default)]
pub(crate) struct Initial {
    pub(crate) users: Vec<User>,
    pub(crate) seed: Option<Seed>,
    pub(crate) state_file: Option<PathBuf>,
}

/// A seed: a file, or its text.
#[derive(Clone)]
pub(crate) enum Seed {
    File(PathBuf),
    Text(String),
}

impl Initial {
    /// Returns the state of the start. If the state file does not exist, writes it.
    pub(crate) fn state(&self, spec: &Arc<Spec>) -> Result<State, StartError> {
        let mut state = State::empty(spec);
        if let Some(path) = self.state_file.as_ref().filter(|path| path.exists()) {
            fill(&mut state, &path.to_string_lossy(), &open(path)?)?;
            return Ok(state);
        }
        fill(&mut state, "default.yaml", DEFAULT)?;
        let users = match self.users.is_empty() {
            true => User::list_from_json(COMPANY)?,
            false => self.users.clone(),
        };
        user::add(users, &mut state)?;
        match &self.seed {
            Some(Seed::File(path)) => fill(&mut state, &path.to_string_lossy(), &open(path)?)?,
            Some(Seed::Text(text)) => fill(&mut state, "seed.yaml", text)?,
            None => {}
        }
        if let Some(path) = &self.state_file {
            let saved = StateFile(path.clone()).save(&state);
            saved.map_err(|source| StartError::Io {
                path: path.clone(),
                source,
            })?;
        }
        Ok(state)
    }
}

fn fill(state: &mut State, name: &str, text: &str) -> Result<(), StartError> {
    let read = file::read(state, name, text);
    read.map_err(|findings| StartError::File(findings.to_string()))
}

fn open(path: &PathBuf) -> Result<String, StartError> {
    std::fs::read_to_string(path).map_err(|source| StartError::Io {
        path: path.clone(),
        source,
    })
}
