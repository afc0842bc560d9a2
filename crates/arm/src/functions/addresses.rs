//! `parseCidr`, `cidrSubnet`, `cidrHost` (docs, `template-functions-cidr.md`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use drlint_resource::{Data, Key, Number, Object, Reason, Value};

use super::arrays::integer;
use super::strings::text_of;
use crate::machine::{Answer, Invocation, Stop};

/// A block of addresses; addresses of both families are counted in 128 bits.
#[derive(Clone, Copy)]
struct Block {
    /// 32 or 128.
    width: u32,
    network: u128,
    length: u32,
}

impl Block {
    fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        if length.is_empty() || length.len() > 3 || !length.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let length: u32 = length.parse().ok()?;
        let (width, bits) = match address.parse().ok()? {
            IpAddr::V4(address) => (32, u128::from(u32::from(address))),
            IpAddr::V6(address) => (128, u128::from(address)),
        };
        (length <= width).then(|| Self::new(width, bits, length))
    }

    fn new(width: u32, address: u128, length: u32) -> Self {
        let block = Self { width, network: 0, length };
        Self { network: address & !block.host_mask(), ..block }
    }

    /// The bits that tell hosts apart.
    fn host_mask(self) -> u128 {
        ones(self.width - self.length)
    }

    fn last(self) -> u128 {
        self.network | self.host_mask()
    }

    fn print(self, address: u128) -> String {
        if self.width == 32 {
            // The upper bits of an IPv4 address are zero.
            Ipv4Addr::from(u32::try_from(address).unwrap_or(u32::MAX)).to_string()
        } else {
            Ipv6Addr::from(address).to_string()
        }
    }

    /// The first address for a host: of IPv4 not the network itself, except in the two smallest blocks.
    fn first_usable(self) -> u128 {
        if self.width == 32 && self.length < 31 { self.network + 1 } else { self.network }
    }

    fn last_usable(self) -> u128 {
        if self.width == 32 && self.length < 31 { self.last() - 1 } else { self.last() }
    }
}

/// So many bits set.
fn ones(bits: u32) -> u128 {
    1_u128.checked_shl(bits).map_or(u128::MAX, |bit| bit - 1)
}

fn block(arguments: &[Value], function: &str) -> Result<Block, Stop> {
    let text = text_of(arguments, 0, function)?;
    Block::parse(text)
        .ok_or_else(|| Stop::Argument(0, format!("`{text}` is no address prefix such as 10.0.0.0/16")))
}

pub(super) fn parse_cidr(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let block = block(arguments, "parseCidr")?;
    let span = invocation.site.span();
    let member = |name: &str, data| (Key { name: name.into(), span }, Value::new(data, span));
    let address = |name: &str, address| member(name, Data::Text(block.print(address).into()));
    let mask = ones(block.width) & !block.host_mask();
    let mut members = vec![address("network", block.network), address("netmask", mask)];
    if block.width == 32 {
        members.push(address("broadcast", block.last()));
    }
    members.push(address("firstUsable", block.first_usable()));
    members.push(address("lastUsable", block.last_usable()));
    members.push(member("cidr", Data::Number(Number::Integer(i64::from(block.length)))));
    Ok(invocation.value(Data::Object(Arc::new(Object::new(members)))))
}

pub(super) fn cidr_subnet(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let block = block(arguments, "cidrSubnet")?;
    let length = integer(arguments, 1, "the new length")?;
    let index = integer(arguments, 2, "the index")?;
    let Some(length) = u32::try_from(length).ok().filter(|new| (block.length..=block.width).contains(new))
    else {
        return Err(Stop::Argument(
            1,
            format!("a new length of {length} is not between {} and {}", block.length, block.width),
        ));
    };
    let Ok(index) = u128::try_from(index) else {
        return Err(Stop::Argument(2, format!("the index must not be negative, as {index} is")));
    };
    // Whether Azure answers beyond the range is not documented (`ARM.md`, section 4): no guess.
    if index > ones(length - block.length) {
        return Err(beyond(invocation, &format!("the subnets of length {length}"), index));
    }
    let network = block.network | index.checked_shl(block.width - length).unwrap_or(0);
    let subnet = Block::new(block.width, network, length);
    invocation.text(format!("{}/{length}", subnet.print(subnet.network)))
}

/// Index 0 is the first usable address: the one after the network.
pub(super) fn cidr_host(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let block = block(arguments, "cidrHost")?;
    let index = integer(arguments, 1, "the index")?;
    let Ok(index) = u128::try_from(index) else {
        return Err(Stop::Argument(1, format!("the index must not be negative, as {index} is")));
    };
    let first = if block.length == block.width { block.network } else { block.network + 1 };
    match first.checked_add(index).filter(|host| *host <= block.last_usable()) {
        Some(host) => invocation.text(block.print(host)),
        None => Err(beyond(invocation, "the addresses", index)),
    }
}

fn beyond(invocation: &Invocation<'_, '_>, what: &str, index: u128) -> Stop {
    let reason = format!("index {index} of `{}` is beyond {what} of the block", invocation.call.name());
    Stop::Offline(Reason::Other(reason.into()))
}
