//! Built-in templates on made-up hazards, and what the check of a finished letter finds.

use super::*;
use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::campaign::model::EscalationStep;
use crate::dates::DateReading;
use crate::documents::Block;
use crate::documents::cross_check;
use crate::ledger::Ledger;
use crate::registers::IssuedLetter;
use crate::results;
use crate::results::Overdue;
use crate::results::three_lists::sample;
use crate::results::three_lists::sample::day;

const STEPS: [&str; 5] = ["提醒敦促函", "整改通知书", "约谈通知书", "挂牌督办通知书", "行业内通报"];

struct Sample {
    campaign: Campaign,
    ledger: Ledger,
    overdue: Overdue,
    earlier: IssuedLetter,
}

impl Sample {
    fn new() -> Sample {
        let rung = |(index, step): (usize, &&str)| EscalationStep {
            after_days: 1 + 7 * index as u32,
            step: (*step).to_owned(),
            answer_within: 5,
            template: None,
        };
        let mut campaign = sample::campaign(0);
        campaign.escalation = STEPS.iter().enumerate().map(rung).collect();
        campaign.basis = vec!["安委〔2023〕1号".to_owned(), "《安全生产法》".to_owned()];
        let mut hazards: Vec<Hazard> = (1..=3).map(|number| sample::hazard(number, 0)).collect();
        hazards[0].deadline = DateReading::On(day(7, 1));
        hazards[1].deadline = DateReading::On(day(7, 10));
        hazards[1].level = crate::records::Reading::Value(crate::vocabulary::Level::Major);
        let ledger = Ledger { hazards, extra_columns: Vec::new() };
        let overdue = results::overdue(&ledger, Ground::new(&campaign, &Roster::default(), day(7, 13)));
        let earlier = IssuedLetter {
            number: "demo-N001".to_owned(),
            unit: 0,
            step: STEPS[0].to_owned(),
            rung: Some(0),
            on: day(7, 3),
            document: "×卫健函〔2023〕5号".to_owned(),
            hazards: vec!["demo-001-0001".to_owned()],
            row: 2,
        };
        Sample { campaign, ledger, overdue, earlier }
    }

    fn source<'a>(&'a self, rung: usize, earlier: &'a [&'a IssuedLetter]) -> LetterSource<'a> {
        LetterSource {
            campaign: &self.campaign,
            ledger: &self.ledger,
            overdue: &self.overdue,
            unit: "城关中心卫生院",
            rung,
            items: &[0, 1],
            earlier,
            number: "demo-N002",
            document: "",
            answer: AnswerBy { workdays: 5, day: day(7, 20), is_provisional: false },
            is_again: false,
        }
    }
}

#[test]
fn every_built_in_template_says_what_is_late_and_until_when_to_answer() {
    let sample = Sample::new();
    for (rung, step) in STEPS.iter().enumerate() {
        let earlier = [&sample.earlier];
        let source = sample.source(rung, &earlier);
        let (manuscript, sentences) = letter(source, built_in(step)).expect("a letter");
        for part in [
            "2项隐患",
            "12天",
            "重大隐患1项",
            "2023年7月20日前",
            "5个工作日内",
            "此前，我局于2023年7月3日就其中1项发出《提醒敦促函》（×卫健函〔2023〕5号）",
            "《安委〔2023〕1号》、《安全生产法》和《某县卫健系统",
        ] {
            assert!(sentences.contains(part), "{step}: no {part} in {sentences}");
        }
        assert_eq!(sentences.contains("（一）约谈时间。＿＿＿＿年"), step.contains("约谈"), "{step}");
        assert_eq!(sentences.contains("将按督办程序发出"), rung < 3, "{step}");
        assert!(manuscript.title == format!("关于逾期未整改隐患的{step}") && manuscript.addressee.as_deref() == Some("城关中心卫生院"));
        assert!(!sentences.contains(['{', '}']), "{sentences}");
        assert_eq!(cross_check::letter::foreign_numbers(source, &sentences), Vec::<String>::new());
        let Some(Block::Table(table)) = manuscript.blocks.iter().find(|block| matches!(block, Block::Table(_))) else { panic!("no table") };
        assert_eq!((table.body.len(), manuscript.forms.len()), (2, 1));
    }
}

#[test]
fn without_earlier_letters_none_is_spoken_of() {
    let mut sample = Sample::new();
    sample.campaign.basis.clear();
    for step in STEPS {
        let (_, sentences) = letter(sample.source(0, &[]), built_in(step)).expect("a letter");
        assert!(!sentences.contains("此前") && !sentences.contains("和《"), "{sentences}");
    }
}

#[test]
fn templates_that_are_wrong_are_told_with_their_line() {
    let sample = Sample::new();
    for (template, words) in [("甲\n共{{ 隐患.数 }}项", "第 2 行"), ("甲\n\n【表：单位】", "第3行要插入表“单位”"), ("", "是空的")]
    {
        let error = letter(sample.source(0, &[]), template).expect_err(template).to_string();
        assert!(error.contains(words), "{error}");
    }
    assert_eq!(cross_check::letter::foreign_numbers(sample.source(0, &[]), "共2项，限99个工作日，已98天"), ["99个工作日", "98天"]);
}

#[test]
fn a_document_with_another_number_is_found() {
    let sample = Sample::new();
    let source = sample.source(1, &[]);
    assert_eq!(cross_check::letter::letter("函", source, b"no document").len(), 1);
}
