#!/bin/sh
# The same bits everywhere: the digest of all results must be the same with every instruction set that this processor
# has, under emulated processors that have fewer, on aarch64 and riscv64, from the archive, and with any number of threads.
set -eu
cd "$(dirname "$0")/../.."

built=out/tests/sameness
mkdir -p "$built"
passed=0 failed=0 skipped=0
skip() {
  skipped=$((skipped + 1))
  echo "sameness: skipped $1: $2"
}

# name, wanted isa, command…: its digest must be `reference`'s, and come from that instruction set.
compare() {
  name=$1 isa=$2
  shift 2
  if ! "$@" >"$built/$name" 2>"$built/$name.log"; then
    failed=$((failed + 1))
    echo "sameness: $name: ended with an error"
    tail -n 5 "$built/$name.log"
  elif ! grep -q "^$isa, " "$built/$name.log"; then
    failed=$((failed + 1))
    echo "sameness: $name: ran on $(tail -n 1 "$built/$name.log") instead of $isa"
  elif ! cmp -s "$reference" "$built/$name"; then
    failed=$((failed + 1))
    echo "sameness: $name: $(diff "$reference" "$built/$name" | grep -c '^>') digests differ from those of $(basename "$reference"):"
    diff "$reference" "$built/$name" | sed -n 's/^> [0-9a-f]* /  /p' | head -n 30
  else
    passed=$((passed + 1))
    echo "sameness: $name: the same ($(wc -l <"$built/$name") digests)"
  fi
}
flags="-std=c11 -Wall -Wextra -Werror -O1 -pthread -IInclude Tests/Sameness/digest.c"
cc $flags -o "$built/digest" -Lout/lib -lactivations -lm -Wl,-rpath,"$PWD/out/lib"
cc $flags -o "$built/digest_static" -static out/lib/libactivations.a -lm

# Of fewer and shorter arrays, for emulated processors, which are a hundred times slower. The archive has the shared library's
# objects, linked in another way: whether each function is linked to the right code shows in still shorter ones, of a block
# of 128 elements and some more.
short=1009 shortest=131
best=$("$built/digest" 2>&1 >"$built/native" | sed 's/,.*//')
"$built/digest" $short >"$built/native_short" 2>/dev/null
"$built/digest" $shortest >"$built/native_shortest" 2>/dev/null
has() { # whether this processor has an instruction set
  test "$(ACT_ISA=$1 "$built/digest" 1 2>&1 >/dev/null | sed 's/,.*//')" = "$1"
}
emulate() { # processor, then the command
  model=$1
  shift
  qemu-x86_64-static -cpu "$model" "$@"
}
ready=yes
.ci/require.sh sameness >/dev/null 2>&1 || ready=no

if [ "$(uname -m)" = x86_64 ]; then
  for isa in baseline v3 v4; do
    if has $isa; then
      reference=$built/native
      compare "native_$isa" $isa env ACT_ISA=$isa "$built/digest"
      reference=$built/native_short
      compare "native_static_$isa" $isa env ACT_ISA=$isa "$built/digest_static" $short
    elif [ $isa = v4 ]; then
      skip v4 "this processor has no AVX-512, and qemu's user mode emulates none"
    fi
  done
  # Emulated processors have nothing beyond their level: an instruction that does not belong there ends the program.
  reference=$built/native_short
  if [ $ready = yes ]; then
    compare emulated_baseline baseline emulate Nehalem "$built/digest" $short
    compare emulated_v3 v3 emulate Haswell "$built/digest" $short
    reference=$built/native_shortest
    compare emulated_static_baseline baseline emulate Nehalem "$built/digest_static" $shortest
  else
    skip "emulated x86-64" "packages are missing, see \`.ci/require.sh sameness\`"
  fi
fi

reference=$built/native_short
for processor in aarch64 riscv64; do
  if [ $ready = no ]; then
    skip $processor "packages are missing, see \`.ci/require.sh sameness\`"
    continue
  fi
  library=out/cross/$processor/libactivations.a
  Tests/library.sh --for $processor "$(dirname "$library")"
  compile() { $processor-linux-gnu-gcc -std=c11 -O1 -pthread -IInclude "$1" -o "$2" -static "$library" -lm; }
  compile Tests/Sameness/digest.c "$built/digest_$processor"
  compare $processor $processor "qemu-$processor-static" "$built/digest_$processor" $short
  # What the library does with the processor's modes, its threads and edges is code of its own there. How it goes through
  # strided arrays is not: of these the digest has some of every function, and test_strides all kinds on this processor.
  for test in test_bad_input test_dense test_edges test_environment test_fork test_network; do
    compile Tests/C/$test.c "$built/${test}_$processor"
    if timeout 900 "qemu-$processor-static" "$built/${test}_$processor" >"$built/$processor.log" 2>&1; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      echo "sameness: $test fails on $processor:"
      tail -n 5 "$built/$processor.log"
    fi
  done
done

# Arrays that are split.
long=270001
reference=$built/threads_1
"$built/digest" $long 1 >"$reference" 2>/dev/null
for threads in 2 7; do
  compare "threads_$threads" "$best" "$built/digest" $long $threads
done

echo "sameness: $passed passed, $failed failed, $skipped skipped"
test $failed = 0
