// Calls a Prefect server with its SDK, and reads again what it wrote.

use served_sdk::runtime::model::{DateTime, Object, Utc, Uuid, Value};
use served_sdk::types::{
    BodyCountFlowRunsFlowRunsCountPost, BodyPaginateFlowsFlowsPaginatePost, BodyReadFlowsFlowsFilterPost,
    BodyReadLogsLogsFilterPost, BodySetFlowRunStateFlowRunsIdSetStatePost, FlowCreate, FlowFilter, FlowFilterName,
    FlowRunCreate, FlowRunFilter, FlowRunFilterName, FlowSort, FlowUpdate, LogCreate, LogFilter, LogFilterFlowRunId,
    SetStateStatus, StateCreate, StateType, VariableCreate, VariableUpdate, VariableValue, WorkPoolCreate,
    WorkPoolUpdate,
};

const JUDGE: &str = "prefect";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = std::env::args().nth(1).expect("the URL of the server");
    let client = served_sdk::Client::builder().base_url(url).build().expect("a client");
    // Names from earlier runs are harmless.
    let run = std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0, |time| time.as_millis());
    let name = |what: &str| format!("{what}-{run}");
    check("health", client.root().health_check(), |well| same(well, &true)).await;
    check("version", client.admin().read_version(), |version| same(&version.starts_with("3."), &true)).await;
    check("settings", client.admin().read_settings(), |_| Ok(())).await;
    flows(&client, &name).await;
    variables(&client, &name("words").replace('-', "_")).await;
    work_pools(&client, &name("pool ü")).await;
}

async fn flows(client: &served_sdk::Client, name: &dyn Fn(&str) -> String) {
    let flows = client.flows();
    let mut ids = Vec::new();
    for what in ["a b+ü", "b", "c"] {
        let wanted = name(what);
        let create = flows.create(FlowCreate::new(wanted.clone()).tags(["x", "ü"]));
        let flow = check(&format!("create flow {what}"), create, |flow| same(&flow.name, &wanted)).await;
        ids.extend(flow.map(|flow| flow.id));
    }
    let Some(id) = ids.first().copied() else { return };
    check("read flow", flows.read_flow(id), |flow| same(&flow.name, &name("a b+ü"))).await;
    check("read flow by name", flows.read_by_name(name("b")), |flow| same(&Some(&flow.id), &ids.get(1))).await;
    let tagged = Some(vec!["only".to_owned()]);
    check("update flow", flows.update(id, FlowUpdate::new().tags(["only"])), |nothing| same(nothing, &())).await;
    check("read flow, updated", flows.read_flow(id), |flow| same(&flow.tags, &tagged)).await;
    let ours = || FlowFilter::new().name(FlowFilterName::new().any(["a b+ü", "b", "c"].map(name)));
    let filter = BodyReadFlowsFlowsFilterPost::new().flows(ours()).sort(FlowSort::NameDesc).limit(2);
    check("filter flows", flows.read_flows().body(filter.clone()), |all| {
        let names: Vec<&str> = all.iter().map(|flow| flow.name.as_str()).collect();
        same(&names, &vec![name("c").as_str(), name("b").as_str()])
    })
    .await;
    check("filter flows, second page", flows.read_flows().body(filter.offset(2)), |all| same(&all.len(), &1)).await;
    let page = BodyPaginateFlowsFlowsPaginatePost::new().flows(ours()).limit(2).page(2);
    check("paginate flows", flows.paginate().body(page), |found| {
        same(&(found.count, found.page, found.pages, found.results.len()), &(3, 2, 2, 1))
    })
    .await;
    check("count flows", flows.count(), |count| same(&(*count >= 3), &true)).await;
    flow_runs(client, id, &name("run")).await;
    check("delete flow", flows.delete(id), |nothing| same(nothing, &())).await;
    refused("read flow, deleted", flows.read_flow(id), 404, |_| Ok(())).await;
    let bad = BodyReadFlowsFlowsFilterPost::new().offset(-1);
    refused("filter flows, wrong offset", flows.read_flows().body(bad), 422, |_| Ok(())).await;
}

