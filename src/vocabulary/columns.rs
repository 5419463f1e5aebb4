//! The dictionary of column titles: which canonical field a title means.
//!
//! Titles are compared whole, after normalisation, never by substring: 检查单位 (who looked) lies inside
//! 被检查单位 (where it was found). A title that fits two fields is a concept of its own; the sheet decides.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::vocabulary::field::Field;
use crate::vocabulary::normalise::label_key;
use crate::vocabulary::normalise::split_hint;
use crate::vocabulary::normalise::without_brackets;
use crate::vocabulary::normalise::without_ordinal;

/// What a column title means before the rest of the sheet is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concept {
    /// One field, certainly.
    Field(Field),
    /// 序号: counted, never a key.
    Sequence,
    /// 编号, No.: 序号 or 编号, by its values.
    SequenceOrId,
    /// 整改时间, 完成时间: deadline or completion.
    DeadlineOrRectified,
    /// 责任单位: the facility or its department.
    UnitOrDepartment,
    /// 整改情况, 完成情况: a status word or prose.
    StatusOrProgress,
    /// 检查情况, 内容: the description when no better column is there.
    WeakDescription,
    /// 是否合格, 符合情况: the result of an inspection item, never a description.
    CheckResult,
    /// 是否销号, 销号情况.
    CloseOutFlag,
    /// 是否重大隐患: yes or no.
    MajorFlag,
    /// A known column that is not a ledger field (复查结果, 配合单位, 照片 …): kept as an extra.
    Known,
    /// A column of a statistics table (隐患数, 整改率 …): such a table holds no hazards.
    Statistic,
}

type Entry = (Concept, &'static [&'static str]);

