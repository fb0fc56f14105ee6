#!/bin/sh
# Builds verify and runs it: the full proof, which ends with docs/accuracy.csv and docs/accuracy.md, or what the options
# say (run.sh --help).
set -eu
cd "$(dirname "$0")/../.."

built=out/tests/accuracy
mkdir -p "$built"
# For this processor's vectors, but with no contraction to fma: the errors granted to the references are those of plain
# operations. Neither errno nor traps: they would keep loops from being vectorised.
native=-march=native
${CC:-cc} $native -fsyntax-only -x c /dev/null 2>/dev/null || native=
${CC:-cc} -std=gnu11 -O3 $native -ffp-contract=off -fno-math-errno -fno-trapping-math -Wall -Wextra -Werror -Wno-missing-field-initializers -pthread -IInclude \
  Tests/Accuracy/*.c -o "$built/verify" -Lout/lib -lactivations -lmpfr -lgmp -lm -Wl,-rpath,"$PWD/out/lib"

commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
[ -z "$(git status --porcelain -- Include Sources Tests/Accuracy 2>/dev/null)" ] || commit="$commit with changes"

rm -f "$built/table.csv"
"$built/verify" --state "$built/finished.csv" --known docs/accuracy.csv --csv "$built/table.csv" --commit "$commit" "$@"
[ -e "$built/table.csv" ] || exit 0
cp "$built/table.csv" docs/accuracy.csv
${PYTHON:-python3} Tests/Accuracy/table.py docs/accuracy.csv docs/accuracy.md
