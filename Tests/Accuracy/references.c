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
