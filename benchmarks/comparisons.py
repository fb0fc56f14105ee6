"""What is compared with what, and how fast it has to be: data only.

The statements are Python source, timed as they stand. They see the arrays x, dy (ones) and y of one type and size, and
z for what lies between; `np`, `special` (scipy.special), `torch` and `aten` (torch.ops.aten) with tx, tdy, ty and tz
(the memory of x, dy, y and z); and FORMULAS. JAX's are expressions of x that it compiles; ONNX Runtime's are operators
with their attributes. Where a peer has several statements, all are tried and the fastest is measured.
"""
from dataclasses import dataclass

AVX2 = "AVX2"  # a CPU without AVX-512
AVX512 = "AVX-512"
LIMITED = "AVX-512 limited to AVX2"  # a CPU with AVX-512 where everyone is told to do without

# How many elements: what input and output together fill three quarters of L2 with; a number; rows and columns.
IN_L2, LARGE, TINY, WIDE, TALL = "in L2", "16 million", "10", "64×1000", "8192×128"

VALUE, DERIVATIVE = "value", "derivative"
EXACT, FAST = "exact", "fast"
FLOATS = ("float32", "float64")

NUMPY, SCIPY, TORCH, JAX, ONNX, COPY = "NumPy", "SciPy", "PyTorch", "JAX", "ONNX Runtime", "a copy"
PEERS = (NUMPY, SCIPY, TORCH, JAX, ONNX)
COPYING = "np.copyto(y, x)"


@dataclass(frozen=True)
class Row:
    """A function of ours, exact and fast, and the peers'."""

    function: str
    form: str = VALUE
    size: str = IN_L2
    dtypes: tuple = FLOATS
    title: str = ""
    ours: str = ""  # with {act} for swiftact or swiftact.fast
    numpy: str | tuple = ()  # one call
    formula: str | tuple = ()  # where NumPy has to compose it: as people write it
    scipy: str | tuple = ()
    torch: str | tuple = ()
    jax: str = ""
    onnx: tuple = ()
    copy: bool = False  # measure a copy too
    reference: str = ""  # the true values; empty: the exact float64 function's

    @property
    def name(self):
        return self.title or self.function + "_deriv" * (self.form == DERIVATIVE)


def onnx(operator, **attributes):
    return operator, attributes


def both(function, *parameters, jax="", value=None, derivative=None):
    """The rows of a function and of its derivative, which JAX makes from the function."""
    given = "".join(f", {p}" for p in parameters)
    for form, suffix, peers in ((VALUE, "", value), (DERIVATIVE, "_deriv", derivative)):
        if peers is not None:
            yield Row(function, form, ours=f"{{act}}.{function}{suffix}(x{given}, out=y)", jax=jax, **peers)


# As people write them in NumPy.
FORMULAS = """
def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))
def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
def log_softmax(x):
    x = x - x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))
def gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))
def gelu_tanh_deriv(x):
    t = np.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * 0.7978845608028654 * (1 + 3 * 0.044715 * x * x)
def silu_deriv(x):
    s = sigmoid(x)
    return s * (1 + x * (1 - s))
def quick_gelu_deriv(x):
    s = sigmoid(1.702 * x)
    return s * (1 + 1.702 * x * (1 - s))
def mish_deriv(x):
    t = np.tanh(np.log1p(np.exp(x)))
    return t + x * (1 - t * t) * sigmoid(x)
def gelu_deriv(x):
    return special.ndtr(x) + x * (0.3989422804014327 * np.exp(-0.5 * x * x))
def lisht_deriv(x):
    t = np.tanh(x)
    return t + x * (1 - t * t)
"""

