//! The findings about verbs and sources of operations, and about statuses of success.

use super::{FILE, SPEC, edited};

#[test]
fn bad_verb_is_reported() {
    assert_findings! { FILE;
        verb_unknown: edited("x-rust-name: create_group", "x-rust-name: make_group");
        verb_alone_unknown: edited("x-rust-name: create_group", "x-rust-name: groups");
        verb_of_another_method: edited("x-rust-name: create_group", "x-rust-name: update_group_now");
        verb_of_one_for_a_list: edited("x-rust-name: list_groups", "x-rust-name: get_groups");
        verb_of_a_list_for_one: SPEC.replacen("x-rust-name: delete_group", "x-rust-name: list_former_groups", 1).replacen("    delete:\n", "    get:\n", 1);
    }
}

#[test]
fn missing_source_is_reported() {
    assert_findings! { FILE;
        source_missing: edited("      x-source: page\n", "");
        source_unknown: edited("x-source: page", "x-source: page and 2021");
        source_of_another_year: edited("x-source: page", "x-source: 2022");
    }
}

#[test]
fn number_that_loses_digits_is_reported() {
    let status = "description: The HTTP status, repeated.\n          type: ";
    let retyped = |ty: &str| edited(&format!("{status}integer"), &format!("{status}{ty}"));
    assert_findings! { FILE;
        number_without_format: retyped("number");
        number_with_another_format: retyped("number\n          format: money");
    }
}
