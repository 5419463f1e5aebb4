//! Reads the registers of `lists`: columns, filters and grouping, each held against what the campaign has.
//!
//! A register with a fault is told at the faulty word and left out; the shape of the YAML was checked before.

use crate::campaign::model::Campaign;
use crate::campaign::model::Category;
use crate::campaign::model::Obligation;
use crate::campaign::model::Task;
use crate::campaign::names::normalise;
use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::register::ChosenColumn;
use crate::campaign::register::Register;
use crate::campaign::register::RegisterColumn;
use crate::campaign::register::RegisterFilter;
use crate::campaign::register::RegisterRows;
use crate::campaign::register::columns_of;
use crate::campaign::register::usual_columns;
use crate::campaign::tree::NodeValue;
use crate::campaign::tree::Position;
use crate::campaign::view::View;
use crate::campaign::view::text;
use crate::diagnostic::Severity;
use crate::vocabulary::Level;
use crate::vocabulary::Status;
use crate::vocabulary::TaskStatus;
use crate::vocabulary::likeness::meant_key;
use crate::vocabulary::read_level;
use crate::vocabulary::read_status;
use crate::vocabulary::read_task_status;

/// The parts of the campaign that a filter may name.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub categories: &'a [Category],
    pub tasks: &'a [Task],
    pub obligations: &'a [Obligation],
}

/// The registers, in the order of the file.
pub fn registers(view: &View<'_>, known: Known<'_>, problems: &mut Problems) -> Vec<Register> {
    let parts = view.part("lists").map(|lists| lists.parts("registers")).unwrap_or_default();
    parts.iter().filter_map(|part| register(part, known, problems)).collect()
}

impl Campaign {
    /// The register of this id.
    pub fn register(&self, id: &str) -> Option<&Register> {
        self.lists.registers.iter().find(|register| register.id == id)
    }
}

fn register(part: &View<'_>, known: Known<'_>, problems: &mut Problems) -> Option<Register> {
    let written = part.text("rows");
    let rows = RegisterRows::ALL.into_iter().find(|rows| Some(rows.key()) == written.as_deref())?;
    let columns = columns(part, rows, problems);
    let group = match part.get("group").and_then(|node| Some((node.position, text(node)?))) {
        Some((position, key)) => column_of(&key, rows, position, &format!("{}.group", part.path), problems).map(|(column, _)| Some(column)),
        None => Some(None),
    };
    let filter = part.part("where").map_or_else(|| Some(RegisterFilter::default()), |part| filter(&part, rows, known, problems));
    let (id, title, columns, group, filter) = (part.code("id")?, part.text("title")?, columns?, group?, filter?);
    Some(Register { id, title, attachment: part.text("attachment"), rows, columns, filter, group, line: part.line() })
}

/// The chosen columns; `None` when one of them is not known or none is named.
fn columns(part: &View<'_>, rows: RegisterRows, problems: &mut Problems) -> Option<Vec<ChosenColumn>> {
    let usual = |key: &str| {
        let known = columns_of(rows).into_iter().find(|(_, known, _)| *known == key);
        known.map(|(column, _, title)| ChosenColumn { column, title: title.to_owned() })
    };
    let Some((_, node)) = part.entries().find(|(key, _)| *key == "columns") else {
        return Some(usual_columns(rows).iter().filter_map(|key| usual(key)).collect());
    };
    let nothing = match &node.value {
        NodeValue::Null => true,
        NodeValue::Sequence(nodes) => nodes.is_empty(),
        _ => false,
    };
    if nothing {
        let help = format!("写要哪些列，如 [{}]；整行删掉就用这些默认的列", usual_columns(rows).join(", "));
        let message = "清单的 columns 是空的，没有一列可打印".to_owned();
        problems.push(node.position, error("C084", format!("{}.columns", part.path), None, message, help));
        return None;
    }
    let mut chosen = Vec::new();
    let mut whole = true;
    for entry in part.parts("columns") {
        let Some(key) = entry.text_or_short("key") else { continue };
        match column_of(&key, rows, entry.position(), &entry.path, problems) {
            Some((column, title)) => {
                let title = entry.text("title").unwrap_or_else(|| title.to_owned());
                chosen.push(ChosenColumn { column, title });
            }
            None => whole = false,
        }
    }
    (whole && !chosen.is_empty()).then_some(chosen)
}

