//! The arguments of `opentact group`. Doc comments are the texts of `--help`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::user_list::UserList;

#[derive(Debug, Subcommand)]
pub(crate) enum GroupCommand {
    /// List your groups.
    List,
    /// Show a group and its users.
    Show {
        /// Name, UUID, or the first 8 or more characters of a UUID.
        group: String,
    },
    /// Create a group.
    Create {
        /// 3 to 80 characters.
        name: String,
        /// A SIP user of the new group: login, e-mail address, UUID, or the first 8 or more
        /// characters of a UUID.
        #[arg(long = "user", value_name = "USER")]
        users: Vec<String>,
        /// A file of SIP users, one in each line. `-` is standard input.
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
        #[command(flatten)]
        dry_run: DryRun,
    },
    /// Rename a group.
    Rename {
        /// Name, UUID, or the first 8 or more characters of a UUID.
        group: String,
        /// The new name, 3 to 80 characters.
        name: String,
        #[command(flatten)]
        dry_run: DryRun,
    },
    /// Replace the users of a group.
    ///
    /// Shows who comes and who goes, and asks.
    SetUsers(SetUsers),
    /// Delete a group. Its users stay as they are.
    Delete {
        /// Name, UUID, or the first 8 or more characters of a UUID.
        group: String,
        #[command(flatten)]
        yes: Yes,
        #[command(flatten)]
        dry_run: DryRun,
    },
    /// List the users of a group.
    Users {
        /// Name, UUID, or the first 8 or more characters of a UUID.
        group: String,
    },
    /// Add users to a group. Users already in the group are skipped.
    Add(ChangeUsers),
    /// Remove users from a group. Users not in the group are skipped.
    Remove(ChangeUsers),
    /// Make your groups those of a file.
    ///
    /// Shows a plan and asks. Groups and users that are not in the file stay, unless --prune is
    /// passed. A second run changes nothing.
    Sync(SyncOptions),
    /// Print your groups as a file for `opentact group sync`.
    Export,
}

#[derive(Args, Debug)]
pub(crate) struct SetUsers {
    /// Name, UUID, or the first 8 or more characters of a UUID.
    pub(super) group: String,
    #[command(flatten)]
    pub(super) users: UserList,
    /// Remove everybody.
    #[arg(long, conflicts_with_all = ["users", "from"])]
    pub(super) empty: bool,
    #[command(flatten)]
    pub(super) yes: Yes,
    #[command(flatten)]
    pub(super) dry_run: DryRun,
}

#[derive(Args, Debug)]
pub(crate) struct ChangeUsers {
    /// Name, UUID, or the first 8 or more characters of a UUID.
    pub(super) group: String,
    #[command(flatten)]
    pub(super) users: UserList,
    #[command(flatten)]
    pub(super) dry_run: DryRun,
}

#[derive(Args, Debug)]
pub(crate) struct SyncOptions {
    /// The file. `-` is standard input.
    pub(super) file: PathBuf,
    /// Delete your groups that are not in the file. Remove users that are not in the file from
    /// groups that are.
    #[arg(long)]
    pub(super) prune: bool,
    #[command(flatten)]
    pub(super) yes: Yes,
    #[command(flatten)]
    pub(super) dry_run: DryRun,
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Yes {
    /// Do not ask for confirmation.
    #[arg(long)]
    pub(super) yes: bool,
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct DryRun {
    /// Show the changes and make none.
    #[arg(long)]
    pub(super) dry_run: bool,
}
