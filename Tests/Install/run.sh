#!/bin/sh
# Installs the library in an empty folder, and builds the examples in C and C++ with it as users do: by pkg-config and by
# CMake, with the shared library, with the archive and wholly static. All must run and print the same.
set -eu
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/act
passed=0 failed=0
check() { # what, then the command
  what=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "install: failed: $what" >&2; fi
}
files() { (cd "$1" && find . -type f -o -type l) | sort; }
run_make() { ${MAKE:-make} --no-print-directory -s "$@"; }

run_make install PREFIX="$prefix"
version=$(sed -n 's/^Version: //p' "$prefix/lib/pkgconfig/activations.pc")
cat >"$work/expected" <<END
./include/activations.h
./lib/cmake/activations/activations-config-version.cmake
./lib/cmake/activations/activations-config.cmake
./lib/libactivations.a
./lib/libactivations.so
./lib/libactivations.so.${version%%.*}
./lib/libactivations.so.$version
./lib/pkgconfig/activations.pc
END
files "$prefix" >"$work/installed"
check "the files installed" diff "$work/expected" "$work/installed"
check "no link leads nowhere" test -z "$(find "$prefix" -xtype l)"

# Through DESTDIR, a folder with a space, and another library folder; and away again.
run_make install DESTDIR="$work/staged root" PREFIX=/usr LIBDIR=/usr/lib/x86_64-linux-gnu
check "a file in DESTDIR" test -f "$work/staged root/usr/lib/x86_64-linux-gnu/pkgconfig/activations.pc"
check "DESTDIR stays out of activations.pc" grep -qx 'libdir=/usr/lib/x86_64-linux-gnu' \
  "$work/staged root/usr/lib/x86_64-linux-gnu/pkgconfig/activations.pc"
run_make uninstall DESTDIR="$work/staged root" PREFIX=/usr LIBDIR=/usr/lib/x86_64-linux-gnu
check "uninstall leaves no file" test -z "$(files "$work/staged root")"

# pkg-config. A warning fails.
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig" LD_LIBRARY_PATH="$prefix/lib"
shared=$(pkg-config --cflags --libs activations) static=$(pkg-config --static --cflags --libs activations)
check "pkg-config's version" test "$(pkg-config --modversion activations)" = "$version"
c="cc -std=c99 -Wall -Wextra -pedantic -Werror -O1 examples/c/train_xor.c"
cxx="c++ -std=c++17 -Wall -Wextra -pedantic -Werror -O1 examples/c/catalogue.cpp"
check "C, shared" $c -o "$work/c_shared" $shared
check "C, archive" $c -o "$work/c_archive" $(echo "$static" | sed 's/-lactivations/-l:libactivations.a/')
check "C, static" $c -o "$work/c_static" -static $static
check "C++, shared" $cxx -o "$work/cxx_shared" $shared
check "C++, static" $cxx -o "$work/cxx_static" -static $static

# CMake.
check "CMake finds it" cmake -S Tests/Install -B "$work/build" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release \
  >"$work/cmake.log"
check "CMake builds with it" cmake --build "$work/build" >>"$work/cmake.log"
cp "$work/build/train_xor" "$work/c_cmake"
cp "$work/build/catalogue" "$work/cxx_cmake"

for program in c_shared c_archive c_static c_cmake cxx_shared cxx_static cxx_cmake; do
  check "$program runs" "$work/$program" >"$work/$program.out"
  check "$program prints the same" cmp "$work/${program%%_*}_shared.out" "$work/$program.out"
done
check "the network has learned" test "$(grep -c -E '0 xor 0 = 0\.0|0 xor 1 = 0\.9|1 xor 0 = 0\.9|1 xor 1 = 0\.0' \
  "$work/c_shared.out")" = 4
check "each function is in the table" test "$(grep -c "f'(x) " "$work/cxx_shared.out")" -ge 6

# A network is trained, saved, loaded and run.
printf '0,0,0\n0,1,1\n1,0,1\n1,1,0\n' >"$work/xor.csv"
for example in train_digits predict; do
  check "C, $example" cc -std=c99 -Wall -Wextra -pedantic -Werror -O1 examples/c/$example.c -o "$work/$example" $shared
done
check "train_digits runs" "$work/train_digits" "$work/xor.csv" 2 2 "$work/xor.safetensors" >/dev/null
check "predict runs" "$work/predict" "$work/xor.safetensors" <"$work/xor.csv" >"$work/classes"
check "the saved network has learned" test "$(tr '\n' ' ' <"$work/classes")" = "0 1 1 0 "
unset LD_LIBRARY_PATH
check "the static program needs no library" "$work/c_static" >/dev/null
check "the program with the archive needs no library" "$work/c_archive" >/dev/null

echo "install: $passed passed, $failed failed"
test $failed = 0
