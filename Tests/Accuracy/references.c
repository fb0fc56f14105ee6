/* The references: one entry for each function of the catalogue. To add a function, add an entry here.
 *
 *   MULTIPLE(name_value)       y = f(x) in MPFR, as the function is defined; t[0] … t[3] are temporaries. Only where
 *   MULTIPLE(name_derivative)  the definition loses its digits (1 − tanh² for large x) another form is used.
 *   QUICK(name_value, …)       the same in `real`, which is double and then long double, through <tgmath.h>; a form
 *   QUICK(name_derivative, …)  without cancellation, or with *scale set to the size of what cancels. A loop of it in
 *                              double should have no calls but of <math.h>: all of them become vectors' then.
 *   FUNCTION(name, …)          the rest of `reference`.
 *
 * Infinite x never comes here: the limit is seen from x = ±2^58 and ±2^59, or more beside large or tiny parameters. NaN does not come either.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* glibc's functions of vectors, within 4 units of 2^-53 */
#if defined __x86_64__ && defined __GLIBC_PREREQ && !defined __clang__
#if __GLIBC_PREREQ(2, 35)
#define OF_VECTORS(function) extern __attribute__((simd("notinbranch"))) double function(double);
OF_VECTORS(exp) OF_VECTORS(expm1) OF_VECTORS(log) OF_VECTORS(log1p) OF_VECTORS(sinh) OF_VECTORS(cosh) OF_VECTORS(tanh)
OF_VECTORS(sin) OF_VECTORS(cos) OF_VECTORS(tan) OF_VECTORS(atan) OF_VECTORS(erf) OF_VECTORS(erfc)
extern __attribute__((simd("notinbranch"))) double hypot(double, double);
#endif
#endif

#include <tgmath.h>

#include "reference.h"

/* Where e^x or its inverse is out of double's normal range, vectors' functions call the slow one for single numbers. */
static inline double exp_of_normal(double x) {
  double e = (exp)(x < -708 ? -708 : x > 709 ? 709 : x);
  return x < -708 ? 0 : x > 709 ? (double)INFINITY : e;
}
#undef exp
#define exp(x) _Generic((x), long double: expl, default: exp_of_normal)(x)

static const reference *first;

const reference *reference_named(const char *name) {
  for (const reference *r = first; r; r = r->next)
    if (strcmp(r->name, name) == 0) return r;
  return NULL;
}

#define N MPFR_RNDN
#define MULTIPLE(name)                                                                                  \
  static void name##_multiple(__attribute__((unused)) mpfr_t y, __attribute__((unused)) const mpfr_t x, \
                              __attribute__((unused)) const double *p, __attribute__((unused)) mpfr_t *t)

#define QUICK_IN(real_type, name, ...)                                                                                 \
  static inline real_type name(__attribute__((unused)) real_type x, __attribute__((unused)) const double *p,           \
                               __attribute__((unused)) real_type *scale) {                                             \
    typedef __attribute__((unused)) real_type real;                                                                    \
    __VA_ARGS__                                                                                                        \
  }
