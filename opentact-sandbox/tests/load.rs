//! Many clients at once, each of which knows what has to come of what it does.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::collections::BTreeSet;

use opentact_api::Client;
use opentact_api::types::SipUserGroup;
use opentact_sandbox::{Sandbox, User};
use support::client;
use uuid::Uuid;

const CLIENTS: usize = 64;
const OPERATIONS: usize = 320;

/// A group as one client after the other would leave it.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Expected {
    uuid: Uuid,
    name: String,
    users: BTreeSet<Uuid>,
}

impl From<SipUserGroup> for Expected {
    fn from(group: SipUserGroup) -> Self {
        let users = group.users;
        Self {
            uuid: group.uuid,
            name: group.name,
            users: users.iter().filter_map(|user| user.uuid).collect(),
        }
    }
}

/// A client, and what has to be there because of it.
struct Worker {
    client: Client,
    me: Uuid,
    everyone: Vec<Uuid>,
    random: fastrand::Rng,
    groups: Vec<Expected>,
}

impl Worker {
    async fn work(mut self, shared: Uuid, owner_of_shared: Client) -> Self {
        for _ in 0..OPERATIONS / 2 {
            self.step().await;
            // One group for all, to which each adds the same users again and again.
            let add = owner_of_shared.add_group_user().uuid(shared);
            add.sip_user_uuid(self.somebody()).send().await.unwrap();
        }
        self
    }

    fn somebody(&mut self) -> Uuid {
        self.everyone[self.random.usize(..self.everyone.len())]
    }

    async fn step(&mut self) {
        let somebody = self.somebody();
        let choice = self.random.usize(..10);
        if self.groups.is_empty() || (choice == 0 && self.groups.len() < 8) {
            let name = format!("group {}", self.random.u32(..));
            let create = self.client.create_group();
            let create = create.body_map(|body| body.name(name).users(vec![somebody]));
            let created = create.send().await.unwrap().into_inner();
            self.groups.push(created.into());
            return;
        }
        let at = self.random.usize(..self.groups.len());
        let group = &mut self.groups[at];
        let uuid = group.uuid;
        match choice {
            0 | 1 => {
                let deleted = self.client.delete_group().uuid(uuid).send().await.unwrap();
                let group = self.groups.remove(at);
                assert_eq!(Expected::from(deleted.into_inner()), group);
            }
            2 => {
                group.name = format!("group {}", self.random.u32(..));
                let update = self.client.update_group().uuid(uuid);
                let update = update.body_map(|body| body.name(group.name.clone()));
                assert_eq!(
                    &Expected::from(update.send().await.unwrap().into_inner()),
                    group
                );
            }
            3 => {
                group.users = BTreeSet::from([somebody]);
                let update = self.client.update_group().uuid(uuid);
                let update = update.body_map(|body| body.users(vec![somebody]));
                assert_eq!(
                    &Expected::from(update.send().await.unwrap().into_inner()),
                    group
                );
            }
            4 | 5 => {
                group.users.insert(somebody);
                let add = self
                    .client
                    .add_group_user()
                    .uuid(uuid)
                    .sip_user_uuid(somebody);
                assert_eq!(
                    &Expected::from(add.send().await.unwrap().into_inner()),
                    group
                );
            }
            6 => {
                group.users.insert(somebody);
                let add = self.client.add_group_users().uuid(uuid);
                let add = add.body_map(|body| body.users([somebody]));
                assert_eq!(add.send().await.unwrap().len(), group.users.len());
            }
            7 => {
                let was_there = group.users.remove(&somebody);
                let remove = self.client.remove_group_user().uuid(uuid);
                let removed = remove.sip_user_uuid(somebody).send().await;
                let status = removed
                    .as_ref()
                    .map_or_else(opentact_api::Error::status, |_| None);
                assert_eq!(
                    status.map(|status| status.as_u16()),
                    (!was_there).then_some(404)
                );
            }
            8 => {
                let users = self.client.list_group_users().uuid(uuid).send().await;
                assert_eq!(users.unwrap().len(), group.users.len());
            }
            _ => self.check().await,
        }
    }

    /// What this client owns is what it made, whatever the others do meanwhile.
    async fn check(&self) {
        let groups = self.client.list_groups().send().await.unwrap().into_inner();
        let is_mine = |group: &SipUserGroup| {
            let owner = group.owner.as_ref().and_then(|owner| owner.uuid);
            owner == Some(self.me) && group.name != "shared"
        };
        let mine = groups.into_iter().filter(is_mine).map(Expected::from);
        assert_eq!(mine.collect::<Vec<_>>(), self.groups);
    }
}

/// How much memory this process has in use, in MiB.
#[cfg(target_os = "linux")]
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib: u64 = line.unwrap().trim_end_matches("kB").trim().parse().unwrap();
    kib / 1024
}

#[cfg(not(target_os = "linux"))]
fn memory() -> u64 {
    0
}

#[tokio::test(flavor = "multi_thread")]
async fn what_clients_at_once_do_is_what_they_would_do_one_after_the_other() {
    let logins: Vec<_> = (0..CLIENTS)
        .map(|number| format!("user-{number}"))
        .collect();
    let users = logins.iter().map(|login| User::new(login.as_str()));
    let sandbox = Sandbox::builder().users(users).check_answers();
    let sandbox = sandbox.start().await.unwrap();
    let everyone: Vec<_> = logins
        .iter()
        .filter_map(|login| sandbox.uuid(login))
        .collect();
    let owner = client(&sandbox, &logins[0]);
    let shared = owner
        .create_group()
        .body_map(|body| body.name("shared"))
        .send();
    let shared = shared.await.unwrap().uuid;
    let workers = logins.iter().enumerate().map(|(number, login)| Worker {
        client: client(&sandbox, login),
        me: everyone[number],
        everyone: everyone.clone(),
        random: fastrand::Rng::with_seed(number as u64),
        groups: Vec::new(),
    });
    let before = memory();
    let work = workers.map(|worker| tokio::spawn(worker.work(shared, owner.clone())));
    let work: Vec<_> = work.collect();
    let mut workers = Vec::new();
    for worker in work {
        workers.push(worker.await.unwrap());
    }
    for worker in &workers {
        worker.check().await;
    }
    let users = owner.list_group_users().uuid(shared).send().await.unwrap();
    assert_eq!(users.len(), CLIENTS);
    for worker in &workers {
        for group in &worker.groups {
            worker
                .client
                .delete_group()
                .uuid(group.uuid)
                .send()
                .await
                .unwrap();
        }
    }
    let grown = memory().saturating_sub(before);
    assert!(grown < 100, "{grown} MiB more than before");
}
