//! Holds a tree against the key tables: unknown, missing and doubled keys, values of the wrong kind.
//!
//! Everything that can be said without knowing what the values mean is said here, once, for every
//! key. What passes can be read without further complaint; what does not is reported here alone.

use crate::campaign::keys::FULFILMENT;
use crate::campaign::keys::Key;
use crate::campaign::keys::Kind;
use crate::campaign::keys::Table;
use crate::campaign::places::Places;
use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::scalar;
use crate::campaign::tree::Entry;
use crate::campaign::tree::Node;
use crate::campaign::tree::NodeValue;
use crate::campaign::tree::Position;
use crate::diagnostic::Severity;
use crate::vocabulary::Field;
use crate::vocabulary::likeness::meant_key;

/// Checks `root` against `table`, reports what is wrong and remembers where everything stands.
pub fn check(root: &Node, table: &'static Table, problems: &mut Problems) -> Places {
    let mut checker = Checker { problems, places: Places::default() };
    checker.table(root, table, "");
    checker.places
}

struct Checker<'a> {
    problems: &'a mut Problems,
    places: Places,
}

impl Checker<'_> {
    fn table(&mut self, node: &Node, table: &'static Table, path: &str) {
        let NodeValue::Mapping(entries) = &node.value else {
            if !(matches!(node.value, NodeValue::Scalar(_)) && table.short.is_some()) {
                self.wrong(node, path, &format!("“{}”应由若干“键: 值”组成", table.name), "改成 {键: 值, …} 的写法");
            }
            return;
        };
        for entry in entries {
            match table.key(&entry.key) {
                Some(key) => self.entry(entry, key, path),
                None => self.unknown(entry, table.name, path, &table.keys.iter().map(|key| (key.name, key.meaning)).collect::<Vec<_>>()),
            }
        }
        for key in table.keys.iter().filter(|key| key.mandatory) {
            let present = entries.iter().any(|entry| entry.key == key.name && entry.node.value != NodeValue::Null);
            if !present {
                self.missing(node.position, table, key, path);
            }
        }
    }

    fn entry(&mut self, entry: &Entry, key: &'static Key, path: &str) {
        let path = join(path, key.name);
        // A collection is pointed at by its key, a value by itself.
        let collection = matches!(entry.node.value, NodeValue::Sequence(_) | NodeValue::Mapping(_) | NodeValue::Null);
        self.places.insert(&path, if collection { entry.position } else { entry.node.position });
        if entry.node.value != NodeValue::Null {
            self.value(&entry.node, key.kind, &path);
        }
    }

    fn value(&mut self, node: &Node, kind: Kind, path: &str) {
        match kind {
            Kind::Table(table) => self.table(node, table, path),
            Kind::List(table) => self.list(node, path, "列表", |checker, item, path| checker.table(item, table, path)),
            Kind::Names => {
                self.names_in_one(node, path);
                self.value(node, Kind::Texts, path);
            }
            Kind::Texts if matches!(node.value, NodeValue::Scalar(_)) => {}
            Kind::Texts => self.list(node, path, "文字或文字的列表", |checker, item, path| checker.value(item, Kind::Text, path)),
            Kind::Fulfilments if !matches!(node.value, NodeValue::Sequence(_)) => self.table(node, &FULFILMENT, path),
            Kind::Fulfilments => self.list(node, path, "列表", |checker, item, path| checker.table(item, &FULFILMENT, path)),
            Kind::FieldNames => self.field_names(node, path),
            Kind::NamedDates => {
                let NodeValue::Mapping(entries) = &node.value else {
                    return self.wrong(node, path, "这里应由若干“事件: 日期”组成", "例如 {两会闭幕: 2024-03-11}；还没有日期的写 null");
                };
                for entry in entries {
                    let path = join(path, &entry.key);
                    self.places.insert(&path, entry.position);
                    if entry.node.value != NodeValue::Null {
                        self.value(&entry.node, Kind::Date, &path);
                    }
                }
            }
            Kind::WordLists(words) => {
                let NodeValue::Mapping(entries) = &node.value else {
                    return self.wrong(node, path, "这里应由若干“键: [词, …]”组成", "例如 columns: {deadline: [整改日期]}");
                };
                let keys = words.keys();
                for entry in entries {
                    let path = join(path, &entry.key);
                    if keys.iter().any(|(key, _)| *key == entry.key) {
                        self.places.insert(&path, entry.position);
                        self.value(&entry.node, Kind::Texts, &path);
                    } else {
                        self.unknown(entry, "本方案用词", &path, &keys);
                    }
                }
            }
            _ => match &node.value {
                NodeValue::Scalar(text) => self.scalar(node, text, kind, path),
                _ => {
                    let (expected, example) = expectation(kind);
                    self.wrong(node, path, &format!("这里应是{expected}"), &format!("例如 {example}"));
                }
            },
        }
    }

    fn list(&mut self, node: &Node, path: &str, expected: &str, mut each: impl FnMut(&mut Self, &Node, &str)) {
        let NodeValue::Sequence(items) = &node.value else {
            return self.wrong(node, path, &format!("这里应是{expected}"), "改成 [甲, 乙]，或每行一项、以“- ”开头");
        };
        for (index, item) in items.iter().enumerate() {
            let path = format!("{path}[{index}]");
            self.places.insert(&path, item.position);
            if item.value == NodeValue::Null {
                self.wrong(item, &path, "列表里有一项是空的", "写上内容，或删掉这一项");
            } else {
                each(self, item, &path);
            }
        }
    }

    /// [食安办，消防办] is one name to YAML.
    fn names_in_one(&mut self, node: &Node, path: &str) {
        let items = match &node.value {
            NodeValue::Sequence(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        for item in items {
            let NodeValue::Scalar(text) = &item.value else { continue };
            let names: Vec<&str> = text.split(['，', '、', '；']).map(str::trim).filter(|name| !name.is_empty()).collect();
            if names.len() > 1 {
                let report = Report {
                    code: "C106",
                    severity: Severity::Warning,
                    field: path.to_owned(),
                    value: Some(text.clone()),
                    message: format!("“{text}”里有中文逗号或顿号，程序把它当成一个名称"),
                    help: format!("若是 {} 个，写成 [{}]", names.len(), names.join(", ")),
                };
                self.problems.push(item.position, report);
            }
        }
    }

    fn scalar(&mut self, node: &Node, text: &str, kind: Kind, path: &str) {
        if text.trim().is_empty() {
            return self.wrong(node, path, "这里是空的", "写上内容，或删掉这个键");
        }
        let fits = match kind {
            Kind::Code => scalar::is_code(text),
            Kind::Time => scalar::time(text).is_some(),
            Kind::Count => scalar::count(text).is_some(),
            Kind::Points => scalar::points(text).is_some(),
            Kind::Share => scalar::share(text).is_some(),
            Kind::Flag => scalar::flag(text).is_some(),
            Kind::Days => scalar::days(text).is_some(),
            Kind::Workdays => scalar::workdays(text).is_some(),
            Kind::OneOf(words) => words.iter().any(|(word, _)| *word == text),
            _ => true,
        };
        if fits {
            return;
        }
        if let Kind::OneOf(words) = kind {
            let known: Vec<String> = words.iter().map(|(word, meaning)| format!("{word}（{meaning}）")).collect();
            let by_meaning = words.iter().find(|(_, meaning)| meaning.starts_with(text)).map(|(word, _)| *word);
            let help = match by_meaning.or_else(|| meant_key(text, words.iter().map(|(word, _)| *word))) {
                Some(word) => format!("是否想写 {word}？可写：{}", known.join("、")),
                None => format!("可写：{}", known.join("、")),
            };
            return self.wrong(node, path, &format!("没有“{text}”这个选项"), &help);
        }
        let (expected, example) = expectation(kind);
        self.wrong(node, path, &format!("“{text}”不是{expected}"), &format!("例如 {example}"));
    }

    fn field_names(&mut self, node: &Node, path: &str) {
        self.list(node, path, "字段的列表", |checker, item, path| {
            let NodeValue::Scalar(written) = &item.value else {
                return checker.value(item, Kind::Text, path);
            };
            if Field::from_key(written).is_some() {
                return;
            }
            let by_title = Field::ALL.iter().find(|field| field.title() == written).map(|field| field.key());
            let help = match by_title.or_else(|| meant_key(written, Field::ALL.iter().map(|field| field.key()))) {
                Some(key) => format!("是否想写 {key}？"),
                None => "五落实可写 measure、responsible、funds、deadline、plan".to_owned(),
            };
            checker.problems.push(
                item.position,
                Report {
                    code: "C061",
                    severity: Severity::Error,
                    field: path.to_owned(),
                    value: Some(written.clone()),
                    message: format!("台账里没有“{written}”这个字段"),
                    help,
                },
            );
        });
    }

    fn wrong(&mut self, node: &Node, path: &str, message: &str, help: &str) {
        let value = match &node.value {
            NodeValue::Scalar(text) => Some(text.clone()),
            _ => None,
        };
        let (message, help) = (message.to_owned(), help.to_owned());
        self.problems.push(node.position, Report { code: "C004", severity: Severity::Error, field: path.to_owned(), value, message, help });
    }

    fn unknown(&mut self, entry: &Entry, table: &str, path: &str, known: &[(&'static str, &'static str)]) {
        let by_meaning = || known.iter().find(|(_, meaning)| *meaning == entry.key).map(|(word, _)| *word);
        let near = meant_key(&entry.key, known.iter().map(|(word, _)| *word)).or_else(by_meaning);
        let help = if entry.key.contains('：') {
            "键名后面要用半角冒号加一个空格，不能用全角冒号“：”".to_owned()
        } else if entry.key.starts_with(['\u{3000}', '\u{a0}']) {
            "行首用了全角空格缩进，改成半角空格，每级缩进两个".to_owned()
        } else if let Some(word) = near {
            format!("是否想写 {word}？")
        } else {
            let names: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            format!("可用的键：{}", names.join("、"))
        };
        self.problems.push(
            entry.position,
            Report {
                code: "C002",
                severity: Severity::Error,
                field: path.to_owned(),
                value: Some(entry.key.clone()),
                message: format!("“{table}”里没有“{}”这个键", entry.key),
                help,
            },
        );
    }

    fn missing(&mut self, position: Position, table: &'static Table, key: &'static Key, path: &str) {
        self.problems.push(
            position,
            Report {
                code: "C003",
                severity: Severity::Error,
                field: join(path, key.name),
                value: None,
                message: format!("“{}”缺少必填的键 {}（{}）", table.name, key.name, key.meaning),
                help: format!("补上一行 {}: …", key.name),
            },
        );
    }
}

/// What a scalar of this kind must be, and an example.
fn expectation(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Code => ("代号（字母、数字、汉字、“-”或“_”，不含空格和标点）", "fire-safety"),
        Kind::Date => ("日期", "2023-07-31 或 2023年7月底前"),
        Kind::Time => ("时刻", "\"15:30\""),
        Kind::Count => ("数字", "3"),
        Kind::Points => ("分数（从 0 到 10000，最多两位小数）", "30 或 2.5"),
        Kind::Share => ("0 到 1 之间的数（最多两位小数）", "0.5"),
        Kind::Flag => ("true 或 false", "true"),
        Kind::Days => ("天数", "15d"),
        Kind::Workdays => ("工作日数", "5wd"),
        _ => ("文字", "某县卫生健康委员会"),
    }
}

/// The path of a key within a part.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
