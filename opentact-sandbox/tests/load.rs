//! Many concurrent clients. Each knows the correct result of its operations, because it alone changes
//! its groups. A binary of its own, because the test measures the memory of the process.
#![allow(clippy::unwrap_used)] // helpers of tests

use std::collections::BTreeSet;

use opentact_api::groups::SipUserGroup;
use opentact_api::{Client, RetryPolicy};
use opentact_sandbox::{Sandbox, User};
use uuid::Uuid;

const CLIENTS: usize = 32;
/// The steps of each client in a round.
const STEPS: usize = 20;

/// The part of a group that a client changes.
#[derive(Debug, Eq, PartialEq)]
struct Group {
    uuid: Uuid,
    name: String,
    users: BTreeSet<Uuid>,
}

impl From<SipUserGroup> for Group {
    fn from(group: SipUserGroup) -> Self {
        let users = group.users;
        Self {
            uuid: group.uuid,
            name: group.name,
            users: users.iter().filter_map(|user| user.uuid).collect(),
        }
    }
}

/// A client with the groups that the sandbox must have because of it.
struct Worker {
    client: Client,
    user: Uuid,
    all_users: Vec<Uuid>,
    random: fastrand::Rng,
    groups: Vec<Group>,
}

impl Worker {
    /// Takes steps, and between them adds users to a group that all workers share.
    async fn work(mut self, shared: Uuid, owner_of_shared: Client) -> Self {
        for _ in 0..STEPS {
            self.step().await;
            let add = owner_of_shared.add_group_user().uuid(shared);
            add.sip_user_uuid(self.random_user()).send().await.unwrap();
        }
        self
    }

    fn random_user(&mut self) -> Uuid {
        self.all_users[self.random.usize(..self.all_users.len())]
    }

    /// Calls one operation at random, and checks its result.
    async fn step(&mut self) {
        let user = self.random_user();
        let choice = self.random.usize(..10);
        if self.groups.is_empty() || (choice == 0 && self.groups.len() < 8) {
            let name = format!("group {}", self.random.u32(..));
            let create = self.client.create_group();
            let create = create.body_map(|body| body.name(name).users(vec![user]));
            let created = create.send().await.unwrap().into_inner();
            self.groups.push(created.into());
            return;
        }
        let index = self.random.usize(..self.groups.len());
        let group = &mut self.groups[index];
        let uuid = group.uuid;
        match choice {
            0 | 1 => {
                let deleted = self.client.delete_group().uuid(uuid).send().await;
                let group = self.groups.remove(index);
                assert_eq!(Group::from(deleted.unwrap().into_inner()), group);
            }
            2 => {
                group.name = format!("group {}", self.random.u32(..));
                let update = self.client.update_group().uuid(uuid);
                let update = update.body_map(|body| body.name(group.name.clone()));
                let updated = update.send().await.unwrap().into_inner();
                assert_eq!(Group::from(updated), *group);
            }
            3 => {
                group.users = BTreeSet::from([user]);
                let update = self.client.update_group().uuid(uuid);
                let update = update.body_map(|body| body.users(vec![user]));
                let updated = update.send().await.unwrap().into_inner();
                assert_eq!(Group::from(updated), *group);
            }
            4 | 5 => {
                group.users.insert(user);
                let add = self.client.add_group_user().uuid(uuid).sip_user_uuid(user);
                let updated = add.send().await.unwrap().into_inner();
                assert_eq!(Group::from(updated), *group);
            }
            6 => {
                group.users.insert(user);
                let add = self.client.add_group_users().uuid(uuid);
                let add = add.body_map(|body| body.users([user]));
                assert_eq!(add.send().await.unwrap().len(), group.users.len());
            }
            7 => {
                let was_in_group = group.users.remove(&user);
                let remove = self.client.remove_group_user().uuid(uuid);
                let removed = remove.sip_user_uuid(user).send().await;
                let status = removed.err().and_then(|error| error.status());
                let status = status.map(|status| status.as_u16());
                assert_eq!(status, (!was_in_group).then_some(404));
            }
            8 => {
                let users = self.client.list_group_users().uuid(uuid).send().await;
                assert_eq!(users.unwrap().len(), group.users.len());
            }
            _ => self.check().await,
        }
    }

    /// Checks that the groups of this client are in the state in which it left them.
    async fn check(&self) {
        let groups = self.client.list_groups().send().await.unwrap().into_inner();
        let is_own = |group: &SipUserGroup| {
            let owner = group.owner.as_ref().and_then(|owner| owner.uuid);
            owner == Some(self.user) && group.name != "shared"
        };
        let own = groups.into_iter().filter(is_own).map(Group::from);
        assert_eq!(own.collect::<Vec<_>>(), self.groups);
    }

    async fn delete_groups(&mut self) {
        for group in self.groups.drain(..) {
            let deleted = self.client.delete_group().uuid(group.uuid).send().await;
            deleted.unwrap();
        }
    }
}

/// Returns the resident memory of this process in KiB, or 0 if the system is not Linux.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.map_or(0, |line| {
        line.trim_end_matches("kB").trim().parse().unwrap()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_clients_get_the_results_of_sequential_ones_in_constant_memory() {
    let logins: Vec<_> = (0..CLIENTS)
        .map(|number| format!("user-{number}"))
        .collect();
    let users = logins.iter().map(|login| User::new(login.as_str()));
    let sandbox = Sandbox::builder().users(users).check_responses();
    let sandbox = sandbox.start().await.unwrap();
    let client = |login: &str| {
        let client = Client::builder()
            .ha1b_token(sandbox.token(login))
            .base_url(sandbox.url());
        client.retry(RetryPolicy::never()).build().unwrap()
    };
    let all_users: Vec<_> = logins
        .iter()
        .filter_map(|login| sandbox.uuid(login))
        .collect();
    let owner = client(&logins[0]);
    let shared = owner.create_group().body_map(|body| body.name("shared"));
    let shared = shared.send().await.unwrap().uuid;
    let workers = logins.iter().zip(&all_users).enumerate();
    let mut workers: Vec<_> = workers
        .map(|(number, (login, user))| Worker {
            client: client(login),
            user: *user,
            all_users: all_users.clone(),
            random: fastrand::Rng::with_seed(number as u64),
            groups: Vec::new(),
        })
        .collect();

    let mut memory_after_round = Vec::new();
    for _ in 0..2 {
        let work = workers.drain(..);
        let work = work.map(|worker| tokio::spawn(worker.work(shared, owner.clone())));
        for worker in work.collect::<Vec<_>>() {
            workers.push(worker.await.unwrap());
        }
        for worker in &mut workers {
            worker.check().await;
            worker.delete_groups().await;
        }
        memory_after_round.push(memory());
    }

    let users = owner.list_group_users().uuid(shared).send().await.unwrap();
    assert_eq!(users.len(), CLIENTS);
    let growth = memory_after_round[1].saturating_sub(memory_after_round[0]);
    assert!(growth < 8 * 1024, "the second round took {growth} KiB more");
}
