#!/bin/sh
# library.sh [option value]… FOLDER: builds the C library of the sources in the working directory in FOLDER, by the compiler
# alone, for tests that need another one than `make lib` makes: libactivations.so, or .a for another processor.
#   --for aarch64             or riscv64. Embedded Swift has no Linux among these targets: the sources are compiled for
#                             the bare processor, and Debian's cross compilers link them with its libc.
#   --sanitize address        or thread
#   --functions 'Tanh SELU'   these types of Sources/Kernels/Functions only
#   --levels '1 3 4'          kernels of these instruction sets, the first among them (1); they stand for the others too
set -eu

flags= processor= functions= levels=1
while [ $# -gt 1 ]; do
  case $1 in
    --for) processor=$2 ;;
    --sanitize) flags="-sanitize=$2" ;;
    --functions) functions=$2 ;;
    --levels) levels=$2 ;;
  esac
  shift 2
done
out=$1
mkdir -p "$out"

case $processor in
  aarch64) flags="$flags -target aarch64-none-none-elf" ;;
  riscv64) flags="$flags -target riscv64-none-none-eabi -Xcc -march=rv64gc -Xcc -mabi=lp64d" ;;
esac
[ -z "$processor" ] || flags="$flags -Xcc -isystem -Xcc /usr/$processor-linux-gnu/include"

list=Sources/Kernels/Functions/Catalogue.swift
cp "$list" "$out/Catalogue.swift"
if [ -n "$functions" ]; then
  sed -i -E "/^  list\.next\(/{/\(($(echo $functions | tr ' ' '|'))\.self\)/!d}" "$out/Catalogue.swift"
fi

module() { # name, its Swift files, further flags: as in Package.swift
  name=$1 files=$2
  shift 2
  swiftc $flags -module-name "$name" -emit-module -emit-module-path "$out/$name.swiftmodule" -emit-object \
    -o "$out/$name.o" -O -wmo -parse-as-library -swift-version 6 -enable-experimental-feature Embedded -I "$out" \
    -I Include -I Sources/Lanes -Xcc -fPIC "$@" $files
}
kernels="$(find Sources/Kernels/ -name '*.swift' ! -path "$list" | sort)"
calls=$(grep -rhoE '"kernels_[a-z_]+_v1"' Sources/Kernels | sed 's/"//g; s/_v1$//' | sort -u)
objects= aliases=
for level in 1 3 4; do
  case " $levels " in
    *" $level "*)
      march= last=$level
      [ $level = 1 ] || march="-Xcc -march=x86-64-v$level"
      [ $level != 4 ] || march="$march -Xcc -mprefer-vector-width=512"
      module KernelsV$level "$kernels $out/Catalogue.swift" -D ACT_V$level -Ounchecked -Xcc -fno-math-errno $march
      objects="$objects $out/KernelsV$level.o"
      ;;
    *)
      for call in $calls; do aliases="$aliases,--defsym=${call}_v$level=${call}_v$last"; done
      ;;
  esac
done
module Engine "$(find Sources/Engine -name '*.swift')"
module CInterface "$(find Sources/CInterface -name '*.swift')"
objects="$out/CInterface.o $out/Engine.o $objects"

if [ -z "$processor" ]; then
  cc -shared -o "$out/libactivations.so" $objects -lm "-Wl,--version-script=Include/exports.map$aliases"
else
  gnu=$processor-linux-gnu
  "$gnu-ld" -r $objects -o "$out/activations.o"
  "$gnu-objcopy" --wildcard --keep-global-symbol='act_*' "$out/activations.o"
  rm -f "$out/libactivations.a"
  "$gnu-ar" rcs "$out/libactivations.a" "$out/activations.o"
fi
