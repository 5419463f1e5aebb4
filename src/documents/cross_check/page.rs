//! The dashboard: every `data-figure` of the page, read back.

use std::collections::BTreeMap;

use crate::documents::cross_check::Disagreement;

/// What in the page is not the figures'. A page that marks no figure at all is a disagreement too.
pub fn page(shown_figures: &BTreeMap<String, String>, html: &str) -> Vec<Disagreement> {
    let mut found = Vec::new();
    let mut marked = 0;
    for part in html.split("data-figure=").skip(1) {
        let quoted = part.strip_prefix('"').and_then(|part| part.split_once('"'));
        let Some((key, rest)) = quoted.or_else(|| part.split_once(['>', ' '])) else { continue };
        let Some(text) = rest.split_once('>').map_or(Some(rest), |(_, text)| Some(text)).and_then(|text| text.split('<').next()) else {
            continue;
        };
        marked += 1;
        let place = format!("看板 {key}");
        match shown_figures.get(key) {
            None => found.push(Disagreement {
                place,
                figure: key.to_owned(),
                shown: text.trim().to_owned(),
                counted: "没有这个统计数".to_owned(),
            }),
            Some(counted) if counted != text.trim() => {
                found.push(Disagreement { place, figure: key.to_owned(), shown: text.trim().to_owned(), counted: counted.clone() });
            }
            Some(_) => {}
        }
    }
    if marked == 0 {
        found.push(Disagreement {
            place: "看板".to_owned(),
            figure: "全部".to_owned(),
            shown: "没有标出统计数".to_owned(),
            counted: String::new(),
        });
    }
    found
}
