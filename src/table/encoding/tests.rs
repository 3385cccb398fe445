use proptest::prelude::*;

use super::*;
use crate::diagnostic::Language;

const TEXT: &str = "Đơn vị;Tổng số hồ sơ\r\nUBND xã Hy Cương;1.234\r\nSở Nội vụ tỉnh Phú Thọ;99,5%\r\n\
    Công an phường Tân Lập;7\r\n";

/// Vietnamese text in `encoding`: each letter is searched for among the byte sequences that decode to it.
fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let marks = 0x80..=0xffu8;
    text.chars()
        .flat_map(|c| {
            if c.is_ascii() {
                return vec![c as u8];
            }
            let single = marks.clone().map(|b| vec![b]);
            let bases = (b'A'..=b'z').chain(marks.clone());
            let pairs = bases.flat_map(|a| marks.clone().map(move |b| vec![a, b]));
            single
                .chain(pairs)
                .find(|bytes| encoding.text(bytes).is_ok_and(|t| t == c.to_string()))
                .unwrap_or_else(|| panic!("{c} in {encoding:?}"))
        })
        .collect()
}

fn utf16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn found(bytes: Vec<u8>) -> Result<(String, Vec<String>), String> {
    let file = SourceFile::new("a.csv", bytes);
    match read(&file, None) {
        Ok((text, findings)) => {
            let shown = |d: &Diagnostic| {
                format!("{} {}", d.code, d.arguments[0].1.shown(Language::English))
            };
            Ok((text.into_owned(), findings.iter().map(shown).collect()))
        }
        Err(d) => Err(format!("{} {}", d.place.shown(), d.code)),
    }
}

#[test]
fn every_encoding_is_recognised() {
    for (bytes, said) in [
        (TEXT.as_bytes().to_vec(), None),
        ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), None),
        (
            [vec![0xFF, 0xFE], utf16_bytes(TEXT, u16::to_le_bytes)].concat(),
            None,
        ),
        (
            [vec![0xFE, 0xFF], utf16_bytes(TEXT, u16::to_be_bytes)].concat(),
            None,
        ),
        (utf16_bytes(TEXT, u16::to_le_bytes), Some("utf-16le")),
        (utf16_bytes(TEXT, u16::to_be_bytes), Some("utf-16be")),
        (encoded(TEXT, Encoding::Windows1258), Some("windows-1258")),
        (encoded(TEXT, Encoding::Tcvn3), Some("tcvn3")),
        (encoded(TEXT, Encoding::Vni), Some("vni")),
    ] {
        let said = said
            .map(|s| format!("encoding-legacy {s}"))
            .into_iter()
            .collect();
        assert_eq!(found(bytes), Ok((TEXT.to_owned(), said)));
    }
}

#[test]
fn short_and_foreign_text_is_not_guessed() {
    for bytes in [
        b"a\nX\xe3 Bi\xean".to_vec(),
        b"Le ch\xe2teau de la for\xeat, un caf\xe9 cr\xe8me, o\xf9 \xeates-vous all\xe9".to_vec(),
        b"Gr\xfc\xdfe aus M\xfcnchen, sch\xf6ne \xc4pfel, Stra\xdfe, K\xf6ln".to_vec(),
    ] {
        let error = found(bytes).unwrap_err();
        assert!(error.ends_with("encoding-unknown"), "{error}");
    }
}

#[test]
fn damaged_utf_8_is_suspected_to_be_utf_8() {
    let mut bytes = TEXT.as_bytes().to_vec();
    let at = TEXT.find("ương").unwrap();
    bytes.remove(at);
    let file = SourceFile::new("a.csv", bytes);
    let d = read(&file, None).unwrap_err();
    assert!(
        d.arguments
            .iter()
            .any(|(n, v)| *n == "suspected" && v.shown(Language::English).starts_with("utf-8")),
        "{d:?}"
    );
    assert_eq!(d.place.shown(), "a.csv:2:13");
}

#[test]
fn what_is_no_text_is_refused() {
    for bytes in [
        b"PK\x03\x04rest".to_vec(),
        b"a,b\n1,\x002\n".to_vec(),
        (0..=255).collect(),
    ] {
        assert_eq!(found(bytes), Err("a.csv file-binary".to_owned()));
    }
}

#[test]
fn a_declared_encoding_is_obeyed() {
    let declared = |bytes: &[u8], encoding| {
        let file = SourceFile::new("a.csv", bytes);
        read(&file, Some(encoding))
            .map(|(t, _)| t.into_owned())
            .map_err(|d| format!("{} {}", d.code, d.place.shown()))
    };
    assert_eq!(declared(b"H\xb5", Encoding::Tcvn3).as_deref(), Ok("Hà"));
    assert_eq!(
        declared(b"H\xe0", Encoding::Windows1258).as_deref(),
        Ok("Hà")
    );
    assert_eq!(declared(b"Ha\xf8", Encoding::Vni).as_deref(), Ok("Hà"));
    let invalid = |place: &str| Err(format!("encoding-invalid a.csv:{place}"));
    assert_eq!(declared(b"x\nH\xe0", Encoding::Utf8), invalid("2:2"));
    assert_eq!(declared(b"x\nH\xf8", Encoding::Vni), invalid("2:2"));
    assert_eq!(declared(b"\xff\xfex\0y", Encoding::Utf16Le), invalid("1:2"));
    assert_eq!(declared(b"\x8a", Encoding::Windows1258), invalid("1:1"));
    for encoding in Encoding::ALL {
        assert_eq!(Encoding::named(encoding.name()), Some(encoding));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_text_or_a_finding(bytes in prop::collection::vec(any::<u8>(), 0..300), n in 0usize..6) {
        let file = SourceFile::new("a.csv", bytes);
        let _ = read(&file, None);
        let _ = read(&file, Some(Encoding::ALL[n]));
        let _ = decode(&file);
    }
}
