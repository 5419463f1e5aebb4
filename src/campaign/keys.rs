//! Every key that a campaign file may hold: its kind, whether it must be there, what it means.
//!
//! The single source of the unknown-key, missing-key and wrong-type checks and of the JSON Schema.
//! Knows neither YAML nor the model; adding a key starts here.

pub use crate::campaign::key::Key;
pub use crate::campaign::key::Kind;
pub use crate::campaign::key::Table;
pub use crate::campaign::key::Words;
use crate::campaign::key::may;
use crate::campaign::key::must;

/// The whole file.
pub static CAMPAIGN: Table = Table {
    name: "专项整治方案",
    short: None,
    keys: &[
        must("campaign", Kind::Code, "方案代号，固定不变，是每条编号的第一段，如 wushen-2023"),
        must("title", Kind::Text, "方案名称"),
        must("issuer", Kind::Text, "印发单位"),
        may("document", Kind::Text, "发文字号，如 鄂安发〔2023〕10号"),
        may("issued", Kind::Date, "印发日期"),
        may("basis", Kind::Texts, "上级文件和依据"),
        must("period", Kind::Table(&PERIOD), "起止日期"),
        must("units", Kind::Text, "单位名册文件，相对于本文件的路径，如 units.csv"),
        may("calendar", Kind::Text, "法定节假日历：cn（内置），或自备日历文件的路径"),
        may("submissions", Kind::OneOf(SUBMISSIONS), "每次报送的是全量台账还是增量"),
        may("units_may_close", Kind::Flag, "单位自己写“已销号”是否算数，默认 false"),
        may("accept_below", Kind::Flag, "名册上没有、由上级单位代报的单位，是否收下记为下属单位，默认 false"),
        may("carry_over", Kind::Table(&CARRY_OVER), "上期结转：前一次行动留下的台账，每次合并都读"),
        may("contacts", Kind::Table(&CONTACTS), "联系人回执 contacts.csv 要有哪些角色，变更要提前几天"),
        may(
            "events",
            Kind::NamedDates,
            "方案以它们为准的事件和日期，如 {两会闭幕: 2024-03-11, 收到通知: null}；还不知道的写 null，相关截止日显示为待定",
        ),
        may("stated", Kind::Table(&STATED), "方案正文自己声明的数字，用来核对"),
        may("phases", Kind::List(&PHASE), "阶段安排"),
        may("obligations", Kind::List(&OBLIGATION), "报送要求：谁、报什么、报给谁、何时报"),
        may("forms", Kind::List(&FORM), "统计表：各单位只报数字的表，qingdan forms 汇总"),
        may("categories", Kind::List(&CATEGORY), "排查类别和检查内容，按打印顺序"),
        may("levels", Kind::Table(&LEVELS), "一般、重大隐患各自的要求"),
        may("tasks", Kind::List(&TASK), "方案本身布置的任务，进入任务清单和责任清单"),
        may("universal", Kind::Names, "每项任务都要负责、正文不再逐项列出的部门或单位类别"),
        may("offices", Kind::List(&OFFICE), "牵头、配合、收件的部门及其别名"),
        may("groups", Kind::List(&GROUP), "督查分组"),
        may("overdue", Kind::Table(&OVERDUE), "逾期和临期怎么算"),
        may("escalation", Kind::List(&ESCALATION), "逾期后的督促步骤，由轻到重"),
        may("scoring", Kind::Table(&SCORING), "考核评分：每个单位按哪些项目打分，各占多少分"),
        may("synonyms", Kind::Table(&SYNONYMS), "本方案自己的表头、状态、等级用词"),
        may("lists", Kind::Table(&LISTS), "三个清单的版式，和方案点名的其他清单"),
        may("reports", Kind::List(&REPORT), "run 命令按期生成的统计和通报"),
        may("attachments", Kind::List(&ATTACHMENT), "方案提到的附件"),
        may("waive", Kind::List(&WAIVER), "本方案不再提示的规则及理由"),
    ],
};

static PERIOD: Table = Table {
    name: "起止日期",
    short: Some("when"),
    keys: &[
        may("start", Kind::Date, "开始日期"),
        may("end", Kind::Date, "结束日期"),
        may("when", Kind::Date, "方案原文的一段话，代替 start 和 end，如 2020年6月5日至2021年10月"),
    ],
};

