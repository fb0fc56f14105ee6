#!/bin/sh
# What a user's compiler and linker see: the header alone, and both libraries' symbols.
set -eu
cd "$(dirname "$0")/../.."

header=Include/activations.h shared=out/lib/libactivations.so archive=out/lib/libactivations.a
work=out/tests/interface
passed=0 failed=0
mkdir -p "$work"

check() { # what, then the command
  what=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "check_interface: failed: $what"; fi
}

# The header compiles by itself, without a warning, in every C and C++ that users have.
for compiler in gcc clang; do
  if ! command -v $compiler >/dev/null; then
    echo "check_interface: skipped $compiler: it is not installed"
    continue
  fi
  for language in c c++; do
    for standard in 99 11 17; do
      [ "$language$standard" != c++99 ] || standard=20
      check "$compiler -std=$language$standard" \
        $compiler -x $language -std=$language$standard -Wall -Wextra -pedantic -Werror -fsyntax-only $header
    done
  done
done

# It declares functions act_* only, and defines macros ACT_* only.
gcc -x c -fsyntax-only -aux-info "$work/declarations" $header
sed -n "s|^/\* $header:[^/]*/ [^(]*[ *]\([A-Za-z_0-9]*\) (.*|\1|p" "$work/declarations" | sort >"$work/declared"
macros() { gcc -x c -dM -E "$@" | awk '{sub(/\(.*/, "", $2); print $2}' | sort -u; }
macros $header >"$work/macros"
printf '#include <stddef.h>\n#include <stdint.h>\n' | macros - | comm -23 "$work/macros" - >"$work/own_macros"
check "a function is not called act_*" test -z "$(grep -v '^act_' "$work/declared")"
check "a macro is not called ACT_*" test -z "$(grep -v -E '^(ACT_|ACTIVATIONS_H$)' "$work/own_macros")"

# Both libraries export exactly the functions declared.
nm -D -g --defined-only $shared | awk '$2 != "A" {sub(/@.*/, "", $3); print $3}' | sort >"$work/exported"
nm -g --defined-only $archive | awk 'NF == 3 {print $3}' | sort >"$work/archived"
check "the shared library's exports are not the header's functions" diff "$work/declared" "$work/exported"
check "the archive's symbols are not the header's functions" diff "$work/declared" "$work/archived"

# They need libc and libm only, nothing of Swift's runtime.
dynamic() { readelf -d $shared | sed -n "s/.*($1).*\[\(.*\)\]/\1/p"; }
needed=$(dynamic NEEDED | grep -v -x -E 'lib[cm]\.so\.6|ld-linux.*\.so\.[0-9]+' || true)
check "the shared library needs $needed" test -z "$needed"
soname=$(dynamic SONAME) major=$(sed -n 's/^.define ACT_VERSION_MAJOR //p' $header)
check "the soname is $soname" test "$soname" = "libactivations.so.$major"
foreign=$(nm -D -u $shared | grep -i swift; nm -u $archive | grep -i swift) || true
check "they need $foreign" test -z "$foreign"

# Shipped stripped, and small.
size=$(stat -L -c %s $shared)
check "the shared library has $size bytes" test "$size" -lt 3000000
check "the shared library is not stripped" test -z "$(readelf -S $shared | grep -F .symtab)"

echo "check_interface: $passed passed, $failed failed ($(wc -l <"$work/declared") functions, $size bytes)"
test $failed = 0
