//! Answers as JSON.
use std::fmt::Write;

use super::contract::{Contract, Field, Flow, Form, Fresh};
use super::{Api, Bean, Graph, Node, Type, contract_of};

/// The JSON of an answer: beans with `@type`, `@id` and every field of their class, nulls and
/// all. A bean that was written before is only the number of its `@id`.
///
/// A field that a bean does not have is written as in a fresh object: null, false, 0, or what
/// the contract says; `Node::Null` is null.
pub fn write(graph: &Graph, root: &Node) -> String {
    write_in(Api::Of2023, graph, root)
}

/// As [`write()`], with the fields of a version of the interface.
pub fn write_in(api: Api, graph: &Graph, root: &Node) -> String {
    let mut writer = Writer {
        graph,
        contract: contract_of(api),
        ids: vec![0; graph.len()],
        last_id: 0,
        text: String::new(),
    };
    writer.node(root);
    writer.text
}

struct Writer<'g> {
    graph: &'g Graph,
    contract: &'static Contract,
    /// The `@id` of each bean; 0 where it was not written yet.
    ids: Vec<usize>,
    last_id: usize,
    text: String,
}

impl Writer<'_> {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Null => self.text.push_str("null"),
            Node::Flag(flag) => self.text.push_str(if *flag { "true" } else { "false" }),
            Node::Integer(number) => {
                let _ = write!(self.text, "{number}");
            }
            Node::Real(number) => self.real(*number),
            Node::Text(text) => self.quoted(text),
            Node::List(items) => self.list(items),
            Node::Map(entries) => self.map(entries),
            Node::Bean(number) => self.bean(*number),
        }
    }

    /// JSON has no infinity and no "not a number": they go as text.
    fn real(&mut self, number: f64) {
        if number.is_finite() {
            let _ = write!(self.text, "{number:?}");
        } else if number.is_nan() {
            self.quoted("NaN");
        } else {
            self.quoted(if number > 0.0 { "Infinity" } else { "-Infinity" });
        }
    }

    fn quoted(&mut self, text: &str) {
        quote(text, &mut self.text);
    }

    fn list(&mut self, items: &[Node]) {
        self.text.push('[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.node(item);
        }
        self.text.push(']');
    }

    fn map(&mut self, entries: &[(String, Node)]) {
        self.text.push('{');
        for (index, (key, value)) in entries.iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.quoted(key);
            self.text.push(':');
            self.node(value);
        }
        self.text.push('}');
    }

    fn bean(&mut self, number: usize) {
        if self.ids[number] > 0 {
            self.text.push_str(&self.ids[number].to_string());
            return;
        }
        let graph = self.graph;
        let bean = graph.bean(number);
        self.ids[number] = self.begin(bean.class);
        match self.contract.class(bean.class) {
            Some(class) => self.fields(&class.fields, Some(bean)),
            None => bean.fields.iter().for_each(|(name, node)| self.member(name, node)),
        }
        self.text.push('}');
    }

    /// `@type` and `@id` of a new object.
    fn begin(&mut self, class: &str) -> usize {
        self.last_id += 1;
        let id = self.last_id;
        let _ = write!(self.text, "{{\"@type\":\"{class}\",\"@id\":{id}");
        id
    }

    fn fields(&mut self, fields: &[Field], bean: Option<&Bean>) {
        for field in fields.iter().filter(|field| field.flow != Flow::In && !field.newer)
        {
            let found = bean.and_then(|bean| {
                bean.fields
                    .iter()
                    .find(|(name, _)| *name == field.name)
                    .map(|(_, node)| node)
            });
            match found {
                Some(node) => self.member(field.name, node),
                None => self.fresh(field),
            }
        }
    }

    fn name(&mut self, name: &str) {
        self.text.push_str(",\"");
        self.text.push_str(name);
        self.text.push_str("\":");
    }

    fn member(&mut self, name: &str, node: &Node) {
        self.name(name);
        self.node(node);
    }

    fn fresh(&mut self, field: &Field) {
        self.name(field.name);
        match field.fresh {
            Fresh::Empty => self.text.push_str(empty(&field.ty)),
            Fresh::List => self.text.push_str("[]"),
            Fresh::Map => self.text.push_str("{}"),
            Fresh::True => self.text.push_str("true"),
            Fresh::Text(text) => self.quoted(text),
            Fresh::Bean(class) => {
                self.begin(class);
                if let Some(class) = self.contract.class(class) {
                    self.fields(&class.fields, None);
                }
                self.text.push('}');
            }
        }
    }
}

/// What a field of the type holds when nobody has set it.
fn empty(ty: &Type) -> &'static str {
    match ty {
        Type::Flag(Form::Primitive) => "false",
        Type::Int(Form::Primitive) | Type::Long(Form::Primitive) => "0",
        Type::Double => "0.0",
        Type::Flag(Form::Boxed)
        | Type::Int(Form::Boxed)
        | Type::Long(Form::Boxed)
        | Type::Void
        | Type::Any
        | Type::Text
        | Type::Number
        | Type::Date
        | Type::Bytes
        | Type::List(_)
        | Type::Map(_)
        | Type::Named(_) => "null",
    }
}

/// Writes text as a JSON string.
pub(crate) fn quote(text: &str, into: &mut String) {
    into.push('"');
    for c in text.chars() {
        match c {
            '"' => into.push_str("\\\""),
            '\\' => into.push_str("\\\\"),
            '\n' => into.push_str("\\n"),
            '\r' => into.push_str("\\r"),
            '\t' => into.push_str("\\t"),
            c if c < ' ' => {
                let _ = write!(into, "\\u{:04x}", u32::from(c));
            }
            c => into.push(c),
        }
    }
    into.push('"');
}

#[cfg(test)]
mod tests {
    use super::super::{Graph, Node};
    use super::write;

    #[test]
    fn a_bean_has_every_field_of_its_class_and_is_a_number_when_it_comes_again() {
        let mut graph = Graph::new();
        let id = graph.add("as.dto.space.id.SpacePermId");
        graph.set(id, "permId", "LAB \"1\"");
        let root = Node::List(vec![Node::Bean(id), Node::Null, Node::Bean(id)]);
        let expected = r#"[{"@type":"as.dto.space.id.SpacePermId","@id":1,"permId":"LAB \"1\""},null,1]"#;
        assert_eq!(write(&graph, &root), expected);
    }

    #[test]
    fn what_nobody_has_set_is_as_in_a_fresh_object() {
        let mut graph = Graph::new();
        let options = graph.add("as.dto.space.fetchoptions.SpaceFetchOptions");
        graph.set(options, "projects", Node::Bean(options));
        let expected = r#"{"@type":"as.dto.space.fetchoptions.SpaceFetchOptions","@id":1,"count":null,"from":null,"cacheMode":"NO_CACHE","registrator":null,"samples":null,"projects":1,"sort":null,"sortBy":null}"#;
        assert_eq!(write(&graph, &Node::Bean(options)), expected);
    }
}
