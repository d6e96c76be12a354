//! A small plan made by hand: pets that are kept in a store.

use crate::ir::*;
use crate::plan::*;
use crate::pointer::Pointer;

fn id(text: &str) -> Ident {
    Ident::of(text)
}

fn docs(summary: &str, description: &str) -> Docs {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Docs { summary: some(summary), description: some(description), ..Docs::default() }
}

fn member(wire: &str, ty: Ty, presence: Presence, description: &str) -> Member {
    Member {
        is_tag: false,
        xml: Default::default(),
        name: None,
        wire: wire.to_owned(),
        origin: Pointer::root(),
        ty,
        presence,
        default: None,
        constant: None,
        access: Access::ReadWrite,
        docs: docs("", description),
    }
}

fn plan_of(member: &Member, in_request: bool) -> MemberPlan {
    let required = matches!(member.presence, Presence::Required | Presence::Nullable);
    let writes = in_request && member.constant.is_none();
    let field = id(&member.wire);
    MemberPlan {
        in_new: writes && required,
        setter: (writes && !required).then(|| field.clone()),
        clear: (writes && member.presence == Presence::OptionalNullable && member.default.is_none())
            .then(|| id(&format!("clear_{}", member.wire))),
        field: if member.constant.is_some() { id(&member.wire.to_uppercase()) } else { field },
        presence: member.presence,
        boxed: member.wire == "parent",
    }
}

fn variant(name: &str) -> VariantPlan {
    VariantPlan { name: id(name), boxed: false }
}

struct Builder {
    types: Vec<Type>,
    plans: Vec<TypePlan>,
}

impl Builder {
    fn add(&mut self, name: &str, text: &str, shape: Shape, plan: impl FnOnce(&mut TypePlan)) {
        let mut of = TypePlan {
            boxed: false,
            name: id(name),
            home: HomeId(0),
            unwritten: false,
            in_request: false,
            eq: false,
            members: Vec::new(),
            additional: None,
            variants: Vec::new(),
            unknown: None,
        };
        plan(&mut of);
        self.plans.push(of);
        self.types.push(Type {
            origin: Pointer::root(),
            name: TypeName::Component(name.to_owned()),
            docs: docs("", text),
            shape,
            example: None,
            xml: Default::default(),
        });
    }
}

fn types() -> Builder {
    let mut out = Builder { types: Vec::new(), plans: Vec::new() };
    let mut tag = member("kind", Ty::String, Presence::Required, "");
    tag.constant = Some("\"cat\"".to_owned());
    let mut lives = member("lives", Ty::Int(IntKind::I64), Presence::Optional, "How many are left");
    lives.default = Some("9".to_owned());
    lives.docs.constraints = vec!["at most 9".to_owned()];
    lives.docs.default = Some("9".to_owned());
    let cat = vec![
        tag,
        member("name", Ty::String, Presence::Required, "What it is called, a `String<T>`."),
        lives,
        member("born", Ty::Format(Format::DateTime), Presence::OptionalNullable, ""),
        member("parent", Ty::Named(TypeId(0)), Presence::Optional, "See [parent]."),
        member("kinds", Ty::List(Box::new(Ty::String)), Presence::Nullable, ""),
    ];
    let plans = cat.iter().map(|member| plan_of(member, true)).collect();
    let shape = Shape::Struct(Struct { members: cat, additional: Some(Ty::Any), open: false });
    out.add("Cat", "A cat.", shape, |plan| {
        plan.in_request = true;
        plan.members = plans;
        plan.additional = Some(id("additional"));
    });
    let value = |wire: &str| EnumValue { wire: wire.to_owned(), name: None, docs: Docs::default() };
    let values = vec![value("asleep"), value("awake")];
    out.add("Mood", "", Shape::Enum(Enum { repr: EnumRepr::String, values }), |plan| {
        plan.variants = vec![variant("Asleep"), variant("Awake")];
        plan.unknown = Some(id("Unknown"));
    });
    let of = |ty: Ty, tags: &[&str]| Variant {
        name: None,
        origin: Pointer::root(),
        ty,
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        docs: Docs::default(),
    };
    let union = Union {
        tagging: Tagging::Member("kind".to_owned()),
        variants: vec![of(Ty::Named(TypeId(0)), &["cat", "kitten"]), of(Ty::Object, &["dog"])],
        ..Union::default()
    };
    out.add("Pet", "One of the pets.", Shape::Union(union), |plan| {
        plan.variants = vec![variant("Cat"), VariantPlan { name: id("Dog"), boxed: true }];
        plan.unknown = Some(id("Unknown"));
    });
    let union = Union {
        tagging: Tagging::Shape,
        variants: vec![of(Ty::String, &[]), of(Ty::Int(IntKind::I64), &[])],
        ..Union::default()
    };
    out.add("TextOrNumber", "", Shape::Union(union), |plan| {
        plan.variants = vec![variant("Text"), variant("Number")]
    });
    out.add("Names", "", Shape::Alias(Ty::List(Box::new(Ty::String))), |_| {});
    let page = vec![
        member("data", Ty::List(Box::new(Ty::Named(TypeId(2)))), Presence::Required, ""),
        member("after", Ty::String, Presence::Nullable, ""),
    ];
    let plans = page.iter().map(|member| plan_of(member, false)).collect();
    let shape = Shape::Struct(Struct { members: page, additional: None, open: false });
    out.add("Upload", "A page, called like a type of the runtime.", shape, |plan| {
        plan.members = plans;
        plan.home = HomeId(1);
    });
    out
}

