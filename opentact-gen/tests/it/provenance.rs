//! The tables of the operations in `openapi/README.md`: each row says what the spec says.

use std::collections::BTreeMap;

use openapi_tree::{Document, Node, Operation, Value, load};

use crate::support::spec::Spec;

const README: &str = include_str!("../../../openapi/README.md");

/// The values of `x-source`, in the order of the columns.
const SOURCES: [&str; 3] = ["page", "page+2021", "2021"];

/// Returns the rows of the table below a heading, with their cells.
fn rows<'a>(text: &'a str, head: &str) -> impl Iterator<Item = Vec<String>> + 'a {
    let (_, table) = text.split_once(head).expect("the table");
    let rows = table.lines().skip_while(|line| line.starts_with("|---"));
    let rows = rows.take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let row = row.replace('`', "");
        let cells = row.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().to_owned()).collect()
    })
}

/// Returns the document of today, and its operations with the names of their files.
fn operations(document: &Document) -> BTreeMap<String, Vec<Operation<'_>>> {
    let mut pages: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for operation in Operation::all(&document.root) {
        let place = document.sources.location(operation.method.key_span.start);
        let path = place.expect("the place").path.to_owned();
        let name = path.trim_start_matches("openapi/").to_owned();
        pages.entry(name).or_default().push(operation);
    }
    pages
}

/// Returns `x-source`. YAML reads `2021` as a number.
fn source(node: &Node) -> String {
    match &node.get("x-source").expect("the source").value {
        Value::String(text) => text.to_string(),
        other => {
            let Value::Number(number) = other else {
                panic!("{other:?}")
            };
            number.to_string()
        }
    }
}

#[test]
fn readme_counts_the_operations_of_each_page_by_source() {
    let document = load(Spec::of_today().sources()).unwrap();
    let pages = operations(&document);
    let mut sums = [0; 4];
    for row in rows(README, "| File | Operations | page | page+2021 | 2021 |\n") {
        let numbers: Vec<usize> = row[1..].iter().map(|it| it.parse().unwrap()).collect();
        if row[0] == "all" {
            assert_eq!(numbers, sums, "the sums");
            continue;
        }
        let sources: Vec<String> = pages[&row[0]].iter().map(|it| source(it.node())).collect();
        let count = |wanted: &&str| sources.iter().filter(|it| it == wanted).count();
        let counts = [sources.len()].into_iter();
        let counts: Vec<usize> = counts.chain(SOURCES.iter().map(count)).collect();
        assert_eq!(numbers, counts, "{}", row[0]);
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    assert_eq!(
        sums[0],
        pages.values().map(Vec::len).sum::<usize>(),
        "all pages"
    );
}

#[test]
fn readme_lists_the_operations_of_each_page() {
    const HEAD: &str = "| Method and path | Operation id | Method in Rust | Source | Remark |\n";
    let document = load(Spec::of_today().sources()).unwrap();
    let pages = operations(&document);
    for section in README.split("\n### `").skip(1) {
        let (file, text) = section.split_once('`').expect("the name of the file");
        let Some(operations) = pages.get(file) else {
            continue;
        };
        let mut listed: Vec<[String; 4]> = rows(text, HEAD)
            .map(|row| row[..4].to_vec().try_into().unwrap())
            .collect();
        let described = operations.iter().map(|operation| {
            let text = |keyword| operation.node().str_at(keyword).unwrap().to_owned();
            [
                operation.title(),
                text("operationId"),
                text("x-rust-name"),
                source(operation.node()),
            ]
        });
        let mut described: Vec<_> = described.collect();
        listed.sort();
        described.sort();
        assert_eq!(listed, described, "{file}");
    }
}