const SUBMISSIONS: &[(&str, &str)] = &[("full", "每次报送单位的全部台账（默认）"), ("incremental", "每次只报新增和变化的行")];

static CARRY_OVER: Table = Table {
    name: "上期结转",
    short: Some("file"),
    keys: &[
        must("file", Kind::Text, "前一次行动的台账文件，相对于本文件的路径，什么格式、什么表头都可以"),
        may("expected", Kind::Count, "应有多少条隐患，用来核对，如 28"),
    ],
};

static CONTACTS: Table = Table {
    name: "联系人回执",
    short: None,
    keys: &[
        may("roles", Kind::Names, "每家单位要有的角色，默认 分管领导、科室负责人、联络员"),
        may("notice", Kind::Days, "变更联系人要提前几天申请，如 7d；不写就不核对"),
    ],
};

static STATED: Table = Table {
    name: "正文声明的数字",
    short: None,
    keys: &[may("phases", Kind::Count, "正文说“分N个阶段”的N"), may("duration", Kind::Text, "正文说的期限，如 三个月、半年、100天")],
};

static PHASE: Table = Table {
    name: "阶段",
    short: None,
    keys: &[
        must("id", Kind::Code, "代号"),
        must("name", Kind::Text, "名称"),
        may("start", Kind::Date, "开始日期"),
        may("end", Kind::Date, "结束日期，如 2023年7月底前"),
        may("when", Kind::Date, "方案原文的一段话，代替 start 和 end，如 2020年6月中旬至8月底"),
        may("work", Kind::Texts, "本阶段的工作"),
    ],
};

static OBLIGATION: Table = Table {
    name: "报送要求",
    short: None,
    keys: &[
        must("id", Kind::Code, "代号"),
        must("name", Kind::Text, "报什么"),
        may("from", Kind::Names, "谁报：units（名册上全部单位，默认）、单位类别、督查组或部门名称"),
        may("to", Kind::Text, "报给谁"),
        may("via", Kind::Text, "报送渠道，如 工作群、纸质件同时报电子版"),
        may("due", Kind::Date, "一次性报送的截止日"),
        may("every", Kind::Text, "周期性报送：方案原话（每月29日前、每周五17:00前）或 RRULE（FREQ=WEEKLY;BYDAY=FR）"),
        may("when", Kind::Text, "由事情引起的报送：方案原话，如 发生突发事件立即、及时；不排进日历"),
        may("time", Kind::Time, "截止时刻，如 15:30"),
        may("start", Kind::Date, "周期从哪天起"),
        may("until", Kind::Date, "周期到哪天止"),
        may(
            "phase",
            Kind::Code,
            "属于哪个阶段（阶段的代号）：没写 start、until 的周期按阶段起止，没写 due 也没写 every 的在阶段最后一天截止",
        ),
        may(
            "fulfilled_by",
            Kind::Fulfilments,
            "什么算报了：ledger（台账）、zero-report（零报告）、document（文件材料）、{form: 统计表的代号}、activity（检查、演练等活动，登记在 submissions.csv），或登记时用的报送事项；可写成列表，任一种都算",
        ),
        may("on_day_off", Kind::OneOf(ON_DAY_OFF), "截止日是休息日怎么办"),
    ],
};

/// The long form of one word of `fulfilled_by`.
pub static FULFILMENT: Table =
    Table { name: "完成标志", short: Some("form"), keys: &[must("form", Kind::Code, "统计表（forms）的代号")] };

static FORM: Table = Table {
    name: "统计表",
    short: None,
    keys: &[
        must("id", Kind::Code, "代号，fulfilled_by 和 qingdan forms 用它"),
        must("title", Kind::Text, "表名，如 自查自纠情况统计表"),
        may("attachment", Kind::Text, "标题上方的附件标记，如 附件2"),
        may("rows", Kind::OneOf(FORM_ROWS), "每一行是什么"),
        may("period", Kind::OneOf(FORM_PERIOD), "报的是累计数还是当期数"),
        must("columns", Kind::List(&FORM_COLUMN), "要统计的列，按打印顺序"),
    ],
};

const FORM_ROWS: &[(&str, &str)] =
    &[("unit", "一个单位一行（默认）"), ("category", "一个类别一行，各单位相加"), ("single", "全部单位相加成一行")];
