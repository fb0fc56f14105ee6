"""Activation functions for neural networks, with their derivatives, as NumPy ufuncs.

    >>> import numpy as np, swiftact
    >>> x = np.linspace(-6, 6, 200)
    >>> y, slope = swiftact.tanh(x), swiftact.tanh_deriv(x)
    >>> swiftact.leaky_relu(x, negative_slope=0.3)

Every function of the catalogue is there as NAME and its derivative as NAME_deriv. They take and give arrays as np.tanh
does: float16, float32, float64, and bfloat16 where ml_dtypes is there. float32 and shorter results are correctly
rounded, float64 results less than 1 ULP from the true value, the same bits on every CPU; `swiftact.fast` has the same
names for speed. `swiftact.catalogue()` lists them, `swiftact.Activation` is one of them with its parameters.

`swiftact.dense` is a dense layer, `swiftact.Network` a network of them that can be trained, `swiftact.NeuralNetwork` the
textbooks' one:

    >>> network = swiftact.Network([64, 100, 10], "tanh")
    >>> history = network.fit(X, y, epochs=20)

Over rows, on any axis: softmax, log_softmax and the gated units glu, swiglu, geglu, reglu, each with its NAME_backward.
"""

from . import _core, _exact, fast
from ._activation import Activation, catalogue
from ._dense import dense, dense_backward
from ._functions import no_attribute, public_functions
from ._library import __version__, info, threads
from ._network import Network
from ._neural_network import NeuralNetwork
from ._rows import row_functions
from ._training import TrainingWarning

_functions = public_functions(_core.EXACT, _exact, __name__) | row_functions(_core.EXACT, __name__)
globals().update(_functions)
_classes = ["Activation", "Network", "NeuralNetwork", "TrainingWarning"]
__all__ = [*_functions, *_classes, "__version__", "catalogue", "dense", "dense_backward", "fast", "info", "threads"]


def __getattr__(name):
    no_attribute(__name__, name, __all__)


def __dir__():
    return __all__
