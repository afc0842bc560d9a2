//! The four scenarios of the seed, each in the right order and in each wrong one.
//!
//! The estates are those of `fixtures/`; only their `drlint.toml` is swapped.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skips"
)]

use std::path::Path;

use drlint::run::{Job, estate};
use drlint_drill::{Action, BreachKind, Drill, Moment, Topic, Verdict, Why, play, scenarios};
use drlint_estate::{End, Estate};

const CUT: &str = r#"{ disconnect = ["vnet-source", "vnet-azure"] }"#;
const MOVE: &str = r#"{ fail-over = ["vnet-source"] }"#;
const MOVE_1: &str = r#"{ fail-over-vms = ["vm-web-1", "vm-web-2"] }"#;
const JOIN: &str = r#"{ connect = ["vnet-recovery", "vnet-azure"], via = "vpn" }"#;
const JOIN_PEERING: &str = r#"{ connect = ["vnet-recovery", "vnet-azure"], via = "peering" }"#;
const JOIN_PAIR: &str = r#"{ connect = ["vnet-source", "vnet-recovery"], via = "vpn" }"#;

const CUT_12: &str = r#"{ disconnect = ["vnet-source1", "vnet-source2"] }"#;
const CUT_2X: &str = r#"{ disconnect = ["vnet-source2", "vnet-azure"] }"#;
const JOIN_12: &str = r#"{ connect = ["vnet-source1", "vnet-recovery2"], via = "vpn" }"#;
const JOIN_12_PEERING: &str = r#"{ connect = ["vnet-source1", "vnet-recovery2"], via = "peering" }"#;
const JOIN_2X: &str = r#"{ connect = ["vnet-recovery2", "vnet-azure"], via = "vpn" }"#;
const JOIN_1X: &str = r#"{ connect = ["vnet-recovery1", "vnet-azure"], via = "vpn" }"#;
const MOVE_2: &str = r#"{ fail-over = ["vnet-source2"] }"#;

const CUT_H: &str = r#"{ disconnect = ["vnet-source", "lng-hq"] }"#;
const JOIN_H: &str = r#"{ connect = ["vnet-recovery", "lng-hq"], via = "vpn" }"#;
const ROUTE: &str = r#"{ reroute = "lng-hq", to = "vnet-recovery" }"#;

/// An estate of `fixtures/`, changed by replacing texts in its files, with these steps as its only failover.
struct Told {
    folder: tempfile::TempDir,
}

impl Told {
    fn new(name: &str) -> Self {
        Self::of(&format!("{name}/azure-cli"))
    }

    /// The estate of this folder of `fixtures/`.
    fn of(path: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path);
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        Self { folder }
    }

    /// The machines take new addresses in a recovery of another range.
    fn with_other_addresses(self) -> Self {
        let path = self.folder.path().join("vnets.json");
        let text = std::fs::read_to_string(&path).unwrap();
        let mut networks: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        for network in networks.iter_mut().filter(|network| network["name"] == "vnet-recovery") {
            *network = serde_json::from_str(&network.to_string().replace("\"10.1.", "\"10.9.")).unwrap();
        }
        std::fs::write(&path, serde_json::to_string_pretty(&networks).unwrap()).unwrap();
        let items = self.folder.path().join("fabric-ea.protected-items.json");
        let text = std::fs::read_to_string(&items).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for line in lines.iter_mut().filter(|line| line.contains("\"recoveryStaticIPAddress\"")) {
            *line = line.replace("\"10.1.", "\"10.9.");
        }
        std::fs::write(items, lines.join("\n")).unwrap();
        self
    }

    fn estate(&self, steps: &[&str], settings: &str) -> Estate {
        let toml =
            format!("{settings}\n[[failover]]\nname = \"tried\"\nsteps = [\n  {},\n]\n", steps.join(",\n  "));
        std::fs::write(self.folder.path().join("drlint.toml"), toml).unwrap();
        let job = Job {
            here: self.folder.path(),
            paths: &[],
            config: None,
            select: &[],
            ignore: &[],
            rules: drlint_rules::ALL,
            baseline: None,
            today: "2026-11-23".parse().unwrap(),
        };
        estate(&job).unwrap_or_else(|failure| panic!("{}", failure.0))
    }

    fn play(&self, steps: &[&str]) -> (Verdict, Vec<String>) {
        self.play_with(steps, "")
    }

    fn play_with(&self, steps: &[&str], settings: &str) -> (Verdict, Vec<String>) {
        let estate = self.estate(steps, settings);
        let scenario = scenarios(&estate).into_iter().find(|scenario| scenario.name == "tried").unwrap();
        for step in &scenario.steps {
            if let Action::Nothing { why, .. } = &step.action {
                panic!("{why}");
            }
        }
        let drill = play(&estate, scenario);
        let said = drill
            .breaches
            .iter()
            .map(|breach| told(&estate, &drill, &breach.kind, breach.from, breach.until));
        (drill.verdict, said.collect())
    }
}

