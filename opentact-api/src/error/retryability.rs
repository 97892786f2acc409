//! The condition of a retry.

/// The condition under which a failed attempt can be retried.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Retryability {
    /// The service did nothing, and may succeed the next time.
    Always,
    /// The service may have carried the operation out.
    IfIdempotent,
    /// Another attempt would fail as well.
    Never,
}
