#!/usr/bin/env python3
"""Prints the constants that stand in Sources/Kernels and Sources/Lanes/lanes.h, file by file.

    pip install gmpy2;  python3 Sources/Constants/coefficients.py            prints them all, in a minute
    python3 Sources/Constants/coefficients.py --check                        says which of them the sources lack
"""
import math
import pathlib
import re
import struct
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


def exp_fit(degree, bits, floor, end=HALF_LN2):
    # Relative to e^r, with a floor so that r → 0 does not count for nothing.
    return fit(exp_tail, -end, end, degree - 2, bits=bits, weight=lambda x, y: x * x + mpfr(floor)).num


def power_fit(degree, bits):
    power = lambda r: (gmpy2.exp2(r) - 1) / r if abs(r) > 1e-30 else LN2
    return fit(power, mpfr("-0.50001"), mpfr("0.50001"), degree - 1, bits=bits).num


def odd(g):
    """g(x)/x as a function of z = x²"""
    return lambda z: g(gmpy2.sqrt(z)) / gmpy2.sqrt(z)


def squared(high):
    return dict(nodes=lambda s: TINY + mpfr(high) * s**2)


# How many entries tables in registers have: with AVX2, with AVX-512.
TABLES = (16, 32)


def exp_cubic(n):
    """(e^r − 1 − r − r²/2)/(r³/2) for |r| ≤ ln 2/(2n)"""
    end = LN2 / (2 * n) * mpfr("1.001")
    third = lambda r: (gmpy2.expm1(r) - r - r * r / 2) / r**3 if abs(r) > 1e-15 else 1 / mpfr(6)
    c = fit(third, -end, end, 2, bits=24, weight=lambda r, y: abs(r) ** 3 + mpfr("1e-7")).num
    yield f"e^r − 1 − r − r²/2 over r³/2, {n} steps", highest_first([2 * a for a in c])
    if n == 32:  # c·z of z² is off by least where the error, z²·(z − c), is as large inside as at the end
        z = mpfr("0.86") * end**2
        yield "its first two", [text(rounded(2 * (a + z / b), 24)) for a, b in ((1 / mpfr(24), 720), (1 / mpfr(6), 120))]


def exp_tables():
    for n in TABLES:
        powers = [gmpy2.exp2(mpfr(i) / n) for i in range(n)]
        high = [rounded(p, 24) for p in powers]
        if n == 32:
            yield "2^(i/32)", [text(h) for h in high]
        else:
            bits = [struct.unpack("<I", struct.pack("<f", float(h)))[0] for h in high]
            yield "2^(i/16), less i", [f"0x{b - (i << 19):08x}" for i, b in enumerate(bits)]
        yield f"the rest of 2^(i/{n})", [text(rounded(p / h - 1, 24)) for p, h in zip(powers[1:], high[1:])]


def fine_powers():
    """2^(i/8) less what 1023 and i add to the exponent, and the rest, of which the upper half stands for both."""
    powers = [gmpy2.exp2(mpfr(i) / 8) for i in range(8)]
    high = [rounded(p, 53) for p in powers]
    bits = lambda x: struct.unpack("<Q", struct.pack("<d", float(x)))[0]
    less = [bits(h) - (1023 << 52) - (i << 49) & (1 << 64) - 1 for i, h in enumerate(high)]
    yield "2^(i/8), less 1023 and i", ["0"] + [f"0x{b:016x}" for b in less[1:]]
    yield "the upper half of the rest", ["0"] + [f"0x{bits(p / h - 1) >> 32:08x}" for p, h in zip(powers[1:], high[1:])]


def log_factors64():
    """c near 1/(1 + j/7), of which only the upper half is not 0, with −ln c as nearly a double as that can be."""
    word = lambda c: struct.unpack("<Q", struct.pack("<d", float(c)))[0] >> 32
    number = lambda w: mpfr(struct.unpack("<d", struct.pack("<Q", w << 32))[0])
    distance = lambda w: abs(-gmpy2.log(number(w)) / rounded(-gmpy2.log(number(w)), 53) - 1)
    near = [word(7 / mpfr(7 + j)) for j in range(8)]
    # c is no less than 1/(1 + j/7): then c − 1 + c·e is exact for j = 1, too.
    words = near[:1] + [min(range(n + 1, n + 2049), key=distance) for n in near[1:]]
    assert max(distance(w) for w in words[1:]) < mpfr(2) ** -60
    yield "the upper half of c near 1/(1 + j/7)", [f"0x{w:08x}" for w in words]
    yield "−ln c", [text(rounded(-gmpy2.log(number(w)), 53)) for w in words[1:]]


