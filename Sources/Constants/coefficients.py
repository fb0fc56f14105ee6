#!/usr/bin/env python3
"""Prints the constants that stand in Sources/Kernels and Sources/Lanes/lanes.h, file by file.

    pip install gmpy2;  python3 Sources/Constants/coefficients.py            prints them all, in a few seconds
    python3 Sources/Constants/coefficients.py --check                        says which of them the sources lack
"""
import math
import pathlib
import sys

import gmpy2
from gmpy2 import mpfr

from minimax import fit

TINY = mpfr(2) ** -120
LN2 = gmpy2.log(mpfr(2))
HALF_LN2 = LN2 / 2 * mpfr("1.0001")
PI = gmpy2.const_pi()
SOURCES = pathlib.Path(__file__).resolve().parent.parent


def rounded(x, bits):
    return mpfr(mpfr(x, bits), 320)


def parts(x, bits, count):
    """x as a sum of numbers of so many bits, the largest first."""
    result = []
    for _ in range(count):
        result.append(rounded(x, bits))
        x -= result[-1]
    return result


def text(x):
    """As Swift and C read it, without the zeros that Python's hex() adds."""
    mantissa, exponent = float(x).hex().split("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}p{int(exponent)}"


def highest_first(coefficients):
    return [text(c) for c in reversed(coefficients)]


def exp_tail(r):
    """(e^r − 1 − r)/r²"""
    return (gmpy2.expm1(r) - r) / (r * r) if abs(r) > 1e-20 else mpfr("0.5")


def exp_fit(degree, bits, floor):
    # Relative to e^r, with a floor so that r → 0 does not count for nothing.
    return fit(exp_tail, -HALF_LN2, HALF_LN2, degree - 2, bits=bits, weight=lambda x, y: x * x + mpfr(floor)).num


def odd(g):
    """g(x)/x as a function of z = x²"""
    return lambda z: g(gmpy2.sqrt(z)) / gmpy2.sqrt(z)


def squared(high):
    return dict(nodes=lambda s: TINY + mpfr(high) * s**2)


def exponential():
    yield "e^r − 1 − r over r², floats", highest_first(exp_fit(6, 24, "1e-4"))
    whole = fit(gmpy2.exp, -HALF_LN2, HALF_LN2, 5, bits=24, fixed={0: 1, 1: 1}).num
    yield "e^r, floats, shorter", highest_first(whole)
    yield "e^r − 1 − r over r², doubles", highest_first(exp_fit(12, 53, "1e-8"))
    power = lambda r: (gmpy2.exp2(r) - 1) / r if abs(r) > 1e-30 else LN2
    yield "2^r − 1 over r, floats", highest_first(fit(power, mpfr("-0.50001"), mpfr("0.50001"), 6, bits=24).num)
    yield "1/ln 2", [text(1 / LN2), text(rounded(1 / LN2, 24))]
    yield "ln 2 in doubles", [text(p) for p in parts(LN2, 53, 2)]
    yield "ln 2 in floats", [text(p) for p in parts(LN2, 24, 2)]
    high = mpfr(int(LN2 * 2**42)) / 2**42
    yield "ln 2, the first 42 bits and the rest", [text(high)] + [text(p) for p in parts(LN2 - high, 53, 2)]


def log1p():
    half, end = mpfr("0.5"), mpfr("0.50001")
    # (ln(1 + e) − e)/e² in u = e − ½, of which errors count times e²/ln(1 + e).
    tail = lambda u: (gmpy2.log1p(u + half) - (u + half)) / (u + half) ** 2 if abs(u + half) > 1e-18 else mpfr("-0.5")
    weight = lambda u, y: abs(u + half) * (u + half) / gmpy2.log1p(u + half) + mpfr("1e-3") if u + half else mpfr("1e-3")
    c = fit(tail, -half, end, 8, weight=weight).num
    yield "ln(1 + e) − e over e² in e − ½, floats", highest_first([rounded(x, 24) for x in c])
    start, end = mpfr(2) ** -60, mpfr(1) / 9 * mpfr("1.0001")
    tail = lambda z: (2 * odd(gmpy2.atanh)(z) - 2) / z
    c = fit(tail, start, end, 9, bits=53, nodes=lambda s: start + end * s**2).num
    yield "2 artanh s − 2s over s³ in s²", highest_first(c)


def hyperbolic_tangent():
    r = fit(odd(gmpy2.tanh), TINY, mpfr("81.4"), 7, 7, bits=53, **squared("81.4"))
    yield "tanh x = x·P(x²)/Q(x²): P", highest_first(r.num)
    yield "Q", highest_first(r.den)
    start = mpfr(2) ** -60
    loss = lambda z: (1 - odd(gmpy2.tanh)(z)) / z
    up_to = lambda high: dict(nodes=lambda s: start + mpfr(high) * s**2)
    c = fit(loss, start, mpfr("1.0001"), 7, bits=24, **up_to("1.0001"))
    yield "(x − tanh x)/x³ below 1, floats", highest_first(c.num)
    c = fit(loss, start, mpfr("1.0001"), 16, bits=[106, 106, 106, 53], **up_to("1.0001"))
    yield "(x − tanh x)/x³ below 1, doubles", highest_first(c.num[3:])
    yield "its first terms", [text(p) for q in c.num[:3] for p in parts(q, 53, 2)]
    r = fit(loss, start, mpfr("83.27"), 6, 7, bits=53, fixed={0: rounded(1 / mpfr(3), 53)}, **up_to("83.27"))
    yield "(x − tanh x)/x³ = P(x²)/Q(x²): P", highest_first(r.num)
    yield "Q", highest_first(r.den)
    for numerator, denominator in ((1, 3), (-2, 15), (17, 315)):
        yield f"{numerator}/{denominator}", [text(p) for p in parts(mpfr(numerator) / denominator, 53, 2)]


def sin_cos():
    end = (PI / 2) ** 2 * mpfr("1.0001")
    yield "sin r/r, doubles", highest_first(fit(odd(gmpy2.sin), TINY, end, 8, bits=53).num)
    tail = lambda z: (odd(gmpy2.sin)(z) - 1) / z
    start = mpfr(2) ** -60
    c = fit(tail, start, end, 3, bits=24, weight=lambda z, y: z / odd(gmpy2.sin)(z), nodes=lambda s: start + end * s**2)
    yield "(sin r/r − 1)/r², floats", highest_first(c.num)
    yield "π and π/2 in doubles", [text(p) for p in parts(PI, 53, 3) + parts(PI / 2, 53, 3)]
    yield "π in floats", [text(p) for p in parts(PI, 24, 3)]
    yield "1/π, 2/π", [text(1 / PI), text(2 / PI), text(rounded(1 / PI, 24))]
    for n in range(2, 31):
        exact = 1 / mpfr(math.factorial(n))
        yield f"1/{n}!", [text(p) for p in parts(exact, 53, 2)]


def arc_tangent():
    tail = lambda z: (odd(gmpy2.atan)(z) - 1) / z
    start, end = mpfr(2) ** -60, mpfr("0.107")
    for name, bits, degree in (("floats", 24, 3), ("doubles", 53, 9)):
        c = fit(tail, TINY, end, degree, bits=bits, weight=lambda z, y: z, nodes=lambda s: start + end * s**2)
        yield f"(atan t/t − 1)/t², {name}", highest_first(c.num)
    for k in ("0x1.76b78p-1", "0x1.8c2aep1"):
        yield f"{k} and its arc", [k, text(gmpy2.atan(mpfr(float.fromhex(k))))]


def selu():
    alpha, scale = mpfr("1.67326324235437728481704295167"), mpfr("1.05070098735548049341933498529")
    yield "λ", [text(p) for p in parts(scale, 53, 2)]
    yield "λ·α", [text(p) for p in parts(scale * alpha, 53, 2)]


def two_over_pi():
    context = gmpy2.get_context().copy()
    context.precision = 2800
    with context:
        bits = int(gmpy2.floor(2 / gmpy2.const_pi() * mpfr(2) ** (64 * 38)))
    yield "2/π, 38 words of 64 bits", [f"0x{bits >> 64 * (37 - i) & (1 << 64) - 1:016x}" for i in range(38)]


def root(f, x):
    """The zero of f near x, by the secant's rule."""
    x, y = mpfr(x), mpfr(x) + mpfr("1e-3")
    fx, fy = f(x), f(y)
    while fx != fy and abs(y - x) > TINY * TINY:
        x, y = y, y - fy * (y - x) / (fy - fx)
        fx, fy = fy, f(y)
    return y


def gate():
    zero = root(lambda w: 1 + w + gmpy2.exp(w), "-1.28")
    yield "the zero of 1 + w + e^w, and e^w there", [text(p) for p in parts(zero, 53, 3) + parts(gmpy2.exp(zero), 53, 2)]


def gelu_tanh():
    a = gmpy2.sqrt(8 / PI)
    b = a * mpfr(0.044715)
    w = lambda x: x * (a + b * x * x)
    zero = root(lambda x: 1 + x * (a + 3 * b * x * x) + gmpy2.exp(w(x)), "-0.75")
    yield "√(8/π), c times that, and thrice that", [text(p) for x in (a, b, 3 * b) for p in parts(x, 53, 2)]
    yield "the zero of the derivative, and e^w there", [text(p) for p in parts(zero, 53, 3) + parts(gmpy2.exp(w(zero)), 53, 2)]


def mish():
    numerator = lambda x, e: 4 * (1 + x) + e * (4 * x + 6 + e * (4 + e))
    zero = root(lambda x: numerator(x, gmpy2.exp(x)), "-1.19")
    yield "the zero of the derivative, and e^x there", [text(p) for p in parts(zero, 53, 3) + parts(gmpy2.exp(zero), 53, 2)]


FILES = {
    "Kernels/Elementary/ArcTangent.swift": arc_tangent,
    "Kernels/Elementary/Exp.swift": exponential,
    "Kernels/Elementary/Gate.swift": gate,
    "Kernels/Elementary/Log1p.swift": log1p,
    "Kernels/Elementary/HyperbolicTangent.swift": hyperbolic_tangent,
    "Kernels/Elementary/MishTerms.swift": mish,
    "Kernels/Elementary/SinCos.swift": sin_cos,
    "Kernels/Functions/GELUTanh.swift": gelu_tanh,
    "Kernels/Functions/SELU.swift": selu,
    "Lanes/lanes.h": two_over_pi,
}
# Printed for completeness: these are written as quotients, as 1 and 0.5, or not needed.
OPTIONAL = {f"1/{n}!" for n in range(2, 31)} | {"1/π, 2/π", "π and π/2 in doubles"}


def main():
    missing = 0
    for file, constants in FILES.items():
        source = (SOURCES / file).read_text()
        print(file)
        for name, values in constants():
            print(f"  {name}: {', '.join(values)}")
            if "--check" in sys.argv and name not in OPTIONAL:
                for value in values:
                    if value not in ("0x1p-1", "0x1p0") and value.lstrip("-") not in source:
                        print(f"    not in the source: {value}")
                        missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
