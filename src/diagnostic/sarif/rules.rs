//! What a rule is, for viewers of SARIF: in the language asked for, and in its help in both.

use std::fmt::Write as _;

use super::super::{Code, Language, example, explain, severity_of};
use super::level;
use super::log::{Configuration, Help, Message, Properties, Rule};

/// The description of a rule.
pub(super) fn rule(code: Code, language: Language) -> Rule {
    let (short, why) =
        explain(code, language).map_or_else(|| (code.to_string(), ""), |e| (e.message, e.why));
    Rule {
        id: code.as_str(),
        help: Help {
            text: help(code, language),
            markdown: markdown(code, language),
        },
        short_description: Message { text: short },
        full_description: Message {
            text: why.to_owned(),
        },
        default_configuration: Configuration {
            level: level(severity_of(code)),
        },
        properties: Properties {
            tags: [code.family()],
        },
    }
}

fn help(code: Code, language: Language) -> String {
    let Some(e) = explain(code, language) else {
        return code.to_string();
    };
    match e.hint {
        Some(hint) => format!("{} {hint}", e.why),
        None => e.why.to_owned(),
    }
}

fn markdown(code: Code, language: Language) -> String {
    let other = match language {
        Language::Vietnamese => Language::English,
        Language::English => Language::Vietnamese,
    };
    let mut out = String::new();
    for language in [language, other] {
        let labels = match language {
            Language::Vietnamese => ["Vì sao", "Cách xử lý"],
            Language::English => ["Why", "How to mend"],
        };
        let Some(e) = explain(code, language) else {
            continue;
        };
        let _ = writeln!(out, "**{}.** {}\n", labels[0], e.why);
        if let Some(hint) = e.hint {
            let _ = writeln!(out, "**{}.** {hint}\n", labels[1]);
        }
    }
    if let Some(e) = example(code) {
        let _ = writeln!(out, "```\n{}\n```\n\n→\n\n```\n{}\n```", e.bad, e.good);
    }
    out
}
