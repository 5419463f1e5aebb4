# The chores of this repository. `just` alone lists them.

_default:
    @just --list

# What the compiler, the formatter and the linter say
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

# All tests
test:
    cargo test

# What must pass before a change is taken in (needs Rust and git only)
ci:
    .ci/run

# Rewrite the generated pages in docs/, then show what changed
docs:
    UPDATE=1 cargo test --lib rules::
    UPDATE=1 cargo test --test it generated_docs
    git status --short docs

# Time and memory of whole commands; `just bench merge-50x20` runs one case
bench *cases:
    cargo bench --bench whole -- {{ cases }}

# The two-minute tour, in a folder below target/
demo:
    cargo run --release -- demo target/demo

# The one binary that is handed out
release:
    cargo build --release --locked
    @ls -l target/release/qingdan*
