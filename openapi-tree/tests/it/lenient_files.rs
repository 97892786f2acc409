//! References to other files, and documents of several files, in a lenient reading.

use std::collections::BTreeMap;

use openapi_tree::{File, Loaded, Pointer, load_lenient};
use serde_json::{Value, json};

/// Loads `api.yaml` of some files. The others are read if references lead to them.
#[track_caller]
fn loaded(files: &[(&str, &str)]) -> Loaded {
    let mut others: BTreeMap<&str, &str> = files.iter().copied().collect();
    let entry = File {
        path: "spec/api.yaml".to_owned(),
        bytes: others.remove("spec/api.yaml").unwrap().into(),
    };
    let mut times = BTreeMap::new();
    let mut read = |path: &str| {
        *times.entry(path.to_owned()).or_insert(0) += 1;
        let found = others.get(path).map(|text| text.as_bytes().to_vec());
        found.ok_or_else(|| "no such file".to_owned())
    };
    let loaded = load_lenient([entry], &mut read).unwrap();
    assert!(times.values().all(|times| *times == 1), "{times:?}");
    loaded
}

fn root(loaded: &Loaded) -> Value {
    loaded.document.root.to_json()
}

fn warnings(loaded: &Loaded) -> Vec<&str> {
    loaded
        .warnings
        .iter()
        .map(|warning| warning.message.as_str())
        .collect()
}

fn place(loaded: &Loaded, pointer: &str) -> String {
    let pointer = Pointer::parse(pointer).unwrap();
    let span = loaded.document.root.span_at(&pointer);
    loaded
        .document
        .sources
        .location(span.start)
        .unwrap()
        .to_string()
}

/// Returns a document with the rest of its text.
fn api(rest: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{rest}")
}

const PATHS: &str = "paths:\n  /pets: {$ref: 'paths/pets.yaml#/all'}\n  /pets/{id}: {$ref: 'paths/pets.yaml#/one'}\n";

const PETS: &str = "\
all:
  get:
    responses:
      '200':
        description: Pets.
        content:
          application/json:
            schema: {type: array, items: {$ref: ../schemas/pet.yaml}}
one:
  get:
    parameters: [{$ref: '../parameters.yaml#/id'}]
    responses:
      '200':
        description: A pet.
        content: {application/json: {schema: {$ref: '../schemas/pet.yaml#'}}}
";

#[test]
fn files_are_merged_with_their_places_and_read_once() {
    let api = api(PATHS);
    let loaded = loaded(&[
        ("spec/api.yaml", &api),
        ("spec/paths/pets.yaml", PETS),
        (
            "spec/parameters.yaml",
            "id: {name: id, in: path, required: true, schema: {type: string}}\n",
        ),
        (
            "spec/schemas/pet.yaml",
            "type: object\nproperties:\n  owner: {$ref: my%20owner.yaml}\n  mother: {$ref: './pet.yaml'}\n",
        ),
        (
            "spec/schemas/my owner.yaml",
            "type: object\nproperties: {pets: {$ref: 'pet.yaml#/properties/mother'}}\n",
        ),
    ]);
    assert_eq!(warnings(&loaded), [""; 0]);
    let root = root(&loaded);
    let items = "/paths/~1pets/get/responses/200/content/application~1json/schema/items";
    assert_eq!(
        root.pointer(items),
        Some(&json!({"$ref": "#/components/schemas/pet"}))
    );
    let one = &root["paths"]["/pets/{id}"]["get"];
    let schema = &one["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(
        schema["$ref"], "#/components/schemas/pet",
        "the same file, the same schema"
    );
    assert_eq!(one["parameters"][0]["$ref"], "#/components/parameters/id");
    let schemas = &root["components"]["schemas"];
    assert_eq!(
        schemas["pet"]["properties"]["mother"]["$ref"],
        "#/components/schemas/pet"
    );
    let owner = &schemas["my owner"]["properties"]["pets"];
    assert_eq!(owner["$ref"], "#/components/schemas/pet");
    assert_eq!(schemas.as_object().unwrap().len(), 2);
    assert_eq!(
        place(&loaded, "/components/schemas/pet/properties/mother"),
        "spec/schemas/pet.yaml:4:3"
    );
    assert_eq!(
        place(&loaded, "/paths/~1pets~1{id}/get"),
        "spec/paths/pets.yaml:10:3"
    );
}

#[test]
fn component_that_refers_to_a_file_is_that_component() {
    let api = api(concat!(
        "paths: {/pets: {$ref: pets.yaml}}\n",
        "components:\n  schemas:\n    Pet: {$ref: pet.yaml}\n    Animal: {$ref: pet.yaml}\n",
    ));
    let pets = "get: {responses: {'200': {description: P., content: {application/json: {schema: {$ref: pet.yaml}}}}}}\n";
    let loaded = loaded(&[
        ("spec/api.yaml", &api),
        ("spec/pets.yaml", pets),
        (
            "spec/pet.yaml",
            "type: object\nproperties: {next: {$ref: 'api.yaml#/components/schemas/Animal'}}\n",
        ),
    ]);
    assert_eq!(warnings(&loaded), [""; 0]);
    let root = root(&loaded);
    let schemas = &root["components"]["schemas"];
    assert_eq!(schemas["Pet"]["type"], "object");
    assert_eq!(
        schemas["Animal"],
        json!({"$ref": "#/components/schemas/Pet"})
    );
    assert_eq!(
        place(&loaded, "/components/schemas/Pet/type"),
        "spec/pet.yaml:1:1"
    );
}

