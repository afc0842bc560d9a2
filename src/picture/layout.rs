//! Where everything goes: panes side by side, boxes below one another, and a lane of its own for every line.
//!
//! No two lines share a stretch and no two labels a place: each line leaves its boxes at a height of its own, runs up
//! or down in a lane of its own in the gap beside the pane, and crosses to another pane at a height of its own above
//! all panes, unless the pane is the next one.

use std::collections::BTreeMap;

use super::{Block, Picture};

pub(super) const TEXT: i32 = 16;
/// The width of a letter of 12 px: monospaced fonts have 0.6 of the size, and some a little more.
const LETTERS: (i32, i32) = (29, 4);
/// The title is set larger.
const TITLE: (i32, i32) = (5, 4);
const MARGIN: i32 = 24;
const PAD: i32 = 12;
const LANE: i32 = 10;
const PORT: i32 = 20;
const HEADER: i32 = 30;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Area {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// A line as it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Route {
    /// Its corners.
    pub(super) points: Vec<(i32, i32)>,
    /// Where its label begins.
    pub(super) label: (i32, i32),
}

/// A picture laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// One for each pane.
    pub(super) panes: Vec<Area>,
    /// By the key of the box.
    pub(super) blocks: BTreeMap<usize, Area>,
    /// One for each line; nothing for a line to a box that is not drawn.
    pub(super) routes: Vec<Option<Route>>,
}

/// The lines of text in a box, its name first.
pub(super) fn lines_of(one: &Block) -> Vec<String> {
    let mut lines = vec![one.name.clone()];
    if !one.ranges.is_empty() {
        lines.push(one.ranges.clone());
    }
    lines.extend(one.contents.iter().cloned());
    lines.extend(one.broken.iter().map(|reason| format!("✗ {reason}")));
    lines
}

/// How wide a text is drawn.
pub(super) fn width_of(text: &str) -> i32 {
    let letters = text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum::<i32>();
    letters * LETTERS.0 / LETTERS.1 + 1
}

/// Lays a picture out.
pub(super) fn layout(picture: &Picture) -> Layout {
    let mut made = Maker::new(picture);
    made.place_boxes();
    made.route_lines();
    made.layout
}

struct Maker<'p> {
    picture: &'p Picture,
    /// The pane of each box.
    pane_of: BTreeMap<usize, usize>,
    /// How many lines leave each box, and how many were routed so far.
    ports: BTreeMap<usize, (i32, i32)>,
    /// For each pane: the lines that use the gap to its right, and how many lanes of it are taken.
    lanes: Vec<(i32, i32)>,
    /// The width that labels need in each gap.
    labels: Vec<i32>,
    /// Lines that cross above the panes.
    crossings: i32,
    layout: Layout,
}

impl<'p> Maker<'p> {
    fn new(picture: &'p Picture) -> Self {
        let mut pane_of = BTreeMap::new();
        for (at, pane) in picture.panes.iter().enumerate() {
            pane_of.extend(pane.blocks.iter().map(|one| (one.key, at)));
        }
        let mut maker = Self {
            picture,
            ports: pane_of.keys().map(|key| (*key, (0, 0))).collect(),
            lanes: vec![(0, 0); picture.panes.len()],
            labels: vec![0; picture.panes.len()],
            pane_of,
            crossings: 0,
            layout: Layout::default(),
        };
        for line in &picture.lines {
            let Some((from, to)) = maker.panes_of(line.ends) else { continue };
            for end in line.ends {
                if let Some(port) = maker.ports.get_mut(&end) {
                    port.0 += 1;
                }
            }
            let left = from.min(to);
            maker.labels[left] = maker.labels[left].max(width_of(&line.label) + PAD);
            maker.lanes[left].0 += 1;
            if from.abs_diff(to) > 1 {
                maker.crossings += 1;
                maker.lanes[from.max(to) - 1].0 += 1;
            }
        }
        maker
    }

    fn panes_of(&self, ends: [usize; 2]) -> Option<(usize, usize)> {
        Some((*self.pane_of.get(&ends[0])?, *self.pane_of.get(&ends[1])?))
    }

    fn top(&self) -> i32 {
        MARGIN + HEADER + self.crossings * LANE
    }

    fn place_boxes(&mut self) {
        let mut x = MARGIN;
        let mut bottom = self.top();
        for (at, pane) in self.picture.panes.iter().enumerate() {
            let texts = pane.blocks.iter().flat_map(lines_of).map(|line| width_of(&line));
            let inner = texts.max().unwrap_or(0).max(width_of(&pane.name)) + 2 * PAD;
            let mut y = self.top() + HEADER;
            for one in &pane.blocks {
                let lines = i32::try_from(lines_of(one).len()).unwrap_or(1);
                let ports = self.ports.get(&one.key).map_or(0, |ports| ports.0);
                let needed = (lines * TEXT + PAD).max(ports * PORT + PAD) + PAD;
                // All boxes begin on one grid, so that the ports of two panes never meet.
                let height = (needed + PORT - 1) / PORT * PORT - PAD;
                self.layout.blocks.insert(one.key, Area { x: x + PAD, y, width: inner, height });
                y += height + PAD;
            }
            let area = Area { x, y: self.top(), width: inner + 2 * PAD, height: y - self.top() };
            self.layout.panes.push(area);
            bottom = bottom.max(y);
            let gap = self.labels[at] + self.lanes[at].0 * LANE + 2 * PAD;
            x += area.width + gap;
        }
        for pane in &mut self.layout.panes {
            pane.height = bottom - pane.y;
        }
        let title = width_of(&self.picture.title) * TITLE.0 / TITLE.1;
        self.layout.width = (x + MARGIN).max(title + 2 * MARGIN);
        self.layout.height = bottom + MARGIN;
    }

