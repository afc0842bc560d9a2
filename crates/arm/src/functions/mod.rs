//! The functions of the language: name, arity, and whether the arguments are evaluated first.

#![expect(clippy::unnecessary_wraps, reason = "all functions of the table have one signature")]

mod addresses;
mod arrays;
mod dates;
mod deferred;
mod format;
pub(crate) mod hashes;
pub(crate) mod ids;
mod json;
mod lambdas;
mod logic;
mod members;
mod numbers;
mod objects;
mod scope;
mod sets;
mod strings;
mod units;
mod uris;

use std::num::NonZeroU8;
use std::sync::OnceLock;

use drlint_resource::Value;
use drlint_source::Caseless;
use rustc_hash::FxHashMap;

use crate::machine::{Answer, Invocation};

/// A function of the language.
#[derive(Debug)]
pub(crate) struct Function {
    /// As the documentation spells it.
    pub(crate) name: &'static str,
    /// The fewest arguments.
    pub(crate) least: usize,
    /// The most; `usize::MAX` for any number.
    pub(crate) most: usize,
    /// What it does.
    pub(crate) body: Body,
    /// Whether it says where the deployment goes; its result is shared by all uses.
    pub(crate) scope: bool,
}

/// How a function takes its arguments.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Body {
    /// All are evaluated; one that is unknown makes the result unknown.
    Strict(fn(&Invocation<'_, '_>, &[Value]) -> Answer),
    /// All are evaluated, and may be unknown.
    Open(fn(&Invocation<'_, '_>, &[Value]) -> Answer),
    /// Evaluates what it needs.
    Lazy(fn(&Invocation<'_, '_>) -> Answer),
}

const ANY: usize = usize::MAX;

const fn strict(
    name: &'static str,
    least: usize,
    most: usize,
    body: fn(&Invocation<'_, '_>, &[Value]) -> Answer,
) -> Function {
    Function { name, least, most, body: Body::Strict(body), scope: false }
}

const fn open(
    name: &'static str,
    least: usize,
    most: usize,
    body: fn(&Invocation<'_, '_>, &[Value]) -> Answer,
) -> Function {
    Function { name, least, most, body: Body::Open(body), scope: false }
}

const fn lazy(
    name: &'static str,
    least: usize,
    most: usize,
    body: fn(&Invocation<'_, '_>) -> Answer,
) -> Function {
    Function { name, least, most, body: Body::Lazy(body), scope: false }
}

const fn scope_of(name: &'static str, body: fn(&Invocation<'_, '_>) -> Answer) -> Function {
    Function { name, least: 0, most: 0, body: Body::Lazy(body), scope: true }
}

