#!/bin/sh
# Builds the C tests and runs them.
#   run.sh            against out/lib
#   run.sh address    library and tests built with AddressSanitizer, the tests with UBSan also
#   run.sh thread     test_threads and the library built with ThreadSanitizer
set -eu
cd "$(dirname "$0")/../.."

sanitizer=${1:-}
built=out/tests/${sanitizer:-plain}
flags="-std=c11 -Wall -Wextra -Werror -O1 -g -pthread"
tests=$(cd Tests/C && ls test_*.c | sed 's/\.c$//')
mkdir -p "$built"

if [ -z "$sanitizer" ]; then
  compile() { ${CC:-cc} $flags -IInclude "$1" -o "$2" -Lout/lib -lactivations -lm -Wl,-rpath,"$PWD/out/lib"; }
else
  # The toolchain's own clang, whose runtime fits what swiftc instruments. The newest one linked is its lld.
  scratch=.build-$sanitizer
  toolchain=$(dirname "$(dirname "$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')")")
  nice swift build -c release --product activations --traits Embedded --scratch-path "$scratch" \
    --sanitize="$sanitizer" -debug-info-format none
  ln -sf libactivations.so "$scratch/release/libactivations.so.1"
  case $sanitizer in
    address) also="-fsanitize=address,undefined -fno-sanitize-recover=all" ;;
    thread) also="-fsanitize=thread -ldispatch -lBlocksRuntime" tests=test_threads ;;
  esac
  compile() {
    "$toolchain/bin/clang" $flags -IInclude "$1" -o "$2" -fuse-ld=lld -L"$toolchain/lib/swift/linux" $also \
      -L"$scratch/release" -lactivations -lm -Wl,-rpath,"$PWD/$scratch/release:$toolchain/lib/swift/linux"
  }
fi

failed=0
for test in $tests; do
  compile "Tests/C/$test.c" "$built/$test"
  timeout 900 "$built/$test" >"$built/$test.log" 2>&1 || failed=1
  sed "s/^/$test: /" "$built/$test.log"
  tail -n 1 "$built/$test.log" | grep -q ' passed, ' || echo "$test: crashed or hung"
done
exit $failed
