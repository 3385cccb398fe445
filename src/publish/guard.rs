//! Looks at every byte on its way to the output folder: no number or address of a person leaves the house.
//!
//! Between the pages and a [`Sink`]. What is found is kept; whoever builds asks for it at the end, and publishes
//! nothing where there is any.

use std::collections::BTreeSet;
use std::io::Write;
use std::ops::Range;
use std::sync::Mutex;

use super::Sink;
use crate::diagnostic::to_u32;
use crate::error::Error;
use crate::privacy::{self, Hint, Kind};

/// Something of a person in a file of the output.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The file, below the output folder.
    pub path: String,
    /// Its line, from 0; none in the path itself.
    pub line: Option<u32>,
    /// What it is.
    pub kind: Kind,
    /// The value as it may be shown.
    pub masked: String,
}

/// A sink that searches what it hands on.
#[derive(Debug)]
pub struct Guard<S> {
    inner: S,
    public: BTreeSet<String>,
    year: Option<u16>,
    leaks: Mutex<BTreeSet<Leak>>,
}

impl<S> Guard<S> {
    /// Guards a sink; `public` are the values that may pass, in their canonical form.
    pub fn new(inner: S, public: BTreeSet<String>, year: Option<u16>) -> Self {
        Self {
            inner,
            public,
            year,
            leaks: Mutex::default(),
        }
    }

    /// The sink, and what was found, in order.
    pub fn into_inner(self) -> (S, Vec<Leak>) {
        let leaks = self.leaks.into_inner().unwrap_or_default();
        (self.inner, leaks.into_iter().collect())
    }

    fn path(&self, path: &str) {
        for part in path.split('/') {
            let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
            self.search(path, stem.as_bytes(), None);
        }
    }

    /// Searches bytes of a file that begin at `line`.
    fn search(&self, path: &str, bytes: &[u8], line: Option<u32>) {
        for range in privacy::candidates(bytes) {
            self.look(path, bytes, range, line);
        }
    }

    /// Looks closely at one candidate with the words around it.
    fn look(&self, path: &str, bytes: &[u8], range: Range<usize>, line: Option<u32>) {
        let from = range.start.saturating_sub(AROUND);
        let to = (range.end + AROUND).min(bytes.len());
        let around = String::from_utf8_lossy(&bytes[from..to]);
        let text = privacy::plain(&around);
        let hits = privacy::scan(&text, Hint::None, self.year);
        for hit in hits.iter().filter(|h| h.is_sure) {
            let own = &text[hit.range.clone()];
            // What the window cuts through is whole in the window of its own candidate.
            let is_cut =
                hit.range.start == 0 && from > 0 || hit.range.end == text.len() && to < bytes.len();
            if is_cut || self.public.contains(&privacy::canonical(hit.kind, own)) {
                continue;
            }
            let before = &bytes[..range.start];
            let leak = Leak {
                path: path.to_owned(),
                line: line.map(|l| l + to_u32(memchr::memchr_iter(b'\n', before).count())),
                kind: hit.kind,
                masked: privacy::mask(hit.kind, own),
            };
            if let Ok(mut leaks) = self.leaks.lock()
                && leaks.len() < MOST
            {
                leaks.insert(leak);
            }
        }
    }
}

/// The parts of a PNG file that hold words; `None` of any other file. Its compressed pixels are no text: by chance their
/// bytes look like anything.
fn png_words(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let mut words = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let data = after.get(..length)?;
        if !PIXELS.contains(&kind) {
            words.push(data);
        }
        // Four bytes of a checksum follow.
        rest = after.get(length + 4..)?;
    }
    rest.is_empty().then_some(words)
}

/// The parts of a PNG file that hold colours and pixels.
const PIXELS: [&[u8; 4]; 5] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"];

/// How many bytes of words around a candidate are looked at.
const AROUND: usize = 160;

/// How many findings are kept: one is enough to publish nothing.
const MOST: usize = 1000;

/// How many bytes of a stream are searched at a time.
const BLOCK: usize = 1 << 18;

impl<S: Sink> Sink for Guard<S> {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.path(path);
        match png_words(bytes) {
            Some(chunks) => chunks.iter().for_each(|c| self.search(path, c, None)),
            None => self.search(path, bytes, Some(0)),
        }
        self.inner.write(path, bytes)
    }

    fn stream(
        &self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), Error> {
        self.path(path);
        self.inner.stream(path, &mut |out| {
            let mut searching = Searching {
                guard: self,
                path,
                out,
                block: Vec::with_capacity(BLOCK),
                line: 0,
            };
            write(&mut searching)?;
            searching.hand_on(0)
        })
    }

    fn kept(&self, path: &str) -> Option<Vec<u8>> {
        self.inner.kept(path)
    }
}

