//! .NET's format strings for dates, in the invariant culture.

use super::moment::{Civil, Moment};
use crate::machine::{Stop, refused};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Longer formats are refused.
const LONGEST: usize = 256;

/// The moment in a standard format of one letter, or a custom one.
pub(super) fn print(moment: &Moment, format: &str) -> Result<String, Stop> {
    if format.len() > LONGEST {
        return Err(Stop::Budget(format!(
            "a date format of {} bytes is longer than the {LONGEST} allowed",
            format.len()
        )));
    }
    let custom = match format {
        "d" => "MM/dd/yyyy",
        "D" => "dddd, dd MMMM yyyy",
        "f" => "dddd, dd MMMM yyyy HH:mm",
        "F" | "U" => "dddd, dd MMMM yyyy HH:mm:ss",
        "g" => "MM/dd/yyyy HH:mm",
        "G" | "" => "MM/dd/yyyy HH:mm:ss",
        "m" | "M" => "MMMM dd",
        "o" | "O" => "yyyy-MM-ddTHH:mm:ss.fffffffK",
        "r" | "R" => "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "s" => "yyyy-MM-ddTHH:mm:ss",
        "t" => "HH:mm",
        "T" => "HH:mm:ss",
        "u" => "yyyy-MM-dd HH:mm:ss'Z'",
        "y" | "Y" => "yyyy MMMM",
        other if other.len() == 1 => return refused(format!("dates have no format `{other}`")),
        custom => custom,
    };
    Ok(written(moment, custom))
}

fn written(moment: &Moment, format: &str) -> String {
    let civil = moment.civil();
    let mut out = String::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        let run: usize = rest.chars().take_while(|character| *character == first).map(char::len_utf8).sum();
        match first {
            '\'' | '"' => {
                let inside = &rest[1..];
                let end = inside.find(first).unwrap_or(inside.len());
                out.push_str(&inside[..end]);
                rest = inside.get(end + 1..).unwrap_or_default();
                continue;
            }
            '\\' => {
                let escaped = rest[1..].chars().next();
                out.extend(escaped);
                rest = &rest[1 + escaped.map_or(0, char::len_utf8)..];
                continue;
            }
            '%' => {
                rest = &rest[1..];
                continue;
            }
            _ => {}
        }
        match part(moment, &civil, first, run) {
            Some(text) => out.push_str(&text),
            None => out.push_str(&rest[..run]),
        }
        rest = &rest[run..];
    }
    out
}

/// What a run of one letter stands for; `None` if it stands for itself.
fn part(moment: &Moment, civil: &Civil, letter: char, run: usize) -> Option<String> {
    let number = |value: i64| format!("{value:0>width$}", width = run.min(2));
    let month = MONTHS.get(usize::try_from(civil.month - 1).unwrap_or(0)).copied().unwrap_or_default();
    let day = DAYS.get(civil.weekday).copied().unwrap_or_default();
    Some(match (letter, run) {
        ('y', 1 | 2) => format!("{:0>run$}", civil.year % 100),
        ('y', run) => format!("{:0>run$}", civil.year),
        ('M', 1 | 2) => number(civil.month),
        ('M', 3) => month[..3].to_owned(),
        ('M', _) => month.to_owned(),
        ('d', 1 | 2) => number(civil.day),
        ('d', 3) => day[..3].to_owned(),
        ('d', _) => day.to_owned(),
        ('H', _) => number(civil.hour),
        ('h', _) => number((civil.hour + 11) % 12 + 1),
        ('m', _) => number(civil.minute),
        ('s', _) => number(civil.second),
        ('f', run) => format!("{:0>7}", moment.ticks)[..run.min(7)].to_owned(),
        ('F', run) => format!("{:0>7}", moment.ticks)[..run.min(7)].trim_end_matches('0').to_owned(),
        ('t', 1) => if civil.hour < 12 { "A" } else { "P" }.to_owned(),
        ('t', _) => if civil.hour < 12 { "AM" } else { "PM" }.to_owned(),
        ('K', _) => "Z".to_owned(),
        ('z', 1) => "+0".to_owned(),
        ('z', 2) => "+00".to_owned(),
        ('z', _) => "+00:00".to_owned(),
        _ => return None,
    })
}
