//! How far the plan's own tasks are, in the clerk's words: 未开始, 进行中, 已完成.
//!
//! The words are those of a hazard's status; only what means another thing of a task stands here.

use std::collections::BTreeMap;

use crate::vocabulary::normalise::label_key;
use crate::vocabulary::status::Status;
use crate::vocabulary::status::read_status;

/// How far a task or one of its dated steps is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskStatus {
    /// 未开始
    NotStarted,
    /// 进行中
    InProgress,
    /// 已完成
    Done,
}

impl TaskStatus {
    /// Every status, in the order of a task's life.
    pub const ALL: [TaskStatus; 3] = [TaskStatus::NotStarted, TaskStatus::InProgress, TaskStatus::Done];

    /// JSON and YAML key.
    pub fn key(self) -> &'static str {
        match self {
            TaskStatus::NotStarted => "not_started",
            TaskStatus::InProgress => "in_progress",
            TaskStatus::Done => "done",
        }
    }

    /// The word that is printed.
    pub fn label(self) -> &'static str {
        match self {
            TaskStatus::NotStarted => "未开始",
            TaskStatus::InProgress => "进行中",
            TaskStatus::Done => "已完成",
        }
    }
}

/// Words that mean something else of a task than of a hazard, or nothing of a hazard at all. 未完成 does not say that
/// nothing has been begun.
const WORDS: &[(TaskStatus, &[&str])] = &[
    (TaskStatus::NotStarted, &["not_started", "未开展", "尚未开展", "尚未开始", "尚未启动", "待开展", "待启动", "待开始", "未进行"]),
    (
        TaskStatus::InProgress,
        &["in_progress", "未完成", "尚未完成", "没有完成", "正在开展", "开展中", "已开展", "已开始", "推进", "长期坚持", "持续推进"],
    ),
    (TaskStatus::Done, &["done", "已办", "已结", "已召开", "已举办", "已建成", "已上线"]),
];

/// Reads a status word; `None` when it is unknown, and for 撤销, which is no state of the plan's own work.
pub fn read_task_status(text: &str) -> Option<TaskStatus> {
    let key = label_key(text);
    let own = WORDS.iter().find(|(_, words)| words.contains(&key.as_str())).map(|(status, _)| *status);
    own.or_else(|| match read_status(text, &BTreeMap::new())? {
        Status::Open => Some(TaskStatus::NotStarted),
        Status::InRectification => Some(TaskStatus::InProgress),
        Status::Rectified | Status::ClosedOut => Some(TaskStatus::Done),
        Status::Withdrawn | Status::Unclear => None,
    })
}

#[cfg(test)]
mod tests {
    use super::TaskStatus;
    use super::read_task_status;

    #[test]
    fn the_words_of_the_office() {
        let check = |text: &str, expected: Option<TaskStatus>| assert_eq!(read_task_status(text), expected, "{text}");
        for status in TaskStatus::ALL {
            check(status.label(), Some(status));
            check(status.key(), Some(status));
        }
        check(" 已 完成 ", Some(TaskStatus::Done));
        check("办结", Some(TaskStatus::Done));
        check("√", Some(TaskStatus::Done));
        check("60%", Some(TaskStatus::InProgress));
        check("未完成", Some(TaskStatus::InProgress));
        check("未启动", Some(TaskStatus::NotStarted));
        check("撤销", None);
        check("领导已阅", None);
        check("", None);
    }
}
