//! The required bump, the actual bump and the verdict. Cargo's own crate `semver` is the oracle.

use openapi_compat::{Bump, ChangeKind, Direction, Level, Verdict, parse_version};
use semver::{Version, VersionReq};

use crate::support::reports::{READING, change, client_change, report};

fn version(text: &str) -> Version {
    Version::parse(text).unwrap()
}

#[test]
fn required_bump_follows_from_level_and_base() {
    let table = [
        // the base, the bump for a breaking change and for an additive one
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
fn actual_bump_is_the_first_number_that_is_raised() {
    let table = [
        // the base, the head, the bump
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
    for (base, head, actual) in table {
        assert_eq!(
            Bump::between(&version(base), &version(head)),
            actual,
            "{base} to {head}"
        );
    }
}

/// Cargo considers two versions compatible exactly if there is no breaking bump between them.
#[test]
fn breaking_bump_agrees_with_cargo() {
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
        // Cargo selects no lower version, and no pre-release unless it is asked for.
        for head in versions.iter().filter(|head| *head >= base) {
            let breaking = Bump::required(Level::Breaking, Some(base));
            let is_breaking = Bump::between(base, head) >= breaking;
            assert_eq!(compatible.matches(head), !is_breaking, "{base} to {head}");
        }
    }
    for head in ["0.2.0-rc.2", "0.2.0"].map(version) {
        assert!(VersionReq::parse("^0.2.0-rc.1").unwrap().matches(&head));
    }
}

#[test]
fn verdict_compares_required_and_actual_bump() {
    use Level::{Additive, Breaking, Documentation};
    let table = [
        // the level, the base, the head, the required bump, the verdict
        (Breaking, "0.1.0", "0.1.0", "minor", "undeclared"),
        (Breaking, "0.1.0", "0.1.1", "minor", "undeclared"),
        (Breaking, "0.1.0", "0.2.0", "minor", "declared"),
        (Breaking, "0.1.0", "1.0.0", "minor", "declared"),
        (Breaking, "0.2.0", "0.1.0", "minor", "undeclared"),
        (Breaking, "1.0.0", "1.1.0", "major", "undeclared"),
        (Breaking, "0.0.1", "0.0.2", "patch", "declared"),
        (Breaking, "?", "1.0.0", "major", "unknown"),
        (Breaking, "1.0.0", "?", "major", "unknown"),
        (Additive, "0.1.0", "0.1.0", "patch", "undeclared"),
        (Additive, "0.1.0", "0.1.1", "patch", "declared"),
        (Additive, "1.0.0", "1.0.1", "minor", "undeclared"),
        (Additive, "1.0.0", "1.1.0", "minor", "declared"),
        (Additive, "?", "?", "minor", "unknown"),
        (Documentation, "0.1.0", "0.1.0", "none", "declared"),
        (Documentation, "0.2.0", "0.1.0", "none", "declared"),
        (Documentation, "?", "?", "none", "declared"),
    ];
    for (level, base, head, required, verdict) in table {
        let change = change(level, Direction::Both, READING, "m");
        let report = report((base, head), vec![change], Vec::new());
        let row = format!("{level} from {base} to {head}");
        assert_eq!(report.required_bump.to_string(), required, "{row}");
        assert_eq!(report.verdict.to_string(), verdict, "{row}");
    }
}

#[test]
fn client_change_alone_requires_a_bump() {
    for (breaking, required) in [(true, Bump::Minor), (false, Bump::Patch)] {
        let change = client_change(ChangeKind::Added, "types::X", breaking, "");
        let report = report(("0.1.0", "0.1.0"), Vec::new(), vec![change]);
        assert_eq!(report.required_bump, required);
        assert_eq!(report.verdict, Verdict::Undeclared);
    }
}

#[test]
fn parse_version_reads_shorter_forms_of_semver() {
    let table = [
        ("1.2.3", Some("1.2.3")),
        ("v1.11.8", Some("1.11.8")),
        ("V2", Some("2.0.0")),
        ("2.0", Some("2.0.0")),
        ("65", Some("65.0.0")),
        ("2024.0", Some("2024.0.0")),
        (" 1.0.0 ", Some("1.0.0")),
        ("1.0.0-beta.2", Some("1.0.0-beta.2")),
        ("1.0.0+build.5", Some("1.0.0+build.5")),
        ("2.0-rc1", Some("2.0.0-rc1")),
        // dates, and other texts
        ("2024-06-01", None),
        ("2024-06-01.acacia", None),
        ("2024.06.01", None),
        ("v1-beta", None),
        ("1.2.3.4", None),
        ("1.x", None),
        ("latest", None),
        ("v", None),
        ("", None),
        ("1.", None),
        ("99999999999999999999", None),
    ];
    for (text, expected) in table {
        let parsed = parse_version(text).map(|version| version.to_string());
        assert_eq!(parsed.as_deref(), expected, "{text:?}");
    }
}
