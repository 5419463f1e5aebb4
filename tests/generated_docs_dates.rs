//! `docs/dates.md` is made from the catalogue of date expressions; this test keeps the two together.
//! `UPDATE=1 cargo test --test generated_docs_dates` rewrites the page.

use std::path::Path;

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may read the page it checks")]
fn the_dates_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dates.md");
    let expected = qingdan::dates::catalogue_page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &expected).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == expected, "docs/dates.md is out of date: UPDATE=1 cargo test --test generated_docs_dates");
}
