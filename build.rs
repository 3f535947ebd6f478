//! The recipes are built into the binary: it is built anew when one of them changes.

fn main() {
    println!("cargo::rerun-if-changed=stdlib");
}