# What PyTorch has for slopes are products with the gradient: here with ones. tanh's, sigmoid's and
# logsigmoid's start from what the function has left.
CATALOGUE = [
    *both("identity", value=dict(numpy=COPYING, torch="ty.copy_(tx)"),
          derivative=dict(numpy="y.fill(1)", torch="ty.fill_(1)")),
    *both("tanh", jax="jnp.tanh(x)", value=dict(
        numpy="np.tanh(x, out=y)", torch="torch.tanh(tx, out=ty)", onnx=onnx("Tanh"),
    ), derivative=dict(
        formula=("1.0 - np.tanh(x) * np.tanh(x)", "1 - np.tanh(x) ** 2"),
        torch="(torch.tanh(tx, out=tz), aten.tanh_backward.grad_input(tdy, tz, grad_input=ty))[1]",
    )),
    *both("sigmoid", jax="nn.sigmoid(x)", value=dict(
        formula="sigmoid(x)", scipy="special.expit(x, out=y)", torch="torch.sigmoid(tx, out=ty)", onnx=onnx("Sigmoid"),
    ), derivative=dict(
        formula=("sigmoid(x) * (1 - sigmoid(x))", "(s := sigmoid(x)) * (1 - s)"),
        torch="(torch.sigmoid(tx, out=tz), aten.sigmoid_backward.grad_input(tdy, tz, grad_input=ty))[1]",
    )),
    *both("relu", jax="nn.relu(x)", value=dict(
        numpy="np.maximum(x, 0, out=y)", torch=("torch.clamp_min(tx, 0, out=ty)", "aten.relu.out(tx, out=ty)"),
        onnx=onnx("Relu"), copy=True,
    ), derivative=dict(
        formula=("np.where(x > 0, x.dtype.type(1), x.dtype.type(0))", "(x > 0).astype(x.dtype)"),
        torch="aten.threshold_backward.grad_input(tdy, tx, 0, grad_input=ty)",
    )),
    *both("leaky_relu", jax="nn.leaky_relu(x, 0.01)", value=dict(
        formula=("np.where(x > 0, x, 0.01 * x)", "np.maximum(x, 0.01 * x)"),
        torch="torch._C._nn.leaky_relu(tx, 0.01, out=ty)", onnx=onnx("LeakyRelu", alpha=0.01), copy=True,
    ), derivative=dict(
        formula="np.where(x > 0, x.dtype.type(1), x.dtype.type(0.01))",
        torch="aten.leaky_relu_backward.grad_input(tdy, tx, 0.01, False, grad_input=ty)",
    )),
    *both("prelu", 0.25, jax="jnp.where(x > 0, x, 0.25 * x)", value=dict(
        formula=("np.where(x > 0, x, 0.25 * x)", "np.maximum(x, 0.25 * x)"),
        torch="torch._C._nn.leaky_relu(tx, 0.25, out=ty)", onnx=onnx("LeakyRelu", alpha=0.25),
    ), derivative=dict(
        formula="np.where(x > 0, x.dtype.type(1), x.dtype.type(0.25))",
        torch="aten.leaky_relu_backward.grad_input(tdy, tx, 0.25, False, grad_input=ty)",
    )),
    *both("bent_identity", jax="(jnp.sqrt(x * x + 1) - 1) / 2 + x", value=dict(
        formula="(np.sqrt(x * x + 1) - 1) / 2 + x",
    ), derivative=dict(formula="x / (2 * np.sqrt(x * x + 1)) + 1")),
    *both("sinusoid", jax="jnp.sin(x)", value=dict(
        numpy="np.sin(x, out=y)", torch="torch.sin(tx, out=ty)", onnx=onnx("Sin"),
    ), derivative=dict(numpy="np.cos(x, out=y)", torch="torch.cos(tx, out=ty)", onnx=onnx("Cos"))),
    *both("elu", jax="nn.elu(x)", value=dict(
        formula=("np.where(x > 0, x, np.expm1(x))", "np.maximum(x, 0) + np.expm1(np.minimum(x, 0))",
                 "np.where(x > 0, x, np.exp(x) - 1)"),
        torch="torch._C._nn.elu(tx, out=ty)", onnx=onnx("Elu"),
    ), derivative=dict(
        formula=("np.where(x > 0, x.dtype.type(1), np.exp(x))", "np.exp(np.minimum(x, 0))"),
        torch="aten.elu_backward.grad_input(tdy, 1, 1, 1, False, tx, grad_input=ty)",
    )),
    *both("selu", jax="nn.selu(x)", value=dict(
        formula="1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(x))",
        torch="aten.elu.out(tx, 1.6732632423543772, 1.0507009873554805, 1, out=ty)", onnx=onnx("Selu"),
    ), derivative=dict(
        formula="1.0507009873554805 * np.where(x > 0, x.dtype.type(1), 1.6732632423543772 * np.exp(x))",
        torch="aten.elu_backward.grad_input(tdy, 1.6732632423543772, 1.0507009873554805, 1, False, tx, grad_input=ty)",
    )),
    *both("celu", jax="nn.celu(x)", value=dict(
        formula=("np.where(x > 0, x, np.expm1(x))", "np.maximum(x, 0) + np.expm1(np.minimum(x, 0))"),
        torch="aten.celu.out(tx, 1, out=ty)", onnx=onnx("Celu"),
    ), derivative=dict(
        formula=("np.where(x > 0, x.dtype.type(1), np.exp(x))", "np.exp(np.minimum(x, 0))"),
        torch="aten.elu_backward.grad_input(tdy, 1, 1, 1, False, tx, grad_input=ty)",
    )),
    *both("gelu", jax="nn.gelu(x, approximate=False)", value=dict(
        scipy=("x * special.ndtr(x)", "0.5 * x * (1 + special.erf(x * 0.7071067811865476))"),
        torch="torch._C._nn.gelu(tx, out=ty)", onnx=onnx("Gelu"),
    ), derivative=dict(scipy="gelu_deriv(x)", torch="aten.gelu_backward.grad_input(tdy, tx, grad_input=ty)")),
    *both("gelu_tanh", jax="nn.gelu(x, approximate=True)", value=dict(
        formula="gelu_tanh(x)", torch="torch._C._nn.gelu(tx, approximate='tanh', out=ty)",
        onnx=onnx("Gelu", approximate="tanh"),
    ), derivative=dict(
        formula="gelu_tanh_deriv(x)",
        torch="aten.gelu_backward.grad_input(tdy, tx, approximate='tanh', grad_input=ty)",
    )),
    *both("quick_gelu", jax="x * nn.sigmoid(1.702 * x)", value=dict(
        formula="x * sigmoid(1.702 * x)", onnx=onnx("com.microsoft:QuickGelu", alpha=1.702),
    ), derivative=dict(formula="quick_gelu_deriv(x)")),
    *both("silu", jax="nn.silu(x)", value=dict(
        formula=("x * sigmoid(x)", "x / (1 + np.exp(-x))"), scipy="x * special.expit(x)",
        torch="torch._C._nn.silu(tx, out=ty)", onnx=onnx("com.microsoft:QuickGelu", alpha=1.0),
    ), derivative=dict(
        formula="silu_deriv(x)", torch="aten.silu_backward.grad_input(tdy, tx, grad_input=ty)",
    )),
    *both("swish", jax="nn.silu(x)", value=dict(
        formula=("x * sigmoid(x)", "x / (1 + np.exp(-x))"), torch="torch._C._nn.silu(tx, out=ty)",
        onnx=onnx("com.microsoft:QuickGelu", alpha=1.0),
    ), derivative=dict(
        formula="silu_deriv(x)", torch="aten.silu_backward.grad_input(tdy, tx, grad_input=ty)",
    )),
    *both("mish", jax="nn.mish(x)", value=dict(
        formula=("x * np.tanh(np.log1p(np.exp(x)))", "x * np.tanh(np.log(1 + np.exp(x)))"),
        torch="torch._C._nn.mish(tx, out=ty)", onnx=onnx("Mish"),
    ), derivative=dict(formula="mish_deriv(x)", torch="aten.mish_backward(tdy, tx)")),
    *both("softplus", jax="nn.softplus(x)", value=dict(
        formula=("np.log1p(np.exp(x))", "np.log(1 + np.exp(x))", "np.logaddexp(0, x)"),
        scipy="special.softplus(x)", torch="torch._C._nn.softplus(tx, out=ty)", onnx=onnx("Softplus"),
    ), derivative=dict(
        formula="sigmoid(x)", torch="aten.softplus_backward.grad_input(tdy, tx, 1, 20, grad_input=ty)",
    )),
    *both("softsign", jax="nn.soft_sign(x)", value=dict(
        formula="x / (1 + np.abs(x))", torch="tx / (1 + tx.abs())", onnx=onnx("Softsign"),
    ), derivative=dict(formula="1 / (1 + np.abs(x)) ** 2")),
    *both("logsigmoid", jax="nn.log_sigmoid(x)", value=dict(
        formula=("-np.log1p(np.exp(-x))", "np.log(sigmoid(x))"), scipy="special.log_expit(x, out=y)",
        torch="aten.log_sigmoid.out(tx, out=ty)",
    ), derivative=dict(
        formula="sigmoid(-x)",
        torch="(aten.log_sigmoid_forward.output(tx, output=ty, buffer=tz),"
              " aten.log_sigmoid_backward.grad_input(tdy, tx, tz, grad_input=ty))[1]",
    )),
    *both("tanhshrink", jax="x - jnp.tanh(x)", value=dict(
        formula="x - np.tanh(x)", torch="tx - torch.tanh(tx)",
    ), derivative=dict(formula="np.tanh(x) ** 2")),
    *both("softshrink", jax="jnp.where(x > 0.5, x - 0.5, jnp.where(x < -0.5, x + 0.5, 0))", value=dict(
        formula=("np.where(x > 0.5, x - 0.5, np.where(x < -0.5, x + 0.5, 0))",
                 "np.sign(x) * np.maximum(np.abs(x) - 0.5, 0)"),
        torch="torch._C._nn.softshrink(tx, 0.5, out=ty)", onnx=onnx("Shrink", lambd=0.5, bias=0.5),
    ), derivative=dict(
        formula="(np.abs(x) > 0.5).astype(x.dtype)",
        torch="aten.softshrink_backward.grad_input(tdy, tx, 0.5, grad_input=ty)",
    )),
    *both("hardshrink", jax="jnp.where(abs(x) > 0.5, x, 0)", value=dict(
        formula=("np.where(np.abs(x) > 0.5, x, 0)", "x * (np.abs(x) > 0.5)"),
        torch="aten.hardshrink.out(tx, 0.5, out=ty)", onnx=onnx("Shrink", lambd=0.5, bias=0.0),
    ), derivative=dict(
        formula="(np.abs(x) > 0.5).astype(x.dtype)",
        torch="aten.hardshrink_backward.grad_input(tdy, tx, 0.5, grad_input=ty)",
    )),
    *both("hardtanh", jax="nn.hard_tanh(x)", value=dict(
        numpy="np.clip(x, -1, 1, out=y)",
        torch=("torch.clamp(tx, -1, 1, out=ty)", "torch._C._nn.hardtanh(tx, -1, 1, out=ty)"),
    ), derivative=dict(
        formula="(np.abs(x) < 1).astype(x.dtype)",
        torch="aten.hardtanh_backward.grad_input(tdy, tx, -1, 1, grad_input=ty)",
    )),
    *both("hardsigmoid", jax="nn.hard_sigmoid(x)", value=dict(
        formula=("np.clip(x + 3, 0, 6) / 6", "np.clip(x / 6 + 0.5, 0, 1)"),
        torch="torch._C._nn.hardsigmoid(tx, out=ty)", onnx=onnx("HardSigmoid", alpha=1 / 6, beta=0.5),
    ), derivative=dict(
        formula="np.where(np.abs(x) < 3, x.dtype.type(1 / 6), x.dtype.type(0))",
        torch="aten.hardsigmoid_backward.grad_input(tdy, tx, grad_input=ty)",
    )),
    *both("hardswish", jax="nn.hard_swish(x)", value=dict(
        formula="x * np.clip(x + 3, 0, 6) / 6", torch="aten.hardswish.out(tx, out=ty)", onnx=onnx("HardSwish"),
    ), derivative=dict(
        formula="np.where(x < -3, 0, np.where(x < 3, x / 3 + 0.5, 1))",
        torch="aten.hardswish_backward.out(tdy, tx, out=ty)",
    )),
    *both("relu6", jax="nn.relu6(x)", value=dict(
        numpy="np.clip(x, 0, 6, out=y)",
        torch=("torch.clamp(tx, 0, 6, out=ty)", "torch._C._nn.hardtanh(tx, 0, 6, out=ty)"),
    ), derivative=dict(
        formula="((x > 0) & (x < 6)).astype(x.dtype)",
        torch="aten.hardtanh_backward.grad_input(tdy, tx, 0, 6, grad_input=ty)",
    )),
    *both("threshold", 0.1, 20.0, jax="jnp.where(x > 0.1, x, 20)", value=dict(
        formula="np.where(x > 0.1, x, 20)", torch="aten.threshold.out(tx, 0.1, 20, out=ty)",
    ), derivative=dict(
        formula="(x > 0.1).astype(x.dtype)", torch="aten.threshold_backward.grad_input(tdy, tx, 0.1, grad_input=ty)",
    )),
    *both("squared_relu", jax="jnp.square(nn.relu(x))", value=dict(
        formula="np.maximum(x, 0) ** 2", torch="torch.square(torch.clamp_min(tx, 0, out=tz), out=ty)",
    ), derivative=dict(formula="2 * np.maximum(x, 0)")),
    *both("gaussian", jax="jnp.exp(-x * x)", value=dict(
        formula="np.exp(-x * x)",
    ), derivative=dict(formula="-2 * x * np.exp(-x * x)")),
    *both("arctan", jax="jnp.arctan(x)", value=dict(
        numpy="np.arctan(x, out=y)", torch="torch.atan(tx, out=ty)", onnx=onnx("Atan"),
    ), derivative=dict(formula="1 / (1 + x * x)")),
    *both("lisht", jax="x * jnp.tanh(x)", value=dict(formula="x * np.tanh(x)"), derivative=dict(formula="lisht_deriv(x)")),
    *both("squareplus", jax="nn.squareplus(x)", value=dict(
        formula="(x + np.sqrt(x * x + 4)) / 2",
    ), derivative=dict(formula="(1 + x / np.sqrt(x * x + 4)) / 2")),
    *both("snake", jax="x + jnp.sin(x) ** 2", value=dict(
        formula="x + np.sin(x) ** 2",
    ), derivative=dict(formula="1 + np.sin(2 * x)")),
    *both("exponential", jax="jnp.exp(x)", value=dict(
        numpy="np.exp(x, out=y)", torch="torch.exp(tx, out=ty)", onnx=onnx("Exp"),
    ), derivative=dict(numpy="np.exp(x, out=y)", torch="torch.exp(tx, out=ty)", onnx=onnx("Exp"))),
    *both("erf", jax="jax.scipy.special.erf(x)", value=dict(
        scipy="special.erf(x, out=y)", torch="torch.erf(tx, out=ty)", onnx=onnx("Erf"),
    ), derivative=dict(formula="1.1283791670955126 * np.exp(-x * x)")),
]

