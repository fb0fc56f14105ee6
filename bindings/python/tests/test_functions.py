"""The public functions that have parameters: objects much as NumPy's ufuncs are, and quick ones. For whatever the
catalogue holds."""

import contextlib
import copy
import gc
import inspect
import io
import math
import pickle
import pydoc
import re
import sys
import weakref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import swiftact
from conftest import FLOATS, WITH_PARAMETERS, activation, bits, each_with_parameters, needs_parameters, sample
from swiftact import _core
from swiftact._catalogue import FUNCTIONS
from swiftact._documentation import UFUNC_KEYWORDS

X = np.linspace(-3, 3, 24)
CANONICAL = [
    public
    for public in WITH_PARAMETERS
    if public.function.name == public.function.canonical and public.module is swiftact
]
each_canonical = pytest.mark.parametrize("public", CANONICAL, ids=lambda public: public.id)
NAMES = [f.name for f in FUNCTIONS.values() if f.name == f.canonical]
each_name = pytest.mark.parametrize("name", NAMES)


# ------------------------------------------------------------------------------------------------------- the object


@each_with_parameters
def test_attributes(public):
    f, name = public.itself, public.__name__
    assert type(f) is _core.function and callable(f)
    assert f.__name__ == f.__qualname__ == name and f.__module__ == public.module.__name__
    assert repr(f) == str(f) == f"<function {f.__module__}.{name}>"
    assert isinstance(f.ufunc, np.ufunc) and f.ufunc.__name__ == name
    assert f.ufunc.nin == 1 + len(public.function.parameters)
    assert {"__name__", "__doc__", "ufunc"} <= set(dir(f))
    assert f == f and hash(f) == hash(f) and f != f.ufunc
    assert weakref.ref(f)() is f
    with pytest.raises(AttributeError):
        f.ufunc = np.tanh
    with pytest.raises(AttributeError):
        f.nothing


@each_with_parameters
def test_signature_and_help(public):
    f, parameters = public.itself, public.function.parameters
    signature = inspect.signature(f)
    assert list(signature.parameters) == ["x", *(p.name for p in parameters), *UFUNC_KEYWORDS[:-1]]
    for p in parameters:
        expected = inspect.Parameter.empty if p.default is None else p.default
        assert signature.parameters[p.name].default == expected
    signature.bind(X, *(sample(p) for p in parameters), X)
    first_line = f"{f.__name__}{signature}"
    assert inspect.getdoc(f).startswith(first_line + "\n\n")
    shown = pydoc.plain(pydoc.render_doc(f))
    assert repr(f) in shown and first_line in shown and "Parameters" in shown
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        help(f)
    assert first_line in printed.getvalue()


@each_with_parameters
def test_copies_are_itself(public):
    f = public.itself
    assert copy.copy(f) is copy.deepcopy(f) is f
    assert copy.deepcopy({"activation": [f]})["activation"][0] is f
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(f, protocol)) is f


def test_in_a_class_it_is_no_method():
    class Layer:
        activation = swiftact.leaky_relu

    np.testing.assert_array_equal(Layer().activation(X, 0.5), swiftact.leaky_relu(X, 0.5))


def test_users_may_give_it_attributes():
    swiftact.leaky_relu.note = "mine"
    assert swiftact.leaky_relu.note == "mine"
    del swiftact.leaky_relu.note


def test_it_goes_when_nobody_needs_it():
    parameter = FUNCTIONS["leaky_relu"].parameters[0]
    made = _core.function(swiftact.leaky_relu.ufunc, 1, (parameter.default,), {}, len)
    made.myself = made
    gone = weakref.ref(made)
    del made
    gc.collect()
    assert gone() is None
    gone = weakref.ref(swiftact.Activation("leaky_relu")._forms[0])
    gc.collect()
    assert gone() is None