async fn flow_runs(client: &served_sdk::Client, flow: Uuid, name: &str) {
    let runs = client.flow_runs();
    let parameters = Object::from_iter([("n".to_owned(), Value::from(3)), ("text".to_owned(), Value::from("ü"))]);
    let create = FlowRunCreate::new(flow).name(name).parameters(parameters.clone());
    let create = runs.create(create.state(StateCreate::new(StateType::Pending)));
    let run = check("create flow run", create, |run| {
        same(&run.parameters, &Some(parameters.clone()))?;
        same(&run.state_type, &Some(StateType::Pending))
    })
    .await;
    let Some(run) = run else { return };
    for state in [StateType::Running, StateType::Completed] {
        let call = format!("set state {state:?}");
        let new = BodySetFlowRunStateFlowRunsIdSetStatePost::new(StateCreate::new(state).message("by us"));
        check(&call, runs.set_state(run.id, new), |result| same(&result.status, &SetStateStatus::Accept)).await;
    }
    check("read flow run", runs.read_flow_run(run.id), |found| {
        same(&(found.state_type.clone(), found.run_count), &(Some(StateType::Completed), 1))
    })
    .await;
    let ours = FlowRunFilter::new().name(FlowRunFilterName::new().any([name]));
    let count = BodyCountFlowRunsFlowRunsCountPost::new().flow_runs(ours);
    check("count flow runs", runs.count().body(count), |count| same(count, &1)).await;
    logs(client, run.id).await;
    check("delete flow run", runs.delete(run.id), |nothing| same(nothing, &())).await;
}

async fn logs(client: &served_sdk::Client, run: Uuid) {
    let time: DateTime<Utc> = "2026-01-02T03:04:05.678901Z".parse().expect("a time");
    let log = |level, text: &str| LogCreate::new("judge", level, text, time).flow_run_id(run);
    let logs = client.logs();
    check("create logs", logs.create(vec![log(20, "one\ntwo"), log(40, "drei – ü")]), |_| Ok(())).await;
    let ours = LogFilter::new().flow_run_id(LogFilterFlowRunId::new().any(vec![run]));
    let read = logs.read().body(BodyReadLogsLogsFilterPost::new().logs(ours));
    check("read logs", read, |all| {
        let mut found: Vec<(i64, &str)> = all.iter().map(|log| (log.level, log.message.as_str())).collect();
        found.sort();
        same(&found, &vec![(20, "one\ntwo"), (40, "drei – ü")])?;
        same(&all[0].timestamp, &time)
    })
    .await;
}

async fn variables(client: &served_sdk::Client, name: &str) {
    let variables = client.variables();
    let value = VariableValue::Object(Object::from_iter([("a".to_owned(), Value::from(vec![1, 2]))]));
    let create = variables.create(VariableCreate::new(name).value(value.clone()).tags(["t"]));
    check("create variable", create, |found| same(&found.value, &Some(value.clone()))).await;
    refused("create variable twice", variables.create(VariableCreate::new(name)), 409, |_| Ok(())).await;
    let update = VariableUpdate::new().value(VariableValue::Integer(-5));
    check("update variable", variables.update_by_name(name, update), |nothing| same(nothing, &())).await;
    let wanted = Some(VariableValue::Integer(-5));
    check("read variable", variables.read_by_name(name), |found| same(&found.value, &wanted)).await;
    check("delete variable", variables.delete_by_name(name), |nothing| same(nothing, &())).await;
}

async fn work_pools(client: &served_sdk::Client, name: &str) {
    let pools = client.work_pools();
    let create = pools.create(WorkPoolCreate::new(name).type_("process").concurrency_limit(3).is_paused(true));
    check("create work pool", create, |pool| {
        same(&(pool.concurrency_limit, pool.is_paused), &(Some(3), true))
    })
    .await;
    let update = pools.update(name, WorkPoolUpdate::new().is_paused(false).clear_concurrency_limit());
    check("update work pool", update, |nothing| same(nothing, &())).await;
    check("read work pool", pools.read_work_pool(name), |pool| {
        same(&(pool.concurrency_limit, pool.is_paused), &(None, false))
    })
    .await;
    check("read work queues", pools.read_work_queues(name), |all| same(&all.len(), &1)).await;
    check("delete work pool", pools.delete(name), |nothing| same(nothing, &())).await;
}
