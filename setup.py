"""Builds the extension module swiftact._core; everything else about the package is in pyproject.toml."""

import re
import shutil
import subprocess
from pathlib import Path

import numpy
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

ROOT = Path(__file__).resolve().parent
LIBRARY = ROOT / "out" / "lib" / "libactivations.a"
HEADER = ROOT / "Include" / "activations.h"


def version() -> str:
    """The library's version, from its header."""
    text = HEADER.read_text(encoding="utf-8")
    return ".".join(re.search(rf"ACT_VERSION_{part} (\d+)", text)[1] for part in ("MAJOR", "MINOR", "PATCH"))


class BuildWithLibrary(build_ext):
    """Makes the static library first, where it is missing."""

    def run(self):
        if not LIBRARY.exists():
            missing = [tool for tool in ("swift", "make") if shutil.which(tool) is None]
            if missing:
                raise SystemExit(
                    f"{LIBRARY} is missing, and building it needs {' and '.join(missing)}, which cannot be found: "
                    "install the Swift toolchain (https://www.swift.org/install) and make, or run `make lib` elsewhere"
                )
            subprocess.run(["make", "lib"], cwd=ROOT, check=True)
        super().run()


setup(
    version=version(),
    options={"bdist_wheel": {"py_limited_api": "cp310"}},
    cmdclass={"build_ext": BuildWithLibrary},
    ext_modules=[
        Extension(
            "swiftact._core",
            sources=[f"bindings/python/src/{name}.c" for name in ("_core", "rows", "dense", "network")],
            depends=["bindings/python/src/glue.h", str(HEADER), str(LIBRARY)],
            include_dirs=[str(HEADER.parent), numpy.get_include()],
            extra_objects=[str(LIBRARY)],
            extra_compile_args=["-std=c11", "-O2", "-Wall", "-Wextra", "-fvisibility=hidden"],
            # The library's own names stay inside the module.
            extra_link_args=["-Wl,--exclude-libs,ALL", "-Wl,-s"],
            libraries=["m"],
            py_limited_api=True,
        )
    ],
)
