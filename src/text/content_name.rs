//! Names of files made of what they hold.

/// Ten letters for the content that has this hash. Letters only: ten digits in a row would read as somebody's telephone.
pub fn content_name(hash: &blake3::Hash) -> String {
    let hex = hash.to_hex();
    let letters = hex.bytes().take(10).map(|digit| match digit {
        b'0'..=b'9' => char::from(digit - b'0' + b'g'),
        _ => char::from(digit),
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::content_name;

    #[test]
    fn a_name_has_letters_only() {
        let names: std::collections::BTreeSet<String> = (0..200_u8)
            .map(|i| content_name(&blake3::hash(&[i])))
            .collect();
        assert_eq!(names.len(), 200);
        for name in names {
            assert_eq!(name.len(), 10);
            assert!(name.bytes().all(|b| b.is_ascii_lowercase()), "{name}");
        }
    }
}
