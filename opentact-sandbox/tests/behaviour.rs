//! What the sandbox does, seen through the SDK.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use opentact_api::types::{SipUser, SipUserGroup};
use opentact_api::{Error, ErrorKind};
use opentact_sandbox::{Sandbox, User};
use support::{client, sandbox};
use uuid::Uuid;

fn logins(users: &[SipUser]) -> Vec<&str> {
    let logins = users.iter().map(|user| user.login.as_deref());
    logins.map(Option::unwrap_or_default).collect()
}

fn names(groups: &[SipUserGroup]) -> Vec<&str> {
    groups.iter().map(|group| group.name.as_str()).collect()
}

async fn create(sandbox: &Sandbox, login: &str, name: &str, users: &[&str]) -> SipUserGroup {
    let users: Vec<Uuid> = users.iter().filter_map(|user| sandbox.uuid(user)).collect();
    let client = client(sandbox, login);
    let request = client.create_group();
    let request = request.body_map(|body| body.name(name).users(users));
    request.send().await.unwrap().into_inner()
}

async fn groups(sandbox: &Sandbox, login: &str) -> Vec<SipUserGroup> {
    let groups = client(sandbox, login).list_groups().send().await;
    groups.unwrap().into_inner()
}

fn kind<T>(result: Result<T, Error>) -> ErrorKind {
    match result {
        Ok(_) => unreachable!("it was carried out"),
        Err(error) => error.kind(),
    }
}

#[tokio::test]
async fn the_list_holds_what_the_user_owns_or_is_in() {
    let sandbox = sandbox().await;
    create(&sandbox, "alice", "Sales", &["bob"]).await;
    create(&sandbox, "bob", "Support", &[]).await;
    assert_eq!(names(&groups(&sandbox, "alice").await), ["Sales"]);
    assert_eq!(names(&groups(&sandbox, "bob").await), ["Sales", "Support"]);
    assert!(groups(&sandbox, "carol").await.is_empty());
}

#[tokio::test]
async fn the_creator_owns_a_group_without_being_in_it() {
    let sandbox = sandbox().await;
    let group = create(&sandbox, "alice", "Sales", &["bob", "carol", "bob"]).await;
    assert_eq!(
        group.owner.and_then(|owner| owner.uuid),
        sandbox.uuid("alice")
    );
    assert_eq!(logins(&group.users), ["bob", "carol"]);
    assert_eq!(group.created_on, group.modified_on);
}

#[tokio::test]
async fn only_the_owner_changes_a_group() {
    let sandbox = sandbox().await;
    let group = create(&sandbox, "alice", "Sales", &["bob"]).await.uuid;
    let carol = sandbox.uuid("carol").unwrap();
    let bob = client(&sandbox, "bob");
    let update = bob
        .update_group()
        .uuid(group)
        .body_map(|body| body.name("Mine"));
    assert_eq!(kind(update.send().await), ErrorKind::Forbidden);
    assert_eq!(
        kind(bob.delete_group().uuid(group).send().await),
        ErrorKind::Forbidden
    );
    let add = bob
        .add_group_users()
        .uuid(group)
        .body_map(|body| body.users([carol]));
    assert_eq!(kind(add.send().await), ErrorKind::Forbidden);
    let add = bob.add_group_user().uuid(group).sip_user_uuid(carol);
    assert_eq!(kind(add.send().await), ErrorKind::Forbidden);
    let remove = bob.remove_group_user().uuid(group).sip_user_uuid(carol);
    assert_eq!(kind(remove.send().await), ErrorKind::Forbidden);
    let unknown = Uuid::from_u128(1);
    let probe = bob.add_group_user().uuid(group).sip_user_uuid(unknown);
    assert_eq!(kind(probe.send().await), ErrorKind::Forbidden);
    let unchanged = groups(&sandbox, "alice").await.remove(0);
    assert_eq!(
        (unchanged.name.as_str(), unchanged.modified_on),
        ("Sales", unchanged.created_on)
    );
}

#[tokio::test]
async fn who_is_in_a_group_is_seen_by_its_owner_and_its_users() {
    let sandbox = sandbox().await;
    let group = create(&sandbox, "alice", "Sales", &["bob"]).await.uuid;
    create(&sandbox, "bob", "Support", &["bob"]).await;
    for login in ["alice", "bob"] {
        let client = client(&sandbox, login);
        let users = client.list_group_users().uuid(group).send();
        let users = users.await.unwrap().into_inner();
        assert_eq!(logins(&users), ["bob"]);
        assert_eq!(names(&users[0].groups), ["Sales", "Support"]);
    }
    let carol = client(&sandbox, "carol");
    let users = carol.list_group_users().uuid(group).send();
    assert_eq!(kind(users.await), ErrorKind::Forbidden);
}

#[tokio::test]
async fn what_is_sent_is_changed_and_nothing_else() {
    let sandbox = sandbox().await;
    let created = create(&sandbox, "alice", "Sales", &["bob"]).await;
    let alice = client(&sandbox, "alice");
    let update = |name: Option<&'static str>, users: Option<Vec<Uuid>>| {
        let request = alice.update_group().uuid(created.uuid);
        let request = request.body_map(|mut body| {
            if let Some(name) = name {
                body = body.name(name.parse::<opentact_api::types::GroupName>().unwrap());
            }
            match users {
                Some(users) => body.users(users),
                None => body,
            }
        });
        async { request.send().await.unwrap().into_inner() }
    };
    let same = update(Some("Sales"), sandbox.uuid("bob").map(|bob| vec![bob])).await;
    assert_eq!(same.modified_on, created.modified_on);
    let nothing = update(None, None).await;
    assert_eq!(nothing.modified_on, created.modified_on);
    let renamed = update(Some("Sales EMEA"), None).await;
    assert_eq!(
        (renamed.name.as_str(), renamed.created_on),
        ("Sales EMEA", created.created_on)
    );
    assert_eq!(logins(&renamed.users), ["bob"]);
    assert!(renamed.modified_on > created.modified_on);
    let emptied = update(None, Some(Vec::new())).await;
    assert_eq!(emptied.name, "Sales EMEA");
    assert_eq!(logins(&emptied.users), Vec::<&str>::new());
    assert!(emptied.modified_on > renamed.modified_on);
}

