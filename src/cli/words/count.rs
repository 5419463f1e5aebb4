//! Numbers with their measure words, in one place: 3 个文件, 12 条隐患, 5 家单位.

/// Files.
pub fn files(number: usize) -> String {
    format!("{number} 个文件")
}

/// Hazards.
pub fn hazards(number: usize) -> String {
    format!("{number} 条隐患")
}

/// Records as read.
pub fn records(number: usize) -> String {
    format!("{number} 条记录")
}

/// Values of the ledger.
pub fn values(number: usize) -> String {
    format!("{number} 处")
}

/// Diagnostics by severity: `3 个错误，2 个警告，没有提示` shortened to what there is.
pub fn diagnostics(errors: usize, warnings: usize, notes: usize) -> String {
    let parts: Vec<String> = [(errors, "错误"), (warnings, "警告"), (notes, "提示")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} 个{what}"))
        .collect();
    if parts.is_empty() { "没有问题".to_owned() } else { parts.join("，") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_there_is_is_counted() {
        let check = |numbers: (usize, usize, usize), expected: &str| assert_eq!(diagnostics(numbers.0, numbers.1, numbers.2), expected);
        check((0, 0, 0), "没有问题");
        check((2, 0, 7), "2 个错误，7 个提示");
        check((0, 1, 0), "1 个警告");
    }
}
