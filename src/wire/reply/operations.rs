//! What became of a transaction: as its answer tells, or as the server remembers it.
use super::visit::Any;
use super::{Reply, Untyped, fields, shape};
use crate::model::Id;
use crate::wire::{Error, Fault};

/// The result of one operation of a transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operated {
    /// The ids of what was created or updated, in order.
    pub ids: Vec<Id>,
    /// What puts the deleted objects back, where they went to the trash.
    pub deletion: Option<Id>,
}

/// What the server remembers of a transaction.
#[derive(Clone, Debug, Default)]
pub struct Remembered {
    /// `NEW`, `SCHEDULED`, `RUNNING`, `FINISHED`, `FAILED`. A refused repetition makes it
    /// `FAILED`, although all was done.
    pub state: String,
    /// The results of the operations, where it was done; kept for a day.
    pub results: Option<Vec<Operated>>,
    /// A line about each result, kept for a month.
    pub lines: Vec<String>,
    /// Why it was rolled back, or why the last repetition was refused.
    pub error: Option<Fault>,
    /// How far it is, in the server's words.
    pub progress: Option<String>,
}

impl Reply {
    /// The results of the operations of a transaction, in order.
    pub fn operations(mut self) -> Result<Vec<Operated>, Error> {
        let results = self.result.take("results");
        let Untyped::List(results) = results else {
            return Err(shape("results of operations", &results));
        };
        results.into_iter().map(|result| self.operated(result)).collect()
    }

    /// The id of a transaction that is carried out later.
    pub fn execution_id(self) -> Result<String, Error> {
        let id = self.result.get("executionId").as_text().map(str::to_owned);
        id.ok_or_else(|| shape("the id of an execution", &self.result))
    }

    /// What the server remembers of the one transaction that was asked for; nothing where
    /// it never got it.
    pub fn remembered(mut self) -> Result<Option<Remembered>, Error> {
        let Untyped::Map(members) = &mut self.result else {
            return Err(shape("executions by id", &self.result));
        };
        let Some((_, mut told)) = members.pop() else { return Ok(None) };
        let text = |of: &Untyped| of.as_text().map(str::to_owned);
        let (mut details, mut summary) = (told.take("details"), told.take("summary"));
        let results = match details.take("results") {
            Untyped::List(results) => {
                let results = results.into_iter().map(|result| self.operated(result));
                Some(results.collect::<Result<_, _>>()?)
            }
            _ => None,
        };
        let lines = match summary.take("results") {
            Untyped::List(lines) => {
                lines.into_iter().filter_map(Untyped::into_text).collect()
            }
            _ => Vec::new(),
        };
        let error = details.get("error").get("message").as_text();
        let error = error.or(summary.get("error").as_text()).map(fault);
        let progress = text(details.get("progress").get("message"))
            .or_else(|| text(summary.get("progress")));
        let state = text(told.get("state")).unwrap_or_default();
        Ok(Some(Remembered { state, results, lines, error, progress }))
    }

    fn operated(&self, mut result: Untyped) -> Result<Operated, Error> {
        let at = Any { reading: &self.reading, fetch: None };
        let id = |item| fields::to_link(at, item).ok().flatten().map(|link| link.id);
        let ids = match result.take("objectIds") {
            Untyped::List(items) => {
                items.into_iter().map(id).collect::<Option<Vec<Id>>>()
            }
            _ => Some(Vec::new()),
        };
        let ids = ids.ok_or_else(|| shape("ids of objects", &result))?;
        Ok(Operated { ids, deletion: id(result.take("deletionId")) })
    }
}

/// A fault as the server keeps it: the class, the message, the stack behind it.
fn fault(text: &str) -> Fault {
    let text = text.split("\n\tat ").next().unwrap_or(text).trim_end();
    let is_class = |name: &&str| !name.contains(' ') && name.contains('.');
    match text.split_once(": ") {
        Some((class, message)) if is_class(&class) => Fault::told(class, message),
        _ => Fault::told("", text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn reply(result: &str) -> Reply {
        let text = format!(r#"{{"jsonrpc":"2.0","id":"1","result":{result}}}"#);
        Reply::read_plain(&text).unwrap().unwrap()
    }

    const DONE: &str = r#"[
        {"@type":"as.dto.sample.create.CreateSamplesOperationResult","@id":2,
         "objectIds":[{"@type":"as.dto.sample.id.SamplePermId","@id":3,"permId":"1-1"},3],
         "message":"m"},
        {"@type":"as.dto.sample.delete.DeleteSamplesOperationResult","@id":4,
         "deletionId":{"@type":"as.dto.deletion.id.DeletionTechId","@id":5,"techId":7,"id":"7"},
         "message":"m"},
        null]"#;

    fn operated() -> Vec<Operated> {
        let sample = Id::told(Kind::Sample, Kind::Sample.spec().ids[0], "1-1");
        let deletion = Id::parse(Kind::Deletion, "7").ok();
        vec![
            Operated { ids: vec![sample.clone(), sample], deletion: None },
            Operated { ids: Vec::new(), deletion },
            Operated::default(),
        ]
    }

    fn execution(members: &str) -> Remembered {
        let class = "as.dto.operation.OperationExecution";
        let text = format!(r#"{{"x":{{"@type":"{class}","@id":1,{members}}}}}"#);
        reply(&text).remembered().unwrap().unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_operations() {
        let class = "as.dto.operation.SynchronousOperationExecutionResults";
        let text = format!(r#"{{"@type":"{class}","@id":1,"results":{DONE}}}"#);
        assert_eq!(reply(&text).operations().unwrap(), operated());
    }

    #[test]
    fn an_unknown_execution_is_not_remembered() {
        assert!(reply("{}").remembered().unwrap().is_none());
    }

    #[test]
    fn what_was_done_is_remembered_whatever_the_state_says() {
        let error = r#"{"@type":"E","@id":9,"message":"a.B: needs to be unique"}"#;
        let text = format!(
            r#""state":"FAILED","summary":null,"details":{{"@type":"D","@id":8,"error":{error},"results":{DONE}}}"#
        );
        let told = execution(&text);
        assert_eq!(told.results.unwrap(), operated());
        assert_eq!(told.error.unwrap().message, "needs to be unique");
    }

    #[test]
    fn why_it_was_rolled_back_is_told_without_the_stack() {
        let message =
            r"ch.X: Value 'x' is bad. (Context: [])\n\tat a.b(C.java:1)\n\tat d";
        let error = format!(r#"{{"@type":"E","@id":9,"message":"{message}"}}"#);
        let told = execution(&format!(
            r#""state":"FAILED","details":{{"@type":"D","@id":8,"error":{error},"results":null}}"#
        ));
        let fault = told.error.unwrap();
        assert_eq!((&*fault.class, &*fault.message), ("ch.X", "Value 'x' is bad."));
        assert_eq!(fault.context.as_deref(), Some("[]"));
        assert!(told.results.is_none());
    }
}
