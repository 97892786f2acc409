//! The file of groups: its format, and its faults with their places.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::yaml::{self, Entry, Fault, Node, Place, Value};
use crate::group::plan::name_fault;
use crate::resolve::suggest;

/// A group of the file.
#[derive(Debug)]
pub(super) struct FileGroup {
    pub(super) place: Place,
    pub(super) name: String,
    /// Recognises a group that the file renames.
    pub(super) uuid: Option<Uuid>,
    /// The users as written. `None` leaves the users of the group as they are.
    pub(super) users: Option<Vec<FileUser>>,
}

/// A user of the file: a UUID, a login or an e-mail address.
#[derive(Debug)]
pub(super) struct FileUser {
    pub(super) place: Place,
    pub(super) written: String,
}

const FILE_KEYS: &[&str] = &["groups"];
const GROUP_KEYS: &[&str] = &["name", "uuid", "users"];
const START: Place = Place { line: 1, column: 1 };

/// Reads a file. Returns all its faults if it has any.
pub(super) fn read(text: &str) -> Result<Vec<FileGroup>, Vec<Fault>> {
    let root = match yaml::parse(text) {
        Ok(Some(root)) => root,
        Ok(None) => {
            return Err(vec![Fault::new(
                START,
                "the file is empty; expected `groups:`",
            )]);
        }
        Err(fault) => return Err(vec![fault]),
    };
    let mut reader = Reader { faults: Vec::new() };
    let groups = reader.file(root);
    reader.check_unique(&groups);
    if reader.faults.is_empty() {
        return Ok(groups);
    }
    reader.faults.sort_by_key(|fault| fault.place);
    Err(reader.faults)
}

struct Reader {
    faults: Vec<Fault>,
}

impl Reader {
    fn file(&mut self, root: Node) -> Vec<FileGroup> {
        let place = root.place;
        let Some(mut entries) = self.mapping(root, FILE_KEYS, "`groups:`") else {
            return Vec::new();
        };
        let Some(groups) = take(&mut entries, "groups") else {
            // An unknown key is often the misspelt one.
            if self.faults.is_empty() {
                self.fault(place, "`groups` is missing");
            }
            return Vec::new();
        };
        let Some(groups) = self.list(groups, "a list of groups") else {
            return Vec::new();
        };
        let groups = groups.into_iter();
        groups.filter_map(|group| self.group(group)).collect()
    }

    fn group(&mut self, node: Node) -> Option<FileGroup> {
        let place = node.place;
        let mut entries = self.mapping(node, GROUP_KEYS, "a group with `name`")?;
        let uuid = take(&mut entries, "uuid").and_then(|node| {
            let (place, text) = self.text(node, "a UUID")?;
            let uuid = Uuid::try_parse(&text).ok().filter(|_| text.len() == 36);
            if uuid.is_none() {
                self.fault(place, format!("`{text}` is not a UUID"));
            }
            uuid
        });
        let users = take(&mut entries, "users").and_then(|node| self.users(node));
        let Some(name) = take(&mut entries, "name") else {
            self.fault(place, "the group has no `name`");
            return None;
        };
        let (name_place, name) = self.text(name, "a name")?;
        if let Some(fault) = name_fault(&name) {
            self.fault(name_place, fault);
        }
        Some(FileGroup {
            place,
            name,
            uuid,
            users,
        })
    }

    fn users(&mut self, node: Node) -> Option<Vec<FileUser>> {
        let expected = "a list of users; `[]` is a group without users";
        let users = self.list(node, expected)?.into_iter();
        let users = users.filter_map(|user| {
            let (place, written) = self.text(user, "a login, an e-mail address or a UUID")?;
            Some(FileUser { place, written })
        });
        Some(users.collect())
    }

    /// Reports a UUID that two groups have, and a name that two groups without a UUID have.
    fn check_unique(&mut self, groups: &[FileGroup]) {
        let mut uuids: BTreeMap<Uuid, Place> = BTreeMap::new();
        let mut names: BTreeMap<&str, Vec<&FileGroup>> = BTreeMap::new();
        for group in groups {
            if let Some(uuid) = group.uuid
                && let Some(first) = uuids.insert(uuid, group.place)
            {
                let message = format!("the group of line {} has the same `uuid`", first.line);
                self.fault(group.place, message);
            }
            let namesakes = names.entry(&group.name).or_default();
            let first = namesakes.first();
            if let Some(first) = first
                && (group.uuid.is_none() || namesakes.iter().any(|other| other.uuid.is_none()))
            {
                let message = format!(
                    "the group of line {} has the name `{}` too; give each its `uuid`",
                    first.place.line, group.name
                );
                self.fault(group.place, message);
            }
            namesakes.push(group);
        }
    }

    /// Returns the entries of a mapping. Reports keys other than the `known` ones.
    fn mapping(&mut self, node: Node, known: &[&str], expected: &str) -> Option<Vec<Entry>> {
        let Value::Mapping(entries) = node.value else {
            return self.unexpected(&node, expected);
        };
        for Entry { key, place, .. } in &entries {
            if !known.contains(&key.as_str()) {
                self.fault(*place, unknown_key(key, known));
            }
        }
        Some(entries)
    }

    fn list(&mut self, node: Node, expected: &str) -> Option<Vec<Node>> {
        match node.value {
            Value::List(items) => Some(items),
            _ => self.unexpected(&node, expected),
        }
    }

