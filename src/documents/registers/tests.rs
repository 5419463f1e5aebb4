use std::sync::Arc;

use super::*;
use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::campaign::read_campaign;
use crate::dates::DateReading;
use crate::dates::WorkCalendar;
use crate::documents::sheet::Mark;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::registers::read_task_log;
use crate::results::register_content;
use crate::results::task_standings;
use crate::results::three_lists::sample;
use crate::results::three_lists::three_lists;
use crate::source::SourceFile;

const CAMPAIGN: &str = "campaign: demo\ntitle: 某县专项整治\nissuer: 某县卫健局\nunits: units.csv\nperiod: {start: 2023-05-20, end: 2023-12-31}\n\
    categories: [{id: gas, name: 燃气安全}, {id: fire, name: 消防安全, synonyms: [消防]}]\ntasks:\n  \
    - {id: a, name: 甲, lead: 卫健办, due: 2023-06-30, measures: [全面检查], milestones: [{name: 建成, due: 2023-12-10}]}\n  \
    - {id: b, name: 乙, lead: 消防办, due: 2023-10-31}\n  - {id: c, name: 丙, lead: 卫健办, every: 每季度末}\n  \
    - {id: d, name: 丁, lead: 消防办, measures: [巡查], milestones: [{name: 启用, due: 2023-07-01}]}\nuniversal: [各社区]\n\
    obligations:\n  - {id: w, name: 周报, from: units, to: 委办公室, via: 邮箱, every: FREQ=WEEKLY;BYDAY=FR, time: \"17:00\", fulfilled_by: ledger}\n  \
    - {id: s, name: 总结, from: 卫健办, due: 2023-06-01}\n  - {id: e, name: 事故, from: units, when: 立即}\nlists:\n  \
    registers:\n";

