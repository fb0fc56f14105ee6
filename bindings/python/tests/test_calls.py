"""Plain arrays, which do not go through NumPy's machinery, are to be treated as it treats them."""

import sys

import numpy as np
import pytest

import swiftact
from conftest import CASES, WITH_PARAMETERS, Public, bits, each_case, each_float

X = np.linspace(-3, 3, 24)
UFUNCS = [swiftact.tanh, swiftact.tanh_deriv, swiftact.fast.sigmoid]
each_ufunc = pytest.mark.parametrize("ufunc", UFUNCS, ids=lambda ufunc: ufunc.__name__)
FUNCTIONS = UFUNCS + [
    Public(swiftact, public.function, suffix, fill_in_all=True)
    for public in WITH_PARAMETERS
    for suffix in ("", "_deriv")
    if public.itself is getattr(swiftact, public.function.name)
]
each_function = pytest.mark.parametrize("ufunc", FUNCTIONS, ids=lambda function: function.__name__)


def described(array):
    if isinstance(array, np.generic):
        return type(array), array.tobytes()
    return type(array), array.dtype, array.dtype.metadata, array.shape, array.strides, array.flags.num, array.tobytes()


def inputs(dtype):
    x = X.astype(dtype)
    cube = x.reshape(2, 3, 4)
    annotated = np.dtype(dtype, metadata={"unit": "mV"})
    read_only = x.copy()
    read_only.flags.writeable = False
    unaligned = np.frombuffer(b"\0" + x.tobytes(), np.uint8)[1:].view(dtype)
    yield from (x, x[:0], x[:1], x[::2], x[::-1], x.reshape(24, 1), x.reshape(1, 24))
    yield from (cube, cube.T, cube[:, 1], cube[:0])
    yield from (x.astype(annotated), read_only, unaligned, x.astype(x.dtype.newbyteorder()), x.reshape(1, 24).T)
    yield from (np.resize(x, 500), np.resize(x, 501), np.resize(x, (25, 20)), np.resize(x, (3, 167)))
    yield from (np.resize(x, 5000), np.resize(x, 5000)[::2], x[3], x[3:4].reshape(()))


@each_float
@each_function
def test_results_are_arrays_as_numpy_makes_them(ufunc, dtype):
    given = [
        lambda x, out: ufunc(x, out),
        lambda x, out: ufunc(x, out=out),
        lambda x, out: ufunc(x, out=(out,)),
        lambda x, out: ufunc(x, **{"".join("out"): out}),
    ]
    for x in inputs(dtype):
        theirs = ufunc(x, where=True)  # with any such argument, the call is NumPy's
        assert described(ufunc(x)) == described(theirs)
        theirs = np.array(theirs)  # of a scalar
        outs = [theirs, theirs.astype(theirs.dtype.newbyteorder()), np.empty((*x.shape, 2), dtype)[..., 0]]
        for out in (*outs, np.empty(x.shape), np.empty(x.shape, complex), np.empty((2, *x.shape))):
            out[...] = 7
            expected = described(ufunc(x, out=out, where=True))
            for call in given:
                out[...] = 7
                assert call(x, out) is out
                assert described(out) == expected


@each_case
@each_float
def test_overlap(case, dtype):
    expected = bits(case(X.astype(dtype)))
    for shift in range(1, 23):
        n = 24 - shift
        for source, target in ((np.s_[:n], np.s_[shift:]), (np.s_[shift:], np.s_[:n])):
            x = X.astype(dtype)
            case(x[source], out=x[target])
            np.testing.assert_array_equal(bits(x[target]), expected[source])
    x = X.astype(dtype)
    assert case(x, out=x) is x
    np.testing.assert_array_equal(bits(x), expected)


@each_case
@each_float
def test_products_and_parameters(case, dtype):
    """Inputs of all forms."""
    for x in inputs(dtype):
        theirs = case(x, where=True)
        assert described(case(x)) == described(theirs)
        out = np.empty_like(theirs)
        assert case(x, out=out) is out
        assert out.tobytes() == theirs.tobytes()


BACKWARD = [case for case in CASES if case.id.endswith("_backward")]


