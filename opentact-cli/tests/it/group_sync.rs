//! Groups as a file: `opentact group sync` and `opentact group export`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use opentact_sandbox::{Fault, Sandbox};
use tempfile::TempDir;

use crate::gate::{Gate, Hold};
use crate::group_users::{interrupt, team, through};
use crate::support::{assert_session, opentact, stdout, transcript};

/// A sandbox with three groups, and a file that creates, renames, adds, removes and deletes.
pub(crate) struct Plan {
    pub(crate) sandbox: Sandbox,
    folder: TempDir,
}

impl Plan {
    pub(crate) async fn new() -> Self {
        let sandbox = team().await;
        let create = |name: &str, users: &[&str]| {
            let mut line = vec!["group", "create", "-q", name];
            line.extend(users.iter().flat_map(|user| ["--user", user]));
            stdout(&sandbox, &line).trim().to_owned()
        };
        create("Sales", &["bob", "carol", "erin", "frank"]);
        let support = create("Support", &["alice"]);
        create("Old", &["bob"]);
        let folder = tempfile::tempdir().unwrap();
        let plan = Self { sandbox, folder };
        plan.write(&format!(
            "groups:
  - name: Sales
    users: [carol, dave, alice]
  - name: Helpdesk
    uuid: {support}
    users: [00000002]
  - name: New
    users:
      - alice
      - bob
"
        ));
        plan
    }