    fn text(&mut self, node: Node, expected: &str) -> Option<(Place, String)> {
        match node.value {
            Value::Text(text) if !text.is_empty() => Some((node.place, text)),
            Value::Text(_) => {
                self.fault(
                    node.place,
                    format!("expected {expected}, found an empty text"),
                );
                None
            }
            _ => self.unexpected(&node, expected),
        }
    }

    fn unexpected<T>(&mut self, node: &Node, expected: &str) -> Option<T> {
        let found = node.value.kind();
        self.fault(node.place, format!("expected {expected}, found {found}"));
        None
    }

    fn fault(&mut self, place: Place, message: impl Into<String>) {
        self.faults.push(Fault::new(place, message));
    }
}

fn take(entries: &mut Vec<Entry>, key: &str) -> Option<Node> {
    let position = entries.iter().position(|entry| entry.key == key)?;
    Some(entries.swap_remove(position).node)
}

fn unknown_key(key: &str, known: &[&str]) -> String {
    if let Some(question) = suggest::question(key, known.iter().copied()) {
        return format!("unknown key `{key}`; {question}");
    }
    let known: Vec<_> = known.iter().map(|known| format!("`{known}`")).collect();
    format!("unknown key `{key}`; known keys: {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> String {
        let faults = read(text).unwrap_err();
        let lines = faults
            .iter()
            .map(|fault| format!("{}: {}\n", fault.place, fault.message));
        lines.collect()
    }

    #[test]
    fn read_keeps_scalars_as_text() {
        let text = "groups:\n- {name: 007, users: [0042, 'null', true, \"a b\"]}\n- name: All\n";
        let groups = read(text).unwrap();
        let users: Vec<_> = groups[0].users.iter().flatten().collect();
        let written: Vec<_> = users.iter().map(|user| user.written.as_str()).collect();
        assert_eq!(groups[0].name, "007");
        assert_eq!(written, ["0042", "null", "true", "a b"]);
        assert!(groups[1].users.is_none());
    }

    #[test]
    fn read_accepts_the_file_of_the_readme() {
        let readme = include_str!("../../../README.md");
        let (_, file) = readme.split_once("```yaml\ngroups:").unwrap();
        let (file, _) = file.split_once("```").unwrap();
        let groups = read(&format!("groups:{file}")).unwrap();
        let users: Vec<_> = groups
            .iter()
            .map(|group| group.users.iter().flatten().count())
            .collect();
        assert_eq!(users, [3, 0]);
    }

    #[test]
    fn read_reports_all_faults_with_their_places() {
        let text = "\
version: 1
groups:
  - name: Sales
    member: [alice]
    user: [bob]
    uuid: 12
  - users: [alice, ~, {login: bob}]
  - name: ab
    users: alice
  - name: Support
    users:
  - just text
  - name: ''
";
        insta::assert_snapshot!(faults(text), @"
        1:1: unknown key `version`; known keys: `groups`
        4:5: unknown key `member`; known keys: `name`, `uuid`, `users`
        5:5: unknown key `user`; did you mean `users`?
        6:11: `12` is not a UUID
        7:5: the group has no `name`
        7:20: expected a login, an e-mail address or a UUID, found nothing
        7:23: expected a login, an e-mail address or a UUID, found a mapping
        8:11: the name `ab` has 2 characters; 3 to 80 are allowed
        9:12: expected a list of users; `[]` is a group without users, found a text
        11:10: expected a list of users; `[]` is a group without users, found nothing
        12:5: expected a group with `name`, found a text
        13:11: expected a name, found an empty text
        ");
    }

    #[test]
    fn read_reports_repeated_groups() {
        let text = "\
groups:
  - {name: Sales, uuid: 0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41}
  - {name: Other, uuid: 0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41}
  - {name: Sales}
  - {name: Same, uuid: 1b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41}
  - {name: Same, uuid: 2b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41}
";
        insta::assert_snapshot!(faults(text), @"
        3:5: the group of line 2 has the same `uuid`
        4:5: the group of line 2 has the name `Sales` too; give each its `uuid`
        ");
    }

    #[test]
    fn read_reports_a_file_that_is_no_file_of_groups() {
        let mut all = String::new();
        for text in [
            "",
            " # nothing\n",
            "groups:",
            "- name: Sales",
            "group: []",
            "groups: [",
            "groups: []\n---\ngroups: []",
            "groups: []\ngroups: []",
            "groups:\n  - &a {name: Sales}\n  - *a",
            "groups:\n\t- name: Sales",
            "[[[[[[[[[[[[[[[[[[[[",
        ] {
            all += &format!("{text:?}\n  {}", faults(text));
        }
        insta::assert_snapshot!(all, @r#"
        ""
          1:1: the file is empty; expected `groups:`
        " # nothing\n"
          1:1: the file is empty; expected `groups:`
        "groups:"
          1:7: expected a list of groups, found nothing
        "- name: Sales"
          1:1: expected `groups:`, found a list
        "group: []"
          1:1: unknown key `group`; did you mean `groups`?
        "groups: ["
          2:1: invalid YAML: while parsing a node, did not find expected node content
        "groups: []\n---\ngroups: []"
          3:1: a second YAML document starts here
        "groups: []\ngroups: []"
          2:1: `groups` is set twice, the first time in line 1
        "groups:\n  - &a {name: Sales}\n  - *a"
          3:5: aliases (`*name`) are not supported; write the value out
        "groups:\n\t- name: Sales"
          2:2: invalid YAML: tabs disallowed within this context (block indentation)
        "[[[[[[[[[[[[[[[[[[[["
          1:18: nested more than 16 levels deep
        "#);
    }
}
