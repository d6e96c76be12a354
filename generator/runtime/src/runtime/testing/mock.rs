//! Responses planned by operation.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Method;
use serde_core::Serialize;

use super::super::call::{Call, Operation};
use super::super::client::{Builder, Core};
use super::super::clock;
use super::super::error::{TransportError, TransportErrorKind};
use super::super::future::BoxFuture;
use super::super::retry::RetryPolicy;
use super::super::transport::{HttpRequest, HttpResponse, Transport};
use super::{Canned, Double, Routed, Seen};

/// A mock without responses; see [`Mock`].
#[must_use]
pub fn mock() -> Mock {
    Mock(Arc::default())
}

/// A transport with responses planned by operation. Clones, and the clients made from it, share the plan.
///
/// Each response is given once, in the order of the plan, unless [`Expected::times`] or [`Expected::always`] say otherwise. When the
/// mock and all clients with it are gone, what was planned and not asked for is a panic, and so is a request for which nothing was
/// planned; [`Mock::verify`] panics at once.
#[derive(Clone)]
pub struct Mock(Arc<Plan>);

#[derive(Default)]
struct Plan {
    rules: Mutex<Vec<Rule>>,
    seen: Mutex<Vec<Seen>>,
    unexpected: Mutex<Vec<String>>,
}

struct Rule {
    target: Target,
    condition: Option<Condition>,
    steps: Vec<Step>,
}

/// Which requests count.
type Condition = Arc<dyn Fn(&Seen) -> bool + Send + Sync>;

enum Target {
    /// The operation of this name; method and path are for people.
    Operation(&'static str, Method, &'static str),
    /// Method and path template.
    Route(Method, String),
}

#[derive(Clone)]
struct Step {
    planned: Planned,
    delay: Option<Duration>,
    /// How often; any number of times, but once at least, without a number.
    times: Option<u32>,
    used: u32,
}

#[derive(Clone)]
enum Planned {
    Response(Canned),
    Failure(TransportErrorKind),
    Made(Arc<dyn Fn(&Seen) -> Canned + Send + Sync>),
}

impl Mock {
    /// Plans the responses of an operation, named by the type of its call: `mock.on(workflows::runs::Get)`.
    pub fn on<O: Routed>(&self, _: fn(Call) -> O) -> Expected<O> {
        let route = O::ROUTE;
        self.plan(Target::Operation(route.name, route.method.clone(), route.path))
    }

    /// Plans the responses to requests with this method, and a path that fits this template: `/v1/runs/{run_id}`.
    pub fn on_route(&self, method: Method, path: impl Into<String>) -> Expected<()> {
        self.plan(Target::Route(method, path.into()))
    }

    fn plan<O>(&self, target: Target) -> Expected<O> {
        let mut rules = lock(&self.0.rules);
        rules.push(Rule { target, condition: None, steps: Vec::new() });
        Expected { mock: self.clone(), rule: rules.len() - 1, operation: PhantomData }
    }

    /// A client with this transport, which needs no credentials and waits for nothing before it sends again.
    ///
    /// # Panics
    ///
    /// When it cannot be made.
    #[must_use]
    pub fn client<C: From<Core>>(&self) -> C {
        self.builder().build().unwrap_or_else(|error| panic!("the mock gives no client: {error}"))
    }

    /// What [`Self::client`] builds, for further settings.
    pub fn builder<C: From<Core>>(&self) -> Builder<C> {
        Builder::new("https://mock.test", "mock")
            .without_credentials()
            .retry(RetryPolicy::new().with_backoff(Duration::ZERO, Duration::ZERO))
            .transport(self.clone())
    }

    /// All requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        lock(&self.0.seen).clone()
    }

    /// Checks that all planned responses were asked for, and that nothing else was.
    ///
    /// # Panics
    ///
    /// When that is not so.
    pub fn verify(&self) {
        self.0.verify();
    }
}

/// The responses of an operation, as far as they are planned. It gives access to the [`Mock`] it belongs to, so that the plan goes on
/// with `.on(..)` and ends with `.client()`.
pub struct Expected<O> {
    mock: Mock,
    rule: usize,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Expected<O>
where
    O::Answer: Double,
{
    /// A success with this value: a model, a list of what a stream gives, `()` where there is no body.
    pub fn returns(self, value: impl Into<<O::Answer as Double>::Given>) -> Self {
        self.responds(O::Answer::double(value.into()))
    }
}

impl<O> Expected<O> {
    /// A success with this JSON: `json!({..})`, a value of any type of serde.
    pub fn returns_json(self, value: impl Serialize) -> Self {
        self.responds(Canned::value(200, value))
    }

    /// An error status with this JSON; with `()` without a body.
    pub fn fails(self, status: u16, value: impl Serialize) -> Self {
        let response = match serde_json::to_value(value) {
            Ok(serde_json::Value::Null) => Canned::status(status),
            Ok(json) => Canned::value(status, json),
            Err(error) => panic!("the error body is no JSON: {error}"),
        };
        self.responds(response)
    }

    /// A response of any kind.
    pub fn responds(self, response: Canned) -> Self {
        self.step(Planned::Response(response))
    }

    /// A response made from the request.
    pub fn responds_with(self, make: impl Fn(&Seen) -> Canned + Send + Sync + 'static) -> Self {
        self.step(Planned::Made(Arc::new(make)))
    }

    /// No response: the connection fails in this way.
    pub fn breaks(self, kind: TransportErrorKind) -> Self {
        self.step(Planned::Failure(kind))
    }

