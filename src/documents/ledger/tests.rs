use chrono::NaiveDate;

use super::*;
use crate::dates::DateReading;
use crate::ledger::Conflict;
use crate::records::Reading;
use crate::records::Values;
use crate::source::Origin;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, month, day).expect("a day of the calendar")
}

fn origin(row: u32, column: u32) -> Origin {
    Origin { file: Arc::from("inbox/甲.xlsx"), sheet: Arc::from("表1"), row, column }
}

fn hazard(number: u32, values: &[(Field, &str)]) -> Hazard {
    Hazard {
        id: format!("demo-001-{number:04}"),
        unit: Arc::from("城关卫生院"),
        unit_index: Some(0),
        values: Values::pack(values.iter().map(|(field, text)| (*field, 0, *text))),
        extras: vec![(Arc::from("楼层"), Box::from("三层"))],
        level: Reading::Value(Level::General),
        status: Status::Open,
        found_on: DateReading::On(day(6, 1)),
        deadline: DateReading::Blank,
        extended_to: None,
        rectified_on: None,
        verified_on: None,
        closed_out_on: None,
        origin: origin(7, 0),
        submitted_on: Some(day(7, 7)),
        older_fields: Vec::new(),
        first_reported: None,
    }
}

fn tally(records: u32, new: u32, rejected: u32) -> SheetTally {
    SheetTally {
        file: Arc::from("inbox/甲.xlsx"),
        sheet: Arc::from("表1"),
        rows: [(TableRowKind::Record, records), (TableRowKind::Header, 1)].into(),
        records,
        new,
        rejected,
        ..SheetTally::default()
    }
}

fn lines(sheet: &Sheet<'_>) -> Vec<String> {
    let mut lines = vec![sheet.columns.iter().map(|column| column.title.as_ref()).collect::<Vec<_>>().join("|")];
    let visited: Result<(), ()> = sheet.body.each(|_, row| {
        lines.push(row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|"));
        Ok(())
    });
    assert_eq!(visited, Ok(()));
    lines
}

#[test]
fn a_ledger_row_holds_every_field_and_the_unknown_columns() {
    let values = [
        (Field::Description, "=1+1"),
        (Field::FoundOn, "2023-06-01"),
        (Field::Deadline, "长期坚持"),
        (Field::Funds, "1.5"),
        (Field::Phone, "13800000001"),
    ];
    let ledger = Ledger { hazards: vec![hazard(1, &values)], extra_columns: vec![Arc::from("楼层"), Arc::from("没有")] };
    let sheet = ledger_sheet(&ledger);
    assert_eq!(sheet.columns.len(), 34);
    let mut cells = Vec::new();
    let visited: Result<(), ()> = sheet.body.each(|_, row| {
        cells.clone_from(&row.cells);
        Ok(())
    });
    assert_eq!(visited, Ok(()));
    for (field, expected) in [
        (Field::Id, Cell::text(Some("demo-001-0001"))),
        (Field::Unit, Cell::text(Some("城关卫生院"))),
        (Field::Description, Cell::text(Some("=1+1"))),
        (Field::FoundOn, Cell::Date(day(6, 1))),
        (Field::Deadline, Cell::text(Some("长期坚持"))),
        (Field::Funds, Cell::Decimal(1.5)),
        (Field::Phone, Cell::text(Some("13800000001"))),
        (Field::Status, Cell::Empty),
        (Field::Origin, Cell::text(Some("inbox/甲.xlsx › 表1 第7行"))),
        (Field::SubmittedOn, Cell::Date(day(7, 7))),
    ] {
        assert_eq!(cells[field.index()], expected, "{field:?}");
    }
    assert_eq!(cells[32..], [Cell::text(Some("三层")), Cell::Empty]);
}

#[test]
fn only_exact_dates_and_numbers_become_values() {
    for text in ["2023-6-1", "2023-06-31", "2023/06/01", "+023-06-01", "2023-06-01 ", "二〇二三年六月一", ""] {
        assert_eq!(iso_date(text), None, "{text}");
    }
    assert_eq!(iso_date("2023-06-01"), Some(day(6, 1)));
    for text in ["1.50", "1e5", "约3", "-0", "NaN", "inf", "001", "1234567890123456"] {
        assert_eq!(number_cell(text), Cell::text(Some(text)), "{text}");
    }
    assert_eq!(number_cell("0.25"), Cell::Decimal(0.25));
}

#[test]
fn the_workbook_has_its_sheets_in_order() {
    let mut outcome = MergeOutcome { tallies: vec![tally(3, 2, 1), tally(1, 1, 0)], ..MergeOutcome::default() };
    outcome.conflicts.push(Conflict {
        id: "demo-001-0001".to_owned(),
        field: Field::Level,
        kept: "重大".to_owned(),
        other: "一般".to_owned(),
        kept_from: origin(7, 6),
        other_from: origin(9, 6),
        other_on: None,
        word: String::new(),
    });
    outcome.rejected.push(Rejected {
        origin: origin(5, 0),
        reason: RejectReason::UnitUnknown,
        unit: "某诊所".to_owned(),
        values: vec![("楼层".to_owned(), "二层".to_owned()), ("description".to_owned(), "无灭火器".to_owned())],
        submitted_on: Some(day(7, 7)),
    });
    let names = |outcome: &MergeOutcome| -> Vec<String> {
        let document = ledger_document(outcome, "某县卫生健康局").expect("the counts add up");
        document.sheets.iter().map(|sheet| format!("{}{}", sheet.name, if sheet.hidden { "（隐藏）" } else { "" })).collect()
    };
    assert_eq!(names(&outcome), ["台账", "冲突", "退回", "合并对账"]);
    outcome.ledger.hazards.push(hazard(1, &[]));
    outcome.ledger.hazards[0].older_fields.push((Field::Measure, day(6, 30)));
    assert_eq!(names(&outcome), ["台账", "冲突", "退回", "合并对账", "字段出处（隐藏）"]);

    let document = ledger_document(&outcome, "某县卫生健康局").expect("the counts add up");
    assert_eq!(
        lines(&document.sheets[1])[1],
        "demo-001-0001|等级|重大|一般||inbox/甲.xlsx › 表1!F7|inbox/甲.xlsx › 表1!F9||核实后在“采用”里选 台账 或 报送，下次合并照办；要写别的值，直接改台账的这一格"
    );
    let rejected = lines(&document.sheets[2]);
    assert_eq!(rejected[0], "文件|工作表|行|列|退回原因|怎么办|报送单位|报送日期|隐患描述|楼层");
    assert!(rejected[1].starts_with("inbox/甲.xlsx|表1|5||单位不在单位名册中|核对单位名称"), "{}", rejected[1]);
    assert!(rejected[1].ends_with("|某诊所|2023-07-07|无灭火器|二层"), "{}", rejected[1]);
    let tallies = lines(&document.sheets[3]);
    assert!(tallies[3].starts_with("合计||") && tallies[3].ends_with("|4|3|0|0|0|1|0"), "{}", tallies[3]);
    assert_eq!(lines(&document.sheets[4])[1], "demo-001-0001|整改措施|2023-06-30");
}

#[test]
fn counts_that_do_not_add_up_are_refused() {
    let outcome = MergeOutcome { tallies: vec![tally(3, 2, 1), tally(4, 2, 1)], ..MergeOutcome::default() };
    let refused = ledger_document(&outcome, "").expect_err("4 is not 2 + 1");
    assert!(matches!(refused, Imbalance::Tally { records: 4, sum: 3, .. }), "{refused}");
}
