"""The benchmark's own virtual environment: the newest releases of the peers, and swiftact from this repository."""
import os
import re
import shutil
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv-bench"
PYTHON = FOLDER / "bin/python"
PEERS = ["numpy", "scipy", "scikit-learn", "onnx", "onnxruntime", "jax", "setuptools", "wheel"]

# The benchmark runs on the CPU. PyTorch's release on PyPI is built for CUDA as well and asks for some 2.3 GB of CUDA
# libraries, of which the CPU needs only two small ones, which PyTorch calls when it is loaded.
CUDA = re.compile(r"cuda|nvidia|triton")
CUDA_NEEDED = ("cudart", "cupti")


def prepare(upgrade=False):
    """Makes the environment, if it is not there or newer peers are asked for, and installs swiftact as it is now."""
    ready = FOLDER / "ready"
    if upgrade or not ready.exists():
        print("Installing the newest releases of the peers into .venv-bench", file=sys.stderr, flush=True)
        venv.create(FOLDER, with_pip=True, clear=True)
        pip("install", "--upgrade", "pip")
        pip("install", *PEERS)
        install_torch()
    elif ready.read_text().split() != PEERS:
        pip("install", *PEERS)
    ready.write_text(" ".join(PEERS))
    # With the NumPy and setuptools that are there, so that no network is needed but for the peers.
    pip("install", "--force-reinstall", "--no-deps", "--no-build-isolation", str(ROOT))


def pip(*arguments):
    subprocess.run([PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True)


def install_torch():
    """PyTorch with stand-ins for the CUDA libraries; where that does not load, with the libraries."""
    pip("install", "--no-deps", "torch")
    [packages] = FOLDER.glob("lib/python3*/site-packages")
    pip("install", "--no-warn-conflicts", *needed_without_cuda(packages))
    if not torch_loads():
        make_stand_ins(packages / "torch/lib")
    if not torch_loads():
        pip("install", "--force-reinstall", "torch")


def torch_loads():
    code = "import peers; peers.import_torch()"
    return subprocess.run([PYTHON, "-c", code], cwd=Path(__file__).parent, stderr=subprocess.DEVNULL).returncode == 0


def needed_without_cuda(packages):
    """What PyTorch requires, with the two CUDA libraries that it cannot do without."""
    [torch] = metadata.distributions(name="torch", path=[str(packages)])
    for requirement in torch.requires:
        name = re.match(r"[\w.-]+", requirement)[0]
        if "extra ==" in requirement:
            continue
        if not CUDA.match(name):
            yield requirement
        elif name == "cuda-toolkit":
            yield re.sub(r"\[.*?\]", f"[{','.join(CUDA_NEEDED)}]", requirement)
        elif re.search("runtime|" + "|".join(CUDA_NEEDED), name):
            yield requirement


def make_stand_ins(folder):
    """An empty library for each CUDA library that PyTorch's libraries name and that is nowhere to be found.

    The loader wants the versions that PyTorch's symbols have, and the variables; functions are never looked for.
    """
    compiler = shutil.which("cc") or shutil.which("clang")
    if not compiler or not shutil.which("readelf"):
        return
    named, versions, variables = set(), {}, {}
    for library in folder.glob("*.so"):
        named.update(re.findall(r"NEEDED.*\[(.+)\]", readelf("--dynamic", library)))
        for part in readelf("--version-info", library).split("File: ")[1:]:
            versions.setdefault(part.split()[0], set()).update(re.findall(r"Name: (\S+)", part))
        for variable, its_version in re.findall(r"OBJECT\s.*UND (\w+)@(\w+)", readelf("--dyn-syms", library)):
            variables.setdefault(its_version, set()).add(variable)

    source, script = folder / "stand_in.c", folder / "stand_in.map"
    for library in named - {path.name for path in folder.iterdir()}:
        if not re.match(r"lib(cu|n[cv])", library) or library[3:].startswith((*CUDA_NEEDED, "cuda.")):
            continue
        lines, declarations = [], []
        for its_version in versions.get(library, ()):
            exported = variables.get(its_version, ())
            declarations += [f"char {variable}[4096];" for variable in exported]
            lines.append(f"{its_version} {{ {'global: ' if exported else ''}{''.join(v + '; ' for v in exported)}}};")
        source.write_text("\n".join(declarations))
        script.write_text("\n".join(lines))
        subprocess.run([compiler, "-shared", "-o", folder / library, source, f"-Wl,-soname,{library}",
                        *([f"-Wl,--version-script={script}"] if lines else [])], check=True)
        source.unlink()
        script.unlink()


def readelf(option, library):
    return subprocess.run(["readelf", "--wide", option, library], capture_output=True, text=True, check=True).stdout


def variables(**settings):
    """The environment of a measuring process: one thread for everyone, and nothing that holds a peer back."""
    held_back = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "LD_BIND_NOW", "ACT_ISA", "NPY_DISABLE_CPU_FEATURES",
                 "NPY_ENABLE_CPU_FEATURES", "ATEN_CPU_CAPABILITY", "PYTHONPATH")
    result = {key: value for key, value in os.environ.items() if key not in held_back}
    result.update(dict.fromkeys(["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ACT_THREADS"], "1"))
    result.update(XLA_FLAGS="--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1", JAX_PLATFORMS="cpu")
    for key, value in settings.items():
        result[key] = f"{result[key]} {value}" if key == "XLA_FLAGS" else value
    return result


def limited_to_avx2():
    """The settings under which everyone that can be told so does without AVX-512."""
    code = ("from numpy._core._multiarray_umath import __cpu_dispatch__ as names, __cpu_features__ as has\n"
            "print(*[name for name in names if has[name] and (name == 'X86_V4' or name.startswith('AVX512'))])")
    numpy_features = subprocess.run([PYTHON, "-c", code], env=variables(), capture_output=True, text=True, check=True)
    return {
        "ACT_ISA": "v3",
        "NPY_DISABLE_CPU_FEATURES": numpy_features.stdout.strip(),
        "ATEN_CPU_CAPABILITY": "avx2",
        "XLA_FLAGS": "--xla_cpu_max_isa=AVX2",
        "OPENBLAS_CORETYPE": "Haswell",
    }
