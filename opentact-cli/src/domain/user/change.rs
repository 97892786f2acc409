//! The creation, change and deletion of SIP users.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::named::Named;
use crate::context::Context;
use crate::failure::Failure;
use crate::identity::password;
use crate::input;
use crate::output::{Output, to_json};
use crate::response;
use crate::set_given::set_given;
use crate::terminal::{change, confirm, needs_yes, waiting};
use crate::user::LIST;

/// The properties that both a new and a changed SIP user can have.
#[derive(Args, Clone, Debug)]
pub(crate) struct Properties {
    /// The first name.
    #[arg(long, value_name = "NAME")]
    first_name: Option<String>,
    /// The last name.
    #[arg(long, value_name = "NAME")]
    last_name: Option<String>,
    /// The e-mail address.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The telephone number, such as +12025550143.
    #[arg(long, value_name = "NUMBER")]
    phone_number: Option<String>,
    /// `true` to let the user call users of the same domain only.
    #[arg(long, value_name = "BOOLEAN")]
    same_domain_calls_only: Option<bool>,
}

#[derive(Args, Debug)]
pub(crate) struct CreateOptions {
    /// The name of the domain, as `opentact domain list` shows it.
    domain: String,
    /// The login of the new user.
    login: String,
    /// A file with the password. `-` is standard input. On a terminal, it can be typed.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    properties: Properties,
    /// Show the changes and make none.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args, Debug)]
pub(crate) struct UpdateOptions {
    #[command(flatten)]
    named: Named,
    /// The new login.
    #[arg(long)]
    login: Option<String>,
    /// A file with the new password. `-` is standard input.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// `false` to lock the user, `true` to unlock.
    #[arg(long, value_name = "BOOLEAN")]
    active: Option<bool>,
    #[command(flatten)]
    properties: Properties,
    /// Show the changes and make none.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args, Debug)]
pub(crate) struct DeleteOptions {
    #[command(flatten)]
    named: Named,
    /// Do not ask for confirmation.
    #[arg(long)]
    yes: bool,
    /// Show the changes and make none.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn create(options: CreateOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&LIST)?;
    let properties = options.properties;
    if options.dry_run {
        let mut plan = properties.json();
        plan["login"] = options.login.into();
        return show_plan(output, "create", plan);
    }
    let file = options.password_file.as_deref();
    check_input(context, file)?;
    let client = context.client()?;
    let secret = password::new(file, "Password of the new user")?;
    let check = format!("opentact domain user list {}", options.domain);
    let request = client.create_sip_domain_user().domain(options.domain);
    let request = request.body_map(|body| {
        let body = body.login(options.login).password(secret);
        set_given!(
            body,
            first_name: properties.first_name,
            last_name: properties.last_name,
            email: properties.email,
            phone_number: properties.phone_number,
            same_domain_calls_only: properties.same_domain_calls_only,
        )
    });
    let created = change(waiting(output, "Creating the user", request.send()), &check).await??;
    output.item(&LIST, to_json(&response::payload(created, &[])?)?)
}

pub(crate) async fn update(options: UpdateOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&LIST)?;
    let properties = options.properties;
    let mut plan = properties.json();
    if let Some(login) = &options.login {
        plan["login"] = login.as_str().into();
    }
    if let Some(active) = options.active {
        plan["is_active"] = active.into();
    }
    if options.password_file.is_some() {
        plan["password"] = "********".into();
    }
    if plan.as_object().is_none_or(serde_json::Map::is_empty) {
        return Err(Failure::usage("no change is named")
            .with_hint("see `opentact domain user update --help`"));
    }
    let file = options.password_file.as_deref();
    check_input(context, file)?;
    let secret = file.map(password::from_file).transpose()?;
    let client = context.client()?;
    let user = options.named.find(&client, output).await?;
    if options.dry_run {
        plan["uuid"] = user.uuid.to_string().into();
        return show_plan(output, "change", plan);
    }
    let check = options.named.show();
    let request = client
        .update_sip_domain_user()
        .domain(options.named.domain)
        .uuid(user.uuid);
    let request = request.body_map(|body| {
        set_given!(
            body,
            login: options.login,
            password: secret,
            is_active: options.active,
            first_name: properties.first_name,
            last_name: properties.last_name,
            email: properties.email,
            phone_number: properties.phone_number,
            same_domain_calls_only: properties.same_domain_calls_only,
        )
    });
    let updated = change(waiting(output, "Changing the user", request.send()), &check).await??;
    output.item(&LIST, to_json(&response::payload(updated, &[])?)?)
}

pub(crate) async fn delete(options: DeleteOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&LIST)?;
    if !options.dry_run {
        needs_yes(options.yes)?;
    }
    let client = context.client()?;
    let user = options.named.find(&client, output).await?;
    let check = options.named.show();
    let Named {
        domain,
        user: typed,
    } = options.named;
    if options.dry_run {
        return show_plan(output, "delete", to_json(&user)?);
    }
    confirm(
        &format!("Delete SIP user {typed} ({}) of {domain}?", user.uuid),
        options.yes,
    )?;
    let request = client
        .delete_sip_domain_user()
        .domain(domain)
        .uuid(user.uuid);
    let deleted = change(waiting(output, "Deleting the user", request.send()), &check).await??;
    let deleted = response::payload(deleted, &[])?;
    output.note(&format!("Deleted SIP user {typed}."));
    output.item(&LIST, to_json(&deleted)?)
}

impl Properties {
    /// Returns the properties that are named.
    fn json(&self) -> Value {
        let properties = [
            ("first_name", self.first_name.as_deref().map(Value::from)),
            ("last_name", self.last_name.as_deref().map(Value::from)),
            ("email", self.email.as_deref().map(Value::from)),
            (
                "phone_number",
                self.phone_number.as_deref().map(Value::from),
            ),
            (
                "same_domain_calls_only",
                self.same_domain_calls_only.map(Value::from),
            ),
        ];
        let mut json = json!({});
        for (name, value) in properties {
            if let Some(value) = value {
                json[name] = value;
            }
        }
        json
    }
}

fn show_plan(output: &Output, action: &str, plan: Value) -> Result<(), Failure> {
    output.note(&format!(
        "This would {action} a SIP user. Nothing is changed."
    ));
    output.item(&LIST, plan)
}

/// Fails if standard input would be read as the password and as the token.
fn check_input(context: &Context, file: Option<&Path>) -> Result<(), Failure> {
    file.map_or(Ok(()), |file| input::check(context, file))
}
