//! The binary: hands the arguments to the library and leaves with its exit code.

fn main() -> std::process::ExitCode {
    qingdan::run_command_line()
}