def log_factors(n):
    return [mpfr(int(2048 / (1 + mpfr(j) / (n - 1)) + mpfr("0.5"))) / 2048 for j in range(n)]


def log_tables():
    for n in TABLES:
        factors = log_factors(n)
        yield f"{n} c near 1/(1 + e)", [text(c) for c in factors]
        logs = [parts(-gmpy2.log(c), 24, 2) for c in factors[1:]]
        yield "−ln c", [text(l[0]) for l in logs]
        yield "the rest", [text(l[1]) for l in logs]


def exponential():
    for n in TABLES:
        yield from exp_cubic(n)
    yield "e^r − 1 − r over r², floats", highest_first(exp_fit(6, 24, "1e-4"))
    whole = fit(gmpy2.exp, -HALF_LN2, HALF_LN2, 5, bits=24, fixed={0: 1, 1: 1}).num
    yield "e^r, floats, shorter", highest_first(whole)
    yield "e^r − 1 − r over r², doubles", highest_first(exp_fit(12, 53, "1e-8"))
    yield "the same for |r| ≤ ln 2/16", highest_first(exp_fit(8, 53, "1e-8", LN2 / 16 * mpfr("1.001")))
    yield "2^r − 1 over r, floats", highest_first(power_fit(7, 24))
    yield "1/ln 2", [text(1 / LN2), text(rounded(1 / LN2, 24))]
    yield "ln 2 in doubles", [text(p) for p in parts(LN2, 53, 2)]
    yield "ln 2 in floats", [text(p) for p in parts(LN2, 24, 2)]
    high = mpfr(int(LN2 * 2**42)) / 2**42
    yield "ln 2, the first 42 bits and the rest", [text(high)] + [text(p) for p in parts(LN2 - high, 53, 2)]


def rows():
    yield "2^r − 1 over r, doubles, shorter", highest_first(power_fit(7, 53))


def log1p():
    third = lambda z: (gmpy2.log1p(z) - z + z * z / 2) / z**3 if abs(z) > 1e-15 else 1 / mpfr(3)
    for n in TABLES:
        ends = [c * (1 + (j + s / mpfr(2)) / (n - 1)) - 1 for j, c in enumerate(log_factors(n)) for s in (-1, 1)]
        end = max(abs(z) for z in ends[1:-1])
        weight = dict(weight=lambda z, y: z * z + mpfr("1e-5")) if n == 32 else {}
        yield f"ln(1 + z) − z + z²/2 over z³, {n} factors", highest_first(fit(third, -end, end, 4, bits=24, **weight).num)
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
    second = lambda z: (gmpy2.log1p(z) - z) / (z * z) if abs(z) > 1e-20 else -half
    # Of e itself, to which z is equal, and of larger sums.
    weight = lambda z, y: (z if z > 0 else z * z / mpfr("0.069")) + mpfr("1e-6")
    c = fit(second, mpfr("-0.0627"), mpfr("0.0715"), 10, weight=weight, fixed={0: -half, 1: rounded(1 / mpfr(3), 53)}).num
    yield "ln(1 + z) − z over z², pairs of doubles", highest_first([rounded(x, 53) for x in c])


def root_of_square():
    start, end = mpfr(2) ** -60, mpfr("0.1254")
    bend = lambda z: (gmpy2.sqrt(1 + z) - 1) / (2 * z)
    for bits, degree in ((24, 3), (53, 8)):
        c = fit(bend, start, end, degree, bits=bits, weight=lambda z, y: gmpy2.sqrt(z), nodes=lambda s: start + end * s**2).num
        yield f"(√(1 + z) − 1)/(2z), {bits} bits", highest_first(c)


