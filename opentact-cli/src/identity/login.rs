//! The command `opentact login`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use opentact_api::{Client, Secret, ha1b};
use serde_json::Value;

use crate::client;
use crate::context::Context;
use crate::failure::Failure;
use crate::identity::folders::Folders;
use crate::identity::kind::{Token, TokenKind};
use crate::identity::password::given;
use crate::identity::profile::{VIEW, row};
use crate::identity::profiles::{DEFAULT, KeptToken, Profile, Profiles};
use crate::identity::revoke::revoke;
use crate::identity::vault::Vault;
use crate::identity::{current, sources};
use crate::response;
use crate::terminal::{self, waiting};

/// The arguments of `opentact login`.
#[derive(Args, Debug)]
pub(crate) struct LoginArguments {
    /// The e-mail address of the account user.
    #[arg(long, value_name = "EMAIL", conflicts_with_all = ["sip", "token"])]
    email: Option<String>,
    /// Sign in as a SIP user, with login, domain and password. The token is computed from them, by a
    /// formula that the vendor does not confirm.
    #[arg(long, conflicts_with = "token")]
    sip: bool,
    /// The login of the SIP user.
    #[arg(long, value_name = "LOGIN", requires = "sip")]
    login: Option<String>,
    /// The SIP domain of the SIP user, such as example.sip.opentact.org.
    #[arg(long, value_name = "DOMAIN", requires = "sip")]
    domain: Option<String>,
    /// A file that contains the password. `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "token")]
    password_file: Option<PathBuf>,
    /// Keep a token that you have already: the HA1B token of a SIP user, from --token-file or typed.
    #[arg(long)]
    token: bool,
    /// The token of --token is the bearer token of an account user.
    #[arg(long, requires = "token")]
    bearer: bool,
    /// Keep the token in a file that only you can read, even if the system has a keyring.
    #[arg(long)]
    no_keyring: bool,
}

/// A token whose user is known.
struct SignedIn {
    kind: TokenKind,
    token: Secret,
    user: String,
    /// `true` if this program created the token at the service.
    created: bool,
}

pub(crate) async fn run(arguments: LoginArguments, context: &Context) -> Result<(), Failure> {
    let Context { output, options } = context;
    output.check(&VIEW)?;
    if options.token_file.is_some() && !arguments.token {
        let hint = "pass --token to keep the token of the file";
        return Err(Failure::usage("--token-file is for `opentact login --token`").with_hint(hint));
    }
    let name = sources::chosen_profile(options)?;
    let name = name.as_deref().unwrap_or(DEFAULT);
    let folders = Folders::of_user()?;
    let mut profiles = Profiles::read(&folders)?;
    let known = profiles.profiles.get(name).cloned();
    // A profile keeps its service. Everything is checked before the user is asked.
    let base_url = known.as_ref().map(|profile| profile.base_url.as_str());
    let builder = client::builder(options, base_url)?;
    let client = client::finish(builder.clone(), options)?;
    let base_url = client.base_url().to_owned();
    if let Some(known) = &known
        && !sources::is_same(&known.base_url, &base_url)
    {
        let own = &known.base_url;
        let message = format!("the profile `{name}` is for {own}, and not for {base_url}");
        let hint = format!(
            "choose another with --profile NAME, or run `opentact logout --profile {name}` first"
        );
        return Err(Failure::usage(message).with_hint(hint));
    }

    let signed_in = match (arguments.sip, arguments.token) {
        (true, _) => sign_in_as_sip_user(&arguments, context, &client).await?,
        (_, true) => accept_token(&arguments, context, &client).await?,
        _ => sign_in(&arguments, context, builder).await?,
    };
    let SignedIn { kind, token, .. } = &signed_in;
    let vault = Vault { folders: &folders };
    let earlier = known.as_ref().and_then(|known| known.tokens.get(kind));
    let earlier = earlier.filter(|earlier| earlier.created);
    let earlier = earlier.and_then(|earlier| vault.get(earlier.place, name, *kind).ok());
    let place = Target {
        folders: &folders,
        profile: name,
        base_url: &base_url,
        use_keyring: !arguments.no_keyring,
    };
    let kept = match keep(&place, &mut profiles, &signed_in) {
        Ok(kept) => kept,
        Err(failure) => {
            if signed_in.created {
                // A token that nobody has is of no use. The failure to keep it is the one to report.
                let _ = revoke(&client, token).await;
            }
            return Err(failure);
        }
    };
    if let Some(earlier) = earlier.filter(|earlier| earlier != token) {
        let revoked = revoke(&client, &earlier);
        if let Err(failure) = waiting(output, "Deleting the earlier token", revoked).await {
            let reason = failure.reason();
            output.warn(&format!(
                "the earlier token is still valid at the service: {reason}"
            ));
        }
    }
    if let Some(reason) = kept.no_keyring {
        let file = vault.file();
        let shown = file.display();
        output.note(&format!(
            "The token is in {shown}, because no keyring can be used: {reason}."
        ));
    }
    for token in sources::from_environment().unwrap_or_default() {
        let source = token.source;
        output.warn(&format!(
            "{source} goes before the profile; unset it to use the profile"
        ));
    }
    output.item(&VIEW, kept.row)
}

