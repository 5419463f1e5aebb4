//! Sheets that hold no ledger of hazards: instructions, lists of words to choose from, tables that classify.

use crate::records::grid::Grid;
use crate::records::header::HeaderBlock;
use crate::tables::Value;
use crate::vocabulary::Concept;
use crate::vocabulary::Field;
use crate::vocabulary::label_key;

/// 填写说明, 说明, 字典: sheets that tell how to fill in.
pub fn is_instruction_sheet(name: &str) -> bool {
    let key = label_key(name);
    ["说明", "填表说明", "填写说明", "填报说明", "字典", "选项", "下拉选项", "数据字典", "机构名单", "单位名单", "名册", "参数", "下拉列表"]
        .contains(&key.as_str())
}

/// Whether a table has a column for what its hazards are.
pub fn has_description(block: &HeaderBlock) -> bool {
    block.labels.iter().any(|label| matches!(label.concept, Some(Concept::Field(Field::Description) | Concept::WeakDescription)))
}

/// Whether a table says of each hazard where it is, when it was found, who sees to it or how far it is.
pub fn tells_a_case(block: &HeaderBlock) -> bool {
    block.labels.iter().any(|label| match label.concept {
        Some(Concept::Field(field)) => !matches!(
            field,
            Field::Description
                | Field::Level
                | Field::Category
                | Field::Basis
                | Field::Measure
                | Field::Remark
                | Field::Id
                | Field::Supervision
        ),
        Some(Concept::WeakDescription | Concept::Known | Concept::Sequence | Concept::SequenceOrId | Concept::MajorFlag) | None => false,
        Some(_) => true,
    })
}

/// Whether a sheet classifies hazards (类别, 描述, 等级) and tells of none that was found: no column says where, when, who or
/// how far.
pub fn is_reference(blocks: &[HeaderBlock]) -> bool {
    let classed = |block: &HeaderBlock| {
        block
            .labels
            .iter()
            .any(|label| matches!(label.concept, Some(Concept::Field(Field::Category | Field::Level | Field::Basis) | Concept::MajorFlag)))
    };
    !blocks.is_empty() && blocks.iter().all(|block| has_description(block) && classed(block) && !tells_a_case(block))
}

/// Whether a sheet lists words to choose from (类别, 等级, 状态 …): no column says what a hazard is, who does what about it
/// or by when, and no cell holds a sentence or a day.
pub fn is_list_of_words(grid: &Grid<'_>, blocks: &[HeaderBlock]) -> bool {
    let of_words = |concept: Option<Concept>| match concept {
        None | Some(Concept::Known | Concept::Sequence | Concept::SequenceOrId | Concept::Statistic | Concept::CloseOutFlag) => true,
        Some(Concept::MajorFlag | Concept::UnitOrDepartment | Concept::StatusOrProgress) => true,
        Some(Concept::Field(field)) => matches!(
            field,
            Field::Category
                | Field::Level
                | Field::Status
                | Field::Location
                | Field::Source
                | Field::Unit
                | Field::Department
                | Field::Supervision
        ),
        _ => false,
    };
    let first = blocks.first().map_or(0, |block| block.first);
    !blocks.is_empty()
        && blocks.iter().all(|block| block.labels.iter().all(|label| of_words(label.concept)))
        && (first..grid.rows().len()).flat_map(|index| grid.cells(index)).all(|cell| match grid.sheet.value(*cell) {
            Value::Text(text) => text.chars().count() <= 20,
            Value::Number(_) => true,
            _ => false,
        })
}