def hyperbolic_tangent():
    for end, degrees in (("81.4", (6, 6)), ("300", (8, 9))):
        r = fit(odd(gmpy2.tanh), TINY, mpfr(end), *degrees, bits=53, **squared(end))
        yield f"tanh x = x·P(x²)/Q(x²), x² ≤ {end}: P", highest_first(r.num)
        yield "Q", highest_first(r.den)
    start = mpfr(2) ** -60
    loss = lambda z: (1 - odd(gmpy2.tanh)(z)) / z
    up_to = lambda high: dict(nodes=lambda s: start + mpfr(high) * s**2)
    c = fit(loss, start, mpfr("1.0001"), 7, bits=24, **up_to("1.0001"))
    yield "(x − tanh x)/x³ below 1, floats", highest_first(c.num)
    c = fit(loss, start, mpfr("1.0001"), 16, bits=[106, 106, 106, 53], **up_to("1.0001"))
    yield "(x − tanh x)/x³ below 1, doubles", highest_first(c.num[3:])
    yield "its first terms", [text(p) for q in c.num[:3] for p in parts(q, 53, 2)]
    r = fit(loss, start, mpfr("83.27"), 5, 6, bits=53, **up_to("83.27"))
    yield "(x − tanh x)/x³ = P(x²)/Q(x²): P", highest_first(r.num)
    yield "Q", highest_first(r.den)
    slope = lambda z: odd(gmpy2.tanh)(z) + 1 / gmpy2.cosh(gmpy2.sqrt(z)) ** 2
    weight = dict(weight=lambda z, y: z / slope(z))
    for numbers, end, degree, bits in (("½, floats", "0.2501", 4, 24), ("0.4, doubles", "0.1601", 8, 53)):
        c = fit(lambda z: (slope(z) - 2) / z, start, mpfr(end), degree, bits=bits, **weight, **up_to(end))
        yield f"(tanh x + x/cosh² x − 2x)/x³ below {numbers}", highest_first(c.num)
    # Of fast numbers, up to where tanh x, as they hold it, is 1. Rounded all at once: of an error of P less than itself is left.
    for name, f, fits in (
        ("(x − tanh x)/x³", loss, (("floats", "83.3", 3, 24), ("doubles", "368", 8, 53))),
        ("tanh² x/x²", lambda z: odd(gmpy2.tanh)(z) ** 2, (("floats", "88", 4, 24), ("doubles", "380", 10, 53))),
    ):
        for numbers, high, degree, bits in fits:
            r = fit(f, start, mpfr(high), degree, degree + 1, **up_to(high))
            p = [c / r.num[0] for c in r.num]
            rest = [rounded(c / r.num[0] - before, bits) for c, before in zip(r.den, [0, *p])]
            yield f"{name} = P/(x²·P + D), {numbers}: P", highest_first([rounded(c, bits) for c in p])
            yield f"D less its {round(rest[0])}", highest_first(rest[1:])
    for numerator, denominator in ((1, 3), (-2, 15), (17, 315)):
        yield f"{numerator}/{denominator}", [text(p) for p in parts(mpfr(numerator) / denominator, 53, 2)]


def sin_cos():
    end = (PI / 2) ** 2 * mpfr("1.0001")
    yield "sin r/r − 1, doubles", highest_first(fit(odd(gmpy2.sin), TINY, end, 7, bits=53, fixed={0: 1}).num)
    tail = lambda z: (odd(gmpy2.sin)(z) - 1) / z
    start = mpfr(2) ** -60
    c = fit(tail, start, end, 3, bits=24, weight=lambda z, y: z / odd(gmpy2.sin)(z), nodes=lambda s: start + end * s**2)
    yield "(sin r/r − 1)/r², floats", highest_first(c.num)
    near = (PI / 4) ** 2 * mpfr("1.0001")
    c = fit(tail, start, near, 2, bits=24, weight=lambda z, y: z / odd(gmpy2.sin)(z), nodes=lambda s: start + near * s**2)
    yield "the same up to π/4", highest_first(c.num)
    yield "π and π/2 in doubles", [text(p) for p in parts(PI, 53, 3) + parts(PI / 2, 53, 3)]
    yield "π and π/2 in floats", [text(p) for p in parts(PI, 24, 3) + parts(PI / 2, 24, 2)]
    yield "1/π, 2/π", [text(1 / PI), text(2 / PI), text(rounded(1 / PI, 24)), text(rounded(2 / PI, 24))]
    for n in range(2, 31):
        exact = 1 / mpfr(math.factorial(n))
        yield f"1/{n}!", [text(p) for p in parts(exact, 53, 2)]


def arc_tangent():
    tail = lambda z: (odd(gmpy2.atan)(z) - 1) / z
    start, end = mpfr(2) ** -60, mpfr("0.107")
    for name, bits, degree in (("floats", 24, 3), ("narrow doubles", 53, 6), ("doubles", 53, 9)):
        c = fit(tail, TINY, end, degree, bits=bits, weight=lambda z, y: z, nodes=lambda s: start + end * s**2)
        yield f"(atan t/t − 1)/t², {name}", highest_first(c.num)
    for k in ("0x1.76b78p-1", "0x1.8c2aep1"):
        yield f"{k} and its arc", [k, text(gmpy2.atan(mpfr(float.fromhex(k))))]


