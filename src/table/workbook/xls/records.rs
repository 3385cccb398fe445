//! The records of a BIFF8 stream ([MS-XLS] 2.1.4): a type, a length, and so many bytes; none is read beyond its end.

/// A record with those that continue it.
#[derive(Debug)]
pub(super) struct Record<'s> {
    /// Its type.
    pub(super) kind: u16,
    /// Its bytes.
    pub(super) data: &'s [u8],
    /// The bytes of the CONTINUE records after it.
    pub(super) more: Vec<&'s [u8]>,
}

/// The type of records that continue the one before.
const CONTINUE: u16 = 0x003C;

/// Goes through the records of a stream.
pub(super) struct Records<'s> {
    rest: &'s [u8],
}

impl<'s> Records<'s> {
    pub(super) fn new(stream: &'s [u8]) -> Self {
        Self { rest: stream }
    }

    /// The bytes that are not gone through yet.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    fn one(&mut self) -> Option<(u16, &'s [u8])> {
        let kind = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((kind, data))
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let (kind, data) = self.one()?;
        let mut more = Vec::new();
        while u16_at(self.rest, 0) == Some(CONTINUE) {
            more.push(self.one()?.1);
        }
        Some(Record { kind, data, more })
    }
}

pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at + 2)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    let bytes = data.get(at..at + 8)?;
    Some(f64::from_le_bytes(bytes.try_into().ok()?))
}

/// A number in four bytes ([MS-XLS] 2.5.217): the upper part of a binary number or an integer, perhaps a hundredfold.
pub(super) fn rk_at(data: &[u8], at: usize) -> Option<f64> {
    let bits = u32_at(data, at)?;
    let value = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from(bits.cast_signed() >> 2)
    };
    Some(if bits & 1 == 0 { value } else { value / 100.0 })
}

/// Reads bytes across a record and those that continue it.
pub(super) struct Bytes<'r> {
    pieces: Vec<&'r [u8]>,
    piece: usize,
    at: usize,
}

impl<'r> Bytes<'r> {
    pub(super) fn new(record: &Record<'r>) -> Self {
        let mut pieces = vec![record.data];
        pieces.extend(&record.more);
        Self {
            pieces,
            piece: 0,
            at: 0,
        }
    }

    /// The bytes left in this piece; the next piece where it has none left.
    fn left(&mut self) -> Option<&'r [u8]> {
        while self.at >= self.pieces.get(self.piece)?.len() {
            self.piece += 1;
            self.at = 0;
        }
        Some(&self.pieces[self.piece][self.at..])
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let byte = *self.left()?.first()?;
        self.at += 1;
        Some(byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    pub(super) fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let n = self.left()?.len().min(count);
            self.at += n;
            count -= n;
        }
        Some(())
    }

    /// The characters of a string ([MS-XLS] 2.5.293). Where it goes on in the next record, that begins with a byte that
    /// says anew whether its characters have one or two bytes.
    pub(super) fn characters(&mut self, count: usize, mut is_wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        let mut piece = self.piece;
        while units.len() < count {
            let left = self.left()?;
            if self.piece != piece && !units.is_empty() {
                piece = self.piece;
                is_wide = self.byte()? & 1 == 1;
                continue;
            }
            piece = self.piece;
            let size = if is_wide { 2 } else { 1 };
            let n = (left.len() / size).min(count - units.len());
            if n == 0 {
                return None;
            }
            units.extend(left[..n * size].chunks_exact(size).map(|c| match c {
                [low, high] => u16::from_le_bytes([*low, *high]),
                _ => u16::from(c[0]),
            }));
            self.at += n * size;
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// A string with its flags, of which `count` is the number of characters: rich runs and phonetic data are passed
    /// over ([MS-XLS] 2.5.293, 2.5.294).
    pub(super) fn string(&mut self, count: usize) -> Option<String> {
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 {
            0
        } else {
            usize::from(self.u16()?)
        };
        let phonetic = if flags & 4 == 0 {
            0
        } else {
            self.u32()? as usize
        };
        let text = self.characters(count, flags & 1 == 1)?;
        self.skip(runs * 4)?;
        self.skip(phonetic)?;
        Some(text)
    }
}

/// A string that stands alone in a record: its count in one or two bytes before it.
pub(super) fn string_at(data: &[u8], at: usize, is_short: bool) -> Option<String> {
    let record = Record {
        kind: 0,
        data: data.get(at..)?,
        more: Vec::new(),
    };
    let mut bytes = Bytes::new(&record);
    let count = if is_short {
        usize::from(bytes.byte()?)
    } else {
        usize::from(bytes.u16()?)
    };
    if count == 0 {
        return Some(String::new());
    }
    bytes.string(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_goes_on_in_the_next_record_in_another_width() {
        let stream = [
            0xFC, 0, 6, 0, 4, 0, 0, b'a', b'b',
            b'c', // four characters of one byte, three of them here
            0x3C, 0, 3, 0, 1, 0xA1, 0x01, // the last of two bytes
        ];
        let record = Records::new(&stream).next().unwrap();
        let mut bytes = Bytes::new(&record);
        let count = usize::from(bytes.u16().unwrap());
        assert_eq!(bytes.string(count).as_deref(), Some("abcơ"));
        assert_eq!(bytes.byte(), None);
    }

    #[test]
    fn numbers_in_four_bytes() {
        let rk = |bits: u32| rk_at(&bits.to_le_bytes(), 0);
        assert_eq!(rk(0x3FF0_0000), Some(1.0));
        assert_eq!(rk((1234 << 2) | 2), Some(1234.0));
        assert_eq!(rk((7838 << 2) | 3), Some(78.38));
        assert_eq!(rk(((-5i32) << 2).cast_unsigned() | 2), Some(-5.0));
    }
}
