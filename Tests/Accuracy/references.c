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
  static real_type name(real_type x, __attribute__((unused)) const double *p, \
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
QUICK(snake_value, if (p[0] == 0) { *scale = 0; return x; }
  real s = sin((real)p[0] * x); *scale = 2 * fabs(x);
  return s == s ? x + s * (s / (real)p[0]) : x;)
QUICK(snake_derivative, real a = (real)p[0] * x; real s = sin(a + (real)0.78539816339744830961566L);
  *scale = 1 + fabs(a); return s == s ? 2 * s * s : 1;)
FUNCTION(snake, .no_limit = {0, 1}, .quarter_turns = 2, .more_count = 7, .more = {{0.3}, {-1}, {5}, {-2.7}, {1e-3}, {1e30}, {3e-310}})
