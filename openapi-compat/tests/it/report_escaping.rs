//! Reports on many changes, and on texts that have a meaning in a format.

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};
use openapi_compat::Change;
use openapi_tree::Style;
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use crate::support::markdown_page::{Page, github, shown};
use crate::support::report_schemas::{json_of, sarif_results_of};
use crate::support::reports::many;

/// The limit of a comment on GitHub, in bytes.
const COMMENT: usize = 65_536;

#[test]
fn report_of_many_changes_shows_the_breaking_ones() {
    let report = many(200, "app/group");
    let markdown = report.to_markdown();
    let arena = Arena::new();
    let page = Page::read(&arena, &markdown);
    assert!(page.rows() >= 100, "{} rows", page.rows());
    assert_eq!(page.rows() + page.left_out(), 400);
    // A hundred of the API and a hundred of the client are breaking.
    assert_eq!(
        markdown
            .matches("<summary>80 more changes</summary>")
            .count(),
        2
    );
    assert!(markdown.len() < COMMENT, "{} bytes", markdown.len());
    assert!(page.tables.iter().all(|rows| rows.len() <= 101));
    // GitHub shows ten annotations of a severity.
    let commands = report.to_github();
    let count = |command| {
        commands
            .lines()
            .filter(|line| line.starts_with(command))
            .count()
    };
    assert_eq!((count("::error "), count("::notice ")), (10, 10));
    assert!(
        commands.contains("::93 more of this severity"),
        "{commands}"
    );
    let entry = report.changelog_entry();
    assert!(entry.lines().count() < 3 * 25, "{entry}");
    assert!(
        entry.contains("\n- And 247 more, 114 of them breaking.\n"),
        "{entry}"
    );
}

#[test]
fn markdown_of_any_text_fits_into_a_comment() {
    for text in [
        "$", "`|`", "\\|", "&", "<b>", "\u{202e}", "🦀", "@a#1", "%\n", "(((",
    ] {
        // A path is not shortened in the address of its line, so that a long one fills the comment.
        for (number, length) in [(1, 1), (30, 1), (300, 1), (1, 100), (300, 100), (30, 2_000)] {
            let markdown = many(number, &text.repeat(length)).to_markdown();
            let bytes = markdown.len();
            assert!(bytes < COMMENT, "{bytes} bytes for {text}");
        }
    }
}

/// The characters that change the direction of a text.
const TURNS: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

#[test]
fn characters_that_change_the_text_direction_are_escaped() {
    for turn in TURNS {
        let report = many(1, &turn.to_string());
        let texts = [report.to_text(Style::Plain), report.to_markdown()];
        for text in texts {
            assert!(!text.contains(turn), "{}: {text}", turn.escape_unicode());
        }
    }
}

/// Returns texts of pieces that have a meaning in a format.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "|",
            "`",
            "``",
            "``a``",
            "\\",
            "\n",
            "\r\n",
            "<script>",
            "</details>",
            "<!-- ",
            "&lt;",
            "&#64;",
            "@someone",
            "#123",
            "GH-12",
            "https://example.com/a",
            "www.example.com",
            "a@b.example",
            "*",
            "*a*",
            "_a_",
            "~~a~~",
            "**",
            "_",
            "~~",
            "[a](b)",
            "![",
            "](",
            "]:",
            "$x$",
            "# a",
            "- a",
            "1. a",
            "> a",
            "---",
            "|---|",
            "::error::x",
            "%0A",
            ":",
            ",",
            "##[error]",
            "\u{1b}[31m",
            "\u{202e}",
            "🦀",
            " ",
            "a",
            "[^1]",
            "{",
            "=",
            "\t",
            "[ ] ",
            "ftp://a.b",
            "mailto:a@b.c",
            "xmpp:a@b.c",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Returns the letters of a text.
fn letters(text: &str) -> String {
    let is_letter = |c: &char| !c.is_whitespace() && *c != '\u{200b}';
    text.chars().filter(is_letter).collect()
}

/// Returns the letters that a reader sees. Text between two backticks is shown as code.
fn visible(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let has_empty = parts
        .iter()
        .skip(1)
        .step_by(2)
        .any(|code| code.trim().is_empty());
    match parts.len() % 2 == 1 && !has_empty {
        true => letters(&parts.concat()),
        false => letters(text),
    }
}

