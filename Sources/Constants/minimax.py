"""Minimax polynomials and rational functions with coefficients rounded to a chosen format.

    fit(f, a, b, num, den=0, ...)  ->  Fit(num=[...], den=[...], error=max weighted error after rounding)

Exchange algorithm of Remez on a dense Chebyshev grid, in multiple precision (gmpy2). Coefficients are then
rounded one after the other, lowest power first, and the free ones refitted each time, so that the later
coefficients repair what rounding the earlier ones broke.   pip install gmpy2

Limits seen: rounding the coefficients of a polynomial of degree above about 20 one by one can lose everything (round a
`bits=None` fit instead); a rational function of degree above about 9/9 may not converge (the error says so).
"""
from dataclasses import dataclass
import gmpy2
from gmpy2 import mpfr

gmpy2.get_context().precision = 320


def round_to(c, bits):
    """c rounded to `bits` significant bits (53: double, 24: float; None: unrounded)."""
    if bits is None or c == 0:
        return c
    return mpfr(mpfr(c, bits), 320)


def solve(A, y):
    """Gaussian elimination with partial pivoting."""
    n = len(y)
    M = [row[:] + [v] for row, v in zip(A, y)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(M[r][i]))
        M[i], M[p] = M[p], M[i]
        inv = 1 / M[i][i]
        for r in range(i + 1, n):
            if M[r][i] != 0:
                m = M[r][i] * inv
                Mi, Mr = M[i], M[r]
                for c in range(i, n + 1):
                    Mr[c] -= m * Mi[c]
    x = [mpfr(0)] * n
    for i in reversed(range(n)):
        x[i] = (M[i][n] - sum(M[i][c] * x[c] for c in range(i + 1, n))) / M[i][i]
    return x


@dataclass
class Fit:
    num: list
    den: list
    error: object
    num_powers: list
    den_powers: list

    def __call__(self, x):
        p = sum(c * x**k for c, k in zip(self.num, self.num_powers))
        q = sum(c * x**k for c, k in zip(self.den, self.den_powers))
        return p / q

    def bits(self):
        return float(-gmpy2.log2(self.error)) if self.error else 999.0


def fit(f, a, b, num, den=(0,), weight=None, bits=None, fixed=None, grid=None, nodes=None):
    """Best approximation of f on [a, b] by sum c_k x^k (k in num) over 1 + sum d_k x^k (k in den, 0 first).

    num, den  powers, or a degree      weight(x, f(x))  error is multiplied by it; default 1/f: relative error
    bits      round coefficients       fixed  {power: value} of the numerator that may not change
    nodes(s)  maps s in [0,1] to x; default Chebyshev; give another one if the function lives at one end
    """
    num = list(range(num + 1)) if isinstance(num, int) else list(num)
    den = list(range(den + 1)) if isinstance(den, int) else list(den)
    assert den[0] == 0
    a, b = mpfr(a), mpfr(b)
    N = grid or 60 * (len(num) + len(den))  # even: 0 is no node of a symmetric interval
    if nodes is None:
        nodes = lambda s: (a + b) / 2 - (b - a) / 2 * gmpy2.cos(gmpy2.const_pi() * s)
    X = [nodes(mpfr(i) / (N - 1)) for i in range(N)]
    F = [f(x) for x in X]
    W = [weight(x, y) if weight else 1 / y for x, y in zip(X, F)]
    PN = [[x**k for k in num] for x in X]
    PD = [[x**k for k in den] for x in X]
    known = {} if fixed is None else {num.index(k): mpfr(v) for k, v in fixed.items()}
    known_d = {0: mpfr(1)}

    def exchange(known, known_d):
        fn = [i for i in range(len(num)) if i not in known]
        fd = [i for i in range(len(den)) if i not in known_d]
        n = len(fn) + len(fd) + 1
        ref = [round((N - 1) * (i + 1) ** 1.07 / (n + 1) ** 1.07) for i in range(n)]  # skew: never singular by symmetry
        base = [sum(v * PN[j][i] for i, v in known.items()) - F[j] * sum(v * PD[j][i] for i, v in known_d.items())
                for j in range(N)]
        Q = [mpfr(1)] * N
        best = None
        for _ in range(60):
            for inner in range(1 if not fd else 6):
                A, y = [], []
                for s, j in enumerate(ref):
                    A.append([PN[j][i] for i in fn] + [-F[j] * PD[j][i] for i in fd]
                             + [(-1)**s / W[j] * Q[j]])
                    y.append(-base[j])
                c = solve(A, y)
                cn = [known.get(i) for i in range(len(num))]
                cd = [known_d.get(i) for i in range(len(den))]
                for i, v in zip(fn, c):
                    cn[i] = v
                for i, v in zip(fd, c[len(fn):]):
                    cd[i] = v
                if fd:
                    Q = [sum(v * p for v, p in zip(cd, PD[j])) for j in range(N)]
            err = [W[j] * (sum(v * p for v, p in zip(cn, PN[j])) / Q[j] - F[j]) for j in range(N)]
            worst = max(abs(e) for e in err)
            if best is None or worst < best[0]:
                best = (worst, cn, cd)
            # alternating extrema
            ext = []
            for j in range(N):
                if (j == 0 or abs(err[j]) >= abs(err[j - 1]) or err[j] * err[j - 1] < 0) and \
                   (j == N - 1 or abs(err[j]) >= abs(err[j + 1]) or err[j] * err[j + 1] < 0):
                    if ext and err[ext[-1]] * err[j] > 0:
                        if abs(err[j]) > abs(err[ext[-1]]):
                            ext[-1] = j
                    else:
                        ext.append(j)
            while len(ext) > n:
                if abs(err[ext[0]]) < abs(err[ext[-1]]):
                    ext.pop(0)
                else:
                    ext.pop()
            if len(ext) < n or worst <= abs(c[-1]) * mpfr('1.001'):
                break
            ref = ext
        return best

    worst, cn, cd = exchange(known, known_d)
    if bits is not None:
        width = (lambda i: bits) if isinstance(bits, int) else (lambda i: bits[min(i, len(bits) - 1)])
        for i in range(max(len(num), len(den))):
            if i < len(num) and i not in known:
                known[i] = round_to(cn[i], width(i))
            if i < len(den) and i not in known_d:
                known_d[i] = round_to(cd[i], width(i))
            if len(known) + len(known_d) == len(num) + len(den):
                break
            worst, cn, cd = exchange(known, known_d)
        cn = [known[i] for i in range(len(num))]
        cd = [known_d[i] for i in range(len(den))]
        worst = max(abs(W[j] * (sum(v * p for v, p in zip(cn, PN[j])) /
                                sum(v * p for v, p in zip(cd, PD[j])) - F[j])) for j in range(N))
    return Fit(cn, cd, worst, num, den)
