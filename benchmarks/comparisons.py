"""What is compared with what, and how fast it has to be: data only.

The statements are Python source, timed as they stand. They see the arrays x and y of one type and size, `act` and
`fast` (swiftact and swiftact.fast), `np`, `special` (scipy.special), `torch` with tx and ty (the memory of x and y),
the ONNX Runtime models onnx_NAME(), which read x and write y, and FORMULAS.
"""
from dataclasses import dataclass

AVX2 = "AVX2"  # a CPU without AVX-512
AVX512 = "AVX-512"
LIMITED = "AVX-512 limited to AVX2"  # a CPU with AVX-512 where everyone is told to do without

IN_L2 = "in L2"
LARGE = "16 million"
TINY = "10"


@dataclass(frozen=True)
class Target:
    """The least that a peer's time (the best of the peers named) divided by ours must be, on each kind of CPU."""

    peers: tuple
    least: dict


def at_least(*peers, avx2, avx512, limited=None):
    return Target(peers, {AVX2: avx2, AVX512: avx512, LIMITED: limited})


@dataclass(frozen=True)
class Comparison:
    title: str
    dtype: str
    ours: str
    peers: dict  # its name: its statement
    targets: tuple
    size: str = IN_L2


# As people write them in NumPy.
FORMULAS = """
def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))
def sigmoid_deriv(x):
    return sigmoid(x) * (1 - sigmoid(x))
def tanh_deriv(x):
    return 1.0 - np.tanh(x) * np.tanh(x)
"""
NUMPY, FORMULA, SCIPY, TORCH, ONNX, COPY = "NumPy", "NumPy's formula", "SciPy", "PyTorch", "ONNX Runtime", "a copy"
COPYING = {COPY: "np.copyto(y, x)"}

TANH = {NUMPY: "np.tanh(x, out=y)", TORCH: "torch.tanh(tx, out=ty)", ONNX: "onnx_tanh()"}
SIGMOID = {FORMULA: "sigmoid(x)", SCIPY: "special.expit(x, out=y)", TORCH: "torch.sigmoid(tx, out=ty)",
           ONNX: "onnx_sigmoid()"}
SINUSOID = {NUMPY: "np.sin(x, out=y)", TORCH: "torch.sin(tx, out=ty)", ONNX: "onnx_sin()"}
RELU = {TORCH: "torch.clamp_min(tx, 0, out=ty)", **COPYING}  # the fastest of PyTorch's ways to it
LEAKY_RELU = {TORCH: "torch._C._nn.leaky_relu(tx, 0.01, out=ty)", **COPYING}
TANH_DERIV = {FORMULA: "tanh_deriv(x)"}
SIGMOID_DERIV = {FORMULA: "sigmoid_deriv(x)"}

# "Level", where everyone is limited to AVX2, is at most a tenth behind.
LEVEL = 0.9

COMPARISONS = [
    Comparison("tanh", "float32", "act.tanh(x, out=y)", TANH,
               (at_least(NUMPY, avx2=2.0, avx512=0.35, limited=LEVEL),)),
    Comparison("sigmoid", "float32", "act.sigmoid(x, out=y)", SIGMOID,
               (at_least(FORMULA, avx2=1.6, avx512=1.0, limited=LEVEL),)),
    Comparison("tanh_deriv", "float32", "act.tanh_deriv(x, out=y)", TANH_DERIV,
               (at_least(FORMULA, avx2=3, avx512=0.8, limited=LEVEL),)),
    Comparison("sigmoid_deriv", "float32", "act.sigmoid_deriv(x, out=y)", SIGMOID_DERIV,
               (at_least(FORMULA, avx2=3, avx512=1.2, limited=LEVEL),)),
    Comparison("fast.tanh", "float32", "fast.tanh(x, out=y)", TANH,
               (at_least(NUMPY, TORCH, ONNX, avx2=1.0, avx512=1.0, limited=LEVEL),)),
    Comparison("fast.sigmoid", "float32", "fast.sigmoid(x, out=y)", SIGMOID,
               (at_least(FORMULA, TORCH, ONNX, avx2=1.0, avx512=1.0, limited=LEVEL),)),
    Comparison("fast.sinusoid", "float32", "fast.sinusoid(x, out=y)", SINUSOID,
               (at_least(NUMPY, TORCH, ONNX, avx2=1.0, avx512=1.0, limited=LEVEL),)),
    Comparison("tanh", "float64", "act.tanh(x, out=y)", TANH,
               (at_least(NUMPY, avx2=5, avx512=0.7), at_least(TORCH, avx2=2, avx512=3))),
    Comparison("sigmoid", "float64", "act.sigmoid(x, out=y)", SIGMOID, (at_least(FORMULA, avx2=2.5, avx512=1.1),)),
    Comparison("tanh_deriv", "float64", "act.tanh_deriv(x, out=y)", TANH_DERIV,
               (at_least(FORMULA, avx2=6, avx512=1.6),)),
    Comparison("sigmoid_deriv", "float64", "act.sigmoid_deriv(x, out=y)", SIGMOID_DERIV,
               (at_least(FORMULA, avx2=2.5, avx512=1.2),)),
    Comparison("relu", "float32", "act.relu(x, out=y)", RELU,
               (at_least(TORCH, avx2=1.0, avx512=1.0), at_least(COPY, avx2=0.75, avx512=0.75))),
    Comparison("leaky_relu", "float32", "act.leaky_relu(x, out=y)", LEAKY_RELU,
               (at_least(TORCH, avx2=1.0, avx512=1.0), at_least(COPY, avx2=0.75, avx512=0.75))),
    Comparison("relu", "float32", "act.relu(x, out=y)", COPYING, (at_least(COPY, avx2=0.77, avx512=0.77),), LARGE),
    Comparison("fast.tanh", "float32", "fast.tanh(x, out=y)", COPYING,
               (at_least(COPY, avx2=0.77, avx512=0.77),), LARGE),
    Comparison("tanh, a call", "float64", "act.tanh(x)", {NUMPY: "np.tanh(x)"},
               (at_least(NUMPY, avx2=0.9, avx512=0.9),), TINY),
    Comparison("tanh, a call with out=", "float64", "act.tanh(x, out=y)", {NUMPY: "np.tanh(x, out=y)"},
               (at_least(NUMPY, avx2=0.9, avx512=0.9),), TINY),
]

# Two threads against one, over arrays of 16 million elements.
SCALING = [
    Comparison("relu", "float32", "act.relu(x, out=y)", {}, (), LARGE),
    Comparison("tanh", "float32", "act.tanh(x, out=y)", {}, (), LARGE),
    Comparison("fast.tanh", "float32", "fast.tanh(x, out=y)", {}, (), LARGE),
    Comparison("tanh", "float64", "act.tanh(x, out=y)", {}, (), LARGE),
]
