//! `uniqueString` and `guid`, bit for bit (`ARM.md`, section 5).

use drlint_resource::Value;

use crate::machine::{Answer, Invocation, refused};

/// The namespace of `guid`'s version 5 UUIDs.
const NAMESPACE: [u8; 16] =
    [0x11, 0xfb, 0x06, 0xfb, 0x71, 0x2d, 0x4d, 0xdd, 0x98, 0xc7, 0xe7, 0x1b, 0xbd, 0x58, 0x88, 0x30];

fn joined(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Result<String, crate::machine::Stop> {
    let mut text = String::new();
    for (at, value) in arguments.iter().enumerate() {
        let Some(part) = value.as_str() else {
            return Err(crate::machine::Stop::Argument(
                at,
                format!(
                    "`{}` takes strings, not {}",
                    invocation.call.name(),
                    crate::machine::kind(&value.data)
                ),
            ));
        };
        if at > 0 {
            text.push('-');
        }
        text.push_str(part);
    }
    invocation.machine.meter.bytes(text.len())?;
    Ok(text)
}

pub(super) fn unique_string(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    if arguments.is_empty() {
        return refused("`uniqueString` takes at least 1 argument");
    }
    let text = joined(invocation, arguments)?;
    invocation.text(base32(murmur(text.as_bytes())))
}

pub(super) fn guid(invocation: &Invocation<'_, '_>, arguments: &[Value]) -> Answer {
    let text = joined(invocation, arguments)?;
    let mut named = NAMESPACE.to_vec();
    named.extend_from_slice(text.as_bytes());
    let mut bytes = sha1(&named);
    bytes[6] = (bytes[6] & 0x0f) | 0x50;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut printed = String::with_capacity(36);
    for (at, byte) in bytes.iter().take(16).enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            printed.push('-');
        }
        printed.push_str(&format!("{byte:02x}"));
    }
    invocation.text(printed)
}

/// The 64-bit variant of `MurmurHash3` with two 32-bit halves, seed 0.
fn murmur(bytes: &[u8]) -> u64 {
    const C1: u32 = 0x239b_961b;
    const C2: u32 = 0xab0e_9789;
    let first = |word: u32| word.wrapping_mul(C1).rotate_left(15).wrapping_mul(C2);
    let second = |word: u32| word.wrapping_mul(C2).rotate_left(17).wrapping_mul(C1);
    let word = |bytes: &[u8]| {
        bytes.iter().take(4).enumerate().fold(0_u32, |word, (at, byte)| word | (u32::from(*byte) << (8 * at)))
    };
    let (mut h1, mut h2) = (0_u32, 0_u32);
    let blocks = bytes.chunks_exact(8);
    let tail = blocks.remainder();
    for block in blocks {
        h1 ^= first(word(block));
        h1 = h1.rotate_left(19).wrapping_add(h2).wrapping_mul(5).wrapping_add(0x561c_cd1b);
        h2 ^= second(word(&block[4..]));
        h2 = h2.rotate_left(13).wrapping_add(h1).wrapping_mul(5).wrapping_add(0x0bca_a747);
    }
    if !tail.is_empty() {
        h1 ^= first(word(tail));
    }
    if let Some(rest) = tail.get(4..).filter(|rest| !rest.is_empty()) {
        h2 ^= second(word(rest));
    }
    #[expect(clippy::cast_possible_truncation, reason = "the hash takes the length modulo 2^32")]
    let length = bytes.len() as u32;
    h1 ^= length;
    h2 ^= length;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = finish(h1);
    h2 = finish(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    (u64::from(h2) << 32) | u64::from(h1)
}

fn finish(mut half: u32) -> u32 {
    half ^= half >> 16;
    half = half.wrapping_mul(0x85eb_ca6b);
    half ^= half >> 13;
    half = half.wrapping_mul(0xc2b2_ae35);
    half ^ (half >> 16)
}

/// 13 characters, from the top five bits on.
fn base32(mut hash: u64) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut text = String::with_capacity(13);
    for _ in 0..13 {
        text.push(char::from(ALPHABET[(hash >> 59) as usize]));
        hash <<= 5;
    }
    text
}

/// SHA-1 (FIPS 180-4), for UUIDs and for identities; nothing here is a secret.
pub(crate) fn sha1(bytes: &[u8]) -> [u8; 20] {
    let mut state: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend_from_slice(&(bytes.len() as u64).wrapping_mul(8).to_be_bytes());
    for block in padded.chunks_exact(64) {
        compress(&mut state, block);
    }
    let mut digest = [0; 20];
    for (place, word) in digest.chunks_exact_mut(4).zip(state) {
        place.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

#[expect(clippy::many_single_char_names, reason = "FIPS 180-4 calls them so")]
fn compress(state: &mut [u32; 5], block: &[u8]) {
    let mut words = [0_u32; 80];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, byte| (word << 8) | u32::from(*byte));
    }
    for at in 16..80 {
        words[at] = (words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]).rotate_left(1);
    }
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    for (at, word) in words.iter().enumerate() {
        let (mixed, constant) = match at {
            0..20 => ((b & c) | (!b & d), 0x5a82_7999),
            20..40 => (b ^ c ^ d, 0x6ed9_eba1),
            40..60 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
            _ => (b ^ c ^ d, 0xca62_c1d6_u32),
        };
        let next =
            a.rotate_left(5).wrapping_add(mixed).wrapping_add(e).wrapping_add(constant).wrapping_add(*word);
        (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
    }
    for (word, change) in state.iter_mut().zip([a, b, c, d, e]) {
        *word = word.wrapping_add(change);
    }
}
