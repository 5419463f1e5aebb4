//! `tasks.csv` (任务进展登记): how far the plan's own tasks and their dated steps are, one row each time somebody says so.
//!
//! Any format and encoding that `tables` reads. A row that names no task of the plan, or no step of its task, is set
//! aside with a diagnostic at its cell. Knows nothing of the as-of date: what has happened by then is for `results`.

use chrono::NaiveDate;

use crate::campaign::grid::TitledRow;
use crate::campaign::model::Campaign;
use crate::campaign::names::normalise;
use crate::dates::Context;
use crate::registers::table;
use crate::registers::table::Fault;
use crate::registers::table::Form;
use crate::registers::table::Register;
use crate::registers::table::RegisterReading;
use crate::registers::table::TableProblems;
use crate::registers::table::question;
use crate::registers::task_contradictions;
use crate::source::SourceFile;
use crate::vocabulary::TaskStatus;
use crate::vocabulary::read_task_status;

/// One row that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedTask {
    /// Index into [`Campaign::tasks`].
    pub task: usize,
    /// Index into the task's milestones; `None` for the task itself.
    pub milestone: Option<usize>,
    pub status: TaskStatus,
    /// Day on which it was done; only with [`TaskStatus::Done`].
    pub done_on: Option<NaiveDate>,
    /// 进展
    pub progress: String,
    /// 备注
    pub remark: String,
    /// 1-based row of the file.
    pub row: u32,
}

/// The file as read.
pub type TaskLogReading = RegisterReading<LoggedTask>;

/// A column of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskColumn {
    Task,
    Milestone,
    Status,
    DoneOn,
    Progress,
    Remark,
}

/// Columns with the titles they may carry; the first is the one we write.
const COLUMNS: [(TaskColumn, &[&str]); 6] = [
    (TaskColumn::Task, &["任务", "任务编号", "编号", "任务名称", "工作任务", "事项"]),
    (TaskColumn::Milestone, &["节点", "时间节点", "任务节点", "节点名称"]),
    (TaskColumn::Status, &["状态", "完成情况", "任务状态", "当前状态"]),
    (TaskColumn::DoneOn, &["完成日期", "完成时间", "办结日期", "实际完成日期"]),
    (TaskColumn::Progress, &["进展", "进展情况", "工作进展"]),
    (TaskColumn::Remark, &["备注", "说明"]),
];

/// How many tasks or steps a help names.
const MOST_NAMED: usize = 5;

/// Reads the file against the campaign's tasks.
pub fn read_task_log(file: &SourceFile, campaign: &Campaign) -> TaskLogReading {
    table::read(file, &mut TaskLog { campaign })
}

/// What a row is read against.
struct TaskLog<'a> {
    campaign: &'a Campaign,
}

impl Register for TaskLog<'_> {
    type Column = TaskColumn;
    type Row = LoggedTask;

    const FORM: Form<TaskColumn> = Form {
        name: "任务进展登记",
        unreadable: "T065",
        columns: &COLUMNS,
        needed: &[TaskColumn::Task, TaskColumn::Status],
        titles: "表头写成：任务,节点,状态,完成日期,进展,备注",
    };

    /// Reads a row as a statement about a task.
    fn row(&mut self, row: TitledRow<'_, TaskColumn>, problems: &mut TableProblems<'_, TaskColumn>) -> Option<LoggedTask> {
        let (line, text) = (row.row.number, |column| row.text(column));
        let task = problems.sift(line, TaskColumn::Task, self.task(text(TaskColumn::Task)));
        let milestone = task.and_then(|task| problems.sift(line, TaskColumn::Milestone, self.milestone(task, text(TaskColumn::Milestone))));
        let status = problems.sift(line, TaskColumn::Status, status(text(TaskColumn::Status)));
        let on = problems.sift(line, TaskColumn::DoneOn, self.day(text(TaskColumn::DoneOn)));
        let (task, milestone, status, on) = (task?, milestone?, status?, on?);
        match (status, on) {
            (TaskStatus::Done, None) => problems.tell(line, TaskColumn::Status, without_date()),
            (TaskStatus::NotStarted | TaskStatus::InProgress, Some(day)) => {
                problems.tell(line, TaskColumn::DoneOn, date_without_done(status, day, text(TaskColumn::DoneOn)));
            }
            _ => {}
        }
        Some(LoggedTask {
            task,
            milestone,
            status,
            done_on: on.filter(|_| status == TaskStatus::Done),
            progress: text(TaskColumn::Progress).to_owned(),
            remark: text(TaskColumn::Remark).to_owned(),
            row: line,
        })
    }

    fn check_together(&self, rows: &[LoggedTask], problems: &mut TableProblems<'_, TaskColumn>) {
        task_contradictions::tell(self.campaign, rows, problems);
    }
}

