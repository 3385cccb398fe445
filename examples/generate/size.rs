//! The size of a site, as typed.

/// How many units report on how many services in how many months.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) units: usize,
    pub(crate) services: usize,
    pub(crate) months: usize,
}

impl Size {
    /// Reads a name or `UxSxP`; each number is 1 to 99,999 and the months reach back at most a century.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (units, services, months) = match text {
            "commune" => (1, 25, 24),
            "province" => (140, 25, 24),
            "nation" => (3355, 25, 24),
            _ => {
                let mut numbers = text
                    .split('x')
                    .map(|n| n.parse().ok().filter(|n| (1..100_000).contains(n)));
                let read = (numbers.next()??, numbers.next()??, numbers.next()??);
                if numbers.next().is_some() || read.2 > 1200 {
                    return None;
                }
                read
            }
        };
        Some(Self {
            units,
            services,
            months,
        })
    }
}