@each_with_parameters
def test_references(public):
    f, values = public.itself, [sample(p) for p in public.function.parameters]
    named = dict(zip((p.name for p in public.function.parameters), values, strict=True))
    x, y, array, short = X.copy(), np.empty(24), np.full(24, values[-1]), np.full(24, values[-1], np.float32)
    watched = [x, y, array, short, f, f.ufunc, f.__dict__, np.dtype(float), *values]

    def calls():
        f(x, *values)
        f(x, *values, y)
        f(x, **named, out=y)
        f(x, *values[:-1], array, out=y)
        f(x, *values[:-1], short, where=True)
        f(x, *values[:-1], np.float64(values[-1]), dtype=float)
        f(x[::2], *values)
        f([1.0], *values)
        f(1.0, *values)
        f.__call__(x, *values)
        for wrong in ((x, *values, y, y), (x, *values[:-1], "0"), (x, *values[:-1], np.nan), ()):
            with contextlib.suppress(TypeError, ValueError):
                f(*wrong)
        with contextlib.suppress(TypeError):
            f(x, *values, nothing=1)
        with contextlib.suppress(ValueError):
            f(x, *values[:-1], np.full(24, np.nan))

    calls()
    before = [sys.getrefcount(o) for o in watched]
    for _ in range(100):
        calls()
    after = [sys.getrefcount(o) for o in watched]
    assert all(abs(a - b) < 50 for a, b in zip(after, before, strict=True))


# -------------------------------------------------------------------------------------------------- giving parameters


def values_of(parameter):
    """Values that the parameter may have and float32 holds."""
    least = 2.0**-20 if parameter.minimum > 0 else max(parameter.minimum, -100.0)
    return st.floats(least, min(parameter.maximum, 100.0), width=32, allow_subnormal=False)


@st.composite
def parameter_sets(draw, function):
    values = [draw(values_of(p)) for p in function.parameters]
    return sorted(values) if function.info["parameters_ordered"] else values


AS_GIVEN = {
    "float": float,
    "float64": np.float64,
    "float32": np.float32,
    "0-d": np.array,
    "one": lambda value: [value],
    "array": lambda value: np.full(24, value),
    "float32 array": lambda value: np.full(24, value, np.float32),
    "strided array": lambda value: np.full(48, value, np.float32)[::-2],
    "column": lambda value: np.full((3, 1), value),
}


@each_with_parameters
@settings(max_examples=40)
@given(data=st.data())
def test_however_parameters_and_out_are_given(public, data):
    function, parameters = public.function, public.function.parameters
    x = np.resize(X, data.draw(st.sampled_from([(24,), (3, 24)]))).astype(data.draw(st.sampled_from(FLOATS)))
    values = data.draw(parameter_sets(function))
    forms = [AS_GIVEN[data.draw(st.sampled_from(list(AS_GIVEN)))] for _ in parameters]
    given_values = [form(value) for form, value in zip(forms, values, strict=True)]
    shape = np.broadcast_shapes(x.shape, *map(np.shape, given_values))
    expected = np.broadcast_to(public.ufunc(x, *values), shape)

    by_position = data.draw(st.integers(0, len(parameters)))
    keywords = {}
    for p, value in zip(parameters[by_position:], given_values[by_position:], strict=True):
        keywords[data.draw(st.sampled_from(p.spellings))] = value
    args = given_values[:by_position]
    out = np.empty(shape, x.dtype)
    where_out = data.draw(st.sampled_from(["none", "keyword", "tuple", *(["position"] * (not keywords))]))
    if where_out == "position":
        args.append(out)
    elif where_out != "none":
        keywords["out"] = out if where_out == "keyword" else (out,)
    for name, value in (("where", True), ("dtype", x.dtype), ("order", "K"), ("casting", "same_kind"), ("subok", True)):
        if data.draw(st.booleans()):
            keywords[name] = value
    keywords = dict(data.draw(st.permutations(list(keywords.items()))))
    y = public.itself(x, *args, **keywords)
    assert y.dtype == x.dtype and (where_out == "none" or y is out)
    np.testing.assert_array_equal(bits(y), bits(expected))
    np.testing.assert_array_equal(bits(public.itself.__call__(x, *args, **keywords)), bits(expected))