#[test]
fn whole_sections_may_stand_in_other_files() {
    let api = api("paths: {$ref: paths.yaml}\ncomponents: {schemas: {$ref: schemas.json}}\n");
    let paths = "/a:\n  get:\n    responses:\n      '200':\n        description: A.\n        content: {application/json: {schema: {$ref: 'api.yaml#/components/schemas/A'}}}\n";
    let loaded = loaded(&[
        ("spec/api.yaml", &api),
        ("spec/paths.yaml", paths),
        (
            "spec/schemas.json",
            "{\"A\": {\"properties\": {\"b\": {\"$ref\": \"#/B\"}}}, \"B\": {\"type\": \"string\"}}",
        ),
    ]);
    assert_eq!(warnings(&loaded), [""; 0]);
    let root = root(&loaded);
    assert_eq!(root["components"]["schemas"]["B"]["type"], "string");
    let b = &root["components"]["schemas"]["A"]["properties"]["b"];
    let target = Pointer::of_reference(b["$ref"].as_str().unwrap()).unwrap();
    assert_eq!(
        loaded.document.root.at(&target).unwrap().str_at("type"),
        Some("string")
    );
}

#[test]
fn properties_within_a_referenced_file_may_stand_in_another_one() {
    let api = api("paths: {}\ncomponents: {schemas: {A: {allOf: [{$ref: a.yaml}]}}}\n");
    let loaded = loaded(&[
        ("spec/api.yaml", &api),
        (
            "spec/a.yaml",
            "type: object\nproperties: {id: {type: string}, $ref: 'more.yaml#/all'}\n",
        ),
        (
            "spec/more.yaml",
            "all: {b: {$ref: '#/b'}}\nb: {type: object, properties: {$ref: last.yaml}}\n",
        ),
        ("spec/last.yaml", "c: {type: string}\n"),
    ]);
    assert_eq!(warnings(&loaded), [""; 0]);
    let root = root(&loaded);
    let schemas = &root["components"]["schemas"];
    assert_eq!(schemas["a"]["properties"]["id"]["type"], "string");
    assert_eq!(
        schemas["a"]["properties"]["b"]["$ref"],
        "#/components/schemas/b"
    );
    assert_eq!(schemas["b"]["properties"]["c"]["type"], "string");
}

#[test]
fn files_that_refer_to_each_other_are_read() {
    let api = api("paths: {/a: {$ref: a.yaml}, /b: {$ref: b.yaml}, /self: {$ref: self.yaml}}\n");
    let loaded = loaded(&[
        ("spec/api.yaml", &api),
        ("spec/a.yaml", "$ref: b.yaml\n"),
        ("spec/b.yaml", "$ref: a.yaml\n"),
        (
            "spec/self.yaml",
            "get: {callbacks: {c: {'{$url}': {$ref: self.yaml}}}, responses: {'204': {description: N.}}}\n",
        ),
    ]);
    let warnings = warnings(&loaded);
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(
        warnings
            .iter()
            .all(|warning| warning.contains("leads back to itself"))
    );
    let callback = "/paths/~1self/get/callbacks/c/{$url}/$ref";
    assert_eq!(
        root(&loaded).pointer(callback).unwrap(),
        "#/components/pathItems/self"
    );
}

#[test]
fn references_that_lead_nowhere_stay_with_a_warning() {
    let api = api(concat!(
        "paths: {/gone: {$ref: gone.yaml}}\n",
        "components:\n  schemas:\n",
        "    Url: {$ref: 'https://example.com/pet.yaml#/Pet'}\n",
        "    Here: {$ref: '#/components/schemas/Gone'}\n",
        "    Inside: {properties: {a: {$ref: 'pet.yaml#/Gone'}, b: {$ref: 'broken.yaml'}, c: {$ref: ''}}}\n",
        "    Up: {$ref: '../../pet.yaml'}\n",
    ));
    let loaded = loaded(&[
        ("spec/api.yaml", &api),
        ("spec/pet.yaml", "Pet: {type: string}\n"),
        ("spec/broken.yaml", "a: [\n"),
    ]);
    let warnings = warnings(&loaded);
    for expected in [
        "`gone.yaml` leads to a file that cannot be read: no such file; this part is left out",
        "`https://example.com/pet.yaml#/Pet` leads to a URL, which is never read; this part is left out",
        "there is nothing at `#/components/schemas/Gone`; this part is left out",
        "there is nothing at `pet.yaml#/Gone`; this part is left out",
        "there is nothing at ``; this part is left out",
        "`../../pet.yaml` leads to a file that cannot be read: no such file; this part is left out",
    ] {
        assert!(warnings.contains(&expected), "{expected}: {warnings:#?}");
    }
    assert!(
        warnings
            .iter()
            .any(|warning| warning.starts_with("`broken.yaml` leads to a file"))
    );
    assert!(
        warnings
            .iter()
            .any(|warning| warning.starts_with("invalid YAML"))
    );
    let schemas = &root(&loaded)["components"]["schemas"];
    assert_eq!(schemas["Url"]["$ref"], "https://example.com/pet.yaml#/Pet");
    assert_eq!(
        schemas["Inside"]["properties"]["a"]["$ref"],
        "pet.yaml#/Gone"
    );
}

