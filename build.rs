//! The recipes are built into the binary: it is built anew when one of them changes.
#![expect(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=stdlib");
}