/// A breach in short: what and where, and the steps from which to which it lasts, counted from 1.
fn told(estate: &Estate, _: &Drill, kind: &BreachKind, from: Moment, until: Option<usize>) -> String {
    let name = |network| estate.network(network).name.trim_start_matches("vnet-").to_owned();
    let ends = |ends: &[End; 2]| {
        ends.map(|end| estate.name_of(end).trim_start_matches("vnet-").to_owned()).join("-")
    };
    let what = match kind {
        BreachKind::LinkedOverlap { one, two, .. } => format!("linked {}-{}", name(*one), name(*two)),
        BreachKind::NeighborsOverlap { middle, .. } => format!("overlap at {}", name(*middle)),
        BreachKind::AnnouncedTwice { site, .. } => format!("twice at {}", estate.site(*site).name),
        BreachKind::AddressesLost { lost, .. } => {
            let mut lost: Vec<String> = lost
                .iter()
                .map(|lost| {
                    let why = match &lost.why {
                        Why::SubnetMissing(_) => "no subnet",
                        Why::Outside { .. } => "outside",
                        Why::Reserved { .. } => "reserved",
                        Why::Taken { .. } => "taken",
                    };
                    format!("{} {why}", lost.machine)
                })
                .collect();
            lost.sort();
            format!("addresses {}", lost.join(", "))
        }
        BreachKind::NetworkSplit { home, .. } => format!("split {}", name(*home)),
        BreachKind::LinkLost { ends: lost, .. } => format!("lost {}", ends(lost)),
        BreachKind::OtherKind { ends: now, kind, .. } => format!("kind {} {kind}", ends(now)),
        BreachKind::NotRerouted { site, network, .. } => {
            format!("routes {}-{}", estate.site(*site).name, name(*network))
        }
        BreachKind::Ineffective { why, .. } => why.clone(),
    };
    match (from, until) {
        (Moment::Start, _) => format!("{what}, from the start"),
        (Moment::End, _) => what,
        (Moment::Step(from), Some(until)) => format!("{what}, {} to {}", from + 1, until + 1),
        (Moment::Step(from), None) => format!("{what}, from {}", from + 1),
    }
}

fn said(verdict: Verdict, breaches: &[&str]) -> (Verdict, Vec<String>) {
    (verdict, breaches.iter().map(|breach| (*breach).to_owned()).collect())
}

#[test]
fn company_a_full_region() {
    let told = Told::new("company-a");
    let holds = said(Verdict::Holds, &[]);
    assert_eq!(told.play(&[CUT, MOVE, JOIN]), holds, "after");
    assert_eq!(told.play(&[CUT, JOIN, MOVE]), holds, "before");
    assert_eq!(told.play(&[MOVE, CUT, JOIN]), holds, "cut late, join last");
    let joined_first = said(Verdict::Violated, &["overlap at azure, 1 to 3"]);
    assert_eq!(told.play(&[JOIN, MOVE, CUT]), joined_first, "joined before the cut");
    assert_eq!(told.play(&[MOVE, JOIN]), said(Verdict::Violated, &["overlap at azure, from 2"]), "never cut");
    assert_eq!(told.play(&[CUT, MOVE]), said(Verdict::Violated, &["lost recovery-azure"]), "never joined");
    let other_kind = said(Verdict::Holds, &["kind recovery-azure peering"]);
    assert_eq!(told.play(&[CUT, MOVE, JOIN_PEERING]), other_kind, "other kind");
}

