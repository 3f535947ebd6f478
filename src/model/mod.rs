//! What rhobis knows about openBIS, and nothing about JSON, HTTP or Rhai.
mod applying;
mod called;
mod change;
mod criteria;
mod data_type;
mod fetch;
mod hush;
mod id;
mod kinds;
mod merging;
mod record;
mod relinking;
pub mod several;
mod spec;
mod timestamp;

pub use called::{Argument, Called, is_secret_name};
pub use change::{Change, Edit, Outcome};
pub use criteria::{Criteria, Criterion, Operator, Test, TestValue};
pub use data_type::DataType;
pub use fetch::{Fetch, Sort};
pub use hush::{hushed, tells_secret};
pub use id::{Id, NotAnId};
pub use kinds::Kind;
pub use merging::Merged;
pub use record::{Link, Record, UnknownField, Value};
pub use spec::{Field, FieldType, IdForm, Spec, Verb};
pub use timestamp::Timestamp;
