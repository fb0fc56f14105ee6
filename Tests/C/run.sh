#!/bin/sh
# Builds the C tests and runs them.
#   run.sh            against out/lib
#   run.sh address    library and tests built with AddressSanitizer, the tests with UBSan also
#   run.sh thread     test_threads and the library built with ThreadSanitizer
set -eu
cd "$(dirname "$0")/../.."

sanitizer=${1:-}
built=out/tests/${sanitizer:-plain}
flags="-std=c11 -Wall -Wextra -Werror -O1 -g -pthread -IInclude"
tests=$(cd Tests/C && ls test_*.c | sed 's/\.c$//')
mkdir -p "$built"

# What reads and writes memory is compiled once for all functions. So a sanitizer is given some of each kind: those with plain
# calls of their own, with tables, with one and two parameters, the gates of units, and what networks are tested with.
some="Identity Tanh Sigmoid ReLU LeakyReLU BentIdentity Sinusoid SELU GELU SiLU Hardtanh Softplus Threshold"
isas=
case $sanitizer in
  address)
    also="-fsanitize=address,undefined -fno-sanitize-recover=all" levels="1"
    tests=$(echo "$tests" | grep -v '^test_catalogue$') # which wants the whole list
    if [ "$(uname -m)" = x86_64 ]; then levels="1 3 4" isas="baseline v3"; fi
    ;;
  thread) also="-fsanitize=thread -ldispatch -lBlocksRuntime" levels=1 tests=test_threads ;;
esac
if [ -z "$sanitizer" ]; then
  compile() { ${CC:-cc} $flags "$1" -o "$2" -Lout/lib -lactivations -lm -Wl,-rpath,"$PWD/out/lib"; }
else
  Tests/library.sh --sanitize "$sanitizer" --levels "$levels" --functions "$some" "$built"
  # The toolchain's own clang, whose runtime fits what swiftc instruments. The newest one linked is its lld.
  toolchain=$(dirname "$(dirname "$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')")")
  compile() {
    "$toolchain/bin/clang" $flags "$1" -o "$2" -fuse-ld=lld -L"$toolchain/lib/swift/linux" $also \
      -L"$built" -lactivations -lm -Wl,-rpath,"$PWD/$built:$toolchain/lib/swift/linux"
  }
fi

failed=0
run() { # test, what it is called in the log, then the environment
  test=$1 called=$2
  shift 2
  env "$@" timeout 900 "$built/$test" >"$built/$called.log" 2>&1 || failed=1
  sed "s/^/$called: /" "$built/$called.log"
  tail -n 1 "$built/$called.log" | grep -q ' passed, ' || echo "$called: crashed or hung"
}
for test in $tests; do
  compile "Tests/C/$test.c" "$built/$test"
  run "$test" "$test"
  case $test in
    test_gated | test_lengths | test_rows | test_strides)
      for isa in $isas; do run "$test" "$test.$isa" ACT_ISA=$isa; done
      ;;
  esac
done
exit $failed