#[test]
fn company_a_with_only_one_subnet_moving() {
    let told = Told::new("company-a");
    let (verdict, breaches) = told.play(&[MOVE_1, JOIN]);
    assert_eq!(verdict, Verdict::Violated);
    assert_eq!(breaches, ["split source, from 1", "overlap at azure, from 2"]);
    let (verdict, breaches) = told.play(&[CUT, MOVE_1, JOIN]);
    assert_eq!(verdict, Verdict::Violated);
    assert_eq!(breaches, ["split source, from 2", "lost source-azure"]);
    let other = Told::new("company-a").with_other_addresses();
    let settings =
        "[[recovery]]\nsource = \"vnet-source\"\nrecovery = \"vnet-recovery\"\nretain-ip = false\n";
    assert_eq!(other.play_with(&[JOIN_PAIR, MOVE_1, JOIN], settings), said(Verdict::Holds, &[]));
    let split = said(Verdict::Violated, &["split source, from 1"]);
    assert_eq!(other.play_with(&[MOVE_1, JOIN], settings), split);
}

#[test]
fn company_a_with_source_and_recovery_linked_beforehand() {
    let peering = |from: &str, to: &str| {
        format!(
            "\"virtualNetworkPeerings\": [{{\"name\": \"{from}-to-{to}\", \"peeringState\": \"Connected\", \
             \"remoteVirtualNetwork\": {{\"id\": \"/subscriptions/SUB/resourceGroups/RG/providers/Microsoft.Network/virtualNetworks/vnet-{to}\"}}}}]"
        )
    };
    let told = Told::new("company-a");
    let path = told.folder.path().join("vnets.json");
    let mut networks: Vec<serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let recovery = networks.iter().find(|network| network["name"] == "vnet-recovery").unwrap();
    let id = recovery["id"].as_str().unwrap().to_owned();
    let prefix =
        id.split("/resourceGroups/").next().unwrap().trim_start_matches("/subscriptions/").to_owned();
    let group = id.split('/').nth(4).unwrap().to_owned();
    for network in networks.iter_mut().filter(|network| network["name"] == "vnet-source") {
        let peerings = peering("source", "recovery").replace("SUB", &prefix).replace("RG", &group);
        let value: serde_json::Value = serde_json::from_str(&format!("{{{peerings}}}")).unwrap();
        network["virtualNetworkPeerings"] = value["virtualNetworkPeerings"].clone();
    }
    std::fs::write(&path, serde_json::to_string(&networks).unwrap()).unwrap();
    let (verdict, breaches) = told.play(&[CUT, MOVE, JOIN]);
    assert_eq!(verdict, Verdict::Violated);
    assert!(breaches.iter().any(|breach| breach == "linked source-recovery, from the start"), "{breaches:?}");
    assert!(
        breaches.iter().all(|breach| !breach.starts_with("linked source-recovery, from 1")),
        "not repeated"
    );
}

