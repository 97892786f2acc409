//! The extent of a report: everything, a selection, or a summary.

/// The number of changes from which a report begins with a table of operations, and shows some
/// changes of each type instead of all.
const LARGE: usize = 200;

/// The extent of a report for people. Programs receive all changes, or the summary.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Extent {
    /// One screen: the verdict, the number of changes by level and type, and the operations with
    /// the most changes.
    Summary,
    /// The changes. A report of 200 changes or more shows some of each type, and counts the rest.
    #[default]
    Selection,
    /// All changes, each with all its operations.
    Everything,
}

/// Returns `true` if a report on so many changes shows a selection.
pub(super) fn is_large(changes: usize) -> bool {
    changes >= LARGE
}

/// Returns the number of members of each group that are shown: one of each by turns, until there
/// are `limit`. A group ends at a member that does not fit, given its group and its position.
pub(super) fn shares(
    sizes: &[usize],
    limit: usize,
    mut fits: impl FnMut(usize, usize) -> bool,
) -> Vec<usize> {
    let mut shares = vec![0; sizes.len()];
    let mut open: Vec<usize> = (0..sizes.len()).collect();
    let mut room = limit;
    while !open.is_empty() && room > 0 {
        open.retain(|&group| {
            let position = shares[group];
            let is_shown = room > 0 && position < sizes[group] && fits(group, position);
            if is_shown {
                shares[group] += 1;
                room -= 1;
            }
            is_shown
        });
    }
    shares
}
