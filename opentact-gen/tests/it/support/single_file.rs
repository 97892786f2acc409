//! Generated code as one file.

use opentact_gen::Generated;

/// Returns the code as one file, with every module inline.
pub(crate) fn single_file(generated: &Generated) -> String {
    let modules = generated.modules.iter();
    modules.fold(String::new(), |code, module| {
        let name = module.name.trim_end_matches(".rs");
        let inline = format!("mod {name} {{\n{}}}", module.code);
        match name {
            "mod" => module.code.clone(),
            _ => code.replacen(&format!("mod {name};"), &inline, 1),
        }
    })
}
