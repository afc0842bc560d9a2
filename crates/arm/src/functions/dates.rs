//! Dates, in the proleptic Gregorian calendar and the years 1 to 9999 as .NET has them.

mod duration;
mod moment;
mod pattern;

use drlint_resource::{Data, Number, Value};

use super::arrays::integer;
use super::strings::text_of;
use crate::machine::{Answer, Invocation, Stop, refused};
use duration::Duration;
use moment::Moment;

fn moment(arguments: &[Value], at: usize, function: &str) -> Result<Moment, Stop> {
    let text = text_of(arguments, at, function)?;
    Moment::parse(text).ok_or_else(|| {
        Stop::Argument(at, format!("`{text}` is no date and time such as 2020-04-07T14:53:14Z"))
    })
}

pub(super) fn to_epoch(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let moment = moment(arguments, 0, "dateTimeToEpoch")?;
    Ok(invocation.value(Data::Number(Number::Integer(moment.seconds))))
}

pub(super) fn from_epoch(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    if arguments.is_empty() {
        return refused("`dateTimeFromEpoch` without seconds is not known here");
    }
    let seconds = integer(arguments, 0, "the seconds")?;
    match Moment::at(seconds) {
        Some(moment) => invocation.text(pattern::print(&moment, "yyyy-MM-ddTHH:mm:ssZ")?),
        None => refused(format!("{seconds} seconds lead beyond the years 1 to 9999")),
    }
}

/// Without a format the base's own is kept (docs, `template-functions-date.md`).
pub(super) fn add(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let base = moment(arguments, 0, "dateTimeAdd")?;
    let text = text_of(arguments, 1, "dateTimeAdd")?;
    let Some(duration) = Duration::parse(text) else {
        return Err(Stop::Argument(1, format!("`{text}` is no ISO 8601 duration such as P3Y or -PT1H")));
    };
    let Some(result) = duration.after(&base) else {
        return refused("the result lies beyond the years 1 to 9999");
    };
    let format = match arguments.get(2) {
        Some(value) if !value.is_null() => text_of(arguments, 2, "dateTimeAdd")?,
        _ => base.format,
    };
    invocation.text(pattern::print(&result, format)?)
}