/// Gathers a stream into blocks, which are searched and handed on.
struct Searching<'g, 'o, S> {
    guard: &'g Guard<S>,
    path: &'g str,
    out: &'o mut dyn Write,
    block: Vec<u8>,
    /// Line of the first byte of the block.
    line: u32,
}

impl<S: Sink> Searching<'_, '_, S> {
    /// Searches and hands on all but a tail of `kept` bytes, and that tail no further back than its line.
    fn hand_on(&mut self, kept: usize) -> std::io::Result<()> {
        let end = self.block.len().saturating_sub(kept);
        let end = memchr::memrchr(b'\n', &self.block[..end]).map_or(end, |at| at + 1);
        let end = if kept == 0 { self.block.len() } else { end };
        self.guard.search(self.path, &self.block, Some(self.line));
        self.line += to_u32(memchr::memchr_iter(b'\n', &self.block[..end]).count());
        self.out.write_all(&self.block[..end])?;
        self.block.drain(..end);
        Ok(())
    }
}

impl<S: Sink> Write for Searching<'_, '_, S> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.block.extend_from_slice(bytes);
        if self.block.len() >= BLOCK {
            self.hand_on(2 * AROUND)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Memory;

    fn guard(public: &[&str]) -> Guard<Memory> {
        let public = public.iter().map(|p| (*p).to_owned()).collect();
        Guard::new(Memory::default(), public, Some(2026))
    }

    #[test]
    fn what_is_written_is_searched() {
        let guard = guard(&["0900000001"]);
        guard
            .write(
                "a/index.html",
                b"<p>\n0900 000 001, <b title=\"001099000000\">x",
            )
            .unwrap();
        guard
            .write("0900000000.csv", b"a,b\n1,0.0912345678\n")
            .unwrap();
        let (memory, leaks) = guard.into_inner();
        assert_eq!(leaks.len(), 2);
        assert_eq!(
            (leaks[0].path.as_str(), leaks[0].line),
            ("0900000000.csv", None)
        );
        assert_eq!(
            (leaks[1].line, leaks[1].masked.as_str()),
            (Some(1), "001*********")
        );
        assert_eq!(memory.into_files().len(), 2);
    }

    #[test]
    fn pixels_are_no_words_and_the_words_of_a_picture_are() {
        let chunk = |kind: &[u8; 4], data: &[u8]| {
            let length = u32::try_from(data.len()).unwrap().to_be_bytes();
            [&length[..], kind, data, &[0; 4]].concat()
        };
        let file = |chunks: &[Vec<u8>]| [&b"\x89PNG\r\n\x1a\n"[..], &chunks.concat()].concat();
        let words = b" 001099000000 ";
        let leaks = |bytes: &[u8]| {
            let guard = guard(&[]);
            guard.write("a.png", bytes).unwrap();
            guard.into_inner().1.len()
        };
        assert_eq!(leaks(&file(&[chunk(b"IDAT", words)])), 0);
        assert_eq!(leaks(&file(&[chunk(b"tEXt", words)])), 1);
        // What is no whole picture is searched like any other file.
        assert_eq!(
            leaks(&[&file(&[chunk(b"IDAT", words)])[..], b"x"].concat()),
            1
        );
        assert_eq!(leaks(&[&file(&[])[..], b" 001099000000"].concat()), 1);
    }

    #[test]
    fn a_stream_is_searched_wherever_its_blocks_end() {
        for before in (BLOCK - 40..BLOCK + 4).chain([0, 7]) {
            let guard = guard(&[]);
            let text = format!(
                "{}\nx,001099000000,y\n{}",
                ".".repeat(before),
                "1,2\n".repeat(20)
            );
            let mut bytes = text.as_bytes().chunks(37);
            guard
                .stream("a.csv", &mut |out| bytes.try_for_each(|c| out.write_all(c)))
                .unwrap();
            let (memory, leaks) = guard.into_inner();
            assert_eq!(leaks.len(), 1, "{before}");
            assert_eq!(leaks[0].line, Some(1));
            assert_eq!(memory.into_files()["a.csv"], text.as_bytes());
        }
    }
}
