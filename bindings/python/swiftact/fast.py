"""The functions of swiftact under the same names, for speed: float64 and float32 within 4 ULP of the true value instead
of correctly rounded or nearly so. Each function's docstring has the largest error measured. Still the same bits on
every CPU; float16 and bfloat16 still correctly rounded."""

from . import _core, _fast
from ._functions import no_attribute, public_functions
from ._rows import row_functions

_functions = public_functions(_core.FAST, _fast, __name__) | row_functions(_core.FAST, __name__)
globals().update(_functions)
__all__ = list(_functions)


def __getattr__(name):
    no_attribute(__name__, name, __all__)


def __dir__():
    return __all__
