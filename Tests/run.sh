#!/bin/sh
# run.sh PART…: runs `make test-PART` for each, two at a time and after what it needs, all of them even where one fails, and
# says at the end which did. What a part prints comes when it ends.
set -u
cd "$(dirname "$0")/.."

results=out/tests/results
rm -rf "$results"
mkdir -p "$results"
${MAKE:-make} --no-print-directory -s -k -j2 --output-sync=target $(printf 'part-%s ' "$@") </dev/null

passed=0 failed=0
echo
for part; do
  result=FAILED seconds=0 # of a part that was never begun: what it needs could not be built
  [ ! -e "$results/$part" ] || read -r result seconds <"$results/$part"
  printf '%-12s %s %5d s\n' "$part" "$result" "$seconds"
  if [ "$result" = passed ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
printf '%d passed, %d failed\n' $passed $failed
test $failed = 0