const FORM_PERIOD: &[(&str, &str)] = &[("cumulative", "累计数（默认），只增不减"), ("period", "当期数，按报送要求的每一期")];

static FORM_COLUMN: Table = Table {
    name: "统计表的列",
    short: None,
    keys: &[
        must("key", Kind::Code, "列的代号，JSON 用它"),
        must("title", Kind::Texts, "列名；有别的写法的写成列表，第一个是印出来的"),
        may("unit", Kind::Text, "计量单位，如 家次、项、万元"),
        may("sum", Kind::Flag, "是否合计，默认 true"),
        may("equals", Kind::OneOf(FORM_FIGURES), "应与台账的哪个数相等"),
        may("part_of", Kind::Code, "是哪一列的一部分，不能比它大，如 已整改 是 发现隐患 的一部分"),
    ],
};

/// Figures of the ledger that a count form may be held against, by the keys of the statistics.
const FORM_FIGURES: &[(&str, &str)] = &[
    ("total", "累计排查"),
    ("rectified", "累计整改"),
    ("closed", "累计销号"),
    ("open_at_end", "期末未销号"),
    ("overdue", "逾期未改"),
    ("general", "一般隐患"),
    ("general_rectified", "一般隐患已整改"),
    ("major", "重大隐患"),
    ("major_rectified", "重大隐患已整改"),
    ("new", "本期新增（当期数）"),
    ("rectified_in_period", "本期整改（当期数）"),
    ("closed_in_period", "本期销号（当期数）"),
];

const ON_DAY_OFF: &[(&str, &str)] = &[("keep", "不变，只提示（默认）"), ("previous", "提前到前一个工作日"), ("next", "顺延到后一个工作日")];

static CATEGORY: Table = Table {
    name: "排查类别",
    short: None,
    keys: &[
        must("id", Kind::Code, "代号"),
        must("name", Kind::Text, "名称"),
        may("synonyms", Kind::Texts, "台账里可能写成的别名"),
        may("kinds", Kind::Names, "适用的单位类别；不写就是各类单位都查"),
        may("items", Kind::List(&ITEM), "检查内容"),
    ],
};

static ITEM: Table = Table {
    name: "检查内容",
    short: Some("text"),
    keys: &[must("text", Kind::Text, "看什么"), may("level", Kind::OneOf(LEVEL), "不合格时通常的等级"), may("basis", Kind::Text, "依据")],
};

const LEVEL: &[(&str, &str)] = &[("general", "一般"), ("major", "重大")];

static LEVELS: Table = Table {
    name: "隐患等级",
    short: None,
    keys: &[
        may("general", Kind::Table(&LEVEL_POLICY), "一般隐患的要求"),
        may("major", Kind::Table(&LEVEL_POLICY), "重大隐患的要求；不写时按五落实和临时管控要求"),
    ],
};

static LEVEL_POLICY: Table = Table {
    name: "等级要求",
    short: None,
    keys: &[
        may("name", Kind::Text, "名称"),
        may("rectify_within", Kind::Days, "台账没写期限时，自发现之日起的整改天数，如 15d"),
        may("requires", Kind::FieldNames, "整改完成前必须填写的字段，如 measure、responsible、funds、deadline、plan"),
        may("interim_control", Kind::OneOf(INTERIM_CONTROL), "临时管控措施是否必填"),
        may("supervision", Kind::Text, "挂牌督办的层级，如 县级"),
    ],
};

const INTERIM_CONTROL: &[(&str, &str)] = &[("required", "必填"), ("optional", "可不填")];

static TASK: Table = Table {
    name: "任务",
    short: None,
    keys: &[
        must("id", Kind::Code, "代号"),
        must("name", Kind::Text, "任务名称"),
        may("lead", Kind::Names, "牵头部门；几个部门共同牵头的写成列表"),
        may("supporting", Kind::Names, "配合部门"),
        may("due", Kind::Date, "完成时限，如 2022年年底前"),
        may("every", Kind::Text, "周期性工作（会议、检查、演练）多久一次：方案原话或 RRULE"),
        may("milestones", Kind::List(&MILESTONE), "任务里的时间节点"),
        may("measures", Kind::Texts, "具体措施"),
    ],
};

