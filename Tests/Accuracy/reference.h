/* What the library's results are compared with: for each function its true value and its true derivative. */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <activations.h>
#include <float.h>
#include <math.h>
#include <mpfr.h>

#if LDBL_MANT_DIG < 64
#error "the float64 reference needs a long double of at least 64 bits"
#endif

enum { TEMPORARIES = 4, MORE_MAX = 8, HARD_MAX = 8 };

/* y = the formula at x, in y's precision. The parameters are exact; the temporaries have y's precision. */
typedef void multiple_formula(mpfr_t y, const mpfr_t x, const double *parameters, mpfr_t *temporary);

/* The same by the C library, within GRANTED_DOUBLE·scale[i], or GRANTED_LONG·*scale. The scale is |result| unless the
 * formula says otherwise: more where it cancels, 0 where it is exact; −1 says that nothing was said. */
typedef void double_formula(size_t n, const double *x, const double *parameters, double *y, double *scale);
typedef long double long_formula(long double x, const double *parameters, long double *scale);

/* Real errors are some units of 2^-53 and 2^-64; verify's self-check compares the grants with them. */
#define GRANTED_DOUBLE 0x1p-44
#define GRANTED_LONG (32 * LDBL_EPSILON)

typedef struct reference {
  const char *name;
  multiple_formula *multiple[2]; /* by ACT_VALUE, ACT_DERIVATIVE */
  double_formula *in_double[2];
  long_formula *in_long[2];
  int no_limit[2];   /* 1: none for x → ±∞, the result there is NaN; 2: unless the parameter is 0 */
  int quarter_turns; /* 1: zeros of f or f' lie at the multiples of π/2; 2: at odd ones of π/4 over the parameter */
  double standard[ACT_PARAMETERS_MAX]; /* what is tried whole of parameters that have no default */
  int more_count;    /* parameters to be tried on a sample, besides the catalogue's defaults */
  double more[MORE_MAX][ACT_PARAMETERS_MAX];
  int hard_count; /* inputs that a full proof found misrounded once: samples have them too */
  double hard[HARD_MAX];
  const struct reference *next;
} reference;

const reference *reference_named(const char *name); /* NULL: there is none */

#endif
