//! The canonical fields of a hazard: JSON key, ledger column, kind of value, who owns it.
//!
//! The order of the enum is the order of the ledger's columns.

/// A canonical field of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Field {
    Id,
    Unit,
    Category,
    Location,
    Description,
    Level,
    Basis,
    Source,
    FoundOn,
    FoundBy,
    Measure,
    Leader,
    Department,
    Responsible,
    Phone,
    Funds,
    Deadline,
    ExtendedTo,
    Plan,
    InterimControl,
    Guard,
    Supervision,
    Status,
    Progress,
    RectifiedOn,
    VerifiedBy,
    VerifiedOn,
    ClosedOutOn,
    Remark,
    Origin,
    SubmittedOn,
    MergedInto,
}

/// A set of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FieldSet(u32);

impl FieldSet {
    /// Adds a field.
    pub fn insert(&mut self, field: Field) {
        self.0 |= 1 << field as u32;
    }

    /// True if the field is among them.
    pub fn contains(self, field: Field) -> bool {
        self.0 & (1 << field as u32) != 0
    }
}

impl Field {
    /// Every field, in ledger order.
    pub const ALL: [Field; 32] = [
        Field::Id,
        Field::Unit,
        Field::Category,
        Field::Location,
        Field::Description,
        Field::Level,
        Field::Basis,
        Field::Source,
        Field::FoundOn,
        Field::FoundBy,
        Field::Measure,
        Field::Leader,
        Field::Department,
        Field::Responsible,
        Field::Phone,
        Field::Funds,
        Field::Deadline,
        Field::ExtendedTo,
        Field::Plan,
        Field::InterimControl,
        Field::Guard,
        Field::Supervision,
        Field::Status,
        Field::Progress,
        Field::RectifiedOn,
        Field::VerifiedBy,
        Field::VerifiedOn,
        Field::ClosedOutOn,
        Field::Remark,
        Field::Origin,
        Field::SubmittedOn,
        Field::MergedInto,
    ];

    /// Position in [`Field::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// JSON key and campaign YAML key: stable.
    pub fn key(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Unit => "unit",
            Field::Category => "category",
            Field::Location => "location",
            Field::Description => "description",
            Field::Level => "level",
            Field::Basis => "basis",
            Field::Source => "source",
            Field::FoundOn => "found_on",
            Field::FoundBy => "found_by",
            Field::Measure => "measure",
            Field::Leader => "leader",
            Field::Department => "department",
            Field::Responsible => "responsible",
            Field::Phone => "phone",
            Field::Funds => "funds",
            Field::Deadline => "deadline",
            Field::ExtendedTo => "extended_to",
            Field::Plan => "plan",
            Field::InterimControl => "interim_control",
            Field::Guard => "guard",
            Field::Supervision => "supervision",
            Field::Status => "status",
            Field::Progress => "progress",
            Field::RectifiedOn => "rectified_on",
            Field::VerifiedBy => "verified_by",
            Field::VerifiedOn => "verified_on",
            Field::ClosedOutOn => "closed_out_on",
            Field::Remark => "remark",
            Field::Origin => "origin",
            Field::SubmittedOn => "submitted_on",
            Field::MergedInto => "merged_into",
        }
    }

    /// The ledger's column title.
    pub fn title(self) -> &'static str {
        match self {
            Field::Id => "编号",
            Field::Unit => "单位名称",
            Field::Category => "类别",
            Field::Location => "部位",
            Field::Description => "隐患描述",
            Field::Level => "等级",
            Field::Basis => "依据",
            Field::Source => "隐患来源",
            Field::FoundOn => "发现日期",
            Field::FoundBy => "排查人",
            Field::Measure => "整改措施",
            Field::Leader => "责任领导",
            Field::Department => "责任部门",
            Field::Responsible => "责任人",
            Field::Phone => "联系电话",
            Field::Funds => "整改资金（万元）",
            Field::Deadline => "整改期限",
            Field::ExtendedTo => "延期至",
            Field::Plan => "应急预案",
            Field::InterimControl => "临时管控措施",
            Field::Guard => "盯防人",
            Field::Supervision => "督办",
            Field::Status => "状态",
            Field::Progress => "进展情况",
            Field::RectifiedOn => "整改完成日期",
            Field::VerifiedBy => "验收人",
            Field::VerifiedOn => "验收日期",
            Field::ClosedOutOn => "销号日期",
            Field::Remark => "备注",
            Field::Origin => "来源",
            Field::SubmittedOn => "最近报送",
            Field::MergedInto => "并入编号",
        }
    }

    /// The field with this JSON key.
    pub fn from_key(key: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.key() == key)
    }

    /// Whether the field holds a date.
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Field::FoundOn
                | Field::Deadline
                | Field::ExtendedTo
                | Field::RectifiedOn
                | Field::VerifiedOn
                | Field::ClosedOutOn
                | Field::SubmittedOn
        )
    }

    /// Whether only the bureau sets it; a unit's differing value is a conflict. (`level` becomes
    /// bureau-owned after its first report, `status` only for closed out and withdrawn.)
    pub fn is_bureau_owned(self) -> bool {
        matches!(self, Field::Id | Field::ExtendedTo | Field::Supervision | Field::VerifiedBy | Field::VerifiedOn | Field::ClosedOutOn)
    }
}
