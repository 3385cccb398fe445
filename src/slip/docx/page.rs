//! The page of a slip: heading, request, tables with room for the answer, signatures.

use super::xml::{Element, element};
use super::{DOCUMENT, MAIN};
use crate::slip::{Question, Slip, words};

/// Twentieths of a point in a millimetre.
const PER_MM: f64 = 1440.0 / 25.4;
/// Widths of the columns of a table, in millimetres: 165 in all, the width between the margins.
const COLUMNS_MM: [f64; 7] = [10.0, 31.0, 25.0, 39.0, 16.0, 16.0, 28.0];
/// The least height of a row, so that an answer can be written by hand.
const ROW_MM: f64 = 16.0;
/// Size of the text in tables, in half points.
const SMALL: u32 = 22;

/// The body of the document.
pub(super) fn document(slip: &Slip) -> Element {
    let mut body = element("w:body")
        .child(heading(slip))
        .child(
            Line::new(words::TITLE)
                .bold()
                .size(28)
                .centred()
                .before(240)
                .paragraph(),
        )
        .child(
            Line::new(format!("Kính gửi: {}", slip.unit))
                .centred()
                .before(120)
                .paragraph(),
        );
    if !slip.periods.is_empty() {
        let periods = format!("Kỳ số liệu: {}", slip.periods.join("; "));
        body = body.child(Line::new(periods).centred().paragraph());
    }
    if slip.open.is_empty() && slip.published.is_empty() {
        body = body.child(Line::new(words::NOTHING).before(240).paragraph());
    } else {
        let request = words::request(slip);
        body = body.children(request.map(|text| Line::new(text).body().paragraph()));
    }
    for (head, questions) in [
        (words::OPEN, &slip.open),
        (words::PUBLISHED, &slip.published),
    ] {
        if !questions.is_empty() {
            body = body
                .child(
                    Line::new(head)
                        .bold()
                        .before(200)
                        .after(80)
                        .with_next()
                        .paragraph(),
                )
                .child(table(questions));
        }
    }
    let root = element("w:document")
        .with("xmlns:w", MAIN)
        .with("xmlns:r", format!("{DOCUMENT}/relationships"));
    root.child(
        body.child(Line::new("").paragraph())
            .child(signatures())
            .child(section()),
    )
}

/// The head of every page but the first: its number.
pub(super) fn header() -> Element {
    let field = element("w:fldSimple")
        .with("w:instr", "PAGE")
        .child(element("w:r").child(element("w:t").text("2")));
    let paragraph = element("w:p")
        .child(element("w:pPr").child(element("w:jc").with("w:val", "center")))
        .child(field);
    element("w:hdr").with("xmlns:w", MAIN).child(paragraph)
}

/// Who asks on the left, the national motto on the right.
fn heading(slip: &Slip) -> Element {
    let rule = |text: &str| Line::new(text).bold().centred().underlined();
    let mut left = Vec::new();
    if !slip.governing_body.is_empty() {
        left.push(
            Line::new(slip.governing_body.to_uppercase())
                .centred()
                .paragraph(),
        );
    }
    left.push(rule(&slip.office.to_uppercase()).paragraph());
    left.push(Line::new(words::NUMBER).centred().before(120).paragraph());
    let right = [
        Line::new(words::MOTTO[0])
            .bold()
            .size(24)
            .centred()
            .paragraph(),
        rule(words::MOTTO[1]).paragraph(),
        Line::new(words::day(slip.day))
            .italic()
            .centred()
            .before(120)
            .paragraph(),
    ];
    let widths = [70.0, 95.0];
    let row = element("w:tr")
        .child(cell(widths[0], left))
        .child(cell(widths[1], right));
    grid(&widths, false).child(row)
}

fn signatures() -> Element {
    let widths = [82.5, 82.5];
    let cells = words::SIGNERS.map(|[day, who, how]| {
        let lines = [
            Line::new(day).italic().centred().with_next(),
            Line::new(who).bold().centred().with_next(),
            Line::new(how).italic().centred(),
        ];
        cell(widths[0], lines.map(|l| l.paragraph()))
    });
    let row = element("w:tr").child(element("w:trPr").child(element("w:cantSplit")));
    grid(&widths, false).child(row.children(cells))
}

fn table(questions: &[Question]) -> Element {
    let head = COLUMNS_MM.iter().zip(words::HEADERS).map(|(mm, text)| {
        cell(
            *mm,
            [Line::new(text).bold().size(SMALL).centred().paragraph()],
        )
    });
    let head = element("w:tr")
        .child(
            element("w:trPr")
                .child(element("w:cantSplit"))
                .child(element("w:tblHeader")),
        )
        .children(head);
    let rows = questions.iter().enumerate().map(|(i, q)| row(i + 1, q));
    grid(&COLUMNS_MM, true).child(head).children(rows)
}

fn row(number: usize, q: &Question) -> Element {
    let left = |texts: &[String]| -> Vec<Element> {
        texts
            .iter()
            .map(|t| Line::new(t).size(SMALL).paragraph())
            .collect()
    };
    let one = |text: &str| vec![Line::new(text).size(SMALL).centred().paragraph()];
    let cells = [
        one(&number.to_string()),
        left(&q.figure),
        left(&q.place),
        left(&q.wrong),
        one(&q.stated),
        one(&q.computed),
        Vec::new(),
    ];
    let height = element("w:trHeight")
        .with("w:val", twentieths(ROW_MM))
        .with("w:hRule", "atLeast");
    element("w:tr")
        .child(
            element("w:trPr")
                .child(element("w:cantSplit"))
                .child(height),
        )
        .children(
            COLUMNS_MM
                .iter()
                .zip(cells)
                .map(|(mm, lines)| cell(*mm, lines)),
        )
}

