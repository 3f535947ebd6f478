fn main() -> std::process::ExitCode {
    rhobis::cli::main()
}
