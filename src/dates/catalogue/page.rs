//! The clerks' page about dates, made from the catalogue.
pub fn catalogue_page() -> String {
    String::new()
}