/// A table of fixed columns, with or without lines.
fn grid(widths_mm: &[f64], lines: bool) -> Element {
    let total: f64 = widths_mm.iter().sum();
    let mut properties = element("w:tblPr").child(
        element("w:tblW")
            .with("w:w", twentieths(total))
            .with("w:type", "dxa"),
    );
    if lines {
        let sides = [
            "w:top",
            "w:left",
            "w:bottom",
            "w:right",
            "w:insideH",
            "w:insideV",
        ];
        let side = |name| {
            element(name)
                .with("w:val", "single")
                .with("w:sz", 4)
                .with("w:color", "000000")
        };
        properties = properties.child(element("w:tblBorders").children(sides.map(side)));
    }
    let margin = |(name, width)| element(name).with("w:w", width).with("w:type", "dxa");
    let margins = [
        ("w:top", 20),
        ("w:left", 57),
        ("w:bottom", 20),
        ("w:right", 57),
    ];
    let properties = properties
        .child(element("w:tblLayout").with("w:type", "fixed"))
        .child(element("w:tblCellMar").children(margins.map(margin)));
    let columns = widths_mm
        .iter()
        .map(|mm| element("w:gridCol").with("w:w", twentieths(*mm)));
    element("w:tbl")
        .child(properties)
        .child(element("w:tblGrid").children(columns))
}

/// A cell; one without content still has its paragraph, as the format wants.
fn cell(width_mm: f64, content: impl IntoIterator<Item = Element>) -> Element {
    let width = element("w:tcW")
        .with("w:w", twentieths(width_mm))
        .with("w:type", "dxa");
    let mut content: Vec<Element> = content.into_iter().collect();
    if content.is_empty() {
        content.push(element("w:p"));
    }
    element("w:tc")
        .child(element("w:tcPr").child(width))
        .children(content)
}

/// Paper, margins and page numbers.
fn section() -> Element {
    element("w:sectPr")
        .child(
            element("w:headerReference")
                .with("w:type", "default")
                .with("r:id", "rId2"),
        )
        .child(element("w:pgSz").with("w:w", 11906).with("w:h", 16838))
        .child(
            element("w:pgMar")
                .with("w:top", twentieths(20.0))
                .with("w:right", twentieths(15.0))
                .with("w:bottom", twentieths(20.0))
                .with("w:left", twentieths(30.0))
                .with("w:header", twentieths(10.0))
                .with("w:footer", twentieths(10.0))
                .with("w:gutter", 0),
        )
        .child(element("w:titlePg"))
}

#[expect(clippy::cast_possible_truncation, reason = "lengths of a page")]
fn twentieths(mm: f64) -> i32 {
    (mm * PER_MM).round() as i32
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Align {
    #[default]
    Left,
    Centre,
    Justified,
}

/// A paragraph of one text with its look.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of the format, on or off"
)]
struct Line {
    text: String,
    bold: bool,
    italic: bool,
    underlined: bool,
    with_next: bool,
    align: Align,
    size: Option<u32>,
    before: u32,
    after: u32,
}

impl Line {
    fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    fn underlined(mut self) -> Self {
        self.underlined = true;
        self
    }

    fn centred(mut self) -> Self {
        self.align = Align::Centre;
        self
    }

    /// Running text: justified, its first line set in.
    fn body(mut self) -> Self {
        self.align = Align::Justified;
        self.before(120)
    }

    /// Kept on the page of what follows.
    fn with_next(mut self) -> Self {
        self.with_next = true;
        self
    }

    /// Size in half points.
    fn size(mut self, size: u32) -> Self {
        self.size = Some(size);
        self
    }

    /// Space above, in twentieths of a point.
    fn before(mut self, before: u32) -> Self {
        self.before = before;
        self
    }

    /// Space below, in twentieths of a point.
    fn after(mut self, after: u32) -> Self {
        self.after = after;
        self
    }

    fn paragraph(&self) -> Element {
        element("w:p").child(self.shape()).child(self.run())
    }

    fn shape(&self) -> Element {
        let mut shape = element("w:pPr");
        if self.with_next {
            shape = shape.child(element("w:keepNext"));
        }
        if self.before + self.after > 0 {
            shape = shape.child(
                element("w:spacing")
                    .with("w:before", self.before)
                    .with("w:after", self.after),
            );
        }
        if self.align == Align::Justified {
            shape = shape.child(element("w:ind").with("w:firstLine", twentieths(10.0)));
        }
        let side = match self.align {
            Align::Left => "left",
            Align::Centre => "center",
            Align::Justified => "both",
        };
        shape.child(element("w:jc").with("w:val", side))
    }

    fn run(&self) -> Element {
        let mut look = element("w:rPr");
        if self.bold {
            look = look.child(element("w:b"));
        }
        if self.italic {
            look = look.child(element("w:i"));
        }
        if let Some(size) = self.size {
            look = look.child(element("w:sz").with("w:val", size));
        }
        if self.underlined {
            look = look.child(element("w:u").with("w:val", "single"));
        }
        let text = element("w:t")
            .with("xml:space", "preserve")
            .text(self.text.as_str());
        element("w:r").child(look).child(text)
    }
}
