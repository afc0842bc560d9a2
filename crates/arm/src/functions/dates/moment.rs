//! Moments in universal time.

const DAY: i64 = 86_400;
const FIRST: i64 = -62_135_596_800;
const LAST: i64 = 253_402_300_799;

/// A moment between the years 1 and 9999, and how it was written.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    /// Since 1970-01-01T00:00:00Z.
    pub(super) seconds: i64,
    /// Ten millionths of a second.
    pub(super) ticks: u32,
    /// The .NET format it was written in.
    pub(super) format: &'static str,
}

/// A date with its time of day.
pub(super) struct Civil {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    /// From 0, Sunday.
    pub(super) weekday: usize,
}

impl Moment {
    /// So many seconds after the epoch, within the range.
    pub(super) fn at(seconds: i64) -> Option<Self> {
        (FIRST..=LAST).contains(&seconds).then_some(Self {
            seconds,
            ticks: 0,
            format: "yyyy-MM-ddTHH:mm:ssZ",
        })
    }

    /// Reads `2020-04-07T14:53:14Z`, with a blank for `T`, with a fraction, an offset, without time, and the
    /// compact `20200407T145314Z`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { rest: text.trim() };
        let year = reader.digits(4)?;
        let compact = !reader.skip('-');
        let month = reader.digits(2)?;
        if !compact && !reader.skip('-') {
            return None;
        }
        let day = reader.digits(2)?;
        let date = days(year, month, day)?;
        if reader.rest.is_empty() {
            let format = if compact { "yyyyMMdd" } else { "yyyy-MM-dd" };
            return Some(Self { seconds: date * DAY, ticks: 0, format });
        }
        let blank = reader.skip(' ');
        if !blank && !reader.skip('T') {
            return None;
        }
        let hour = reader.digits(2)?;
        let colon = reader.skip(':');
        let minute = reader.digits(2)?;
        let mut second = 0;
        if colon && reader.skip(':') || !colon && reader.rest.starts_with(|c: char| c.is_ascii_digit()) {
            second = reader.digits(2)?;
        }
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let ticks = if reader.skip('.') { reader.fraction()? } else { 0 };
        let offset = reader.offset()?;
        let seconds = date * DAY + hour * 3600 + minute * 60 + second - offset;
        let format = match (compact, blank) {
            (true, _) => "yyyyMMddTHHmmssZ",
            (false, true) => "yyyy-MM-dd HH:mm:ssZ",
            (false, false) => "yyyy-MM-ddTHH:mm:ssZ",
        };
        Self::at(seconds).map(|moment| Self { ticks, format, ..moment })
    }

    /// The same in another form, if it stays within the range.
    pub(super) fn moved(&self, seconds: i64) -> Option<Self> {
        let moment = Self::at(self.seconds.checked_add(seconds)?)?;
        Some(Self { ticks: self.ticks, format: self.format, ..moment })
    }

    pub(super) fn civil(&self) -> Civil {
        let day_number = self.seconds.div_euclid(DAY);
        let rest = self.seconds.rem_euclid(DAY);
        let (year, month, day) = date(day_number);
        Civil {
            year,
            month,
            day,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
            // 1970-01-01 was a Thursday.
            weekday: usize::try_from((day_number + 4).rem_euclid(7)).unwrap_or(0),
        }
    }

    /// The same time of day on another date; the day is cut to the month's length.
    pub(super) fn on(&self, year: i64, month: i64, day: i64) -> Option<Self> {
        let rest = self.seconds.rem_euclid(DAY);
        let day = day.min(month_length(year, month));
        let moment = Self::at(days(year, month, day)? * DAY + rest)?;
        Some(Self { ticks: self.ticks, format: self.format, ..moment })
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn digits(&mut self, count: usize) -> Option<i64> {
        let digits = self.rest.get(..count)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.rest = self.rest.get(count..)?;
        digits.parse().ok()
    }

    fn skip(&mut self, character: char) -> bool {
        match self.rest.strip_prefix(character) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn fraction(&mut self) -> Option<u32> {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let digits = self.rest.get(..count).filter(|digits| !digits.is_empty())?;
        self.rest = self.rest.get(count..)?;
        let mut ticks = String::from(digits.get(..7).unwrap_or(digits));
        while ticks.len() < 7 {
            ticks.push('0');
        }
        ticks.parse().ok()
    }

    /// `Z`, nothing (taken for universal time), or `+02:00`.
    fn offset(&mut self) -> Option<i64> {
        if self.rest.is_empty() || self.rest.eq_ignore_ascii_case("z") {
            return Some(0);
        }
        let sign = if self.skip('-') {
            -1
        } else if self.skip('+') {
            1
        } else {
            return None;
        };
        let hours = self.digits(2)?;
        self.skip(':');
        let minutes = self.digits(2)?;
        (self.rest.is_empty() && hours <= 14 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
    }
}

fn month_length(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=9999).contains(&year)
        || !(1..=12).contains(&month)
        || !(1..=month_length(year, month)).contains(&day)
    {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The date so many days after 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}
