/* The references: one entry for each function of the catalogue. To add a function, add an entry here.
 *
 *   MULTIPLE(name_value)       y = f(x) in MPFR, as the function is defined; t[0] … t[3] are temporaries. Only where
 *   MULTIPLE(name_derivative)  the definition loses its digits (1 − tanh² for large x) another form is used.
 *   QUICK(name_value, …)       the same in `real`, which is double and then long double, through <tgmath.h>; a form
 *   QUICK(name_derivative, …)  without cancellation, or with *scale set to the size of what cancels.
 *   FUNCTION(name, …)          the rest of `reference`.
 *
 * Infinite x never comes here: the limit is seen from x = ±2^58 and ±2^59. NaN does not come either.
 */
#include <stdlib.h>
#include <string.h>
#include <tgmath.h>

#include "reference.h"

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

#define QUICK_IN(real_type, name, ...)                                        \
  static real_type name(__attribute__((unused)) real_type x, __attribute__((unused)) const double *p, \
                        __attribute__((unused)) real_type *scale) {           \
    typedef __attribute__((unused)) real_type real;                           \
    __VA_ARGS__                                                               \
  }
#define QUICK(name, ...)                       \
  QUICK_IN(double, name##_double, __VA_ARGS__) \
  QUICK_IN(long double, name##_long, __VA_ARGS__)

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
FUNCTION(prelu, .more_count = 8, .more = {{0.25}, {0}, {1}, {1 - 0x1p-50}, {0.1}, {-3.3}, {0x1.8p-700}, {1e300}})

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
FUNCTION(threshold, .more_count = 8, .more = {{0, 0}, {0.1, 20}, {1, -0.1}, {-2.7, 1 + 0x1p-24}, {0x1p-300, 1e300}, {-0x1p56, 1e-300},
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
MULTIPLE(squareplus_derivative) {
  mpfr_sqr(t[0], x, N); mpfr_add_d(t[0], t[0], p[0], N); mpfr_sqrt(t[0], t[0], N);
  if (mpfr_zero_p(t[0])) { mpfr_set_zero(y, 1); return; }
  mpfr_abs(t[1], x, N); mpfr_add(t[1], t[0], t[1], N);
  if (mpfr_sgn(x) < 0) { mpfr_set_d(t[2], p[0], N); mpfr_div(t[1], t[2], t[1], N); }
  mpfr_div(t[1], t[1], t[0], N); mpfr_div_2ui(y, t[1], 1, N);
}
QUICK(squareplus_value, real a = fabs(x), s = hypot(a, sqrt((real)p[0])), m = a + (s - a) / 2; return x < 0 ? (real)p[0] / m / 4 : m;)
QUICK(squareplus_derivative, real a = fabs(x), s = hypot(a, sqrt((real)p[0])), m = a + (s - a) / 2;
      if (s == 0) { *scale = 0; return 0; } return (x < 0 ? (real)p[0] / m / 4 : m) / s;)
FUNCTION(squareplus, .more_count = 8, .more = {{0}, {1}, {0.1}, {7.7}, {0x1.000001p-20}, {1e18}, {1e-300}, {0x1.1p62}})
