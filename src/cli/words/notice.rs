//! Notices of the desk as lines for stderr.

use crate::cli::words::count;
use crate::cli::words::diagnostics;
use crate::cli::words::diagnostics::Look;
use crate::cli::words::escape;
use crate::desk::Notice;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::files::skip::Skipped;
use crate::files::workspace;

/// How many files are named where many are alike; all are counted.
const NAMED: usize = 5;

/// What the clerk does about rows from which no figure can be made.
pub const MEND: &str = "在台账里改好上面指出的格子，保存、关闭，再运行一次；单位撤并了的，仍要留在单位名册里；确实不必改的，在 campaign.yaml 的 waive 里写明规则和理由";

/// Says that rows of the ledger are gone, before anybody counts on what is left.
fn rows_gone(ledger: &str, ids: &[String]) -> String {
    format!(
        "注意：{} 里少了 {} 条历史记得的隐患（{}），没有计入；运行 qingdan merge 会按历史放回。不要这条隐患的，把状态改为“撤销”并写明原因，不要删行",
        escape::visible(ledger),
        ids.len(),
        first_of(ids)
    )
}

/// Names the first of many numbers.
fn first_of(ids: &[String]) -> String {
    let names: Vec<String> = ids.iter().take(NAMED).map(|id| escape::visible(id)).collect();
    let more = if ids.len() > NAMED { " 等" } else { "" };
    names.join("、") + more
}

/// Words all notices in their order, each ending in a line break.
pub fn lines(notices: &[Notice], verbose: bool) -> String {
    notices.iter().map(|notice| line(notice, verbose)).collect()
}

fn line(notice: &Notice, verbose: bool) -> String {
    let line = match notice {
        Notice::Diagnosed { diagnostics, least } => return listed(diagnostics, *least, verbose),
        Notice::Skipped(skipped) => return self::skipped(skipped, verbose),
        Notice::ReportsWithheld(impossible) => {
            let list = listed(impossible, Severity::Note, verbose);
            return format!("{list}{}，报表没有出；台账、逾期表和三清单已经写好\n下一步：{MEND}\n", impossible_rows(impossible.len()));
        }
        Notice::RowsSetAside { file, rows } => format!("{file} 有 {rows} 行没有计入，改好后再运行"),
        Notice::Anonymous(files) => {
            let names: Vec<String> = files.iter().take(NAMED).map(|name| escape::visible(name)).collect();
            let more = if files.len() > NAMED { "等" } else { "" };
            format!("{}读不出来，文件名也看不出是哪家的，没有计入：{}{more}", count::files(files.len()), names.join("、"))
        }
        Notice::FolderClosed(folder) => format!("文件夹打不开，里面的文件没有计入：{folder}"),
        Notice::RowsGone { ledger, ids } => rows_gone(ledger, ids),
        Notice::LedgerPutRight { ids } => {
            format!("注意：台账里与历史不符的 {} 处已按历史改正（{}），逐条见校验问题.xlsx", ids.len(), first_of(ids))
        }
        Notice::PastIncomplete { unread_lines } => format!("注意：{}，过去的数可能不全", self::unread_lines(unread_lines)),
        Notice::ReportedLater { hazards, as_of } => {
            format!("台账里有 {hazards} 条隐患的报送日期晚于 {as_of}，按当时还不知道处理，没有计入")
        }
        Notice::BeforeStart { as_of, start } => format!("注意：{as_of} 早于专项开始的 {start}"),
        Notice::Cut(cell) => {
            let (sheet, column) = (escape::visible(&cell.sheet), escape::visible(&cell.column));
            format!("注意：{sheet}!{} {column}（{} 字）{}", cell.cell, cell.characters, cell.reason.label())
        }
        Notice::CutBesides(number) => format!("……另有 {number} 个单元格文字过长"),
        Notice::ForeignNumbers(numbers) => format!(
            "注意：通报正文里有统计中没有的数：{}。如果是手写进模板的，请改用 {{{{ 名字 }}}}（qingdan report monthly --names）",
            numbers.join("、")
        ),
        Notice::LetterNumbers { paper, numbers } => format!(
            "注意：{}里有与这家的隐患对不上的数：{}。如果是手写进模板的，请改用 {{{{ 名字 }}}}（qingdan notice --names）",
            escape::visible(paper),
            numbers.join("、")
        ),
        Notice::SheetsAsValues(names) => format!(
            "注意：台账里另加的工作表{}，其中的数据透视表、引用其他文件的公式没有带过来，只留下显示的数；要继续用的，请另存到别的文件",
            names.iter().map(|name| format!("“{}”", escape::visible(name))).collect::<String>()
        ),
        Notice::Unguarded => "注意：这个磁盘（多半是网络盘）不支持加锁，没有防住别人同时写；请约定一个时间只由一个人合并".to_owned(),
        Notice::OldFolderLeft => "注意：换下来的旧文件夹没有清掉，下次运行时再清；今天的文件和台账都已写好".to_owned(),
    };
    line + "\n"
}

/// Lists diagnostics down to a severity.
pub fn listed(diagnostics: &[Diagnostic], least: Severity, verbose: bool) -> String {
    diagnostics::list(diagnostics, &Look { verbose, least, snippet: &|_| None })
}

/// Says how many rows forbid figures.
pub fn impossible_rows(number: usize) -> String {
    format!("台账里有 {number} 处前后矛盾或不能计入，据此统计的数站不住")
}

/// Says that lines of the history, at least one, could not be read.
pub fn unread_lines(lines: &[u32]) -> String {
    let first = lines.first().copied().unwrap_or_default();
    format!("{} 有 {} 行读不出来，第一处在第 {first} 行；这些行没有计入", workspace::HISTORY, lines.len())
}

/// Tells which files were passed over, and why.
pub fn skipped(skipped: &[Skipped], verbose: bool) -> String {
    if skipped.is_empty() {
        return String::new();
    }
    let named = if verbose { usize::MAX } else { NAMED };
    let mut text = format!("跳过 {} 个不是报送材料的文件：\n", skipped.len());
    for skipped in skipped.iter().take(named) {
        text.push_str(&format!("  {}（{}）\n", escape::visible(&skipped.name), skipped.reason.label()));
    }
    if skipped.len() > named {
        text.push_str(&format!("  ……另有 {} 个，加 -v 全部列出\n", skipped.len() - named));
    }
    text
}
