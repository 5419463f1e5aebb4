//! `notices.csv` (发函登记): which letter went to which unit on which day, and about which hazards, one row a letter.
//!
//! Any format and encoding that `tables` reads. Unlike the other registers the program writes it, too (`letter_rows`), so that a row
//! that cannot be read is an error: whoever issues letters must know of all earlier ones. Knows no ledger and no as-of day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::campaign::grid::TitledRow;
use crate::campaign::model::Campaign;
use crate::campaign::names::normalise;
use crate::campaign::roster::Roster;
use crate::dates::Context;
use crate::registers::table;
use crate::registers::table::Fault;
use crate::registers::table::Form;
use crate::registers::table::Register;
use crate::registers::table::RegisterReading;
use crate::registers::table::TableProblems;
use crate::registers::table::question;
use crate::registers::table::question_of_units;
use crate::source::SourceFile;

/// One letter that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedLetter {
    /// 编号, `{campaign}-N001`; of rows that the clerk wrote by hand maybe anything.
    pub number: String,
    /// Index into [`Roster::units`].
    pub unit: usize,
    /// The step as it is written.
    pub step: String,
    /// Index into [`Campaign::escalation`]; `None` for a step that the ladder does not have (any more).
    pub rung: Option<usize>,
    pub on: NaiveDate,
    /// 文号; empty until the office has given one.
    pub document: String,
    /// 编号 of the hazards it is about.
    pub hazards: Vec<String>,
    /// 1-based row of the file.
    pub row: u32,
}

/// The file as read.
pub type LettersReading = RegisterReading<IssuedLetter>;

/// A column of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LetterColumn {
    Number,
    Unit,
    Step,
    On,
    Document,
    Hazards,
}

/// Columns with the titles they may carry; the first is the one we write.
pub(crate) const COLUMNS: [(LetterColumn, &[&str]); 6] = [
    (LetterColumn::Number, &["编号", "函编号", "登记编号", "序号"]),
    (LetterColumn::Unit, &["单位", "单位名称", "受文单位", "主送单位", "主送"]),
    (LetterColumn::Step, &["步骤", "文书", "文书名称", "督办步骤", "文书种类"]),
    (LetterColumn::On, &["日期", "发函日期", "发文日期", "印发日期", "送达日期"]),
    (LetterColumn::Document, &["文号", "发文字号"]),
    (LetterColumn::Hazards, &["隐患", "隐患编号", "涉及隐患"]),
];

/// Marks between the numbers of hazards in one cell.
const BETWEEN: [char; 8] = ['、', '，', ',', ';', '；', ' ', '\n', '　'];

/// Reads the file against the campaign's ladder and the roster.
pub fn read_letters(file: &SourceFile, campaign: &Campaign, roster: &Roster) -> LettersReading {
    table::read(file, &mut LetterTable { campaign, roster })
}

/// What a row is read against.
struct LetterTable<'a> {
    campaign: &'a Campaign,
    roster: &'a Roster,
}

impl Register for LetterTable<'_> {
    type Column = LetterColumn;
    type Row = IssuedLetter;

    const FORM: Form<LetterColumn> = Form {
        name: "发函登记",
        unreadable: "T080",
        columns: &COLUMNS,
        needed: &[LetterColumn::Unit, LetterColumn::Step, LetterColumn::On, LetterColumn::Hazards],
        titles: "表头写成：编号,单位,步骤,日期,文号,隐患",
    };

    /// Reads a row as a letter.
    fn row(&mut self, row: TitledRow<'_, LetterColumn>, problems: &mut TableProblems<'_, LetterColumn>) -> Option<IssuedLetter> {
        let (line, text) = (row.row.number, |column| row.text(column));
        let unit = problems.sift(line, LetterColumn::Unit, self.unit(text(LetterColumn::Unit)));
        let step = text(LetterColumn::Step).to_owned();
        let rung = self.rung(&step);
        if rung.is_none() {
            problems.tell(line, LetterColumn::Step, self.unknown_step(&step));
        }
        let on = problems.sift(line, LetterColumn::On, self.day(text(LetterColumn::On)));
        let hazards = problems.sift(line, LetterColumn::Hazards, hazards(text(LetterColumn::Hazards)));
        Some(IssuedLetter {
            number: text(LetterColumn::Number).to_owned(),
            unit: unit?,
            rung,
            step: Some(step).filter(|step| !step.is_empty())?,
            on: on?,
            document: text(LetterColumn::Document).to_owned(),
            hazards: hazards?,
            row: line,
        })
    }

    fn check_together(&self, rows: &[IssuedLetter], problems: &mut TableProblems<'_, LetterColumn>) {
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        for letter in rows.iter().filter(|letter| !letter.number.is_empty()) {
            if let Some(first) = seen.insert(&letter.number, letter.row) {
                let message = format!("编号“{}”在第 {first} 行已经用过，两份函分不清", letter.number);
                let help = "同一份函登记了两遍的，删去一行；是另一份函的，编号清空或改成没有用过的";
                problems.tell(letter.row, LetterColumn::Number, Fault::error("T085", &letter.number, message, help));
            }
        }
    }
}

