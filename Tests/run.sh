#!/bin/sh
# run.sh PART…: runs `make test-PART` for each, all of them even where one fails, and says at the end which did.
set -u
cd "$(dirname "$0")/.."

passed=0 failed=0 table=
mkdir -p out/tests
for part; do
  printf '\n--- %s\n' "$part"
  begun=$(date +%s)
  if ${MAKE:-make} --no-print-directory -s "test-$part" </dev/null; then
    passed=$((passed + 1)) result=passed
  else
    failed=$((failed + 1)) result=FAILED
  fi
  table="$table$(printf '%-12s %s %5d s' "$part" "$result" $(($(date +%s) - begun)))
"
done
printf '\n%s%d passed, %d failed\n' "$table" $passed $failed
test $failed = 0