#define QUICK(name, ...)                                                                            \
  QUICK_IN(double, name##_one, __VA_ARGS__)                                                         \
  QUICK_IN(long double, name##_long, __VA_ARGS__)                                                   \
  static void name##_double(size_t n, const double *restrict x, const double *parameters,           \
                            double *restrict y, double *restrict scale) {                           \
    double p[ACT_PARAMETERS_MAX];                                                                   \
    memcpy(p, parameters, sizeof p);                                                                \
    for (size_t i = 0; i < n; i++) {                                                                \
      double s = -1; /* not given: |y| */                                                           \
      y[i] = name##_one(x[i], p, &s);                                                               \
      scale[i] = s;                                                                                 \
    }                                                                                               \
  }

#define FUNCTION(function, ...)                                                                         \
  static reference function##_reference = {#function,                                                   \
                                           {function##_value_multiple, function##_derivative_multiple}, \
                                           {function##_value_double, function##_derivative_double},     \
                                           {function##_value_long, function##_derivative_long},         \
                                           __VA_ARGS__};                                                \
  __attribute__((constructor)) static void add_##function(void) {                                       \
    function##_reference.next = first;                                                                  \
    first = &function##_reference;                                                                      \
  }

// clang-format off: an entry reads better with a formula on a line

/* tanh; derivative 1/cosh² */
MULTIPLE(tanh_value) { mpfr_tanh(y, x, N); }
MULTIPLE(tanh_derivative) { mpfr_cosh(t[0], x, N); mpfr_sqr(t[0], t[0], N); mpfr_ui_div(y, 1, t[0], N); }
QUICK(tanh_value, return tanh(x);)
QUICK(tanh_derivative, real c = cosh(x); return 1 / c / c;)
FUNCTION(tanh)

/* 1/(1 + e^−x); derivative e^−x/(1 + e^−x)², an even function */
MULTIPLE(sigmoid_value) {
  mpfr_neg(t[0], x, N); mpfr_exp(t[0], t[0], N); mpfr_add_ui(t[0], t[0], 1, N); mpfr_ui_div(y, 1, t[0], N);
}
MULTIPLE(sigmoid_derivative) {
  mpfr_abs(t[0], x, N); mpfr_neg(t[0], t[0], N); mpfr_exp(t[0], t[0], N);
  mpfr_add_ui(t[1], t[0], 1, N); mpfr_sqr(t[1], t[1], N); mpfr_div(y, t[0], t[1], N);
}
QUICK(sigmoid_value, real e = exp(-fabs(x)); return (x < 0 ? e : 1) / (1 + e);)
QUICK(sigmoid_derivative, real e = exp(-fabs(x)); return e / ((1 + e) * (1 + e));)
FUNCTION(sigmoid)

/* x where x > 0, else 0 */
MULTIPLE(relu_value) { if (mpfr_sgn(x) > 0) mpfr_set(y, x, N); else mpfr_set_zero(y, 1); }
MULTIPLE(relu_derivative) { mpfr_set_ui(y, mpfr_sgn(x) > 0, N); }
QUICK(relu_value, *scale = 0; return x > 0 ? x : 0;)
QUICK(relu_derivative, *scale = 0; return x > 0;)
FUNCTION(relu)

/* x where x > 0, else negative_slope·x */
MULTIPLE(leaky_relu_value) { if (mpfr_sgn(x) > 0) mpfr_set(y, x, N); else mpfr_mul_d(y, x, p[0], N); }
MULTIPLE(leaky_relu_derivative) { mpfr_set_d(y, mpfr_sgn(x) > 0 ? 1 : p[0], N); }
QUICK(leaky_relu_value, if (x > 0) *scale = 0; return x > 0 ? x : (real)p[0] * x;)
QUICK(leaky_relu_derivative, *scale = 0; return x > 0 ? 1 : (real)p[0];)
FUNCTION(leaky_relu, .more_count = 7, .more = {{0}, {1}, {0.5}, {0.1}, {-2.7}, {0x1.8p-140}, {1e30}})

/* (√(x² + 1) − 1)/2 + x, the fraction as x²/(2(√(x² + 1) + 1)); derivative x/(2√(x² + 1)) + 1 */
MULTIPLE(bent_identity_value) {
  mpfr_sqr(t[0], x, N); mpfr_add_ui(t[1], t[0], 1, N); mpfr_sqrt(t[1], t[1], N);
  mpfr_add_ui(t[1], t[1], 1, N); mpfr_mul_2ui(t[1], t[1], 1, N); mpfr_div(t[0], t[0], t[1], N);
  if (mpfr_zero_p(x)) mpfr_set(y, x, N); /* f(x) = x + x²/4 + … keeps the sign of zero */
  else mpfr_add(y, t[0], x, N);
}
MULTIPLE(bent_identity_derivative) {
  mpfr_sqr(t[0], x, N); mpfr_add_ui(t[0], t[0], 1, N); mpfr_sqrt(t[0], t[0], N);
  mpfr_mul_2ui(t[0], t[0], 1, N); mpfr_div(t[0], x, t[0], N); mpfr_add_ui(y, t[0], 1, N);
}
QUICK(bent_identity_value, if (x == 0) return x; return x + x / (sqrt(x * x + 1) + 1) * x / 2;)
QUICK(bent_identity_derivative, return 1 + x / (2 * sqrt(x * x + 1));)
FUNCTION(bent_identity, .hard_count = 1, .hard = {0x1.f2d2d2p-9})

/* sin; derivative cos */
MULTIPLE(sinusoid_value) { mpfr_sin(y, x, N); }
MULTIPLE(sinusoid_derivative) { mpfr_cos(y, x, N); }
QUICK(sinusoid_value, return sin(x);)
QUICK(sinusoid_derivative, return cos(x);)
FUNCTION(sinusoid, .no_limit = {1, 1}, .quarter_turns = 1, .hard_count = 2, .hard = {0x1.3170fp+63, 0x1.2b9622p+67})

/* x where x > 0, else alpha·(e^x − 1) */
MULTIPLE(elu_value) { if (mpfr_sgn(x) >= 0) mpfr_set(y, x, N); else { mpfr_expm1(y, x, N); mpfr_mul_d(y, y, p[0], N); } }
MULTIPLE(elu_derivative) {
  if (mpfr_sgn(x) > 0 || p[0] == 0) mpfr_set_ui(y, mpfr_sgn(x) > 0, N); else { mpfr_exp(y, x, N); mpfr_mul_d(y, y, p[0], N); }
}
QUICK(elu_value, if (x >= 0) { *scale = 0; return x; } return (real)p[0] * expm1(x);)
QUICK(elu_derivative, if (x > 0) { *scale = 0; return 1; } real e = exp(x / 2); return (real)p[0] * e * e;)
FUNCTION(elu, .more_count = 7, .more = {{0}, {0.5}, {0.1}, {-2.7}, {0x1.8p-140}, {1e300}, {-3e-300}})

/* lambda·elu(x; alpha), with the two decimal numbers of the paper */
static void selu_constant(mpfr_t y, const char *digits) { mpfr_set_str(y, digits, 10, N); }
#define SELU_ALPHA "1.67326324235437728481704295167"
#define SELU_LAMBDA "1.05070098735548049341933498529"
MULTIPLE(selu_value) {
  selu_constant(t[0], SELU_LAMBDA);
  if (mpfr_sgn(x) >= 0) { mpfr_mul(y, x, t[0], N); return; }
  selu_constant(t[1], SELU_ALPHA); mpfr_mul(t[0], t[0], t[1], N); mpfr_expm1(t[1], x, N); mpfr_mul(y, t[0], t[1], N);
}
MULTIPLE(selu_derivative) {
  selu_constant(t[0], SELU_LAMBDA);
  if (mpfr_sgn(x) > 0) { mpfr_set(y, t[0], N); return; }
  selu_constant(t[1], SELU_ALPHA); mpfr_mul(t[0], t[0], t[1], N); mpfr_exp(t[1], x, N); mpfr_mul(y, t[0], t[1], N);
}
#define SELU(x) ((real)1.05070098735548049341933498529L * ((x) > 0 ? 1 : (real)1.67326324235437728481704295167L))
QUICK(selu_value, return SELU(x) * (x >= 0 ? x : expm1(x));)
QUICK(selu_derivative, return SELU(x) * (x > 0 ? 1 : exp(x));)
FUNCTION(selu)

/* x where x > 0, else alpha·(e^(x/alpha) − 1) */
MULTIPLE(celu_value) {
  if (mpfr_sgn(x) >= 0) { mpfr_set(y, x, N); return; }
  mpfr_div_d(y, x, p[0], N); mpfr_expm1(y, y, N); mpfr_mul_d(y, y, p[0], N);
}
MULTIPLE(celu_derivative) { if (mpfr_sgn(x) > 0) mpfr_set_ui(y, 1, N); else { mpfr_div_d(y, x, p[0], N); mpfr_exp(y, y, N); } }
QUICK(celu_value, if (x >= 0) { *scale = 0; return x; }
  real q = x / (real)p[0]; return fabs(q) < (real)0x1p-100 ? x : (real)p[0] * expm1(q);)
QUICK(celu_derivative, if (x > 0) { *scale = 0; return 1; }
  real q = fmax(x / (real)p[0], -30000), e = exp(q); *scale = e - e * q; return e;)
FUNCTION(celu, .more_count = 7, .more = {{0.5}, {0.1}, {1.7}, {100}, {0x1.8p-140}, {0x1p-60}, {0x1p-1022}})

/* ln(1 + e^(beta·x))/beta; derivative 1/(1 + e^(−beta·x)) */
MULTIPLE(softplus_value) {
  mpfr_mul_d(t[0], x, p[0], N); mpfr_abs(t[1], t[0], N); mpfr_neg(t[1], t[1], N); mpfr_exp(t[1], t[1], N);
  mpfr_log1p(t[1], t[1], N); if (mpfr_sgn(x) > 0) mpfr_add(t[1], t[1], t[0], N); mpfr_div_d(y, t[1], p[0], N);
}
MULTIPLE(softplus_derivative) { /* next to 1/2 by less than MPFR's precision shows, it lies on one side */
  mpfr_mul_d(t[0], x, p[0], N);
  if (mpfr_regular_p(t[0]) && mpfr_get_exp(t[0]) < -100) { mpfr_set_si_2exp(y, mpfr_sgn(x), -100, N); mpfr_add_d(y, y, 0.5, N); return; }
  mpfr_neg(t[0], t[0], N); mpfr_exp(t[0], t[0], N); mpfr_add_ui(t[0], t[0], 1, N);
  mpfr_ui_div(y, 1, t[0], N);
}
QUICK(softplus_value, real q = fmin(fabs(x * (real)p[0]), 30000), h = exp(q / -2), b = (real)p[0];
  real r = q > 60 ? h / b * h : log1p(h * h) / b; if (x > 0) return x + r; *scale = r + r * q; return r;)
QUICK(softplus_derivative, real q = fmin(fabs(x * (real)p[0]), 30000), e = exp(-q); if (x < 0) *scale = e + e * q;
  return (x < 0 ? e : 1) / (1 + e);)
FUNCTION(softplus, .more_count = 7, .more = {{0.5}, {0.1}, {1.7}, {100}, {0x1p-40}, {1e300}, {1e30}})

/* ln(1/(1 + e^−x)); derivative 1/(1 + e^x) */
MULTIPLE(logsigmoid_value) {
  mpfr_abs(t[0], x, N); mpfr_neg(t[0], t[0], N); mpfr_exp(t[0], t[0], N); mpfr_log1p(t[0], t[0], N); mpfr_neg(y, t[0], N);
  if (mpfr_sgn(x) < 0) mpfr_add(y, y, x, N);
}
MULTIPLE(logsigmoid_derivative) { mpfr_exp(t[0], x, N); mpfr_add_ui(t[0], t[0], 1, N); mpfr_ui_div(y, 1, t[0], N); }
QUICK(logsigmoid_value, real r = log1p(exp(-fabs(x))); return x < 0 ? x - r : -r;)
QUICK(logsigmoid_derivative, real e = exp(-fabs(x)); return (x > 0 ? e : 1) / (1 + e);)
FUNCTION(logsigmoid, .hard_count = 1, .hard = {-0x1.d483ap-12})

/* e^x, its own derivative. Beyond 2^60, where MPFR's numbers end, a straight line, as infinite as it for any type. */
MULTIPLE(exponential_value) {
  mpfr_set_ui_2exp(t[0], 1, 60, N);
  if (mpfr_cmp(x, t[0]) < 0) { mpfr_exp(y, x, N); return; }
  mpfr_exp(y, t[0], N); mpfr_sub(t[0], x, t[0], N); mpfr_add_ui(t[0], t[0], 1, N); mpfr_mul(y, y, t[0], N);
}
MULTIPLE(exponential_derivative) {
  mpfr_set_ui_2exp(t[0], 1, 60, N); mpfr_exp(y, mpfr_cmp(x, t[0]) < 0 ? x : t[0], N);
}
QUICK(exponential_value, return exp(x);)
QUICK(exponential_derivative, return exp(x);)
FUNCTION(exponential)
/* What a far limit differs by is more than nothing, and decides a tie: the least that the precision leaves visible. */
static long visible(const mpfr_t y) { return 64 - mpfr_get_prec(y); }
static int is_invisible(const mpfr_t t, const mpfr_t y) { return mpfr_zero_p(t) || mpfr_get_exp(t) < visible(y); }
static void just_above_1(mpfr_t y) { mpfr_set_ui_2exp(y, 1, visible(y), N); mpfr_add_ui(y, y, 1, N); }

/* x·σ(w), and its derivative σ(w)·(1 + t·σ(−w)) where t = x·w′. In: w in t[0], x·w′ in t[1]. */
static void gate_value(mpfr_t y, const mpfr_t x, mpfr_t *t) {
  int left = mpfr_sgn(t[0]) < 0;
  mpfr_abs(t[0], t[0], N); mpfr_neg(t[0], t[0], N); mpfr_exp(t[0], t[0], N);
  if (!left && is_invisible(t[0], y)) mpfr_set_ui_2exp(t[0], 1, visible(y), N);
  mpfr_add_ui(t[1], t[0], 1, N);
  if (left) mpfr_mul(y, x, t[0], N); else mpfr_set(y, x, N);
  mpfr_div(y, y, t[1], N);
}
static void gate_derivative(mpfr_t y, mpfr_t *t) {
  int left = mpfr_sgn(t[0]) < 0;
  mpfr_abs(t[0], t[0], N); mpfr_neg(t[0], t[0], N); mpfr_exp(t[0], t[0], N); mpfr_add_ui(t[2], t[0], 1, N);
  if (left) { mpfr_add(t[1], t[1], t[2], N); mpfr_mul(t[1], t[1], t[0], N); }
  else {
    mpfr_mul(t[1], t[1], t[0], N);
    if (is_invisible(t[1], y) && mpfr_get_exp(t[0]) < -100) { just_above_1(y); return; }
    mpfr_add(t[1], t[1], t[2], N);
  }
  mpfr_sqr(t[2], t[2], N); mpfr_div(y, t[1], t[2], N);
}
/* An error of w is one of e^w, |w| times as large; the derivative cancels at its zero; e^w may be subnormal as a double. */
#define GATE_VALUE(w)                                              \
  real u = (w), e = exp(-fabs(u)), y = x * (u < 0 ? e : 1) / (1 + e); \
  *scale = fabs(y) * (1 + fmin(fabs(u), 20000)) + fabs(x) * (real)0x1p-1028; return y;
#define GATE_DERIVATIVE(w, xdw)                                                                        \
  real u = (w), v = (xdw), e = exp(-fabs(u)), d = 1 + e;                                               \
  if (fabs(u) > 20000) return u < 0 ? -(real)0 : 1;                                                    \
  *scale = (u < 0 ? e * (fabs(v) + d) : d + fabs(v) * e) / (d * d) * (1 + fabs(u));                    \
  *scale += (1 + fabs(v)) * (real)0x1p-1028;                                                           \
  return (u < 0 ? e * (1 + v + e) : d + v * e) / (d * d);

/* x·σ(w), w = 2√(2/π)·(x + c·x³), c the double nearest to 0.044715 */
static void gelu_tanh_argument(const mpfr_t x, mpfr_t *t) { /* w in t[0], x·w′ in t[1] */
  mpfr_const_pi(t[2], N); mpfr_ui_div(t[2], 8, t[2], N); mpfr_sqrt(t[2], t[2], N); mpfr_mul(t[2], t[2], x, N);
  mpfr_sqr(t[3], x, N); mpfr_mul_d(t[3], t[3], 0.044715, N);
  mpfr_add_ui(t[0], t[3], 1, N); mpfr_mul(t[0], t[0], t[2], N);
  mpfr_mul_ui(t[3], t[3], 3, N); mpfr_add_ui(t[1], t[3], 1, N); mpfr_mul(t[1], t[1], t[2], N);
}
#define ROOT_8_PI ((real)1.595769121605730711759784239737L)
MULTIPLE(gelu_tanh_value) { gelu_tanh_argument(x, t); gate_value(y, x, t); }
MULTIPLE(gelu_tanh_derivative) { gelu_tanh_argument(x, t); gate_derivative(y, t); }
QUICK(gelu_tanh_value, GATE_VALUE(ROOT_8_PI * x * (1 + (real)0.044715 * (x * x))))
QUICK(gelu_tanh_derivative,
      GATE_DERIVATIVE(ROOT_8_PI * x * (1 + (real)0.044715 * (x * x)), ROOT_8_PI * x * (1 + 3 * (real)0.044715 * (x * x))))
FUNCTION(gelu_tanh)

/* x·σ(c·x), c the double nearest to 1.702 */
MULTIPLE(quick_gelu_value) { mpfr_mul_d(t[0], x, 1.702, N); gate_value(y, x, t); }
MULTIPLE(quick_gelu_derivative) { mpfr_mul_d(t[0], x, 1.702, N); mpfr_set(t[1], t[0], N); gate_derivative(y, t); }
QUICK(quick_gelu_value, GATE_VALUE((real)1.702 * x))
QUICK(quick_gelu_derivative, GATE_DERIVATIVE((real)1.702 * x, (real)1.702 * x))
FUNCTION(quick_gelu)

/* x·σ(x) */
MULTIPLE(silu_value) { mpfr_set(t[0], x, N); gate_value(y, x, t); }
MULTIPLE(silu_derivative) { mpfr_set(t[0], x, N); mpfr_set(t[1], x, N); gate_derivative(y, t); }
QUICK(silu_value, GATE_VALUE(x))
QUICK(silu_derivative, GATE_DERIVATIVE(x, x))
FUNCTION(silu)

/* x·σ(beta·x) */
MULTIPLE(swish_value) { mpfr_mul_d(t[0], x, p[0], N); gate_value(y, x, t); }
MULTIPLE(swish_derivative) { mpfr_mul_d(t[0], x, p[0], N); mpfr_set(t[1], t[0], N); gate_derivative(y, t); }
QUICK(swish_value, GATE_VALUE((real)p[0] * x))
QUICK(swish_derivative, GATE_DERIVATIVE((real)p[0] * x, (real)p[0] * x))
FUNCTION(swish, .more_count = 8, .more = {{0}, {-1.5}, {0.1}, {1e-3}, {2.7}, {-0x1.23456789abcdfp4}, {1e-12}, {-1e300}})

/* x·tanh(ln(1 + e^x)): with n = e^x(e^x + 2) it is x·n/(n + 2); derivative tanh(…) + x·(1 − tanh²)·σ(x) */
MULTIPLE(mish_value) {
  if (mpfr_cmp_d(x, 1e6) > 0) { mpfr_set(y, x, N); return; } /* to 10⁶ bits */
  mpfr_exp(t[0], x, N); mpfr_add_ui(t[1], t[0], 2, N); mpfr_mul(t[1], t[1], t[0], N);
  mpfr_add_ui(t[0], t[1], 2, N); mpfr_div(t[1], t[1], t[0], N); mpfr_mul(y, x, t[1], N);
}
MULTIPLE(mish_derivative) { /* n/(n + 2) + x·4e(1 + e)/(n + 2)² */
  if (mpfr_cmp_d(x, 1e6) > 0) { mpfr_set_ui(y, 1, N); return; }
  if (mpfr_cmp_d(x, -1e6) < 0) { mpfr_exp(t[0], x, N); mpfr_add_ui(t[1], x, 1, N); mpfr_mul(y, t[0], t[1], N); return; }
  mpfr_exp(t[0], x, N); mpfr_add_ui(t[1], t[0], 2, N); mpfr_mul(t[1], t[1], t[0], N); mpfr_add_ui(t[2], t[1], 2, N);
  mpfr_add_ui(t[3], t[0], 1, N); mpfr_mul(t[3], t[3], t[0], N); mpfr_mul_2ui(t[3], t[3], 2, N); mpfr_mul(t[3], t[3], x, N);
  mpfr_div(t[3], t[3], t[2], N); mpfr_add(t[3], t[3], t[1], N); mpfr_div(y, t[3], t[2], N);
}
QUICK(mish_value,
  real e = exp(-fabs(x)), n = x < 0 ? e * (e + 2) : 1 + 2 * e, y = x * n / (x < 0 ? n + 2 : n + 2 * e * e);
  *scale = fabs(y) + fabs(x) * (real)0x1p-1028; return y;)
QUICK(mish_derivative,
  real e = exp(-fabs(x)), m = 4 * x * e, d = x < 0 ? 2 + e * (e + 2) : 1 + 2 * e * (1 + e);
  if (fabs(x) > 20000) return x < 0 ? -(real)0 : 1;
  real a = x < 0 ? e * (6 + e * (4 + e)) + 4 : 1 + e * (4 + e * (6 + 4 * e)), b = x < 0 ? 4 * x + m : e * (m + m * e);
  real s = x < 0 ? e : 1;
  *scale = s * (a + fabs(b)) / d / d + fabs(x) * (real)0x1p-1028; return s * (a + b) / d / d;)
FUNCTION(mish)
/* atan; derivative 1/(1 + x²) */
MULTIPLE(arctan_value) { mpfr_atan(y, x, N); }
MULTIPLE(arctan_derivative) { mpfr_sqr(t[0], x, N); mpfr_add_ui(t[0], t[0], 1, N); mpfr_ui_div(y, 1, t[0], N); }
QUICK(arctan_value, return atan(x);)
QUICK(arctan_derivative, real a = fabs(x); return a > (real)1e100 ? 1 / a / a : 1 / (1 + a * a);)
FUNCTION(arctan, .hard_count = 1, .hard = {0x1.1ad646p-4})

/* x − tanh x, for |x| < 1 as (x·cosh x − sinh x)/cosh x, of which the first is Σ 2k·x^(2k+1)/(2k+1)!; derivative tanh² x.
 * That tanh x is never quite 1 decides where x − 1 is a tie. */
MULTIPLE(tanhshrink_value) {
  if (mpfr_zero_p(x)) { mpfr_set(y, x, N); return; }
  if (mpfr_cmpabs_ui(x, 1) >= 0) {
    mpfr_tanh(t[0], x, N);
    mpfr_set_ui_2exp(t[1], 1, 64 - mpfr_get_prec(y), N); mpfr_ui_sub(t[1], 1, t[1], N);
    if (mpfr_cmpabs(t[0], t[1]) > 0) mpfr_copysign(t[0], t[1], x, N);
    mpfr_sub(y, x, t[0], N);
    return;
  }
  mpfr_sqr(t[0], x, N); mpfr_mul(t[1], t[0], x, N); mpfr_div_ui(t[1], t[1], 3, N); mpfr_set_zero(y, 1);
  for (unsigned long k = 1; mpfr_zero_p(y) || mpfr_get_exp(t[1]) + mpfr_get_prec(y) + 8 > mpfr_get_exp(y); k++) {
    mpfr_add(y, y, t[1], N); mpfr_mul(t[1], t[1], t[0], N); mpfr_div_ui(t[1], t[1], 2 * k * (2 * k + 3), N);
  }
  mpfr_cosh(t[0], x, N); mpfr_div(y, y, t[0], N);
}
MULTIPLE(tanhshrink_derivative) { mpfr_tanh(t[0], x, N); mpfr_sqr(y, t[0], N); }
QUICK(tanhshrink_value,
  if (fabs(x) >= 1) { *scale = fabs(x); return x - tanh(x); }
  real sum = 1, z = x * x;
  for (int k = z < (real)0x1p-30 ? 2 : z < (real)0x1p-8 ? 5 : 14; k > 0; k--) sum = 1 + z / (2 * k * (2 * k + 3)) * sum;
  return x * (z / 3) * sum / cosh(x);)
QUICK(tanhshrink_derivative, real t = tanh(x); return t * t;)
FUNCTION(tanhshrink, .hard_count = 1, .hard = {0x1.b1c146p+1})

/* x·tanh x; derivative tanh x + x/cosh² x */
MULTIPLE(lisht_value) { mpfr_tanh(t[0], x, N); mpfr_mul(y, x, t[0], N); }
MULTIPLE(lisht_derivative) {
  mpfr_cosh(t[0], x, N); mpfr_sqr(t[0], t[0], N); mpfr_div(t[0], x, t[0], N); mpfr_tanh(t[1], x, N); mpfr_add(y, t[0], t[1], N);
}
QUICK(lisht_value, return x * tanh(x);)
QUICK(lisht_derivative, real c = cosh(x); return tanh(x) + x / c / c;)
FUNCTION(lisht)

/* x + sin²(αx)/α; derivative 1 + sin(2αx) as 2·sin²(αx + π/4) */
MULTIPLE(snake_value) {
  if (p[0] == 0 || mpfr_zero_p(x)) { mpfr_set(y, x, N); return; }
  mpfr_mul_d(t[0], x, p[0], N); mpfr_sin(t[0], t[0], N); mpfr_sqr(t[0], t[0], N); mpfr_div_d(t[0], t[0], p[0], N); mpfr_add(y, x, t[0], N);
}
MULTIPLE(snake_derivative) {
  mpfr_prec_t bits = mpfr_get_prec(y);
  mpfr_mul_d(t[0], x, p[0], N);
  long more = mpfr_zero_p(t[0]) || mpfr_get_exp(t[0]) < 0 ? 0 : mpfr_get_exp(t[0]);
  mpfr_set_prec(t[1], bits + 200 + more); mpfr_set_prec(t[2], bits + 200 + more);
  mpfr_const_pi(t[1], N); mpfr_div_2ui(t[1], t[1], 2, N); mpfr_add(t[2], t[0], t[1], N);
  mpfr_set_prec(t[1], bits); mpfr_sin(t[1], t[2], N); mpfr_set_prec(t[2], bits);
  mpfr_sqr(t[1], t[1], N); mpfr_mul_2ui(y, t[1], 1, N);
}
QUICK(snake_value, if (p[0] == 0 || x == 0) { *scale = 0; return x; }
  real s = sin((real)p[0] * x); *scale = 2 * fabs(x);
  return s == s ? x + s * (s / (real)p[0]) : x;)
QUICK(snake_derivative, real a = 2 * (real)p[0] * x, s = sin(a);
  *scale = 2 + (p[0] == 1 ? 0 : fabs(a)); return s == -1 ? (real)0x1p-70 : s == s ? 1 + s : 1;)
FUNCTION(snake, .no_limit = {0, 2}, .quarter_turns = 2, .more_count = 7, .more = {{0.3}, {-1}, {5}, {-2.7}, {1e-3}, {1e30}, {3e-310}})
/* x; derivative 1 */
MULTIPLE(identity_value) { mpfr_set(y, x, N); }
MULTIPLE(identity_derivative) { mpfr_set_ui(y, 1, N); }
QUICK(identity_value, *scale = 0; return x;)
QUICK(identity_derivative, *scale = 0; return 1;)
FUNCTION(identity)

/* leaky_relu, its slope called weight */
#define prelu_value_multiple leaky_relu_value_multiple
#define prelu_derivative_multiple leaky_relu_derivative_multiple
#define prelu_value_double leaky_relu_value_double
#define prelu_derivative_double leaky_relu_derivative_double
#define prelu_value_long leaky_relu_value_long
#define prelu_derivative_long leaky_relu_derivative_long
FUNCTION(prelu, .standard = {0.25}, .more_count = 7, .more = {{0}, {1}, {1 - 0x1p-50}, {0.1}, {-3.3}, {0x1.8p-700}, {1e300}})

/* x/(1 + |x|); derivative 1/(1 + |x|)² */
MULTIPLE(softsign_value) { mpfr_abs(t[0], x, N); mpfr_add_ui(t[0], t[0], 1, N); mpfr_div(y, x, t[0], N); }
MULTIPLE(softsign_derivative) {
  mpfr_abs(t[0], x, N); mpfr_add_ui(t[0], t[0], 1, N); mpfr_sqr(t[0], t[0], N); mpfr_ui_div(y, 1, t[0], N);
}
QUICK(softsign_value, return x / (1 + fabs(x));)
QUICK(softsign_derivative, real q = 1 / (1 + fabs(x)); return q * q;)
FUNCTION(softsign)

/* x − lambd where x > lambd, x + lambd where x < −lambd, else 0 */
MULTIPLE(softshrink_value) {
  if (mpfr_cmp_d(x, p[0]) > 0) mpfr_sub_d(y, x, p[0], N);
  else if (mpfr_cmp_d(x, -p[0]) < 0) mpfr_add_d(y, x, p[0], N);
  else mpfr_set_zero(y, 1);
}
MULTIPLE(softshrink_derivative) { mpfr_set_ui(y, mpfr_cmp_d(x, p[0]) > 0 || mpfr_cmp_d(x, -p[0]) < 0, N); }
QUICK(softshrink_value, if (fabs(x) <= p[0]) { *scale = 0; return 0; } return x > 0 ? x - (real)p[0] : x + (real)p[0];)
QUICK(softshrink_derivative, *scale = 0; return fabs(x) > p[0];)
FUNCTION(softshrink, .more_count = 7, .more = {{1}, {0.1}, {0x1.fffffffp-1}, {0x1.000002p0}, {7.7}, {0x1p-300}, {0x1.1p50}})

/* x where |x| > lambd, else 0 */
MULTIPLE(hardshrink_value) {
  if (mpfr_cmp_d(x, p[0]) > 0 || mpfr_cmp_d(x, -p[0]) < 0) mpfr_set(y, x, N); else mpfr_set_zero(y, 1);
}
#define hardshrink_derivative_multiple softshrink_derivative_multiple
QUICK(hardshrink_value, *scale = 0; return fabs(x) > p[0] ? x : 0;)
#define hardshrink_derivative_double softshrink_derivative_double
#define hardshrink_derivative_long softshrink_derivative_long
FUNCTION(hardshrink, .more_count = 7, .more = {{1}, {0.1}, {0x1.fffffffp-1}, {0x1.000002p0}, {7.7}, {0x1p-300}, {0x1.1p50}})

/* x between min_val and max_val; derivative 1 strictly between them, else 0 */
MULTIPLE(hardtanh_value) {
  if (mpfr_cmp_d(x, p[0]) <= 0) mpfr_set_d(y, p[0], N);
  else if (mpfr_cmp_d(x, p[1]) >= 0) mpfr_set_d(y, p[1], N);
  else mpfr_set(y, x, N);
}
MULTIPLE(hardtanh_derivative) { mpfr_set_ui(y, mpfr_cmp_d(x, p[0]) > 0 && mpfr_cmp_d(x, p[1]) < 0, N); }
QUICK(hardtanh_value, *scale = 0; return x <= p[0] ? (real)p[0] : x >= p[1] ? (real)p[1] : x;)
QUICK(hardtanh_derivative, *scale = 0; return x > p[0] && x < p[1];)
FUNCTION(hardtanh, .more_count = 8, .more = {{0, 6}, {-0.1, 0.1}, {0.1, 0.3}, {-2.7, -1.1}, {0.7, 0.7}, {-0x1p-300, 0x1p-300},
                                             {-0x1p56, 0x1.1p56}, {1 + 0x1p-24, 1 + 0x1.8p-23}})

/* x + 3 between 0 and 6, over 6; derivative 1/6 strictly between, else 0 */
MULTIPLE(hardsigmoid_value) {
  if (mpfr_cmp_si(x, -3) <= 0) mpfr_set_zero(y, 1);
  else if (mpfr_cmp_ui(x, 3) >= 0) mpfr_set_ui(y, 1, N);
  else { mpfr_add_ui(t[0], x, 3, N); mpfr_div_ui(y, t[0], 6, N); }
}
MULTIPLE(hardsigmoid_derivative) {
  if (mpfr_cmp_si(x, -3) <= 0 || mpfr_cmp_ui(x, 3) >= 0) mpfr_set_zero(y, 1);
  else { mpfr_set_ui(t[0], 1, N); mpfr_div_ui(y, t[0], 6, N); }
}
QUICK(hardsigmoid_value, if (fabs(x) >= 3) *scale = 0; return x <= -3 ? 0 : x >= 3 ? 1 : (x + 3) / 6;)
QUICK(hardsigmoid_derivative, if (fabs(x) >= 3) { *scale = 0; return 0; } return (real)1 / 6;)
FUNCTION(hardsigmoid)

/* x times that; derivative (2x + 3)/6 strictly between −3 and 3, 0 on the left, 1 on the right */
MULTIPLE(hardswish_value) {
  if (mpfr_cmp_si(x, -3) <= 0) mpfr_set_zero(y, -1);
  else if (mpfr_cmp_ui(x, 3) >= 0) mpfr_set(y, x, N);
  else { mpfr_add_ui(t[0], x, 3, N); mpfr_mul(t[0], t[0], x, N); mpfr_div_ui(y, t[0], 6, N); }
}
MULTIPLE(hardswish_derivative) {
  if (mpfr_cmp_si(x, -3) <= 0) mpfr_set_zero(y, 1);
  else if (mpfr_cmp_ui(x, 3) >= 0) mpfr_set_ui(y, 1, N);
  else { mpfr_mul_2ui(t[0], x, 1, N); mpfr_add_ui(t[0], t[0], 3, N); mpfr_div_ui(y, t[0], 6, N); }
}
QUICK(hardswish_value, if (fabs(x) >= 3) *scale = 0; return x <= -3 ? (real)-0.0 : x >= 3 ? x : x * (x + 3) / 6;)
QUICK(hardswish_derivative, if (fabs(x) >= 3) *scale = 0; return x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6;)
FUNCTION(hardswish)

/* x between 0 and 6; derivative 1 strictly between them, else 0 */
MULTIPLE(relu6_value) {
  if (mpfr_sgn(x) <= 0) mpfr_set_zero(y, 1);
  else if (mpfr_cmp_ui(x, 6) >= 0) mpfr_set_ui(y, 6, N);
  else mpfr_set(y, x, N);
}
MULTIPLE(relu6_derivative) { mpfr_set_ui(y, mpfr_sgn(x) > 0 && mpfr_cmp_ui(x, 6) < 0, N); }
QUICK(relu6_value, *scale = 0; return x <= 0 ? 0 : x >= 6 ? 6 : x;)
QUICK(relu6_derivative, *scale = 0; return x > 0 && x < 6;)
FUNCTION(relu6)

/* x where x > threshold, else value */
MULTIPLE(threshold_value) { if (mpfr_cmp_d(x, p[0]) > 0) mpfr_set(y, x, N); else mpfr_set_d(y, p[1], N); }
MULTIPLE(threshold_derivative) { mpfr_set_ui(y, mpfr_cmp_d(x, p[0]) > 0, N); }
QUICK(threshold_value, *scale = 0; return x > p[0] ? x : (real)p[1];)
QUICK(threshold_derivative, *scale = 0; return x > p[0];)
FUNCTION(threshold, .standard = {0.1, 20}, .more_count = 7, .more = {{0, 0}, {1, -0.1}, {-2.7, 1 + 0x1p-24}, {0x1p-300, 1e300}, {-0x1p56, 1e-300},
                                              {0.1, 1e-45}, {-0.0, -0.0}})

/* x² where x > 0, else 0; derivative 2x */
MULTIPLE(squared_relu_value) { if (mpfr_sgn(x) > 0) mpfr_sqr(y, x, N); else mpfr_set_zero(y, 1); }
MULTIPLE(squared_relu_derivative) { if (mpfr_sgn(x) > 0) mpfr_mul_2ui(y, x, 1, N); else mpfr_set_zero(y, 1); }
QUICK(squared_relu_value, if (x <= 0) *scale = 0; return x > 0 ? x * x : 0;)
QUICK(squared_relu_derivative, *scale = 0; return x > 0 ? 2 * x : 0;)
FUNCTION(squared_relu)

/* (x + √(x² + b))/2, for x < 0 as b/(2(√(x² + b) − x)); derivative (1 + x/√(x² + b))/2, likewise; 0 for x = b = 0. */
MULTIPLE(squareplus_value) {
  mpfr_sqr(t[0], x, N); mpfr_add_d(t[0], t[0], p[0], N); mpfr_sqrt(t[0], t[0], N);
  mpfr_abs(t[1], x, N); mpfr_add(t[0], t[0], t[1], N); mpfr_div_2ui(t[0], t[0], 1, N);
  if (mpfr_sgn(x) < 0) { mpfr_set_d(t[1], p[0], N); mpfr_div(t[0], t[1], t[0], N); mpfr_div_2ui(t[0], t[0], 2, N); }
  mpfr_set(y, t[0], N);
}
MULTIPLE(squareplus_derivative) { /* next to 1/2 by less than MPFR's precision shows, it lies on one side */
  mpfr_sqr(t[0], x, N); mpfr_add_d(t[0], t[0], p[0], N); mpfr_sqrt(t[0], t[0], N);
  if (mpfr_zero_p(t[0])) { mpfr_set_zero(y, 1); return; }
  mpfr_abs(t[1], x, N); mpfr_add(t[1], t[0], t[1], N);
  if (mpfr_sgn(x) < 0) { mpfr_set_d(t[2], p[0], N); mpfr_div(t[1], t[2], t[1], N); }
  if (mpfr_regular_p(x) && mpfr_get_exp(x) < mpfr_get_exp(t[0]) - 100) { mpfr_set_si_2exp(y, mpfr_sgn(x), -100, N); mpfr_add_d(y, y, 0.5, N); return; }
  mpfr_div(t[1], t[1], t[0], N); mpfr_div_2ui(y, t[1], 1, N);
}
QUICK(squareplus_value, real a = fabs(x), s = hypot(a, sqrt((real)p[0])), m = a + (s - a) / 2; return x < 0 ? (real)p[0] / m / 4 : m;)
QUICK(squareplus_derivative, real a = fabs(x), s = hypot(a, sqrt((real)p[0])), m = a + (s - a) / 2;
      if (s == 0) { *scale = 0; return 0; } return (x < 0 ? (real)p[0] / m / 4 : m) / s;)
FUNCTION(squareplus, .more_count = 8, .more = {{0}, {1}, {0.1}, {7.7}, {0x1.000001p-20}, {1e18}, {1e-300}, {0x1.1p62}})

/* x·Φ(x) = x·erfc(−x/√2)/2; derivative Φ(x) + x·φ(x), φ(x) = e^(−x²/2)/√2π. Where the terms of the derivative cancel, no
 * more than what the precision makes up for. */
static void normal(mpfr_t y, const mpfr_t x, mpfr_t t) {
  mpfr_sqrt_ui(t, 2, N); mpfr_div(t, x, t, N); mpfr_neg(t, t, N); mpfr_erfc(t, t, N); mpfr_div_2ui(y, t, 1, N);
}
MULTIPLE(gelu_value) {
  normal(t[0], x, t[1]); mpfr_ui_sub(t[1], 1, t[0], N);
  if (mpfr_sgn(x) > 0 && is_invisible(t[1], y)) { mpfr_set_ui_2exp(t[1], 1, visible(y), N); mpfr_ui_sub(t[0], 1, t[1], N); }
  mpfr_mul(y, x, t[0], N);
}
MULTIPLE(gelu_derivative) {
  normal(t[0], x, t[1]);
  mpfr_sqr(t[1], x, N); mpfr_div_2ui(t[1], t[1], 1, N); mpfr_neg(t[1], t[1], N); mpfr_exp(t[1], t[1], N);
  mpfr_const_pi(t[2], N); mpfr_mul_2ui(t[2], t[2], 1, N); mpfr_sqrt(t[2], t[2], N); mpfr_div(t[1], t[1], t[2], N);
  mpfr_mul(t[1], t[1], x, N); mpfr_add(y, t[0], t[1], N);
  if (mpfr_zero_p(y)) mpfr_setsign(y, y, 1, N); /* too small for MPFR: φ's term is the larger one */
  mpfr_sub_ui(t[0], y, 1, N);
  if (mpfr_sgn(x) > 0 && is_invisible(t[0], y)) just_above_1(y);
}
/* erfc(−x/√2)/2, and with what the rounded argument lacks: √½ beyond long double and the product's error, times erfc′/erfc,
 * some −2·argument. Vectors' functions grow less exact with x². */
#define ROOT_HALF 0.707106781186547524400844362104849039L
#define NORMAL(x) \
  real c = (real)ROOT_HALF, u = -x * c, lacks = fma(x, c, u) + x * (real)(ROOT_HALF - c + 0x1.65f626cdd52bp-66L), \
       normal = erfc(u) / 2 * (1 + (u > 0 && u < 150 ? 2 * u * lacks : 0)),                                        \
       grown = sizeof(real) == sizeof(double) ? 1 + fmin(x * x, 24000) : 1;
QUICK(gelu_value, NORMAL(x) real y = x * normal; *scale = (x < 0 ? grown : 1) * fabs(y) + fabs(x) * (real)0x1p-1028; return y;)
QUICK(gelu_derivative, NORMAL(x) real a = normal, square = x * x, e = exp(square / -2) * (1 - fma(x, x, -square) / 2);
      real b = x * e * (real)0.398942280401432677939946059934381868L;
      if (x < 0 && e == 0) { *scale = 0; return -(real)0; }
      *scale = grown * (a + fabs(b)) + (1 + fabs(x)) * (real)0x1p-1028; return a + b;)
FUNCTION(gelu)

/* e^(−x²); derivative −2x·e^(−x²) */
MULTIPLE(gaussian_value) { mpfr_sqr(t[0], x, N); mpfr_neg(t[0], t[0], N); mpfr_exp(y, t[0], N); }
MULTIPLE(gaussian_derivative) { gaussian_value_multiple(t[1], x, p, t); mpfr_mul(t[1], t[1], x, N); mpfr_mul_si(y, t[1], -2, N); }
QUICK(gaussian_value, *scale = (1 + fmin(x * x, 12000)) * exp(-x * x); return exp(-x * x);)
QUICK(gaussian_derivative, real y = -2 * x * exp(-x * x); *scale = (1 + fmin(x * x, 12000)) * fabs(y); return y;)
FUNCTION(gaussian)

/* erf; derivative 2/√π·e^(−x²) */
MULTIPLE(erf_value) { mpfr_erf(y, x, N); }
MULTIPLE(erf_derivative) {
  gaussian_value_multiple(t[1], x, p, t); mpfr_const_pi(t[2], N); mpfr_sqrt(t[2], t[2], N); mpfr_div_2ui(t[2], t[2], 1, N); mpfr_div(y, t[1], t[2], N);
}
QUICK(erf_value, return erf(x);)
QUICK(erf_derivative, real y = exp(-x * x) * (real)1.12837916709551257389615890312154517L; *scale = (1 + fmin(x * x, 12000)) * y; return y;)
FUNCTION(erf)
