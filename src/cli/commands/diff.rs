//! `diff`: what changed between two ledgers, the workspace's own being the new one unless another is named.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use crate::campaign::Campaign;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::diff::DiffJson;
use crate::cli::output;
use crate::cli::output::Forms;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::cli::words::diff::Extent;
use crate::cli::words::escape;
use crate::desk::open::ledger_outcome;
use crate::desk::papers::TableFormat;
use crate::documents::difference::DifferenceSource;
use crate::documents::difference::details_document;
use crate::documents::difference::difference_document;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::files::names;
use crate::ledger::MergeOutcome;
use crate::records::FileReading;
use crate::results;
use crate::results::Difference;
use crate::results::difference::Basis;
use crate::vocabulary::Field;

#[derive(Debug, clap::Args)]
#[command(
    about = "对比两本台账：新增、消失、变更了哪些隐患，哪些往回退了",
    after_long_help = "\
按编号逐条对照。往回退的（状态退回、期限悄悄改晚、等级降低、销号取消、完成日期改动、描述清空）单独列出，写明原因。
“来源”“最近报送”只说明最近由哪个文件报来，不算变更。

例子：
  qingdan diff 上周台账.xlsx                拿上周留的一份和现在的台账比
  qingdan diff 6月.xlsx 7月.xlsx            比任意两本
  qingdan diff 上周台账.xlsx -o out/变化.xlsx   写成表格；.csv（只有明细）、.json 也可以
  qingdan diff 上周台账.xlsx -v             长文字不省略，连来源一起列出"
)]
pub struct Arguments {
    #[arg(value_name = "旧台账", help = "从前的台账，.xlsx、.csv 等，表头不限，要有编号")]
    old: PathBuf,
    #[arg(value_name = "新台账", help = "现在的台账（默认：工作区的台账）")]
    new: Option<PathBuf>,
    #[arg(short = 'o', long, value_name = "文件", help = "另写成文件，.xlsx、.csv 或 .json")]
    output: Option<PathBuf>,
    #[arg(long, help = "写成表格时联系电话写全，不打星号")]
    full_phones: bool,
}

/// Answers, and writes a file only where `-o` says so.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let paths = [Some(arguments.old.as_path()), arguments.new.as_deref()].map(|named| desk.ledger_path(named));
    let [old_name, new_name] = paths.each_ref().map(|path| desk.workspace.name(path));
    let readings = [desk.ledger_reading(&paths[0])?, desk.ledger_reading(&paths[1])?];
    let numbers = readings.each_ref().map(Numbers::of);
    numbers[0].check(&old_name, &desk.campaign)?;
    numbers[1].check(&new_name, &desk.campaign)?;
    // Rows without a 编号 get one that stands in neither file; the same rows in both get the same.
    let assigned: BTreeSet<String> = numbers.iter().flat_map(|numbers| numbers.ids.iter().cloned()).collect();
    let [old, new] = readings.map(|reading| ledger_outcome(reading, desk.ground(), assigned.clone()));
    let mut report = Report::clean("");
    tell_odd_rows(&old_name, &old, &numbers[0], &mut report);
    tell_odd_rows(&new_name, &new, &numbers[1], &mut report);
    let newest = old.ledger.hazards.iter().filter_map(|hazard| hazard.submitted_on).max();
    let basis = Basis {
        ground: desk.ground(),
        // The old ledger stood as its newest submission left it.
        old_as_of: newest.map_or(session.as_of, |newest| newest.min(session.as_of)),
    };
    let returned: Vec<_> = new.rejected.iter().filter(|rejected| *rejected.origin.file == *new_name).cloned().collect();
    let difference = results::difference(&old.ledger, &new.ledger, &returned, &basis);
    let as_json = || json::text(&DiffJson::of(&difference, &old_name, &new_name));
    let extent = Extent { verbose: session.verbose, width: session.width };
    report.result = if session.is_json() { as_json()? } else { words::diff::answer(&difference, [&old_name, &new_name], extent) };
    let source = DifferenceSource {
        campaign: &desk.campaign,
        difference: &difference,
        old: &old_name,
        new: &new_name,
        full_phones: arguments.full_phones,
    };
    let document = |format| if format == TableFormat::Csv { details_document(source) } else { difference_document(source) };
    let forms = Forms { cover: Cover::new(Audience::Unit, &desk.campaign, arguments.full_phones), json: &as_json, document: &document };
    output::write(arguments.output.as_deref(), paths.iter().map(PathBuf::as_path), &forms, &desk, session, &mut report)?;
    report.next_step(next_step(&difference, arguments));
    Ok(report)
}

