//! The table of calls that the canary and the fault table use.

use opentact_api::OPERATIONS;

use crate::support::calls;

/// Operations of other pages are sent and read in the same way.
#[test]
fn call_table_covers_every_operation_on_groups() {
    let of_groups = OPERATIONS
        .iter()
        .filter(|operation| operation.path.starts_with("/app/group"));
    let mut expected: Vec<_> = of_groups
        .map(|operation| (operation.name, operation.idempotent))
        .collect();
    let calls = calls::all();
    let mut called: Vec<_> = calls
        .iter()
        .map(|call| (call.operation, call.idempotent))
        .collect();
    expected.sort_unstable();
    called.sort_unstable();
    assert_eq!(called, expected);
}