/// Arities are those of Azure/bicep `src/Bicep.Core/Semantics/Namespaces/` (`ARM.md`, section 4).
static FUNCTIONS: &[Function] = &[
    // Arrays and objects
    strict("array", 1, 1, arrays::array),
    open("concat", 0, ANY, strings::concat),
    strict("contains", 2, 2, members::contains),
    open("createArray", 0, ANY, arrays::create),
    open("createObject", 0, ANY, objects::create),
    strict("distinct", 1, 1, sets::distinct),
    strict("empty", 1, 1, members::empty),
    strict("first", 1, 1, arrays::first),
    strict("last", 1, 1, arrays::last),
    strict("flatten", 1, 1, arrays::flatten),
    strict("indexFromEnd", 2, 2, arrays::index_from_end),
    strict("tryIndexFromEnd", 2, ANY, arrays::try_index_from_end),
    strict("indexOf", 2, 2, members::index_of),
    strict("lastIndexOf", 2, 2, members::last_index_of),
    strict("intersection", 2, ANY, sets::intersection),
    strict("union", 2, ANY, sets::union),
    strict("items", 1, 1, objects::items),
    strict("objectKeys", 1, 1, objects::keys),
    strict("length", 1, 1, members::length),
    strict("min", 1, ANY, numbers::min),
    strict("max", 1, ANY, numbers::max),
    strict("range", 2, 2, arrays::range),
    strict("skip", 2, 2, arrays::skip),
    strict("take", 2, 2, arrays::take),
    strict("shallowMerge", 1, 1, objects::shallow_merge),
    open("tryGet", 2, ANY, objects::try_get),
    strict("json", 1, 1, json::json),
    strict("null", 0, 0, logic::null),
    // Comparison and logic
    lazy("coalesce", 1, ANY, logic::coalesce),
    open("equals", 2, 2, logic::equals),
    strict("greater", 2, 2, logic::greater),
    strict("greaterOrEquals", 2, 2, logic::greater_or_equals),
    strict("less", 2, 2, logic::less),
    strict("lessOrEquals", 2, 2, logic::less_or_equals),
    lazy("and", 2, ANY, logic::and),
    lazy("or", 2, ANY, logic::or),
    strict("not", 1, 1, logic::not),
    lazy("if", 3, 3, logic::if_),
    strict("bool", 1, 1, logic::bool),
    strict("true", 0, 0, logic::true_),
    strict("false", 0, 0, logic::false_),
    // Numbers
    strict("add", 2, 2, numbers::add),
    strict("sub", 2, 2, numbers::sub),
    strict("mul", 2, 2, numbers::mul),
    strict("div", 2, 2, numbers::div),
    strict("mod", 2, 2, numbers::modulo),
    strict("int", 1, 1, numbers::int),
    strict("float", 1, 1, numbers::float),
    strict("copyIndex", 0, 2, numbers::copy_index),
    // Strings
    strict("base64", 1, 1, strings::base64),
    strict("base64ToString", 1, 1, strings::base64_to_string),
    strict("base64ToJson", 1, 1, strings::base64_to_json),
    strict("startsWith", 2, 2, strings::starts_with),
    strict("endsWith", 2, 2, strings::ends_with),
    open("format", 1, ANY, format::format),
    strict("guid", 1, ANY, hashes::guid),
    strict("uniqueString", 1, ANY, hashes::unique_string),
    open("join", 2, 2, strings::join),
    strict("padLeft", 2, 3, strings::pad_left),
    strict("replace", 3, 3, strings::replace),
    strict("split", 2, 2, strings::split),
    strict("string", 1, 1, strings::string),
    strict("substring", 2, 3, strings::substring),
    open("toLower", 1, 1, strings::to_lower),
    open("toUpper", 1, 1, strings::to_upper),
    strict("trim", 1, 1, strings::trim),
    strict("like", 2, 2, strings::like),
    strict("uri", 2, 2, uris::uri),
    strict("uriComponent", 1, 1, uris::uri_component),
    strict("uriComponentToString", 1, 1, uris::uri_component_to_string),
    strict("dataUri", 1, 1, uris::data_uri),
    strict("dataUriToString", 1, 1, uris::data_uri_to_string),
    strict("parseUri", 1, 1, uris::parse_uri),
    strict("buildUri", 1, 1, uris::build_uri),
    // Dates
    strict("dateTimeAdd", 2, 3, dates::add),
    strict("dateTimeFromEpoch", 0, 1, dates::from_epoch),
    strict("dateTimeToEpoch", 1, 1, dates::to_epoch),
    // Addresses
    strict("parseCidr", 1, 1, addresses::parse_cidr),
    strict("cidrSubnet", 3, 3, addresses::cidr_subnet),
    strict("cidrHost", 2, 2, addresses::cidr_host),
    // Lambdas
    lazy("filter", 2, 2, lambdas::filter),
    lazy("map", 2, 2, lambdas::map),
    lazy("reduce", 3, 3, lambdas::reduce),
    lazy("sort", 2, 2, lambdas::sort),
    lazy("toObject", 2, 3, lambdas::to_object),
    lazy("groupBy", 2, 3, lambdas::group_by),
    lazy("mapValues", 2, 2, lambdas::map_values),
    lazy("lambda", 1, ANY, lambdas::lambda),
    lazy("lambdaVariables", 1, 1, lambdas::variable),
    // Names
    lazy("parameters", 1, 1, scope::parameters),
    lazy("variables", 1, 1, scope::variables),
    lazy("externalInputs", 1, 1, scope::external_inputs),
    strict("fail", 1, 1, scope::fail),
    // Scope and ids
    scope_of("resourceGroup", scope::resource_group),
    scope_of("subscription", scope::subscription),
    scope_of("managementGroup", scope::management_group),
    scope_of("tenant", scope::tenant),
    scope_of("deployment", scope::deployment),
    scope_of("environment", scope::environment),
    open("resourceId", 2, ANY, ids::resource_id),
    open("subscriptionResourceId", 2, ANY, ids::subscription_resource_id),
    open("tenantResourceId", 2, ANY, ids::tenant_resource_id),
    open("managementGroupResourceId", 2, ANY, ids::management_group_resource_id),
    open("extensionResourceId", 3, ANY, ids::extension_resource_id),
    // Known only after deployment
    open("reference", 1, 3, deferred::after_deployment),
    open("references", 1, 2, deferred::after_deployment),
    open("resourceInfo", 1, 1, deferred::after_deployment),
    open("listOutputsWithSecureValues", 1, 2, deferred::after_deployment),
    open("getSecret", 2, 3, deferred::after_deployment),
    open("providers", 1, 2, deferred::after_deployment),
    open("pickZones", 3, 5, deferred::after_deployment),
    open("roleDefinitions", 1, 1, deferred::after_deployment),
    open("toLogicalZone", 3, 3, deferred::after_deployment),
    open("toLogicalZones", 3, 3, deferred::after_deployment),
    open("toPhysicalZone", 3, 3, deferred::after_deployment),
    open("toPhysicalZones", 3, 3, deferred::after_deployment),
    open("deployer", 0, 0, deferred::after_deployment),
    open("newGuid", 0, 0, deferred::after_deployment),
    open("utcNow", 0, 1, deferred::after_deployment),
    open("extensions", 1, 1, deferred::after_deployment),
];

/// The number of a function, from 1 on: a byte, for every term of an expression has room for one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FunctionId(NonZeroU8);

const _: () = assert!(FUNCTIONS.len() <= u8::MAX as usize, "each function has a number of its own");

impl FunctionId {
    /// The function itself.
    pub(crate) fn function(self) -> &'static Function {
        &FUNCTIONS[usize::from(self.0.get()) - 1]
    }
}

/// The function called `name`, in any case.
pub(crate) fn find(name: &str) -> Option<FunctionId> {
    static INDEX: OnceLock<FxHashMap<Caseless<'static>, FunctionId>> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let ids = (1..=u8::MAX).filter_map(NonZeroU8::new).map(FunctionId);
        FUNCTIONS.iter().map(|function| Caseless(function.name)).zip(ids).collect()
    });
    index.get(&Caseless(name)).copied()
}
