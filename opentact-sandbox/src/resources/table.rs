//! The resources of the API that are created, read, updated, deleted and listed in the same way.

/// A kind of resource, with the operations that act on it.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The name of the section in a seed and in a state file.
    pub(crate) section: &'static str,
    /// The name of one resource, for messages.
    pub(crate) noun: &'static str,
    /// The schema of the spec for one resource.
    pub(crate) schema: &'static str,
    /// The property that identifies a resource: `uuid`, or `domain` for domains.
    pub(crate) key: &'static str,
    /// The property whose value is unique, among the resources of the same parent.
    pub(crate) unique: Option<&'static str>,
    /// The property with the parent. The parent is the first parameter of the path.
    pub(crate) parent: Option<&'static str>,
    /// `true` if an account user sees only the resources whose property `user` is the caller.
    pub(crate) is_personal: bool,
    /// Properties that are kept and never shown.
    pub(crate) hidden: &'static [&'static str],
    /// The operations by `operationId`.
    pub(crate) operations: &'static [(&'static str, Action)],
}

/// The effect of an operation on the resources of a kind. The last parameter of the path is the key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Action {
    List,
    /// Lists the resources whose property `user` is the caller.
    ListOwn,
    /// Lists the resources that refer to the one in the path with this property.
    ListOf(&'static str),
    /// Lists a page of the resources that match the conditions in the body.
    Search,
    Create,
    Get,
    Update,
    Delete,
    /// Deletes, and responds with an empty object.
    Discard,
    /// Deletes all, and responds with an empty object.
    Clear,
}

use Action::{Clear, Create, Delete, Discard, Get, List, ListOf, ListOwn, Search, Update};

/// A kind with the key `uuid`, no parent, and nothing hidden.
const PLAIN: Kind = Kind {
    section: "",
    noun: "",
    schema: "",
    key: "uuid",
    unique: None,
    parent: None,
    is_personal: false,
    hidden: &[],
    operations: &[],
};

/// The sections of the kinds that other code names.
pub(crate) const USERS: &str = "users";
pub(crate) const ACCOUNTS: &str = "accounts";
pub(crate) const ACCOUNT_USERS: &str = "account_users";
pub(crate) const TOKENS: &str = "tokens";
pub(crate) const DOMAINS: &str = "domains";
pub(crate) const INVITES: &str = "invites";
pub(crate) const LEASES: &str = "leases";
pub(crate) const ORDERS: &str = "orders";
pub(crate) const MESSAGES: &str = "messages";
pub(crate) const INBOUND_MESSAGES: &str = "inbound_messages";

