//! .NET's numeric format strings, in the invariant culture.

use drlint_resource::Number;

use crate::machine::{Stop, refused};

/// The most digits a precision may ask for; .NET's own limit is higher.
const MOST_DIGITS: usize = 99;

/// `number` in a standard format such as `N0` or `D3`, or a custom one such as `000`.
pub(super) fn format(number: &Number, format: &str) -> Result<String, Stop> {
    let mut characters = format.chars();
    let letter = characters.next().unwrap_or('G');
    let precision = characters.as_str();
    if !letter.is_ascii_alphabetic() || !precision.bytes().all(|byte| byte.is_ascii_digit()) {
        return custom(number, format);
    }
    let digits = match precision {
        "" => None,
        digits => match digits.parse::<usize>().ok().filter(|digits| *digits <= MOST_DIGITS) {
            Some(digits) => Some(digits),
            None => {
                return Err(Stop::Budget(format!(
                    "a format of {digits} digits is longer than the {MOST_DIGITS} allowed"
                )));
            }
        },
    };
    match letter.to_ascii_uppercase() {
        'D' => integer(number, letter).map(|value| signed(value, &padded(value, digits.unwrap_or(0)))),
        'N' => Ok(grouped(&fixed(number, digits.unwrap_or(2)))),
        'F' => Ok(fixed(number, digits.unwrap_or(2))),
        'P' => {
            let percent = Number::Text((number.as_float() * 100.0).to_string().into());
            Ok(format!("{} %", grouped(&fixed(&percent, digits.unwrap_or(2)))))
        }
        'G' | 'R' if digits.is_none() => Ok(number.to_string()),
        'X' => {
            let value = integer(number, letter)?;
            let width = digits.unwrap_or(0);
            // A negative 32-bit integer prints as its two's complement of that width.
            let text = match i32::try_from(value) {
                Ok(value) => format!("{value:X}"),
                Err(_) => format!("{value:X}"),
            };
            let text = format!("{text:0>width$}");
            Ok(if letter == 'x' { text.to_lowercase() } else { text })
        }
        _ => refused(format!("numbers have no format `{format}` here")),
    }
}

fn integer(number: &Number, letter: char) -> Result<i64, Stop> {
    match number.as_integer() {
        Some(value) => Ok(value),
        None => refused(format!("format `{letter}` takes integers only")),
    }
}

fn padded(value: i64, digits: usize) -> String {
    format!("{:0>digits$}", value.unsigned_abs())
}

fn signed(value: i64, digits: &str) -> String {
    if value < 0 { format!("-{digits}") } else { digits.to_owned() }
}

fn fixed(number: &Number, decimals: usize) -> String {
    match number {
        Number::Integer(value) if decimals == 0 => value.to_string(),
        Number::Integer(value) => format!("{value}.{}", "0".repeat(decimals)),
        Number::Text(_) => format!("{:.decimals$}", number.as_float()),
    }
}

/// Commas between groups of three.
fn grouped(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Placeholders `0` and `#`, one point, commas for groups, everything else as it stands.
fn custom(number: &Number, format: &str) -> Result<String, Stop> {
    let is_placeholder = |character: char| matches!(character, '0' | '#' | '.' | ',');
    let (Some(start), Some(end)) = (format.find(is_placeholder), format.rfind(is_placeholder)) else {
        return Ok(format.to_owned());
    };
    let pattern = &format[start..=end];
    if !pattern.chars().all(is_placeholder) || pattern.matches('.').count() > 1 || pattern.len() > MOST_DIGITS
    {
        return refused(format!("numbers have no format `{format}` here"));
    }
    let (whole, fraction) = pattern.split_once('.').unwrap_or((pattern, ""));
    let most = fraction.matches(['0', '#']).count();
    let least = fraction.rfind('0').map_or(0, |at| at + 1);
    let width = whole.find('0').map_or(0, |at| whole[at..].matches(['0', '#']).count());
    let text = fixed(number, most);
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("-", text));
    let (digits, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = if digits == "0" { "" } else { digits };
    let mut digits = format!("{digits:0>width$}");
    if whole.contains(',') {
        digits = grouped(&digits);
    }
    let trimmed = decimals.trim_end_matches('0');
    let decimals = if trimmed.len() < least { &decimals[..least.min(decimals.len())] } else { trimmed };
    let point = if decimals.is_empty() { "" } else { "." };
    Ok(format!("{sign}{}{digits}{point}{decimals}{}", &format[..start], &format[end + 1..]))
}
