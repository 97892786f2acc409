//! Writing the state to a file.

use std::io;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::{GROUPS, NUMBERS, VERSION};
use crate::private_file;
use crate::resources::table::KINDS;
use crate::state::State;
use crate::time::timestamp;

/// The file that keeps the state.
#[derive(Clone, Debug)]
pub(crate) struct StateFile(pub(crate) PathBuf);

impl StateFile {
    /// Replaces the file.
    pub(crate) fn save(&self, state: &State) -> io::Result<()> {
        private_file::write(&self.0, &to_text(state))
    }
}

/// Returns the state in the format of a seed.
pub(crate) fn to_json(state: &State) -> Value {
    let mut json = Map::from_iter([(VERSION.to_owned(), 1.into())]);
    for kind in KINDS {
        let all = state.resources.all(kind.section);
        let all: Value = all
            .map(|(_, object)| Value::Object(object.clone()))
            .collect();
        json.insert(kind.section.to_owned(), all);
    }
    let groups = state.groups.all().map(|group| {
        json!({
            "uuid": group.uuid,
            "name": group.name,
            "owner": group.owner,
            "users": group.users.iter().collect::<Vec<_>>(),
            "created_on": timestamp(group.created_on),
            "modified_on": timestamp(group.modified_on),
        })
    });
    json.insert(GROUPS.to_owned(), groups.collect());
    let numbers = state.numbers.iter().copied();
    json.insert(NUMBERS.to_owned(), numbers.collect::<Vec<_>>().into());
    json.into()
}

fn to_text(state: &State) -> String {
    let json = format!("{:#}\n", to_json(state));
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        // YAML does not allow these characters in a text, or treats them as the end of a line.
        match character {
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                text += &format!("\\u{:04x}", u32::from(character));
            }
            character => text.push(character),
        }
    }
    text
}
