//! The events of an XML stream that articles are made of, with names that do not depend on prefixes.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{QName, ResolveResult};

use super::tree::Element;
use crate::article::encoding::decode;
use crate::article::read::{Limits, stream};

/// Namespaces, or how they begin, and the prefix under which their elements are known here.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://www.w3.org/2005/Atom", ""),
    ("http://purl.org/atom/ns#", ""),
    ("http://purl.org/rss/1.0/modules/content/", "content:"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/simple/", ""),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"),
    ("http://purl.org/dc/elements/1.1/", "dc:"),
    ("http://purl.org/dc/terms/", "dcterms:"),
    ("http://iptc.org/std/nar/", ""),
    ("http://iptc.org/std/NITF/", ""),
    ("http://www.w3.org/1999/xhtml", ""),
];

/// What happens next in a document.
pub(super) enum Token {
    /// An element begins.
    Open(Element),
    /// The last element that began ends.
    Close,
    /// Text, entities and CDATA sections resolved.
    Text(String),
    /// The document ends.
    End,
}

/// Reads the tokens of a document.
pub(super) struct Tokens {
    reader: NsReader<Lines>,
    buffer: Vec<u8>,
    /// An element without content has just begun.
    is_empty: bool,
    has_elements: bool,
    max_record_bytes: u64,
}

impl Tokens {
    /// Takes the declaration off, and decodes as it says, unless the head of the stream is UTF-8 anyhow.
    pub(super) fn new(head: &[u8], mut reader: Box<dyn Read + Send>, limits: &Limits) -> io::Result<Self> {
        let declaration = declaration(head);
        let length = declaration.len();
        let line = 1 + memchr::memchr_iter(b'\n', declaration).count() as u64;
        io::copy(&mut reader.by_ref().take(length as u64), &mut io::sink())?;
        // Up to a tag's end, so that no character is cut.
        let whole = &head[..memchr::memrchr(b'>', head).map_or(head.len(), |at| at + 1)];
        let label = declared_encoding(declaration);
        let encoding = match &label {
            Some(label) if whole.is_ascii() => {
                encoding_rs::Encoding::for_label(label.as_bytes()).map(encoding_rs::Encoding::name)
            }
            label => Some(decode(whole, label.as_deref()).encoding),
        };
        let lines = Lines {
            inner: BufReader::with_capacity(1 << 16, stream::decoded(reader, encoding.unwrap_or("UTF-8"))),
            line,
            left: limits.max_record_bytes,
            max_record_bytes: limits.max_record_bytes,
        };
        let mut reader = NsReader::from_reader(lines);
        reader.config_mut().allow_dangling_amp = true;
        Ok(Self {
            reader,
            buffer: Vec::new(),
            is_empty: false,
            has_elements: false,
            max_record_bytes: limits.max_record_bytes,
        })
    }

    /// The line up to which has been read.
    pub(super) fn line(&self) -> u64 {
        self.reader.get_ref().line
    }

    /// True once an element has begun.
    pub(super) fn has_elements(&self) -> bool {
        self.has_elements
    }

    /// From here on as many bytes may be read as a record may have.
    pub(super) fn start_record(&mut self) {
        self.reader.get_mut().left = self.max_record_bytes;
    }

    /// The next token; comments, declarations and instructions are passed over.
    pub(super) fn next(&mut self) -> Result<Token, String> {
        if std::mem::take(&mut self.is_empty) {
            return Ok(Token::Close);
        }
        loop {
            self.buffer.clear();
            let mut buffer = std::mem::take(&mut self.buffer);
            let token = match self.reader.read_event_into(&mut buffer) {
                Ok(Event::Start(start)) => Some(Token::Open(self.opened(&start))),
                Ok(Event::Empty(start)) => {
                    self.is_empty = true;
                    Some(Token::Open(self.opened(&start)))
                }
                Ok(Event::End(_)) => Some(Token::Close),
                Ok(Event::Text(text)) => Some(Token::Text(text.xml10_content().into_owned())),
                Ok(Event::CData(text)) => Some(Token::Text(text.xml10_content().into_owned())),
                Ok(Event::GeneralRef(reference)) => Some(Token::Text(resolved(&reference))),
                Ok(Event::Eof) => Some(Token::End),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => None,
                Err(quick_xml::Error::Io(error)) => return Err(error.to_string()),
                Err(error) => return Err(format!("expected well-formed XML, found what is not ({error})")),
            };
            self.buffer = buffer;
            if let Some(token) = token {
                return Ok(token);
            }
        }
    }

    fn opened(&mut self, start: &BytesStart<'_>) -> Element {
        self.has_elements = true;
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).flatten().map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.unwrap_or_else(|_| attribute.value.clone());
            (attribute.key.into_inner().to_owned(), value.into_owned())
        });
        Element::new(self.name(start.name()), attributes.collect())
    }

    /// The name under the prefix of its namespace that is used here; as written where the namespace is not known.
    fn name(&self, name: QName<'_>) -> String {
        let (namespace, local) = self.reader.resolver().resolve_element(name);
        let prefix = match namespace {
            ResolveResult::Bound(namespace) => {
                let uri = namespace.into_inner();
                NAMESPACES.iter().find(|(known, _)| uri.starts_with(known)).map(|(_, prefix)| *prefix)
            }
            _ => None,
        };
        match prefix {
            Some(prefix) => format!("{prefix}{}", local.into_inner()),
            None => name.into_inner().to_owned(),
        }
    }
}

/// The character that a reference stands for; the reference itself where that is not known.
fn resolved(reference: &BytesRef<'_>) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        _ => resolve_html5_entity(reference).map_or_else(|| format!("&{};", &**reference), str::to_owned),
    }
}

/// `<?xml ... ?>` at the start of a document, with what stands before it.
fn declaration(head: &[u8]) -> &[u8] {
    let n_blank = head.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let is_declared = head[n_blank..].starts_with(b"<?xml") && head.get(n_blank + 5) != Some(&b'-');
    match memchr::memmem::find(head, b"?>") {
        Some(end) if is_declared => &head[..end + 2],
        _ => &head[..n_blank],
    }
}

/// The label behind `encoding=`.
fn declared_encoding(declaration: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(declaration);
    let (_, rest) = text.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split_once(quote).map(|(label, _)| label.to_owned())
}

/// Counts lines, and stops where a record gets too long.
struct Lines {
    inner: BufReader<Box<dyn Read + Send>>,
    line: u64,
    left: u64,
    max_record_bytes: u64,
}

impl Read for Lines {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Lines {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let (left, max) = (self.left, self.max_record_bytes);
        let chunk = self.inner.fill_buf()?;
        if left == 0 && !chunk.is_empty() {
            let problem =
                format!("expected at most {max} bytes of one record (--max-record-bytes), found more");
            return Err(io::Error::other(problem));
        }
        Ok(&chunk[..chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX))])
    }

    fn consume(&mut self, n: usize) {
        self.line += memchr::memchr_iter(b'\n', &self.inner.buffer()[..n]).count() as u64;
        self.left -= n as u64;
        self.inner.consume(n);
    }
}
