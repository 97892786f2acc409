//! `decode FILE ROUNDS`: decodes the response body in a file, ROUNDS times.

use std::error::Error;
use std::hint::black_box;
use std::{env, fs};

/// Reads the arguments, and calls the decoder.
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
