#!/bin/sh
# require.sh PURPOSE… [-- PURPOSE…]: makes sure that the programs and headers needed for these are there. Root on Debian gets
# the missing packages installed; anybody else is told what to type. Without those behind the -- it goes on.
# Purposes: library python accuracy install sameness
set -eu

missing=
need() { # Debian package, then a command that succeeds where its contents are there
  package=$1
  shift
  case " $missing " in *" $package "*) return ;; esac
  "$@" >/dev/null 2>&1 || missing="$missing $package"
}
header() { printf '#include <%s>\n' "$1" | cc -E -x c -; }
python() { ${PYTHON:-python3} -c "$1"; }
cross() { # compiler for that processor, its libc and qemu's emulation of it
  need "gcc-$1-linux-gnu" command -v "$1-linux-gnu-gcc"
  need "libc6-dev-$2-cross" test -e "/usr/$1-linux-gnu/include/stdio.h"
  need qemu-user-static command -v "qemu-$1-static"
}
find_missing() {
  missing=
  for purpose; do
    case $purpose in
      library)
        need binutils command -v objcopy
        need gcc command -v cc
        ;;
      python)
        need gcc command -v cc
        need python3 command -v "${PYTHON:-python3}"
        need python3-venv python 'import ensurepip, venv'
        python_h="import os, sysconfig; os.stat(sysconfig.get_path('include') + '/Python.h')"
        need python3-dev python "$python_h"
        need libpython3-dev python "$python_h"
        ;;
      accuracy) need libmpfr-dev header mpfr.h ;;
      install)
        need g++ command -v c++
        need pkg-config command -v pkg-config
        need cmake command -v cmake
        ;;
      sameness)
        need qemu-user-static command -v qemu-x86_64-static
        cross aarch64 arm64
        cross riscv64 riscv64
        ;;
    esac
  done
  missing=${missing# }
}

required=$(echo "$*" | sed 's/ *--.*//')
give_up() { # where what is missing is required
  find_missing $required
  [ -z "$missing" ] && exit 0 || exit 1
}

if ! command -v "${SWIFT:-swift}" >/dev/null; then
  echo "Swift is not installed: see https://www.swift.org/install, version 6.3 or later. \`swift\` must be found in PATH." >&2
  exit 1
fi
find_missing "$@"
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends $missing"
if ! command -v apt-get >/dev/null; then
  echo "Missing, by the names of Debian's packages: $missing" >&2
  give_up
fi
if [ "$(id -u)" != 0 ]; then
  echo "Packages are missing. Please type:" >&2
  echo "  sudo apt-get update && sudo $install" >&2
  give_up
fi
echo "Installing the packages $missing" >&2
export DEBIAN_FRONTEND=noninteractive
$install >/dev/null 2>&1 || { apt-get update >/dev/null && $install >/dev/null; } || true
find_missing "$@"
[ -n "$missing" ] || exit 0
echo "Still missing after \`$install\`: $missing" >&2
give_up
