//! The public face of the generated code, small enough to read in review: types with their
//! fields, operations with their parameters, bodies and results.

mod support;

use support::face;

#[test]
fn public_face_of_the_generated_code() {
    let code = include_str!("../../opentact-api/src/generated.rs");
    insta::assert_snapshot!(face(code));
}