#[test]
fn names_that_are_taken_get_the_names_of_file_and_folders() {
    let api = api(concat!(
        "paths: {}\ncomponents:\n  schemas:\n    A: {type: string}\n",
        "    Use: {properties: {a: {$ref: 'x.yaml#/A'}, b: {$ref: 'one/A.yaml'}, c: {$ref: 'two/A.yaml'}}}\n",
    ));
    let loaded = loaded(&[
        ("spec/api.yaml", &api),
        ("spec/x.yaml", "A: {type: integer}\n"),
        ("spec/one/A.yaml", "type: number\n"),
        ("spec/two/A.yaml", "type: boolean\n"),
    ]);
    let root = root(&loaded);
    let schemas = root["components"]["schemas"].as_object().unwrap();
    let names: Vec<&str> = schemas.keys().map(String::as_str).collect();
    assert_eq!(names, ["A", "Use", "x_A", "one_A", "two_A"]);
}

#[test]
fn folder_has_one_document_and_files_that_it_refers_to() {
    let files = [
        ("spec/api.yaml", api("paths: {/a: {$ref: a.yaml}}\n")),
        (
            "spec/a.yaml",
            "get: {responses: {'204': {description: A.}}}\n".to_owned(),
        ),
        ("spec/unused.json", "{\"a\": 1}".to_owned()),
    ];
    let files = files.map(|(path, text)| File {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    });
    let loaded = load_lenient(files, &mut |path| Err(format!("{path} is read"))).unwrap();
    assert_eq!(warnings(&loaded), [""; 0]);
    let root = root(&loaded);
    assert_eq!(
        root["paths"]["/a"]["get"]["responses"]["204"]["description"],
        "A."
    );
    assert_eq!(root["a"], Value::Null);
}

#[test]
fn documents_of_a_folder_are_united() {
    let files = [
        (
            "a.yaml",
            api(
                "servers: [{url: /}]\npaths: {/a: {get: {responses: {'204': {$ref: 'b.yaml#/components/responses/None'}}}}}\n",
            ),
        ),
        (
            "b.yaml",
            api("paths: {}\ncomponents: {responses: {None: {description: N.}}}\n"),
        ),
    ];
    let files = files.map(|(path, text)| File {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    });
    let loaded = load_lenient(files, &mut |path| Err(format!("{path} is read"))).unwrap();
    assert_eq!(warnings(&loaded), [""; 0]);
    let root = root(&loaded);
    let response = &root["paths"]["/a"]["get"]["responses"]["204"];
    assert_eq!(response["$ref"], "#/components/responses/None");
}

#[test]
fn anchors_and_ids_are_targets() {
    let api = api(concat!(
        "paths: {}\ncomponents:\n  schemas:\n",
        "    A: {$anchor: a, type: string}\n",
        "    B: {$id: 'https://example.com/b', type: object, properties: {c: {type: string}}}\n",
        "    Use: {properties: {a: {$ref: '#a'}, b: {$ref: 'https://example.com/b#/properties/c'}}}\n",
    ))
    .replace("3.0.3", "3.1.0");
    let loaded = loaded(&[("spec/api.yaml", &api)]);
    assert_eq!(warnings(&loaded), [""; 0]);
    let root = root(&loaded);
    let properties = &root["components"]["schemas"]["Use"]["properties"];
    assert_eq!(properties["a"]["$ref"], "#/components/schemas/A");
    assert_eq!(
        properties["b"]["$ref"],
        "#/components/schemas/B/properties/c"
    );
}

#[test]
fn schema_with_an_id_refers_to_its_own_definitions() {
    let schema = "{$id: 'https://example.com/a', $ref: '#/$defs/x', $defs: {x: {type: string}}, \
                  properties: {b: {$ref: '#/$defs/x'}}}";
    let api = api(&format!(
        "paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
    ));
    let api = api.replace("3.0.3", "3.1.0");
    assert_eq!(warnings(&loaded(&[("spec/api.yaml", &api)])), [""; 0]);
    let elsewhere = api.replace("$id: 'https://example.com/a', ", "");
    let loaded = loaded(&[("spec/api.yaml", &elsewhere)]);
    let expected = "there is nothing at `#/$defs/x`; this part is left out";
    assert_eq!(warnings(&loaded), [expected; 2]);
}