static MILESTONE: Table = Table {
    name: "时间节点",
    short: None,
    keys: &[
        must("name", Kind::Text, "到时要做成什么"),
        may("start", Kind::Date, "开始日期，如 7月份开工"),
        may("due", Kind::Date, "完成时限，如 6月底前"),
    ],
};

static OFFICE: Table =
    Table { name: "部门", short: Some("name"), keys: &[must("name", Kind::Text, "名称"), may("synonyms", Kind::Texts, "别名")] };

static GROUP: Table = Table {
    name: "督查组",
    short: None,
    keys: &[
        must("name", Kind::Text, "名称"),
        may("leader", Kind::Text, "带队领导"),
        may("units", Kind::Names, "所督查的单位：单位名称、简称或编码"),
    ],
};

static OVERDUE: Table = Table {
    name: "逾期口径",
    short: None,
    keys: &[
        may("until", Kind::OneOf(UNTIL), "到哪一步才不算逾期"),
        may("due_soon", Kind::Days, "临期窗口，默认 10d"),
        may("days", Kind::OneOf(DAYS), "按自然日还是工作日"),
    ],
};

const UNTIL: &[(&str, &str)] = &[("rectified", "已整改（默认）"), ("closed_out", "已销号")];
const DAYS: &[(&str, &str)] = &[("calendar", "自然日（默认）"), ("working", "工作日")];

static ESCALATION: Table = Table {
    name: "督促步骤",
    short: None,
    keys: &[
        must("after", Kind::Days, "逾期满几天，如 7d"),
        must("step", Kind::Text, "文书名称，如 整改通知书"),
        may("answer_within", Kind::Workdays, "要求收文单位几个工作日内书面回复，从发函次日算起，如 5wd；默认 5wd"),
        may("template", Kind::Text, "文书正文的模板文件，相对于本文件的路径；不写用内置的，取出来看：qingdan notice --show-template"),
    ],
};

static SCORING: Table = Table {
    name: "考核评分",
    short: None,
    keys: &[
        may("full", Kind::Points, "满分，默认 100；各项目的分值加起来要等于它"),
        must("items", Kind::List(&SCORING_ITEM), "评分项目，按打印顺序"),
        may("grades", Kind::List(&GRADE), "等次，由高到低，最低一等从 0 分起；不写就只有分数和名次"),
    ],
};

static SCORING_ITEM: Table = Table {
    name: "评分项目",
    short: None,
    keys: &[
        must("measure", Kind::OneOf(MEASURES), "评什么"),
        must("points", Kind::Points, "分值：这一项最多得几分"),
        may("name", Kind::Text, "表上的名称，不写就用评分办法的名称"),
        may("obligations", Kind::Texts, "只用于 reported_in_time：评哪几项报送要求（写代号）；不写就是全部有截止日的"),
        may("late", Kind::Share, "用于 reported_in_time、rectified_in_time：晚了但做了的，一次算几次，0 到 1；报送默认 0.5，整改默认 0"),
        may("each", Kind::Points, "用于 repeats、overdue：每条扣几分，默认 1；扣完为止"),
    ],
};

const MEASURES: &[(&str, &str)] = &[
    ("reported_in_time", "按时报送：截止日已过的报送，按时的占多少"),
    ("rectified_in_time", "按期整改：期限已到的隐患，期限内整改的占多少"),
    ("rectified", "整改率：全部隐患里已整改和已销号的占多少"),
    ("major_handled", "重大隐患处置：按期整改，或未整改而五落实、管控、督办齐全的占多少"),
    ("repeats", "重复隐患：整改后又在同一部位发现同样的隐患，每条扣分"),
    ("overdue", "逾期：每条逾期未整改的隐患扣分"),
];

static GRADE: Table =
    Table {
        name: "等次", short: None, keys: &[must("from", Kind::Points, "总分从几分起"), must("name", Kind::Text, "名称，如 优秀")]
    };

static SYNONYMS: Table = Table {
    name: "本方案用词",
    short: None,
    keys: &[
        may("columns", Kind::WordLists(Words::Fields), "表头的别名，如 deadline: [整改日期]"),
        may("statuses", Kind::WordLists(Words::Statuses), "状态的别名，如 rectified: [已改好]"),
        may("levels", Kind::WordLists(Words::Levels), "等级的别名，如 major: [红]"),
    ],
};