impl TaskLog<'_> {
    /// The task meant by its id, its 编号 (with or without the campaign's code) or its name.
    fn task(&self, written: &str) -> Result<usize, Fault> {
        let tasks = &self.campaign.tasks;
        if written.is_empty() {
            let message = "这一行没有写任务，不知道说的是哪一项".to_owned();
            return Err(Fault::error("T066", "", message, self.known_tasks()));
        }
        let wanted = normalise(written);
        let numbered = self.numbered(&wanted);
        let meant: Vec<usize> = (0..tasks.len())
            .filter(|index| {
                let task = &tasks[*index];
                numbered == Some(*index) || normalise(&task.id) == wanted || normalise(&task.name) == wanted
            })
            .collect();
        match meant.as_slice() {
            [task] => Ok(*task),
            [] => {
                let names = tasks.iter().flat_map(|task| [task.name.as_str(), task.id.as_str()]);
                let message = format!("方案里没有“{written}”这一项任务，这一行没有计入");
                let asked = question(&wanted, names);
                let help = if asked.is_empty() { self.known_tasks() } else { format!("{asked}也可以写任务的代号或编号") };
                Err(Fault::error("T066", written, message, help))
            }
            several => {
                let ids: Vec<&str> = several.iter().map(|task| tasks[*task].id.as_str()).collect();
                let message = format!("有 {} 项任务叫“{written}”，不知道说的是哪一项", several.len());
                Err(Fault::error("T066", written, message, format!("改写代号：{}", ids.join("、"))))
            }
        }
    }

    /// The index that a 编号 names: `wushen-2023-T03`, `T03`, `T3`.
    fn numbered(&self, wanted: &str) -> Option<usize> {
        let own = wanted.strip_prefix(&normalise(&self.campaign.code)).map_or(wanted, |rest| rest.trim_start_matches('-'));
        let number: usize = own.strip_prefix('t')?.parse().ok()?;
        number.checked_sub(1).filter(|index| *index < self.campaign.tasks.len())
    }

    fn known_tasks(&self) -> String {
        let tasks = &self.campaign.tasks;
        let names: Vec<String> = tasks.iter().take(MOST_NAMED).map(|task| format!("{}（{}）", task.id, task.name)).collect();
        let more = if tasks.len() > MOST_NAMED { " 等" } else { "" };
        match names.as_slice() {
            [] => "专项定义里没有任务（tasks），先写上再登记".to_owned(),
            names => format!("写任务的代号、编号或名称：{}{more}", names.join("、")),
        }
    }

    /// The step meant; `None` for a blank cell.
    fn milestone(&self, task: usize, written: &str) -> Result<Option<usize>, Fault> {
        if written.is_empty() {
            return Ok(None);
        }
        let task = &self.campaign.tasks[task];
        let wanted = normalise(written);
        if let Some(step) = task.milestones.iter().position(|step| normalise(&step.name) == wanted) {
            return Ok(Some(step));
        }
        let names: Vec<&str> = task.milestones.iter().map(|step| step.name.as_str()).collect();
        let message = format!("任务“{}”没有“{written}”这一个节点，这一行没有计入", task.name);
        let help = match names.as_slice() {
            [] => "这项任务没有分节点（milestones），“节点”留空".to_owned(),
            [first, ..] => {
                let all = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join("、");
                let asked = if names.len() == 1 { format!("是否指“{first}”？") } else { question(&wanted, names.iter().copied()) };
                format!("{asked}照方案写节点名称：{all}；说的是整项任务就留空")
            }
        };
        Err(Fault::error("T067", written, message, help))
    }

    fn day(&self, written: &str) -> Result<Option<NaiveDate>, Fault> {
        let context = Context { period: Some((self.campaign.start, self.campaign.end)), looks_back: true, ..Context::default() };
        table::day(written, &context, || {
            let message = format!("完成日期“{written}”读不出是哪一天，这一行没有计入");
            Fault::error("T068", written, message, "写成 2023-07-14 这样的日期；还没有完成就留空")
        })
    }
}

fn status(written: &str) -> Result<TaskStatus, Fault> {
    read_task_status(written).ok_or_else(|| {
        let words = TaskStatus::ALL.map(TaskStatus::label).join("、");
        let message = match written {
            "" => "这一行没有写状态，不知道完成没有".to_owned(),
            written => format!("状态“{written}”看不懂，这一行没有计入"),
        };
        Fault::error("T068", written, message, format!("写 {words}；详细情况写在“进展”一栏"))
    })
}

fn without_date() -> Fault {
    let message = "写了已完成，没有写完成日期：算完成，但说不出是不是按期".to_owned();
    Fault::warning("T069", "", message, "补上完成日期")
}

