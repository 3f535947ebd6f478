//! Scripts against the demo lab of the sandbox, in the process.
mod calling;
mod errors;
mod examples;
mod language;
mod reading;
mod rows;
mod searching;
mod world;
mod writing;

use world::World;