#[tokio::test]
async fn adding_twice_changes_nothing_and_removing_twice_is_not_found() {
    let sandbox = sandbox().await;
    let group = create(&sandbox, "alice", "Sales", &[]).await;
    let alice = client(&sandbox, "alice");
    let [bob, carol] = ["bob", "carol"].map(|login| sandbox.uuid(login).unwrap());
    let add = || {
        alice
            .add_group_user()
            .uuid(group.uuid)
            .sip_user_uuid(bob)
            .send()
    };
    let added = add().await.unwrap().into_inner();
    assert!(added.modified_on > group.modified_on);
    assert_eq!(add().await.unwrap().into_inner(), added);
    let add = || {
        let request = alice.add_group_users().uuid(group.uuid);
        request
            .body_map(|body| body.users([carol, bob, carol]))
            .send()
    };
    assert_eq!(logins(&add().await.unwrap()), ["bob", "carol"]);
    let once = groups(&sandbox, "alice").await;
    add().await.unwrap();
    assert_eq!(groups(&sandbox, "alice").await, once);
    let remove = || {
        alice
            .remove_group_user()
            .uuid(group.uuid)
            .sip_user_uuid(bob)
            .send()
    };
    let removed = remove().await.unwrap().into_inner();
    assert_eq!(logins(&removed.users), ["carol"]);
    assert!(removed.modified_on > once[0].modified_on);
    assert_eq!(kind(remove().await), ErrorKind::NotFound);
    assert_eq!(groups(&sandbox, "alice").await, [removed]);
}

#[tokio::test]
async fn unknown_groups_and_users_are_not_found() {
    let sandbox = sandbox().await;
    let group = create(&sandbox, "alice", "Sales", &[]).await.uuid;
    let alice = client(&sandbox, "alice");
    let nobody = Uuid::from_u128(1);
    let create = alice
        .create_group()
        .body_map(|body| body.name("New").users(vec![nobody]));
    assert_eq!(kind(create.send().await), ErrorKind::NotFound);
    let update = alice.update_group().uuid(group);
    let update = update.body_map(|body| body.name("New").users(vec![nobody]));
    assert_eq!(kind(update.send().await), ErrorKind::NotFound);
    let add = alice
        .add_group_users()
        .uuid(group)
        .body_map(|body| body.users([nobody]));
    assert_eq!(kind(add.send().await), ErrorKind::NotFound);
    let add = alice.add_group_user().uuid(group).sip_user_uuid(nobody);
    assert_eq!(kind(add.send().await), ErrorKind::NotFound);
    let users = alice.list_group_users().uuid(nobody);
    assert_eq!(kind(users.send().await), ErrorKind::NotFound);
    assert_eq!(
        kind(alice.delete_group().uuid(nobody).send().await),
        ErrorKind::NotFound
    );
    let [unchanged] = &groups(&sandbox, "alice").await[..] else {
        unreachable!("a group was created");
    };
    assert_eq!(
        (unchanged.name.as_str(), unchanged.modified_on),
        ("Sales", unchanged.created_on)
    );
}

#[tokio::test]
async fn a_deleted_group_is_gone_for_everyone() {
    let sandbox = sandbox().await;
    let group = create(&sandbox, "alice", "Sales", &["bob"]).await;
    let alice = client(&sandbox, "alice");
    let deleted = alice.delete_group().uuid(group.uuid).send().await.unwrap();
    assert_eq!(*deleted, group);
    assert!(groups(&sandbox, "bob").await.is_empty());
    assert_eq!(
        kind(alice.delete_group().uuid(group.uuid).send().await),
        ErrorKind::NotFound
    );
}

#[tokio::test]
async fn one_s_own_users() {
    let zoe = User::new("zoe").token("no spaces");
    assert!(Sandbox::builder().user(zoe).start().await.is_err());
    let json = r#"[{"login": "zoe", "token": "t0", "gender": "Agender"}, {"login": "yan"}]"#;
    let users = User::list_from_json(json).unwrap();
    let xia = User::new("xia")
        .property("groups", "left out")
        .property("ha1", "digest");
    let sandbox = Sandbox::builder().users(users).user(xia).check_answers();
    let sandbox = sandbox.start().await.unwrap();
    assert_eq!(sandbox.logins().collect::<Vec<_>>(), ["zoe", "yan", "xia"]);
    assert_eq!(
        (sandbox.token("zoe").as_str(), sandbox.token("yan").as_str()),
        ("t0", "sandbox-yan")
    );
    let group = create(&sandbox, "zoe", "All of us", &["zoe", "yan", "xia"]).await;
    let users = group.users;
    assert_eq!(users[0].gender.as_deref(), Some("Agender"));
    assert_eq!(users[2].ha1.as_ref().unwrap().expose_secret(), "digest");
}
