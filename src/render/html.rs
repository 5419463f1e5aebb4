//! The dashboard → one HTML page that holds everything it needs: style, script, drawings.
//!
//! The page asks the network for nothing, and its Content-Security-Policy forbids it to. Texts are escaped by the template engine, without
//! exception; style and script are ours. The script only adds sorting and searching, all content is there without it.

mod charts;
mod marks;

use minijinja::Environment;
use minijinja::UndefinedBehavior;
use minijinja::Value;
use minijinja::context;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;

use crate::documents::dashboard::Dashboard;
use crate::render::html::charts::BarChart;
use crate::render::outcome::RenderError;

pub use marks::Marked;
pub use marks::marked;

/// The name ends in `.html`, which turns escaping on.
const TEMPLATE: &str = "dashboard.html";

/// The page as UTF-8.
pub fn html(dashboard: &Dashboard) -> Result<Vec<u8>, RenderError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_template(TEMPLATE, include_str!("html/dashboard.html"))?;
    let breakdowns: Vec<BarChart> = dashboard.breakdowns.iter().map(|breakdown| charts::stacked(&breakdown.bars)).collect();
    let page = environment.get_template(TEMPLATE)?.render(context! {
        page => serialized(dashboard),
        course => serialized(charts::course(&dashboard.course)),
        ageing => serialized(charts::ageing(&dashboard.ageing)),
        breakdowns => serialized(&breakdowns),
        states => serialized(charts::legend()),
        style => Value::from_safe_string(include_str!("html/dashboard.css").to_owned()),
        script => Value::from_safe_string(include_str!("html/dashboard.js").to_owned()),
    })?;
    // The macros at the head of the template leave line ends behind.
    Ok(page.trim_start().as_bytes().to_vec())
}

fn serialized<T: Serialize>(value: T) -> Value {
    Value::from(Serde(value))
}
