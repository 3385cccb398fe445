//! Small damage to files, each the same for the same seed: what disks, mail programs, editors and ill will do to them.

/// Numbers that look random and are the same on every machine (splitmix64).
///
/// Source: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014.
pub(super) struct Dice(u64);

impl Dice {
    /// The numbers of round `round` of `seed`.
    pub(super) fn new(seed: u64, round: u64) -> Self {
        Self(seed.wrapping_mul(0x0001_0000_01b3) ^ round.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    /// One of some.
    pub(super) fn pick<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.below(items.len())]
    }
}

/// Bytes that readers of text stumble over.
const TOKENS: [&[u8]; 58] = [
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\xFF",
    b"\xC3",
    b"\xED\xA0\x80",
    b"\xE2\x80\xAE",
    b"\xCC\x81",
    b"\xF0\x9F\xA7\xAE",
    b"\xC2\xA0",
    b"\xE2\x80\x8B",
    b"\r",
    b"\n",
    b"\r\n",
    b"\t",
    b"\"",
    b"\"\"",
    b"'''",
    b"\"\"\"",
    b",",
    b";",
    b"|",
    b"=",
    b"-",
    b"/",
    b"%",
    b"(",
    b")",
    b"[",
    b"]",
    b"[[",
    b"{",
    b"}",
    b"{{ ",
    b" }}",
    b"+++\n",
    b"\\ud800",
    b"\\u0000",
    b"\\",
    b"null",
    b"99999999999999999999999999999999999999999",
    b"-9223372036854775808",
    b"4294967296",
    b"65536",
    b"1e308",
    b"1e-400",
    b"NaN",
    b"0,000000000000000000000000000000000001",
    b"31/12/9999",
    b"29/2/2023",
    b"<!DOCTYPE a [<!ENTITY a \"b\">]>",
    b"&a;",
    b"&#x110000;",
    b"<![CDATA[",
    b"<!--",
    b"../../../",
    b"t\xE1\xBB\xB7 ",
];

/// The most bytes of a damaged file: what takes long then takes long at any size.
const MOST_BYTES: usize = 200_000;

/// Damages `bytes` once to four times; pieces of `others` are put into it.
pub(super) fn damage(bytes: &[u8], others: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        once(&mut out, others, dice);
    }
    out.truncate(MOST_BYTES);
    out
}

fn once(out: &mut Vec<u8>, others: &[Vec<u8>], dice: &mut Dice) {
    let at = dice.below(out.len() + 1);
    match dice.below(12) {
        0 => flip(out, dice),
        1 => out.truncate(at),
        2 => {
            out.drain(..at);
        }
        3 => {
            let end = (at + 1 + dice.below(40)).min(out.len());
            out.drain(at..end);
        }
        4 => insert(out, at, dice.pick::<&[u8]>(&TOKENS)),
        5 => {
            let times = *dice.pick(&[2, 17, 129, 1025, 5000]);
            let run = dice.pick(&TOKENS).repeat(times);
            insert(out, at, &run);
        }
        6 => {
            let end = (at + 1 + dice.below(200)).min(out.len());
            let block = out[at..end].repeat(*dice.pick(&[1, 2, 40, 400]));
            insert(out, at, &block);
        }
        7 => {
            let other = dice.pick(others);
            out.truncate(at);
            out.extend(&other[dice.below(other.len())..]);
        }
        8 => {
            let other = dice.pick(others);
            let from = dice.below(other.len());
            let end = (from + dice.below(80)).min(other.len());
            insert(out, at, &other[from..end]);
        }
        9 | 10 => number(out, at, dice),
        _ => swap_lines(out, dice),
    }
}

fn insert(out: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    out.splice(at..at, bytes.iter().copied());
}

/// Flips single bits.
pub(super) fn flip(out: &mut [u8], dice: &mut Dice) {
    for _ in 0..=dice.below(6) {
        let at = dice.below(out.len());
        if let Some(byte) = out.get_mut(at) {
            *byte ^= 1 << dice.below(8);
        }
    }
}

/// Puts another number in the place of the first one after `at`.
fn number(out: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let Some(start) = out[at..].iter().position(u8::is_ascii_digit) else {
        return;
    };
    let start = at + start;
    let length = out[start..]
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .count();
    let value = match dice.below(4) {
        0 => String::from("0"),
        1 => dice.next().to_string(),
        2 => "9".repeat(1 + dice.below(400)),
        _ => dice.below(70_000).to_string(),
    };
    out.splice(start..start + length, value.into_bytes());
}

fn swap_lines(out: &mut Vec<u8>, dice: &mut Dice) {
    let mut lines: Vec<&[u8]> = out.split_inclusive(|b| *b == b'\n').collect();
    let (a, b) = (dice.below(lines.len()), dice.below(lines.len()));
    if a < lines.len() && b < lines.len() {
        lines.swap(a, b);
    }
    *out = lines.concat();
}