SOFTMAX = [
    Row(name, size=size, dtypes=("float32",), title=f"{name} {size}", ours=f"{{act}}.{name}(x, out=y)",
        formula=f"{name}(x)", scipy=f"special.{name}(x, axis=-1)", torch=f"torch.{name}(tx, -1, out=ty)",
        jax=f"nn.{name}(x)", onnx=onnx(operator), reference=f"{name}(x.astype(np.longdouble))")
    for name, operator in (("softmax", "Softmax"), ("log_softmax", "LogSoftmax"))
    for size in (WIDE, TALL)
]

# How near memory's speed large arrays are, and what a call costs.
SIZES = [
    Row("relu", size=LARGE, dtypes=("float32",), title="relu, 16 million", ours="{act}.relu(x, out=y)", copy=True),
    Row("tanh", size=LARGE, dtypes=("float32",), title="tanh, 16 million", ours="{act}.tanh(x, out=y)", copy=True),
    Row("tanh", size=TINY, dtypes=("float64",), title="tanh, a call", ours="{act}.tanh(x)", numpy="np.tanh(x)"),
    Row("tanh", size=TINY, dtypes=("float64",), title="tanh, a call with out=", ours="{act}.tanh(x, out=y)",
        numpy="np.tanh(x, out=y)"),
]