@each_with_parameters
def test_defaults_and_missing_parameters(public):
    parameters = public.function.parameters
    named = {p.name: p.default for p in parameters if p.default is not None}
    missing = [p.name for p in parameters if p.default is None]
    if not missing:
        np.testing.assert_array_equal(public.itself(X), public.ufunc(X, *named.values()))
        return
    for x, keywords in ((X, {}), (X, {"out": X.copy()}), (X[::2], {"where": True}), ([1.0], {}), (1.0, {}), (X, named)):
        with pytest.raises(TypeError) as error:
            public.itself(x, **keywords)
        assert str(error.value) == f"{public.__name__}: {' and '.join(missing)} must be given, there is no default"
    last_missing = [p.name for p in parameters[1:] if p.default is None]
    if last_missing:
        with pytest.raises(TypeError, match=f"^{public.__name__}: {' and '.join(last_missing)} must be given"):
            public.itself(X, 0.5)


@each_canonical
def test_layout_of_results_with_arrays_of_parameters(public):
    """As the ufunc itself has it."""
    values = [sample(p) for p in public.function.parameters]
    x = np.linspace(-3, 3, 36).reshape(3, 3, 4)
    for shape in ((4,), (3, 1), (3, 1, 1), (3, 3, 4), (5, 1, 1, 1), (1, 1, 1, 1)):
        for dtype in (np.float64, np.float32, int):
            for order in ("C", "F"):
                array = np.full(shape, 1 if dtype is int else values[-1], dtype, order)
                for a in (x, x.T.copy().T, x.swapaxes(0, 1), x[:, ::-1]):
                    ours, theirs = public.itself(a, *values[:-1], array), public.ufunc(a, *values[:-1], array)
                    assert (ours.shape, ours.strides, ours.dtype) == (theirs.shape, theirs.strides, theirs.dtype)
                    np.testing.assert_array_equal(ours, theirs)


# ---------------------------------------------------------------------------------------------- parameters' domains


def just_outside(parameter):
    """What is not allowed."""
    outside = {np.nan, np.inf, -np.inf}
    outside |= {math.nextafter(parameter.minimum, -np.inf), math.nextafter(parameter.maximum, np.inf)}
    return sorted(outside, key=str)


@each_with_parameters
def test_the_ends_of_domains(public):
    for i, p in enumerate(public.function.parameters):
        values = [sample(q) for q in public.function.parameters]
        for end in (p.minimum, p.maximum):
            values[i] = end
            if public.function.info["parameters_ordered"]:
                values[1 - i] = end
            public.itself(X, *values)
            public.itself(X, *values[:i], np.array([end]), *values[i + 1 :])
        values = [sample(q) for q in public.function.parameters]
        for bad in just_outside(p):
            values[i] = bad
            message = f"^{public.__name__}: {p.name} must be {p.allowed}, got {re.escape(str(bad))}$"
            for x in (X, X[::2], X[:0], [], [1.0], 1.0, np.float32(1), X.astype(int), np.resize(X, 5000)):
                for form in (float, np.float64, np.array, lambda v: np.array([v]), lambda v: [v]):
                    with pytest.raises(ValueError, match=message):
                        public.itself(x, *values[:i], form(bad), *values[i + 1 :])


