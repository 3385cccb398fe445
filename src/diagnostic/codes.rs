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
    // reading: files and their bytes
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
    // arithmetic
    SUM_DIFFERS = "sum-differs",
    PART_OVER_TOTAL = "part-over-total",
    RATIO_DIFFERS = "ratio-differs",
    RATIO_OVER_100 = "ratio-over-100",
    RATIO_WITHOUT_BASE = "ratio-without-base",
    ZERO_DENOMINATOR = "zero-denominator",
    SAME_KEY_DIFFERS = "same-key-differs",
    DUPLICATE_COLUMNS = "duplicate-columns",
    // time
    OUTSIDE_PERIOD = "outside-period",
    WINDOW_REVERSED = "window-reversed",
    DATE_IN_FUTURE = "date-in-future",
    TASK_OVERDUE = "task-overdue",
    // waivers
    WAIVER_EXPIRED = "waiver-expired",
    WAIVER_UNUSED = "waiver-unused",
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
}