const DICTIONARY: &[Entry] = &[
    (Concept::Sequence, &["序号", "序", "项次", "顺序号", "行号", "排序"]),
    (Concept::SequenceOrId, &["编号", "No"]),
    (Concept::Field(Field::Id), &["隐患编号", "问题编号", "台账编号", "流水号", "清单编号", "隐患编码", "编号（勿改）"]),
    (
        Concept::Field(Field::Unit),
        &[
            "单位",
            "单位名称",
            "被检查单位",
            "被检查单位名称",
            "受检单位",
            "受检单位名称",
            "企业名称",
            "填报单位",
            "隐患单位",
            "存在隐患单位",
            "医疗机构名称",
            "医疗机构",
            "机构名称",
            "机构",
            "所属单位",
            "单位全称",
            "单位（全称）",
            "医院名称",
            "医院",
            "隐患所在单位",
            "上报单位",
            "报送单位",
            "责任主体",
            "被检单位",
            "被查单位",
            "医疗卫生机构",
            "医疗卫生机构名称",
            "医疗卫生单位",
            "卫生院名称",
            "诊所名称",
            "受检机构",
            "被检查机构",
            "检查对象",
            "排查单位",
            "自查单位",
            "填报单位名称",
        ],
    ),
    (Concept::UnitOrDepartment, &["责任单位", "整改责任单位", "治理责任单位", "整改单位"]),
    (
        Concept::Known,
        &[
            "单位类别",
            "机构类别",
            "机构性质",
            "机构等级",
            "单位性质",
            "所在区域",
            "区域",
            "旗区（部门）",
            "乡镇",
            "辖区",
            "县区",
            "所在乡镇",
            "单位地址",
            "地址",
            "原因分析",
            "问题产生原因",
            "产生原因",
            "隐患原因",
            "配合单位或部门",
            "配合单位",
            "协办单位",
            "协助部门",
            "配合部门",
            "复查结果",
            "复查意见",
            "复查情况",
            "验收情况",
            "验收结果",
            "整改审核结果",
            "验收意见",
            "自评",
            "专家评估",
            "政府验收",
            "督办单位",
            "挂牌督办单位",
            "监管部门",
            "行业主管部门",
            "督办人员",
            "督办人",
            "督办责任人",
            "整改前照片",
            "整改后照片",
            "照片",
            "佐证材料",
            "整改佐证证据",
            "附件",
            "影像资料",
            "是否超期",
            "是否逾期",
            "剩余天数",
            "逾期天数",
            "措施完成时间",
            "申请延期",
            "是否延期",
            "延期理由",
            "隐患中类",
            "隐患小类",
            "治理类型",
            "整改类型",
            "整改方式",
            "检查方法",
            "检查项",
            "项目",
            "整改目标",
            "验收标准",
            "隐患整治情况",
            "是否挂牌",
            "检查标准",
            "检查内容",
            "检查事项",
            "排查内容",
            "方法",
        ],
    ),
    (
        Concept::Field(Field::Category),
        &[
            "隐患类型",
            "隐患类别",
            "隐患分类",
            "类别",
            "行业领域",
            "行业和领域",
            "检查项目",
            "排查项目",
            "领域",
            "问题类别",
            "隐患大类",
            "专项类别",
            "类型",
            "问题类型",
            "隐患种类",
            "整治领域",
            "专项领域",
            "排查领域",
            "检查类别",
            "排查类别",
            "所属领域",
            "隐患所属领域",
        ],
    ),
    (
        Concept::Field(Field::Location),
        &[
            "隐患部位",
            "隐患位置",
            "隐患地点",
            "被检查部位",
            "检查工点",
            "隐患地址",
            "部位",
            "具体位置",
            "存在部位",
            "场所",
            "科室/部位",
            "科室部位",
            "地点",
            "位置",
            "检查部位",
            "排查部位",
            "检查地点",
            "隐患所在部位",
            "所在部位",
            "隐患场所",
            "具体部位",
            "隐患具体位置",
            "隐患所在位置",
            "隐患部位（场所）",
            "隐患科室",
            "所在位置",
            "隐患所在地点",
            "发现地点",
        ],
    ),
    (
        Concept::Field(Field::Description),
        &[
            "隐患描述",
            "隐患内容",
            "隐患名称",
            "隐患标题",
            "存在的安全隐患",
            "存在问题",
            "问题隐患",
            "检查地点存在问题及隐患",
            "隐患问题描述",
            "隐患现状",
            "问题描述",
            "存在的主要问题",
            "安全隐患",
            "问题表现",
            "具体问题",
            "隐患情况",
            "存在的问题",
            "存在隐患",
            "问题及隐患",
            "隐患及问题",
            "存在问题及隐患",
            "存在的问题及隐患",
            "存在的问题和隐患",
            "存在问题和隐患",
            "存在的隐患",
            "主要问题",
            "主要隐患",
            "隐患",
            "问题",
            "隐患具体描述",
            "隐患具体情况",
            "隐患具体内容",
            "问题（隐患）",
            "隐患（问题）",
            "隐患问题",
            "问题隐患描述",
            "安全隐患描述",
            "安全隐患内容",
            "事故隐患",
            "事故隐患描述",
            "事故隐患内容",
            "隐患简述",
            "隐患简要描述",
            "隐患简要情况",
            "重大事故隐患",
            "发现的问题",
            "发现问题",
            "发现的隐患",
            "发现隐患",
            "检查发现问题",
            "检查发现的问题",
            "排查出的隐患",
            "排查出的问题",
            "问题清单",
            "隐患详情",
            "隐患说明",
            "隐患事项",
            "问题内容",
            "存在隐患及问题",
            "排查发现的隐患",
            "矛盾纠纷简要情况",
            "隐患概况",
            "隐患基本情况",
            "存在隐患情况",
            "描述",
        ],
    ),
    (
        Concept::WeakDescription,
        &[
            "检查情况",
            "检查结果",
            "内容",
            "情况",
            "排查情况",
            "现场情况",
            "隐患现状及产生原因",
            "排查结果",
            "自查结果",
            "自查情况",
            "检查结论",
            "检查记录",
        ],
    ),
    (
        Concept::CheckResult,
        &[
            "是否合格",
            "是否符合",
            "是否符合要求",
            "符合情况",
            "是否达标",
            "合格与否",
            "符合与否",
            "判定结果",
            "检查评定",
            "是否正常",
            "评定结果",
            "符合性",
            "是否通过",
            "检查判定",
        ],
    ),
    (
        Concept::Field(Field::Basis),
        &["依据", "检查依据", "判定依据", "对应条款", "违反条款", "法律依据", "违反依据", "法规依据", "标准依据", "依据条款"],
    ),
    (
        Concept::Field(Field::Level),
        &[
            "隐患等级",
            "隐患级别",
            "严重程度",
            "问题严重程度",
            "等级",
            "级别",
            "隐患性质",
            "隐患程度",
            "隐患分级",
            "问题等级",
            "重大/一般",
            "一般/重大",
            "一般或重大",
            "隐患类别（一般、重大）",
            "事故隐患等级",
        ],
    ),
    (
        Concept::MajorFlag,
        &["是否重大隐患", "是否为重大事故隐患", "是否重大事故隐患", "是否为重大隐患", "是否属于重大隐患", "是否重大", "重大隐患（是/否）"],
    ),
    (
        Concept::Field(Field::FoundOn),
        &[
            "排查时间",
            "检查日期",
            "检查时间",
            "发现日期",
            "发现时间",
            "登记时间",
            "上报时间",
            "排查日期",
            "自查时间",
            "发现隐患时间",
            "登记日期",
            "自查日期",
            "隐患发现日期",
            "隐患发现时间",
            "隐患排查时间",
            "隐患排查日期",
            "上报日期",
            "日期",
            "时间",
            "检查排查时间",
            "发现隐患日期",
        ],
    ),
    (
        Concept::Field(Field::FoundBy),
        &[
            "排查人",
            "排查人员",
            "检查人",
            "检查人员",
            "发现人",
            "登记人",
            "督导人员",
            "检查者",
            "发现人员",
            "检查组成员",
            "排查责任人",
            "上报人",
        ],
    ),
    (
        Concept::Field(Field::Source),
        &[
            "隐患来源",
            "检查单位",
            "检查类型",
            "发现方式",
            "来源",
            "问题来源",
            "自查/督查",
            "检查方式",
            "排查方式",
            "发现途径",
            "检查部门",
            "督查单位",
            "排查来源",
        ],
    ),
    (
        Concept::Field(Field::Measure),
        &[
            "整改措施",
            "治理措施",
            "整改要求（措施）",
            "整改要求",
            "具体控制措施",
            "控制措施",
            "整改方案",
            "建议或整改要求",
            "整改建议",
            "拟采取措施",
            "措施",
            "整改治理措施",
            "整改具体措施",
            "拟整改措施",
            "防范措施",
            "具体措施",
            "整改意见",
            "处理措施",
            "整改内容",
            "处置措施",
            "整改任务",
            "整改措施及要求",
        ],
    ),
    (
        Concept::Field(Field::InterimControl),
        &["临时管控措施", "防控措施", "安全防范措施", "管控措施", "应急措施", "临时防范措施", "临时措施", "整改前管控措施", "临时防控措施"],
    ),
    (Concept::Field(Field::Guard), &["盯防人", "盯防责任人", "专人盯防", "现场管控责任人", "盯防人员", "看守人", "现场盯防人"]),
    (
        Concept::Field(Field::Funds),
        &[
            "整改资金",
            "资金",
            "所需资金",
            "投入资金",
            "累计落实治理资金",
            "实际投入资金",
            "落实资金",
            "整改经费",
            "经费",
            "资金投入",
            "整改所需资金",
            "资金落实",
            "治理资金",
            "整改资金落实情况",
            "资金落实情况",
            "预算",
            "资金预算",
            "整改费用",
        ],
    ),
    (
        Concept::Field(Field::Plan),
        &[
            "应急预案",
            "预案",
            "是否制定预案",
            "治理方案",
            "是否有应急预案",
            "预案落实",
            "应急预案落实情况",
            "是否制定治理方案",
            "预案制定情况",
        ],
    ),
    (
        Concept::Field(Field::Deadline),
        &[
            "整改时限",
            "整改期限",
            "完成时限",
            "完成期限",
            "截止时间",
            "整改截止日期",
            "计划完成日期",
            "预计完成时间",
            "整改计划完成时间",
            "预计整改完成时间",
            "隐患治理期限",
            "整改要求完成时间",
            "化解时限",
            "整改完成期限",
            "拟完成时间",
            "计划完成时间",
            "整改完成时限",
            "限期",
            "时限",
            "期限",
            "整改截止时间",
            "预计完成日期",
            "计划整改完成时间",
            "计划整改时间",
            "治理期限",
            "治理时限",
            "要求完成时间",
            "要求完成日期",
            "限改日期",
            "限改时间",
            "整改限期",
            "截止日期",
            "整改最后期限",
            "拟整改完成时间",
            "完成整改时限",
            "限期整改时间",
            "计划完成期限",
            "应完成时间",
            "应整改完成日期",
            "计划整改完成日期",
            "预计整改完成日期",
            "限期整改日期",
        ],
    ),
    (Concept::DeadlineOrRectified, &["整改时间", "完成时间", "完成日期", "整改日期", "完成整改时间", "治理时间"]),
    (Concept::Field(Field::ExtendedTo), &["延期至", "申请延期日期至", "延期到", "延期后期限", "延期日期", "批准延期至"]),
    (
        Concept::Field(Field::RectifiedOn),
        &[
            "整改完成时间",
            "整改完成日期",
            "整改到位时间",
            "整改实际完成时间",
            "完成整治时间",
            "实际完成时间",
            "最近整改时间",
            "实际整改完成时间",
            "实际完成日期",
            "整改完毕时间",
            "实际整改时间",
            "已完成时间",
            "完成整改日期",
            "整改到位日期",
            "实际整改完成日期",
            "整改实际完成日期",
        ],
    ),
    (
        Concept::Field(Field::Leader),
        &[
            "责任领导",
            "分管领导",
            "包保领导",
            "牵头领导",
            "整改责任领导",
            "主要负责人",
            "单位负责人",
            "院领导",
            "分管院长",
            "包联领导",
            "主管领导",
            "责任院领导",
            "分管负责人",
        ],
    ),
    (
        Concept::Field(Field::Department),
        &[
            "责任部门",
            "责任科室",
            "整改部门",
            "牵头单位",
            "牵头部门",
            "督改责任单位",
            "整改责任部门",
            "整改责任科室",
            "所属部门",
            "责任处室",
            "科室",
            "部门",
            "整改科室",
            "所在科室",
            "牵头科室",
            "所属科室",
            "责任部门（科室）",
            "责任科室（部门）",
        ],
    ),
    (
        Concept::Field(Field::Responsible),
        &[
            "责任人",
            "整改责任人",
            "整改人",
            "落实人",
            "具体责任人",
            "负责人",
            "整改负责人",
            "责任人姓名",
            "直接责任人",
            "整改责任人员",
            "责任人员",
            "隐患责任人",
            "治理责任人",
            "整改落实人",
            "责任人（签字）",
        ],
    ),
    (
        Concept::Field(Field::Phone),
        &[
            "联系电话",
            "手机号码",
            "办公电话",
            "手机",
            "电话",
            "联系方式",
            "责任人电话",
            "责任人联系电话",
            "电话号码",
            "手机号",
            "联系人电话",
        ],
    ),
    (
        Concept::Field(Field::Status),
        &[
            "整改状态",
            "隐患状态",
            "状态",
            "当前状态",
            "是否整改",
            "是否完成整改",
            "是否完成",
            "是否已整改",
            "是否整改完成",
            "整改与否",
            "是否整改到位",
            "完成状态",
            "整改完成情况（是/否）",
            "处理状态",
            "是否办结",
            "隐患整改状态",
            "目前状态",
            "是否消除",
            "是否已消除",
            "是否完成治理",
            "是否解决",
            "是否已完成",
            "消除情况",
            "隐患消除情况",
            "隐患是否消除",
            "是否改正",
            "是否已整改到位",
            "是否整改完毕",
            "是否治理",
            "是否按期整改",
            "整改状况",
            "关闭状态",
            "问题状态",
            "是否关闭",
        ],
    ),
    (
        Concept::StatusOrProgress,
        &[
            "整改情况",
            "完成情况",
            "整改进展",
            "整改落实情况",
            "处理进度",
            "整改结果",
            "目前进展",
            "整改完成情况",
            "落实情况",
            "整改进度",
            "处理情况",
            "处理结果",
            "整改现状",
            "完成进度",
            "整改进展情况",
            "隐患整改情况",
            "治理情况",
        ],
    ),
    (
        Concept::Field(Field::Progress),
        &[
            "进展情况",
            "整改描述",
            "隐患整治情况（简述）",
            "化解情况",
            "整改情况说明",
            "阶段性成效",
            "工作进展",
            "进展",
            "整改情况描述",
            "整改说明",
            "进展说明",
            "目前进展情况",
            "当前进展",
        ],
    ),
    (
        Concept::Field(Field::VerifiedBy),
        &["复查人", "验收人", "验收人姓名", "整改审核人", "核查人", "复查人员", "验收人员", "复核人", "复验人", "核验人"],
    ),
    (
        Concept::Field(Field::VerifiedOn),
        &[
            "复查时间",
            "复查日期",
            "验收时间",
            "整改确认日期",
            "验收日期",
            "核查日期",
            "核查时间",
            "复核日期",
            "复核时间",
            "复查验收时间",
            "复查验收日期",
        ],
    ),
    (
        Concept::CloseOutFlag,
        &[
            "销号情况",
            "是否销号",
            "是否闭环",
            "销号状态",
            "是否已销号",
            "闭环情况",
            "销号",
            "闭环状态",
            "是否已闭环",
            "是否闭合",
            "是否完成闭环",
            "是否完成销号",
        ],
    ),
    (
        Concept::Field(Field::ClosedOutOn),
        &["销号时间", "销号日期", "闭环时间", "复查通过时间", "闭环日期", "核销日期", "核销时间", "销案日期"],
    ),
    (
        Concept::Field(Field::Supervision),
        &["督办", "是否挂牌督办", "挂牌督办级别", "交办督办情况", "督办情况", "挂牌督办", "督办级别", "挂牌督办情况"],
    ),
    (Concept::Field(Field::Remark), &["备注", "说明", "其他", "备注说明", "其它", "其他说明"]),
    (Concept::Field(Field::SubmittedOn), &["最近报送"]),
    (
        Concept::Statistic,
        &[
            "隐患数",
            "一般隐患数",
            "重大隐患数",
            "整改率",
            "已整改数",
            "已经整改数",
            "已整改销号数",
            "排查单位数",
            "应排查",
            "实际排查",
            "覆盖率",
            "排查隐患数",
            "整改数",
            "未整改数",
            "整改完成率",
            "隐患总数",
            "已整改项",
            "未整改项",
            "排查一般隐患",
            "排查重大隐患",
            "排查一般事故隐患",
            "排查重大事故隐患",
            "其中已整改",
            "其中已整改销号",
            "列入治理计划的",
            "挂牌督办的",
            "一般隐患",
            "重大隐患",
            "一般事故隐患",
            "累计落实隐患治理资金",
            "发现隐患数",
            "完成整改数",
            "检查单位数",
            "检查次数",
            "出动人次",
            "下达文书",
            "罚款",
            "按期整改率",
            "销号率",
            "已整改",
            "未整改",
            "整改中",
        ],
    ),
];

