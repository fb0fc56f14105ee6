/* The true results, from MPFR, and how far a given one is off. */
#ifndef TRUTH_H
#define TRUTH_H

#include "inputs.h"

/* Enough for an error in ULP, and to decide a rounding: x + x⁴ for the least float32 x shows in 596 bits. */
enum { ULP_BITS = 192, ROUNDING_BITS = 640, CHECKING_BITS = 2048, UNTRUSTED_BITS = 100 };

typedef struct context {
  mpfr_t y, x, difference, temporary[TEMPORARIES];
} context;

void context_make(context *c, int bits);
void context_free(context *c);

/* y := the item's form at x, for ACT_BACKWARD times dy; NaN where there is no such number. */
void true_value(context *c, const item *it, double x, double dy);

/* y := f(x) or f'(x), times a, times b. */
void true_product(context *c, const item *it, act_form form, double x, double a, double b);

/* y rounded once to the type. */
double true_nearest(context *c, act_type type);

/* May an error of 2^(UNTRUSTED_BITS − its precision) in y change that? */
int true_nearest_is_open(context *c, act_type type);

/* The error of got in ULPs of y; infinite for NaN, an infinity or a sign of zero where y has none. An overflow counts
 * as the power of two above the greatest number. */
double true_error(context *c, act_type type, double got);

/* The form's value or derivative at x[0] … x[n − 1] by the C library, within granted[i]: 0 where it is exact, or beyond
 * the range of double. */
void estimate_doubles(const item *it, size_t n, const double *x, double *y, double *granted);

/* The same in long double. */
static inline long double estimate_long(const item *it, long double x, long double *granted) {
  long double scale = -1,
              y = it->reference->in_long[it->form == ACT_VALUE ? ACT_VALUE : ACT_DERIVATIVE](x, it->parameters, &scale);
  if (scale < 0) scale = fabsl(y);
  *granted = scale == 0 || isinf(y) ? 0 : GRANTED_LONG * scale + 0x1p-16440L;
  return y;
}

/* Tests the references themselves on n inputs, with so many threads: those in double and long double against a quarter
 * of what they are granted, MPFR's at the precisions in use against CHECKING_BITS, the derivative against quotients of
 * differences of the value. Prints what is wrong; returns how many are. */
int references_check(const item *it, const landmarks *marks, int n, int threads);

#endif