    fn write(&self, text: &str) {
        std::fs::write(self.file(), text).unwrap();
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn file(&self) -> PathBuf {
        self.folder().join("groups.yaml")
    }

    /// Runs a command line in the folder of the file, and returns it with its transcript.
    fn run(&self, line: &str) -> String {
        let mut command = opentact(&self.sandbox);
        let output = command
            .current_dir(self.folder())
            .args(line.split(' '))
            .output();
        format!("$ opentact {line}\n{}\n", transcript(&output.unwrap()))
    }

    /// Returns the groups, without their random UUIDs.
    fn groups(&self) -> String {
        let groups = stdout(&self.sandbox, &["group", "export"]);
        let lines = groups.lines().filter(|line| !line.starts_with("    uuid:"));
        lines.map(|line| format!("{line}\n")).collect()
    }

    /// Returns `group sync --prune --yes` through a gate.
    fn sync(&self, gate: &Gate) -> Command {
        let mut sync = through(gate, &self.sandbox);
        sync.args(["group", "sync", "--prune", "--yes"])
            .arg(self.file());
        sync.stdout(Stdio::piped()).stderr(Stdio::piped());
        sync
    }
}

/// Replaces the random UUIDs of groups. Changes are sorted, because some are concurrent.
fn comparable(mut changes: Vec<String>) -> Vec<String> {
    for change in &mut changes {
        let path = "/app/group/";
        if let Some(start) = change.find(path).map(|start| start + path.len()) {
            change.replace_range(start..start + 36, "<group>");
        }
    }
    changes.sort();
    changes
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_makes_the_groups_those_of_the_file() {
    let plan = Plan::new().await;
    let mut all = String::new();
    for line in [
        "group sync groups.yaml",
        "group sync groups.yaml --dry-run",
        "group sync groups.yaml --prune --dry-run",
        "group sync groups.yaml --yes",
        "group sync groups.yaml --yes",
        "group sync groups.yaml --prune --yes",
        "group sync groups.yaml --prune --yes",
        "group sync groups.yaml --prune --dry-run --output json",
    ] {
        all += &plan.run(line);
    }
    assert_session!(all);
    insta::assert_snapshot!(plan.groups(), @"
    # SIP user groups, for `opentact group sync`.
    groups:
      - name: Helpdesk
        users:
          - bob
      - name: New
        users:
          - alice
          - bob
      - name: Sales
        users:
          - alice
          - carol
          - dave
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_of_an_export_changes_nothing_and_a_new_name_in_it_renames() {
    let plan = Plan::new().await;
    let exported = stdout(&plan.sandbox, &["group", "export"]);
    plan.write(&exported);
    let mut all = plan.run("group sync groups.yaml --prune --yes");
    plan.write(&exported.replace("Sales", "Sales EMEA"));
    all += &plan.run("group sync groups.yaml --prune --yes");
    all += &plan.run("group sync groups.yaml --prune --yes --output jsonl");
    assert_session!(all, @"
    $ opentact group sync groups.yaml --prune --yes
    ! There is nothing to change.
    [0]

    $ opentact group sync groups.yaml --prune --yes
    renamed `Sales` to `Sales EMEA`
    ! 1 change is made.
    [0]

    $ opentact group sync groups.yaml --prune --yes --output jsonl
    [0]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_reports_the_faults_of_a_file_with_line_and_column() {
    let plan = Plan::new().await;
    let mut all = String::new();
    for text in [
        "groups:\n  - name: Sales\n    members: [bob]\n    user: [bob]\n  - users: [bob]\n",
        "groups:\n  - name: Sales\n    users: [bobb, carol,\n      zoe]\n",
        "groups:\n  - name: Sales\n   users: [bob]\n",
        "groups:\n  - {name: Sales, uuid: 00000000-0000-4000-8000-000000000009}\n",
        "",
    ] {
        plan.write(text);
        all += &plan.run("group sync groups.yaml --yes");
    }
    all += &plan.run("group sync missing.yaml --yes");
    assert_session!(all, @"
    $ opentact group sync groups.yaml --yes
    ! groups.yaml:3:5: unknown key `members`; known keys: `name`, `uuid`, `users`
    ! groups.yaml:4:5: unknown key `user`; did you mean `users`?
    ! groups.yaml:5:5: the group has no `name`
    ! error: groups.yaml has 3 faults, so nothing was changed
    [2]

    $ opentact group sync groups.yaml --yes
    ! groups.yaml:3:13: there is no SIP user `bobb` in your domain; did you mean `bob`?
    ! groups.yaml:4:7: there is no SIP user `zoe` in your domain; `opentact user list` shows the users of your domain
    ! error: groups.yaml has 2 faults, so nothing was changed
    [2]

    $ opentact group sync groups.yaml --yes
    ! error: groups.yaml:3:4: invalid YAML: while parsing a block collection, did not find expected '-' indicator
    [2]

    $ opentact group sync groups.yaml --yes
    ! error: groups.yaml:2:5: you have no group <group>; without `uuid`, a group `Sales` is created
    [2]

    $ opentact group sync groups.yaml --yes
    ! error: groups.yaml:1:1: the file is empty; expected `groups:`
    [2]

    $ opentact group sync missing.yaml --yes
    ! error: cannot read missing.yaml: No such file or directory (os error 2)
    [2]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_goes_on_after_a_step_that_the_service_refuses() {
    let plan = Plan::new().await;
    let refused = Fault::status(422).operation("update_group");
    plan.sandbox.inject(refused).unwrap();
    let mut all = plan.run("group sync groups.yaml --yes");
    all += &plan.run("group sync groups.yaml --yes");
    plan.write("groups:\n  - name: Ghosts\n    users: [00000000-0000-4000-8000-000000000009]\n");
    all += &plan.run("group sync groups.yaml --yes --output jsonl");
    assert_session!(all, @r#"
    $ opentact group sync groups.yaml --yes
    added to `Sales`: dave, alice
    added to `Helpdesk`: 00000002
    created `New` with alice, bob
    ! With --prune, it would also: remove from `Sales`: bob, erin, frank; remove from `Helpdesk`: alice; delete `Old` (<uuid>), which has 1 user.
    ! not done: rename `Support` to `Helpdesk`: an injected fault (422 Unprocessable Entity)
    ! error: 1 of 4 changes are not made
    [1]

    $ opentact group sync groups.yaml --yes
    renamed `Support` to `Helpdesk`
    ! With --prune, it would also: remove from `Sales`: bob, erin, frank; remove from `Helpdesk`: alice; delete `Old` (<uuid>), which has 1 user.
    ! 1 change is made.
    [0]

    $ opentact group sync groups.yaml --yes --output jsonl
    {"action":"create","name":"Ghosts","users":[{"uuid":"<group>","user":"<group>"}],"outcome":"failed","message":"there is no SIP user <group>                              (404 Not Found)"}
    ! {"error":{"kind":"not_found","message":"1 of 1 changes are not made"}}
    [3]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_without_yes_shows_its_plan_and_reads_the_file_first() {
    let plan = Plan::new().await;
    let mut all = plan.run("group sync groups.yaml");
    plan.write("groups: []\n");
    all += &plan.run("group sync groups.yaml");
    plan.write("groups:\n  - users: [bob]\n");
    all += &plan.run("group sync groups.yaml");
    assert_session!(all, @"
    $ opentact group sync groups.yaml
    ! add to `Sales`: dave, alice
    ! rename `Support` to `Helpdesk`
    ! add to `Helpdesk`: 00000002
    ! create `New` with alice, bob
    ! With --prune, it would also: remove from `Sales`: bob, erin, frank; remove from `Helpdesk`: alice; delete `Old` (<uuid>), which has 1 user.
    ! error: cannot ask for confirmation without a terminal
    ! hint: pass --yes to confirm, or --dry-run to see the plan
    [2]

    $ opentact group sync groups.yaml
    ! There is nothing to change.
    ! With --prune, it would also: delete `Sales` (<uuid>), which has 4 users; delete `Support` (<uuid>), which has 1 user; delete `Old` (<uuid>), which has 1 user.
    [0]

    $ opentact group sync groups.yaml
    ! error: groups.yaml:2:5: the group has no `name`
    [2]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_deletes_nothing_if_the_service_does_not_tell_who_the_user_is() {
    let plan = Plan::new().await;
    let unknown = Fault::status(405).operation("get_current_sip_user");
    plan.sandbox.inject(unknown).unwrap();
    assert_session!(plan.run("group sync groups.yaml --prune --yes"), @"
    $ opentact group sync groups.yaml --prune --yes
    ! error: the service does not tell who you are, so --prune cannot know your groups
    [1]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_killed_at_every_step_and_run_again_does_the_rest_and_nothing_twice() {
    let whole = Plan::new().await;
    let gate = Gate::start(whole.sandbox.address(), Hold::Nothing);
    let output = whole.sync(&gate).output().unwrap();
    assert!(output.status.success(), "{}", transcript(&output));
    let changes = comparable(gate.close());
    insta::assert_snapshot!(changes.join("\n"), @r#"
    DELETE /rest/app/group/<group>
    DELETE /rest/app/group/<group>/users/00000001-0000-0000-0000-000000000000
    DELETE /rest/app/group/<group>/users/00000002-0000-0000-0000-000000000000
    DELETE /rest/app/group/<group>/users/00000005-0000-0000-0000-000000000000
    DELETE /rest/app/group/<group>/users/00000006-0000-0000-0000-000000000000
    PATCH /rest/app/group/<group> {"name":"Helpdesk"}
    POST /rest/app/group {"name":"New","users":["00000001-0000-0000-0000-000000000000","00000002-0000-0000-0000-000000000000"]}
    POST /rest/app/group/<group>/users {"users":["00000002-0000-0000-0000-000000000000"]}
    POST /rest/app/group/<group>/users {"users":["00000004-0000-0000-0000-000000000000","00000001-0000-0000-0000-000000000000"]}
    "#);
    let groups = whole.groups();

    for number in 0..changes.len() {
        for hold in [Hold::Before(number), Hold::After(number)] {
            let plan = Plan::new().await;
            let gate = Gate::start(plan.sandbox.address(), hold);
            let mut killed = plan.sync(&gate).spawn().unwrap();
            gate.wait_until_held();
            killed.kill().unwrap();
            killed.wait().unwrap();
            let mut done = gate.close();

            let gate = Gate::start(plan.sandbox.address(), Hold::Nothing);
            let again = plan.sync(&gate).output().unwrap();
            assert!(again.status.success(), "{hold:?}: {}", transcript(&again));
            done.extend(gate.close());
            assert_eq!(comparable(done), changes, "{hold:?}");
            assert_eq!(plan.groups(), groups, "{hold:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_interrupted_says_what_was_done_and_that_it_can_be_repeated() {
    let plan = Plan::new().await;
    // The first change after those to the group Sales.
    let gate = Gate::start(plan.sandbox.address(), Hold::After(4));
    let sync = plan.sync(&gate).spawn().unwrap();
    gate.wait_until_held();
    interrupt(&sync);
    let output = sync.wait_with_output().unwrap();
    let mut all = transcript(&output);
    all += &plan.run("group sync groups.yaml --prune --yes");
    assert_session!(all, @"
    added to `Sales`: dave, alice
    removed from `Sales`: bob, erin, frank
    ! error: interrupted: 2 of 7 changes are made, and `Support` may be renamed to `Helpdesk`
    ! hint: the same command again is safe: it plans and makes only the rest
    [130]
    $ opentact group sync groups.yaml --prune --yes
    added to `Helpdesk`: 00000002
    removed from `Helpdesk`: alice
    created `New` with alice, bob
    deleted `Old` (<uuid>), which had 1 user
    ! 4 changes are made.
    [0]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_interrupted_in_a_removal_says_how_many_users_are_removed() {
    let plan = Plan::new().await;
    // One of the three removals from the group Sales.
    let gate = Gate::start(plan.sandbox.address(), Hold::Before(2));
    let sync = plan.sync(&gate).spawn().unwrap();
    gate.wait_until_held();
    interrupt(&sync);
    assert_session!(transcript(&sync.wait_with_output().unwrap()), @"
    added to `Sales`: dave, alice
    ! error: interrupted: 1 of 7 changes are made, and 2 of 3 users are removed from `Sales` (1 more may be)
    ! hint: the same command again is safe: it plans and makes only the rest
    [130]
    ");
}