#[test]
fn isolated_application() {
    let told = Told::new("isolated-application");
    let holds = said(Verdict::Holds, &[]);
    assert_eq!(told.play(&[CUT_12, CUT_2X, JOIN_12, JOIN_2X, MOVE_2]), holds, "the seed's order");
    assert_eq!(told.play(&[CUT_12, CUT_2X, MOVE_2, JOIN_12, JOIN_2X]), holds, "machines first");
    let s1 = said(Verdict::Violated, &["overlap at source1, from 2"]);
    assert_eq!(told.play(&[CUT_2X, JOIN_12, JOIN_2X, MOVE_2]), s1, "S1-S2 not cut");
    let x = said(Verdict::Violated, &["overlap at azure, from 3"]);
    assert_eq!(told.play(&[CUT_12, JOIN_12, JOIN_2X, MOVE_2]), x, "S2-X not cut");
    let lost = said(Verdict::Violated, &["lost recovery2-azure"]);
    assert_eq!(told.play(&[CUT_12, CUT_2X, JOIN_12, MOVE_2]), lost, "R2-X not joined");
    let lost = said(Verdict::Violated, &["lost source1-recovery2"]);
    assert_eq!(told.play(&[CUT_12, CUT_2X, JOIN_2X, MOVE_2]), lost, "S1-R2 not joined");
    let kind = said(Verdict::Holds, &["kind source1-recovery2 peering"]);
    assert_eq!(told.play(&[CUT_12, CUT_2X, JOIN_12_PEERING, JOIN_2X, MOVE_2]), kind, "other kind");
    let mistaken = said(Verdict::Violated, &["overlap at azure, from 4", "lost recovery2-azure"]);
    assert_eq!(told.play(&[CUT_12, CUT_2X, JOIN_12, JOIN_1X, MOVE_2]), mistaken, "R1 joined by mistake");
}

#[test]
fn company_b_full_region() {
    let told = Told::new("company-b");
    assert_eq!(told.play(&[CUT_H, MOVE, JOIN_H, ROUTE]), said(Verdict::Holds, &[]), "the seed's order");
    let twice = said(Verdict::Violated, &["twice at lng-hq, 1 to 2"]);
    assert_eq!(told.play(&[JOIN_H, CUT_H, MOVE, ROUTE]), twice, "joined before the cut");
    let twice = said(Verdict::Violated, &["twice at lng-hq, from 2"]);
    assert_eq!(told.play(&[MOVE, JOIN_H, ROUTE]), twice, "never cut");
    assert_eq!(told.play(&[CUT_H, MOVE]), said(Verdict::Violated, &["lost recovery-lng-hq"]), "never joined");
    let unrouted = said(Verdict::Holds, &["routes lng-hq-recovery"]);
    assert_eq!(told.play(&[CUT_H, MOVE, JOIN_H]), unrouted, "not rerouted, vpn");
}

#[test]
fn company_b_by_expressroute() {
    let told = Told::new("company-b-expressroute");
    let step = |step: &str| step.replace("lng-hq", "erc-hq").replace("\"vpn\"", "\"expressroute\"");
    let (cut, join, route) = (step(CUT_H), step(JOIN_H), step(ROUTE));
    assert_eq!(told.play(&[&cut, MOVE, &join, &route]), said(Verdict::Holds, &[]), "the seed's order");
    assert_eq!(told.play(&[&cut, MOVE, &join]), said(Verdict::Undecided, &[]), "not rerouted, same circuit");
}

#[test]
fn company_b_with_a_second_circuit_joined_beforehand() {
    let told = Told::of("drills/company-b-two-circuits/estate");
    let cut = r#"{ disconnect = ["vnet-source", "erc-hk"] }"#;
    let route = r#"{ reroute = "erc-sg", to = "vnet-recovery" }"#;
    assert_eq!(told.play(&[cut, MOVE, route]), said(Verdict::Holds, &[]), "routed");
    let unrouted = said(Verdict::Holds, &["routes erc-sg-recovery"]);
    assert_eq!(told.play(&[cut, MOVE]), unrouted, "another circuit is another way for the routes");
}

#[test]
fn company_b_with_broken_targets() {
    let told = Told::new("company-b");
    let path = told.folder.path().join("vnets.json");
    let mut networks: Vec<serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    for network in networks.iter_mut().filter(|network| network["name"] == "vnet-recovery") {
        for subnet in network["subnets"].as_array_mut().unwrap() {
            match subnet["name"].as_str().unwrap() {
                "Subnet1" => subnet["addressPrefix"] = "10.1.1.8/29".into(),
                "Subnet2" => subnet["name"] = "Other".into(),
                _ => {}
            }
        }
    }
    std::fs::write(&path, serde_json::to_string_pretty(&networks).unwrap()).unwrap();
    let (verdict, breaches) = told.play(&[CUT_H, MOVE, JOIN_H, ROUTE]);
    assert_eq!(verdict, Verdict::Violated);
    assert_eq!(breaches, ["addresses vm-app-1 no subnet, vm-web-1 reserved, vm-web-2 reserved, from 2"]);
}

