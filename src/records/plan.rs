//! How to read the rows under one header: what each column means, ready for look-up by column number.

use std::collections::HashMap;
use std::sync::Arc;

use crate::records::columns::Settled;
use crate::records::funds::FundsUnit;
use crate::records::funds::unit_of_title;
use crate::records::header::HeaderBlock;
use crate::records::kept::KeptNames;
use crate::records::sheet::ColumnMeaning;
use crate::records::sheet::ColumnReading;
use crate::records::sheet::Ticked;
use crate::vocabulary::Field;
use crate::vocabulary::label_key;
use crate::vocabulary::rows::names_check_item;

/// The reading plan of a table, or of one 隐患n of a wide table.
pub struct Plan {
    /// Indexed by column number; `None` for columns without a title.
    roles: Vec<Option<Role>>,
    pub columns: Vec<ColumnReading>,
    /// Columns that belong to this block alone (wide tables); empty otherwise.
    pub own_columns: Vec<u32>,
    pub status_from: Option<(u32, String)>,
    pub major_flag: Option<u32>,
    /// 检查结果, 检查情况: columns that may say that an item was found in order.
    pub check_results: Vec<u32>,
    pub has_passed_ticks: bool,
    /// The table prints what is to be looked at (检查内容, 检查标准).
    pub is_checklist: bool,
    pub is_ledger: bool,
    pub own_paper: bool,
    pub unit_by_values: Option<u32>,
    pub funds_unit: FundsUnit,
    /// Which fields have a column, with it.
    pub fields: Vec<(Field, u32)>,
    /// Columns that hold two fields each.
    pub both: Vec<(Field, Field, u32)>,
}

/// What a column is to the reader of rows.
#[derive(Clone)]
pub struct Role {
    pub meaning: ColumnMeaning,
    pub title: Arc<str>,
    /// The name under which its texts are kept when they belong to no field.
    pub kept_as: Arc<str>,
}

impl Plan {
    /// Builds the plan from settled columns.
    pub fn new(settled: Settled, own_columns: Vec<u32>) -> Plan {
        let last = settled.columns.iter().map(|column| column.column).max().unwrap_or(0);
        let mut roles = vec![None; last as usize + 1];
        let mut fields = Vec::new();
        let mut both = Vec::new();
        let mut names = KeptNames::default();
        let mut funds_unit = FundsUnit::Unstated;
        for column in &settled.columns {
            if let ColumnMeaning::Both(first, second) = column.meaning {
                both.push((first, second, column.column));
            }
            if let ColumnMeaning::Field(field) = column.meaning {
                fields.push((field, column.column));
                if field == Field::Funds {
                    funds_unit = unit_of_title(&column.title);
                }
            }
            let title: Arc<str> = Arc::from(column.title.as_str());
            // A number of the unit's own may be set aside under a name of its own; the ledger's 编号 never is.
            let kept = !matches!(column.meaning, ColumnMeaning::Field(field) if field != Field::Id || settled.is_ledger);
            let kept_as = if kept { names.name(&title) } else { title.clone() };
            roles[column.column as usize] = Some(Role { meaning: column.meaning.clone(), title, kept_as });
        }
        let is_checklist = settled.columns.iter().any(|column| names_check_item(&column.title));
        let has_passed_ticks = settled.columns.iter().any(|column| matches!(column.meaning, ColumnMeaning::Tick(Ticked::Passed(_))));
        Plan {
            check_results: settled.check_results,
            has_passed_ticks,
            is_checklist,
            roles,
            columns: settled.columns,
            own_columns,
            status_from: settled.status_from,
            major_flag: settled.major_flag,
            is_ledger: settled.is_ledger,
            own_paper: settled.own_paper,
            unit_by_values: settled.unit_by_values,
            funds_unit,
            fields,
            both,
        }
    }

    /// The role of a column.
    pub fn role(&self, column: u32) -> Option<&Role> {
        self.roles.get(column as usize)?.as_ref()
    }

    /// The column of a field.
    pub fn column_of(&self, field: Field) -> Option<u32> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, column)| *column)
    }

    /// The name under which texts of a column are kept that belong to no field.
    pub fn kept_as(&self, column: u32) -> Arc<str> {
        self.role(column).map_or_else(|| Arc::from(""), |role| role.kept_as.clone())
    }

    /// The title of a column as written.
    pub fn title(&self, column: u32) -> &str {
        self.role(column).map_or("", |role| &role.title)
    }
}

/// The titles of a header by column, to recognise the header when it is printed again.
pub struct HeaderTitles {
    by_column: HashMap<u32, Vec<String>>,
}

impl HeaderTitles {
    /// The titles of a block.
    pub fn new(block: &HeaderBlock) -> HeaderTitles {
        let by_column =
            block.labels.iter().map(|label| (label.column, label.chain.iter().map(|title| label_key(title)).collect())).collect();
        HeaderTitles { by_column }
    }

    /// Whether a cell repeats the title of its column.
    pub fn repeats(&self, column: u32, text: &str) -> bool {
        let Some(titles) = self.by_column.get(&column) else { return false };
        if text.len() > 150 || !titles.iter().any(|title| title.chars().next() == text.chars().next()) {
            return false;
        }
        let key = label_key(text);
        titles.contains(&key)
    }
}