    /// Only requests for which this holds count.
    pub fn when(self, condition: impl Fn(&Seen) -> bool + Send + Sync + 'static) -> Self {
        lock(&self.mock.0.rules)[self.rule].condition = Some(Arc::new(condition));
        self
    }

    /// The response before this takes so long to begin. On a paused clock that costs no time.
    pub fn after(self, delay: Duration) -> Self {
        self.change("after", |step| step.delay = Some(delay))
    }

    /// The response before this is given so many times.
    pub fn times(self, times: u32) -> Self {
        self.change("times", |step| step.times = Some(times))
    }

    /// The response before this is given as often as it is asked for, but once at least.
    pub fn always(self) -> Self {
        self.change("always", |step| step.times = None)
    }

    /// The response before this has this header.
    pub fn with_header(self, name: &str, value: &str) -> Self {
        self.change("with_header", |step| {
            if let Planned::Response(response) = &mut step.planned {
                *response = std::mem::take(response).header(name, value);
            }
        })
    }

    fn step(self, planned: Planned) -> Self {
        let step = Step { planned, delay: None, times: Some(1), used: 0 };
        lock(&self.mock.0.rules)[self.rule].steps.push(step);
        self
    }

    fn change(self, what: &str, change: impl FnOnce(&mut Step)) -> Self {
        let mut rules = lock(&self.mock.0.rules);
        let last = rules[self.rule].steps.last_mut();
        let found = last.map(change).is_some();
        drop(rules);
        assert!(found, "`{what}` changes the response before it, and there is none; plan one first");
        self
    }
}

impl<O> Deref for Expected<O> {
    type Target = Mock;

    fn deref(&self) -> &Mock {
        &self.mock
    }
}

impl Plan {
    /// The response to a request, as far as one is planned.
    fn step(&self, seen: &Seen) -> Result<Step, TransportError> {
        lock(&self.seen).push(seen.clone());
        let mut rules = lock(&self.rules);
        let open = |step: &Step| step.times.is_none_or(|times| step.used < times);
        let found = rules.iter_mut().filter(|rule| rule.fits(seen)).find_map(|rule| {
            let step = rule.steps.iter_mut().find(|step| open(step))?;
            step.used += 1;
            Some(step.clone())
        });
        drop(rules);
        found.ok_or_else(|| {
            let what = format!("{} {}", seen.method, seen.url);
            let message = format!("no response is planned for `{}` ({what})", seen.operation());
            lock(&self.unexpected).push(message.clone());
            TransportError::new(TransportErrorKind::Other, message)
        })
    }

    fn verify(&self) {
        if let Some(problems) = self.problems() {
            panic!("{problems}");
        }
    }

    /// What was not as planned.
    fn problems(&self) -> Option<String> {
        let mut problems: Vec<String> = lock(&self.rules).iter().filter_map(Rule::problem).collect();
        problems.extend(lock(&self.unexpected).iter().cloned());
        (!problems.is_empty())
            .then(|| format!("the mock was not used as planned:\n- {}", problems.join("\n- ")))
    }
}

impl Rule {
    fn fits(&self, seen: &Seen) -> bool {
        let is_target = match &self.target {
            Target::Operation(name, ..) => *name == seen.operation(),
            Target::Route(method, path) => *method == seen.method && fits(path, seen.path()),
        };
        is_target && self.condition.as_ref().is_none_or(|condition| condition(seen))
    }

    /// What was not asked for.
    fn problem(&self) -> Option<String> {
        let planned: u32 = self.steps.iter().map(|step| step.times.unwrap_or(1)).sum();
        let missing: u32 =
            self.steps.iter().map(|step| step.times.unwrap_or(1).saturating_sub(step.used)).sum();
        if self.steps.is_empty() {
            return Some(format!("no response is planned for {}, which the plan names", self.target));
        }
        (missing > 0)
            .then(|| format!("{missing} of {planned} responses of {} were not asked for", self.target))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(name, method, path) => write!(f, "`{name}` ({method} {path})"),
            Self::Route(method, path) => write!(f, "`{method} {path}`"),
        }
    }
}

/// Whether a path is of this template. A parameter stands for anything in its segment, but not for nothing.
fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.trim_start_matches('/'), path.trim_start_matches('/'));
    let fits = |(template, segment): (&str, &str)| match (template.find('{'), template.rfind('}')) {
        (Some(start), Some(end)) if start < end => {
            let rest = segment.strip_prefix(&template[..start]);
            rest.and_then(|rest| rest.strip_suffix(&template[end + 1..]))
                .is_some_and(|value| !value.is_empty())
        }
        _ => template == segment,
    };
    template.split('/').count() == path.split('/').count()
        && template.split('/').zip(path.split('/')).all(fits)
}

impl Drop for Plan {
    fn drop(&mut self) {
        // A test that has failed already may have failed because of this.
        match self.problems() {
            Some(problems) if std::thread::panicking() => eprintln!("{problems}"),
            Some(problems) => panic!("{problems}"),
            None => {}
        }
    }
}

impl Transport for Mock {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let seen = Seen::of(request).await?;
            let step = self.0.step(&seen)?;
            if let Some(delay) = step.delay {
                clock::sleep(delay).await;
            }
            match step.planned {
                Planned::Response(response) => Ok(response.deliver().await),
                Planned::Made(make) => Ok(make(&seen).deliver().await),
                Planned::Failure(kind) => Err(TransportError::new(kind, "a failure made by the test")),
            }
        })
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("requests", &lock(&self.0.seen).len()).finish_non_exhaustive()
    }
}

impl<O> fmt::Debug for Expected<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expected").field("mock", &self.mock).finish_non_exhaustive()
    }
}

/// A panic of a test leaves nothing half done.
fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