fn column_of(key: &str, rows: RegisterRows, at: Position, path: &str, problems: &mut Problems) -> Option<(RegisterColumn, &'static str)> {
    let known = columns_of(rows);
    if let Some((column, _, title)) = known.iter().find(|(_, known, _)| *known == key) {
        return Some((*column, *title));
    }
    // The title of a column is as good a hint as its key.
    let by_title = known.iter().find(|(.., title)| *title == key).map(|(_, known, _)| *known);
    let meant = by_title.or_else(|| meant_key(key, known.iter().map(|(_, known, _)| *known)));
    let help = meant.map_or_else(
        || {
            let all: Vec<String> = known.iter().map(|(_, known, title)| format!("{known}（{title}）")).collect();
            format!("可用的列：{}", all.join("、"))
        },
        |meant| format!("是否想写“{meant}”？"),
    );
    let message = format!("rows: {} 的清单没有“{key}”这一列", rows.key());
    problems.push(at, error("C083", path.to_owned(), Some(key.to_owned()), message, help));
    None
}

/// Which keys of `where` belong to which rows.
const FILTERS: &[(&str, &[RegisterRows])] = &[
    ("level", &[RegisterRows::Hazards]),
    ("category", &[RegisterRows::Hazards]),
    ("status", &[RegisterRows::Hazards, RegisterRows::Tasks, RegisterRows::Measures]),
    ("overdue", &[RegisterRows::Hazards, RegisterRows::Tasks, RegisterRows::Measures]),
    ("task", &[RegisterRows::Tasks, RegisterRows::Measures]),
    ("lead", &[RegisterRows::Tasks, RegisterRows::Measures]),
    ("from", &[RegisterRows::Duties]),
    ("recurring", &[RegisterRows::Tasks, RegisterRows::Measures, RegisterRows::Duties]),
];

