//! The commands on the users of the domain, and arguments that name a user or a group.

use opentact_sandbox::{Fault, Sandbox, User};

use crate::support::{ALICE, BOB, UNKNOWN, assert_session, session};

/// Starts a sandbox with users who have the properties that people search for.
async fn company() -> Sandbox {
    let user = |login: &str, uuid: &str, first: &str, last: &str| {
        User::new(login)
            .property("uuid", uuid)
            .property("first_name", first)
            .property("last_name", last)
            .property("email", format!("{login}@example.com"))
    };
    let users = [
        user("alice", ALICE, "Alice", "Moreau"),
        user("bob", BOB, "Bob", "Okafor").property("phone_number", "+12025550141"),
        user(
            "carol",
            "ca501000-0000-0000-0000-000000000003",
            "Carol",
            "Lindqvist",
        ),
        user(
            "carola",
            "ca501000-0000-0000-0000-000000000004",
            "Carola",
            "Moreau",
        ),
    ];
    let sandbox = Sandbox::builder().users(users).check_responses();
    sandbox.start().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn user_commands_find_the_users_of_the_domain() {
    let sandbox = company().await;
    assert_session!(session(
        &sandbox,
        &[
            "user list",
            "user list --filter MOREAU --columns login,name",
            "user list --filter 5550141 -q",
            "user list --filter ca501000 --columns login --output csv",
            "user list --filter nobody",
            "user list --columns nothing",
            "user show bob",
            "user show carol@EXAMPLE.com -q",
            "user show b0b00000 --output json",
            &format!("user show {UNKNOWN}"),
            "user show carl",
            "user show ca501000",
        ]
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_name_users_and_groups_in_every_way() {
    let sandbox = company().await;
    assert_session!(session(
        &sandbox,
        &[
            "group create Sales --user bob --user carol@example.com --user a11ce000 -q",
            "group create sales -q",
            "group create Support -q",
            "group users Sales -q",
            "group users support -q",
            "group users SALES",
            "group users Sapport",
            "group users nothing",
            "group create EMEA --user carl --user zoltan --user bob",
            "group create EMEA --user carl",
            "group create EMEA --user ca501000",
        ]
    ));
}

/// No public page confirms the list of users.
#[tokio::test(flavor = "multi_thread")]
async fn login_is_resolved_from_groups_if_the_service_has_no_list_of_users() {
    let sandbox = company().await;
    session(&sandbox, &[&format!("group create Sales --user {BOB} -q")]);
    let fault = Fault::status(404).operation("list_same_domain_users");
    sandbox.inject(fault.times(2)).unwrap();
    let lines = [
        "group create EMEA --user bob --columns name,users",
        "group create APAC --user carol",
    ];
    assert_session!(session(&sandbox, &lines), @r"
    $ opentact group create EMEA --user bob --columns name,users
    NAME  USERS
    EMEA  1
    [0]

    $ opentact group create APAC --user carol
    ! error: there is no SIP user `carol` in your groups
    ! hint: use a UUID instead: the service does not list the users of your domain
    [3]
    ");
}
