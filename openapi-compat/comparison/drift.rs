//! Prints the class of each change that drift finds between two JSON documents.

use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut documents = Vec::new();
    for path in env::args().skip(1) {
        let document: serde_json::Value = serde_json::from_str(&fs::read_to_string(path)?)?;
        documents.push(document);
    }
    for changed in drift::compare(&documents[0], &documents[1])? {
        for change in changed.changes {
            println!("{:?}", change.class);
        }
    }
    Ok(())
}