fn param(wire: &str, location: Location, ty: Ty, required: bool, text: &str) -> Param {
    Param {
        wire: wire.to_owned(),
        origin: Pointer::root(),
        location,
        ty,
        nullable: false,
        required,
        style: if matches!(location, Location::Query | Location::Cookie) {
            Style::Form
        } else {
            Style::Simple
        },
        explode: matches!(location, Location::Query | Location::Cookie),
        allow_reserved: false,
        default: None,
        docs: docs("", text),
    }
}

fn json(ty: Ty) -> Option<Content> {
    Some(Content {
        media: "application/json".to_owned(),
        kind: ContentKind::Json(ty),
        example: None,
        encoding: Vec::new(),
    })
}

fn answer(code: u16, content: Option<Content>) -> Answer {
    Answer {
        origin: Pointer::root(),
        status: Status::Code(code),
        content,
        others: Vec::new(),
        headers: Vec::new(),
        docs: Docs::default(),
    }
}

fn operation(method: &str, path: &str, summary: &str, resource: u32) -> Operation {
    Operation {
        origin: Pointer::root(),
        id: None,
        resource: ResourceId(resource),
        method: method.to_owned(),
        path: path.to_owned(),
        docs: docs(summary, ""),
        params: Vec::new(),
        body: None,
        answers: Vec::new(),
        errors: vec![answer(422, json(Ty::Named(TypeId(0))))],
        security: vec![vec![Demand { scheme: SchemeId(0), scopes: Vec::new() }]],
        identity: None,
        idempotency: None,
        server: None,
    }
}

fn op_plan(label: &str, name: &str, call: &str, params: &[&str]) -> OpPlan {
    OpPlan {
        label: label.to_owned(),
        methods: vec![MethodPlan { name: id(name), content: None }],
        call: id(call),
        route: id(&name.to_uppercase()),
        params: params.iter().map(|name| id(name)).collect(),
        body: None,
        others: Vec::new(),
        outcome: Outcome::One(0),
        paging: None,
        streams: Default::default(),
        wait: None,
    }
}

