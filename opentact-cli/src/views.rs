//! The columns of tables.

use crate::output::{Column, Kind, View};

/// Groups of SIP users.
pub(crate) const GROUPS: View = View {
    columns: &[
        Column::new("UUID", "/uuid", Kind::Uuid, 0),
        Column::new("NAME", "/name", Kind::Text, 0),
        Column::new("OWNER", "/owner/login|/owner/uuid", Kind::Text, 4),
        Column::new("USERS", "/users", Kind::Count, 2),
        Column::new("MODIFIED", "/modified_on", Kind::Time, 3),
        Column::on_demand("CREATED", "/created_on", Kind::Time),
    ],
    empty: "You have no groups; create one with `opentact group create <name>`.",
};

/// The properties of a group, one in each line.
pub(crate) const GROUP: View = View {
    columns: &[
        Column::new("UUID", "/uuid", Kind::Uuid, 0),
        Column::new("Name", "/name", Kind::Text, 0),
        Column::new("Owner", "/owner/login|/owner/uuid", Kind::Text, 0),
        Column::new("Created", "/created_on", Kind::Time, 0),
        Column::new("Modified", "/modified_on", Kind::Time, 0),
    ],
    empty: "",
};

/// SIP users.
pub(crate) const USERS: View = View {
    columns: &[
        Column::new("UUID", "/uuid", Kind::Uuid, 0),
        Column::new("LOGIN", "/login", Kind::Text, 0),
        Column::new("NAME", "/first_name+/last_name", Kind::Text, 2),
        Column::new("PHONE", "/phone_number", Kind::Text, 4),
        Column::new("EMAIL", "/email", Kind::Text, 3),
        Column::new("HA1", "/ha1", Kind::Secret, 5),
        Column::new("HA1B", "/ha1b", Kind::Secret, 6),
    ],
    empty: "",
};
