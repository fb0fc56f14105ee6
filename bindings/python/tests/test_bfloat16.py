"""bfloat16 arrays, whether ml_dtypes was imported before swiftact or after."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import swiftact
from conftest import Case, bits, each_case

ml_dtypes = pytest.importorskip("ml_dtypes")
bfloat16 = ml_dtypes.bfloat16

IMPORTS = {
    "ml_dtypes first": "import ml_dtypes, swiftact",
    "ml_dtypes last": "import swiftact, ml_dtypes",
    "after use": "import swiftact; swiftact.tanh(1); swiftact.tanh([1, 2]); swiftact.leaky_relu(1.0); import ml_dtypes",
}


@pytest.mark.parametrize("imports", IMPORTS.values(), ids=IMPORTS)
def test_order_of_imports(imports):
    program = f"""{imports}
import conftest
import numpy as np
x = np.array([-1, 0.5, 2], ml_dtypes.bfloat16)
for module in (swiftact, swiftact.fast):
    for f in (module.tanh, module.tanh_deriv, module.leaky_relu, module.LeakyRELU_deriv):
        assert f(x).dtype == ml_dtypes.bfloat16, f
        assert f(np.ones(3, np.float32)).dtype == np.float32
    assert module.leaky_relu(x, [0.1, 0.2, 0.3]).dtype == ml_dtypes.bfloat16
    assert module.tanh(x, dtype=np.float32).dtype == np.float32
for name in swiftact.catalogue():
    f = conftest.activation(name)
    assert f.backward(x, x).dtype == f.backward(x, x[0]).dtype == ml_dtypes.bfloat16
"""
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, cwd=Path(__file__).parent)


def test_ml_dtypes_is_not_imported():
    program = "import sys, swiftact; swiftact.tanh([1.0]); assert 'ml_dtypes' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)


def shortened(wide):
    """float64 to float32 in such a way that rounding on to bfloat16 is right: cut off, the last bit set where that cut
    off anything."""
    with np.errstate(all="ignore"):
        short = wide.astype(np.float32)
        short = np.where(np.abs(short) > np.abs(wide), np.nextafter(short, np.float32(0)), short)
        inexact = (short != wide) & ~np.isnan(wide)
        return (short.view(np.uint32) | inexact).view(np.float32)


@each_case
def test_values_are_the_float64_ones_rounded(case):
    """All 65,536 of them, in both tiers those of the exact float64."""
    x = np.arange(2**16, dtype=np.uint16).view(bfloat16)
    with np.errstate(all="ignore"):  # ml_dtypes' casts of signalling NaNs
        wide = Case(case.function, case.form, "exact")(x.astype(np.float64))
    y = case(x)
    assert y.dtype == bfloat16
    np.testing.assert_array_equal(np.isnan(y), np.isnan(wide))
    expected = shortened(wide)
    halfway = bits(expected) & 0xFFFF == 0x8000  # the float64 does not tell on which side the true value lies
    decided = ~np.isnan(wide) & ~halfway
    np.testing.assert_array_equal(bits(y)[decided], bits(expected.astype(bfloat16))[decided])
    assert set(bits(y)[halfway] - (bits(expected)[halfway] >> 16)) <= {0, 1}
    assert np.sum(decided) > 50_000
    for view in (np.s_[::-1], np.s_[7::3], np.s_[:1], np.s_[100:231]):
        np.testing.assert_array_equal(bits(case(x[view])), bits(y)[view])


def test_together_with_other_types():
    x = np.array([-1, 0.5, 2], bfloat16)
    backward = swiftact.Activation("tanh").backward
    assert backward(x, x.astype(np.float32)).dtype == np.float32
    assert backward(x, x.astype(np.float64)).dtype == np.float64
    assert swiftact.tanh(x, out=np.empty(3, np.float32)).dtype == np.float32
    assert type(swiftact.tanh(x[0])) is type(np.tanh(x[0]))
    slopes = np.array([0.5, 0.25, 0.5], bfloat16)
    assert swiftact.leaky_relu(x, slopes).dtype == bfloat16
    assert swiftact.leaky_relu(x.astype(np.float32), slopes).dtype == np.float32
