//! Any one value of an export told once more and otherwise: what is found doesn't depend on which file comes first, and
//! nothing is found that neither export alone gives rise to.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

mod common;
mod fixture;

use std::collections::BTreeSet;
use std::net::IpAddr;

use common::{folder, json};
use fixture::{Files, borrowed};
use proptest::prelude::*;
use serde_json::Value;

/// What stands in the folders of these tellings, without what is no JSON list or object.
const TELLINGS: [&str; 6] = [
    "company-a/azure-cli",
    "company-a/rest",
    "company-a-faulty/azure-cli",
    "company-b/azure-cli",
    "company-b-faulty/rest",
    "company-b-expressroute/azure-cli",
];

/// The ways to all values that say something, but for names and ids: a thing that is called otherwise is another one.
fn ways(value: &Value, way: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members.iter().filter(|(name, _)| *name != "id" && *name != "type") {
                ways(value, &format!("{way}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(elements) => {
            for (at, element) in elements.iter().enumerate() {
                ways(element, &format!("{way}/{at}"), found);
            }
        }
        Value::Null => {}
        _ if way.ends_with("/name") && way.matches('/').count() <= 3 => {}
        _ => found.push(way.to_owned()),
    }
}

/// Another value of the same sort.
fn otherwise(value: &Value) -> Value {
    let others = [
        ("Connected", "NotConnected"),
        ("RouteBased", "PolicyBased"),
        ("Vpn", "ExpressRoute"),
        ("Vnet2Vnet", "IPsec"),
        ("Static", "Dynamic"),
        ("eastasia", "westeurope"),
        ("southeastasia", "westeurope"),
    ];
    match value {
        Value::Bool(flag) => Value::Bool(!flag),
        Value::Number(number) => Value::from(number.as_i64().unwrap_or_default() + 1),
        Value::String(text) => {
            let listed = others.iter().find_map(|(one, two)| match &**text {
                text if text == *one => Some((*two).to_owned()),
                text if text == *two => Some((*one).to_owned()),
                _ => None,
            });
            let address = |text: &str| match text.parse() {
                Ok(IpAddr::V4(address)) => {
                    let [a, b, c, d] = address.octets();
                    Some(format!("{a}.{b}.{}.{d}", c ^ 4))
                }
                _ => None,
            };
            let prefix =
                text.split_once('/').and_then(|(net, length)| Some(format!("{}/{length}", address(net)?)));
            let other = listed.or_else(|| address(text)).or(prefix);
            Value::String(other.unwrap_or_else(|| format!("{text}x")))
        }
        other => other.clone(),
    }
}

/// Rules and resources of what was found. What is said of one file alone is no matter of the estate, and neither is that
/// two files differ.
fn found(files: &Files) -> BTreeSet<(String, String)> {
    let report = json(folder(&borrowed(files)).path(), &["--ignore", "input", "--ignore", "drift"]);
    let words = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|finding| (words(finding, "rule"), words(finding, "resource"))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_files_decides(
        telling in prop::sample::select(&TELLINGS[..]),
        file in any::<prop::sample::Index>(),
        way in any::<prop::sample::Index>(),
    ) {
        let mut files = fixture::read(telling);
        let exports: Vec<usize> = (0..files.len()).filter(|at| files[*at].0 != "drlint.toml").collect();
        let at = exports[file.index(exports.len())];
        let (name, bytes) = files[at].clone();
        let mut told: Value = serde_json::from_slice(&bytes).unwrap();
        let mut all = Vec::new();
        ways(&told, "", &mut all);
        prop_assume!(!all.is_empty());
        let way = &all[way.index(all.len())];
        let value = told.pointer_mut(way).unwrap();
        *value = otherwise(value);
        let other = serde_json::to_vec_pretty(&told).unwrap();

        let one = found(&files);
        files[at].1.clone_from(&other);
        let two = found(&files);
        files[at].1 = bytes;
        let both = |second: &str| {
            let more = [(format!("{second}/{name}"), other.clone())];
            found(&files.iter().cloned().chain(more).collect())
        };
        let (first, last) = (both("0"), both("z"));
        prop_assert_eq!(&first, &last, "{}/{}{}", telling, &name, way);
        prop_assert!(first.iter().all(|found| one.contains(found) || two.contains(found)), "{}{}", name, way);
        prop_assert!(one.intersection(&two).all(|found| first.contains(found)), "{}{}", name, way);
    }
}
