"""The ufuncs of the exact functions. Pickles of those that are not public refer to this module."""

from . import _core, _ufuncs

globals().update(_ufuncs.all_ufuncs(_core.EXACT, __name__, "swiftact"))
