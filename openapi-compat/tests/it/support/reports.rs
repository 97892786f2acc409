//! Reports of changes that are made by hand.

use openapi_compat::{
    Change, ChangeId, ChangeKind, ClientChange, ClientComparison, ClientOutcome, Direction, Level,
    Place, Report, Revision,
};
use openapi_tree::Pointer;
use semver::Version;

pub(crate) const READING: &[&str] = &["GET /app/group"];
pub(crate) const WRITING: &[&str] = &["POST /app/group", "PATCH /app/group/{uuid}"];
pub(crate) const ALL: &[&str] = &[
    "GET /app/group",
    "POST /app/group",
    "PATCH /app/group/{uuid}",
    "DELETE /app/group/{uuid}",
    "GET /app/group/{uuid}/users",
];
const METHODS: [&str; 5] = ["GET", "PUT", "POST", "PATCH", "DELETE"];

pub(crate) fn revision(name: &str, version: &str) -> Revision {
    Revision {
        name: name.to_owned(),
        version: Version::parse(version).ok(),
        declared: None,
        link: Some(format!("https://github.com/example/opentact/blob/{name}")),
        warnings: 0,
        left_out: 0,
    }
}

/// Returns a report on changes of the API and of a client in Rust.
pub(crate) fn report(
    (base, head): (&str, &str),
    changes: Vec<Change>,
    client: Vec<ClientChange>,
) -> Report {
    let client = ClientComparison {
        language: "Rust".to_owned(),
        outcome: ClientOutcome::Compared(client),
    };
    let (base, head) = (revision("3f2a1c0", base), revision("9be19e5", head));
    Report::new(base, head, changes, Some(client))
}

/// Returns a change whose message starts with the subject.
pub(crate) fn change(
    level: Level,
    direction: Direction,
    operations: &[&str],
    subject: &str,
) -> Change {
    let place = |line| Place {
        pointer: Pointer::root().child("paths").child("/both"),
        path: "openapi/groups.yaml".to_owned(),
        line,
    };
    Change {
        id: ChangeId::NoLongerDeprecated,
        kind: ChangeKind::Changed,
        level,
        found_level: None,
        proven: true,
        direction,
        operations: operations.iter().copied().collect(),
        base: place(12),
        head: place(14),
        subject: subject.to_owned(),
        name: None,
        old: None,
        new: None,
        example: None,
        unproven_schema: None,
    }
}

pub(crate) fn client_change(
    kind: ChangeKind,
    item: &str,
    breaking: bool,
    message: &str,
) -> ClientChange {
    ClientChange {
        kind,
        item: item.to_owned(),
        breaking,
        derived: false,
        message: message.to_owned(),
    }
}

/// Returns a report with `number` changes of the API and as many of the client. They are breaking
/// and additive by turns, and all contain `text`.
pub(crate) fn many(number: usize, text: &str) -> Report {
    let level = |number| match number % 2 {
        0 => Level::Breaking,
        _ => Level::Additive,
    };
    let operations = METHODS.map(|method| format!("{method} /{text}"));
    let operations = operations.each_ref().map(String::as_str);
    let of_api = |number| {
        let subject = format!("n{number} {text}");
        let mut change = change(level(number), Direction::Both, &operations, &subject);
        let pointer = Pointer::root().child("paths").child(number);
        change.base.pointer = pointer.clone();
        change.head.pointer = pointer;
        change.base.path = text.to_owned();
        change.head.path = text.to_owned();
        change.base.line = number + 1;
        change.head.line = number + 2;
        change
    };
    let kinds = [ChangeKind::Changed, ChangeKind::Added, ChangeKind::Removed];
    let of_client = |number| {
        let item = format!("t{number}::{text}");
        let breaking = level(number) == Level::Breaking;
        client_change(kinds[number % kinds.len()], &item, breaking, text)
    };
    let mut report = report(
        ("0.1.0", "0.1.0"),
        (0..number).map(of_api).collect(),
        (0..number).map(of_client).collect(),
    );
    report.base.name = text.to_owned();
    report
}
