//! The register of rules. A code is a word that stays; its severity and words stand in `messages.toml`.

/// The stable name of a rule, such as `ratio-differs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The name itself.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The rule of that name, if there is one.
    pub fn find(name: &str) -> Option<Self> {
        ALL.iter().copied().find(|c| c.0 == name)
    }
}

/// The families of rules in the order of the register, each with its first rule.
const FAMILIES: &[(&str, Code)] = &[
    ("reading", ENCODING_UNKNOWN),
    ("identity", ID_INVALID),
    ("arithmetic", SUM_DIFFERS),
    ("time", OUTSIDE_PERIOD),
    ("completeness", NOT_REPORTED),
    ("waivers", WAIVER_EXPIRED),
    ("revisions", REVISION_UNDECLARED),
    ("narrative", FRONT_MATTER),
    ("documents", TEMPLATE_LEFTOVER),
    ("privacy", CITIZEN_ID),
];

impl Code {
    /// The family of the rule, such as `arithmetic`.
    pub fn family(self) -> &'static str {
        let mut family = "";
        for code in ALL {
            if let Some((name, _)) = FAMILIES.iter().find(|(_, first)| first == code) {
                family = name;
            }
            if *code == self {
                break;
            }
        }
        family
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($name:ident = $text:literal),* $(,)?) => {
        $(#[doc = concat!("The rule `", $text, "`.")] pub const $name: Code = Code($text);)*
        /// Every rule, in the order of its family.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    // reading
    ENCODING_UNKNOWN = "encoding-unknown",
    CSV_MALFORMED = "csv-malformed",
    ROW_LENGTH = "row-length",
    HEADER_UNKNOWN = "header-unknown",
    HEADER_DUPLICATE = "header-duplicate",
    HEADER_MISSING = "header-missing",
    TABLE_EMPTY = "table-empty",
    JSON_INVALID = "json-invalid",
    TOML_INVALID = "toml-invalid",
    KEY_UNKNOWN = "key-unknown",
    KEY_MISSING = "key-missing",
    VALUE_INVALID = "value-invalid",
    NUMBER_UNREADABLE = "number-unreadable",
    NUMBER_AMBIGUOUS = "number-ambiguous",
    INVALID_DATE = "invalid-date",
    FORMAT_UNSUPPORTED = "format-unsupported",
    MARKUP_IN_CELLS = "markup-in-cells",
    TASK_STATUS_UNKNOWN = "task-status-unknown",
    TABLE_NOT_FOUND = "table-not-found",
    ROW_SPLIT = "row-split",
    HIDDEN_ROW = "hidden-row",
    HIDDEN_COLUMN = "hidden-column",
    HIDDEN_SHEET = "hidden-sheet",
    COLUMN_EMPTY = "column-empty",
    HEADER_ROWS = "header-rows",
    FORMULA_ERROR = "formula-error",
    TABLE_NOTE_MARKER = "table-note-marker",
    SCALE_UNDECLARED = "scale-undeclared",
    MAPPING_UNUSED = "mapping-unused",
    SHEET_UNKNOWN = "sheet-unknown",
    SHEET_UNREAD = "sheet-unread",
    COLUMN_MISSING = "column-missing",
    COLUMN_MOVED = "column-moved",
    ENCODING_LEGACY = "encoding-legacy",
    ENCODING_INVALID = "encoding-invalid",
    FILE_BINARY = "file-binary",
    INPUT_TOO_LARGE = "input-too-large",
    DELIMITER_AMBIGUOUS = "delimiter-ambiguous",
    JSON_KEY_DUPLICATE = "json-key-duplicate",
    JSON_PATH_UNKNOWN = "json-path-unknown",
    WORKBOOK_ENCRYPTED = "workbook-encrypted",
    WORKBOOK_DAMAGED = "workbook-damaged",
    WORKBOOK_IS_HTML = "workbook-is-html",
    WORKBOOK_MISNAMED = "workbook-misnamed",
    FORMULA_WITHOUT_VALUE = "formula-without-value",
    FILE_UNREAD = "file-unread",
    STRINGS_MISSING = "strings-missing",
    FILE_NOT_READ = "file-not-read",
    COLOUR_CONTRAST = "colour-contrast",
    BUDGET_EXCEEDED = "budget-exceeded",
    EMBLEM_UNUSABLE = "emblem-unusable",
    // identity
    ID_INVALID = "id-invalid",
    ID_DUPLICATE = "id-duplicate",
    UNIT_DUPLICATE = "unit-duplicate",
    UNIT_UNKNOWN = "unit-unknown",
    UNIT_AMBIGUOUS = "unit-ambiguous",
    UNIT_CYCLE = "unit-cycle",
    SERVICE_DUPLICATE = "service-duplicate",
    SERVICE_UNKNOWN = "service-unknown",
    SERVICE_AMBIGUOUS = "service-ambiguous",
    MEASURE_UNKNOWN = "measure-unknown",
    PERIOD_UNKNOWN = "period-unknown",
    PERIOD_DUPLICATE = "period-duplicate",
    PERIOD_MISSING = "period-missing",
    FOREIGN_UNIT = "foreign-unit",
    UNIT_LEVEL_DIFFERS = "unit-level-differs",
    NAME_VARIANT = "name-variant",
    NEAR_DUPLICATE_SERVICE = "near-duplicate-service",
    SERVICE_OUTSIDE_GROUP = "service-outside-group",
    SERVICES_VS_ANNOUNCED = "services-vs-announced",
    UNIT_OUT_OF_TIME = "unit-out-of-time",
    // arithmetic
    SUM_DIFFERS = "sum-differs",
    PART_OVER_TOTAL = "part-over-total",
    RATIO_DIFFERS = "ratio-differs",
    RATIO_OVER_100 = "ratio-over-100",
    RATIO_WITHOUT_BASE = "ratio-without-base",
    ZERO_DENOMINATOR = "zero-denominator",
    SAME_KEY_DIFFERS = "same-key-differs",
    DUPLICATE_COLUMNS = "duplicate-columns",
    TOTAL_DIFFERS = "total-differs-from-rows",
    CHILDREN_DIFFER_FROM_PARENT = "children-differ-from-parent",
    BALANCE_DIFFERS = "balance-differs",
    MEAN_OUT_OF_RANGE = "mean-out-of-range",
    SUBSET_EXCEEDS = "subset-exceeds",
    CHANGE_DIFFERS = "change-differs",
    BASELINE_MISSING = "baseline-missing",
    PERCENT_FOR_POINTS = "percent-for-points",
    PERCENT_UNMARKED = "percent-unmarked",
    UNIT_DIFFERS = "unit-differs",
    RATIO_UNITS_DIFFER = "ratio-units-differ",
    NOT_COMPARABLE = "not-comparable",
    COLUMNS_SHIFTED = "columns-shifted",
    CELL_SHIFT = "cell-shift",
    MIXED_PRECISION = "mixed-precision",
    NUMBER_STYLE = "number-style",
    THOUSANDS_STYLE = "thousands-style",
    ZERO_UNEXPLAINED = "zero-unexplained",
    TARGETS_DIFFER = "targets-differ",
    TARGET_SCOPE_OVERLAP = "target-scope-overlap",
    SCORE_DIFFERS = "score-differs",
    // time
    OUTSIDE_PERIOD = "outside-period",
    WINDOW_REVERSED = "window-reversed",
    DATE_IN_FUTURE = "date-in-future",
    TASK_OVERDUE = "task-overdue",
    CUMULATIVE_FALLS = "cumulative-falls",
    RESET_MISSED = "reset-missed",
    JUMP = "jump",
    WINDOW_GAP = "window-gap",
    WINDOW_OVERLAP = "window-overlap",
    LABEL_OUTSIDE_PERIOD = "label-outside-period",
    CITED_OUTSIDE_PERIOD = "cited-outside-period",
    STALE_DATA = "stale-data",
    IMPLAUSIBLE_DATE = "implausible-date",
    DEADLINE_BEFORE_PLAN = "deadline-before-plan",
    START_BEFORE_PLAN = "start-before-plan",
    DEADLINE_TWO_KINDS = "deadline-two-kinds",
    STATUS_VS_DEADLINE = "status-vs-deadline",
    TARGET_AS_RESULT = "target-as-result",
    RESULT_ELSEWHERE = "result-elsewhere",
    TARGET_INDICATOR_DIFFERS = "target-indicator-differs",
    NO_MEASURE = "no-measure",
    COPIED_FROM_PREVIOUS = "copied-from-previous",
    TITLE_OUTSIDE_PERIOD = "title-outside-period",
    // completeness
    NOT_REPORTED = "not-reported",
    REPORTED_LATE = "reported-late",
    BLANK_NOT_ZERO = "blank-not-zero",
    REQUIRED_MISSING = "required-missing",
    PUBLISHER_INCOMPLETE = "publisher-incomplete",
    // waivers
    WAIVER_EXPIRED = "waiver-expired",
    WAIVER_UNUSED = "waiver-unused",
    WAIVER_TOO_WIDE = "waiver-too-wide",
    // revisions
    REVISION_UNDECLARED = "revision-undeclared",
    REVISIONS_UNDECLARED = "revisions-undeclared",
    REVISION_WITHOUT_REASON = "revision-without-reason",
    REVISION_UNUSED = "revision-unused",
    ADDED_AFTER_RELEASE = "added-after-release",
    RELEASE_DAMAGED = "release-damaged",
    // narrative
    FRONT_MATTER = "front-matter",
    RAW_HTML = "raw-html",
    BINDING_SYNTAX = "binding-syntax",
    FUNCTION_UNKNOWN = "function-unknown",
    ARGUMENT_UNKNOWN = "argument-unknown",
    ARGUMENT_INVALID = "argument-invalid",
    NAME_UNKNOWN = "name-unknown",
    FIGURE_MISSING = "figure-missing",
    PAGE_UNKNOWN = "page-unknown",
    LINK_UNSAFE = "link-unsafe",
    FIGURE_CONTRADICTS = "figure-contradicts",
    FIGURE_UNBOUND = "figure-unbound",
    PERCENT_NOT_POINTS = "percent-not-points",
    STATUS_CONTRADICTS = "status-contradicts",
    CHART_TOO_MANY_SERIES = "chart-too-many-series",
    CHART_INCOMPLETE_PERIOD = "chart-incomplete-period",
    LISTED_VS_ANNOUNCED = "listed-vs-announced",
    NUMBERING_GAP = "numbering-gap",
    HEADING_LEVEL = "heading-level",
    FOOTNOTE_MARKER = "footnote-marker",
    APPENDIX_MISSING = "appendix-missing",
    APPENDIX_UNREFERENCED = "appendix-unreferenced",
    LINK_BROKEN = "link-broken",
    CLAIM_CONFLICT = "claim-conflict",
    // documents
    TEMPLATE_LEFTOVER = "template-leftover",
    DUPLICATE_TEXT = "duplicate-text",
    TEXT_DAMAGE = "text-damage",
    DOCREF_FORM = "docref-form",
    DOCREF_ISSUER = "docref-issuer",
    DOCREF_YEAR = "docref-year",
    DOCNUMBER_ORDER = "docnumber-order",
    // privacy
    CITIZEN_ID = "citizen-id",
    CITIZEN_ID_OLD = "citizen-id-old",
    PHONE_NUMBER = "phone-number",
    EMAIL_ADDRESS = "email-address",
    PERSONAL_RECORDS = "personal-records",
}

/// Whether a rule speaks of personal data: its waivers name one place, and no option passes what it finds.
pub fn is_personal(code: Code) -> bool {
    code.family() == "privacy"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The comments in the register name the families; the table of families says the same.
    #[test]
    fn families_are_those_of_the_register() {
        let register = include_str!("codes.rs").split("codes! {").nth(1).unwrap();
        let mut family = "";
        for line in register.lines().take_while(|l| *l != "}") {
            match line.trim().split_once("// ") {
                Some(("", name)) => family = name,
                _ => {
                    if let Some(code) = line.split('"').nth(1).and_then(Code::find) {
                        assert_eq!(code.family(), family, "{code}");
                    }
                }
            }
        }
    }
}
