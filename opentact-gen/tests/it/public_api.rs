//! The changes of the public API, found in generated code and confirmed by rustc.

mod features;
mod pieces;
#[rustfmt::skip] // a table
mod rows;
mod rustc;
mod security_schemes;

use openapi_tree::{Source, Sources, load};
use opentact_gen::public_api::{PublicApi, RustChange, RustChangeKind};
use opentact_gen::{Pages, generate, generate_public_api};
use syn::{File, Item, Visibility};

use self::rows::ROWS;
use crate::support::spec::Spec;

const SHAPES: &str = include_str!("../fixtures/shapes.yaml");

/// Returns a change in one line.
fn line(change: &RustChange) -> String {
    let level = if change.breaking {
        "breaking"
    } else {
        "compatible"
    };
    let kind = format!("{:?}", change.kind).to_lowercase();
    format!("{level} {kind} {}: {}", change.item, change.message)
}

fn lines(base: &PublicApi, head: &PublicApi) -> Vec<String> {
    base.changes(head).iter().map(line).collect()
}

/// Returns the public API of code in one file, with a module for each page.
fn api_of_code(code: &str) -> PublicApi {
    let file = syn::parse_file(code).unwrap();
    let mut files = Vec::new();
    let mut others = Vec::new();
    for item in file.items {
        match item {
            Item::Mod(module) if module.vis != Visibility::Inherited => {
                let items = module.content.unwrap().1;
                files.push((format!("{}.rs", module.ident), file_of(items)));
            }
            Item::Impl(_) => others.push(item),
            _ => {}
        }
    }
    files.push(("client_builder.rs".to_owned(), file_of(others)));
    PublicApi::new(&files)
}

fn file_of(items: Vec<Item>) -> File {
    File {
        shebang: None,
        attrs: Vec::new(),
        items,
    }
}

fn api_of_spec(spec: impl Into<Sources>) -> PublicApi {
    generate_public_api(&load(spec).unwrap(), Pages::OfFiles).unwrap()
}

/// Returns the syntax trees of the files that a spec yields.
fn files(spec: impl Into<Sources>) -> Vec<(String, File)> {
    let modules = generate(spec).unwrap().modules.into_iter();
    modules
        .map(|module| (module.name, syn::parse_file(&module.code).unwrap()))
        .collect()
}

#[test]
fn changes_of_every_row_are_found() {
    for row in ROWS {
        let (base, head) = (row.base.code(), row.head.code());
        let found = lines(&api_of_code(&base), &api_of_code(&head));
        assert_eq!(found, row.found, "{}", row.name);
    }
}

#[test]
fn changes_in_reverse_are_the_opposite() {
    for row in ROWS {
        let base = api_of_code(&row.base.code());
        let head = api_of_code(&row.head.code());
        let sorted = |changes: Vec<RustChange>, is_reverse: bool| {
            let items = changes.into_iter().map(|change| {
                let kind = match change.kind {
                    RustChangeKind::Added if is_reverse => RustChangeKind::Removed,
                    RustChangeKind::Removed if is_reverse => RustChangeKind::Added,
                    kind => kind,
                };
                (kind, change.item)
            });
            let mut items: Vec<_> = items.collect();
            items.sort();
            items
        };
        let forward = sorted(base.changes(&head), false);
        let reverse = sorted(head.changes(&base), true);
        assert_eq!(forward, reverse, "{}", row.name);
        assert_eq!(lines(&base, &base), Vec::<String>::new(), "{}", row.name);
    }
}

#[test]
fn changes_for_edits_of_the_spec_are_as_reviewed() {
    let edits = [
        (
            "a property is added",
            "        gender:",
            "        state:\n          description: New.\n          type: string\n          \
             nullable: true\n        gender:",
        ),
        (
            "a property becomes required",
            "      required: [name]\n",
            "      required: [name, users]\n",
        ),
        (
            "an operation is renamed",
            "x-rust-name: delete_group\n",
            "x-rust-name: remove_group\n",
        ),
        (
            "the maximum length is raised",
            "maxLength: 80",
            "maxLength: 100",
        ),
        (
            "a format is removed",
            "          type: string\n          format: date-time\n",
            "          type: string\n",
        ),
        (
            "a description is changed",
            "A named list of SIP users.",
            "A list of SIP users.",
        ),
    ];
    let spec = Spec::of_groups();
    let base = api_of_spec(spec.sources());
    let mut report = String::new();
    for (name, from, to) in edits {
        let head = api_of_spec(spec.replaced(from, to).sources());
        report += &format!("{name}\n");
        for change in lines(&base, &head) {
            report += &format!("    {change}\n");
        }
    }
    insta::assert_snapshot!(report, @r"
    a property is added
        compatible added groups::SipUser::state: state: Option<String>
    a property becomes required
        breaking changed groups::CreateGroupRequest::users: Vec<Uuid>, was Option<Vec<Uuid>>
    an operation is renamed
        breaking removed Client::delete_group: was fn delete_group(&self) -> DeleteGroup<'_>
        breaking removed groups::DeleteGroup: was struct DeleteGroup<'a>
        compatible added Client::remove_group: fn remove_group(&self) -> RemoveGroup<'_>
        compatible added groups::RemoveGroup: struct RemoveGroup<'a>
    the maximum length is raised
    a format is removed
        breaking changed groups::SipUserGroup::created_on: Option<String>, was Option<DateTime<Utc>>
    a description is changed
    ");
}

#[test]
fn every_removed_public_piece_is_found() {
    let shapes = files(Source::new("shapes.yaml", SHAPES));
    for (files, at_least) in [(files(Spec::of_groups().sources()), 150), (shapes, 80)] {
        let whole = pieces::skeleton(files.clone());
        let api = PublicApi::new(&whole);
        assert_eq!(lines(&PublicApi::new(&files), &api), Vec::<String>::new());
        let mut pieces = 0;
        // A piece of one file is not missed in another one, so that each file is compared alone.
        for file in whole.iter().filter(|(name, _)| name != "mod.rs") {
            let api = PublicApi::new(std::slice::from_ref(file));
            let of_file = pieces::all_without_one(file).inspect(|_| pieces += 1);
            for (piece, rest) in of_file {
                let changes = api.changes(&PublicApi::new(&[rest]));
                let is_lost =
                    |change: &RustChange| change.breaking && change.kind == RustChangeKind::Removed;
                assert!(changes.iter().any(is_lost), "{piece}: {changes:?}");
            }
        }
        assert!(pieces >= at_least, "{pieces} pieces");
    }
}

/// Other kinds of items are not compared.
#[test]
fn generated_code_has_only_kinds_of_public_items_that_are_compared() {
    fn check(items: &[Item]) {
        for item in items {
            match item {
                Item::Struct(_) | Item::Enum(_) | Item::Fn(_) | Item::Impl(_) => {}
                Item::Mod(module) if module.vis == Visibility::Inherited => {}
                Item::Mod(module) if module.ident == "operations" => {}
                Item::Mod(module) => check(&module.content.as_ref().unwrap().1),
                Item::Macro(item) => {
                    let name = item.mac.path.segments.last().unwrap().ident.to_string();
                    assert!(["object", "open_enum"].contains(&name.as_str()), "{name}");
                }
                Item::Use(item) => assert_eq!(item.vis, Visibility::Inherited),
                item => panic!("{item:?}"),
            }
        }
    }
    let shapes = Source::new("shapes.yaml", SHAPES);
    for files in [files(Spec::of_today().sources()), files(shapes)] {
        for (name, file) in files {
            if name != "mod.rs" && name != "service.rs" {
                check(&file.items);
            }
        }
    }
}