@pytest.mark.parametrize("case", BACKWARD, ids=lambda case: case.id)
@each_float
def test_gradients_unlike_x(case, dtype):
    x = X.astype(dtype)
    others = (
        x[0],
        x[:1],
        x.reshape(24, 1),
        x[::-1],
        2.0,
        2,
        x.astype("f8"),
        x.astype("f2"),
        [1.0] * 24,
        np.ones(24, int),
    )
    for dy in others:
        for a, b in ((x, dy), (dy, x)):
            theirs = case.ufunc(a, b, *case.parameters, where=True)
            assert described(case.ufunc(a, b, *case.parameters)) == described(theirs)
    with pytest.raises(ValueError, match="broadcast"):
        case.ufunc(x, x[1:], *case.parameters)


@each_function
def test_scalars(ufunc):
    for x in (
        0.5,
        2,
        True,
        np.float64(0.5),
        np.float32(0.5),
        np.float16(0.5),
        np.int8(2),
        np.bool_(True),
        -0.0,
        np.nan,
    ):
        assert described(ufunc(x)) == described(ufunc(x, where=True))
        assert type(ufunc(x)) is type(np.tanh(x))


@each_function
def test_refused_by_type(ufunc):
    read_only = np.zeros(24)
    read_only.flags.writeable = False
    for out, error in (
        (read_only, ValueError),
        (np.zeros(23), ValueError),
        (np.zeros(24, int), TypeError),
        ([0.0] * 24, TypeError),
    ):
        for call in (lambda out: ufunc(X, out), lambda out: ufunc(X, out=out), lambda out: ufunc(list(X), out=out)):
            with pytest.raises(error):
                call(out)


@each_ufunc
def test_refused_as_numpy_refuses(ufunc):
    read_only = np.zeros(24)
    read_only.flags.writeable = False
    calls = [
        lambda f: f(X, read_only),
        lambda f: f(X, out=read_only),
        lambda f: f(X, out=np.zeros(23)),
        lambda f: f(X, np.zeros((2, 12))),
        lambda f: f(X, out=np.zeros(24, int)),
        lambda f: f(X, out=[0.0] * 24),
        lambda f: f(X, np.zeros(24), out=np.zeros(24)),
        lambda f: f(X, np.zeros(24), np.zeros(24)),
        lambda f: f(X, ouch=np.zeros(24)),
        lambda f: f(out=np.zeros(24)),
        lambda f: f(),
    ]
    for call in calls:
        with pytest.raises((TypeError, ValueError)) as theirs:
            call(np.tanh)
        with pytest.raises(theirs.type) as ours:
            call(ufunc)
        assert str(ours.value).replace(ufunc.__name__, "tanh") == str(theirs.value)


@each_function
def test_numpys_warning_of_a_view_that_will_be_read_only(ufunc):
    x = X.reshape(1, 24)
    for call in (lambda out: ufunc(x, out), lambda out: ufunc(x, out=out)):
        view = np.broadcast_arrays(X.copy(), x)[0]
        with pytest.raises((DeprecationWarning, FutureWarning), match="broadcast"):
            call(view)


@each_ufunc
def test_subclasses_and_overrides_are_numpys(ufunc):
    class Subclass(np.ndarray):
        pass

    class Other(np.ndarray):
        def __array_ufunc__(self, called, method, *operands, **keywords):
            return called, method, len(operands), list(keywords)

    assert type(ufunc(X.view(Subclass))) is Subclass
    assert type(ufunc(X, out=np.empty(24).view(Subclass))) is Subclass
    for result, keywords in ((ufunc(X.view(Other)), []), (ufunc(X, out=np.empty(24).view(Other)), ["out"])):
        assert type(result) is tuple
        assert result == (ufunc, "__call__", 1, keywords)
    assert ufunc(X, None).tobytes() == ufunc(X, out=None).tobytes() == ufunc(X).tobytes()


@each_function
def test_references(ufunc):
    x, y = X.copy(), np.empty(24)
    before = [sys.getrefcount(o) for o in (x, y, x.dtype)]
    for _ in range(1000):
        ufunc(x)
        ufunc(x, y)
        ufunc(x, out=y)
        ufunc(x[1:], out=x[:-1])
        ufunc(x[0])
    assert [sys.getrefcount(o) for o in (x, y, x.dtype)] == before
