//! Pages that are made from the program's own tables stand in `docs/` as the program would write them now.
//! `UPDATE=1 cargo test --test it generated_docs` rewrites them.

use std::path::Path;

fn check(name: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, page).expect("docs can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "docs/{name} is out of date: run UPDATE=1 cargo test --test it generated_docs");
}

#[test]
fn the_page_of_column_titles_is_up_to_date() {
    check("columns.md", &qingdan::vocabulary::columns_page());
}

#[test]
fn the_page_of_dates_is_up_to_date() {
    check("dates.md", &qingdan::dates::catalogue_page());
}

#[test]
fn the_reference_of_commands_is_up_to_date() {
    check("cli.md", &qingdan::reference_page());
}