fn index() -> &'static HashMap<String, Concept> {
    static INDEX: OnceLock<HashMap<String, Concept>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = HashMap::new();
        for (concept, titles) in DICTIONARY {
            for title in *titles {
                let key = label_key(title);
                index.entry(without_brackets(&key)).or_insert(*concept);
                index.entry(key).or_insert(*concept);
            }
        }
        for field in Field::ALL {
            // The ledger's own titles always read back as what they are.
            if field != Field::Id && field != Field::Origin {
                index.insert(label_key(field.title()), Concept::Field(field));
            }
        }
        index
    })
}

/// What a column title means, by the campaign's own words first, then by the dictionary. `None` when no
/// entry equals the title after normalisation.
///
/// ```
/// use std::collections::BTreeMap;
/// use qingdan::vocabulary::{column_concept, Concept, Field};
/// let own = BTreeMap::new();
/// assert_eq!(column_concept("整改\n时限", &own), Some(Concept::Field(Field::Deadline)));
/// assert_eq!(column_concept("被检查单位", &own), Some(Concept::Field(Field::Unit)));
/// assert_eq!(column_concept("检查单位", &own), Some(Concept::Field(Field::Source)));
/// assert_eq!(column_concept("院内备注", &own), None);
/// ```
pub fn column_concept(title: &str, own: &BTreeMap<Field, Vec<String>>) -> Option<Concept> {
    let key = label_key(title);
    if key.is_empty() || key.len() > 90 {
        return None;
    }
    for (field, words) in own {
        if words.iter().any(|word| label_key(word) == key) {
            return Some(Concept::Field(*field));
        }
    }
    let find = |key: &str| index().get(key).copied();
    let (base, hint) = split_hint(&key);
    if hint.contains("一般") && hint.contains("重大") {
        return Some(Concept::Field(Field::Level));
    }
    find(&key)
        .or_else(|| find(&without_brackets(&key)))
        .or_else(|| find(&base))
        .or_else(|| find(without_ordinal(&key)))
        .or_else(|| find(without_ordinal(&base)))
        .or_else(|| find(&base.replace(['/', '、', '及', '和', '与'], "")))
}

