"""Which dtypes go in and come out: np.tanh's rules."""

import numpy as np
import pytest

import swiftact
from conftest import PUBLIC, each_case, each_float, each_module

each_public = pytest.mark.parametrize("function", PUBLIC, ids=lambda public: public.id)

REAL = [c for c in np.typecodes["All"] if np.dtype(c).kind in "biuf" and c != "g"]
REFUSED = [c for c in np.typecodes["All"] if c not in REAL] + ["T"]


@each_public
@pytest.mark.parametrize("code", REAL)
def test_result_dtype_is_that_of_tanh(function, code):
    for x in (np.ones(3, code), np.ones((), code), np.ones(3, code)[0], np.ones(0, code)):
        ours, numpys = function(x), np.tanh(x)
        assert ours.dtype == numpys.dtype
        assert type(ours) is type(numpys)
        assert ours.shape == numpys.shape


@each_public
@pytest.mark.parametrize("x", [1, 1.5, True, [1, 2], [1.5], (True,), [[1], [2]], []], ids=repr)
def test_python_numbers_and_sequences_as_in_tanh(function, x):
    assert function(x).dtype == np.tanh(x).dtype
    assert function(x).shape == np.shape(x)
    np.testing.assert_array_equal(function(x), function(np.asarray(x)))


@each_public
@pytest.mark.parametrize("order", "<>")
@each_float
def test_byte_order(function, dtype, order):
    x = np.linspace(-2, 2, 37).astype(dtype)
    np.testing.assert_array_equal(function(x.astype(x.dtype.newbyteorder(order))), function(x))


@each_case
@each_float
def test_dtype_argument_computes_in_that_type(case, dtype):
    x = np.linspace(-4, 4, 37)
    result = case(x, dtype=dtype)
    assert result.dtype == dtype
    np.testing.assert_array_equal(result, case(x.astype(dtype)))


@each_module
def test_float32_stays_float32_beside_numbers_of_any_kind(module):
    x = np.ones(3, np.float32)
    for parameter in (0.3, 1, np.float64(0.3), np.float16(0.5), np.array(0.3), np.array([0.3, 0.2, 0.1]), [1, 2, 3]):
        assert module.leaky_relu(x, parameter).dtype == np.float32
        assert module.leaky_relu_deriv(x, negative_slope=parameter).dtype == np.float32


@each_module
def test_python_number_beside_a_parameter_array_is_float64(module):
    for x in (-1.5, -1):
        assert module.leaky_relu(x, [0.3, 0.2]).dtype == np.float64
        np.testing.assert_array_equal(module.leaky_relu(x, [0.3, 0.2]), [x * 0.3, x * 0.2])
    activation = swiftact.Activation("leaky_relu", negative_slope=[0.3, 0.2])
    assert activation(-1.5).dtype == activation.deriv(-1.5).dtype == activation.backward(-1.5, 2).dtype == np.float64
    assert activation.backward(-1.5, np.ones(2, np.float32)).dtype == np.float32


@each_public
@pytest.mark.parametrize("code", REFUSED)
def test_other_dtypes_are_a_type_error_with_function_and_dtype(function, code):
    x = np.zeros(2, code)
    with pytest.raises(TypeError) as error:
        function(x)
    assert f"{function.__name__} " in str(error.value) or f"'{function.__name__}'" in str(error.value)
    assert str(x.dtype) in str(error.value) or "StringDType" in str(error.value)


@pytest.mark.parametrize("x", [1j, "1", b"1", None, object(), [None, 1.0], ["a"], [[1], [1j]]], ids=repr)
@each_public
def test_other_values_are_a_type_error(function, x):
    with pytest.raises(TypeError, match=rf"{function.__name__}.*(complex128|object|<U1|\|S1)"):
        function(x)


def test_the_message_says_what_is_allowed():
    with pytest.raises(TypeError) as error:
        swiftact.tanh(np.zeros(2, complex))
    assert str(error.value) == (
        "tanh does not take dtype complex128; it takes bool, integers up to 64 bits, float16, float32, float64 "
        "and ml_dtypes' bfloat16"
    )
    with pytest.raises(TypeError, match="leaky_relu does not take dtypes object, float64"):
        swiftact.leaky_relu([None])