ROWS = [*CATALOGUE, *SOFTMAX, *SIZES]


# --------------------------------------------------------------------------------------------------------- the aims

BEST = "the best peer"
AS_RIGHT = "the best peer within 1 ULP"  # as measured in the same run
FORMULA = "NumPy's formula"  # NumPy, where it has to compose the function
OWN_FAST = "swiftact.fast"
# Where everyone is limited to AVX2, at most a tenth behind is level.
LEVEL = 0.9


@dataclass(frozen=True)
class Aim:
    """What a peer's time divided by ours must at least be, on each kind of CPU, in the rows that are meant."""

    ours: str  # EXACT or FAST
    against: str
    least: dict
    dtypes: tuple = FLOATS
    forms: tuple = (VALUE, DERIVATIVE)
    names: tuple = ()  # empty: every row
    sizes: tuple = (IN_L2, WIDE, TALL)

    def meant(self, row, dtype):
        """Whether the row is one of those."""
        return (dtype in self.dtypes and row.form in self.forms and row.size in self.sizes
                and (not self.names or row.name in self.names))


def everywhere(least, limited=None):
    return {AVX2: least, AVX512: least, LIMITED: least if limited is None else limited}


def each(avx2, avx512, limited=None):
    return {AVX2: avx2, AVX512: avx512, LIMITED: limited}