def selu():
    alpha, scale = mpfr("1.67326324235437728481704295167"), mpfr("1.05070098735548049341933498529")
    yield "λ", [text(p) for p in parts(scale, 53, 2)]
    yield "λ·α", [text(p) for p in parts(scale * alpha, 53, 2)]


SQRT2 = gmpy2.sqrt(mpfr(2))
DENSITY = 1 / gmpy2.sqrt(2 * PI)  # of the normal distribution at 0


def tail(t):
    """R(t) = e^(t²/2)·Φ(−t)"""
    return gmpy2.exp(t * t / 2) * gmpy2.erfc(t / SQRT2) / 2


def slope(t):
    """e^(t²/2)·(Φ(−t) − t·φ(t))"""
    return tail(t) - DENSITY * t


def slope_zero():
    z = mpfr("0.75")
    for _ in range(9):
        z -= slope(z) / (z * tail(z) - 2 * DENSITY)
    return z


ZERO = slope_zero()


def slope_factor(t):
    """W(t) = slope(t)/(z − t), z the zero"""
    d = ZERO - t
    return slope(t) / d if abs(d) > 1e-30 else 2 * DENSITY - t * tail(t)


def of_u(f, k):
    """f(t) as a function of u = (t − k)/(t + k)"""
    return lambda u: f(k * (1 + u) / (1 - u))


def tail_fit(end, degrees, **more):
    """R on [0, end], by t."""
    return fit(tail, 0, mpfr(end), *degrees, fixed={0: mpfr("0.5")}, nodes=lambda s: mpfr(end) * s**2, **more)


def slope_fit(end, degree, **more):
    """W on [0, end], by t."""
    return fit(slope_factor, 0, mpfr(end), degree, degree, nodes=lambda s: mpfr(end) * s**2, **more)


def normal_tail():
    # Floats: with Q = σ·t·P + M, or σ·P + M, much of P's error leaves the quotient. Rounded all at once: one after the
    # other they lose more. P(0) is 1, or what by trial rounds best.
    for name, r, t, scale in zip("RW", (tail_fit("14.6", (4, 5)), slope_fit("14.6", 4)), ("t·", ""), (mpfr(2), mpfr(43) / 24)):
        p, q = [rounded(c * scale, 24) for c in r.num], [c * scale for c in r.den]
        sigma = rounded(q[-1] / p[-1] if t else r.den[0] / r.num[0], 24)
        multiple = ([0] if t else []) + [sigma * c for c in p]
        m = [rounded(a - b, 24) for a, b in zip(q, multiple)]
        yield f"{name} = P(t)/(σ·{t}P(t) + M(t)), floats: P", highest_first(p)
        yield "σ", [text(sigma)]
        yield "M", highest_first(m[:-1] if t else m)
    # Narrow doubles: beyond 14.6 only products with a float of dy need them.
    more = dict(bits=53, weight=lambda t, y: (1 if t < 14.6 else 0.5) / y)
    r, w = tail_fit("20", (7, 8), **more), slope_fit("20", 7, **more)
    bell = lambda s: gmpy2.expm1(-s / 2) / s if abs(s) > 1e-15 else mpfr("-0.5")
    yield "e^(−s/2) − 1 over s", highest_first(fit(bell, -2 * HALF_LN2, 2 * HALF_LN2, 8, bits=53, weight=lambda s, y: abs(s) + mpfr("1e-6")).num)
    yield "R = P(t)/Q(t), doubles: P", highest_first(r.num)
    yield "Q", highest_first(r.den)
    yield "W = P(t)/Q(t), doubles: P", highest_first(w.num)
    yield "Q", highest_first(w.den)
    # Flat: so that what is left for a polynomial is a few hundredths, and nothing at t = 0.
    def flat(f, degree):
        v = of_u(f, 4)
        rest = lambda u: (v(u) / v(mpfr(-1)) - 1) / (1 + u)
        start = mpfr(-1) + mpfr(2) ** -60
        return fit(rest, start, (mpfr(39) - 4) / (mpfr(39) + 4), degree, grid=300, weight=lambda u, y: (1 + u) / (1 + y * (1 + u))).num

    slope_start = slope_factor(mpfr(0)) * 4 / mpfr("6.75")
    yield "R·(t(t + 4) + 3.25)/(t + 4)/0.40625 − 1", highest_first(flat(lambda t: tail(t) * (t * (t + 4) + mpfr("3.25")) / (t + 4), 23))
    yield "W·(t + 4)/(t + 6.75) at 0", [text(p) for p in parts(slope_start, 53, 2)]
    c = flat(lambda t: slope_factor(t) * (t + 4) / (t + mpfr("6.75")), 21)
    yield "over that, less 1", highest_first(c)
    yield "its first two, the second part", [text(p[1]) for p in (parts(c[0], 53, 2), parts(c[1], 53, 2))]
    yield "the zero in doubles", [text(p) for p in parts(ZERO, 53, 2)]
    yield "the zero in floats", [text(p) for p in parts(ZERO, 24, 2)]
    yield "1/√2π", [text(p) for p in parts(DENSITY, 53, 2)]
    yield "ln 2, 14 bits and a float", [text(rounded(LN2, 14)), text(rounded(LN2 - rounded(LN2, 14), 24))]
    yield "1/(2 ln 2), 1/ln 2", [text(rounded(1 / LN2 / 2, 24)), text(rounded(1 / LN2, 24)), text(1 / LN2)]


