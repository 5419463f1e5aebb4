//! Two things about people in one cell (后勤科/张三, 李四 13800000000), told apart by what each looks like.

use crate::records::units::is_department;
use crate::vocabulary::Field;

/// Splits the text of a column that holds both fields. A text whose parts cannot be told apart stays whole, in the
/// field of the person if the column has one.
pub fn split_people(fields: (Field, Field), text: &str) -> Vec<(Field, &str)> {
    let both = [fields.0, fields.1];
    let person = both.into_iter().find(|field| matches!(field, Field::Responsible | Field::Leader));
    let whole = person.unwrap_or(fields.0);
    let between = |character: char| character.is_whitespace() || "/／、，,；;：:（）()—-+".contains(character);
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    // A fixed line has a dash of its own.
    let parts: Vec<&str> = if both.contains(&Field::Phone) {
        let start = text.find(|character: char| character.is_ascii_digit()).unwrap_or(text.len());
        let (before, after) = text.split_at(start);
        [before.trim_matches(between), after.trim_end_matches(between)].into_iter().filter(|part| !part.is_empty()).collect()
    } else {
        text.split(between).filter(|part| !part.is_empty()).collect()
    };
    let looks_like = |part: &str| {
        let length = part.chars().count();
        both.into_iter().find(|field| match field {
            Field::Phone => digits(part) >= 7,
            Field::Department => is_department(part) && digits(part) < 7,
            Field::Responsible | Field::Leader => (2..=4).contains(&length) && digits(part) == 0 && !is_department(part),
            _ => false,
        })
    };
    match parts.as_slice() {
        [only] => vec![(looks_like(only).unwrap_or(whole), only)],
        [first, second] => match (looks_like(first), looks_like(second)) {
            (Some(one), Some(other)) if one != other => vec![(one, first), (other, second)],
            (Some(one), None) if one != whole => vec![(one, first), (whole, second)],
            // Two names of people or departments, in the order of the title.
            (Some(one), Some(_)) if !both.contains(&Field::Phone) && both.contains(&Field::Leader) && one != Field::Department => {
                vec![(fields.0, first), (fields.1, second)]
            }
            _ => vec![(whole, text)],
        },
        _ => vec![(whole, text)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_go_where_they_belong() {
        let (department, responsible, phone, leader) = (Field::Department, Field::Responsible, Field::Phone, Field::Leader);
        for (fields, text, expected) in [
            ((department, responsible), "后勤科/周平", vec![(department, "后勤科"), (responsible, "周平")]),
            ((department, responsible), "周平（后勤科）", vec![(responsible, "周平"), (department, "后勤科")]),
            ((department, responsible), "后勤科", vec![(department, "后勤科")]),
            ((department, responsible), "周平", vec![(responsible, "周平")]),
            ((department, responsible), "周平、吴敏", vec![(responsible, "周平、吴敏")]),
            ((responsible, phone), "周平 13800000001", vec![(responsible, "周平"), (phone, "13800000001")]),
            ((responsible, phone), "周平：0470-0000000", vec![(responsible, "周平"), (phone, "0470-0000000")]),
            ((responsible, phone), "13800000001", vec![(phone, "13800000001")]),
            ((leader, responsible), "李强/周平", vec![(leader, "李强"), (responsible, "周平")]),
        ] {
            assert_eq!(split_people(fields, text), expected, "{text}");
        }
    }
}
