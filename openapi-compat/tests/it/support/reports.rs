//! Reports of changes, put together by hand.
#![allow(clippy::unwrap_used)] // helpers of tests

use opentact_gen::Source;
use opentact_gen::diff::{
    Direction, Level, Place, Report, RustChange, RustChangeKind, RustFace, Side, WireChange,
};
use semver::Version;

pub(crate) fn side(name: &str, version: &str, spec: &str) -> Side {
    Side {
        sources: Source::new("openapi/groups.yaml", spec).into(),
        name: name.to_owned(),
        version: Version::parse(version).ok(),
        link: Some(format!("https://github.com/example/opentact/blob/{name}")),
    }
}

pub(crate) fn report(
    versions: (&str, &str),
    wire: Vec<WireChange>,
    rust: Vec<RustChange>,
) -> Report {
    let base = "{ info: {}, paths: { /old: {}, /both: { get: {} } } }";
    let head = "{ info: {}, paths: { /new: {}, /both: { get: { deprecated: true } } } }";
    Report::new(
        side("3f2a1c0", versions.0, base),
        side("9be19e5", versions.1, head),
        wire,
        RustFace::Compared(rust),
    )
}

pub(crate) fn place(line: usize) -> Place {
    Place {
        path: "openapi/groups.yaml".to_owned(),
        line,
    }
}

pub(crate) fn wire(
    level: Level,
    direction: Direction,
    operations: &[&str],
    message: &str,
) -> WireChange {
    WireChange {
        level,
        direction,
        operations: operations.iter().map(|&name| name.to_owned()).collect(),
        pointer: "/paths/~1both".to_owned(),
        base: place(12),
        head: place(14),
        message: message.to_owned(),
    }
}

pub(crate) fn at(pointer: &str, change: WireChange) -> WireChange {
    let pointer = pointer.to_owned();
    WireChange { pointer, ..change }
}

pub(crate) fn rust(kind: RustChangeKind, item: &str, breaking: bool, message: &str) -> RustChange {
    RustChange {
        kind,
        item: item.to_owned(),
        breaking,
        message: message.to_owned(),
    }
}

pub(crate) const READING: &[&str] = &["GET /app/group"];
pub(crate) const WRITING: &[&str] = &["POST /app/group", "PATCH /app/group/{uuid}"];
pub(crate) const ALL: &[&str] = &[
    "GET /app/group",
    "POST /app/group",
    "PATCH /app/group/{uuid}",
    "DELETE /app/group/{uuid}",
    "GET /app/group/{uuid}/users",
];

pub(crate) const METHODS: [&str; 5] = ["GET", "PUT", "POST", "PATCH", "DELETE"];

/// As many breaking and additive changes on the wire as in Rust, all with this text.
pub(crate) fn many(number: usize, text: &str) -> Report {
    let level = |number| match number % 2 {
        0 => Level::Breaking,
        _ => Level::Additive,
    };
    let place = |line| Place {
        path: text.to_owned(),
        line,
    };
    let on_wire = |number| WireChange {
        level: level(number),
        direction: Direction::Both,
        operations: METHODS.map(|method| format!("{method} /{text}")).to_vec(),
        pointer: format!("/paths/{text}/{number}"),
        base: place(number),
        head: place(number + 1),
        message: format!("n{number} {text}"),
    };
    let kinds = [
        RustChangeKind::Changed,
        RustChangeKind::Added,
        RustChangeKind::Removed,
    ];
    let in_rust = |number| {
        let item = format!("t{number}::{text}");
        let breaking = level(number) == Level::Breaking;
        rust(kinds[number % kinds.len()], &item, breaking, text)
    };
    let mut report = report(
        ("0.1.0", "0.1.0"),
        (0..number).map(on_wire).collect(),
        (0..number).map(in_rust).collect(),
    );
    report.base.name = text.to_owned();
    report
}
