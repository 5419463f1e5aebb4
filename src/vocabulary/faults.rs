//! What is wrong, and with what thing, by the words people use for them: what tells that two differently worded descriptions may
//! mean one fault, and that two similar ones do not.
//!
//! Used for comparing only; nothing is read from a description by these lists.

/// The words of one kind of fault each. A description may speak of several kinds.
const KINDS: [&[&str]; 20] = [
    &["锁", "铁链", "门闩", "无法打开", "打不开", "不能打开", "封闭", "封死", "焊死"],
    &["堆", "杂物", "占用", "堵", "停放", "停车", "货物", "挡", "放置", "摆放", "占道"],
    &["不亮", "不发光", "无照明", "不能点亮", "熄灭", "灯坏", "照明失效", "故障", "损坏", "失效"],
    &["压力不足", "欠压", "压力低", "压力偏低", "红区", "失压"],
    &["过期", "超期", "到期", "未年检", "未检", "超过有效期", "超过检", "未定期检", "未按期检"],
    &["老化", "破损", "破皮", "龟裂", "开裂", "裂纹", "裂缝", "破裂", "外皮", "绝缘", "磨损", "裸露", "外露"],
    &["松动", "脱落", "掉落", "不牢", "未固定", "晃动", "松脱", "歪斜", "防倒"],
    &["缺失", "缺少", "未配", "没有", "未设", "未安装", "没装", "未装", "不足额", "数量不足", "无标", "无警示", "未张贴", "未贴", "未悬挂"],
    &["私拉", "乱接", "乱拉", "飞线", "临时线", "拖线", "串接", "插线板"],
    &["超负荷", "大功率", "超载", "过载", "电炉", "电热"],
    &["漏水", "渗水", "漏雨", "积水", "滴水", "渗漏"],
    &["漏气", "泄漏"],
    &["混放", "混存", "同柜", "未分类", "未分区", "分开存放", "一起存放"],
    &["未登记", "无记录", "没有记录", "记录不全", "台账不全", "未记录", "登记不全", "未月检", "未检查", "未巡查"],
    &["未培训", "无证", "没有证", "未持证", "证书", "上岗证"],
    &["无水", "没水", "水压", "缺水"],
    &["故障", "损坏", "失灵", "失效", "不能", "坏", "停用", "不工作", "无法", "不起作用", "不响", "无反应", "不下降", "熄"],
    &["制度", "预案", "方案", "责任书"],
    &["关不严", "关不上", "闭门器", "常开", "不能关闭"],
    &["油污", "积油", "未清洗", "油垢"],
];

/// The words for one thing each that may be faulty.
const THINGS: [&[&str]; 40] = [
    &["灭火器"],
    &["应急灯", "应急照明"],
    &["消火栓", "消防栓", "水带"],
    &["安全出口", "安全门", "疏散门", "出口门"],
    &["指示灯", "指示标", "指示牌", "疏散标"],
    &["配电箱", "配电柜", "配电盘", "电箱"],
    &["插座", "插线板", "插排", "插板"],
    &["电线", "线路", "导线", "电缆"],
    &["燃气管", "煤气管", "燃气"],
    &["氧气瓶", "钢瓶", "气瓶"],
    &["安全阀"],
    &["压力表"],
    &["电梯"],
    &["防火门"],
    &["卷帘"],
    &["喷淋", "喷头"],
    &["烟感", "探测器", "报警器"],
    &["呼叫器", "呼叫铃"],
    &["培训"],
    &["演练"],
    &["预案"],
    &["责任书"],
    &["瓷砖", "面砖", "墙砖"],
    &["空调", "外机"],
    &["护栏", "栏杆", "扶手"],
    &["洗眼器"],
    &["摄像", "监控"],
    &["水泵", "消防泵"],
    &["电动车"],
    &["药柜", "药品柜"],
    &["吊顶"],
    &["地砖"],
    &["铅衣"],
    &["防护门", "铅门"],
    &["广告牌"],
    &["主机"],
    &["大门"],
    &["油脂"],
    &["轮椅"],
    &["疏散通道", "疏散走道", "消防通道", "消防车道"],
];

/// The kinds of faults that a description speaks of, as bits.
pub fn fault_kinds(text: &str) -> u64 {
    spoken_of(&KINDS, text)
}

/// The things that a description speaks of, as bits.
pub fn faulty_things(text: &str) -> u64 {
    spoken_of(&THINGS, text)
}

fn spoken_of(lists: &[&[&str]], text: &str) -> u64 {
    lists.iter().enumerate().filter(|(_, words)| words.iter().any(|word| text.contains(word))).fold(0, |bits, (kind, _)| bits | 1 << kind)
}

/// The description without the words for its things: what is left is what is wrong with them.
pub fn without_things(text: &str) -> String {
    let mut left = text.to_owned();
    for words in THINGS {
        let mut longest_first = words.to_vec();
        longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in longest_first.into_iter().filter(|word| text.contains(word)) {
            left = left.replace(word, "");
        }
    }
    left
}
