#!/usr/bin/env python3
"""Writes References.swift beside it: e^-a, e^x, e^-a - 1, ln(1 + e), tanh, sin and cos at inputs of each kind, by MPFR.

    pip install gmpy2;  python3 Tests/KernelsTests/references.py

A line is: function, kind of input, the input as a sum of two doubles, and the result as (r1 + r2 + r3)·2^e, 1 <= |r1| <= 2.
"""
import math
import pathlib
import random

import gmpy2
from gmpy2 import mpfr

gmpy2.get_context().precision = 2400  # sines of arguments up to 2^1024
PI = gmpy2.const_pi()
draw = random.Random(1)

FUNCTIONS = {
    "expMinus": lambda x: gmpy2.exp(-x),
    "exp": gmpy2.exp,
    "expMinus1": lambda x: gmpy2.expm1(-x),
    "log1p": gmpy2.log1p,
    "tanh": gmpy2.tanh,
    "sin": gmpy2.sin,
    "cos": gmpy2.cos,
}
# Kinds of input: the bits of the high part and of the low part (0: there is none), and of angles the largest exponent.
# A large angle as a sum has itself an error, as large as that of its sine may be.
KINDS = {"float": (24, 0, 127), "floatPair": (24, 24, 4), "double": (53, 0, 1023), "doublePair": (53, 53, 4)}


def rounded(x, bits):
    return mpfr(mpfr(x, bits), 2400)


def of_kind(x, kind):
    """The number of that kind nearest to x, as its two parts."""
    high_bits, low_bits, _ = KINDS[kind]
    high = rounded(x, high_bits)
    return high, rounded(x - high, low_bits) if low_bits else mpfr(0)


def uniform(low, high):
    return low + (high - low) * mpfr(draw.getrandbits(200)) / 2**200


def spread(low, high):
    """Evenly among exponents."""
    return gmpy2.exp2(uniform(mpfr(low), mpfr(high)))


def close_to_zero(kind):
    """Numbers of this kind next to multiples of pi/2, some of them as close as such numbers come: with p bits and unit
    2^e they are the convergents of pi/2 / 2^e."""
    bits, low_bits, largest = KINDS[kind]
    if low_bits:
        return  # it would take twice as many bits of pi
    for top in (3, 10, 20, 29, 40, 100):
        yield draw.randrange(1, 2**top) * PI / 2
    for exponent in (0, 8, 16, 24, 29, 60, 120, 400, 800):
        if exponent >= largest:
            break
        unit = mpfr(2) ** (exponent - bits + 1)
        fraction = PI / 2 / unit
        before, now = 0, 1  # numerators
        while now < 2**bits:
            whole = int(gmpy2.floor(fraction))
            fraction = 1 / (fraction - whole)
            before, now = now, whole * now + before
        yield before * unit


def inputs(function, kind):
    _, _, largest = KINDS[kind]
    if function == "expMinus":
        yield from (spread(-60, -1) for _ in range(4))
        yield from (spread(-1, 6) for _ in range(20))
        if kind in ("float", "floatPair"):
            yield from (uniform(80, 103) for _ in range(8))
        else:
            yield from (uniform(100, 745) for _ in range(8))
            yield from (uniform(745, 2900) for _ in range(4))
    elif function == "exp":
        for _ in range(24):
            yield draw.choice((-1, 1)) * spread(-12, 6)
        yield from (-spread(-60, -12) for _ in range(4))
        if kind in ("float", "floatPair"):
            yield from (uniform(-103, 88) for _ in range(8))
        else:
            yield from (uniform(-745, 709) for _ in range(8))
    elif function == "expMinus1":
        yield from (spread(-100, -1) for _ in range(8))
        yield from (spread(-2, 7) for _ in range(24))
    elif function == "log1p":
        yield from (spread(-100, -1) for _ in range(12))
        yield from (uniform(0, 1) for _ in range(24))
        yield mpfr(1)
    elif function == "tanh":
        for _ in range(24):
            yield draw.choice((-1, 1)) * spread(-12, 4.5)
        yield from (spread(-100, -12) for _ in range(4))
        yield from map(mpfr, (9.0, 9.5, 19.0, 19.5))
    else:
        for _ in range(24):
            yield draw.choice((-1, 1)) * spread(-12, min(8, largest))
        yield from (spread(-60, -12) for _ in range(4))
        if largest > 8:
            yield from (spread(8, 29) for _ in range(8))
            yield from (-spread(29, largest) for _ in range(6))
        yield from close_to_zero(kind)


def text(x):
    """As Swift reads it, without the zeros that hex() adds."""
    value = float(x)
    assert value == x
    if value == 0:
        return "0"
    mantissa, exponent = value.hex().split("p")
    return f"{mantissa.rstrip('0').rstrip('.')}p{int(exponent)}"


def line(function, kind, x):
    high, low = of_kind(x, kind)
    result = FUNCTIONS[function](high + low)
    exponent = math.floor(gmpy2.log2(abs(result)))
    rest, parts = result / mpfr(2) ** exponent, []
    for _ in range(3):
        parts.append(rounded(rest, 53))
        rest -= parts[-1]
    return " ".join([function, kind, text(high), text(low), str(exponent), *map(text, parts)])


def main():
    lines = [line(f, k, x) for f in FUNCTIONS for k in KINDS for x in inputs(f, k)]
    path = pathlib.Path(__file__).with_name("References.swift")
    path.write_text(
        "// Written by references.py, which says what the lines mean.\n"
        'let references = """\n' + "".join(f"  {line}\n" for line in lines) + '  """\n'
    )
    print(f"{path.name}: {len(lines)} lines")


if __name__ == "__main__":
    main()
