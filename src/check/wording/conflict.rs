//! Statements that a system is connected and that it is not (`claim-conflict`).

use std::ops::Range;

use crate::text::normal::fold;

/// Systems with many names: a message calls them by the first; each list of words must stand in the text in full.
const SYSTEMS: [(&str, &[&[&str]]); 5] = [
    (
        "Cơ sở dữ liệu quốc gia về dân cư",
        &[
            &["dan cu", "csdl"],
            &["dan cu", "co so du lieu"],
            &["dc", "csdlqg"],
            &["dc", "dlqg"],
            &["dan cu", "csdlqg"],
            &["dan cu", "dlqg"],
        ],
    ),
    (
        "Cổng Dịch vụ công quốc gia",
        &[
            &["cong dich vu cong quoc gia"],
            &["cong dvc quoc gia"],
            &["cong dvcqg"],
        ],
    ),
    (
        "hệ thống định danh và xác thực điện tử",
        &[&["dinh danh va xac thuc dien tu", "he thong"]],
    ),
    (
        "cơ sở dữ liệu về bảo hiểm",
        &[&["bao hiem", "co so du lieu"], &["bao hiem", "csdl"]],
    ),
    (
        "cơ sở dữ liệu đất đai",
        &[&["dat dai", "co so du lieu"], &["dat dai", "csdl"]],
    ),
];

/// What is said to be done, or not.
const VERBS: [&str; 4] = ["ket noi", "tich hop", "dong bo", "lien thong"];

/// Words between "đã" or "chưa" and the verb.
const BETWEEN: [&str; 8] = [
    "duoc", "phep", "hoan", "thanh", "thuc", "hien", "viec", "the",
];

/// Words by which a clause speaks of another time.
const ELSEWHEN: [&str; 5] = ["truoc day", "truoc do", "sau khi", "neu", "du kien"];

/// "đã kết nối với X" or "chưa kết nối với X".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The clause.
    pub(crate) span: Range<usize>,
    /// The clause as written.
    pub(crate) text: String,
    /// What the system is called in a message.
    pub(crate) system: &'static str,
    /// The verb, folded.
    verb: &'static str,
    /// Whether it is done.
    is_done: bool,
}

impl Statement {
    /// Whether both cannot be true of one and the same system.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        (self.system, self.verb) == (other.system, other.verb) && self.is_done != other.is_done
    }
}

/// Finds statements about known systems. A clause with a time of its own ("trước đây", "sau khi") says nothing.
pub(crate) fn statements(text: &str) -> Vec<Statement> {
    answers(text, "")
}

/// Finds statements in the answer to `question`: "đã hoàn thành kết nối" answers about the system that the task names.
pub(crate) fn answers(text: &str, question: &str) -> Vec<Statement> {
    let asked = system(&format!(" {} ", fold(question)));
    let mut found = Vec::new();
    let mut start = 0;
    let ends = |c: char| matches!(c, '.' | ';' | '!' | '?' | '\n' | ':' | ',');
    let marks = text.char_indices().filter(|(_, c)| ends(*c));
    for (at, c) in marks.chain([(text.len(), ' ')]) {
        if let Some(clause) = text.get(start..at) {
            found.extend(statement(clause, start, asked));
        }
        start = at + c.len_utf8();
    }
    found
}

/// The system that a folded text with a space at each end names.
fn system(text: &str) -> Option<&'static str> {
    let names = |all: &&[&str]| all.iter().all(|w| text.contains(&format!(" {w} ")));
    SYSTEMS
        .iter()
        .find(|(_, names_of)| names_of.iter().any(names))
        .map(|(system, _)| *system)
}

