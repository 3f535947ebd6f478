//! What held for an object, and from when to when.
//!
//! What holds since an object was registered is not noted: it is the object itself. So a
//! creation costs nothing here.
mod links;
mod noting;
mod value;
mod whole;

pub(super) use noting::note;
pub(super) use value::told_value;
pub(super) use whole::whole;
