//! Lists with pages.

use clap::Args;
use opentact_api::ItemStream;
use serde::Serialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::output::{Output, to_json};
use crate::terminal::waiting;

/// The greatest number of items on a page.
const LARGEST_PAGE: u32 = 100;

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// The greatest number of results.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
}

impl Limit {
    /// Returns the size of a page that is large enough, or as large as possible.
    pub(crate) fn page(self) -> u32 {
        self.limit.min(LARGEST_PAGE)
    }

    /// Returns the first items of a list. A note says that there may be more.
    pub(crate) async fn first<T: Serialize>(
        self,
        mut stream: ItemStream<'_, T>,
        output: &Output,
    ) -> Result<Vec<Value>, Failure> {
        let limit = self.limit as usize;
        let items = async {
            let mut items = Vec::new();
            while items.len() < limit
                && let Some(item) = stream.next().await
            {
                items.push(to_json(&item?)?);
                if ends_with_a_repetition(&items, self.page() as usize) {
                    return Err(Failure::general("the service sends the same page again"));
                }
            }
            Ok::<_, Failure>(items)
        };
        let items = waiting(output, "Loading", items).await?;
        if items.len() == limit {
            output.note(&format!(
                "The first {limit}; there may be more: raise --limit."
            ));
        }
        Ok(items)
    }
}

/// Returns `true` if the items end with two equal pages of this size.
fn ends_with_a_repetition(items: &[Value], size: usize) -> bool {
    let mut pages = items.rchunks_exact(size);
    size > 1
        && items.len().is_multiple_of(size)
        && matches!((pages.next(), pages.next()), (Some(last), Some(before)) if last == before)
}
