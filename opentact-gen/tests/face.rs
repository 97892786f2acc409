//! The public face of the generated code, small enough to read in review: types with their
//! fields, operations with their parameters, bodies and results.

mod support;

use opentact_gen::{Source, generate};
use support::{Spec, face};

#[test]
fn public_face_of_the_generated_code() {
    let generated = generate(Spec::of_today().sources()).unwrap();
    insta::assert_snapshot!(face(&generated.single_file()));
}

/// What becomes of shapes that the spec of today does not have: keywords as names, inline
/// schemas, defaults, limits on what is received, free-form values of every kind, a second security
/// scheme. That the code compiles, and sends each token where it belongs, is checked by `.ci/run`.
#[test]
fn public_face_of_every_shape() {
    let shapes = Source::new("shapes.yaml", include_str!("fixtures/shapes.yaml"));
    let code = generate(shapes).unwrap().single_file();
    insta::assert_snapshot!(face(&code));
    let code: String = code.split_whitespace().collect();
    for field in ["anything", "objects", "by_name"] {
        let hidden = format!(r#".field("{field}",&format_args!(".."))"#);
        assert!(code.contains(&hidden), "{field} is shown by Debug");
    }
}

/// What a user reads who looks for where to put a second token.
#[test]
fn documentation_of_a_further_token() {
    let shapes = Source::new("shapes.yaml", include_str!("fixtures/shapes.yaml"));
    let code = generate(shapes).unwrap().single_file();
    let item = |start: &str, end: &str| {
        let code = &code[code.find(start).expect(start)..];
        code[..code.find(end).expect(end)].trim_end()
    };
    let setter = item("impl crate::ClientBuilder", "}\npub(crate) mod service");
    let method = item("    /// All labels.", "        builder::ListShapes::new");
    insta::assert_snapshot!(format!("{setter}\n\n{method}"));
}
