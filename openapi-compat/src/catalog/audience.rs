//! The second part of a sentence: the clients that are affected.

use crate::change::Change;
use crate::change_id::ChangeId as Id;
use crate::level::{Direction, Level};

/// The reason why clients are affected, if it depends on the level and the direction.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Reason {
    /// Other values are valid.
    Values,
    /// An element was added.
    Added,
    /// An element was removed.
    Removed,
    /// An element became required.
    Required,
    /// An element became optional.
    Optional,
}

/// Returns the clients that are affected, or `None` if the fact says it all.
pub(super) fn audience(change: &Change) -> Option<&'static str> {
    let reason = match change.id {
        Id::PropertyAdded | Id::RequiredPropertyAdded => Reason::Added,
        Id::PropertyRemoved | Id::ParameterRemoved => Reason::Removed,
        Id::ParameterBecameRequired
        | Id::HeaderBecameRequired
        | Id::RequestBodyBecameRequired
        | Id::PropertyBecameRequired => Reason::Required,
        Id::ParameterBecameOptional
        | Id::HeaderBecameOptional
        | Id::RequestBodyBecameOptional
        | Id::PropertyBecameOptional => Reason::Optional,
        Id::OperationAdded
        | Id::ServerAdded
        | Id::OauthFlowAdded
        | Id::OauthScopeAdded
        | Id::OtherResponseAdded => return None,
        id => match fixed(id) {
            Some(audience) => return Some(audience),
            None => Reason::Values,
        },
    };
    by_level(reason, change)
}

/// Returns the clients that are affected in the same way at every level.
fn fixed(id: Id) -> Option<&'static str> {
    Some(match id {
        Id::OperationRemoved | Id::DeprecatedOperationRemoved => "clients that call it fail",
        Id::OperationMoved => "clients that use the old method or path fail",
        Id::PathRewritten | Id::ParameterRenamed => {
            "requests stay the same, but names in generated code can change"
        }
        Id::CallbackAdded | Id::CallbackOperationAdded => "clients need not support it",
        Id::CallbackRemoved | Id::CallbackOperationRemoved => {
            "clients that wait for it receive nothing"
        }
        Id::BehaviouralExtensionChanged => "clients that act on it may behave differently",
        Id::ServerRemoved | Id::ServerReplaced => "clients that use the old URL fail",
        Id::DefaultServerChanged => "clients without a configured URL now use the new one",
        Id::ServerVariablesChanged => "clients that set them may use another URL",
        Id::SecurityTightened => "existing credentials are no longer sufficient",
        Id::SecurityRelaxed => "existing credentials keep working",
        Id::SecurityRewritten => "the same credentials are accepted",
        Id::SecuritySchemeChanged => "existing credentials may be rejected",
        Id::OauthFlowRemoved => "clients that use it receive no token",
        Id::OauthUrlChanged => "clients that use the old URL fail",
        Id::OauthScopeRemoved => "clients that request it fail",
        Id::ParameterAdded => "clients need not send it",
        Id::RequiredParameterAdded => "requests without it are rejected",
        Id::SerializationChanged => "clients that use the old form fail",
        Id::ContentKeywordChanged => "its serialization may be different",
        Id::RequestBodyAdded => "clients need not send one",
        Id::RequiredRequestBodyAdded => "requests without one are rejected",
        Id::RequestBodyRemoved => "the server ignores what clients send",
        Id::SuccessResponseAdded => "clients may receive a response that they do not expect",
        Id::ResponseRemoved | Id::HeaderRemoved => "clients that read it can no longer rely on it",
        Id::HeaderRenamed => "responses stay the same",
        Id::HeaderAdded => "clients ignore unknown headers",
        Id::MediaTypeAdded => "clients need not use it",
        Id::MediaTypeRemoved => "clients that support no other media type fail",
        Id::EncodingChanged => "its serialization may be different",
        Id::DefaultChanged => "clients that omit it may get another result",
        _ => return None,
    })
}

fn by_level(reason: Reason, change: &Change) -> Option<&'static str> {
    use Direction::{Request, Response};
    use Level::{Additive, Breaking, Documentation};
    Some(match (reason, change.level, change.direction) {
        (_, Documentation, _) => return None,

        (Reason::Added, Additive, Request) => "clients need not send it",
        (Reason::Added, Additive, Response) => "clients ignore unknown properties",
        (Reason::Added, Additive, _) => "clients need not send it and ignore unknown properties",
        (Reason::Required, Additive, _) => "clients can rely on it",
        (Reason::Optional, Additive, _) => "clients can omit it",
        (_, Additive, Request) => "all previously valid requests remain valid",
        (_, Additive, Response) => "clients receive only values that they already expect",
        (_, Additive, _) => "all previously valid values remain valid",

        (_, Breaking, Request) if !change.proven => {
            "there is no proof that all previously valid requests remain valid, so it counts as \
             breaking"
        }
        (_, Breaking, Response) if !change.proven => {
            "there is no proof that clients receive only values that they expect, so it counts as \
             breaking"
        }
        (_, Breaking, _) if !change.proven => {
            "there is no proof that all previously valid values remain valid, so it counts as \
             breaking"
        }

        (Reason::Removed, Breaking, Request) => "clients that send it are no longer understood",
        (Reason::Removed, Breaking, Response) => "clients that read it can no longer rely on it",
        (Reason::Removed, Breaking, _) => "clients that send or read it can no longer rely on it",
        (Reason::Required, Breaking, _) => "requests without it are rejected",
        (Reason::Optional, Breaking, _) => "clients may receive responses without it",
        (_, Breaking, Request) => "previously valid requests may be rejected",
        (_, Breaking, Response) => "clients may receive values that they do not expect",
        (_, Breaking, _) => {
            "previously valid requests may be rejected, and clients may receive values that they \
             do not expect"
        }
    })
}