/// The profile that receives a token.
struct Target<'a> {
    folders: &'a Folders,
    profile: &'a str,
    base_url: &'a str,
    use_keyring: bool,
}

/// A token in its profile.
struct Kept {
    row: Value,
    /// The reason why the token is not in the keyring, if that was wanted.
    no_keyring: Option<String>,
}

/// Keeps the token of a user in a profile, in place of an earlier one of its kind.
fn keep(
    target: &Target<'_>,
    profiles: &mut Profiles,
    signed_in: &SignedIn,
) -> Result<Kept, Failure> {
    let Target {
        folders, profile, ..
    } = *target;
    let kind = signed_in.kind;
    let vault = Vault { folders };
    let (place, no_keyring) = vault.keep(profile, kind, &signed_in.token, target.use_keyring)?;
    let token = KeptToken {
        user: signed_in.user.clone(),
        place,
        created: signed_in.created,
    };
    let entry = profiles.profiles.entry(profile.to_owned());
    let entry = entry.or_insert_with(|| Profile {
        base_url: target.base_url.to_owned(),
        tokens: BTreeMap::new(),
    });
    let earlier = entry.tokens.insert(kind, token.clone());
    let row = row(profile, entry, kind, &token, true);
    profiles.write(folders)?;
    if let Some(earlier) = earlier.filter(|earlier| earlier.place != place)
        && let Err(failure) = vault.delete(earlier.place, profile, kind)
    {
        terminal::print_warning(failure.message());
    }
    Ok(Kept { row, no_keyring })
}

/// Signs in with e-mail and password, and creates a bearer token.
async fn sign_in(
    arguments: &LoginArguments,
    context: &Context,
    builder: opentact_api::ClientBuilder,
) -> Result<SignedIn, Failure> {
    let output = &context.output;
    let email = needed(&arguments.email, "E-mail:", "--email")?;
    let password = given(arguments.password_file.as_deref(), "Password")?;
    let client = client::finish(builder.sign_in(email.as_str(), password), &context.options)?;
    let create = async {
        let user = client.sign_in().send().await.map_err(|error| {
            let failure = Failure::from(error);
            match failure.status() {
                Some(401 | 403) => failure.with_hint("check the e-mail address and the password"),
                _ => failure,
            }
        })?;
        let user = response::payload(user, &[])?;
        let name = format!("opentact on {}", host());
        let request = client.create_token().jwt(user.token.clone());
        let request = request.body_map(|body| body.name(name));
        let token = response::payload(request.send().await?, &["token"])?;
        Ok::<_, Failure>((user, token))
    };
    let (user, token) = waiting(output, "Signing in", create).await?;
    let Some(token) = token.token else {
        return Err(Failure::general(
            "the service returned no token, so nothing was kept",
        ));
    };
    Ok(SignedIn {
        kind: TokenKind::Bearer,
        token,
        user: user.email.unwrap_or(email),
        created: true,
    })
}

