//! The operations that a change affects.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::operation_set::OperationSet;

/// Operations in the order of the document, such as `GET /app/group`. Changes of the same operations
/// share them, because thousands of operations can have a schema in common.
///
/// ```
/// use openapi_compat::Operations;
///
/// let operations = Operations::from_iter(["GET /users", "POST /users"]);
/// assert_eq!(operations.len(), 2);
/// assert_eq!(operations, ["GET /users", "POST /users"]);
/// ```
#[derive(Clone, Default)]
pub struct Operations {
    /// The titles of all operations of the comparison.
    titles: Arc<[String]>,
    members: Arc<OperationSet>,
}

impl Operations {
    /// Creates the operations with some numbers.
    pub(crate) fn new(titles: &Arc<[String]>, members: Arc<OperationSet>) -> Self {
        let titles = Arc::clone(titles);
        Self { titles, members }
    }

    /// Returns the titles of the operations.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let numbers = self.members.iter();
        numbers.filter_map(|number| self.titles.get(number).map(String::as_str))
    }

    /// Returns the number of operations.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Returns `true` if there are none, because a change concerns the API as a whole.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Returns the operations for which `matches` is `true`, and the others.
    #[must_use]
    pub fn partition(&self, matches: impl Fn(&str) -> bool) -> (Self, Self) {
        let matches = |number: &usize| self.titles.get(*number).is_some_and(|name| matches(name));
        let (matching, others): (Vec<usize>, Vec<usize>) = self.members.iter().partition(matches);
        let some = |numbers: Vec<usize>| {
            let members = numbers.into_iter().collect();
            Self::new(&self.titles, Arc::new(members))
        };
        (some(matching), some(others))
    }
}

impl<T: Into<String>> FromIterator<T> for Operations {
    fn from_iter<I: IntoIterator<Item = T>>(titles: I) -> Self {
        let titles: Arc<[String]> = titles.into_iter().map(Into::into).collect();
        let members = (0..titles.len()).collect();
        Self::new(&titles, Arc::new(members))
    }
}

impl fmt::Debug for Operations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Operations {
    fn eq(&self, other: &Self) -> bool {
        match Arc::ptr_eq(&self.titles, &other.titles) {
            true => Arc::ptr_eq(&self.members, &other.members) || self.members == other.members,
            false => self.iter().eq(other.iter()),
        }
    }
}

impl Eq for Operations {}

impl<const N: usize> PartialEq<[&str; N]> for Operations {
    fn eq(&self, other: &[&str; N]) -> bool {
        self.iter().eq(other.iter().copied())
    }
}

/// The first title and the number tell most operations apart, and there can be thousands.
impl Hash for Operations {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        self.iter().next().hash(state);
    }
}
