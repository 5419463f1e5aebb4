//! The campaigns that come with the program: complete files, made runnable by `init --from`.

/// One shipped campaign.
#[derive(Debug, Clone, Copy)]
pub struct Shipped {
    /// Its code, the argument of `init --from`.
    pub name: &'static str,
    pub yaml: &'static str,
    pub units_csv: &'static str,
    /// 上期结转: the file that its `carry_over` names, and its text.
    pub carry_over: Option<(&'static str, &'static str)>,
}

static SHIPPED: [Shipped; 5] = [
    Shipped {
        name: "wushen-2023",
        yaml: include_str!("../../campaigns/wushen-2023.yaml"),
        units_csv: include_str!("../../campaigns/wushen-2023/units.csv"),
        carry_over: None,
    },
    Shipped {
        name: "four-topics-2020",
        yaml: include_str!("../../campaigns/four-topics-2020.yaml"),
        units_csv: include_str!("../../campaigns/four-topics-2020/units.csv"),
        carry_over: Some(("前次大排查隐患台账.csv", include_str!("../../campaigns/four-topics-2020/前次大排查隐患台账.csv"))),
    },
    Shipped {
        name: "jinshan-2021",
        yaml: include_str!("../../campaigns/jinshan-2021.yaml"),
        units_csv: include_str!("../../campaigns/jinshan-2021/units.csv"),
        carry_over: None,
    },
    Shipped {
        name: "winter-2023",
        yaml: include_str!("../../campaigns/winter-2023.yaml"),
        units_csv: include_str!("../../campaigns/winter-2023/units.csv"),
        carry_over: None,
    },
    Shipped {
        name: "zhudao-2020",
        yaml: include_str!("../../campaigns/zhudao-2020.yaml"),
        units_csv: include_str!("../../campaigns/zhudao-2020/units.csv"),
        carry_over: None,
    },
];

/// All shipped campaigns; the one that a new workspace starts from stands first.
pub fn shipped() -> &'static [Shipped] {
    &SHIPPED
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::shipped;
    use crate::campaign::UnitMatch;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;
    use crate::diagnostic::Severity;
    use crate::source::SourceFile;

    #[test]
    fn every_shipped_campaign_can_be_worked_with() {
        for shipped in shipped() {
            let file = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
            let campaign = read_campaign(&file("campaign.yaml", shipped.yaml));
            let errors: Vec<_> = campaign.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{}: {errors:#?}", shipped.name);
            let campaign = campaign.campaign.expect("it has no error");
            assert_eq!(campaign.code, shipped.name);
            assert_eq!(campaign.carry_over.map(|carry_over| carry_over.file).as_deref(), shipped.carry_over.map(|(file, _)| file));
            let roster = read_roster(&file("units.csv", shipped.units_csv));
            assert!(roster.diagnostics.is_empty(), "{}: {:#?}", shipped.name, roster.diagnostics);
            let roster = roster.roster.expect("a shipped roster has its titles");
            for (index, unit) in roster.units.iter().enumerate() {
                assert_eq!(roster.find(&unit.name), UnitMatch::Exact(index), "{}", unit.name);
                for alias in &unit.aliases {
                    assert_eq!(roster.find(alias), UnitMatch::Alias(index), "{alias}");
                }
                assert_eq!(roster.match_in_text(&format!("附件2--{}台账", unit.name)), [index], "{}", unit.name);
            }
        }
    }
}
