//! Visits of the OpenAPI objects and schemas of a document.

use openapi_tree::{Operation, Source, load, load_valid, walk_schemas};

#[test]
fn walk_schemas_visits_schemas_and_no_object_with_the_name_of_a_keyword() {
    let yaml = r#"
paths:
  /a:
    parameters: [{ name: schema, in: query, schema: { title: parameter } }]
    get:
      responses:
        default: { content: { schema: { schema: { title: response } } } }
components:
  parameters:
    items: { name: items, schema: { title: component } }
  responses:
    schema: { description: A response. }
    x-named: { content: { text/plain: { schema: { title: named } } } }
  schemas:
    Parent:
      title: parent
      discriminator: { propertyName: kind }
      allOf: [{ title: part }]
      additionalProperties: { title: additional }
      properties:
        properties: { title: property, xml: { name: p } }
        schemas: { title: schemas, xml: { name: s } }
        example: { title: example, items: { title: item } }
        x-named: { title: extension }
      x-data: { items: { title: data } }
      default: { items: { title: data } }
"#;
    let root = load(Source::new("api.yaml", yaml)).unwrap().root;
    let mut titles = Vec::new();
    walk_schemas(&root, &mut |schema, pointer| {
        titles.push(
            schema
                .str_at("title")
                .unwrap_or(pointer.as_str())
                .to_owned(),
        );
    });
    assert_eq!(
        titles.join(" "),
        "parameter response component named parent part additional property schemas example item \
         extension"
    );
}

#[test]
fn extensions_of_paths_and_responses_are_data() {
    let yaml = r#"
openapi: 3.0.3
info: { title: T, version: 1.0.0 }
paths:
  x-meta: { $ref: nowhere.yaml, get: {} }
  /a:
    get:
      responses:
        default: { description: D }
        x-meta: { $ref: nowhere.yaml }
"#;
    let document = load_valid(Source::new("api.yaml", yaml)).unwrap();
    assert_eq!(Operation::all(&document.root).count(), 1);
}
