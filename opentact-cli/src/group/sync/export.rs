//! The text of a file of groups.

use serde_json::json;
use uuid::Uuid;

use crate::failure::Failure;
use crate::output::{self, Output};

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
    let groups = groups.into_iter().map(|mut group| {
        group.users.sort();
        json!({ "name": group.name, "uuid": group.uuid, "users": group.users })
    });
    let groups = output::yaml(&json!({ "groups": groups.collect::<Vec<_>>() }));
    format!("# SIP user groups, for `opentact group sync`.\n{groups}")
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
    fn yaml_is_sorted() {
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
          - name: "Sales\u202e"
            uuid: "00000000-0000-0000-0000-000000000001"
            users:
              - "1001"
              - alice
              - bob
          - name: Support
            uuid: "00000000-0000-0000-0000-000000000002"
            users: []
        "#);
        insta::assert_snapshot!(yaml(Vec::new()), @"
        # SIP user groups, for `opentact group sync`.
        groups: []
        ");
    }
}
