//! Text → the words of an address.

use super::normal::fold;

/// Lower-case letters without accents, digits and single hyphens: `Đăng ký thường trú` → `dang-ky-thuong-tru`.
/// Empty where the text has no letter or digit of the Latin script.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in fold(text).chars() {
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
    use super::slug;

    #[test]
    fn addresses_have_no_accents() {
        assert_eq!(slug("Đăng ký thường trú"), "dang-ky-thuong-tru");
        assert_eq!(slug("  Thủ tục: 25/2022 – (mới) "), "thu-tuc-25-2022-moi");
        assert_eq!(slug("中"), "");
    }
}
