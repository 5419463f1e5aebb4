//! `schema`: JSON Schema of campaign.yaml, for editors that complete and check while typing.

use crate::campaign;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::session::Report;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
#[command(
    about = "输出 campaign.yaml 的 JSON Schema，供编辑器补全和检查",
    after_long_help = "\
例子：
  qingdan schema > campaign.schema.json
  然后在 campaign.yaml 第一行写：# yaml-language-server: $schema=campaign.schema.json"
)]
pub struct Arguments {}

/// Answers without a workspace.
pub fn run(_arguments: &Arguments, _session: &Session) -> Result<Report, Stop> {
    Ok(Report::clean(json::text(&campaign::schema())?))
}
