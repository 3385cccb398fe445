//! The index of the search: what readers may look for, cut into script files by the first letters of its names.
//!
//! In: units and services with pages, and the units that became a part of them. Out: `assets/tim-vi.js` (one for each language), which names the
//! pieces, and the pieces. A browser loads them by script elements, so that the search works from a USB stick too.
//! The rules of matching are those of `search.js` in the theme; both are tested against the same pages.

mod entries;
mod keys;
mod shards;

use super::view::View;
use crate::error::Error;
use crate::publish::Sink;
use crate::text::content_name::content_name;
use entries::Entry;

/// Writes the index of one language.
///
/// # Errors
/// The machine's.
pub(super) fn write(view: &View<'_>, sink: &dyn Sink) -> Result<(), Error> {
    let entries = entries::all(view);
    let lines: Vec<String> = entries.iter().map(Entry::line).collect();
    let shards = shards::cut(&entries, &lines);
    let texts: Vec<String> = shards.iter().map(|s| script(s, &lines)).collect();
    let mut hasher = blake3::Hasher::new();
    for text in &texts {
        hasher.update(text.as_bytes());
    }
    let folder = format!("tim/{}", content_name(&hasher.finalize()));
    for (shard, text) in shards.iter().zip(&texts) {
        // Some systems forbid files of the names `con` and `aux`.
        let path = format!("assets/{folder}/s-{}.js", shard.prefix);
        sink.write(&path, text.as_bytes())?;
    }
    let prefixes: Vec<&str> = shards.iter().map(|s| s.prefix.as_str()).collect();
    let index = format!(
        "tiendo.give('tim',{},{});\n",
        quoted(&folder),
        quoted(&prefixes.join("|"))
    );
    let path = format!("assets/tim-{}.js", view.analysis.config.language);
    sink.write(&path, index.as_bytes())
}

fn script(shard: &shards::Shard, lines: &[String]) -> String {
    let text: Vec<&str> = shard.entries.iter().map(|i| lines[*i].as_str()).collect();
    format!(
        "tiendo.give({},{},{});\n",
        quoted(&format!("tim/{}", shard.prefix)),
        shard.total,
        quoted(&text.join("\n"))
    )
}

/// A string of JavaScript.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