@each_canonical
@settings(max_examples=30)
@given(data=st.data())
def test_the_first_value_that_is_not_allowed_is_named_and_nothing_written(public, data):
    function, parameters = public.function, public.function.parameters
    i = data.draw(st.integers(0, len(parameters) - 1))
    shape = data.draw(st.sampled_from([(24,), (30, 24), (30, 1), (1, 24), (3, 30, 24), (900, 1)]))
    array = np.full(shape, sample(parameters[i]))
    places = data.draw(st.lists(st.integers(0, array.size - 1), min_size=1, max_size=3))
    bad = {place: data.draw(st.sampled_from(just_outside(parameters[i]))) for place in places}
    for place, value in bad.items():
        array.flat[place] = value
    if data.draw(st.booleans()):
        array = np.asfortranarray(array)
    if data.draw(st.booleans()):
        array = np.repeat(array, 2, axis=-1)[..., ::2]
    values = [sample(p) for p in parameters]
    values[i] = array
    out = np.full(np.broadcast_shapes(X.shape, shape), 7.0)
    with pytest.raises(ValueError) as error:
        public.itself(X, *values, out=out)
    name = parameters[i].name
    assert str(error.value) == f"{public.__name__}: {name} must be {parameters[i].allowed}, got {bad[min(bad)]}"
    assert (out == 7).all()
    with pytest.raises(ValueError):
        swiftact.Activation(function.name, **dict(zip((p.name for p in parameters), values, strict=True)))
    # where they do not count they do not matter
    counts = np.ones(out.shape, bool)
    counts[np.broadcast_to(~np.isfinite(array) | np.isin(array, list(bad.values())), out.shape)] = False
    public.itself(X, *values, out=out, where=counts)
    assert (out[~counts] == 7).all()


ORDERED = [public for public in WITH_PARAMETERS if public.function.info["parameters_ordered"]]


@pytest.mark.parametrize("public", ORDERED, ids=lambda public: public.id)
def test_order(public):
    first, second = (p.name for p in public.function.parameters)
    low = np.zeros((300, 40))
    low[200, 3] = 2.5
    out = np.full((300, 40), 7.0)
    x = np.zeros((300, 40))
    for call, where in (
        (lambda: public.itself(x, 2.5, 2.0, out=out), (2.5, 2.0)),
        (lambda: public.itself(x[::2], 2.5, 2.0, out=out[::2]), (2.5, 2.0)),
        (lambda: public.itself(1.0, 2.5, 2.0), (2.5, 2.0)),
        (lambda: public.itself(x, low, 2.0, out=out), (2.5, 2.0)),
        (lambda: public.itself(x, low, np.full(40, 2.0), out=out), (2.5, 2.0)),
        (lambda: public.itself(x, 0.0, -low, out=out), (0.0, -2.5)),
    ):
        with pytest.raises(ValueError) as error:
            call()
        allowed = public.function.parameters[0].allowed
        assert str(error.value) == (
            f"{public.__name__}: {first} must be {allowed}, got {where[0]} where {second} is {where[1]}"
        )
    assert (out == 7).all()
    assert (public.itself(x, 2.0, 2.0) == public.itself(0.0, 2.0, 2.0)).all()
    with pytest.raises(ValueError, match=f"{first} must be"):
        swiftact.Activation(public.function.name, **{first: 2, second: 1})


# ------------------------------------------------------------------------------------------------------- Activation


@each_name
@pytest.mark.parametrize("accuracy", ["exact", "fast"])
def test_activation_is_the_function(name, accuracy):
    module = swiftact if accuracy == "exact" else swiftact.fast
    f, function = activation(name, accuracy=accuracy), FUNCTIONS[name]
    values = [sample(p) for p in function.parameters]
    for x in (X, X.astype("f4"), X[::2], X.reshape(4, 6).T, np.resize(X, 2000), list(X), 0.5, np.float32(0.5), 2):
        for ours, public in ((f, getattr(module, name)), (f.deriv, getattr(module, f"{name}_deriv"))):
            y = public(x, *values)
            assert type(ours(x)) is type(y)
            np.testing.assert_array_equal(bits(ours(x)), bits(y))
            out = np.empty(np.shape(x), y.dtype)
            assert ours(x, out) is ours(x, out=out) is out
            np.testing.assert_array_equal(bits(out), bits(y))
    rows = np.linspace(-1, 1, 3).reshape(3, 1)
    product = f.backward(X, rows)
    assert product.shape == (3, 24)
    for i in range(3):
        np.testing.assert_array_equal(bits(product[i]), bits(f.backward(X, np.full(24, rows[i, 0]))))
    assert f.backward(X.astype("f4"), 1.0).dtype == np.float32
    out = np.empty_like(X)
    assert f.backward(X, X, out) is f.backward(X, X, out=out) is out
    for wrong in ({"nothing": 1}, {p.name: 1.0 for p in function.parameters} or {"alpha": 1}):
        with pytest.raises(TypeError):
            f(X, **wrong)


