//! Refusals of the desk as failures: what could not be done, and what to do.

use std::time::Duration;

use crate::campaign;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::words::diagnostics;
use crate::cli::words::diagnostics::Look;
use crate::cli::words::escape;
use crate::cli::words::notice;
use crate::cli::words::report;
use crate::desk::Refusal;
use crate::desk::refusal::Rendering;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::documents::bulletin::BulletinError;
use crate::files::LockRefused;
use crate::files::names;
use crate::files::workspace;
use crate::files::workspace::NoWorkspace;
use crate::tables::Unreadable;

/// How many errors of the campaign a command that cannot go on shows; `validate` shows them all.
const SHOWN: usize = 3;
const OUR_FAULT: &str = "这是程序的缺陷，请反馈";
const OUR_FAULT_UNCHANGED: &str = "这是程序的缺陷，请反馈；原有文件没有改动";

/// Words a refusal.
pub fn failure(refusal: &Refusal, verbose: bool) -> Failure {
    let listed = |diagnostics: &[Diagnostic]| notice::listed(diagnostics, Severity::Note, verbose);
    match refusal {
        Refusal::NoWorkspace(why) => no_workspace(why),
        Refusal::Faulty { is_roster, errors, campaign } => {
            let what = if *is_roster { "单位名册" } else { "专项定义" };
            Failure::impossible(format!("{what}有错误，无法继续"), "改好后再运行；全部问题见 qingdan validate")
                .with_details(faults(errors, campaign, verbose))
        }
        Refusal::LedgerMissing { name, is_own: true } => {
            Failure::impossible(format!("还没有台账“{name}”"), "请先运行 qingdan merge 生成台账，或写明台账文件名")
        }
        Refusal::LedgerMissing { name, is_own: false } => {
            Failure::impossible(format!("没有“{name}”这个文件"), "请核对文件名和所在的文件夹；工作区的台账不必写文件名")
        }
        Refusal::NoLedger { name } => Failure::impossible(
            format!("“{name}”里找不到台账的表头，不像是台账"),
            "请核对文件名；台账是 qingdan merge 写出的 ledger.xlsx，或有“隐患描述”“整改期限”等列名的表",
        ),
        Refusal::LedgerUnreadable { name, why } => {
            let reason = why.as_ref().map(Unreadable::words).filter(|reason| !reason.is_empty());
            let reason = reason.map_or_else(String::new, |reason| format!("：{reason}"));
            Failure::impossible(format!("无法读取“{name}”{reason}"), "请检查这个文件；逐项检查用 qingdan validate")
        }
        Refusal::LedgerClosed { name } => Failure::impossible(format!("无法读取“{name}”"), "请检查这个文件有没有读取权限"),
        Refusal::BaseMissing { path } => {
            Failure::impossible(format!("--base 指的台账“{}”不存在", names::shown(path)), "请核对路径；第一次合并不需要 --base")
        }
        Refusal::NothingCame { looked } => {
            Failure::impossible(format!("“{}”里没有可以合并的文件", looked.join("、")), "请把各单位报来的表格放进 inbox/，或写明文件路径")
        }
        Refusal::NothingReadable { diagnostics } => {
            Failure::impossible("没有一个文件能读出来，台账没有改动", "逐个检查：qingdan validate").with_details(listed(diagnostics))
        }
        Refusal::NeverMerged { file } => Failure::usage(
            format!("历史里没有合并过文件“{file}”，没有什么可以撤回"),
            "请写合并时的文件名，和台账“来源”一列写的一样，例如 inbox/甲医院.xlsx",
        ),
        Refusal::ForeignHistory { line, id, campaign } => Failure::impossible(
            format!("{} 不是本专项（{campaign}）的历史：第 {line} 行是编号 {id}", workspace::HISTORY),
            "请换回本专项自己的 history.jsonl；专项代号改过的，把 campaign 改回原来的代号",
        ),
        Refusal::SheetsNotKept { why } => Failure::impossible(
            format!("台账里另加的工作表搬不到新的台账里（{why}），所以没有合并，台账没有动"),
            "请把另加的工作表移到别的文件（右键工作表标签 → 移动或复制），存好台账，再运行一次",
        ),
        Refusal::LedgerTooLarge { hazards, why } => Failure::impossible(
            format!("合并后有 {hazards} 条隐患，写成台账以后就读不回来了（{why}），所以没有合并，原来的台账没有动"),
            "请按县区或年度分成几个专项，各用自己的文件夹和台账；或先用 -o 换成 .csv 试一试",
        ),
        Refusal::RosterEmptied { roster } => Failure::impossible(
            format!("单位名册“{roster}”里一个单位也没有，报来的隐患都会退回，所以没有合并"),
            "请把名册补上（列：编码,单位名称,简称,类别,乡镇），再运行一次",
        ),
        Refusal::NoTableFormat { target } => {
            Failure::usage(format!("不知道“{}”要写成什么格式", names::shown(target)), "文件名请以 .xlsx 或 .csv 结尾")
        }
        Refusal::NoPaperFormat { target } => Failure::usage(
            format!("不知道“{}”要写成什么", names::shown(target)),
            "文件名请以 .xlsx（统计表）、.docx（通报）、.html（看板）、.csv 或 .json 结尾",
        ),
        Refusal::TemplateUnusable { name, why } => {
            let why = why.as_ref().map_or_else(|| "它不是文本文件".to_owned(), Unreadable::words);
            let help = "取出内置模板再改：通报用 qingdan report monthly --show-template，函用 qingdan notice --show-template；模板是文本文件，不是 Word 文档";
            Failure::impossible(format!("模板“{name}”用不了：{why}"), help)
        }
        Refusal::Bulletin(error) => bulletin(error, "能用的名字：qingdan report monthly --names，内置模板：--show-template"),
        Refusal::Letter { step, error } => {
            let failure = bulletin(error, "能用的名字：qingdan notice --names，内置模板：--show-template");
            Failure { message: format!("{}写不出来：{}", escape::visible(step), failure.message), ..failure }
        }
        Refusal::LetterRegisterFaulty { name, errors } => Failure::impossible(
            format!("发函登记“{name}”有 {} 处读不准，弄不清以前发过什么，所以一份函也没有写", errors.len()),
            "照上面指出的格子改好登记，保存、关闭，再运行一次",
        )
        .with_details(listed(errors)),
        Refusal::LetterRegisterClosed { name } => Failure::impossible(
            format!("发函登记“{name}”没法往后加行，所以一份函也没有写"),
            "请把它另存为 CSV（UTF-8），表头是 编号,单位,步骤,日期,文号,隐患（自己加的列放在后面），再运行一次",
        ),
        Refusal::LettersLater { as_of, later } => Failure::impossible(
            format!("发函登记里已经有 {later} 的函，不能再发日期更早（{as_of}）的函"),
            "去掉 --as-of 按今天发；只想看那一天该发哪些，加 --dry-run",
        ),
        Refusal::LetterStands { name } => Failure::impossible(
            format!("“{name}”已经有了，登记里却没有这份函，所以一份也没有写"),
            "登记 notices.csv 如果丢了，请找回来；这份文件不要的，移走再运行，或用 -o 换一个文件夹",
        ),
        Refusal::FiguresImpossible(rows) => {
            let said = format!("{}，没有写出任何文件", notice::impossible_rows(rows.len()));
            Failure { exit: ExitCode::Findings, ..Failure::impossible(said, notice::MEND) }.with_details(listed(rows))
        }
        Refusal::FiguresOff(found) => off(report::discrepancies(found)),
        Refusal::PapersOff(found) => off(report::disagreements(found)),
        Refusal::Leaks(found) => {
            let listed = found.iter().take(SHOWN).map(|leak| format!("    {}：{}\n", escape::visible(&leak.place), leak.number)).collect();
            Failure::impossible(format!("有 {} 处电话或身份证号没有遮住，没有写出", found.len()), OUR_FAULT_UNCHANGED).with_details(listed)
        }
        Refusal::Unbalanced(imbalance) => Failure::impossible(format!("数字对不上，没有写出：{imbalance}"), OUR_FAULT_UNCHANGED),
        Refusal::Unrendered { what, error } => {
            let what = match what {
                Rendering::Document(title) => format!("“{title}”"),
                Rendering::Bulletin => "通报".to_owned(),
                Rendering::Dashboard => "看板".to_owned(),
            };
            Failure::impossible(format!("{what}写不出来：{error}"), "原有文件没有改动")
        }
        Refusal::Json(error) => Failure::impossible(format!("无法生成 JSON: {error}"), OUR_FAULT),
        Refusal::Locked(LockRefused::Failed(failure)) | Refusal::File(failure) => Failure::impossible(failure.to_string(), failure.help()),
        Refusal::Locked(LockRefused::Held { holder, age }) => Failure::impossible(
            format!(
                "另一个 qingdan 正在写这个工作区（{}{}）",
                holder.as_deref().unwrap_or("进程号未知"),
                age.map(since).unwrap_or_default()
            ),
            "请等它结束后再运行；两个写入同时进行会互相覆盖",
        ),
    }
}