fn operations() -> (Vec<Operation>, Vec<OpPlan>) {
    let mut list = operation("GET", "/v1/pets", "List pets", 1);
    let mut limit = param("limit", Location::Query, Ty::Int(IntKind::I64), false, "Page size");
    limit.default = Some("10".to_owned());
    let mut moods = param("moods", Location::Query, Ty::List(Box::new(Ty::Named(TypeId(1)))), false, "");
    moods.explode = false;
    moods.docs.deprecated = Some("use `limit`".to_owned());
    list.params = vec![limit, moods, param("after", Location::Query, Ty::String, false, "")];
    list.answers = vec![answer(200, json(Ty::Named(TypeId(5))))];
    let mut list_plan = op_plan("pets.list", "list", "List", &["limit", "moods", "after"]);
    list_plan.paging = Some(Paging {
        style: PageStyle::Cursor,
        param: Some(2),
        items: vec![PathStep { of: TypeId(5), member: 0 }],
        item: Ty::Named(TypeId(2)),
        next: vec![PathStep { of: TypeId(5), member: 1 }],
        more: Vec::new(),
    });

    let mut create = operation("POST", "/v1/pets", "", 1);
    let content = Content {
        media: "application/json".to_owned(),
        kind: ContentKind::Json(Ty::Named(TypeId(0))),
        example: Some("{\"kind\": \"cat\", \"name\": \"Tom\"}".to_owned()),
        encoding: Vec::new(),
    };
    create.body = Some(Body {
        origin: Pointer::root(),
        required: true,
        contents: vec![content],
        docs: Docs::default(),
    });
    create.answers = vec![answer(200, json(Ty::Named(TypeId(2)))), answer(202, None)];
    create.docs.deprecated = Some(String::new());
    create.security = Vec::new();
    let mut create_plan = op_plan("pets.create", "create", "Create", &[]);
    create_plan.methods[0].content = Some(0);
    create_plan.body = Some(id("body"));
    create_plan.outcome =
        Outcome::Choice { name: id("CreateAnswer"), variants: vec![id("Done"), id("Accepted")] };

    let mut get = operation("GET", "/v1/pets/{pet}/toys/{toy}", "Get Toy", 2);
    get.params = vec![
        param("toy", Location::Path, Ty::Int(IntKind::I64), true, ""),
        param("pet", Location::Path, Ty::String, true, "Whose toy"),
    ];
    get.answers = vec![answer(204, None)];
    let get_plan = op_plan("pets.toys.get", "get", "Get", &["toy", "pet"]);
    (vec![list, create, get], vec![list_plan, create_plan, get_plan])
}

fn resource(parent: Option<u32>, wire: &str, operations: &[u32], children: &[u32]) -> Resource {
    Resource {
        name: None,
        parent: parent.map(ResourceId),
        wire: wire.to_owned(),
        full: wire.to_owned(),
        docs: Docs::default(),
        operations: operations.iter().copied().map(OpId).collect(),
        children: children.iter().copied().map(ResourceId).collect(),
    }
}

fn resource_plan(module: &str, handle: &str, feature: Option<&str>) -> ResourcePlan {
    ResourcePlan {
        module: id(module),
        handle: id(handle),
        accessor: id(module),
        feature: feature.map(str::to_owned),
    }
}

/// The plan.
pub(crate) fn plan() -> Plan {
    let Builder { types, plans } = types();
    let (operations, op_plans) = operations();
    let api = Api {
        info: Info {
            title: "Pet Store".to_owned(),
            version: "1.2".to_owned(),
            summary: Some("Keeps pets.".to_owned()),
            description: Some("# About\nSee https://pets.example.".to_owned()),
        },
        servers: vec![Server {
            url: "https://{zone}.pets.example".to_owned(),
            description: None,
            variables: vec![("zone".to_owned(), "eu".to_owned())],
        }],
        schemes: vec![Scheme {
            key: "APIKey".to_owned(),
            origin: Pointer::root(),
            kind: SchemeKind::ApiKeyHeader("Api-Key".to_owned()),
            description: None,
        }],
        types,
        operations,
        resources: vec![
            resource(None, "", &[], &[1]),
            resource(Some(0), "pets", &[0, 1], &[2]),
            resource(Some(1), "toys", &[2], &[]),
        ],
        ..Api::default()
    };
    Plan {
        places: Vec::new(),
        xml: Default::default(),
        api,
        types: plans,
        operations: op_plans,
        resources: vec![
            resource_plan("root", "Client", None),
            resource_plan("pets", "Pets", Some("pets")),
            resource_plan("toys", "Toys", Some("pets")),
        ],
        homes: vec![
            Home { module: id("shared"), feature: None, types: (0..5).map(TypeId).collect() },
            Home { module: id("pets"), feature: Some("pets".to_owned()), types: vec![TypeId(5)] },
        ],
        credentials: vec![CredentialPlan { name: id("api_key"), source: None }],
        needs: Needs::default(),
    }
}