impl LetterTable<'_> {
    fn unit(&self, written: &str) -> Result<usize, Fault> {
        if written.is_empty() {
            return Err(Fault::error("T081", "", "这一行没有写单位，不知道函发给了哪家", "写上单位名称；不需要的行请删掉"));
        }
        self.roster.meant(written).map_err(|near| {
            let message = format!("“{written}”不在单位名册上，或者对应几家单位，这一行没有计入");
            Fault::error("T081", written, message, format!("{}按名册写单位名称、简称或编码", question_of_units(self.roster, &near)))
        })
    }

    fn rung(&self, written: &str) -> Option<usize> {
        let wanted = normalise(written);
        self.campaign.escalation.iter().position(|step| normalise(&step.step) == wanted)
    }

    fn unknown_step(&self, written: &str) -> Fault {
        let steps: Vec<&str> = self.campaign.escalation.iter().map(|step| step.step.as_str()).collect();
        let message = match written {
            "" => "这一行没有写步骤，不知道发的是什么文书".to_owned(),
            written => format!("专项的督办步骤里没有“{written}”，不知道它算哪一步，同一步的函会再发一次"),
        };
        let help = match steps.as_slice() {
            [] => "专项定义里没有督办步骤（escalation），先写上再登记".to_owned(),
            steps => format!("{}写 {} 中的一个", question(&normalise(written), steps.iter().copied()), steps.join("、")),
        };
        Fault::error("T082", written, message, help)
    }

    fn day(&self, written: &str) -> Result<NaiveDate, Fault> {
        let context = Context { period: Some((self.campaign.start, self.campaign.end)), looks_back: true, ..Context::default() };
        let unread = || {
            let message = match written {
                "" => "没有写发函的日期，不知道是哪天发的".to_owned(),
                written => format!("日期“{written}”读不出是哪一天，这一行没有计入"),
            };
            Fault::error("T083", written, message, "写成 2023-07-14 这样的日期")
        };
        table::day(written, &context, unread)?.ok_or_else(unread)
    }
}

fn hazards(written: &str) -> Result<Vec<String>, Fault> {
    let numbers: Vec<String> = written.split(BETWEEN).filter(|number| !number.is_empty()).map(str::to_owned).collect();
    if numbers.is_empty() {
        let help = "写台账里的隐患编号，几条的用“、”隔开；不知道是哪几条的，看发出的函";
        return Err(Fault::error("T084", "", "没有写是哪几条隐患的函，这些隐患会再发一次", help));
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::read_letters;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;
    use crate::source::SourceFile;

    const CAMPAIGN: &str = "campaign: demo\ntitle: 示例\nissuer: 某县卫生健康委员会\nperiod: {start: 2023-05-20, end: 2023-12-31}\n\
        units: units.csv\nescalation: [{after: 1d, step: 提醒敦促函}, {after: 7d, step: 整改通知书}]\n";
    const HEAD: &str = "编号,单位,步骤,日期,文号,隐患\n";

    fn file(name: &str, bytes: &[u8]) -> SourceFile {
        SourceFile { name: Arc::from(name), bytes: bytes.to_vec() }
    }

    /// The rows that count (unit, rung, day, hazards) and the diagnostics (code and place).
    fn check(text: &str, counted: &[&str], told: &[&str]) {
        let campaign = read_campaign(&file("campaign.yaml", CAMPAIGN.as_bytes())).campaign.expect("a campaign");
        let roster =
            read_roster(&file("units.csv", "编码,单位名称\n001,甲镇卫生院\n002,乙镇卫生院\n".as_bytes())).roster.expect("a roster");
        let reading = read_letters(&file("notices.csv", text.as_bytes()), &campaign, &roster);
        let rows: Vec<String> = (reading.rows.iter())
            .map(|row| {
                let rung = row.rung.map_or("-".to_owned(), |rung| rung.to_string());
                format!("{} {rung} {} {}", row.unit, row.on, row.hazards.join("+"))
            })
            .collect();
        assert_eq!(rows, counted);
        let places = reading.diagnostics.iter().map(|one| format!("{} {}:{}", one.code, one.place.row, one.place.column));
        assert_eq!(places.collect::<Vec<_>>(), told, "{:#?}", reading.diagnostics);
    }

    #[test]
    fn letters_are_read_however_the_clerk_saved_them() {
        let rows = format!(
            "{HEAD}demo-N001,甲镇卫生院,提醒敦促函,2023/7/3,,demo-001-001、demo-001-002\n,002,整改 通知书,7月12日,×卫健函〔2023〕5号,\"demo-002-001, demo-002-004\"\n"
        );
        check(&rows, &["0 0 2023-07-03 demo-001-001+demo-001-002", "1 1 2023-07-12 demo-002-001+demo-002-004"], &[]);
        check(
            "隐患编号\t发文日期\t文书名称\t受文单位\ndemo-001-001\t2023-07-03\t提醒敦促函\t甲镇卫生院\n",
            &["0 0 2023-07-03 demo-001-001"],
            &[],
        );
        check("", &[], &[]);
    }

    #[test]
    fn what_cannot_count_is_told_at_its_cell() {
        let rows = format!(
            "{HEAD}N1,丙镇卫生院,提醒敦促函,2023-07-03,,demo-001-001\nN2,甲镇卫生院,催办函,2023-07-03,,demo-001-001\n\
             N3,甲镇卫生院,提醒敦促函,上周,,demo-001-001\nN4,甲镇卫生院,提醒敦促函,2023-07-03,,\nN2,,,,,\n"
        );
        let told = ["T081 2:2", "T082 3:3", "T083 4:4", "T084 5:6", "T081 6:2", "T082 6:3", "T083 6:4", "T084 6:6"];
        check(&rows, &["0 - 2023-07-03 demo-001-001"], &told);
        let twice = format!("{HEAD}N1,甲镇卫生院,提醒敦促函,2023-07-03,,demo-001-001\nN1,甲镇卫生院,整改通知书,2023-07-13,,demo-001-001\n");
        check(&twice, &["0 0 2023-07-03 demo-001-001", "0 1 2023-07-13 demo-001-001"], &["T085 3:1"]);
        check("单位,日期\n甲镇卫生院,2023-07-03\n", &[], &["T080 1:1"]);
    }
}
