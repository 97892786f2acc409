//! Markdown as GitHub shows it. It is read by comrak, which follows GitHub's own parser.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};

/// Returns the extensions of CommonMark that GitHub supports.
pub(crate) fn github() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.alerts = true;
    options
}

/// A report in Markdown, as GitHub's parser sees it.
pub(crate) struct Page<'a> {
    root: &'a AstNode<'a>,
    /// The cells of the rows of each table, including the heading.
    pub(crate) tables: Vec<Vec<Vec<String>>>,
    /// The number of folded sections.
    pub(crate) details: usize,
}

impl<'a> Page<'a> {
    pub(crate) fn read(arena: &'a Arena<'a>, markdown: &str) -> Self {
        let root = parse_document(arena, markdown, &github());
        let is_table = |node: &&AstNode| matches!(node.data().value, NodeValue::Table(_));
        let cells = |row: &'a AstNode<'a>| row.children().map(shown).collect();
        let tables = root.descendants().filter(is_table);
        Self {
            root,
            tables: tables
                .map(|table| table.children().map(cells).collect())
                .collect(),
            details: markdown.matches("\n<details><summary>").count(),
        }
    }

    /// Returns the number of rows with changes, without headings.
    pub(crate) fn rows(&self) -> usize {
        let tables = self.tables.iter();
        let of_changes = tables.filter(|rows| rows[0][0] != "Operation");
        of_changes.map(|rows| rows.len() - 1).sum()
    }

    /// Returns the number of rows that are left out.
    pub(crate) fn left_out(&self) -> usize {
        let text = shown(self.root);
        let numbers = text
            .lines()
            .filter_map(|line| line.strip_prefix("And ")?.split_once(' '));
        numbers
            .filter_map(|(number, _)| number.parse::<usize>().ok())
            .sum()
    }

    /// Asserts that there is nothing but tables, folded sections, code and links to lines, and no
    /// text that GitHub links.
    pub(crate) fn assert_is_inert(&self) {
        let mut open = 0;
        for node in self.root.descendants() {
            match &node.data().value {
                NodeValue::HtmlBlock(html) => match html.literal.trim_end() {
                    "</details>" => open -= 1,
                    summary => {
                        assert!(summary.starts_with("<details><summary>"), "{summary}");
                        assert!(summary.ends_with("</summary>"), "{summary}");
                        open += 1;
                    }
                },
                NodeValue::HtmlInline(tag) => {
                    assert!(["<br>", "<code>", "</code>"].contains(&&**tag), "{tag}");
                }
                NodeValue::Link(link) => assert!(
                    link.url
                        .starts_with("https://github.com/example/opentact/blob/"),
                    "{}",
                    link.url
                ),
                NodeValue::Text(text) => assert_is_no_reference(text),
                NodeValue::Document
                | NodeValue::Paragraph
                | NodeValue::Strong
                | NodeValue::Table(_)
                | NodeValue::TableRow(_)
                | NodeValue::TableCell
                | NodeValue::Code(_)
                | NodeValue::CodeBlock(_) => {}
                other => unreachable!("{other:?} is not of a report"),
            }
        }
        assert_eq!(open, 0, "folds are open");
    }
}

fn assert_is_no_reference(text: &str) {
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next();
        let is_reference = match c {
            '@' => after.is_some_and(char::is_alphanumeric),
            '#' => after.is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        assert!(!is_reference, "GitHub links in {text:?}");
    }
    assert!(!text.contains("GH-1"), "GitHub links in {text:?}");
}

/// Returns the text of a node as a browser shows it, a line for each block.
pub(crate) fn shown<'a>(node: &'a AstNode<'a>) -> String {
    let piece = |node: &'a AstNode<'a>| match &node.data().value {
        NodeValue::Text(text) => text.to_string(),
        NodeValue::Code(code) => code.literal.clone(),
        NodeValue::Math(math) => format!("${}$", math.literal),
        NodeValue::SoftBreak => " ".to_owned(),
        NodeValue::Paragraph | NodeValue::Heading(_) => "\n".to_owned(),
        _ => String::new(),
    };
    node.descendants().map(piece).collect()
}
