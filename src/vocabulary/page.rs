//! The clerks' page about column titles, made from the dictionary. Written to `docs/columns.md`.
//!
//! Arranges what `columns` and `field` define and adds in words how a title is compared and what decides
//! between two meanings. Holds no title of its own.

use std::fmt::Write as _;

use crate::vocabulary::columns::Concept;
use crate::vocabulary::columns::dictionary;
use crate::vocabulary::field::Field;

const HEAD: &str = "\
# 表头怎么认

由表头词典生成，不要手改：`UPDATE=1 cargo test --test it generated_docs` 会重写本文件。

**怎样比较。** 整个表头相等才算，不看它里面含着什么词。比较之前先去掉没有意义的差别：

- 空白、换行、看不见的字符；全角半角、大小写
- 前后的 `*`、`：`、`、` 等标点，“必填”“选填”，前面的次序号（`1.`、`（二）`）
- 括号：`整改资金（万元）` 先整个比，再不看括号里的比；括号里同时有“一般”和“重大”的，就是等级
- `/`、`、`、及、和、与：`问题及隐患` 与 `问题隐患` 一样，`整改措施与要求` 与 `整改措施及要求` 一样
- 同一类词：整治、治理、改正、处置、处理同“整改”，问题、违章、不合格项、缺陷同“隐患”，日期同“时间”，人员同“人”；
  要求、期望、限期、计划、应……完成（整改）时间，是整改期限；实际……时间，是整改完成日期
- 两项合一列的：`责任部门/责任人`、`责任人（电话）`，逐格分开读

表头有几行的，以最下面一行为主，上面的补全它（“整改情况”下面的“时限”是整改期限）。还认不出的表头，列里的内容原样带进台账，排在台账自己的列后面；与某个表头相近的，提示里写出来，不擅自采用。

**自己的叫法**写进 campaign.yaml，比词典优先，列名用下表的“键”：

```yaml
synonyms:
  columns:
    deadline: [整改日期]
```

";

/// The page, in Markdown: for every ledger column the titles that mean it, then the titles that mean it only in
/// company, and those that are known and kept as they are.
pub fn columns_page() -> String {
    let mut page = String::from(HEAD);
    page.push_str("## 一、台账的列\n\n按台账里的次序。台账自己的列名总是认得的（只有“来源”一列，单位报来的表里当作隐患来源）；“本级”一栏打√的，只有本级台账里写的才算数，单位填的与台账不同时列为冲突。\n\n");
    page.push_str("| 台账的列 | 键 | 本级 | 也认得的表头 |\n|---|---|---|---|\n");
    for field in Field::ALL {
        let titles: Vec<&str> = titles_of(Concept::Field(field)).into_iter().filter(|title| *title != field.title()).collect();
        let bureau = if field.is_bureau_owned() { "√" } else { "" };
        // Writing into a String cannot fail; so below.
        let _ = writeln!(page, "| {} | `{}` | {bureau} | {} |", field.title(), field.key(), titles.join("、"));
    }
    page.push_str(
        "\n等级以第一次报的为准，以后只有本级能改；状态里的“已销号”“撤销”也只有本级能写。\n\n## 二、看整张表才能定的表头\n\n\
         | 表头 | 怎么定 |\n|---|---|\n",
    );
    for (concept, titles) in dictionary() {
        if let Some(decided) = decided_by(concept) {
            let _ = writeln!(page, "| {} | {decided} |", titles.join("、"));
        }
    }
    page.push_str("\n## 三、认得、原样保留的表头\n\n知道是什么，台账里没有对应的列；内容照原来的列名带进台账。\n\n");
    let _ = writeln!(page, "{}", titles_of(Concept::Known).join("、"));
    page.push_str(
        "\n## 四、统计表的表头\n\n有两个以上这样的表头、又没有隐患描述和整改措施的表，是统计表，各行计入“统计数”，不读出隐患，并说一声（T120）。表头后面括号里是数数的单位（项、处、家、次、%）的，也是统计表的表头：`发现隐患（项）`；隐患描述一列全是数、旁边又有这样的列的，同样是统计表。\n\n",
    );
    let _ = writeln!(page, "{}", titles_of(Concept::Statistic).join("、"));
    page
}

/// All titles of one concept, in the order of the dictionary.
fn titles_of(concept: Concept) -> Vec<&'static str> {
    dictionary().filter(|(known, _)| *known == concept).flat_map(|(_, titles)| titles.iter().copied()).collect()
}

/// What settles a title that more than one column could bear; `None` for the titles that need no settling.
fn decided_by(concept: Concept) -> Option<&'static str> {
    match concept {
        Concept::Sequence => Some("序号：只是数行，不作编号"),
        Concept::SequenceOrId => {
            Some("本级台账里是编号；别的表里，有以本专项代号开头的值的是编号，全是整数而又没有序号列的是序号，其余原样保留")
        }
        Concept::DeadlineOrRectified => Some(
            "另有整改期限列的，是整改完成日期；另有整改完成日期列的，是整改期限；都没有的，有晚于填报日期的日子就是期限，否则要问（T028）",
        ),
        Concept::UnitOrDepartment => Some("没有别的单位列，并且一半以上的值是名册上的单位，就是单位名称；否则是责任部门"),
        Concept::StatusOrProgress => Some("没有别的状态列，并且一半以上的值是状态词，就是状态；否则是进展情况"),
        Concept::WeakDescription => Some("没有更好的隐患描述列时，是隐患描述"),
        Concept::CheckResult => Some("写“合格”“符合”“不适用”的行是检查合格的项目，只计数，不登记；原文照原样保留"),
        Concept::CloseOutFlag => {
            Some("写“是”“已销号”的是已销号（单位写的按“已整改”登记，销号由本级定）；写别的状态词而又没有状态列的，当作状态；原文照原样保留")
        }
        Concept::MajorFlag => Some("是或否：“是”为重大，“否”为一般；另有等级列的，以等级列为准，这一列原样保留"),
        Concept::Field(_) | Concept::Both(..) | Concept::Known | Concept::Statistic => None,
    }
}
