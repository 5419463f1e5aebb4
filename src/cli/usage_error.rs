//! A wrong command line, told in Chinese: what is wrong, what was probably meant, where to read on.
//!
//! Takes clap's error apart by kind and context; its English text is never shown.

use std::error::Error as _;

use clap::Command;
use clap::Error;
use clap::error::ContextKind;
use clap::error::ContextValue;
use clap::error::ErrorKind;

use crate::cli::failure::Failure;

/// The failure to show for clap's error (not for help and version, which are no errors).
pub fn failure(error: &Error, grammar: &Command, words: &[String]) -> Failure {
    let mut help = Vec::new();
    if let Some(meant) = meant(error) {
        help.push(format!("是不是想输入 {meant}？"));
    }
    help.push(read_on(grammar, words));
    Failure::usage(sentence(error), help.join(""))
}

fn sentence(error: &Error) -> String {
    let argument = first(error, ContextKind::InvalidArg);
    let value = first(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", first(error, ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "没有写命令".to_owned(),
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("没有“{argument}”这个选项"),
        ErrorKind::UnknownArgument => format!("多了一个参数“{argument}”"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面缺少值"),
        ErrorKind::InvalidValue => {
            let possible = all(error, ContextKind::ValidValue);
            if possible.is_empty() {
                format!("“{argument}”的值“{value}”不对")
            } else {
                format!("“{argument}”的值“{value}”不对，只能是 {}", possible.join("、"))
            }
        }
        ErrorKind::ValueValidation => {
            let reason = error.source().map(|source| source.to_string()).filter(|reason| !reason.is_empty());
            match reason {
                Some(reason) => format!("“{argument}”的值“{value}”不对：{reason}"),
                None => format!("“{argument}”的值“{value}”不对"),
            }
        }
        ErrorKind::MissingRequiredArgument => format!("缺少必须给出的 {}", all(error, ContextKind::InvalidArg).join("、")),
        ErrorKind::ArgumentConflict => {
            let others = all(error, ContextKind::PriorArg);
            match others.first() {
                Some(other) if *other != argument => format!("“{argument}”不能和“{other}”一起用"),
                _ => format!("“{argument}”只能写一次"),
            }
        }
        ErrorKind::TooManyValues => format!("“{argument}”后面的值“{value}”是多余的"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("“{argument}”后面的值个数不对"),
        ErrorKind::NoEquals => format!("“{argument}”和它的值之间要写等号"),
        ErrorKind::InvalidUtf8 => "命令行中有无法识别的字符（不是 UTF-8）".to_owned(),
        _ => "命令写法不对".to_owned(),
    }
}

fn meant(error: &Error) -> Option<String> {
    [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue].into_iter().find_map(|kind| {
        let words = all(error, kind);
        (!words.is_empty()).then(|| words.join(" 或 "))
    })
}

/// Where the right way to write it can be read: the help of the command that was meant, if one was.
fn read_on(grammar: &Command, words: &[String]) -> String {
    let command = words.iter().skip(1).find_map(|word| grammar.find_subcommand(word));
    match command {
        Some(command) => format!("写法和例子见 qingdan {} --help", command.get_name()),
        None => "全部命令见 qingdan --help".to_owned(),
    }
}

fn first(error: &Error, kind: ContextKind) -> String {
    all(error, kind).into_iter().next().unwrap_or_default()
}

fn all(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![bare(text)],
        Some(ContextValue::Strings(texts)) => texts.iter().map(|text| bare(text)).collect(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

/// clap writes `[路径]...`; three dots are not Chinese.
fn bare(text: &str) -> String {
    text.replace("...", "…")
}