@each_name
def test_activation_as_a_value(name):
    f = activation(name)
    assert f == activation(name) and hash(f) == hash(activation(name))
    assert f != activation(name, accuracy="fast")
    assert eval(repr(f), {"Activation": swiftact.Activation}) == f
    assert all(f"{p}={value!r}" in repr(f) for p, value in f.params.items())
    for other in (copy.copy(f), copy.deepcopy(f), *(pickle.loads(pickle.dumps(f, protocol)) for protocol in range(6))):
        assert other == f and other.params == f.params
        np.testing.assert_array_equal(other(X), f(X))
    for p in FUNCTIONS[name].parameters:
        array = np.full((2, 1), sample(p))
        with_array = swiftact.Activation(name, **(f.params | {p.name: array}))
        assert with_array != f and with_array == pickle.loads(pickle.dumps(with_array))
        assert hash(with_array) == hash(copy.copy(with_array)) and f"{p.name}=array(" in repr(with_array)
        for form in ("__call__", "deriv"):
            np.testing.assert_array_equal(getattr(with_array, form)(X), np.stack([getattr(f, form)(X)] * 2))
        np.testing.assert_array_equal(with_array.backward(X, X), np.stack([f.backward(X, X)] * 2))
        assert with_array(1.0).shape == (2, 1)


@each_name
def test_catalogue_holds_what_can_be_called(name):
    """Where there is no default, with the parameters as keywords."""
    f, complete = swiftact.catalogue()[name], activation(name)
    needed = {parameter: complete.params[parameter] for parameter in f.missing}
    assert list(f.missing) == [p.name for p in FUNCTIONS[name].parameters if p.default is None]
    assert complete.missing == ()
    assert f.name == name and f.formula and f.max_ulp <= 1
    for ours, theirs, operands in (
        (f, complete, (X,)),
        (f.deriv, complete.deriv, (X,)),
        (f.backward, complete.backward, (X, X)),
    ):
        np.testing.assert_array_equal(ours(*operands, **needed), theirs(*operands))
        if needed:
            with pytest.raises(TypeError, match=f"{' and '.join(needed)} must be given, there is no default"):
                ours(*operands)
    assert f.params == {p.name: p.default for p in FUNCTIONS[name].parameters if p.default is not None}
    assert f == pickle.loads(pickle.dumps(f)) == swiftact.Activation(name)
    assert needs_parameters(FUNCTIONS[name]) == (f != complete) == bool(needed)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_plots():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    for name in NAMES:
        f = activation(name)
        lines = f.plot().lines
        assert [line.get_label() for line in lines] == [name, f"{name}_deriv"]
        np.testing.assert_array_equal(lines[0].get_ydata(), f(lines[0].get_xdata()))
        plt.close("all")
    lines = swiftact.Activation("leaky_relu", negative_slope=[[0.1], [0.5]]).plot().lines
    labels = [f"leaky_relu{form}, negative_slope={slope}" for slope in (0.1, 0.5) for form in ("", "_deriv")]
    assert [line.get_label() for line in lines] == labels
    np.testing.assert_array_equal(lines[2].get_ydata(), swiftact.leaky_relu(lines[2].get_xdata(), 0.5))
    plt.close("all")
    for name in NAMES:
        if needs_parameters(FUNCTIONS[name]):
            with pytest.raises(TypeError, match="must be given"):
                swiftact.Activation(name).plot()
            assert not plt.get_fignums()