fn next_step(difference: &Difference<'_>, arguments: &Arguments) -> String {
    let suspicious = difference.removed.first().map(|removed| removed.hazard.id.as_str());
    let suspicious = suspicious.or_else(|| difference.backwards().first().map(|item| item.hazard));
    match (suspicious, &arguments.output) {
        _ if difference.is_empty() => "看逾期：qingdan overdue".to_owned(),
        (_, None) => {
            let named = |path: &Path| escape::visible(&names::shown(path));
            let new = arguments.new.as_deref().map_or_else(String::new, |new| format!(" {}", named(new)));
            format!("写成表格：qingdan diff {}{new} -o out/变化.xlsx", named(&arguments.old))
        }
        (Some(id), _) => format!("查每个值是谁报的：qingdan why {}", escape::visible(id)),
        (None, _) => "看逾期：qingdan overdue".to_owned(),
    }
}

/// The 编号 that a ledger file carries.
struct Numbers {
    ids: BTreeSet<String>,
    records: usize,
    /// Rows without any.
    unnumbered: usize,
}

impl Numbers {
    fn of(reading: &FileReading) -> Numbers {
        let mut numbers = Numbers { ids: BTreeSet::new(), records: 0, unnumbered: 0 };
        let sheets = reading.content.iter().flat_map(|content| &content.sheets);
        for record in sheets.flat_map(|sheet| &sheet.records) {
            numbers.records += 1;
            match record.values.get(Field::Id) {
                Some(id) => drop(numbers.ids.insert(id.to_owned())),
                None => numbers.unnumbered += 1,
            }
        }
        numbers
    }

    /// Ledgers whose numbers say nothing within this campaign cannot be compared.
    fn check(&self, name: &str, campaign: &Campaign) -> Result<(), Failure> {
        let name = escape::visible(name);
        let code = campaign.code.as_str();
        let is_own = |id: &String| id.strip_prefix(code).is_some_and(|rest| rest.starts_with('-'));
        match self.ids.first() {
            None if self.records > 0 => Err(Failure::impossible(
                format!("“{name}”里没有编号，不能逐条对照"),
                "请用 qingdan merge 写出的台账来比；从没有编号的旧台账起步：qingdan merge --base 旧台账.xlsx -o ledger.xlsx，以后每周留一份",
            )),
            Some(id) if !self.ids.iter().any(is_own) => Err(Failure::impossible(
                format!("“{name}”里的编号（如“{}”）不是本专项“{}”的，不能对比", escape::visible(id), escape::visible(code)),
                "两本台账要属于同一个专项：请核对文件，或用 -c 写明它们所属专项的 campaign.yaml",
            )),
            _ => Ok(()),
        }
    }
}

/// What a reader of the comparison must know about the rows of a file.
fn tell_odd_rows(name: &str, outcome: &MergeOutcome, numbers: &Numbers, report: &mut Report) {
    let shown = escape::visible(name);
    if outcome.ledger.hazards.is_empty() {
        report.say(format!("注意：“{shown}”里没有读到隐患，请核对是不是台账"));
    }
    let unnumbered = numbers.unnumbered + outcome.unknown_ids.len();
    if unnumbered > 0 {
        report.say(format!("注意：“{shown}”有 {unnumbered} 条没有本专项的编号，按先后临时编号参加对比，结果请核对"));
    }
    for note in &outcome.renumbered {
        let (old, new) = (escape::visible(&note.id), escape::visible(&note.other));
        report.say(format!("注意：“{shown}”里编号 {old} 用在两条不同的隐患上，后一条按 {new} 对比"));
    }
    let returned: Vec<_> = outcome.rejected.iter().filter(|rejected| *rejected.origin.file == *name).collect();
    if let Some(first) = returned.first() {
        report.say(format!(
            "注意：“{shown}”有 {} 行读不成隐患，没有参加对比（第一处：第{}行，{}）；逐项检查用 qingdan validate",
            returned.len(),
            first.origin.row,
            first.reason.label()
        ));
    }
}
