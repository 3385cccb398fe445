//! Calendar months.

/// A month of a year.
#[derive(Clone, Copy)]
pub(crate) struct Month {
    pub(crate) year: usize,
    /// 1 to 12.
    pub(crate) month: usize,
}

/// The newest month of every site.
const NEWEST: Month = Month {
    year: 2026,
    month: 10,
};

impl Month {
    /// The `count` months up to the newest, oldest first.
    pub(crate) fn up_to_newest(count: usize) -> Vec<Self> {
        let end = NEWEST.number();
        (end + 1 - count..=end).map(Self::of_number).collect()
    }

    /// Months since the year 0; also names the random stream of the month.
    pub(crate) fn number(self) -> usize {
        self.year * 12 + self.month - 1
    }

    pub(crate) fn following(self) -> Self {
        Self::of_number(self.number() + 1)
    }

    pub(crate) fn id(self) -> String {
        format!("{}-{:02}", self.year, self.month)
    }

    pub(crate) fn label(self) -> String {
        format!("Tháng {}/{}", self.month, self.year)
    }

    pub(crate) fn last_day(self) -> usize {
        let is_leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    fn of_number(number: usize) -> Self {
        Self {
            year: number / 12,
            month: number % 12 + 1,
        }
    }
}