/// The filter; `None` when a part of it is not known.
fn filter(part: &View<'_>, rows: RegisterRows, known: Known<'_>, problems: &mut Problems) -> Option<RegisterFilter> {
    let mut whole = true;
    let mut tell = |at: Position, key: &str, value: Option<&str>, message: String, help: String| {
        problems.push(at, error("C085", format!("{}.{key}", part.path), value.map(str::to_owned), message, help));
        whole = false;
    };
    for (key, for_rows) in FILTERS {
        let Some(node) = part.get(key) else { continue };
        if !for_rows.contains(&rows) {
            let fitting: Vec<&str> = FILTERS.iter().filter(|(_, for_rows)| for_rows.contains(&rows)).map(|(key, _)| *key).collect();
            let message = format!("rows: {} 的清单不能按 {key} 筛选", rows.key());
            tell(node.position, key, None, message, format!("这种清单可以按 {} 筛选", fitting.join("、")));
        }
    }
    let mut filter = RegisterFilter { overdue: part.flag("overdue"), recurring: part.flag("recurring"), ..RegisterFilter::default() };
    let mut each = |key: &str, take: &mut dyn FnMut(&str) -> bool, words: &dyn Fn() -> Vec<String>| {
        for (at, value) in values(part, key) {
            if !take(&value) {
                let all = words();
                let meant = meant_key(&value, all.iter().map(String::as_str));
                let question = meant.map_or_else(String::new, |meant| format!("是否想写“{meant}”？"));
                let message = format!("清单按 {key} 筛选，没有“{value}”");
                tell(at, key, Some(&value), message, format!("{question}可以写：{}", all.join("、")));
            }
        }
    };
    let added = |found: bool| found;
    each(
        "level",
        &mut |value| {
            let level = [Level::General, Level::Major].into_iter().find(|level| level.key() == value).or_else(|| plain_level(value));
            filter.levels.extend(level);
            added(level.is_some())
        },
        &|| [Level::General, Level::Major].map(|level| level.key().to_owned()).to_vec(),
    );
    each(
        "category",
        &mut |value| {
            let wanted = normalise(value);
            let meant = known.categories.iter().find(|category| {
                let names = [&category.id, &category.name].into_iter().chain(&category.synonyms);
                names.into_iter().any(|name| normalise(name) == wanted)
            });
            filter.categories.extend(meant.map(|category| category.id.clone()));
            added(meant.is_some())
        },
        &|| known.categories.iter().map(|category| category.id.clone()).collect(),
    );
    let of_hazards = rows == RegisterRows::Hazards;
    each(
        "status",
        &mut |value| {
            if of_hazards {
                let status = Status::ALL.into_iter().find(|status| status.key() == value);
                // The withdrawn stand in no list.
                let status = status.or_else(|| read_status(value, &Default::default())).filter(|status| *status != Status::Withdrawn);
                filter.statuses.extend(status);
                return added(status.is_some());
            }
            let status = read_task_status(value);
            filter.task_statuses.extend(status);
            added(status.is_some())
        },
        &|| match of_hazards {
            true => Status::ALL.iter().filter(|status| **status != Status::Withdrawn).map(|status| status.key().to_owned()).collect(),
            false => TaskStatus::ALL.map(|status| status.key().to_owned()).to_vec(),
        },
    );
    each(
        "task",
        &mut |value| {
            let meant = known.tasks.iter().find(|task| task.id == value);
            filter.tasks.extend(meant.map(|task| task.id.clone()));
            added(meant.is_some())
        },
        &|| known.tasks.iter().map(|task| task.id.clone()).collect(),
    );
    let leads = || distinct(known.tasks.iter().filter_map(|task| task.lead.clone()));
    each("lead", &mut |value| take_name(value, leads(), &mut filter.leads), &leads);
    let parties =
        || distinct(known.obligations.iter().flat_map(|obligation| obligation.from.iter().map(|sender| sender.word().to_owned())));
    each("from", &mut |value| take_name(value, parties(), &mut filter.from), &parties);
    whole.then_some(filter)
}

/// The values of a key with their places: a list, or one.
fn values(part: &View<'_>, key: &str) -> Vec<(Position, String)> {
    let Some(node) = part.get(key) else { return Vec::new() };
    match &node.value {
        NodeValue::Sequence(nodes) => nodes.iter().filter_map(|node| Some((node.position, text(node)?))).collect(),
        _ => text(node).map(|text| (node.position, text)).into_iter().collect(),
    }
}

fn plain_level(value: &str) -> Option<Level> {
    read_level(value, &Default::default())
}

fn take_name(value: &str, names: Vec<String>, into: &mut Vec<String>) -> bool {
    let wanted = normalise(value);
    let meant = names.into_iter().find(|name| normalise(name) == wanted);
    let found = meant.is_some();
    into.extend(meant);
    found
}

fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut all = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