/// The sheets of these registers on 31 July: name, then the lines; marks are shown in front.
fn check(registers: &str, full_phones: bool, expected: &[&str]) -> Vec<Official> {
    let file = |name: &str, text: String| SourceFile { name: Arc::from(name), bytes: text.into_bytes() };
    let reading = read_campaign(&file("campaign.yaml", format!("{CAMPAIGN}{registers}")));
    assert!(reading.diagnostics.is_empty(), "{:#?}", reading.diagnostics);
    let campaign = reading.campaign.expect("a campaign");
    let rows = "任务,节点,状态,完成日期,进展\na,,进行中,,联系李四13800001002\nb,,已完成,2023-07-10,\n";
    let log = read_task_log(&file("tasks.csv", rows.to_owned()), &campaign).rows;
    let mut hazards: Vec<Hazard> = (1..=3).map(|number| sample::hazard(number, 0)).collect();
    hazards[1] =
        sample::with_values(2, 1, &[(Field::Category, "燃气安全"), (Field::Description, "灶具无熄火保护"), (Field::Phone, "13800001003")]);
    hazards[1].deadline = DateReading::On(sample::day(7, 1));
    hazards[0].values = sample::with_values(
        1,
        0,
        &[(Field::Category, "消防"), (Field::Description, "疏散通道堆放杂物，影响应急疏散"), (Field::Phone, "13800001001")],
    )
    .values;
    hazards[2] = sample::with_values(3, 2, &[(Field::Description, "没有归类")]);
    let ledger = Ledger { hazards, extra_columns: Vec::new() };
    let (as_of, calendar) = (sample::day(7, 31), WorkCalendar::statutory());
    let overdue = sample::overdue(&ledger, as_of);
    let lists = three_lists(&campaign, &ledger, &overdue, &task_standings(&log, Ground::new(&campaign, &Roster::default(), as_of)));
    let source = ListSource { campaign: &campaign, roster: &Roster::default(), ledger: &ledger, overdue: &overdue, lists: &lists };
    let chosen: Vec<(&Register, RegisterContent)> = (campaign.lists.registers.iter())
        .map(|register| (register, register_content(register, &campaign, &calendar, &ledger, &overdue, &lists)))
        .collect();
    let document = registers_document(source, &chosen, full_phones).expect("every row stands once");
    let (mut lines, mut pages) = (Vec::new(), Vec::new());
    for sheet in &document.sheets {
        let titles: Vec<&str> = sheet.columns.iter().map(|column| &*column.title).collect();
        lines.push(format!("{}：{}", sheet.name, titles.join("|")));
        let visited: Result<(), ()> = sheet.body.each(|_, row| {
            let sign = if row.mark == Mark::None { "" } else { "!" };
            lines.push(format!("{sign}{}", row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|")));
            Ok(())
        });
        assert_eq!(visited, Ok(()));
        let Look::Official(official) = &sheet.look else { panic!("registers are official sheets") };
        pages.push((**official).clone());
    }
    assert_eq!(lines, expected);
    pages
}

#[test]
fn hazards_are_grouped_in_the_order_of_the_plan_with_phones_hidden() {
    let registers = "    - {id: h, title: 问题隐患清单, attachment: 附件2, rows: hazards, group: category, \
                     columns: [seq, unit, {key: description, title: 问题}, phone, deadline, days, overdue]}\n";
    let lines = |phone: &str, other: &str| {
        vec![
            "问题隐患清单：序号|单位名称|问题|联系电话|整改期限|逾期（－剩余）天数|逾期情况".to_owned(),
            "燃气安全（1条）".to_owned(),
            format!("!1|河西区人民医院/南院区|灶具无熄火保护|{phone}|2023-07-01|30|▲逾期30天"),
            // 消防 in the ledger, 消防安全 in the plan.
            "消防安全（1条）".to_owned(),
            format!("!2|城关中心卫生院|疏散通道堆放杂物，影响应急疏散|{other}|2023-07-31|0|△今日到期"),
            "未写明（1条）".to_owned(),
            "!3|北山镇卫生院|没有归类||2023-07-31|0|△今日到期".to_owned(),
        ]
    };
    let masked = lines("138****1003", "138****1001");
    let pages = check(registers, false, &masked.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((pages[0].title.as_str(), pages[0].attachment.as_deref()), ("某县专项整治问题隐患清单", Some("附件2")));
    assert_eq!((pages[0].left.as_str(), pages[0].right.as_str()), ("填报单位（章）：某县卫健局", "截至日期：2023年7月31日"));
    assert_eq!(pages[0].notes[0], "列入清单的隐患共3条，撤销的不列入。");
    let full = lines("13800001003", "13800001001");
    check(registers, true, &full.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn tasks_measures_and_duties_say_what_the_plan_and_the_clerk_say() {
    let pages = check(
        "    - {id: t, title: 工作清单, rows: tasks, columns: [seq, id, name, lead, supporting, due, status, done_on, overdue, progress], group: lead}\n    \
         - {id: m, title: 制度措施清单, rows: measures, columns: [seq, name, measure, due, status, overdue]}\n    \
         - {id: d, title: 职责清单, rows: duties, columns: [seq, name, from, to, via, due, next, fulfilled_by, basis]}\n    \
         - {id: n, title: 职责清单, rows: duties, where: {from: 卫健办, recurring: true}}\n",
        false,
        &[
            "工作清单：序号|编号|工作任务|牵头部门|配合部门|完成时限|状态|完成日期|逾期情况|进展情况",
            "卫健办（2项）",
            "!1|demo-T01|甲|卫健办|各社区|2023-06-30|进行中||▲逾期31天|联系李四138****1002",
            "2|demo-T03|丙|卫健办|各社区|每季度末|||下次\n2023-09-30\n剩余61天|",
            "消防办（2项）",
            "3|demo-T02|乙|消防办|各社区|2023-10-31|已完成|2023-07-10|已完成|",
            "4|demo-T04|丁|消防办|各社区||||节点期限已过30天，请核实|",
            "制度措施清单：序号|工作任务|制度措施|完成时限|状态|逾期情况",
            "!1|甲|全面检查|2023-06-30|进行中|▲逾期31天",
            "2|甲|建成|2023-12-10||剩余132天",
            // The measure has no day, although a step of its task has one.
            "3|丁|巡查|||无期限",
            "4|丁|启用|2023-07-01||期限已过30天，请核实",
            "职责清单：序号|职责事项|责任单位|报送对象|报送方式|完成时限|下次截止|完成标志|依据",
            "1|周报|各单位|委办公室|邮箱|每周五 17:00前|2023-08-04|报送台账|《某县专项整治》",
            "2|总结|卫健办|||2023-06-01|||《某县专项整治》",
            "3|事故|各单位|||立即|||《某县专项整治》",
            "职责清单（2）：序号|职责事项|责任单位|报送对象|报送方式|完成时限|下次截止|备注",
            "截至2023年7月31日，方案中没有应列入这张清单的报送要求",
        ],
    );
    assert_eq!(pages[1].notes[0], "列入清单的措施和节点共4项。另有2项任务方案没有写具体措施，未列入。");
}

#[test]
fn sheets_have_names_that_programs_take() {
    let named =
        |name: &str| Sheet { name: name.to_owned(), hidden: false, look: Look::Plain, columns: Vec::new(), body: Body::Rows(Vec::new()) };
    assert_eq!(sheet_name("甲/乙[丙]", &[]), "甲乙丙");
    assert_eq!(sheet_name("?", &[]), "清单");
    assert_eq!(sheet_name("清单A", &[named("清单a")]), "清单A（2）");
    let long = "长".repeat(40);
    assert_eq!(sheet_name(&long, &[]).chars().count(), 31);
    assert_eq!(sheet_name(&long, &[named(&"长".repeat(31))]), format!("{}（2）", "长".repeat(28)));
}
