//! `forms`: the count forms of the campaign, consolidated.

use std::path::PathBuf;

use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::output;
use crate::cli::output::Forms;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::suggestion;
use crate::cli::words;
use crate::cli::words::escape;
use crate::desk::count_forms::put_together;
use crate::desk::inbox;
use crate::documents::count_forms::FormSource;
use crate::documents::count_forms::findings;
use crate::documents::count_forms::form_document;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;

#[derive(Debug, clap::Args)]
#[command(
    about = "把各单位报的统计表汇总成一张：合计、县区小计、未报单位，并与台账核对",
    after_long_help = "\
inbox/ 里的统计表按列名认出来，原样汇总，不进台账。统计表在 campaign.yaml 的 forms 里定义。

例子：
  qingdan forms                             列出有哪些统计表
  qingdan forms zicha                       汇总这一张
  qingdan forms zicha -o out/汇总表.xlsx    写成可打印的汇总表；.csv、.json 也可以
  qingdan forms zicha --as-of 2023-08-15 --format json"
)]
pub struct Arguments {
    #[arg(value_name = "代号", help = "统计表的代号；不写就列出全部")]
    form: Option<String>,
    #[arg(short = 'o', long, value_name = "文件", requires = "form", help = "另写成文件，.xlsx、.csv 或 .json")]
    output: Option<PathBuf>,
}

/// Answers, and writes a file only where `-o` says so.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let campaign = &desk.campaign;
    let (mut report, mut notices) = (Report::clean(""), Vec::new());
    let Some(written) = &arguments.form else {
        let ids: Vec<_> = campaign.forms.iter().map(|form| serde_json::json!({"form": form.id, "title": form.title})).collect();
        report.result = if session.is_json() { json::text(&ids)? } else { words::forms::list(campaign) };
        report.next_step("汇总一张：qingdan forms 代号 -o out/汇总表.xlsx");
        return Ok(report);
    };
    let unknown = || {
        let known: Vec<&str> = campaign.forms.iter().flat_map(|form| [form.id.as_str(), form.title.as_str()]).collect();
        let help = match suggestion::nearest(written, known.iter().copied(), 3).as_slice() {
            [] if known.is_empty() => "campaign.yaml 里还没有 forms".to_owned(),
            [] => format!("有 {}", known.join("、")),
            near => format!("是不是 {}？", near.join("、")),
        };
        Failure::usage(format!("没有“{}”这张统计表", escape::visible(written)), help)
    };
    let index = campaign.forms.iter().position(|form| form.id == *written || form.title == *written).ok_or_else(unknown)?;
    let came_in = inbox::gather(&desk, &mut notices)?;
    let done = put_together(index, &came_in, &desk, &mut notices)?.ok_or_else(unknown)?;
    report.tell(&notices, session);
    let source = FormSource { ground: desk.ground(), form: campaign.forms.get(index).ok_or_else(unknown)?, done: &done };
    let as_json = || json::text(&json::forms::consolidated(source));
    report.result = if session.is_json() { as_json()? } else { words::forms::answer(source, session.verbose, session.width) };
    let forms = Forms { cover: Cover::new(Audience::Unit, &desk.campaign, false), json: &as_json, document: &|_| form_document(source) };
    output::write(arguments.output.as_deref(), came_in.files.iter().map(PathBuf::as_path), &forms, &desk, session, &mut report)?;
    report.next_step(match (done.missing.is_empty(), &arguments.output) {
        (false, _) => "看谁没报、打电话催：qingdan submissions",
        (true, None) => "写成可打印的汇总表：qingdan forms 代号 -o out/汇总表.xlsx",
        (true, Some(_)) if !findings(source).is_empty() => "照“核对”表一处一处问清、改好，再汇总一次，然后打印、盖章",
        (true, Some(_)) => "打印、盖章、上报",
    });
    Ok(report)
}