def error_function():
    two = 2 / gmpy2.sqrt(PI)
    log = lambda a: -gmpy2.log(gmpy2.erfc(a)) / a if a > 1e-30 else two
    weight = lambda a, y: a * gmpy2.erfc(a) / gmpy2.erf(a) if a > 1e-30 else 1 / two  # relative to erf
    c = fit(lambda a: log(a) / LN2, 0, 4, 8, weight=lambda a, y: weight(a, y) * LN2)
    yield "−log₂ erfc a over a, floats", highest_first([rounded(c, 24) for c in c.num])
    c = fit(log, 0, 6, 24, grid=300, weight=weight).num
    yield "−ln erfc a over a", highest_first(c)
    yield "its first two, the second part", [text(p[1]) for p in (parts(c[0], 53, 2), parts(c[1], 53, 2))]
    r = fit(odd(gmpy2.erf), TINY, mpfr("15.4"), 8, 8, bits=53, **squared("15.4"))
    yield "erf x = x·P(x²)/Q(x²): P", highest_first(r.num)
    yield "Q", highest_first(r.den)
    yield "2/√π", [text(p) for p in parts(two, 53, 2)]
    yield "√2", [text(p) for p in parts(SQRT2, 53, 2)]


def tables():
    yield from exp_tables()
    yield from fine_powers()
    yield from log_tables()
    yield from log_factors64()
    yield from two_over_pi()
    end = (mpfr(80) - 6) / (mpfr(80) + 6)
    c = fit(of_u(lambda t: (t + 6) * tail(t), 6), -1, end, 46, grid=400).num
    yield "(t + 6)·R(t) by (t − 6)/(t + 6)", [", ".join(text(p) for p in parts(a, 53, 2)) for a in reversed(c)]


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
    "Kernels/Arrays/Rows.swift": rows,
    "Kernels/Elementary/ArcTangent.swift": arc_tangent,
    "Kernels/Elementary/Exp.swift": exponential,
    "Kernels/Elementary/Gate.swift": gate,
    "Kernels/Elementary/Log1p.swift": log1p,
    "Kernels/Elementary/HyperbolicTangent.swift": hyperbolic_tangent,
    "Kernels/Elementary/MishTerms.swift": mish,
    "Kernels/Elementary/RootOfSquare.swift": root_of_square,
    "Kernels/Elementary/SinCos.swift": sin_cos,
    "Kernels/Functions/GELUTanh.swift": gelu_tanh,
    "Kernels/Functions/SELU.swift": selu,
    "Kernels/Elementary/NormalTail.swift": normal_tail,
    "Kernels/Elementary/ErrorFunction.swift": error_function,
    "Lanes/lanes.h": tables,
}
# Printed for completeness: these are written as quotients, as 1 and 0.5, or not needed.
OPTIONAL = {f"1/{n}!" for n in range(2, 31)} | {"1/π, 2/π", "π and π/2 in doubles"}
# What the sources may write without an exponent.
PLAIN = {"0x1p-1": "0.5", "0x1p0": "1", "0x1p1": "2"}


def is_in(source, value):
    value = value.lstrip("-")
    if value in source:
        return True
    return value in PLAIN and re.search(rf"(?<![\w.]){re.escape(PLAIN[value])}(?![\w.])", source) is not None


def main():
    missing = 0
    for file, constants in FILES.items():
        source = (SOURCES / file).read_text()
        print(file)
        for name, values in constants():
            print(f"  {name}: {', '.join(values)}")
            if "--check" in sys.argv and name not in OPTIONAL:
                for value in values:
                    if not is_in(source, value):
                        print(f"    not in the source: {value}")
                        missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
