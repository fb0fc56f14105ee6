#!/bin/sh
# build_for.sh aarch64|riscv64: out/cross/<processor>/libactivations.a. Embedded Swift has no Linux among these targets:
# the sources are compiled for the bare processor, and Debian's cross compilers link them with its libc.
set -eu
cd "$(dirname "$0")/../.."

case $1 in
  aarch64) target="aarch64-none-none-elf" ;;
  riscv64) target="riscv64-none-none-eabi -Xcc -march=rv64gc -Xcc -mabi=lp64d" ;;
esac
gnu=$1-linux-gnu
out=out/cross/$1
mkdir -p "$out"

module() { # name, folder, further flags: as in Package.swift
  name=$1 folder=$2
  shift 2
  swiftc -target $target -module-name "$name" -emit-module -emit-module-path "$out/$name.swiftmodule" -emit-object \
    -o "$out/$name.o" -O -wmo -parse-as-library -swift-version 6 -enable-experimental-feature Embedded -I "$out" \
    -I Include -I Sources/Lanes -Xcc -fPIC -Xcc -isystem -Xcc "/usr/$gnu/include" "$@" \
    $(find "$folder" -name '*.swift' | sort)
}
module KernelsV1 Sources/Kernels -D ACT_V1 -Ounchecked -Xcc -fno-math-errno
module Engine Sources/Engine
module CInterface Sources/CInterface

"$gnu-ld" -r "$out/CInterface.o" "$out/Engine.o" "$out/KernelsV1.o" -o "$out/activations.o"
"$gnu-objcopy" --wildcard --keep-global-symbol='act_*' "$out/activations.o"
rm -f "$out/libactivations.a"
"$gnu-ar" rcs "$out/libactivations.a" "$out/activations.o"
