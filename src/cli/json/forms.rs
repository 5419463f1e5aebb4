//! `forms --format json`.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::campaign::CountForm;
use crate::campaign::Party;
use crate::documents::count_forms::FormSource;
use crate::documents::count_forms::findings;
use crate::documents::count_forms::name_of;
use crate::records::form_rows::ONE;
use crate::results::count_forms::Compared;
use crate::results::count_forms::RowOf;
use crate::results::count_forms::by_parent;
use crate::results::count_forms::totals;

/// A form put together.
pub fn consolidated(source: FormSource<'_>) -> Value {
    let FormSource { ground, form, done } = source;
    let key = |column: usize| form.columns.get(column).map_or("", |column| column.key.as_str());
    let rows: Vec<Value> = done.rows.iter().map(|row| named(&row.of, source, counts(form, &row.counts))).collect();
    let parents = by_parent(done, ground).into_iter().map(|(parent, rows)| {
        let mut sums = counts(form, &totals(form, rows.iter().map(|row| &row.counts)));
        let name = parent.and_then(|parent| ground.roster.units.get(parent)).map(|unit| &*unit.name);
        sums.insert("parent".to_owned(), json!(name));
        sums.insert("units".to_owned(), json!(rows.len()));
        Value::Object(sums)
    });
    let below = done.below.iter().map(|(unit, label, sent)| {
        let mut own = counts(form, sent);
        own.insert("unit".to_owned(), json!(ground.roster.units.get(*unit).map(|unit| &*unit.name)));
        own.insert("below".to_owned(), json!(label));
        Value::Object(own)
    });
    let differences = done.differences.iter().map(|difference| {
        let about = json!({"key": key(difference.column), "reported": number(difference.reported), "ledger": number(difference.ledger)});
        named(&difference.of, source, about.as_object().cloned().unwrap_or_default())
    });
    let faults: Vec<_> = findings(source).into_iter().skip(done.differences.len()).collect();
    let faults = faults.iter().zip(&done.faults).map(|(finding, fault)| {
        json!({"unit": finding.unit, "key": key(fault.column), "says": finding.says, "file": &*fault.file, "sheet": &*fault.sheet, "row": fault.row})
    });
    let names = |parties: &[Party]| parties.iter().map(|party| party.name(ground.roster).to_owned()).collect::<Vec<_>>();
    json!({
        "form": form.id,
        "as_of": done.as_of.to_string(),
        "due": done.due.map(|due| due.to_string()),
        "rows": rows,
        "totals": counts(form, &done.totals),
        "by_parent": parents.collect::<Vec<_>>(),
        "below": below.collect::<Vec<_>>(),
        "missing": names(&done.missing),
        "without_figures": names(&done.without_figures),
        "undated": names(&done.undated.iter().map(|unit| Party::Unit(*unit)).collect::<Vec<_>>()),
        "compared": done.compared == Compared::Done,
        "differences": differences.collect::<Vec<_>>(),
        "faults": faults.collect::<Vec<_>>(),
    })
}

fn named(of: &RowOf, source: FormSource<'_>, mut rest: Map<String, Value>) -> Value {
    let key = if matches!(of, RowOf::Category(_)) { "category" } else { "unit" };
    rest.insert(key.to_owned(), if *of == RowOf::All { Value::Null } else { json!(name_of(of, source.ground.roster)) });
    Value::Object(rest)
}

fn counts(form: &CountForm, counts: &[Option<i64>]) -> Map<String, Value> {
    form.columns.iter().zip(counts).map(|(column, count)| (column.key.clone(), count.map_or(Value::Null, number))).collect()
}

fn number(count: i64) -> Value {
    if count % ONE == 0 { json!(count / ONE) } else { json!(count as f64 / ONE as f64) }
}
