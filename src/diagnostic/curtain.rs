//! Which texts of the user's files a message may show: what belongs to persons is masked, lists of persons are not
//! shown at all.

use std::collections::BTreeSet;

use super::{Diagnostic, codes};
use crate::privacy;

/// The files of which texts are shown masked throughout, or not at all.
pub(super) struct Curtain<'d> {
    /// Files with numbers of persons.
    numbers: BTreeSet<&'d str>,
    /// Files with lists of persons.
    lists: BTreeSet<&'d str>,
}

impl<'d> Curtain<'d> {
    pub(super) fn of(diagnostics: &'d [Diagnostic]) -> Self {
        let files = |is_wanted: &dyn Fn(&Diagnostic) -> bool| {
            let wanted = diagnostics.iter().filter(|d| is_wanted(d));
            wanted.map(|d| &*d.place.file).collect()
        };
        Self {
            numbers: files(&|d| codes::is_personal(d.code)),
            lists: files(&|d| d.code == codes::PERSONAL_RECORDS),
        }
    }

    /// A text of a file as it may be shown, as long as it is.
    pub(super) fn veil(&self, file: &str, text: &str) -> Option<String> {
        let text = &*if privacy::has_escapes(file) {
            privacy::unescaped(text)
        } else {
            text.into()
        };
        if self.lists.contains(file) {
            None
        } else if self.numbers.contains(file) {
            Some(privacy::veil_all(text).into_owned())
        } else {
            Some(privacy::veil(text).into_owned())
        }
    }
}