fn error(code: &'static str, field: String, value: Option<String>, message: String, help: String) -> Report {
    Report { code, severity: Severity::Error, field, value, message, help }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::campaign::read_campaign;
    use crate::campaign::register::RegisterColumn;
    use crate::source::SourceFile;
    use crate::vocabulary::Field;
    use crate::vocabulary::Level;
    use crate::vocabulary::Status;
    use crate::vocabulary::TaskStatus;

    const HEAD: &str = "campaign: demo\ntitle: 示例\nissuer: 某县卫健委\nperiod: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\n\
        categories: [{id: fire, name: 消防安全, synonyms: [消防]}]\ntasks: [{id: a, name: 甲, lead: 卫健办}, {id: b, name: 乙, lead: 消防办}]\n\
        obligations: [{id: w, name: 周报, from: 卫健办, every: 每周五}]\nlists:\n  registers:\n";

    fn read(registers: &str) -> crate::campaign::CampaignReading {
        read_campaign(&SourceFile { name: Arc::from("campaign.yaml"), bytes: format!("{HEAD}{registers}").into_bytes() })
    }

    /// Code and place of every problem of these registers, which begin in line 11; and how many can be used.
    fn check(registers: &str, usable: usize, told: &[&str]) {
        let reading = read(registers);
        let places: Vec<String> = (reading.diagnostics.iter())
            .map(|diagnostic| format!("{} {}:{}", diagnostic.code, diagnostic.place.row, diagnostic.place.column))
            .collect();
        assert_eq!(places, told, "{:#?}", reading.diagnostics);
        assert_eq!(reading.campaign.expect("a campaign").lists.registers.len(), usable, "{registers}");
    }

    #[test]
    fn a_register_chooses_columns_rows_and_groups() {
        let reading = read(
            "    - {id: major, title: 重大隐患清单, rows: hazards, columns: [seq, {key: description, title: 问题}], \
             where: {level: 重大, status: [待整改, in_rectification], category: 消防}, group: category}\n    \
             - {id: work, title: 工作清单, rows: tasks, where: {lead: 卫健办, status: 进行中, recurring: false}}\n",
        );
        assert!(reading.diagnostics.is_empty(), "{:#?}", reading.diagnostics);
        let campaign = reading.campaign.expect("a campaign");
        let major = campaign.register("major").expect("the register");
        let titles: Vec<&str> = major.columns.iter().map(|column| column.title.as_str()).collect();
        assert_eq!((titles.as_slice(), major.columns[1].column), (&["序号", "问题"][..], RegisterColumn::Field(Field::Description)));
        assert_eq!(major.filter.levels, [Level::Major]);
        assert_eq!(major.filter.statuses, [Status::Open, Status::InRectification]);
        assert_eq!(
            (major.filter.categories.as_slice(), major.group),
            (&["fire".to_owned()][..], Some(RegisterColumn::Field(Field::Category)))
        );
        let work = campaign.register("work").expect("the register");
        assert_eq!((work.columns.len(), work.filter.leads.as_slice()), (12, &["卫健办".to_owned()][..]));
        assert_eq!((work.filter.task_statuses.as_slice(), work.filter.recurring), (&[TaskStatus::InProgress][..], Some(false)));
        assert!(campaign.register("none").is_none());
    }

    #[test]
    fn unknown_words_are_told_at_their_place() {
        check("    - {id: a, title: 甲, rows: hazards, columns: [seq, desciption]}\n", 0, &["C083 11:55"]);
        check("    - {id: a, title: 甲, rows: duties, columns: [{key: lead}], group: level}\n", 0, &["C083 11:49", "C083 11:70"]);
        check("    - {id: a, title: 甲, rows: hazards, columns: []}\n", 0, &["C084 11:49"]);
        check("    - {id: a, title: 甲, rows: hazard}\n", 0, &["C004 11:31"]);
        check("    - {id: a, title: 甲, rows: tasks, where: {level: major, lead: 卫建办}}\n", 0, &["C085 11:53", "C085 11:66"]);
        check("    - {id: a, title: 甲, rows: hazards, where: {status: [rectify, 撤销]}}\n", 0, &["C085 11:57", "C085 11:66"]);
        check("    - {id: a, title: 甲, rows: duties, where: {from: [卫健办]}}\n", 1, &[]);
    }

    #[test]
    fn helps_name_what_was_meant() {
        let help = |registers: &str| read(registers).diagnostics[0].help.clone();
        assert!(help("    - {id: a, title: 甲, rows: hazards, columns: [desciption]}\n").contains("是否想写“description”"));
        assert!(help("    - {id: a, title: 甲, rows: tasks, columns: [牵头部门]}\n").contains("是否想写“lead”"));
        assert!(help("    - {id: a, title: 甲, rows: tasks, where: {task: c}}\n").contains("a、b"));
    }
}
