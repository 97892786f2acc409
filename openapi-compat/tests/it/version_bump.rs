//! Which version a change asks for, and which one was made.
//!
//! Versions are judged by semver, which is Cargo's own.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use opentact_gen::diff::{Bump, Direction, Level, RustChangeKind, Verdict};
use semver::{Version, VersionReq};
use support::reports::{READING, report, rust, wire};

fn version(text: &str) -> Version {
    Version::parse(text).unwrap()
}

#[test]
fn the_bump_that_is_required() {
    let table = [
        // from, for a breaking change, for an additive one
        ("2.3.4", Bump::Major, Bump::Minor),
        ("1.0.0", Bump::Major, Bump::Minor),
        ("1.0.0-rc.1", Bump::Major, Bump::Minor),
        ("0.4.2", Bump::Minor, Bump::Patch),
        ("0.1.0", Bump::Minor, Bump::Patch),
        ("0.0.7", Bump::Patch, Bump::Patch),
        ("0.0.0", Bump::Patch, Bump::Patch),
        ("unknown", Bump::Major, Bump::Minor),
    ];
    for (from, breaking, additive) in table {
        let base = Version::parse(from).ok();
        let required = |level| Bump::required(level, base.as_ref());
        assert_eq!(required(Level::Breaking), breaking, "breaking, from {from}");
        assert_eq!(required(Level::Additive), additive, "additive, from {from}");
        assert_eq!(required(Level::Documentation), Bump::None, "from {from}");
    }
}

#[test]
fn the_bump_that_is_made() {
    let table = [
        ("1.2.3", "2.0.0", Bump::Major),
        ("1.2.3", "3.4.5", Bump::Major),
        ("1.2.3", "1.3.0", Bump::Minor),
        ("1.2.3", "1.2.9", Bump::Patch),
        ("1.2.3", "1.2.3", Bump::None),
        ("1.2.3", "1.1.9", Bump::None),
        ("1.2.3", "0.9.9", Bump::None),
        ("0.1.0", "1.0.0", Bump::Major),
        ("0.1.0", "0.2.0-rc.1", Bump::Minor),
        ("0.2.0-rc.1", "0.2.0-rc.2", Bump::None),
        ("0.2.0-rc.1", "0.2.0", Bump::None),
        ("0.2.0", "0.2.0-rc.1", Bump::None),
        ("0.2.0", "0.2.0+build.5", Bump::None),
    ];
    for (base, head, made) in table {
        assert_eq!(
            Bump::made(&version(base), &version(head)),
            made,
            "{base} to {head}"
        );
    }
}

/// What Cargo takes for compatible is what no bump for a breaking change was made for.
#[test]
fn cargo_agrees_on_what_a_breaking_bump_is() {
    let numbers = [0, 1, 2, 10];
    let mut versions = Vec::new();
    for major in numbers {
        for minor in numbers {
            versions.extend(numbers.map(|patch| Version::new(major, minor, patch)));
        }
    }
    let suffixed = ["0.0.1-rc.1", "0.2.0-rc.1", "1.0.0-rc.1", "1.2.0-alpha"].map(version);
    for base in versions.iter().chain(&suffixed) {
        let compatible = VersionReq::parse(&format!("^{base}")).unwrap();
        // Cargo gives nobody a lower version, nor a pre-release who has not asked for one.
        for head in versions.iter().filter(|head| *head >= base) {
            let breaking = Bump::required(Level::Breaking, Some(base));
            let is_breaking = Bump::made(base, head) >= breaking;
            assert_eq!(compatible.matches(head), !is_breaking, "{base} to {head}");
        }
    }
    for head in ["0.2.0-rc.2", "0.2.0"].map(version) {
        assert!(VersionReq::parse("^0.2.0-rc.1").unwrap().matches(&head));
    }
}

#[test]
fn the_verdict() {
    use Level::{Additive, Breaking, Documentation};
    let table = [
        // the change, from, to, what is required, the verdict
        (Breaking, "0.1.0", "0.1.0", "minor", "undeclared"),
        (Breaking, "0.1.0", "0.1.1", "minor", "undeclared"),
        (Breaking, "0.1.0", "0.2.0", "minor", "declared"),
        (Breaking, "0.1.0", "1.0.0", "minor", "declared"),
        (Breaking, "0.2.0", "0.1.0", "minor", "undeclared"),
        (Breaking, "1.0.0", "1.1.0", "major", "undeclared"),
        (Breaking, "0.0.1", "0.0.2", "patch", "declared"),
        (Breaking, "?", "1.0.0", "major", "undeclared"),
        (Breaking, "1.0.0", "?", "major", "undeclared"),
        (Additive, "0.1.0", "0.1.0", "patch", "undeclared"),
        (Additive, "0.1.0", "0.1.1", "patch", "declared"),
        (Additive, "1.0.0", "1.0.1", "minor", "undeclared"),
        (Additive, "1.0.0", "1.1.0", "minor", "declared"),
        (Additive, "?", "?", "minor", "undeclared"),
        (Documentation, "0.1.0", "0.1.0", "none", "declared"),
        (Documentation, "0.2.0", "0.1.0", "none", "declared"),
        (Documentation, "?", "?", "none", "declared"),
    ];
    for (level, base, head, required, verdict) in table {
        let on_wire = wire(level, Direction::Both, READING, "m");
        let report = report((base, head), vec![on_wire], Vec::new());
        let row = format!("{level} from {base} to {head}");
        assert_eq!(report.required.to_string(), required, "{row}");
        assert_eq!(report.verdict.to_string(), verdict, "{row}");
    }
}

#[test]
fn a_change_in_rust_alone_asks_for_a_version() {
    for (breaking, required) in [(true, Bump::Minor), (false, Bump::Patch)] {
        let change = rust(RustChangeKind::Added, "types::X", breaking, "");
        let report = report(("0.1.0", "0.1.0"), Vec::new(), vec![change]);
        assert_eq!(report.required, required);
        assert_eq!(report.verdict, Verdict::Undeclared);
    }
}
