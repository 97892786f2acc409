//! The sources of tokens: `--token-file`, the environment, and a profile, in this order. The first one
//! that has a token is used alone, so that no two users are mixed.

use opentact_api::Secret;

use crate::failure::Failure;
use crate::identity::folders::Folders;
use crate::identity::kind::{Source, Token, TokenKind};
use crate::identity::profiles::{DEFAULT, Profiles, checked_name};
use crate::identity::vault::Vault;
use crate::identity::{parse, secret_file};
use crate::options::{GlobalOptions, PROFILE, variable};
use crate::terminal::{self, print_warning};

/// The advice for a user without a token.
pub(crate) const HOW_TO_GET_A_TOKEN: &str = "sign in with `opentact login`, or `opentact login --sip` as a \
     SIP user; or set OPENTACT_HA1B_TOKEN (SIP user) or OPENTACT_BEARER_TOKEN (account user); or pass \
     --token-file. To try it without an account, run `opentact sandbox`";

/// The tokens that were found.
#[derive(Default)]
pub(crate) struct Found {
    /// At most one of each kind.
    pub(crate) tokens: Vec<Token>,
    /// The base URL of the profile, if the tokens are from one.
    pub(crate) base_url: Option<String>,
    /// The reason why the default profile was not used, if there is one.
    skipped: Option<String>,
}

/// Looks for tokens in all sources. Prints warnings. Without any token, `tokens` is empty.
pub(crate) fn find(options: &GlobalOptions) -> Result<Found, Failure> {
    let explicit = match from_file(options)? {
        tokens if tokens.is_empty() => from_environment()?,
        tokens => tokens,
    };
    let Some(first) = explicit.first() else {
        return from_profile(options);
    };
    if let Some(profile) = &options.profile {
        let source = &first.source;
        print_warning(&format!(
            "the token of {source} is used, and not the profile `{profile}`"
        ));
    }
    Ok(Found {
        tokens: explicit,
        ..Found::default()
    })
}

/// Asks for a token of any kind on a terminal.
///
/// # Errors
/// Fails without a terminal. The failure says how to get a token.
pub(crate) fn ask(found: &Found) -> Result<Vec<Token>, Failure> {
    let missing = match &found.skipped {
        Some(reason) => format!("there is no token: {reason}"),
        None => "there is no token".to_owned(),
    };
    if !terminal::is_interactive() {
        return Err(Failure::usage(missing).with_hint(HOW_TO_GET_A_TOKEN));
    }
    if let Some(reason) = &found.skipped {
        print_warning(reason);
    }
    let text = terminal::password("Your token", "--token-file")?;
    let source = Source::Typed;
    let secret = parse::token(text.as_bytes(), &source)?;
    Ok(of_any_kind(&secret, &source))
}

/// Asks for a token of this kind on a terminal.
pub(crate) fn typed(kind: TokenKind) -> Result<Token, Failure> {
    let text = terminal::password(&kind.to_string(), "--token-file")?;
    let source = Source::Typed;
    let secret = parse::token(text.as_bytes(), &source)?;
    Ok(Token {
        kind,
        secret,
        source,
    })
}

/// Returns the name of the profile that the user chose, or `None` for the default one.
pub(crate) fn chosen_profile(options: &GlobalOptions) -> Result<Option<String>, Failure> {
    let name = match &options.profile {
        Some(name) => Some(name.clone()),
        None => variable(PROFILE)?,
    };
    name.map(|name| Ok(checked_name(&name)?.to_owned()))
        .transpose()
}

/// Returns the token of `--token-file`. A JSON Web Token is known by its form. Any other token is that
/// of a SIP user or of an account user: operations receive it as the kind that they accept.
pub(crate) fn from_file(options: &GlobalOptions) -> Result<Vec<Token>, Failure> {
    let Some(file) = &options.token_file else {
        return Ok(Vec::new());
    };
    let read = secret_file::read(file, "token")?;
    if let Some(warning) = &read.warning {
        print_warning(warning);
    }
    let secret = parse::token(&read.text, &read.source)?;
    Ok(of_any_kind(&secret, &read.source))
}

