//! `decode FILE ROUNDS`: decodes the answer in a file so many times.

use std::error::Error;
use std::hint::black_box;
use std::{env, fs};

/// Reads the arguments and decodes. A decoder returns how many users it found.
pub(crate) fn decode<T, E: Into<Box<dyn Error>>>(
    decoder: impl Fn(&[u8]) -> Result<T, E>,
) -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, rounds] = arguments.as_slice() else {
        return Err("usage: decode FILE ROUNDS".into());
    };
    let body = fs::read(file)?;
    for _ in 0..rounds.parse()? {
        black_box(decoder(black_box(&body)).map_err(Into::into)?);
    }
    Ok(())
}
