//! Scripts against the demo lab of the sandbox, in the process.
mod calling;
mod changing;
mod errors;
mod examples;
mod foretelling;
mod language;
mod planning;
mod reading;
mod rows;
mod searching;
mod world;
mod writing;

use world::World;
