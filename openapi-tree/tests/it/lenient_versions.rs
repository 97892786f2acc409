//! The lenient reading reports what a version of OpenAPI does not allow.

use crate::lenient::loaded;

#[test]
fn mistakes_of_openapi_3_0_are_warnings() {
    let text = "\
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get: {sumary: A}
    post:
      responses: {'200': {}}
      parameters: [{name: a, in: query, schema: {type: int, maxlength: 3}}]
  b: {get: {responses: {default: {description: B}}}}
components:
  schemas: {A: {type: text}, A B: {type: object}}
  pathItem: {}
";
    let (_, warnings) = loaded("api.yaml", text);
    insta::assert_snapshot!(warnings.join("\n"));
}

#[test]
fn mistakes_of_openapi_3_1_are_warnings() {
    let text = "\
openapi: 3.1.0
info: {title: T, version: '1', licence: MIT}
paths:
  /a:
    get: {sumary: A, title: A, responses: {'200': {}}}
    post:
      parameters:
        - {name: a, in: query, scheme: {}, schema: {type: int, properties: {b: {maxLength: '-', title: [3]}}}}
        - {name: b, in: query}
        - {name: c, in: header, allowEmptyValue: true, schema: {}}
        - {name: d, in: path, style: form, explode: true, required: true, schema: {}, titel: D}
        - {name: e, in: query, schema: {}, content: {text/plain: {}}}
        - {$ref: '#/components/parameters/p', description: B}
      requestBody: {}
      responses: {'2000': {}, '200': {$ref: '#/components/responses/r', summary: [], content: {}}}
  b: {get: {}}
webhooks:
  w: {post: {tags: [{}]}}
components:
  schemas:
    A: {type: [string, text], discriminator: {mapping: {}}}
    A B: {xml: {nam: a}, nullable: true, unknown: 1}
    C: true
    D: {required: [[]], enum: 3, exclusiveMinimum: true, minLength: -1, $ref: 3}
  parameters:
    p: {name: p, in: query, schema: true, example: 1, examples: {a: {}}}
  responses:
    r: {description: R, links: {l: {}}}
  securitySchemes:
    s: {type: http}
    t: {type: oauth2, flows: {implicit: {scopes: {}}}}
  pathItems:
    i: {get: {operationId: 3, security: {}}}
  other: {}
";
    let (_, warnings) = loaded("api.yaml", text);
    insta::assert_snapshot!(warnings.join("\n"));
}

#[test]
fn openapi_3_1_that_is_valid_has_no_warning() {
    let text = "\
openapi: 3.1.0
info: {title: T, version: '1', summary: S, license: {name: MIT, identifier: MIT}, x-a: 1}
jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
x-b: {}
paths:
  x-c: 1
  /a/{a}:
    summary: A
    parameters:
      - {name: a, in: path, required: true, schema: {type: string}, style: label, x-d: 1}
      - {$ref: '#/components/parameters/p', description: B}
      - {name: c, in: cookie, schema: {type: [string, 'null'], const: 1, $comment: C}, explode: false}
    post:
      requestBody: {content: {multipart/form-data: {schema: {}, encoding: {a: {style: form}}}}}
      responses: {default: {description: D}, 2XX: {description: D, headers: {H: {schema: {}, example: 1}}}}
      callbacks: {c: {'{$request.body#/url}': {post: {}}}}
    delete: {security: [{s: [admin]}, {}]}
webhooks:
  w: {post: {}}
components:
  schemas:
    A: {$defs: {B: {prefixItems: [true, false]}}, if: {}, then: {}, unknown: {}, x-e: 1, examples: [1]}
    B: {$ref: '#/components/schemas/A', description: B, readOnly: true}
    C: true
  parameters:
    p: {name: p, in: query, allowEmptyValue: true, content: {application/json: {schema: {}}}}
  securitySchemes:
    s: {type: mutualTLS}
  pathItems:
    i: {$ref: '#/paths/~1a~1{a}', description: I}
";
    assert_eq!(loaded("api.yaml", text).1, [""; 0]);
}

#[test]
fn deep_schemas_are_checked() {
    for version in ["3.0.3", "3.1.0"] {
        for keyword in [
            "{items: ",
            "{not: ",
            "{properties: {a: ",
            "{allOf: [{oneOf: [",
        ] {
            let ends = keyword.chars().rev();
            let end: String = ends
                .filter_map(|open| match open {
                    '{' => Some('}'),
                    '[' => Some(']'),
                    _ => None,
                })
                .collect();
            let most = 120 / end.len();
            let deep = format!(
                "{}{{minLength: []}}{}",
                keyword.repeat(most),
                end.repeat(most)
            );
            let text = format!(
                "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {deep}}}}}\n"
            );
            let (_, warnings) = loaded("api.yaml", text);
            assert_eq!(warnings.len(), 1, "{version} {keyword}: {warnings:#?}");
        }
    }
}

#[test]
fn each_of_many_mistakes_is_reported_once() {
    const NUMBER: usize = 20_000;
    for version in ["3.0.3", "3.1.0"] {
        let parameters: String = (0..NUMBER)
            .map(|number| format!("\n  - {{name: a{number}, in: query, schema: {{}}, typo: 1}}"))
            .collect();
        let text = format!(
            "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths:\n /a:\n  parameters: {parameters}\n"
        );
        let (_, warnings) = loaded("api.yaml", text);
        assert_eq!(warnings.len(), NUMBER);
    }
}
