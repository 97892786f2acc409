//! The text of a file of groups.

use std::fmt::Write as _;

use uuid::Uuid;

use crate::failure::Failure;
use crate::output::Output;
use crate::text::is_hidden;

/// A group to write, with its users as a file names them.
pub(super) struct Exported {
    pub(super) uuid: Uuid,
    pub(super) name: String,
    pub(super) users: Vec<String>,
}

/// Writes the file, also if the output is a table: people redirect it.
pub(super) fn write(output: &Output, groups: Vec<Exported>) -> Result<(), Failure> {
    output.raw(yaml(groups).as_bytes())
}

/// Returns the file. Groups and users are sorted, so that two exports differ only if the groups do.
fn yaml(mut groups: Vec<Exported>) -> String {
    groups.sort_by(|a, b| (&a.name, a.uuid).cmp(&(&b.name, b.uuid)));
    let mut text = "# SIP user groups, for `opentact group sync`.\n".to_owned();
    if groups.is_empty() {
        text.push_str("groups: []\n");
        return text;
    }
    text.push_str("groups:\n");
    for mut group in groups {
        let _ = writeln!(text, "  - name: {}", scalar(&group.name));
        let _ = writeln!(text, "    uuid: {}", group.uuid);
        group.users.sort();
        if group.users.is_empty() {
            text.push_str("    users: []\n");
            continue;
        }
        text.push_str("    users:\n");
        for user in &group.users {
            let _ = writeln!(text, "      - {}", scalar(user));
        }
    }
    text
}

/// Returns a text as it stands in YAML: plain if every reader takes it for the same text.
fn scalar(text: &str) -> String {
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "-_.@+".contains(character);
    let words = text.split(' ').all(|word| word.starts_with(is_plain));
    let plain = words
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|character| is_plain(character) || character == ' ')
        && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_lowercase().as_str());
    if plain || Uuid::try_parse(text).is_ok() && text.len() == 36 {
        return text.to_owned();
    }
    let mut quoted = "\"".to_owned();
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            // Somebody reviews the file.
            _ if is_hidden(character) => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn yaml_is_read_back_as_the_same_names() {
        let names = [
            "Sales",
            "Sales EMEA",
            "No one",
            "null",
            "0042",
            "a: b",
            "a #b",
            "- a",
            "'a'",
            "a\"b\\",
            "two  spaces",
            "end ",
            "\u{202e}abc",
            "tab\tline\n",
            "Größe",
            "1e3",
            "{a}",
            "&abc",
            "abc:",
            "\u{feff}abc",
            "😀😀😀",
            "a -b",
        ];
        let groups = names.iter().zip(1..).map(|(name, number)| Exported {
            uuid: Uuid::from_u128(number),
            name: (*name).to_owned(),
            users: vec![(*name).to_owned(), Uuid::from_u128(number).to_string()],
        });
        let groups = file::read(&yaml(groups.collect())).unwrap();
        assert_eq!(groups.len(), names.len());
        for group in groups {
            let number = group.uuid.unwrap().as_u128() as usize;
            assert_eq!(group.name, names[number - 1]);
            let users: Vec<_> = group.users.unwrap();
            assert!(users.iter().any(|user| user.written == group.name));
        }
    }

    #[test]
    fn yaml_is_sorted_and_quotes_what_others_would_read_as_numbers() {
        let group = |number, name: &str, users: &[&str]| Exported {
            uuid: Uuid::from_u128(number),
            name: name.to_owned(),
            users: users.iter().map(|user| (*user).to_owned()).collect(),
        };
        let groups = vec![
            group(2, "Support", &[]),
            group(1, "Sales\u{202e}", &["bob", "1001", "alice"]),
        ];
        insta::assert_snapshot!(yaml(groups), @r#"
        # SIP user groups, for `opentact group sync`.
        groups:
          - name: "Sales\U0000202E"
            uuid: 00000000-0000-0000-0000-000000000001
            users:
              - "1001"
              - alice
              - bob
          - name: Support
            uuid: 00000000-0000-0000-0000-000000000002
            users: []
        "#);
        insta::assert_snapshot!(yaml(Vec::new()), @"
        # SIP user groups, for `opentact group sync`.
        groups: []
        ");
    }
}
