"""The ufuncs of the fast functions. Pickles of those that are not public refer to this module."""

from . import _core, _ufuncs

globals().update(_ufuncs.all_ufuncs(_core.FAST, __name__, "swiftact.fast"))
