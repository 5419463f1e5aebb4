//! What `validate` says: the diagnostics, what was looked at, the marked copies, the next step.

use crate::cli::words::count;
use crate::cli::words::diagnostics;
use crate::cli::words::diagnostics::Look;
use crate::cli::words::diagnostics::tally;
use crate::cli::words::notice;
use crate::desk::Examined;
use crate::desk::checking::Checked;
use crate::desk::checking::Looked;
use crate::diagnostic::Severity;
use crate::diagnostic::Tally;
use crate::files::workspace;

/// How many marked copies are named; all are counted.
const NAMED: usize = 5;

/// The whole answer.
pub fn answer(checked: &Checked, examined: &Examined, verbose: bool) -> String {
    let look = Look { verbose, least: Severity::Note, snippet: &|diagnostic| examined.snippet(diagnostic) };
    let Looked { files, rows, records } = checked.looked;
    format!(
        "{}检查了 {}（{rows} 行，{records} 条记录）：{}\n",
        diagnostics::list(&checked.diagnostics, &look),
        count::files(files),
        tally(Tally::of(&checked.diagnostics))
    )
}

/// The marked copies, and the files that were passed over.
pub fn copies(checked: &Checked, verbose: bool) -> String {
    let copies = &checked.copies;
    let mut text: String = copies.iter().take(NAMED).map(|copy| format!("批注副本：{copy}\n")).collect();
    if copies.len() > NAMED {
        text.push_str(&format!("……一共 {} 份批注副本\n", copies.len()));
    }
    text + &notice::skipped(&checked.skipped, verbose)
}

/// The files of which no marked copy could be made.
pub fn unmarked(checked: &Checked) -> String {
    checked.unmarked.iter().map(|(file, why)| format!("没有做批注副本：{file}：{why}\n")).collect()
}

/// What to do next.
pub fn next_step(checked: &Checked, examined: &Examined, is_annotated: bool) -> String {
    let first_error = checked.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    match first_error {
        Some(error) if examined.is_faulty => {
            format!("改好 {} 后再运行；规则说明：qingdan explain {}", workspace::CAMPAIGN, error.code)
        }
        Some(error) if !is_annotated => {
            format!("退回修改：qingdan validate --annotate out/退回；规则说明：qingdan explain {}；照样合并：qingdan merge", error.code)
        }
        Some(_) => "把批注副本发回各单位；其余照常合并：qingdan merge".to_owned(),
        None if Tally::of(&checked.diagnostics).warnings > 0 => "核对警告后合并：qingdan merge".to_owned(),
        None => "qingdan merge".to_owned(),
    }
}
