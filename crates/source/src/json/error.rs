//! What can be wrong with a text that should be JSON.

use std::fmt;
use std::ops::Range;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub problem: Problem,
    /// The offending bytes of the text; empty at the end of the file.
    pub place: Range<u32>,
    /// Where the open bracket or string began, if that explains it.
    pub opened: Option<Range<u32>>,
}

/// The kinds of [`SyntaxError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing but white space and comments.
    Empty,
    /// Between two elements.
    ExpectedCommaOrBracket,
    /// Between two members.
    ExpectedCommaOrBrace,
    /// `}` where an array should end.
    BraceClosesArray,
    /// `]` where an object should end.
    BracketClosesObject,
    /// The file ends inside an array.
    UnclosedArray,
    /// The file ends inside an object.
    UnclosedObject,
    /// The file ends inside a string.
    UnclosedString,
    /// The file ends inside a `/* */` comment.
    UnclosedComment,
    /// A member without a key.
    ExpectedKey,
    /// A key without `"` around it.
    UnquotedKey,
    /// A key without `:` after it.
    ExpectedColon,
    /// No value where one belongs.
    ExpectedValue,
    /// A word that is no JSON value.
    UnknownWord,
    /// A string in single quotes.
    SingleQuotes,
    /// A number that JSON does not allow, such as `01` or `.5`.
    InvalidNumber,
    /// A backslash with something JSON does not know.
    InvalidEscape,
    /// A control character inside a string.
    ControlCharacter,
    /// A character that has no meaning here.
    UnexpectedCharacter,
    /// Text after the end of the value.
    TextAfterEnd,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the file is empty",
            Self::ExpectedCommaOrBracket => "expected `,` or `]`",
            Self::ExpectedCommaOrBrace => "expected `,` or `}`",
            Self::BraceClosesArray => "expected `]`, found `}`",
            Self::BracketClosesObject => "expected `}`, found `]`",
            Self::UnclosedArray => "the file ends before `]`",
            Self::UnclosedObject => "the file ends before `}`",
            Self::UnclosedString => "the file ends inside a string",
            Self::UnclosedComment => "the file ends inside a comment",
            Self::ExpectedKey => "expected a key",
            Self::UnquotedKey => "a key needs double quotes",
            Self::ExpectedColon => "expected `:`",
            Self::ExpectedValue => "expected a value",
            Self::UnknownWord => "this word is no JSON value",
            Self::SingleQuotes => "a string needs double quotes",
            Self::InvalidNumber => "this is no JSON number",
            Self::InvalidEscape => "JSON does not know this escape",
            Self::ControlCharacter => "a control character must be escaped",
            Self::UnexpectedCharacter => "unexpected character",
            Self::TextAfterEnd => "unexpected text after the end",
        })
    }
}
