//! JSON Schema of `campaign.yaml`, for editors: made from the key tables that the reader itself uses.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::campaign::keys::CAMPAIGN;
use crate::campaign::keys::FULFILMENT;
use crate::campaign::keys::Kind;
use crate::campaign::keys::Table;
use crate::vocabulary::Field;

/// The schema (draft 2020-12), with Chinese descriptions.
pub fn schema() -> Value {
    let mut schema = table(&CAMPAIGN);
    if let Value::Object(root) = &mut schema {
        root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        root.insert("title".to_owned(), json!("qingdan 专项整治方案 campaign.yaml"));
    }
    schema
}

fn table(table: &Table) -> Value {
    let mut properties = Map::new();
    for key in table.keys {
        let mut value = kind(key.kind);
        if let Value::Object(object) = &mut value {
            object.insert("description".to_owned(), json!(key.meaning));
        }
        let value = if key.mandatory { value } else { or_null(value) };
        properties.insert(key.name.to_owned(), value);
    }
    let required: Vec<&str> = table.keys.iter().filter(|key| key.mandatory).map(|key| key.name).collect();
    let object = json!({
        "type": "object",
        "title": table.name,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    match table.short {
        Some(_) => json!({"anyOf": [object, {"type": "string"}]}),
        None => object,
    }
}

/// An optional key may be left empty. The description stays outside, where editors look for it.
fn or_null(value: Value) -> Value {
    let Value::Object(mut object) = value else { return value };
    let description = object.remove("description").unwrap_or_default();
    json!({"description": description, "anyOf": [object, {"type": "null"}]})
}

fn kind(kind: Kind) -> Value {
    let text = json!({"type": ["string", "number"]});
    let texts = json!({"anyOf": [{"type": "array", "items": text}, text]});
    match kind {
        // Codes and dates may look like numbers to YAML: 2023, 0101.
        Kind::Text | Kind::Code | Kind::Date => text,
        Kind::Time => json!({"type": "string", "pattern": "^[0-9]{1,2}[:：][0-9]{2}$"}),
        Kind::Count => json!({"type": "integer", "minimum": 0}),
        Kind::Points => json!({"type": "number", "minimum": 0}),
        Kind::Share => json!({"type": "number", "minimum": 0, "maximum": 1}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Days => json!({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+[dD天日]?$"}]}),
        Kind::Workdays => {
            json!({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+(wd|WD|个工作日|工作日)?$"}]})
        }
        Kind::OneOf(words) => {
            let choices: Vec<Value> = words.iter().map(|(word, meaning)| json!({"const": word, "description": meaning})).collect();
            json!({"oneOf": choices})
        }
        Kind::Texts | Kind::Names => texts,
        Kind::Fulfilments => {
            let one = json!({"anyOf": [text, table(&FULFILMENT)]});
            json!({"anyOf": [{"type": "array", "items": one}, one]})
        }
        Kind::FieldNames => {
            let names: Vec<Value> = Field::ALL.iter().map(|field| json!({"const": field.key(), "description": field.title()})).collect();
            json!({"type": "array", "items": {"oneOf": names}})
        }
        Kind::Table(part) => table(part),
        Kind::List(part) => json!({"type": "array", "items": table(part)}),
        Kind::NamedDates => {
            json!({"type": "object", "additionalProperties": {"anyOf": [text, {"type": "null"}]}})
        }
        Kind::WordLists(words) => {
            let mut properties = Map::new();
            for (key, label) in words.keys() {
                properties.insert(key.to_owned(), json!({"description": label, "anyOf": [{"type": "array", "items": text}, text]}));
            }
            json!({"type": "object", "properties": properties, "additionalProperties": false})
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::schema;

    #[test]
    fn the_schema_names_every_key_with_a_description() {
        let schema = schema();
        assert_eq!(schema["required"], serde_json::json!(["campaign", "title", "issuer", "period", "units"]));
        let phases = &schema["properties"]["phases"]["anyOf"][0]["items"]["properties"];
        assert_eq!(phases["end"]["description"], "结束日期，如 2023年7月底前");
        for (name, property) in schema["properties"].as_object().expect("properties are an object") {
            assert!(matches!(&property["description"], Value::String(text) if !text.is_empty()), "{name}");
        }
    }
}
