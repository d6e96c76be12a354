//! Everything around schemas.

use expect_test::expect;

use super::node;

#[test]
fn parameters() {
    node(
        "/paths/~1p/get/parameters",
        r##"[{"name":"a","in":"query","schema":{"type":["string","null"]}},{"$ref":"#/components/parameters/X","description":"d"}]"##,
        expect![[r##"
            [{"name":"a","in":"query","schema":{"type":"string","nullable":true}},{"$ref":"#/components/parameters/X"}]
            keyword-ignored ./1/description: `description` has no effect: it is next to a `$ref`"##]],
    );
    node(
        "/paths/~1p/get/parameters",
        r##"[{"name":"a","in":"Query","type":"integer","format":"int32","enum":[1],"required":true}]"##,
        expect![[r#"
            [{"name":"a","in":"query","required":true,"schema":{"type":"integer","format":"int32","enum":[1]}}]
            sloppy ./0/type: the type of an item of `parameters` must be in `schema`
            sloppy ./0/in: `in` must be `query`; `"Query"` is read as `"query"`"#]],
    );
    node(
        "/paths/~1p/get/parameters",
        r##"[{"name":"a","in":"query"},{"name":"b","in":"query","schema":null}]"##,
        expect![[r#"
            [{"name":"a","in":"query","schema":{}},{"name":"b","in":"query","schema":{}}]
            sloppy ./0: a parameter needs `schema` or `content`
            sloppy ./1/schema: `schema` has no value
            sloppy ./1: a parameter needs `schema` or `content`"#]],
    );
    node(
        "/paths/~1p/get/parameters",
        r##"[{"in":"query","schema":{}},{"name":"b","schema":{}},{"name":"c","in":"body","schema":{}}]"##,
        expect![[r#"
            [{"in":"query","schema":{},"name":""},{"name":"b","schema":{},"in":"query"}]
            Unsendable("has no `name` or `in`") ./0
            Unsendable("has no `name` or `in`") ./1
            sloppy ./2: `in: body` is Swagger 2
            wrong-shape ./0: a parameter needs `name`, which is missing
            wrong-shape ./1: a parameter needs `in`, which is missing"#]],
    );
}

#[test]
fn styles_and_examples_of_parameters() {
    node(
        "/paths/~1p/get/parameters",
        r##"[{"name":"a","in":"path","required":true,"style":"form","schema":{}},{"name":"b","in":"query","style":"simple","schema":{}},{"name":"c","in":"query","style":"matrix","schema":{}},{"name":"d","in":"query","style":"deepobject","schema":{}}]"##,
        expect![[r#"
            [{"name":"a","in":"path","required":true,"style":"simple","schema":{}},{"name":"b","in":"query","style":"form","schema":{},"explode":false},{"name":"c","in":"query","schema":{}},{"name":"d","in":"query","style":"deepObject","schema":{}}]
            sloppy ./0/style: the style `form` is not valid for a path parameter
            sloppy ./1/style: the style `simple` is not valid for a query parameter
            wrong-shape ./2/style: the style `matrix` is not valid for a query parameter
            sloppy ./3/style: `style` must be `deepObject`; `"deepobject"` is read as `"deepObject"`"#]],
    );
    node(
        "/paths/~1p/get/parameters",
        r##"[{"name":"a","in":"query","schema":{},"content":{"application/json":{}}}]"##,
        expect![[r#"
            [{"name":"a","in":"query","schema":{}}]
            sloppy ./0/content: a parameter has both `schema` and `content`"#]],
    );
    node(
        "/paths/~1p/get/parameters",
        r##"["a",{"name":"b","in":"query","schema":{"const":1}},null]"##,
        expect![[r#"
            [{"name":"b","in":"query","schema":{"enum":[1]}}]
            wrong-shape ./0: an item of `parameters` must be a parameter, but is a string
            sloppy ./2: an item of `parameters` has no value"#]],
    );
    node(
        "/paths/~1p/get/parameters",
        r##"{"a":1}"##,
        expect![[r#"
            nothing
            wrong-shape .: `parameters` must be an array of parameters, but is an object"#]],
    );
    node(
        "/paths/~1p/get/parameters",
        r##"[{"name":"a","in":"query","schema":{},"examples":["x"]},{"name":"b","in":"query","schema":{},"examples":{"one":"x","two":{"value":1},"three":{"foo":1}}}]"##,
        expect![[r#"
            [{"name":"a","in":"query","schema":{},"example":"x"},{"name":"b","in":"query","schema":{},"examples":{"one":{"value":"x"},"two":{"value":1},"three":{"value":{"foo":1}}}}]
            sloppy ./0/examples: `examples` must be an object here; the first item is read as `example`
            sloppy ./1/examples/one: `one` must be an example object; the value is read as its `value`
            sloppy ./1/examples/three: `three` must be an example object; the value is read as its `value`"#]],
    );
    node(
        "/paths/~1p/get/parameters",
        r##"[{"$ref":3}]"##,
        expect![[r#"
            [{"$ref":"3"}]
            sloppy ./0/$ref: `$ref` must be a string; `3` is read as `"3"`"#]],
    );
}

#[test]
fn responses() {
    node(
        "/paths/~1p/get/responses",
        r##"{"200":{"description":"","content":{"application/json":{"schema":{"type":["string","null"]},"examples":{"a":{"value":{"type":["a"]}}}},"text/plain":null}},"2xx":{"$ref":"#/components/responses/R"},"default":{},"ok":{"description":""},"1000":{"description":""},"404":null,"x-y":1}"##,
        expect![[r##"
            {"200":{"description":"","content":{"application/json":{"schema":{"type":"string","nullable":true},"examples":{"a":{"value":{"type":["a"]}}}},"text/plain":{}}},"2xx":{"$ref":"#/components/responses/R"},"default":{"description":""},"404":{"description":""},"x-y":1}
            sloppy ./200/content/text~1plain: `text/plain` has no value
            sloppy ./default: a response needs `description`, which is missing
            wrong-shape ./ok: `ok` is not a status
            wrong-shape ./1000: `1000` is not a status
            sloppy ./404: `404` has no value
            sloppy ./404: a response needs `description`, which is missing"##]],
    );
    node(
        "/paths/~1p/get/responses",
        r##"{"200":{"description":"","headers":{"X-A":{"schema":{"type":["integer","null"]}},"X-B":{},"X-C":{"$ref":"#/components/headers/H"},"X-D":{"type":"string"}},"links":{"a":{"operationId":"b"}}}}"##,
        expect![[r##"
            {"200":{"description":"","headers":{"X-A":{"schema":{"type":"integer","nullable":true}},"X-B":{"schema":{}},"X-C":{"$ref":"#/components/headers/H"},"X-D":{"schema":{"type":"string"}}},"links":{"a":{"operationId":"b"}}}}
            sloppy ./200/headers/X-B: a header needs `schema` or `content`
            sloppy ./200/headers/X-D/type: the type of `X-D` must be in `schema`
            keyword-ignored ./200/links: `links` adds no methods: links between operations are not generated"##]],
    );
    node(
        "/paths/~1p/get/responses",
        r##"[]"##,
        expect![[r#"
            {}
            wrong-shape .: `responses` must be an object whose keys are statuses, but is an array"#]],
    );
}

#[test]
fn operations() {
    node(
        "/paths/~1p/get",
        r##"{"operationId":3,"tags":"a","deprecated":"true","callbacks":{"c":{"$ref":"x"}},"consumes":["a"],"requestBody":{"content":{"application/json":{"schema":{"const":"a"},"encoding":{"a":{"contentType":"x","style":"Form"}}}},"required":"true"}}"##,
        expect![[r#"
            {"operationId":"3","tags":["a"],"deprecated":true,"callbacks":{"c":{"$ref":"x"}},"consumes":["a"],"requestBody":{"content":{"application/json":{"schema":{"enum":["a"]},"encoding":{"a":{"contentType":"x","style":"form"}}}},"required":true},"responses":{}}
            sloppy ./operationId: `operationId` must be a string; `3` is read as `"3"`
            sloppy ./tags: `tags` must be an array of strings; `"a"` is read as `["a"]`
            sloppy ./deprecated: `deprecated` must be a boolean; `"true"` is read as `true`
            keyword-ignored ./callbacks: `callbacks` adds no methods: the server makes these requests; only their bodies become types
            keyword-unknown ./consumes: `consumes` is not a keyword of an operation, and has no effect
            sloppy ./requestBody/content/application~1json/encoding/a/style: `style` must be `form`; `"Form"` is read as `"form"`
            sloppy ./requestBody/required: `required` must be a boolean; `"true"` is read as `true`"#]],
    );
    node(
        "/paths/~1p/get",
        r##"{"responses":{},"security":[{"a":null,"b":["s"],"c":"t"},3],"servers":["/v1",{"url":"/{v}","variables":{"v":{"default":1,"enum":[1,2]}}},{}],"externalDocs":{"description":"d"}}"##,
        expect![[r#"
            {"responses":{},"security":[{"a":[],"b":["s"],"c":["t"]}],"servers":[{"url":"/v1"},{"url":"/{v}","variables":{"v":{"default":"1","enum":["1","2"]}}},{"url":"/"}],"externalDocs":{"description":"d","url":""}}
            sloppy ./responses: `responses` is empty
            sloppy ./security/0/a: `a` must be an array of scopes; `null` is read as `[]`
            sloppy ./security/0/c: `c` must be an array of strings; `"t"` is read as `["t"]`
            wrong-shape ./security/1: an item of `security` must be an object whose keys are security schemes, but is a number
            sloppy ./servers/0: an item of `servers` must be a server object; the value is read as its `url`
            sloppy ./servers/1/variables/v/default: `default` must be a string; `1` is read as `"1"`
            sloppy ./servers/1/variables/v/enum/0: an item of `enum` must be a string; `1` is read as `"1"`
            sloppy ./servers/1/variables/v/enum/1: an item of `enum` must be a string; `2` is read as `"2"`
            sloppy ./servers/2: a server object needs `url`, which is missing
            sloppy ./externalDocs: an external documentation object needs `url`, which is missing"#]],
    );
}

#[test]
fn path_items() {
    node(
        "/paths",
        r##"{"/a":{"$ref":"#/components/pathItems/A"},"b":{"get":{"responses":{}}},"/c":{"query":{"responses":{}},"additionalOperations":{},"gett":{}},"/d":null,"x-e":{"get":1},"/f":{"$ref":"#/paths/~1c","summary":"s"},"/g":{"$ref":"other.yaml"}}"##,
        expect![[r##"
            {"/a":{"$ref":"#/components/pathItems/A"},"/b":{"get":{"responses":{}}},"/c":{"query":{"responses":{}},"gett":{}},"/d":{},"x-e":{"get":1},"/f":{"query":{"responses":{}},"gett":{},"summary":"s"},"/g":{"$ref":"other.yaml"}}
            sloppy ./b: the path `b` must begin with `/`
            sloppy ./b/get/responses: `responses` is empty
            sloppy ./~1c/additionalOperations: `additionalOperations` needs OpenAPI 3.2, but the document is 3.1
            sloppy ./~1c/query: `query` needs OpenAPI 3.2, but the document is 3.1
            sloppy ./~1c/query/responses: `responses` is empty
            keyword-unknown ./~1c/gett: `gett` is not a keyword of a path item, and has no effect
            sloppy ./~1d: `/d` has no value"##]],
    );
    node(
        "/paths",
        r##"{"a":{},"/a":{}}"##,
        expect![[r#"
            {"/a":{}}
            wrong-shape ./a: `a` is not a path, and `/a` exists, too"#]],
    );
}

#[test]
fn path_item_components() {
    node(
        "/components/pathItems",
        r##"{"A":{"get":{"responses":{"200":{"description":"","content":{"a/b":{"schema":{"const":1}}}}}}},"B":{}}"##,
        expect![[r#"
            {"A":{"get":{"responses":{"200":{"description":"","content":{"a/b":{"schema":{"const":1}}}}}}},"B":{}}
            keyword-ignored ./A: the path item `A` is not used by any path
            keyword-ignored ./B: the path item `B` is not used by any path"#]],
    );
}

#[test]
fn security_schemes() {
    node(
        "/components/securitySchemes",
        r##"{"a":{"type":"apiKey","name":"k","in":"Header"},"b":{"type":"mutualTLS","description":"d"},"c":{"type":"basic"},"d":{"type":"http"},"e":{"type":"oauth2","flows":{"clientCredentials":{"scopes":{"r":null}},"implicit":{"authorizationUrl":"u"},"deviceAuthorization":{}}},"f":{"type":"openIdConnect"},"g":{"type":"digest"},"h":{"$ref":"#/components/securitySchemes/a"},"i":{"type":"apiKey"}}"##,
        expect![[r##"
            {"a":{"type":"apiKey","name":"k","in":"header"},"b":{"type":"http","description":"d","scheme":"mutual-tls"},"c":{"type":"http","scheme":"basic"},"d":{"type":"http","scheme":""},"e":{"type":"oauth2","flows":{"clientCredentials":{"scopes":{"r":""},"tokenUrl":""},"implicit":{"authorizationUrl":"u","scopes":{}}}},"f":{"type":"openIdConnect","openIdConnectUrl":""},"g":{"type":"http","scheme":""},"h":{"$ref":"#/components/securitySchemes/a"},"i":{"type":"apiKey","name":"","in":"header"}}
            sloppy ./a/in: `in` must be `header`; `"Header"` is read as `"header"`
            sloppy ./c/type: `basic` is not a type of security scheme
            wrong-shape ./d: a security scheme needs `scheme`, which is missing
            sloppy ./e/flows/clientCredentials/scopes/r: `r` must be a string; `null` is read as `""`
            sloppy ./e/flows/clientCredentials: an OAuth flow object needs `tokenUrl`, which is missing
            sloppy ./e/flows/implicit: an OAuth flow object needs `scopes`, which is missing
            keyword-ignored ./e/flows/deviceAuthorization: `deviceAuthorization` (OpenAPI 3.2) has no effect: this flow is not supported
            wrong-shape ./f: a security scheme needs `openIdConnectUrl`, which is missing
            wrong-shape ./g/type: `type` must be one of `apiKey`, `http`, `oauth2`, `openIdConnect`, but is `digest`
            wrong-shape ./i: a security scheme needs `name`, which is missing
            wrong-shape ./i: a security scheme needs `in`, which is missing"##]],
    );
}

#[test]
fn info() {
    node(
        "/info",
        r##"{"title":"T","summary":"s","version":1.0,"license":{"identifier":"MIT"},"contact":"me"}"##,
        expect![[r#"
            {"title":"T","summary":"s","version":"1.0","license":{"identifier":"MIT","name":""}}
            sloppy ./version: `version` must be a string; `1.0` is read as `"1.0"`
            sloppy ./license: a license object needs `name`, which is missing
            wrong-shape ./contact: `contact` must be a contact object, but is a string"#]],
    );
}

#[test]
fn tags_and_servers() {
    node(
        "/tags",
        r##"[{"name":"a","externalDocs":{"url":"u"}},"b",{"description":"d"}]"##,
        expect![[r#"
            [{"name":"a","externalDocs":{"url":"u"}},{"name":"b"},{"description":"d","name":""}]
            sloppy ./1: an item of `tags` must be a tag object; the value is read as its `name`
            wrong-shape ./2: a tag object needs `name`, which is missing"#]],
    );
}

#[test]
fn webhooks_stay_as_data() {
    node(
        "/webhooks",
        r##"{"a":{"post":{}}}"##,
        expect![[r#"
            {"a":{"post":{}}}
            keyword-ignored .: `webhooks` (OpenAPI 3.1) adds no methods: the server makes these requests; only their bodies become types"#]],
    );
}

#[test]
fn components() {
    node(
        "/components/links",
        r##"{"a":{"operationId":"b"}}"##,
        expect![[r#"
            {"a":{"operationId":"b"}}
            keyword-ignored .: `links` adds no methods: links between operations are not generated"#]],
    );
}

#[test]
fn components_of_other_kinds() {
    node(
        "/components/requestBodies",
        r##"{"a":{"description":1,"content":[]},"b":{"content":{"x/y":{"schema":{"type":"int"},"example":{"type":["x"]}}}}}"##,
        expect![[r#"
            {"a":{"description":"1","content":{}},"b":{"content":{"x/y":{"schema":{"type":"integer"},"example":{"type":["x"]}}}}}
            sloppy ./a/description: `description` must be a string; `1` is read as `"1"`
            wrong-shape ./a/content: `content` must be an object whose values are media type objects, but is an array
            sloppy ./b/content/x~1y/schema/type: `int` is not a JSON type; it is read as `integer`"#]],
    );
}

#[test]
fn files_of_multipart_bodies() {
    node(
        "/paths/~1p/post",
        r##"{"requestBody":{"content":{"multipart/form-data":{"schema":{"type":"object","properties":{"a":{},"b":{"title":"B"},"c":{"type":"string","contentMediaType":"image/png"},"d":{"type":"array","items":{}},"e":{"anyOf":[{"type":"string","contentMediaType":"application/octet-stream"},{"type":"null"}]},"f":{"type":"string"},"g":{"type":"string","contentMediaType":"image/png","contentEncoding":"base64"},"h":true}}}}},"responses":{}}"##,
        expect![[r#"
            {"requestBody":{"content":{"multipart/form-data":{"schema":{"type":"object","properties":{"a":{"type":"string","format":"binary"},"b":{"title":"B","type":"string","format":"binary"},"c":{"type":"string","contentMediaType":"image/png","format":"binary"},"d":{"type":"array","items":{"type":"string","format":"binary"}},"e":{"nullable":true,"type":"string","format":"binary"},"f":{"type":"string"},"g":{"type":"string","contentMediaType":"image/png","format":"byte"},"h":{"type":"string","format":"binary"}}}}}},"responses":{}}
            sloppy ./responses: `responses` is empty"#]],
    );
    node(
        "/paths/~1p/post",
        r##"{"requestBody":{"content":{"multipart/form-data":{"schema":{"$ref":"#/components/schemas/Cat"}}}},"responses":{}}"##,
        expect![[r##"
            {"requestBody":{"content":{"multipart/form-data":{"schema":{"$ref":"#/components/schemas/Cat"}}}},"responses":{}}
            sloppy ./responses: `responses` is empty"##]],
    );
}
