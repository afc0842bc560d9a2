//! What unknown values are equal to: the same computation on equal values.

use std::hash::{DefaultHasher, Hash, Hasher};

use drlint_resource::{Data, Identity, Number, Piece, Value};
use drlint_source::Caseless;

/// A computation with more known values, or longer texts, than these bytes makes an unknown that is equal to nothing.
const MOST_BYTES: usize = 64 * 1024;

/// What the unknown result of a computation on `values` is equal to.
pub(crate) fn identity_of(function: &str, values: &[Value]) -> Option<Identity> {
    let mut seen = Seen::new(function);
    values.iter().try_for_each(|value| seen.argument(value))?;
    Some(seen.finish())
}

/// Tells a template in one set of parameters from all others of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DeploymentKey(u64);

impl DeploymentKey {
    /// The key of what `parts` make different.
    pub(crate) fn of(parts: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        parts.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// What an unknown parameter is equal to: itself, in one deployment.
pub(crate) fn identity_of_parameter(key: DeploymentKey, name: &str) -> Identity {
    let mut seen = Seen::new("parameters");
    key.hash(&mut seen.hasher);
    Caseless(name).hash(&mut seen.hasher);
    seen.finish()
}

/// What a text of these pieces is equal to.
pub(crate) fn identity_of_text(pieces: &[Piece]) -> Option<Identity> {
    // One unknown alone is equal to itself under its own name.
    if let [Piece::Unknown(unknown)] = pieces {
        return unknown.identity.clone();
    }
    let mut seen = Seen::new("~");
    for piece in pieces {
        match piece {
            Piece::Known(text) => seen.text(text),
            Piece::Unknown(unknown) => seen.identity(unknown.identity.as_ref()?),
        }
    }
    Some(seen.finish())
}

/// What a computation was seen to consist of.
struct Seen {
    hasher: Gathered,
    bytes: usize,
}

/// Hands on what it is given in larger pieces: the hash is the same, and the hasher is asked far less often.
struct Gathered {
    hasher: DefaultHasher,
    bytes: [u8; 128],
    length: usize,
}

impl Hasher for Gathered {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(room) = self.bytes.get_mut(self.length..self.length + bytes.len()) {
            room.copy_from_slice(bytes);
            self.length += bytes.len();
            return;
        }
        self.hasher.write(&self.bytes[..self.length]);
        self.hasher.write(bytes);
        self.length = 0;
    }

    fn finish(&self) -> u64 {
        let mut hasher = self.hasher.clone();
        hasher.write(&self.bytes[..self.length]);
        hasher.finish()
    }
}

impl Seen {
    fn new(function: &str) -> Self {
        let mut hasher = Gathered { hasher: DefaultHasher::new(), bytes: [0; 128], length: 0 };
        Caseless(function).hash(&mut hasher);
        Self { hasher, bytes: 0 }
    }

    fn argument(&mut self, value: &Value) -> Option<()> {
        match &value.data {
            Data::Unknown(unknown) => self.identity(unknown.identity.as_ref()?),
            _ => self.known(value)?,
        }
        Some(())
    }

    fn identity(&mut self, identity: &Identity) {
        self.hasher.write_u8(b'?');
        identity.hash(&mut self.hasher);
    }

    /// `None` if some part is unknown, or there is too much of it.
    fn known(&mut self, value: &Value) -> Option<()> {
        self.bytes += 1;
        if self.bytes > MOST_BYTES {
            return None;
        }
        match &value.data {
            Data::Null => self.hasher.write_u8(b'n'),
            Data::Bool(value) => self.hasher.write_u8(if *value { b't' } else { b'f' }),
            Data::Number(Number::Integer(integer)) => {
                self.hasher.write_u8(b'i');
                self.hasher.write_i64(*integer);
            }
            Data::Number(number) => {
                self.hasher.write_u8(b'd');
                self.text(&number.to_string());
            }
            Data::Text(text) => {
                self.hasher.write_u8(b's');
                self.text(text);
            }
            Data::Array(values) => {
                self.hasher.write_u8(b'[');
                self.hasher.write_usize(values.len());
                values.iter().try_for_each(|value| self.known(value))?;
            }
            Data::Object(object) => {
                self.hasher.write_u8(b'{');
                self.hasher.write_usize(object.len());
                for (key, value) in object.iter() {
                    self.text(&key.name);
                    self.known(value)?;
                }
            }
            Data::Unknown(_) => return None,
        }
        Some(())
    }

    fn text(&mut self, text: &str) {
        self.bytes += text.len();
        text.hash(&mut self.hasher);
    }

    fn finish(self) -> Identity {
        Identity::Computed(self.hasher.finish())
    }
}
