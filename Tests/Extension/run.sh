#!/bin/sh
# Does what docs/adding-a-function.md says, with the code that it shows, to a copy of the sources: one file, one line and
# a reference. Then the new function must be there and proven, and the others as they were.
set -eu
cd "$(dirname "$0")/../.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
copy="$scratch/a copy"
mkdir -p "$copy/Tests" "$copy/out"
cp -R Include Sources "$copy"
cp -R Tests/Accuracy Tests/C Tests/Extension Tests/Sameness "$copy/Tests"
library="$PWD/out/lib"
build="$PWD/Tests/library.sh"
document="$PWD/docs/adding-a-function.md"
cd "$copy"

step() { echo "extension: $*"; }
fail() {
  step "FAILED: $*" >&2
  exit 1
}
block() { # the code that the document shows for that file
  awk -v file="$1" '/^```/ { if (inside) exit; inside = $2 == file; next } inside' "$document" | grep . ||
    fail "$document has no code for $1"
}

block Sources/Kernels/Functions/Elliott.swift >Sources/Kernels/Functions/Elliott.swift
block Sources/Kernels/Functions/Catalogue.swift >out/line
[ "$(wc -l <out/line)" -eq 1 ] || fail "more than one line for the catalogue"
last=$(grep -n '^  list\.next(' Sources/Kernels/Functions/Catalogue.swift | tail -n 1 | cut -d : -f 1)
sed -i "${last}r out/line" Sources/Kernels/Functions/Catalogue.swift

# The baseline's kernels stand for those of the other instruction sets too, and these functions for all; one of a network's
# schedules needs Sinusoid.
"$build" --functions "Tanh LeakyReLU Hardtanh GELU Sinusoid Elliott" out
step "the library builds with the new function"

compile() { # program, folder of the library, sources and flags
  program=$1 from=$2
  shift 2
  cc -O2 -Wall -Wextra -Werror -pthread -IInclude "$@" -o "out/$program" -L"$from" -lactivations -lm -Wl,-rpath,"$from"
}
compile check "$PWD/out" -std=c11 Tests/Extension/check.c
out/check >out/check.log || fail "$(cat out/check.log)"
step "a C program finds it: $(cat out/check.log)"

compile digest_before "$library" -std=c11 Tests/Sameness/digest.c
compile digest_after "$PWD/out" -std=c11 Tests/Sameness/digest.c
ACT_ISA=baseline out/digest_before 1009 >out/all 2>out/log || fail "$(cat out/log)"
out/digest_after 1009 2>out/log | grep -v ' elliott ' >out/after
awk 'NR == FNR { there[$2]; next } $2 in there' out/after out/all >out/before # of a function, the second word is its name
cmp -s out/before out/after || fail "results of other functions have changed: $(diff out/before out/after)"
step "the results of the other functions are what they were ($(wc -l <out/before) digests)"

prove() {
  compile verify "$PWD/out" -std=gnu11 -ffp-contract=off -Wno-missing-field-initializers Tests/Accuracy/*.c -lmpfr -lgmp
  out/verify --function elliott --sample 200000 >out/proof
}
if prove; then fail "the proof does not miss a reference"; fi
grep -q 'elliott: no reference' out/proof || fail "$(cat out/proof)"
step "the proof fails: $(grep -o 'elliott: no reference.*' out/proof)"
block Tests/Accuracy/references.c >>Tests/Accuracy/references.c
prove || fail "$(cat out/proof)"
step "with the reference it succeeds: $(tail -n 1 out/proof)"
