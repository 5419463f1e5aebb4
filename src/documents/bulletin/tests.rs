//! The built-in template on made-up figures, and templates that are wrong.

use super::*;
use crate::documents::manuscript::Block;
use crate::documents::statistics::sample::Sample;
use crate::results::figures::Measure;

fn text_of(manuscript: &Manuscript<'_>) -> String {
    let mut text = String::new();
    for block in &manuscript.blocks {
        match block {
            Block::Heading { text: line, .. } | Block::Paragraph(line) => text.push_str(line),
            Block::RunIn { heading, text: line, .. } => {
                text.push_str(heading);
                text.push_str(line);
            }
            Block::Table(table) => text.push_str(&table.caption),
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_built_in_template_says_every_figure() {
    let sample = Sample::new();
    let (manuscript, _) = bulletin(sample.source(), BUILT_IN).expect("a bulletin");
    let text = text_of(&manuscript);
    let totals = &sample.figures.totals;
    for expected in [
        format!("累计排查隐患{}项，已整改{}项", totals.of(Measure::Total), totals.of(Measure::Rectified)),
        format!("上期结转{}项，本期新增{}项", totals.of(Measure::CarriedOver), totals.of(Measure::New)),
        format!("逾期未改{}项，其中逾期7天以内{}项", totals.of(Measure::Overdue), totals.of(Measure::OverdueWeek)),
        format!("未整改的重大隐患{}项", totals.of(Measure::MajorOpen)),
        "分类别隐患排查整改情况".to_owned(),
        "各单位隐患排查整改情况".to_owned(),
    ] {
        assert!(text.contains(&expected), "{expected}\n{text}");
    }
    assert!(!text.contains("{{") && !text.contains("{%"), "{text}");
    assert!(manuscript.title.contains("2023年7月进展情况的通报"), "{}", manuscript.title);
    assert_eq!(manuscript.addressee.as_deref(), Some("各有关单位"));
}

#[test]
fn wrong_templates_are_told_with_their_line() {
    let sample = Sample::new();
    for (template, line, words) in [
        ("第一行\n共{{ 合计.逾期末改 }}项", 2, "是不是“合计.逾期未改”"),
        ("{{ 没有的 }}", 1, "没有的名字"),
        ("共{{ 合记.累计排查 }}项", 1, "是不是“合计.累计排查”"),
        ("共{{ 累计排查 }}项", 1, "是不是“合计.累计排查”"),
        ("共{{ 合计 }}项", 1, "写到底"),
        ("{{ 单位 }}", 1, "写到底"),
        ("{{ 合计.累计排查 / 0 }}", 1, "算不出来"),
        ("{{ 比率.整改率 + 1 }}", 1, "不能再算"),
        ("{% for 个 in range(100000000000) %}{% endfor %}", 1, "循环太多"),
        ("{% include \"甲\" %}", 1, "引用别的模板"),
        ("好\n{% if 合计.总数 %}", 2, "花括号写得不对"),
        ("{{ 合计.累计排查 | 不认识 }}", 1, "不认识的写法"),
    ] {
        let error = bulletin(sample.source(), template).expect_err(template);
        let BulletinError::Template(error) = error else { panic!("{error:?}") };
        assert!(error.line == line && error.what.contains(words), "{template}: {error:?}");
    }
    let misplaced = bulletin(sample.source(), "标题：乙\n甲\n\n【表：没有】").expect_err("no such table");
    assert!(misplaced.to_string().contains("模板第4行要插入表“没有”，没有这张表"), "{misplaced}");
}

#[test]
fn endless_templates_end() {
    let sample = Sample::new();
    let template = "{% for a in range(5000) %}{% for b in range(5000) %}{% for c in range(5000) %}x{% endfor %}{% endfor %}{% endfor %}";
    assert!(matches!(bulletin(sample.source(), template), Err(BulletinError::Template(_))));
}

#[test]
fn every_name_is_listed() {
    let sample = Sample::new();
    let names = template::names(&values::values(sample.source()));
    let value = |name: &str| names.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
    assert_eq!(value("合计.累计排查"), Some(sample.figures.totals.of(Measure::Total).to_string()));
    assert!(value("单位").is_some_and(|value| value.contains("名称")), "{names:?}");
}
