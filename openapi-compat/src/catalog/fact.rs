//! The first part of a sentence: the fact.

use serde_json::Value;

use super::shown::{code_or_unset, composition, list, requirements, schemas, transition};
use crate::change::Change;
use crate::change_id::ChangeId as Id;

/// Returns the fact.
pub(super) fn fact(change: &Change) -> String {
    let subject = change.subject.as_str();
    let name = change.name.as_deref().unwrap_or_default();
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    let with = |text: &str| format!("{subject} {text}");
    let from_to = |old: String, new: String| format!("{subject} changed from {old} to {new}");
    let keyword = || transition(format!("`{name}` of {subject}"), old, new);
    let added = |part: &str| format!("the {part} `{name}` of {subject} was added");
    let removed = |part: &str| format!("the {part} `{name}` of {subject} was removed");
    match change.id {
        Id::OperationAdded | Id::ParameterAdded | Id::PropertyAdded => with("was added"),
        Id::OperationRemoved | Id::ParameterRemoved | Id::PropertyRemoved => with("was removed"),
        Id::DeprecatedOperationRemoved => format!("{subject}, which was deprecated, was removed"),
        Id::OperationMoved => format!("{subject} is now {}", code_or_unset(new)),
        Id::PathRewritten => written_differently(subject, old, new),
        Id::CallbackAdded => added("callback"),
        Id::CallbackRemoved => removed("callback"),
        Id::CallbackOperationAdded => added("callback operation"),
        Id::CallbackOperationRemoved => removed("callback operation"),

        Id::ServerAdded => added("server"),
        Id::ServerRemoved => removed("server"),
        Id::ServerReplaced => transition(format!("the server of {subject}"), old, new),
        Id::DefaultServerChanged => transition(format!("the first server of {subject}"), old, new),
        Id::ServerVariablesChanged => transition(format!("`variables` of {subject}"), old, new),

        Id::SecurityTightened | Id::SecurityRelaxed | Id::SecurityRewritten => {
            from_to(requirements(old), requirements(new))
        }
        Id::OauthFlowAdded => added("flow"),
        Id::OauthFlowRemoved => removed("flow"),
        Id::OauthScopeAdded => added("scope"),
        Id::OauthScopeRemoved => removed("scope"),
        Id::OauthScopeDescriptionChanged => {
            format!("the description of the scope `{name}` of {subject} changed")
        }

        Id::RequiredParameterAdded | Id::RequiredPropertyAdded => with("was added and is required"),
        Id::ParameterRenamed => transition(format!("the name of {subject}"), old, new),
        Id::ParameterBecameRequired
        | Id::HeaderBecameRequired
        | Id::RequestBodyBecameRequired
        | Id::PropertyBecameRequired => with("is now required"),
        Id::ParameterBecameOptional
        | Id::HeaderBecameOptional
        | Id::RequestBodyBecameOptional
        | Id::PropertyBecameOptional => with("is now optional"),
        Id::EmptyValueAllowed => with("can now be empty"),
        Id::EmptyValueForbidden => with("must no longer be empty"),
        Id::ContentKeywordChanged => format!(
            "{subject} is now described by {} instead of {}",
            code_or_unset(new),
            code_or_unset(old)
        ),
        Id::RequestBodyAdded => with("now accepts a request body"),
        Id::RequiredRequestBodyAdded => with("now requires a request body"),
        Id::RequestBodyRemoved => format!("the request body of {subject} was removed"),

        Id::SuccessResponseAdded => format!("the response {name} of {subject} was added"),
        Id::OtherResponseAdded => format!("the response {name} of {subject} is now described"),
        Id::ResponseRemoved => format!("the response {name} of {subject} was removed"),
        Id::HeaderAdded => added("header"),
        Id::HeaderRemoved => removed("header"),
        Id::HeaderRenamed => {
            written_differently(&format!("the header `{name}` of {subject}"), old, new)
        }
        Id::MediaTypeAdded => format!("{subject} can now be `{name}`"),
        Id::MediaTypeRemoved => format!("{subject} can no longer be `{name}`"),
        Id::ContentSchemaAdded => with("now has a schema"),
        Id::ContentSchemaRemoved => with("no longer has a schema"),

        Id::TypeChanged | Id::FormatChanged | Id::PatternChanged | Id::LimitChanged => {
            assertions(change)
        }
        Id::EnumChanged => values(change),
        Id::PropertyBecameReadOnly => with("is now `readOnly`"),
        Id::PropertyNoLongerReadOnly => with("is no longer `readOnly`"),
        Id::PropertyBecameWriteOnly => with("is now `writeOnly`"),
        Id::PropertyNoLongerWriteOnly => with("is no longer `writeOnly`"),
        Id::AdditionalPropertiesAllowed => with("now allows additional properties"),
        Id::AdditionalPropertiesForbidden => with("no longer allows additional properties"),
        Id::AdditionalPropertiesConstrained => {
            format!("additional properties of {subject} now have a schema")
        }
        Id::AdditionalPropertiesUnconstrained => {
            format!("additional properties of {subject} can now have any value")
        }
        Id::ItemsConstrained => format!("the items of {subject} now have a schema"),
        Id::ItemsUnconstrained => format!("the items of {subject} no longer have a schema"),
        Id::CompositionChanged => {
            let names = (list_of_schemas(old), list_of_schemas(new));
            no_longer_and_now(&format!("`{name}` of {subject}"), "includes", names)
        }
        Id::CompositionReplaced => from_to(composition(old), composition(new)),
        Id::SchemaReplaced => transition(format!("the schema of {subject}"), old, new),
        Id::AlternativesOverlap => format!(
            "the alternatives of {subject} changed, and a value may now match several of them"
        ),
        Id::NotAdded => format!("`not` of {subject} now excludes values"),
        Id::NotRemoved => format!("`not` of {subject} no longer excludes values"),
        Id::NotChanged => format!("`not` of {subject} now excludes other values"),
        Id::DiscriminatorValueAdded => {
            format!("the discriminator of {subject} now has the value `{name}`")
        }
        Id::DiscriminatorValueRemoved => {
            format!("the discriminator of {subject} no longer has the value `{name}`")
        }
        Id::NullableIneffective => {
            let verb = if new.is_some() { "added" } else { "removed" };
            format!(
                "`nullable` of {subject} was {verb}, which has no effect without a `type` \
                 beside it"
            )
        }

        Id::Deprecated => with("is now deprecated"),
        Id::NoLongerDeprecated => with("is no longer deprecated"),
        Id::ExampleAdded => added("example"),
        Id::ExampleRemoved => removed("example"),
        Id::ExampleChanged => format!("the example `{name}` of {subject} changed"),
        Id::LinkAdded => added("link"),
        Id::LinkRemoved => removed("link"),
        Id::LinkChanged => format!("the link `{name}` of {subject} changed"),
        Id::TagsChanged => format!(
            "the tags of {subject} changed from {} to {}",
            list(old),
            list(new)
        ),
        Id::TagDescriptionsChanged => format!("the descriptions of the tags of {subject} changed"),

        Id::AnnotationChanged
        | Id::BehaviouralExtensionChanged
        | Id::DefaultChanged
        | Id::DiscriminatorChanged
        | Id::EncodingChanged
        | Id::OauthUrlChanged
        | Id::SecuritySchemeChanged
        | Id::SerializationChanged
        | Id::XmlChanged => keyword(),
    }
}

