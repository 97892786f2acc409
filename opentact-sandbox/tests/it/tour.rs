//! The example `tour`, and the excerpt of its output in the README of the repository.

#[allow(dead_code)] // its `main`
#[path = "../../examples/tour.rs"]
mod example;

const README: &str = include_str!("../../../README.md");

/// Replaces UUIDs, which differ each time.
fn without_uuids(text: &str) -> String {
    let words = text.split_inclusive([' ', '/', '\n']);
    words
        .map(|word| match word.len() {
            36.. if word.matches('-').count() == 4 => format!("<uuid>{}", &word[36..]),
            _ => word.to_owned(),
        })
        .collect()
}

#[tokio::test]
async fn tour_prints_all_operations_and_the_excerpt_in_the_readme() {
    let mut output = Vec::new();
    example::tour(&mut output).await.unwrap();
    let output = without_uuids(&String::from_utf8(output).unwrap());
    insta::assert_snapshot!(output.trim_start(), @r"
    GET /app/group
      list_groups lists the groups of alice
      -> 0 groups

    POST /app/group
      create_group creates a group with alice in it
      -> Sales: alice

    POST /app/group/<uuid>/users
      add_group_users adds bob, and could add more
      -> alice, bob

    PATCH /app/group/<uuid>/users/<uuid>
      add_group_user adds carol
      -> Sales: alice, bob, carol

    GET /app/group/<uuid>/users
      list_group_users lists its users
      -> alice: +12025550140
      -> bob: +12025550141
      -> carol: +12025550142

    PATCH /app/group/<uuid>
      update_group renames it and keeps its users
      -> Sales EMEA: alice, bob, carol

    DELETE /app/group/<uuid>/users/<uuid>
      remove_group_user removes bob
      -> Sales EMEA: alice, carol

    DELETE /app/group/<uuid>
      delete_group deletes it
      -> Sales EMEA: alice, carol

    DELETE /app/group/<uuid>
      delete_group, once more, fails and says why
      -> delete_group (DELETE /app/group/{uuid}): the service refused, status 404 Not Found: there is no such group

    GET /app/group
      list_groups lists what is left
      -> 0 groups: the sandbox is as empty as before
    ");

    let excerpt = README.split("$ cargo run --example tour\n").nth(1).unwrap();
    let excerpt = without_uuids(excerpt.split("```").next().unwrap());
    for part in excerpt.split("...\n") {
        assert!(output.contains(part), "not in the output:\n{part}");
    }
}
