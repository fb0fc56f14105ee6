#!/bin/sh
# part.sh PART: runs `make test-PART` for run.sh, which finds the result in out/tests/results.
set -u
unset MAKEFLAGS MFLAGS MAKELEVEL

printf '\n--- %s\n' "$1"
begun=$(date +%s)
if ${MAKE:-make} --no-print-directory -s "test-$1" </dev/null 2>&1; then result=passed; else result=FAILED; fi
echo $result $(($(date +%s) - begun)) >"out/tests/results/$1"