/// Returns `true` if the formats show the text without an escape.
fn is_plain(text: &str) -> bool {
    let is_escaped = |c: char| c.is_control() && !c.is_whitespace() || TURNS.contains(&c);
    !text.chars().any(is_escaped)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn markdown_shows_any_text_without_effect(text in text()) {
        let report = many(3, &text);
        let markdown = report.to_markdown();
        let arena = Arena::new();
        let page = Page::read(&arena, &markdown);
        page.assert_is_inert();
        // Two breaking changes of the API, and two of the client.
        let rows = &page.tables[0];
        prop_assert_eq!((rows.len(), page.tables[1].len()), (3, 3), "{}", markdown);
        if is_plain(&text) {
            let message = report.changes[0].message();
            prop_assert_eq!(letters(&rows[1][0]), visible(&message), "{}", markdown);
        }
        // Additive changes, compatible changes of the client, and the entry.
        prop_assert_eq!(page.details, 3, "{}", markdown);
    }

    #[test]
    fn changelog_entry_shows_any_text_without_effect(text in text()) {
        let report = many(1, &text);
        let entry = report.changelog_entry();
        let arena = Arena::new();
        // An address may become a link in a file, because it notifies nobody.
        let mut options = github();
        options.extension.autolink = false;
        let root = parse_document(&arena, &entry, &options);
        let kinds: Vec<String> = root.descendants().filter_map(|node| match &node.data().value {
            NodeValue::Heading(heading) => Some(format!("h{}", heading.level)),
            NodeValue::Item(_) => Some("item".to_owned()),
            NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) => Some("html".to_owned()),
            NodeValue::Link(_) | NodeValue::Image(_) => Some("link".to_owned()),
            NodeValue::Math(_) => Some("math".to_owned()),
            _ => None,
        }).collect();
        prop_assert_eq!(kinds, ["h2", "h3", "item", "item"], "{}", entry);
        if is_plain(&text) {
            let item = shown(root).lines().find(|line| line.contains("GET /")).unwrap().to_owned();
            let expected = format!("Breaking: GET /{text}, PUT /{text}, POST /{text} and 2 more: ");
            let message = report.changes[0].message();
            let expected = letters(&expected) + &visible(&message) + ".";
            prop_assert_eq!(letters(&item), expected, "{}", entry);
        }
    }

    #[test]
    fn text_and_github_show_any_text_without_effect(text in text()) {
        let report = many(3, &text);
        let plain = report.to_text(Style::Plain);
        prop_assert!(!plain.chars().any(|c| c.is_control() && c != '\n'), "{plain:?}");
        let lines = many(3, "a").to_text(Style::Plain).lines().count();
        prop_assert_eq!(plain.lines().count(), lines, "{}", plain);

        let commands = report.to_github();
        // The version, the client, two breaking changes and one additive change.
        prop_assert_eq!(commands.lines().count(), 5, "{}", commands);
        prop_assert!(!commands.contains('\r'), "{commands:?}");
        for line in commands.lines() {
            let (properties, message) = command(line);
            prop_assert!(properties.iter().all(|(name, _)| ["file", "line", "title"].contains(&&**name)));
            if let Some((_, path)) = properties.iter().find(|(name, _)| name == "file") {
                prop_assert_eq!(path, &text);
                let first = message.lines().next().unwrap();
                let mut messages = report.changes.iter().map(Change::message);
                let is_known = messages.any(|known| letters(&known) == letters(first));
                prop_assert!(!is_plain(&text) || is_known, "{line}");
            }
        }
        let json = json_of(&report);
        let message = json["wire"][0]["message"].as_str().unwrap();
        prop_assert_eq!(message, report.changes[0].message());
    }

    #[test]
    fn sarif_shows_any_text_without_effect(text in text()) {
        let report = many(3, &text);
        let results = sarif_results_of(&report);
        prop_assert_eq!(results.len(), 3);
        let mut messages: Vec<String> = report.changes.iter().map(|change| letters(&change.message())).collect();
        messages.sort();
        for result in results {
            let shown = result["message"]["text"].as_str().unwrap();
            // A link and a placeholder, as the standard defines them.
            prop_assert!(!shown.contains("]("), "{shown}");
            let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
            let path = percent_decode_str(uri.as_str().unwrap()).decode_utf8().unwrap();
            prop_assert!(text.strip_prefix("./").unwrap_or(&text) == path, "{path}");
            if is_plain(&text) {
                let first = shown.lines().next().unwrap();
                let first = letters(&first.replace("{{", "{").replace("}}", "}"));
                prop_assert!(messages.binary_search(&first).is_ok(), "{first} {messages:?}");
            }
        }
    }
}

#[test]
fn placeholder_in_sarif_is_text() {
    let results = sarif_results_of(&many(1, "{0} {id} {} {{12}}"));
    let message = results[0]["message"]["text"]
        .as_str()
        .unwrap()
        .lines()
        .next()
        .unwrap();
    assert!(
        message.starts_with("n0 {{0}} {{id}} {{}} {{{{12}}}} is no longer"),
        "{message}"
    );
}

/// Splits a workflow command as GitHub's runner does, at the first `::` after its name.
fn command(line: &str) -> (Vec<(String, String)>, String) {
    let (head, message) = line[2..].split_once("::").unwrap();
    let (_, properties) = head.split_once(' ').unwrap();
    let unescaped = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n");
        text.replace("%3A", ":")
            .replace("%2C", ",")
            .replace("%25", "%")
    };
    let property = |text: &str| {
        let (name, value) = text.split_once('=').unwrap();
        (name.to_owned(), unescaped(value))
    };
    (
        properties.split(',').map(property).collect(),
        unescaped(message),
    )
}