/// All kinds, in the order in which a state file has them.
pub(crate) const KINDS: &[Kind] = &[
    Kind {
        section: ACCOUNTS,
        noun: "account",
        schema: "Account",
        operations: &[("GetAccountByUUID", Get)],
        ..PLAIN
    },
    Kind {
        section: ACCOUNT_USERS,
        noun: "user",
        schema: "User",
        unique: Some("email"),
        hidden: &["password", "token"],
        operations: &[
            ("GetUsersByAccount", List),
            ("AddUserToAccount", Create),
            ("CreateUser", Create),
            ("GetUserByUUID", Get),
            ("UpdateUserByUUID", Update),
            ("DeleteUserByUUID", Discard),
        ],
        ..PLAIN
    },
    Kind {
        section: TOKENS,
        noun: "token",
        schema: "Token",
        hidden: &["token"],
        ..PLAIN
    },
    Kind {
        section: "connections",
        noun: "SIP connection",
        schema: "SIPConnection",
        operations: &[
            ("ListSIPConnections", List),
            ("CreateSIPConnection", Create),
            ("GetSIPConnectionByUUID", Get),
            ("ModifySIPConnection", Update),
            ("RemoveSIPConnectionByID", Delete),
        ],
        ..PLAIN
    },
    Kind {
        section: "control_apps",
        noun: "SIP control app",
        schema: "SIPControlApp",
        operations: &[
            ("ListSIPControlApps", List),
            ("CreateSIPControlApp", Create),
            ("GetSIPControlAppByUUID", Get),
            ("ModifySIPControlApp", Update),
            ("RemoveSIPControlAppByUUID", Delete),
        ],
        ..PLAIN
    },
    Kind {
        section: "messaging_profiles",
        noun: "messaging profile",
        schema: "MessagingProfile",
        operations: &[
            ("ListMessagingProfiles", List),
            ("CreateMessagingProfile", Create),
            ("GetMessagingProfileByUUID", Get),
            ("ModifyMessagingProfile", Update),
            ("RemoveMessagingProfileByUUID", Delete),
        ],
        ..PLAIN
    },
    Kind {
        section: ORDERS,
        noun: "order",
        schema: "TNOrder",
        operations: &[
            ("ListOrders", List),
            ("GetOrderByUUID", Get),
            ("SearchOrders", Search),
        ],
        ..PLAIN
    },
    Kind {
        section: LEASES,
        noun: "lease",
        schema: "TNLease",
        unique: Some("tn"),
        operations: &[
            ("ListTNLeases", List),
            ("SearchTNLeases", Search),
            ("GetTNLeaseByUUID", Get),
            ("ModifyTNLease", Update),
            ("RemoveTNLeaseByUUID", Delete),
            ("GetSIPConnectionTNLeasesList", ListOf("sip_connection")),
            ("GetSIPControlAppTNLeasesList", ListOf("sip_control_app")),
            (
                "GetMessagingProfileLeasesByUUID",
                ListOf("messaging_profile"),
            ),
        ],
        ..PLAIN
    },
    Kind {
        section: "voice_profiles",
        noun: "outbound voice profile",
        schema: "OutboundVoiceProfile",
        operations: &[
            ("ListOutboundVoiceProfiles", List),
            ("CreateOutboundVoiceProfile", Create),
            ("GetOutboundVoiceProfileByUUID", Get),
            ("ModifyOutboundVoiceProfile", Update),
            ("RemoveOutboundVoiceProfileByUUID", Delete),
        ],
        ..PLAIN
    },
    Kind {
        section: DOMAINS,
        noun: "SIP domain",
        schema: "SIPDomain",
        key: "domain",
        operations: &[
            ("ListSIPDomains", List),
            ("CreateSIPDomain", Create),
            ("GetSIPDomainByDomainName", Get),
            ("ModifySIPDomainByDomainName", Update),
            ("RemoveSIPDomainByDomainName", Delete),
        ],
        ..PLAIN
    },
    Kind {
        section: "switches",
        noun: "SIP switch",
        schema: "SIPSwitch",
        parent: Some("sip_domain"),
        operations: &[
            ("ListSIPSwitchesBySIPDomainUUID", List),
            ("CreateSIPSwitch", Create),
            ("GetSIPSwitchByUUID", Get),
            ("ModifySIPSwitch", Update),
            ("RemoveSIPSwitchByUUID", Delete),
        ],
        ..PLAIN
    },
    Kind {
        section: USERS,
        noun: "SIP user",
        schema: "SIPUserDetails",
        unique: Some("login"),
        parent: Some("sip_domain"),
        hidden: &["token", "password", "tn_lease"],
        operations: &[
            ("ListSIPUsersBySIPDomainUUID", List),
            ("CreateSIPUser", Create),
            ("GetSIPUserByUUID", Get),
            ("ModifySIPUser", Update),
            ("RemoveSIPUserByUUID", Delete),
        ],
        ..PLAIN
    },
    Kind {
        section: INVITES,
        noun: "invite",
        schema: "SIPUserInvite",
        parent: Some("sip_domain"),
        operations: &[
            ("ListSIPUserInvites", List),
            ("CreateSIPUserInvite", Create),
            ("ModifySIPUserInvite", Update),
            ("RemoveSIPUserInviteByUUID", Delete),
        ],
        ..PLAIN
    },
    Kind {
        section: MESSAGES,
        noun: "message",
        schema: "OutboundSMS",
        operations: &[("GetSMSByUUID", Get), ("SearchOutboundSMS", Search)],
        ..PLAIN
    },
    Kind {
        section: INBOUND_MESSAGES,
        noun: "message",
        schema: "InboundSMS",
        operations: &[("GetSMSIByUUID", Get), ("SearchInboundSMS", Search)],
        ..PLAIN
    },
    Kind {
        section: "addresses",
        noun: "address",
        schema: "Address",
        operations: &[
            ("CreateAddress", Create),
            ("GetAddressListByAccount", List),
            ("GetAddressListByUser", ListOwn),
            ("GetAddress", Get),
            ("UpdateAddress", Update),
            ("RemoveAddressByUUID", Delete),
        ],
        ..PLAIN
    },
    Kind {
        section: "office_hours",
        noun: "office hours",
        schema: "OfficeHours",
        operations: &[
            ("GetAccountOfficeHoursList", List),
            ("CreateAccountOfficeHours", Create),
            ("GetAccountOfficeHours", Get),
            ("UpdateAccountOfficeHours", Update),
            ("RemoveAccountOfficeHoursByUUID", Delete),
        ],
        ..PLAIN
    },
    Kind {
        section: "payments",
        noun: "payment",
        schema: "Payment",
        operations: &[
            ("ListPayments", List),
            ("CreatePayment", Create),
            ("GetPaymentByUUID", Get),
            ("UpdatePayment", Update),
        ],
        ..PLAIN
    },
    Kind {
        section: "cart_entries",
        noun: "cart entry",
        schema: "CartEntry",
        is_personal: true,
        hidden: &["ttl", "user"],
        operations: &[
            ("GetCartEntries", List),
            ("CreateUserCartEntry", Create),
            ("UpdateUserCartEntry", Update),
            ("DeleteUserCartEntry", Delete),
            ("ClearUserCart", Clear),
        ],
        ..PLAIN
    },
];