    fn route_lines(&mut self) {
        let mut crossing = 0;
        for line in &self.picture.lines {
            let route = self.panes_of(line.ends).map(|(from, to)| {
                let [one, two] = line.ends;
                let (near, far, left, right) =
                    if from <= to { (one, two, from, to) } else { (two, one, to, from) };
                self.route(near, far, left, right, &mut crossing)
            });
            self.layout.routes.push(route);
        }
    }

    /// From the right side of `near`, in pane `left`, to `far`, in pane `right`.
    fn route(&mut self, near: usize, far: usize, left: usize, right: usize, crossing: &mut i32) -> Route {
        let start = (self.right_side(near), self.port(near));
        let lane = self.lane(left);
        let label = (self.layout.panes[left].x + self.layout.panes[left].width + PAD / 2, start.1 - 4);
        let far_port = self.port(far);
        // The left sides have the heights between those of the right sides.
        let end = if left == right { far_port } else { far_port - PORT / 2 };
        let mut points = vec![start, (lane, start.1)];
        if left == right {
            points.extend([(lane, end), (self.right_side(far), end)]);
        } else if right == left + 1 {
            points.extend([(lane, end), (self.layout.blocks[&far].x, end)]);
        } else {
            let above = MARGIN + HEADER + *crossing * LANE;
            *crossing += 1;
            let last = self.lane(right - 1);
            points.extend([(lane, above), (last, above), (last, end), (self.layout.blocks[&far].x, end)]);
        }
        Route { points, label }
    }

    fn right_side(&self, key: usize) -> i32 {
        self.layout.blocks.get(&key).map_or(0, |area| area.x + area.width)
    }

    /// The next free height at a box.
    fn port(&mut self, key: usize) -> i32 {
        let y = self.layout.blocks.get(&key).map_or(0, |area| area.y);
        let Some(ports) = self.ports.get_mut(&key) else { return y };
        ports.1 += 1;
        y + ports.1 * PORT
    }

    /// The next free lane right of a pane, beyond the labels.
    fn lane(&mut self, pane: usize) -> i32 {
        let area = self.layout.panes[pane];
        let taken = &mut self.lanes[pane].1;
        *taken += 1;
        area.x + area.width + PAD + self.labels[pane] + (*taken - 1) * LANE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Line, LineState, Pane};

    fn picture(panes: usize, boxes: usize) -> Picture {
        let of_pane = |pane: usize| Pane {
            name: format!("region {pane}"),
            blocks: (0..boxes)
                .map(|at| Block {
                    key: pane * boxes + at,
                    name: format!("vnet-{pane}-{at}"),
                    role: "",
                    ranges: "10.1.0.0/16".to_owned(),
                    contents: vec!["Subnet1 10.1.1.0/24".to_owned()],
                    changed: false,
                    broken: None,
                })
                .collect(),
        };
        let line = |from: usize, to: usize| Line {
            ends: [from, to],
            label: "vpn".to_owned(),
            state: LineState::Up,
            broken: None,
        };
        let all = panes * boxes;
        Picture {
            title: "a test".to_owned(),
            panes: (0..panes).map(of_pane).collect(),
            lines: (1..all).map(|to| line(to / 2, to)).chain([line(0, all - 1)]).collect(),
        }
    }

    fn apart(one: &Area, two: &Area) -> bool {
        one.x + one.width <= two.x
            || two.x + two.width <= one.x
            || one.y + one.height <= two.y
            || two.y + two.height <= one.y
    }

    /// The straight parts of a line; no width or no height.
    fn stretches(route: &Route) -> Vec<Area> {
        let parts = route.points.windows(2);
        parts
            .map(|ends| {
                let ((x1, y1), (x2, y2)) = (ends[0], ends[1]);
                Area { x: x1.min(x2), y: y1.min(y2), width: (x1 - x2).abs(), height: (y1 - y2).abs() }
            })
            .collect()
    }

    /// Whether two straight parts lie on one another rather than cross.
    fn along(one: &Area, two: &Area) -> bool {
        let level = |area: &Area| area.height == 0 && area.width > 0;
        let upright = |area: &Area| area.width == 0 && area.height > 0;
        let share = |a: i32, length: i32, b: i32, other: i32| a < b + other && b < a + length;
        (level(one) && level(two) && one.y == two.y && share(one.x, one.width, two.x, two.width))
            || (upright(one) && upright(two) && one.x == two.x && share(one.y, one.height, two.y, two.height))
    }

    #[test]
    fn nothing_overlaps_at_2_6_and_40_networks() {
        for (panes, boxes) in [(2, 1), (3, 2), (4, 10)] {
            let picture = picture(panes, boxes);
            let laid = layout(&picture);
            let areas: Vec<&Area> = laid.blocks.values().collect();
            for (at, one) in areas.iter().enumerate() {
                assert!(areas[at + 1..].iter().all(|two| apart(one, two)));
            }
            let mut labels: Vec<Area> = Vec::new();
            for (route, line) in laid.routes.iter().flatten().zip(&picture.lines) {
                let (x, y) = route.label;
                let label = Area { x, y: y - 10, width: width_of(&line.label), height: 12 };
                assert!(labels.iter().all(|other| apart(other, &label)), "two labels share a place");
                assert!(areas.iter().all(|area| apart(area, &label)), "a label lies over a box");
                labels.push(label);
                assert!(route.points.iter().all(|(x, y)| *x <= laid.width && *y <= laid.height && *y > 0));
            }
            let stretches: Vec<Area> = laid.routes.iter().flatten().flat_map(stretches).collect();
            for (at, one) in stretches.iter().enumerate() {
                assert!(stretches[at + 1..].iter().all(|two| !along(one, two)), "two lines share a stretch");
            }
        }
    }
}
