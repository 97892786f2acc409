//! The decision about a report: `--fail-on` and `--expect`.

use std::cmp::Ordering;

use openapi_compat::{Bump, FailOn, Report, Verdict};

/// Returns notes about an accepted report, or the reason for which it is rejected.
///
/// With `--expect`, the caller names the bump. The version of the document need not declare it yet,
/// unless there is a `--fail-on` too.
pub(crate) fn verdict(
    report: &Report,
    fail_on: Option<FailOn>,
    expect: Option<Bump>,
) -> Result<Vec<String>, String> {
    let fail_on = fail_on.unwrap_or(match expect {
        Some(_) => FailOn::Never,
        None => FailOn::Undeclared,
    });
    if let Some(objection) = fail_on.objection(report) {
        return Err(objection.to_owned());
    }
    let mut notes = Vec::new();
    if fail_on == FailOn::Undeclared && report.verdict == Verdict::Unknown {
        let note = "the bump is not checked, because a version is unknown (--fail-on undeclared)";
        notes.push(note.to_owned());
    }
    let Some(expected) = expect else {
        return Ok(notes);
    };
    let required = match report.required_bump {
        Bump::None => "the changes require no bump".to_owned(),
        bump => format!("the changes require a {bump} bump"),
    };
    match report.required_bump.cmp(&expected) {
        Ordering::Less => {
            notes.push(format!(
                "{required}, less than expected (--expect {expected})"
            ));
            Ok(notes)
        }
        Ordering::Equal => Ok(notes),
        Ordering::Greater => Err(format!(
            "{required}, more than expected (--expect {expected})"
        )),
    }
}
