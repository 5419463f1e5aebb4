//! The binary: hands the arguments to the library and leaves with its exit code.

#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    qingdan::run_command_line()
}
