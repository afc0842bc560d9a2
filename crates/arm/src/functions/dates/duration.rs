//! ISO 8601 durations.

use super::moment::Moment;

/// Months and seconds, both with the sign of the whole.
pub(super) struct Duration {
    months: i64,
    seconds: i64,
}

impl Duration {
    /// Reads `P1Y2M3W4DT5H6M7S`, with a sign before it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (sign, text) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let mut rest = text.strip_prefix('P')?;
        let mut duration = Self { months: 0, seconds: 0 };
        let mut in_time = false;
        let mut any = false;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('T') {
                if in_time {
                    return None;
                }
                in_time = true;
                rest = after;
                continue;
            }
            let count = rest.bytes().take_while(u8::is_ascii_digit).count();
            // Ten digits hold every duration that stays within the calendar.
            let amount: i64 = rest.get(..count).filter(|digits| digits.len() <= 12)?.parse().ok()?;
            rest = rest.get(count..)?;
            if let Some(fraction) = rest.strip_prefix('.') {
                let count = fraction.bytes().take_while(u8::is_ascii_digit).count();
                rest = fraction.get(count..)?;
            }
            let unit = rest.chars().next()?;
            rest = rest.get(unit.len_utf8()..)?;
            let (months, seconds) = match (in_time, unit) {
                (false, 'Y') => (12, 0),
                (false, 'M') => (1, 0),
                (false, 'W') => (0, 604_800),
                (false, 'D') => (0, 86_400),
                (true, 'H') => (0, 3600),
                (true, 'M') => (0, 60),
                (true, 'S') => (0, 1),
                _ => return None,
            };
            duration.months = duration.months.checked_add(amount.checked_mul(months * sign)?)?;
            duration.seconds = duration.seconds.checked_add(amount.checked_mul(seconds * sign)?)?;
            any = true;
        }
        any.then_some(duration)
    }

    /// The moment so much later, if the calendar has it.
    pub(super) fn after(&self, moment: &Moment) -> Option<Moment> {
        let civil = moment.civil();
        let months = (civil.year * 12 + civil.month - 1).checked_add(self.months)?;
        moment.on(months.div_euclid(12), months.rem_euclid(12) + 1, civil.day)?.moved(self.seconds)
    }
}