/// Returns a token whose kind is not known as each kind that it may be. See [`from_file`].
fn of_any_kind(secret: &Secret, source: &Source) -> Vec<Token> {
    let kinds: &[_] = match is_jwt(secret.expose_secret()) {
        true => &[TokenKind::Jwt],
        false => &[TokenKind::Ha1b, TokenKind::Bearer],
    };
    let tokens = kinds.iter().map(|&kind| Token {
        kind,
        secret: secret.clone(),
        source: source.clone(),
    });
    tokens.collect()
}

/// Returns the tokens of the environment variables.
pub(crate) fn from_environment() -> Result<Vec<Token>, Failure> {
    let mut tokens = Vec::new();
    for kind in TokenKind::ALL {
        let name = kind.variable();
        let Some(text) = variable(name)? else {
            continue;
        };
        let source = Source::Variable(name);
        let secret = parse::token(text.as_bytes(), &source);
        let secret = secret.map_err(|failure| match text.trim().is_empty() {
            true => failure.with_hint(format!("unset {name} to use another token")),
            false => failure,
        })?;
        tokens.push(Token {
            kind,
            secret,
            source,
        });
    }
    Ok(tokens)
}

/// Returns the tokens of the profile that the user chose, or of the default one.
fn from_profile(options: &GlobalOptions) -> Result<Found, Failure> {
    let chosen = chosen_profile(options)?;
    let name = chosen.as_deref().unwrap_or(DEFAULT);
    let folders = match Folders::of_user() {
        Ok(folders) => folders,
        // Without a home folder, there are no profiles.
        Err(_) if chosen.is_none() => return Ok(Found::default()),
        Err(failure) => return Err(failure),
    };
    let profiles = Profiles::read(&folders)?;
    let Some(profile) = profiles.profiles.get(name) else {
        return match chosen {
            Some(_) => Err(profiles.unknown(name)),
            None => Ok(Found::default()),
        };
    };
    if let Some((url, source)) = options.base_url()?
        && !is_same(&url, &profile.base_url)
    {
        let own = &profile.base_url;
        let reason = format!("the profile `{name}` is for {own}, and {source} is {url}");
        if chosen.is_some() {
            let hint = "sign in to each service with a profile of its own: `opentact login --profile NAME`";
            return Err(Failure::usage(reason).with_hint(hint));
        }
        return Ok(Found {
            skipped: Some(reason),
            ..Found::default()
        });
    }
    let vault = Vault { folders: &folders };
    let mut tokens = Vec::new();
    for (&kind, kept) in &profile.tokens {
        let secret = vault.get(kept.place, name, kind)?;
        let source = Source::Profile {
            name: name.to_owned(),
            place: kept.place.as_str(),
        };
        tokens.push(Token {
            kind,
            secret,
            source,
        });
    }
    Ok(Found {
        tokens,
        base_url: Some(profile.base_url.clone()),
        skipped: None,
    })
}

/// Returns `true` if two base URLs differ in slashes at their ends at most.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

/// Returns `true` for the form of a JSON Web Token: three parts, of which the first is a JSON object in
/// base64url.
fn is_jwt(token: &str) -> bool {
    token.starts_with("eyJ") && token.split('.').count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jwt_is_known_by_its_form() {
        assert!(is_jwt("eyJhbGciOiJIUzI1NiJ9.e30.c2ln"));
        for token in [
            "sandbox-alice",
            "eyJhbGci",
            "a.b.c",
            "fd4d476a5431746d990b081aec06c85a",
        ] {
            assert!(!is_jwt(token), "{token}");
        }
    }

    #[test]
    fn base_urls_that_differ_in_a_slash_are_the_same() {
        assert!(is_same("https://a.example/rest/", "https://a.example/rest"));
        assert!(!is_same("https://a.example/rest", "http://a.example/rest"));
    }
}
