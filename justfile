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

# Licences, bans and sources of what is depended on (cargo install cargo-deny)
deny:
    cargo deny check licenses bans sources

# The files that once ended a run, each with 2 GiB of address space: outcome, peak memory, time
ceilings word="":
    cargo build
    python3 examples/make_ceilings.py target/debug/qingdan {{ word }}

# Seeds for fuzzing out of the hostile examples (cargo install cargo-fuzz; fuzz/README.md)
fuzz-seeds:
    mkdir -p fuzz/corpus/tables
    for file in examples/inbox-hostile/*; do printf '\000' | cat - "$file" > "fuzz/corpus/tables/$(basename "$file")"; done

# Binaries to hand out, with checksums, licences, the Chinese README and an example (rustup target add …; mingw-w64)
dist:
    #!/usr/bin/env bash
    set -euo pipefail
    version="$(cargo metadata --no-deps --format-version 1 | sed -n 's/.*"name":"qingdan","version":"\([^"]*\)".*/\1/p')"
    target="$(cargo metadata --no-deps --format-version 1 | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')"
    rm -rf "$target/dist"
    for pair in x86_64-unknown-linux-musl:linux: x86_64-pc-windows-gnu:windows:.exe; do
        IFS=: read -r triple system ending <<<"$pair"
        cargo build --release --locked --target "$triple"
        folder="$target/dist/qingdan-$version-$system"
        mkdir -p "$folder"
        cp "$target/$triple/release/qingdan$ending" README.zh-CN.md docs/install.md LICENSE-APACHE LICENSE-MIT "$folder/"
        cp -r examples/inbox-wushen "$folder/示例"
        cargo tree --edges normal --target "$triple" --prefix none --format '{p}  {l}' | sort -u >"$folder/LICENSES.txt"
        (cd "$folder" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
        if [ "$system" = windows ]; then
            (cd "$target/dist" && python3 -m zipfile -c "$folder.zip" "$(basename "$folder")")
        else
            tar -C "$target/dist" -czf "$folder.tar.gz" "$(basename "$folder")"
        fi
    done
    (cd "$target/dist" && sha256sum *.tar.gz *.zip >SHA256SUMS)
    ls -l "$target/dist"
