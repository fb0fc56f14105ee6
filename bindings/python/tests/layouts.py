"""Arrays that lie in memory in every way, for the tests of the functions over rows."""

import contextlib
import sys
import threading
import time

import numpy as np


def layouts(x):
    """Arrays equal to x: (what is special about it, the array)."""
    yield "C", x.copy()
    yield "Fortran", np.asfortranarray(x)
    yield "rolled axes", np.moveaxis(np.ascontiguousarray(np.moveaxis(x, 0, -1)), -1, 0)
    yield "backwards", np.ascontiguousarray(x[..., ::-1])[..., ::-1]
    yield "every other", np.repeat(x, 2, axis=-1)[..., ::2]
    yield "column", np.stack([x, x], axis=-1)[..., 0]
    yield "other byte order", x.astype(x.dtype.newbyteorder())
    yield "unaligned", np.frombuffer(b"\0" + x.tobytes(), np.uint8)[1:].view(x.dtype).reshape(x.shape)
    read_only = x.copy()
    read_only.flags.writeable = False
    yield "read-only", read_only


def ulps(result, reference):
    """The largest error of the result, in units in the last place of the reference, which is more precise. Where one of
    them is not finite, so must the other be."""
    result, reference = np.atleast_1d(result), np.atleast_1d(reference)
    with np.errstate(all="ignore"):
        finite = np.isfinite(reference.astype(result.dtype))
        np.testing.assert_array_equal(result[~finite], reference[~finite].astype(result.dtype))
        unit = np.spacing(np.abs(reference[finite].astype(result.dtype))).astype(reference.dtype)
        error = np.abs(result[finite].astype(reference.dtype) - reference[finite]) / unit
    return error.max(initial=0)


@contextlib.contextmanager
def _switch_interval(seconds):
    before = sys.getswitchinterval()
    sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def runs_meanwhile(call):
    """Whether another thread runs while this call does: without switches by time, it gets the GIL only where the call
    gives it up."""
    begun, ended = [], []

    def work():
        begun.append(True)
        call()
        ended.append(True)

    worker = threading.Thread(target=work)
    with _switch_interval(1000):
        worker.start()
        while not begun:
            time.sleep(1e-4)
        seen = not ended
        worker.join()
    return seen