#[test]
fn company_b_cannot_fail_over_a_subnet_either_way() {
    let told = Told::new("company-b");
    let (verdict, breaches) = told.play(&[MOVE_1, JOIN_H, ROUTE]);
    assert_eq!(verdict, Verdict::Violated);
    assert_eq!(breaches, ["split source, from 1", "twice at lng-hq, from 2"], "the source stays connected");
    let (verdict, breaches) = told.play(&[CUT_H, MOVE_1, JOIN_H, ROUTE]);
    assert_eq!(verdict, Verdict::Violated);
    assert_eq!(breaches, ["split source, from 2", "lost source-lng-hq"], "the source is cut");
    let other = Told::new("company-b").with_other_addresses();
    let settings =
        "[[recovery]]\nsource = \"vnet-source\"\nrecovery = \"vnet-recovery\"\nretain-ip = false\n";
    let steps = [JOIN_PAIR, MOVE_1, JOIN_H, ROUTE];
    assert_eq!(other.play_with(&steps, settings), said(Verdict::Holds, &[]), "other addresses");
}

#[test]
fn a_name_that_names_nothing_is_an_error_with_a_near_one() {
    let told = Told::new("company-a");
    let estate = told.estate(&[r#"{ disconnect = ["vnet-sorce", "vnet-azure"] }"#], "");
    let scenario = scenarios(&estate).into_iter().find(|scenario| scenario.name == "tried").unwrap();
    let Action::Nothing { why, .. } = &scenario.steps[0].action else { panic!("it names nothing") };
    assert!(why.contains("did you mean `vnet-source`"), "{why}");
}

#[test]
fn a_step_that_names_nothing_leaves_all_after_it_open() {
    let told = Told::new("company-a");
    let misspelt = r#"{ fail-over = ["vnet-sorce"] }"#;
    for steps in [&[CUT, misspelt, JOIN][..], &[misspelt, JOIN], &[JOIN_PEERING, misspelt]] {
        let estate = told.estate(steps, "");
        let scenario = scenarios(&estate).into_iter().find(|scenario| scenario.name == "tried").unwrap();
        let drill = play(&estate, scenario);
        let before = steps.iter().position(|step| *step == misspelt).unwrap();
        let errors = drill.breaches.iter().filter(|breach| breach.kind.is_error());
        assert!(errors.clone().all(|breach| breach.from < Moment::Step(before)), "{:?}", drill.breaches);
        let violated = errors.count() > 0;
        assert_eq!(drill.verdict, if violated { Verdict::Violated } else { Verdict::Undecided });
        for topic in Topic::JUDGED {
            let mut open = drill.open.iter().filter(|open| open.topic == topic);
            assert!(open.any(|open| open.reason.starts_with("nobody knows what step")), "{topic:?}");
        }
    }
}

#[test]
fn what_nobody_declares_is_implied_in_the_seeds_order_and_holds() {
    let told = Told::new("company-a");
    let estate = told.estate(&[CUT], "");
    let implied = scenarios(&estate).into_iter().find(|scenario| scenario.name != "tried").unwrap();
    assert_eq!(play(&estate, implied).verdict, Verdict::Holds);
}

#[test]
fn a_region_with_several_sources_is_played_as_one_and_each_application_alone() {
    let told = Told::new("isolated-application");
    // A failover that moves nothing leaves every pair to what the estate implies.
    let estate = told.estate(&[CUT_12], "");
    let implied: Vec<(String, Verdict)> = scenarios(&estate)
        .into_iter()
        .filter(|scenario| scenario.name.ends_with("(implied)"))
        .map(|scenario| (scenario.name.clone(), play(&estate, scenario).verdict))
        .collect();
    let names = ["vnet-source1 (implied)", "vnet-source2 (implied)", "eastasia (implied)"];
    assert_eq!(implied, names.map(|name| (name.to_owned(), Verdict::Holds)));
}