/// The fields whose titles look most like `title`, best first, at most three: a suggestion, never taken.
pub fn nearest_fields(title: &str) -> Vec<Field> {
    let (key, _) = split_hint(&label_key(title));
    if key.chars().count() < 2 {
        return Vec::new();
    }
    let mut best: BTreeMap<Field, f64> = BTreeMap::new();
    for (known, concept) in index() {
        let Concept::Field(field) = concept else { continue };
        let score = strsim::normalized_damerau_levenshtein(&key, known);
        let entry = best.entry(*field).or_insert(0.0);
        *entry = entry.max(score);
    }
    let mut ranked: Vec<(Field, f64)> = best.into_iter().filter(|(_, score)| *score >= 0.5).collect();
    ranked.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    ranked.into_iter().take(3).map(|(field, _)| field).collect()
}

/// Every title of the dictionary with what it means, for the generated page.
pub fn dictionary() -> impl Iterator<Item = (Concept, &'static [&'static str])> {
    DICTIONARY.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_stands_once() {
        let mut seen: BTreeMap<String, Concept> = BTreeMap::new();
        for (concept, titles) in DICTIONARY {
            for title in *titles {
                if let Some(other) = seen.insert(label_key(title), *concept) {
                    panic!("{title} stands twice: {other:?} and {concept:?}");
                }
            }
        }
    }

    #[test]
    fn titles_mean_what_the_sheet_would_say() {
        let own = BTreeMap::from([(Field::Deadline, vec!["整改日期".to_owned()])]);
        for (title, concept) in [
            ("隐患类别（一般、重大）", Some(Concept::Field(Field::Level))),
            ("整改资金(万元)", Some(Concept::Field(Field::Funds))),
            ("1.单位名称", Some(Concept::Field(Field::Unit))),
            ("*责任人 必填", Some(Concept::Field(Field::Responsible))),
            ("整改日期", Some(Concept::Field(Field::Deadline))),
            ("整改时间", Some(Concept::DeadlineOrRectified)),
            ("整改要求（措施）", Some(Concept::Field(Field::Measure))),
            ("整该措施", None),
            ("", None),
        ] {
            assert_eq!(column_concept(title, &own), concept, "{title}");
        }
        assert_eq!(nearest_fields("整该措施").first(), Some(&Field::Measure));
    }
}
