//! Text → the words of an address.

use super::normal::unaccented;

/// Returns lower-case letters without accents, digits and single hyphens: `Đăng ký thường trú` →
/// `dang-ky-thuong-tru`. Empty where the text has no letter or digit of the Latin script.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in unaccented(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::slug;

    #[test]
    fn addresses_have_no_accents() {
        assert_eq!(slug("Đăng ký thường trú"), "dang-ky-thuong-tru");
        assert_eq!(slug("  Thủ tục: 25/2022 – (mới) "), "thu-tuc-25-2022-moi");
        assert_eq!(slug("Kỉ niệm"), "ki-niem");
        assert_eq!(slug("Huyện M'Đrắk"), "huyen-mdrak");
        assert_eq!(slug("中"), "");
    }

    proptest! {
        #[test]
        fn an_address_is_its_own_address(text in "\\PC{0,40}") {
            let once = slug(&text);
            prop_assert!(once.bytes().all(|b| b == b'-' || b.is_ascii_lowercase() || b.is_ascii_digit()));
            prop_assert_eq!(slug(&once), once);
        }
    }
}
