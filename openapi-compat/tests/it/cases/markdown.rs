//! Cases as Markdown: a heading, a reason, the expectations as a list, and the edit as a diff.

/// A pair of documents with its verdicts.
#[derive(Default)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// The verdict from the base to the head revision.
    pub(crate) forward: String,
    /// The verdict of the way back.
    pub(crate) back: String,
    /// The highest number of changes above the level documentation, in both directions.
    pub(crate) lines: Option<usize>,
    /// Texts in the messages from the base to the head revision.
    pub(crate) says: Vec<String>,
    /// Texts that no message contains.
    pub(crate) never_says: Vec<String>,
    pub(crate) base: String,
    pub(crate) head: String,
}

/// Returns the cases of a file.
pub(crate) fn cases(text: &str) -> Vec<Case> {
    let sections = text.split("\n## ").skip(1);
    sections.map(case).collect()
}

fn case(section: &str) -> Case {
    let mut case = Case::default();
    let (name, rest) = section.split_once('\n').unwrap();
    case.name = name.to_owned();
    let (expectations, fence) = rest.split_once("```diff ").unwrap();
    for line in expectations.lines() {
        let Some((key, value)) = line
            .strip_prefix("- ")
            .and_then(|line| line.split_once(": "))
        else {
            continue;
        };
        let value = value.to_owned();
        match key {
            "Forward" => case.forward = value,
            "Back" => case.back = value,
            "Lines" => case.lines = Some(value.parse().unwrap()),
            "Says" => case.says.push(value),
            "Never says" => case.never_says.push(value),
            _ => panic!("{name}: {key}"),
        }
    }
    let (kind, fence) = fence.split_once('\n').unwrap();
    let (diff, _) = fence.split_once("\n```").unwrap();
    let diff: Vec<&str> = diff.lines().collect();
    [case.base, case.head] = revisions(kind, &diff);
    case
}

/// Returns both documents of an edit.
pub(crate) fn revisions(kind: &str, diff: &[&str]) -> [String; 2] {
    ['+', '-'].map(|other| {
        let lines = diff.iter().filter(|line| !line.starts_with(other));
        let lines = lines.map(|line| line.get(2..).unwrap_or_default());
        document(kind, &lines.collect::<Vec<_>>())
    })
}

/// Returns the document around the lines of a fragment.
fn document(kind: &str, lines: &[&str]) -> String {
    let (kind, version) = match kind.split_once(' ') {
        Some((kind, version)) => (kind, format!("{version}.0")),
        None => (kind, "3.0.3".to_owned()),
    };
    let indented = |depth: usize| {
        let lines = lines.iter().map(|line| format!("{:depth$}{line}\n", ""));
        lines.collect::<String>()
    };
    let start = format!("openapi: {version}\ninfo: {{ title: Items, version: 1.0.0 }}\n");
    match kind {
        "whole" => indented(0),
        "document" => start + &indented(0),
        "operation" => {
            let operation = indented(6);
            format!(
                "{start}paths:\n  /items/{{id}}:\n    post:\n      operationId: change_item\n{operation}"
            )
        }
        // A schema that is both sent and received.
        "schema" => {
            let content =
                "content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } }";
            let schema = indented(8);
            format!(
                "{start}paths:\n  /items:\n    post:\n      operationId: add_item\n      requestBody: {{ required: true, {content} }}\n      responses: {{ '200': {{ description: Done., {content} }} }}\ncomponents:\n  schemas:\n      Item:\n{schema}"
            )
        }
        "schemas" => {
            let has = |name: &str| lines.iter().any(|line| line.starts_with(name));
            let content = |name: &str| {
                format!(
                    "content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }}"
                )
            };
            let request = match has("Request:") {
                true => format!(
                    "      requestBody: {{ required: true, {} }}\n",
                    content("Request")
                ),
                false => String::new(),
            };
            let response = match has("Response:") {
                true => format!("'200': {{ description: Done., {} }}", content("Response")),
                false => "'204': { description: Done. }".to_owned(),
            };
            let schemas = indented(4);
            format!(
                "{start}paths:\n  /items:\n    post:\n      operationId: add_item\n{request}      responses: {{ {response} }}\ncomponents:\n  schemas:\n{schemas}"
            )
        }
        _ => panic!("{kind}"),
    }
}