/// Sums that do not agree in a day's work, of which then nothing is written.
fn off(details: String) -> Failure {
    Failure { exit: ExitCode::Findings, ..Failure::impossible("报表的数字对不上，什么也没有写", OUR_FAULT) }.with_details(details)
}

/// The first errors, those of the campaign file with their lines.
fn faults(errors: &[Diagnostic], (file, text): &(String, String), verbose: bool) -> String {
    let snippet =
        |diagnostic: &Diagnostic| (*diagnostic.place.file == **file && !text.is_empty()).then(|| campaign::snippet(text, diagnostic, true));
    let shown = if verbose { errors.len() } else { SHOWN.min(errors.len()) };
    diagnostics::list(errors.get(..shown).unwrap_or(errors), &Look { verbose, least: Severity::Error, snippet: &snippet })
}

fn no_workspace(why: &NoWorkspace) -> Failure {
    match why {
        NoWorkspace::NotFound { start } => Failure::impossible(
            format!("在“{}”及其上级文件夹中没有找到 campaign.yaml", names::shown(start)),
            "请进入工作区文件夹，或用 -c 写明专项定义文件；新建工作区用 qingdan init，先看演示用 qingdan demo",
        ),
        NoWorkspace::NamedMissing { named } => {
            Failure::impossible(format!("专项定义文件“{}”不存在", names::shown(named)), "请核对 -c 后面的路径；新建工作区用 qingdan init")
        }
    }
}

fn bulletin(error: &BulletinError, names: &str) -> Failure {
    let details = match error {
        BulletinError::Template(error) if !error.text.is_empty() => format!("    {}\n", error.text),
        BulletinError::Template(_) | BulletinError::Tables(_) => String::new(),
    };
    Failure::impossible(error.to_string(), format!("改好模板再运行；{names}，没有写出任何文件")).with_details(details)
}

/// How long ago, in the largest unit that says something.
fn since(age: Duration) -> String {
    match age.as_secs() {
        seconds @ ..60 => format!("，已 {seconds} 秒"),
        seconds @ 60..3600 => format!("，已 {} 分钟", seconds / 60),
        seconds => format!("，已 {} 小时", seconds / 3600),
    }
}