/// The properties whose value is the key of a resource of another kind.
pub(crate) const REFERENCES: &[(&str, &str)] = &[
    ("account", ACCOUNTS),
    ("created_by", ACCOUNT_USERS),
    ("messaging_profile", "messaging_profiles"),
    ("modified_by", ACCOUNT_USERS),
    ("outbound_voice_profile", "voice_profiles"),
    ("sip_connection", "connections"),
    ("sip_control_app", "control_apps"),
    ("sip_domain", DOMAINS),
    ("tn_lease", LEASES),
    ("tnlease", LEASES),
    ("tnorder", ORDERS),
    ("user", ACCOUNT_USERS),
];

/// The lists of the resources that refer to a resource: its section and property, and the section
/// and property of the others.
pub(crate) const BACK_REFERENCES: &[(&str, &str, &str, &str)] = &[
    (ACCOUNTS, "users", ACCOUNT_USERS, "account"),
    (
        ACCOUNTS,
        "messaging_profiles",
        "messaging_profiles",
        "account",
    ),
    (ACCOUNTS, "addresses", "addresses", "account"),
    ("connections", "sip_domains", DOMAINS, "sip_connection"),
    ("connections", "tnleases", LEASES, "sip_connection"),
    ("control_apps", "sip_domains", DOMAINS, "sip_control_app"),
    ("messaging_profiles", "leases", LEASES, "messaging_profile"),
    (ORDERS, "tnleases", LEASES, "tnorder"),
    (
        "voice_profiles",
        "sip_domains",
        DOMAINS,
        "outbound_voice_profile",
    ),
    (DOMAINS, "sip_users", USERS, "sip_domain"),
    (DOMAINS, "sip_user_invites", INVITES, "sip_domain"),
    (DOMAINS, "sip_switches", "switches", "sip_domain"),
];

/// The properties that are a number or a text in requests, and an object in responses: with the
/// name of the value in this object.
pub(crate) const WRAPPED: &[(&str, &str)] = &[("country", "name"), ("product", "id"), ("tn", "tn")];

/// Returns the kind with this section.
pub(crate) fn kind(section: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.section == section)
}

/// Returns the kind to which the property of a resource refers.
pub(crate) fn referred_kind(property: &str) -> Option<&'static Kind> {
    let (_, section) = REFERENCES.iter().find(|(name, _)| *name == property)?;
    kind(section)
}

/// Returns the kind and the action of an operation.
pub(crate) fn action(operation: &str) -> Option<(&'static Kind, Action)> {
    KINDS.iter().find_map(|kind| {
        let mut operations = kind.operations.iter();
        let (_, action) = operations.find(|(id, _)| *id == operation)?;
        Some((kind, *action))
    })
}