F32, F64 = ("float32",), ("float64",)
LEAST = everywhere(1.0, LEVEL)
THIRD = round(1 / 3, 3)
AIMS = [
    Aim(FAST, BEST, LEAST),
    Aim(FAST, BEST, everywhere(2.0), names=("mish", "softplus")),
    Aim(EXACT, AS_RIGHT, LEAST, F64),
    Aim(EXACT, BEST, everywhere(1.5), F64, names=("mish", "softplus", "gelu")),
    Aim(EXACT, FORMULA, LEAST, F32),
    Aim(EXACT, TORCH, LEAST, F32, names=("tanh", "mish", "softplus", "elu")),
    Aim(EXACT, OWN_FAST, everywhere(THIRD)),
    # Of single functions.
    Aim(EXACT, NUMPY, each(2.0, 0.35, LEVEL), F32, names=("tanh",)),
    Aim(EXACT, FORMULA, each(1.6, 1.0, LEVEL), F32, names=("sigmoid",)),
    Aim(EXACT, FORMULA, each(3, 0.8, LEVEL), F32, names=("tanh_deriv",)),
    Aim(EXACT, FORMULA, each(3, 1.2, LEVEL), F32, names=("sigmoid_deriv",)),
    Aim(EXACT, NUMPY, each(5, 0.7), F64, names=("tanh",)),
    Aim(EXACT, TORCH, each(2, 3), F64, names=("tanh",)),
    Aim(EXACT, FORMULA, each(2.5, 1.1), F64, names=("sigmoid",)),
    Aim(EXACT, FORMULA, each(6, 1.6), F64, names=("tanh_deriv",)),
    Aim(EXACT, FORMULA, each(2.5, 1.2), F64, names=("sigmoid_deriv",)),
    Aim(EXACT, TORCH, each(1.0, 1.0), F32, names=("relu", "leaky_relu")),
    Aim(EXACT, COPY, each(0.75, 0.75), F32, names=("relu", "leaky_relu")),
    Aim(EXACT, COPY, each(0.77, 0.77), names=("relu, 16 million",), sizes=(LARGE,)),
    Aim(FAST, COPY, each(0.77, 0.77), names=("tanh, 16 million",), sizes=(LARGE,)),
    Aim(EXACT, NUMPY, each(0.9, 0.9), names=("tanh, a call", "tanh, a call with out="), sizes=(TINY,)),
]

# Two threads against one over 16 million float32 elements, where memory leaves room for it: where two threads would
# still take longer than two threads' copying, by this factor.
TWO_THREADS, ROOM = 1.7, 1.25
# And training a network whose matrices are large enough to be split.
TRAINING_TWO_THREADS = 1.6