fn date_without_done(status: TaskStatus, day: NaiveDate, written: &str) -> Fault {
    let message = format!("有完成日期 {day}，状态却是{}：按没有完成算", status.label());
    let help = "已经完成就把状态改成 已完成；没有完成就清掉完成日期，计划哪天完成写在“进展”里".to_owned();
    Fault::warning("T069", written, message, help)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::read_task_log;
    use crate::campaign::read_campaign;
    use crate::source::SourceFile;

    const CAMPAIGN: &str = "campaign: demo\ntitle: 示例\nissuer: 某县卫生健康委员会\nperiod: {start: 2023-05-20, end: 2023-12-31}\n\
        units: units.csv\ntasks:\n  - {id: training, name: 安全培训, due: 2023-07-31}\n  - id: build\n    name: 项目建设\n    milestones:\n\
        \x20     - {name: 开工, start: 2023-07-01}\n      - {name: 建成启用, due: 2023-11-30}\n  - {id: meeting, name: 工作会议, every: 每季度}\n  \
        - {id: other, name: 安全宣传, due: 2023-08-31}\n  - {id: again, name: 安全宣传, due: 2023-09-30}\n";

    fn file(name: &str, bytes: &[u8]) -> SourceFile {
        SourceFile { name: Arc::from(name), bytes: bytes.to_vec() }
    }

    /// The rows that count (task, step, status, day) and the diagnostics (code and place).
    fn check(bytes: &[u8], counted: &[&str], told: &[&str]) {
        let campaign = read_campaign(&file("campaign.yaml", CAMPAIGN.as_bytes())).campaign.expect("a campaign");
        let reading = read_task_log(&file("tasks.csv", bytes), &campaign);
        let rows: Vec<String> = (reading.rows.iter())
            .map(|row| {
                let step = row.milestone.map_or(String::new(), |step| format!(".{step}"));
                let day = row.done_on.map_or(String::new(), |day| format!(" {day}"));
                format!("{}{step} {}{day}", row.task, row.status.key())
            })
            .collect();
        assert_eq!(rows, counted);
        let places: Vec<String> = (reading.diagnostics.iter())
            .map(|diagnostic| format!("{} {}:{}", diagnostic.code, diagnostic.place.row, diagnostic.place.column))
            .collect();
        assert_eq!(places, told, "{:#?}", reading.diagnostics);
    }

    const HEAD: &str = "任务,节点,状态,完成日期,进展,备注\n";

    #[test]
    fn tasks_are_known_by_id_number_and_name() {
        let rows = format!(
            "{HEAD}training,,已完成,2023年7月14日,办了两期,\n安全 培训,,推进中,,,\ndemo-T02,开工,完成,7月3日,,\nT2,建成启用,未启动,,,\n\
             工作会议,,已完成,2023/6/30,,\n工作会议,,已完成,2023.9.28,,\n"
        );
        let counted =
            ["0 done 2023-07-14", "0 in_progress", "1.0 done 2023-07-03", "1.1 not_started", "2 done 2023-06-30", "2 done 2023-09-28"];
        // The second row takes back what the first one said.
        check(rows.as_bytes(), &counted, &["T069 3:3"]);
        let (gbk, ..) = encoding_rs::GB18030.encode("任务名称,完成情况\n安全培训,进行中\n");
        check(&gbk, &["0 in_progress"], &["C007 0:0"]);
        check(b"", &[], &[]);
    }

    #[test]
    fn rows_that_cannot_count_are_told_at_their_cell() {
        let rows = format!(
            "{HEAD}安全培训班,,已完成,2023-07-14\n,,进行中,\n安全宣传,,进行中,\n项目建设,竣工,进行中,\n安全培训,开工,进行中,\n\
             安全培训,,领导已阅,\n安全培训,,,2023-07-14\n安全培训,,已完成,某日\nT99,,已完成,\n"
        );
        let told = ["T066 2:1", "T066 3:1", "T066 4:1", "T067 5:2", "T067 6:2", "T068 7:3", "T068 8:3", "T068 9:4", "T066 10:1"];
        check(rows.as_bytes(), &[], &told);
        check("任务,进展\n安全培训,办了两期\n".as_bytes(), &[], &["T065 1:1"]);
        check(b"%PDF-1.4 not a table", &[], &["T065 0:0"]);
    }

    #[test]
    fn contradictions_are_warned_of_and_count_on_the_safe_side() {
        let rows = format!(
            "{HEAD}安全培训,,已完成,,,\nother,,进行中,2023-08-30,,\nbuild,建成启用,进行中,,,\nbuild,,已完成,2023-11-30,,\n\
             again,,已完成,2023-09-28,,\nagain,,已完成,2023-09-29,,\n"
        );
        let counted = ["0 done", "3 in_progress", "1.1 in_progress", "1 done 2023-11-30", "4 done 2023-09-28", "4 done 2023-09-29"];
        check(rows.as_bytes(), &counted, &["T069 2:3", "T069 3:4", "T069 5:3", "T069 7:3"]);
    }
}