fn written_differently(subject: &str, old: Option<&Value>, new: Option<&Value>) -> String {
    let (old, new) = (code_or_unset(old), code_or_unset(new));
    format!("{subject} is now written {new} instead of {old}")
}

/// Returns the changes of keywords that form one assertion.
fn assertions<'a>(change: &'a Change) -> String {
    let object = |value: &'a Option<Value>| value.as_ref()?.as_object();
    let (old, new) = (object(&change.old), object(&change.new));
    let both = old.into_iter().chain(new).flatten();
    let mut keywords: Vec<&String> = Vec::new();
    for (keyword, _) in both {
        if !keywords.contains(&keyword) {
            keywords.push(keyword);
        }
    }
    let clauses = keywords.into_iter().map(|keyword| {
        transition(
            format!("`{keyword}` of {}", change.subject),
            old.and_then(|values| values.get(keyword)),
            new.and_then(|values| values.get(keyword)),
        )
    });
    clauses.collect::<Vec<_>>().join(", and ")
}

/// Returns the change of listed values.
fn values(change: &Change) -> String {
    let subject = format!("`enum` of {}", change.subject);
    let is_some = |values: &&Value| values.as_array().is_some_and(|values| !values.is_empty());
    match (&change.old, &change.new) {
        (None, new) => format!("{subject} now allows only {}", list(new.as_ref())),
        (old, None) => format!("{subject} is now unset (was {})", list(old.as_ref())),
        (Some(old), Some(new)) => {
            let old = Some(old).filter(is_some).map(|old| list(Some(old)));
            let new = Some(new).filter(is_some).map(|new| list(Some(new)));
            no_longer_and_now(&subject, "allows", (old, new))
        }
    }
}

fn list_of_schemas(names: Option<&Value>) -> Option<String> {
    let is_some = |names: &&Value| names.as_array().is_some_and(|names| !names.is_empty());
    names.filter(is_some).map(|names| schemas(Some(names)))
}

fn no_longer_and_now(
    subject: &str,
    verb: &str,
    (old, new): (Option<String>, Option<String>),
) -> String {
    let old = old.map(|old| format!("no longer {verb} {old}"));
    let new = new.map(|new| format!("now {verb} {new}"));
    let clauses: Vec<String> = old.into_iter().chain(new).collect();
    format!("{subject} {}", clauses.join(" and "))
}