static LISTS: Table = Table {
    name: "清单版式",
    short: None,
    keys: &[
        may("attachment", Kind::Text, "标题上方的附件标记，如 附件3"),
        may("footer", Kind::Texts, "落款栏目"),
        may("phones", Kind::OneOf(PHONES), "联系电话是否遮盖中间四位"),
        may("form", Kind::OneOf(FORMS), "方案的表是三张还是合成一张"),
        may("registers", Kind::List(&REGISTER), "方案点名的其他清单、台账，如 职责清单、工作清单"),
    ],
};

const FORMS: &[(&str, &str)] = &[("separate", "三张表（默认）"), ("combined", "三清单合在一张表")];

static REGISTER: Table = Table {
    name: "清单",
    short: None,
    keys: &[
        must("id", Kind::Code, "代号，qingdan lists --register 用它"),
        must("title", Kind::Text, "清单名称，如 工作清单"),
        may("attachment", Kind::Text, "标题上方的附件标记，如 附件2"),
        must("rows", Kind::OneOf(REGISTER_ROWS), "每一行是什么"),
        may("columns", Kind::List(&REGISTER_COLUMN), "要哪些列，按打印顺序；不写用默认的列"),
        may("where", Kind::Table(&REGISTER_FILTER), "只列哪些行；不写全列"),
        may("group", Kind::Text, "按哪一列归拢，同一个词的行排在一起，上面加小标题"),
    ],
};

const REGISTER_ROWS: &[(&str, &str)] = &[
    ("hazards", "台账的隐患，一条一行；列名用字段的键（unit、description、deadline 等），另有 seq、overdue、days、step"),
    (
        "tasks",
        "方案的任务，一项一行：seq、id、name、lead、supporting、measures、milestones、due、status、done_on、overdue、progress、remark",
    ),
    ("measures", "任务的措施和节点，一条一行：seq、id、name、measure、lead、supporting、due、status、done_on、overdue、progress、remark"),
    ("duties", "报送要求，一项一行：seq、id、name、from、to、via、due、next、fulfilled_by、basis、remark"),
];

static REGISTER_COLUMN: Table = Table {
    name: "清单的列",
    short: Some("key"),
    keys: &[must("key", Kind::Text, "列的键，如 description"), may("title", Kind::Text, "这张清单给它的列名，如 问题隐患")],
};

static REGISTER_FILTER: Table = Table {
    name: "清单的范围",
    short: None,
    keys: &[
        may("level", Kind::Texts, "隐患等级：general、major"),
        may("status", Kind::Texts, "状态：隐患用 open 等，任务用 not_started、in_progress、done"),
        may("category", Kind::Texts, "隐患类别的代号或名称"),
        may("overdue", Kind::Flag, "true 只列逾期的，false 只列没有逾期的"),
        may("task", Kind::Texts, "任务的代号"),
        may("lead", Kind::Names, "任务的牵头部门"),
        may("from", Kind::Names, "报送要求的责任单位"),
        may("recurring", Kind::Flag, "true 只列周期性的，false 只列一次性的"),
    ],
};

const PHONES: &[(&str, &str)] = &[("masked", "遮盖（默认）"), ("shown", "照写")];

static REPORT: Table = Table {
    name: "定期报表",
    short: None,
    keys: &[
        must("kind", Kind::OneOf(REPORT_KINDS), "种类"),
        must("every", Kind::Text, "何时生成：方案原话或 RRULE"),
        may(
            "template",
            Kind::Text,
            "通报正文的模板文件，相对于本文件的路径；不写用内置的，取出来看：qingdan report monthly --show-template",
        ),
    ],
};

const REPORT_KINDS: &[(&str, &str)] =
    &[("weekly", "周统计"), ("monthly", "月通报"), ("quarterly", "季度统计分析表"), ("summary", "工作总结数据")];

static ATTACHMENT: Table = Table {
    name: "附件",
    short: None,
    keys: &[
        must("id", Kind::Count, "附件序号"),
        must("title", Kind::Text, "附件名称"),
        may("present", Kind::Flag, "手头有没有这个附件，默认 true"),
    ],
};

static WAIVER: Table = Table {
    name: "豁免",
    short: None,
    keys: &[must("rule", Kind::Code, "规则代码，如 C014"), may("reason", Kind::Text, "理由，必须写明")],
};
