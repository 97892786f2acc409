//! The nesting of values, which the stack limits.

use crate::call::decode::fault::{Fault, Problem};

/// The deepest nesting of lists and objects, which is that of serde_json.
const MAX_LEVELS: u8 = 127;
/// The deepest nesting of objects of the spec. In a debug build, one can take 30 kB of the stack, which
/// has 2 MiB in a thread. Another level takes at most 5 kB.
const MAX_STRUCTS: u8 = 42;

/// The number of lists and objects around a value.
#[derive(Clone, Copy, Default)]
pub(super) struct Depth {
    levels: u8,
    /// Those of them that are objects of the spec.
    structs: u8,
}

impl Depth {
    /// Enters a list or an object.
    pub(super) fn enter(&mut self) -> Result<(), Fault> {
        entered(&mut self.levels, MAX_LEVELS)
    }

    /// Leaves a list or an object.
    pub(super) fn leave(&mut self) {
        self.levels -= 1;
    }

    /// Enters an object of the spec, beside [`Depth::enter`].
    pub(super) fn enter_struct(&mut self) -> Result<(), Fault> {
        entered(&mut self.structs, MAX_STRUCTS)
    }

    /// Leaves an object of the spec.
    pub(super) fn leave_struct(&mut self) {
        self.structs -= 1;
    }
}

fn entered(depth: &mut u8, most: u8) -> Result<(), Fault> {
    if *depth == most {
        return Err(Fault::new(Problem::TooDeep));
    }
    *depth += 1;
    Ok(())
}