fn statement(clause: &str, offset: usize, asked: Option<&'static str>) -> Option<Statement> {
    let padded = format!(" {} ", fold(clause));
    let has = |words: &str| padded.contains(&format!(" {words} "));
    if ELSEWHEN.iter().any(|w| has(w)) {
        return None;
    }
    // "khi nào được kết nối thì …": it is not yet.
    let openings = [(true, "da"), (false, "chua"), (false, "khi nao")];
    let (is_done, verb, rest) = openings.into_iter().find_map(|(done, word)| {
        let (_, mut rest) = padded.split_once(&format!(" {word} "))?;
        while let Some(after) = BETWEEN
            .iter()
            .find_map(|w| rest.strip_prefix(w)?.strip_prefix(' '))
        {
            rest = after;
        }
        let verb = VERBS.iter().find(|v| rest.starts_with(&format!("{v} ")))?;
        Some((done, *verb, &rest[verb.len()..]))
    })?;
    let system = system(&format!(" {} ", rest.trim())).or(asked)?;
    let from = offset + clause.len() - clause.trim_start().len();
    Some(Statement {
        span: from..from + clause.trim().len(),
        text: clause.trim().to_owned(),
        system,
        verb,
        is_done,
    })
}

/// Pairs of statements that contradict each other, one for each system: the later one, then the earlier one.
pub(crate) fn conflicts(statements: &[&Statement]) -> Vec<(usize, usize)> {
    let mut firsts: Vec<usize> = Vec::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, own) in statements.iter().enumerate() {
        let told = |at: &(usize, usize)| statements[at.0].system == own.system;
        if let Some(other) = firsts.iter().find(|o| statements[**o].contradicts(own))
            && !pairs.iter().any(told)
        {
            pairs.push((at, *other));
        }
        let is_known = |o: &usize| {
            let first = statements[*o];
            (first.system, first.verb, first.is_done) == (own.system, own.verb, own.is_done)
        };
        if !firsts.iter().any(is_known) {
            firsts.push(at);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(&'static str, bool)> {
        statements(text)
            .iter()
            .map(|s| (s.system, s.is_done))
            .collect()
    }

    #[test]
    fn one_system_has_many_names() {
        for text in [
            "Hệ thống đã kết nối chính thức với cơ sở dữ liệu quốc gia về dân cư",
            "đã hoàn thành kết nối thí điểm đến CSDLQG về DC.",
            "Thành phố đã được kết nối với CSDL quốc gia về dân cư",
        ] {
            assert_eq!(
                said(text),
                [("Cơ sở dữ liệu quốc gia về dân cư", true)],
                "{text}"
            );
        }
        assert_eq!(
            said("Hệ thống chưa được kết nối với cổng DVC quốc gia"),
            [("Cổng Dịch vụ công quốc gia", false)]
        );
    }

    #[test]
    fn other_systems_and_other_times_are_no_statements() {
        for text in [
            "chưa kết nối với phần mềm của một số bộ, ngành",
            "Trước đây hệ thống chưa kết nối với cơ sở dữ liệu quốc gia về dân cư",
            "sau khi đã kết nối với cơ sở dữ liệu quốc gia về dân cư",
            "đang kết nối với cơ sở dữ liệu quốc gia về dân cư",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }

    #[test]
    fn an_answer_is_about_what_was_asked() {
        let task = "Kết nối các hệ thống với CSDLQG về dân cư";
        let done = answers("Đã thực hoàn thành kết nối thí điểm", task);
        let open = answers(
            "Khi nào được phép kết nối với CSDL quốc gia về dân cư thì sẽ thực hiện",
            "",
        );
        assert!(done[0].contradicts(&open[0]));
        assert_eq!(
            answers("Đã thực hoàn thành kết nối thí điểm", "Cấp tài khoản"),
            []
        );
    }

    #[test]
    fn a_conflict_is_told_once() {
        let all = statements(
            "Đã kết nối với CSDLQG về dân cư. Chưa kết nối với CSDLQG về dân cư. Chưa kết nối với CSDLQG về DC. \
             Đã tích hợp với cổng DVC quốc gia.",
        );
        assert_eq!(conflicts(&all.iter().collect::<Vec<_>>()), [(1, 0)]);
    }
}