/// Computes the token of a SIP user, and tries it.
async fn sign_in_as_sip_user(
    arguments: &LoginArguments,
    context: &Context,
    client: &Client,
) -> Result<SignedIn, Failure> {
    let login = needed(&arguments.login, "SIP login:", "--login")?;
    let domain = needed(&arguments.domain, "SIP domain:", "--domain")?;
    let token = ha1b(
        &login,
        &domain,
        given(arguments.password_file.as_deref(), "Password")?,
    );
    let request = client.get_current_sip_user().ha1b_token(token.clone());
    let user = waiting(&context.output, "Signing in", request.send()).await;
    let user = user.map_err(|error| {
        let failure = Failure::from(error);
        match failure.status() {
            Some(401 | 403) => failure.with_hint(
                "the login, the domain or the password is wrong, or the service uses another formula: \
                 the vendor does not confirm the one of HA1B tokens. `opentact login --token` takes the \
                 token itself, which is the `ha1b` of the SIP user",
            ),
            _ => failure,
        }
    })?;
    context
        .output
        .note("The service accepts the computed token. The vendor does not confirm its formula.");
    let user = response::payload(user, &[])?;
    Ok(SignedIn {
        kind: TokenKind::Ha1b,
        token,
        user: user.login.unwrap_or(login),
        created: false,
    })
}

/// Takes a token that the user has, and tries it.
async fn accept_token(
    arguments: &LoginArguments,
    context: &Context,
    client: &Client,
) -> Result<SignedIn, Failure> {
    let wanted = match arguments.bearer {
        true => TokenKind::Bearer,
        false => TokenKind::Ha1b,
    };
    let tokens = sources::from_file(&context.options)?;
    let found = tokens.into_iter();
    let found = found.reduce(|first, token| if token.kind == wanted { token } else { first });
    let Token {
        kind,
        secret,
        source,
    } = match found {
        Some(token) => token,
        None => sources::typed(wanted)?,
    };
    if kind != wanted {
        let message = format!("the token of {source} is a {kind}, which is valid for a day only");
        let hint = "sign in with `opentact login`, which creates a token that stays valid";
        return Err(Failure::usage(message).with_hint(hint));
    }
    let user = async {
        match kind {
            TokenKind::Ha1b => {
                let user = client.get_current_sip_user().ha1b_token(secret.clone());
                let user = response::payload(user.send().await?, &[])?;
                Ok(user.login.unwrap_or_else(|| user.uuid.to_string()))
            }
            _ => current::account_user_name(client, &secret).await,
        }
    };
    let user = waiting(&context.output, "Trying the token", user);
    let user = user
        .await
        .map_err(|failure: Failure| match failure.status() {
            Some(401 | 403) => failure.with_hint(format!(
                "the token of {source} is no valid {kind}; nothing was kept"
            )),
            _ => failure,
        })?;
    Ok(SignedIn {
        kind,
        token: secret,
        user,
        created: false,
    })
}

/// Returns the value of an option, or asks for it. Fails if it is empty.
fn needed(value: &Option<String>, question: &str, flag: &str) -> Result<String, Failure> {
    let text = match value {
        Some(text) => text.clone(),
        None => terminal::input(question, flag)?,
    };
    match text.trim().is_empty() {
        true => Err(Failure::usage(format!("{flag} is empty"))),
        false => Ok(text),
    }
}

/// Returns the name of this machine, for people who look at the list of their tokens.
fn host() -> String {
    gethostname::gethostname().to_string_lossy().into_owned()
}
