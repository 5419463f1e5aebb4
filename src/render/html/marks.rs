//! The numbers of a page with their keys, read back out of its text.
//!
//! A number by itself carries its key (`<b data-figure="totals.new">12</b>`). In a table the body, the row and the head of the column carry
//! parts, and a cell's key is all three with dots between (`<tbody data-figure=by.unit>`, `<tr data-row=7>`, `<th data-figure="overdue">`): a thousand rows would else
//! repeat it ten thousand times. Reads pages of our own making only; no parser of HTML in general.

/// A number as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    pub key: String,
    pub shown: String,
}

const MARK: &str = "data-figure=";
const ROW: &str = "data-row=";

/// Every number that carries a key, in the order of the page.
pub fn marked(page: &str) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut columns: Vec<Option<&str>> = Vec::new();
    let mut table: Option<&str> = None;
    let mut row: Option<&str> = None;
    let mut cell = 0;
    let mut rest = page;
    while let Some((before, tag, after)) = next_tag(rest) {
        debug_assert!(before.len() < rest.len());
        let name = tag.split([' ', '\n']).next().unwrap_or("");
        let key = value(tag, MARK);
        rest = match name {
            // Their texts are no markup.
            "script" | "style" => after.split_once("</").map_or("", |(_, behind)| behind),
            _ => after,
        };
        match (name, key) {
            ("table", _) => columns.clear(),
            ("tbody", key) => table = key,
            ("tr", _) => (row, cell) = (value(tag, ROW), 0),
            ("th" | "td", key) => {
                if row.is_none() {
                    columns.push(key);
                } else if let (Some(row), Some(Some(column))) = (row, columns.get(cell)) {
                    let table = table.map(|table| format!("{table}.")).unwrap_or_default();
                    found.push(Marked { key: format!("{table}{row}.{column}"), shown: text(after) });
                }
                cell += 1;
            }
            (_, Some(key)) => found.push(Marked { key: key.to_owned(), shown: text(after) }),
            _ => {}
        }
    }
    found
}

/// The value of an attribute, quoted or not.
fn value<'a>(tag: &'a str, attribute: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(attribute)?;
    value.trim_start_matches('"').split(['"', ' ']).next()
}

/// What stands before the next tag, the tag without its brackets, and what follows. Attributes hold no `>`: it is escaped.
fn next_tag(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('<')?;
    let (tag, after) = rest.split_once('>')?;
    Some((before, tag, after))
}

/// The text up to the next tag.
fn text(after: &str) -> String {
    after.split('<').next().unwrap_or("").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_themselves_and_in_tables() {
        let page = "<style>a{content:\"<b data-figure='x'>\"}</style><b class=n data-figure=\"totals.new\">12</b>\n\
            <table><thead><tr><th>单位</th><th data-figure=\"total\">计</th><th>词</th><th data-figure=\"rates.rectified\">率</th></tr></thead>\
            <tbody data-figure=by.unit><tr data-row=1><th scope=row>甲&lt;b&gt;<td>3<td class=a>7<td>—\n</tbody></table>\
            <table><thead><tr><th>时段</th><th data-figure=\"new\">新</th></tr></thead><tbody><tr data-row=previous><th>上月<td>5</tbody></table>";
        let found: Vec<(String, String)> = marked(page).into_iter().map(|marked| (marked.key, marked.shown)).collect();
        let expected = [("totals.new", "12"), ("by.unit.1.total", "3"), ("by.unit.1.rates.rectified", "—"), ("previous.new", "5")];
        assert_eq!(found, expected.map(|(key, shown)| (key.to_owned(), shown.to_owned())));
    }
}
