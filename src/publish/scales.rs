//! Weighs pages and scripts on their way to the output folder, as a host sends them: compressed.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Mutex;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Sink;
use crate::error::Error;

/// What was weighed of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Bytes of the heaviest, of all scripts together.
    pub bytes: u64,
    /// The heaviest file, the first of several.
    pub path: String,
    /// How many are heavier than asked for.
    pub over: usize,
}

/// A sink that weighs what it hands on.
#[derive(Debug)]
pub struct Scales<S> {
    inner: S,
    limits: BTreeMap<String, u64>,
    weights: Mutex<BTreeMap<String, Weight>>,
}

impl<S> Scales<S> {
    /// Weighs for a sink; `limits` gives the most bytes of a kind of page, of any `page`, of all `script`. What has no
    /// limit is not weighed.
    pub fn new(inner: S, limits: BTreeMap<String, u64>) -> Self {
        Self {
            inner,
            limits,
            weights: Mutex::default(),
        }
    }

    /// The sink, and what was weighed by the names of the limits.
    pub fn into_inner(self) -> (S, BTreeMap<String, Weight>) {
        let weights = self.weights.into_inner().unwrap_or_default();
        (self.inner, weights)
    }

    fn weigh(&self, path: &str, bytes: &[u8]) {
        let names = self.names(path, bytes);
        if names.is_empty() {
            return;
        }
        let size = gzip(bytes);
        let Ok(mut weights) = self.weights.lock() else {
            return;
        };
        for (name, most) in names {
            let weight = weights.entry(name.to_owned()).or_default();
            weight.over += usize::from(size > most);
            let is_first = weight.path.is_empty() || *path < *weight.path;
            if name == SCRIPT {
                weight.bytes += size;
            } else if size > weight.bytes || size == weight.bytes && is_first {
                weight.bytes = size;
            } else {
                continue;
            }
            path.clone_into(&mut weight.path);
        }
    }

    /// The limits that hold for a file.
    fn names(&self, path: &str, bytes: &[u8]) -> Vec<(&str, u64)> {
        let limit = |name: &str| {
            let (name, most) = self.limits.get_key_value(name)?;
            Some((name.as_str(), *most))
        };
        if path.rsplit('.').next() == Some("html") {
            let kind = memchr::memmem::find(bytes, KIND).map(|at| &bytes[at + KIND.len()..]);
            let kind = kind.and_then(|rest| rest.split(|b| *b == b'"').next());
            let kind = kind.and_then(|k| std::str::from_utf8(k).ok());
            let all = [Some("page"), kind].into_iter().flatten();
            return all.filter_map(limit).collect();
        }
        // The parts of the search index are data; a reader loads one or two of them.
        let is_script = path.starts_with("assets/site.");
        limit(SCRIPT).filter(|_| is_script).into_iter().collect()
    }
}

const SCRIPT: &str = "script";
const KIND: &[u8] = b" data-kind=\"";

fn gzip(bytes: &[u8]) -> u64 {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
    let done = encoder.write_all(bytes).and_then(|()| encoder.finish());
    done.map_or(0, |out| out.len() as u64)
}

impl<S: Sink> Sink for Scales<S> {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.weigh(path, bytes);
        self.inner.write(path, bytes)
    }

    fn stream(
        &self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), Error> {
        self.inner.stream(path, write)
    }

    fn kept(&self, path: &str) -> Option<Vec<u8>> {
        self.inner.kept(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Memory;

    #[test]
    fn the_heaviest_of_each_kind_is_known() {
        let limits = [("unit", 100), ("page", 60), ("script", 50)];
        let limits = limits.map(|(n, most)| (n.to_owned(), most)).into();
        let scales = Scales::new(Memory::default(), limits);
        let page = |kind: &str, n: u32| {
            let words: Vec<String> = (0..n).map(|i| (i * 7919 % 1000).to_string()).collect();
            format!("<body data-kind=\"{kind}\">{}", words.join(" ")).into_bytes()
        };
        for (path, bytes) in [
            ("b.html", page("unit", 100)),
            ("a.html", page("unit", 100)),
            ("c.html", page("home", 200)),
            ("assets/site.x.js", b"let a = 1".to_vec()),
            ("assets/tim/s-a.js", page("x", 300)),
        ] {
            scales.write(path, &bytes).unwrap();
        }
        let (sink, weights) = scales.into_inner();
        assert_eq!(sink.into_files().len(), 5);
        let of = |name: &str| (&*weights[name].path, weights[name].over);
        assert_eq!(of("unit"), ("a.html", 2));
        assert_eq!(of("page"), ("c.html", 3));
        assert_eq!(of("script"), ("assets/site.x.js", 0));
        assert!(weights["page"].bytes > weights["unit"].bytes);
    }
}
