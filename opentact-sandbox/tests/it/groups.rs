//! The operations on groups, through the SDK.

use opentact_api::groups::{SipUser, SipUserGroup};
use opentact_api::{Error, ErrorKind};
use opentact_sandbox::Sandbox;
use uuid::Uuid;

use crate::support::{client, sandbox};

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
        Ok(_) => unreachable!("the request was carried out"),
        Err(error) => error.kind(),
    }
}

#[tokio::test]
async fn list_groups_returns_groups_that_the_user_owns_or_is_in() {
    let sandbox = sandbox().await;
    create(&sandbox, "alice", "Sales", &["bob"]).await;
    create(&sandbox, "bob", "Support", &[]).await;
    assert_eq!(names(&groups(&sandbox, "alice").await), ["Sales"]);
    assert_eq!(names(&groups(&sandbox, "bob").await), ["Sales", "Support"]);
    assert!(groups(&sandbox, "carol").await.is_empty());
}

#[tokio::test]
async fn create_group_makes_the_creator_its_owner_and_not_its_user() {
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
async fn change_by_another_user_than_the_owner_is_forbidden() {
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
async fn list_group_users_is_forbidden_for_users_outside_of_the_group() {
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
async fn update_group_changes_only_the_properties_in_the_body() {
    let sandbox = sandbox().await;
    let created = create(&sandbox, "alice", "Sales", &["bob"]).await;
    let alice = client(&sandbox, "alice");
    let update = |name: Option<&'static str>, users: Option<Vec<Uuid>>| {
        let request = alice.update_group().uuid(created.uuid);
        let request = request.body_map(|mut body| {
            if let Some(name) = name {
                body = body.name(name.parse::<opentact_api::groups::GroupName>().unwrap());
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
async fn add_twice_changes_nothing_and_remove_twice_is_not_found() {
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
async fn operation_on_an_unknown_group_or_user_is_not_found() {
    let sandbox = sandbox().await;
    let group = create(&sandbox, "alice", "Sales", &[]).await.uuid;
    let alice = client(&sandbox, "alice");
    let unknown = Uuid::from_u128(1);
    let create = alice
        .create_group()
        .body_map(|body| body.name("New").users(vec![unknown]));
    assert_eq!(kind(create.send().await), ErrorKind::NotFound);
    let update = alice.update_group().uuid(group);
    let update = update.body_map(|body| body.name("New").users(vec![unknown]));
    assert_eq!(kind(update.send().await), ErrorKind::NotFound);
    let add = alice
        .add_group_users()
        .uuid(group)
        .body_map(|body| body.users([unknown]));
    assert_eq!(kind(add.send().await), ErrorKind::NotFound);
    let add = alice.add_group_user().uuid(group).sip_user_uuid(unknown);
    assert_eq!(kind(add.send().await), ErrorKind::NotFound);
    let users = alice.list_group_users().uuid(unknown);
    assert_eq!(kind(users.send().await), ErrorKind::NotFound);
    assert_eq!(
        kind(alice.delete_group().uuid(unknown).send().await),
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
async fn delete_group_removes_it_for_all_users() {
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
