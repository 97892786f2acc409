//! The commands on telephone numbers and SMS.

use std::io::Write as _;
#[cfg(unix)]
use std::process::Stdio;

use opentact_sandbox::Fault;

#[cfg(unix)]
use crate::gate::{Gate, Hold};
#[cfg(unix)]
use crate::group_users::interrupt;
use crate::support::{
    assert_session, opentact_of_account, sandbox, session_of_account, transcript,
};

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_searched_ordered_and_released() {
    let sandbox = sandbox().await;
    assert_session!(session_of_account(
        &sandbox,
        &[
            "number list",
            "number search 202555016% --limit 2",
            "number order 12025550160 '+1 (202) 555-0161' 12025550160 --dry-run",
            "number order 12025550160 '+1 (202) 555-0161' 12025559999 --yes",
            "number list --columns number,renewed",
            "number release 12025550160 12025559999 --dry-run --columns number,outcome,message",
            "number release 12025550160 12025559999 --yes --columns number,outcome,message",
            // What is done stays passed over.
            "number release 12025550160 12025550161 --yes --columns number,outcome,message",
            "number list --output json",
        ]
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn change_of_numbers_needs_a_confirmation_and_valid_numbers() {
    let sandbox = sandbox().await;
    assert_session!(session_of_account(
        &sandbox,
        &[
            "number order 12025550160",
            "number order",
            "number order 12",
            "number order 2025550160 --yes",
            "number search 202555",
            "number assign 12025550160",
            "sms send 12025550143 '' --sender 12025550160",
            "sms list --state lost",
        ]
    ));
    assert!(sandbox.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_assigned_to_a_connection_by_its_name() {
    let sandbox = sandbox().await;
    assert_session!(session_of_account(
        &sandbox,
        &[
            "number order 12025550160 --yes --columns state",
            "number assign 12025550160 --connection nowhere",
            "number assign 12025550161 --connection a7d0c1e2-5b94-4f3d-8e61-2c9f04b7d835",
            "number assign 12025550160 --connection a7d0c1e2-5b94-4f3d-8e61-2c9f04b7d835 --columns number,outcome",
            "api list_sip_connection_tn_leases -F uuid=a7d0c1e2-5b94-4f3d-8e61-2c9f04b7d835 --output jsonl --columns autorenew",
            "number assign 12025550160 --connection a7d0c1e2-5b94-4f3d-8e61-2c9f04b7d835 --remove --columns number,outcome",
        ]
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_read_from_a_file_and_failures_are_reported_one_by_one() {
    let sandbox = sandbox().await;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "# for the sales team\n12025550160\n\n+1 202 555 0161").unwrap();
    let path = file.path().to_str().unwrap();
    let run = |arguments: &[&str]| {
        let output = opentact_of_account(&sandbox)
            .args(arguments)
            .output()
            .unwrap();
        transcript(&output)
    };
    let ordered = run(&[
        "number",
        "order",
        "--from",
        path,
        "--yes",
        "--columns",
        "success",
    ]);
    assert_eq!(ordered, "SUCCESS\n2\n[0]\n");
    let fault = Fault::status(409).operation("delete_tn_lease");
    sandbox.inject(fault).unwrap();
    let released = run(&[
        "number",
        "release",
        "--from",
        path,
        "--yes",
        "--columns",
        "number,outcome",
    ]);
    assert_session!(released);
}

#[tokio::test(flavor = "multi_thread")]
async fn standard_input_that_is_the_token_is_no_list_of_numbers_either() {
    let sandbox = sandbox().await;
    for line in [
        "number release --from - --token-file - --yes",
        "sms send 12025550143 - --sender 12025550160 --token-file -",
        "api send_sms --input - --token-file -",
    ] {
        let session = session_of_account(&sandbox, &[line]);
        let refusal = "standard input cannot be the token and a list or file too\n[2]";
        assert!(session.contains(refusal), "{session}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn leases_are_listed_by_the_name_of_a_connection_and_released_twice() {
    let sandbox = sandbox().await;
    let connection = "a7d0c1e2-5b94-4f3d-8e61-2c9f04b7d835";
    let order = "number order 12025550160 --yes --columns state";
    let assign = format!("number assign 12025550160 --connection {connection} --columns outcome");
    session_of_account(&sandbox, &[order, &assign]);
    let listed = opentact_of_account(&sandbox)
        .args(["number", "list", "--connection", "nowhere"])
        .output()
        .unwrap();
    assert!(transcript(&listed).contains("there is no SIP connection `nowhere`"));
    let list = ["number", "list", "--connection", connection, "-q"];
    let listed = opentact_of_account(&sandbox).args(list).output().unwrap();
    let lease = String::from_utf8(listed.stdout).unwrap();
    let release = ["number", "release", lease.trim(), "--yes"];
    for outcome in ["released", "not leased\n[0]"] {
        let released = opentact_of_account(&sandbox)
            .args(release)
            .args(["--columns", "outcome,message"])
            .output()
            .unwrap();
        assert!(transcript(&released).contains(outcome));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sms_are_sent_from_a_leased_number_and_listed() {
    let sandbox = sandbox().await;
    assert_session!(session_of_account(
        &sandbox,
        &[
            "sms send 12025550143 Hello --sender 12025550160 --dry-run --columns from,to,message",
            "sms send 12025550143 Hello --sender 12025550160",
            "number order 12025550160 --yes --columns state",
            "sms send 12025550143 'Hello there' --sender 12025550160 --columns from,to,message",
            "sms list --direction outbound --columns from,to,message",
            "sms list --to 12025550143 --columns from,to,message",
            "sms list --to 12025550144 --columns from,to,message",
            "sms list --direction inbound --state failed --columns from,to,message",
        ]
    ));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn order_that_is_interrupted_says_that_it_may_be_done() {
    let sandbox = sandbox().await;
    let gate = Gate::start(sandbox.address(), Hold::After(0));
    let child = opentact_of_account(&sandbox)
        .env("OPENTACT_BASE_URL", gate.url())
        .args(["number", "order", "12025550160", "--yes"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    gate.wait_until_held();
    interrupt(&child);
    let interrupted = transcript(&child.wait_with_output().unwrap());
    drop(gate.close());
    assert_session!(interrupted, @"
    ! error: interrupted: the service may have done it
    ! hint: check with `opentact number list` before you repeat it
    [130]
    ");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn release_that_is_interrupted_can_be_repeated() {
    let sandbox = sandbox().await;
    let release = [
        "number",
        "release",
        "12025550160",
        "12025550161",
        "12025550162",
        "--yes",
    ];
    let release = [&release[..], &["--columns", "number,outcome,message"]].concat();
    let order = [
        "number",
        "order",
        "12025550160",
        "12025550161",
        "12025550162",
        "--yes",
    ];
    let ordered = opentact_of_account(&sandbox).args(order).output().unwrap();
    assert!(ordered.status.success(), "{}", transcript(&ordered));
    // The search for the leases is a POST, too.
    let gate = Gate::start(sandbox.address(), Hold::After(2));
    let mut command = opentact_of_account(&sandbox);
    command.env("OPENTACT_BASE_URL", gate.url()).args(&release);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    gate.wait_until_held();
    interrupt(&child);
    let interrupted = transcript(&child.wait_with_output().unwrap());
    drop(gate.close());
    let repeated = opentact_of_account(&sandbox)
        .args(&release)
        .output()
        .unwrap();
    assert_session!(format!("{interrupted}\n{}", transcript(&repeated)));
}
