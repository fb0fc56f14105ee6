#include "truth.h"

#include <stdio.h>
#include <stdlib.h>

#include "workers.h"

#define N MPFR_RNDN

void context_make(context *c, int bits) {
  mpfr_set_emin(mpfr_get_emin_min()); /* of this thread: e^(2^59) must not overflow */
  mpfr_set_emax(mpfr_get_emax_max());
  mpfr_inits2(bits, c->y, c->x, c->difference, (mpfr_ptr)0);
  for (int i = 0; i < TEMPORARIES; i++) mpfr_init2(c->temporary[i], bits);
}

void context_free(context *c) {
  mpfr_clears(c->y, c->x, c->difference, (mpfr_ptr)0);
  for (int i = 0; i < TEMPORARIES; i++) mpfr_clear(c->temporary[i]);
}

/* y := f(x), f'(x) for the x in the context. e^−10³⁰⁰ is less than MPFR can show, yet not 0: it makes an infinity of an
 * infinite dy. Returns whether y is so small. */
static int formula(context *c, const item *it, act_form form) {
  mpfr_clear_flags();
  it->reference->multiple[form](c->y, c->x, it->parameters, c->temporary);
  if (!mpfr_zero_p(c->y) || !(mpfr_underflow_p() || mpfr_overflow_p())) return 0;
  if (mpfr_signbit(c->y))
    mpfr_nextbelow(c->y);
  else
    mpfr_nextabove(c->y);
  return 1;
}

/* What x must be large beside: the largest of 1, |p| and 1/|p|, as a power of two. */
static int exponent_of_parameters(const item *it) {
  int exponent = 0;
  for (size_t i = 0; i < it->info->parameter_count; i++)
    if (it->parameters[i] != 0 && abs(ilogb(it->parameters[i])) >= exponent)
      exponent = abs(ilogb(it->parameters[i])) + 1;
  return exponent;
}

/* Rounds y, which keeps its place for more bits. */
static void to_precision(mpfr_t y, mpfr_prec_t bits) {
  mpfr_prec_t precision = mpfr_get_prec(y);
  mpfr_prec_round(y, bits, N);
  mpfr_prec_round(y, precision, N);
}

void true_value(context *c, const item *it, double x, double dy) {
  true_product(c, it, it->form == ACT_VALUE ? ACT_VALUE : ACT_DERIVATIVE, x, it->form == ACT_BACKWARD ? dy : 1, 1);
}

void true_product(context *c, const item *it, act_form form, double x, double a, double b) {
  int no_limit = it->reference->no_limit[form];
  if (isnan(x) || (isinf(x) && (no_limit == 1 || (no_limit == 2 && it->parameters[0] != 0))))
    mpfr_set_nan(c->y);
  else if (isinf(x)) {
    /* what grows or shrinks from 2^58 to 2^59 goes to infinity or to 0; what does not has come to its limit, to within
     * 2^−59: rounded to 56 bits it is there, if it is a number like 3/2 */
    int large = exponent_of_parameters(it) + 58;
    mpfr_set_si_2exp(c->x, x < 0 ? -1 : 1, large, N);
    formula(c, it, form);
    mpfr_set(c->difference, c->y, N);
    mpfr_set_si_2exp(c->x, x < 0 ? -1 : 1, large + 1, N);
    int vanishes = formula(c, it, form), s = mpfr_signbit(c->y) ? -1 : 1;
    mpfr_mul_d(c->difference, c->difference, 1.25, N);
    if (mpfr_cmpabs(c->y, c->difference) > 0) mpfr_set_inf(c->y, s);
    mpfr_mul_d(c->difference, c->difference, 0.5, N);
    if (vanishes || mpfr_cmpabs(c->y, c->difference) < 0) mpfr_set_zero(c->y, s);
    if (mpfr_regular_p(c->y) && mpfr_get_exp(c->y) == mpfr_get_emin()) mpfr_set_zero(c->y, s); /* less than MPFR can show */
    to_precision(c->y, 56);
  } else {
    mpfr_set_d(c->x, x, N);
    formula(c, it, form);
  }
  mpfr_mul_d(c->y, c->y, a, N);
  mpfr_mul_d(c->y, c->y, b, N);
  /* 19/34 · 255/256 is halfway between two bfloat16, but 19/34 is not exact: the last bits may only say so */
  to_precision(c->y, mpfr_get_prec(c->y) - 24);
}

double true_nearest(context *c, act_type type) {
  if (type == ACT_F64) return mpfr_get_d(c->y, N);
  if (type == ACT_F32) return mpfr_get_flt(c->y, N);
  double z = mpfr_get_d(c->y, MPFR_RNDZ);
  /* to odd, so that the second rounding does as if it were the only one */
  if (isfinite(z) && mpfr_cmp_d(c->y, z) != 0) z = double_of_bits(bits_of_double(z) | 1);
  return rounded(type, z);
}

int true_nearest_is_open(context *c, act_type type) {
  mpfr_ptr y = c->temporary[0], d = c->temporary[1];
  mpfr_set(y, c->y, N);
  mpfr_mul_2si(d, y, UNTRUSTED_BITS - mpfr_get_prec(y), N);
  mpfr_sub(c->y, y, d, N);
  double low = true_nearest(c, type);
  mpfr_add(c->y, y, d, N);
  double high = true_nearest(c, type);
  mpfr_set(c->y, y, N);
  return bits_of_double(low) != bits_of_double(high);
}

double true_error(context *c, act_type type, double got) {
  if (isnan(got) || mpfr_nan_p(c->y)) return isnan(got) && mpfr_nan_p(c->y) ? 0 : INFINITY;
  if (mpfr_inf_p(c->y)) return isinf(got) && signbit(got) == mpfr_signbit(c->y) ? 0 : INFINITY;
  if (mpfr_zero_p(c->y)) return got == 0 && !signbit(got) == !mpfr_signbit(c->y) ? 0 : INFINITY;
  if (got == 0 && !signbit(got) != !mpfr_signbit(c->y)) return INFINITY;
  int greatest = number_types[type].greatest;
  mpfr_ptr d = c->difference;
  if (mpfr_get_exp(c->y) > greatest + 1) {
    mpfr_set_ui_2exp(d, 1, greatest + 1, N);
    mpfr_setsign(d, d, mpfr_signbit(c->y), N);
  } else
    mpfr_set(d, c->y, N);
  int ulp = ulp_exponent(type, (int)mpfr_get_exp(d) - 1); /* MPFR's significands are in [1/2, 1) */
  if (isinf(got)) {
    mpfr_set_ui_2exp(c->temporary[0], 1, greatest + 1, N);
    mpfr_setsign(c->temporary[0], c->temporary[0], signbit(got), N);
    mpfr_sub(d, d, c->temporary[0], N);
  } else
    mpfr_sub_d(d, d, got, N);
  mpfr_div_2si(d, d, ulp, N);
  return fabs(mpfr_get_d(d, MPFR_RNDA));
}

void estimate_doubles(const item *it, size_t n, const double *x, double *restrict y, double *restrict granted) {
  it->reference->in_double[it->form == ACT_VALUE ? ACT_VALUE : ACT_DERIVATIVE](n, x, it->parameters, y, granted);
  for (size_t i = 0; i < n; i++) {
    double scale = granted[i] < 0 ? fabs(y[i]) : granted[i], grant = GRANTED_DOUBLE * scale + 0x1p-1070;
    granted[i] = (scale == 0) | (fabs(y[i]) > DBL_MAX) ? 0 : grant;
  }
}

/* ---------------------------------------------------------------------------------------- the references' test --- */

/* Is |y − r| above the limit? Where r underflowed to 0, y must be next to nothing too. */
static int off(context *c, long double r, long double limit) {
  if (isnan(r)) return 1;
  if (r == 0 && !mpfr_zero_p(c->y)) return mpfr_get_exp(c->y) > -900; /* large x times an exponential that is 0 */
  mpfr_set_ld(c->difference, r, N);
  mpfr_sub(c->difference, c->difference, c->y, N);
  mpfr_abs(c->difference, c->difference, N);
  return mpfr_cmp_ld(c->difference, limit) > 0;
}

/* Is r, which is next to nothing, on the wrong side of 0? */
static int wrong_side(const mpfr_t y, long double r) {
  return fabsl(r) < 0x1p-1000L && !mpfr_nan_p(y) && !signbit(r) != !mpfr_signbit(y);
}

/* Does other->y differ from c->y by more than 2^−bits of it? */
static int differs(context *c, context *other, int bits) {
  mpfr_sub(c->difference, other->y, c->y, N);
  if (mpfr_zero_p(c->difference)) return 0;
  return mpfr_nan_p(c->difference) || mpfr_zero_p(c->y) || mpfr_get_exp(c->difference) > mpfr_get_exp(c->y) - bits;
}

/* |p − q| > 2^−bits·|q| + tolerance, p and q being of CHECKING_BITS */
static int far_apart(const mpfr_t p, const mpfr_t q, int bits, const mpfr_t tolerance) {
  mpfr_t difference, allowed;
  mpfr_inits2(CHECKING_BITS, difference, allowed, (mpfr_ptr)0);
  mpfr_sub(difference, p, q, N);
  mpfr_abs(allowed, q, N);
  mpfr_div_2ui(allowed, allowed, (unsigned long)bits, N);
  mpfr_add(allowed, allowed, tolerance, N);
  int far = mpfr_cmpabs(difference, allowed) > 0;
  mpfr_clears(difference, allowed, (mpfr_ptr)0);
  return far;
}

/* The derivative in c->y against the quotients of differences on both sides, which differ at a kink. Two kinks may meet at
 * a parameter that is 0, or lie nearer than the quotients' points. */
static int derivative_differs(context *c, context *other, const item *it, double x) {
  enum { STEP = -400 };
  for (size_t i = 0; i < it->info->parameter_count; i++)
    if (fabs(x) == fabs(it->parameters[i])) return 0;
  if (exponent_of_parameters(it) > -STEP / 2) return 0;
  mpfr_t at[3], tolerance;
  mpfr_inits2(CHECKING_BITS, at[0], at[1], at[2], tolerance, (mpfr_ptr)0);
  for (int i = 0; i < 3; i++) {
    mpfr_set_si_2exp(other->x, i - 1, STEP, N);
    mpfr_add_d(other->x, other->x, x, N);
    formula(other, it, ACT_VALUE);
    mpfr_set(at[i], other->y, N);
  }
  /* what the quotient loses: third derivatives times STEP², and f's rounding over STEP */
  mpfr_abs(tolerance, at[1], N);
  mpfr_mul_2si(tolerance, tolerance, 16 - CHECKING_BITS - STEP, N);
  mpfr_set_ui_2exp(other->y, 1, STEP + 50, N);
  mpfr_add(tolerance, tolerance, other->y, N);
  mpfr_sub(at[0], at[1], at[0], N);
  mpfr_sub(at[2], at[2], at[1], N);
  mpfr_div_2si(at[0], at[0], STEP, N);
  mpfr_div_2si(at[2], at[2], STEP, N);
  int wrong = !far_apart(at[0], at[2], 100, tolerance) && far_apart(at[2], c->y, 60, tolerance);
  mpfr_clears(at[0], at[1], at[2], tolerance, (mpfr_ptr)0);
  return wrong;
}

/* The inputs in double, and then those in float too: the C library's functions of vectors see them together. */
enum { CHECK = 64 };

typedef struct checker {
  const item *it;
  const landmarks *marks;
  int from, to;
  int wrong[2], examples[2];
  double example[2][EXAMPLES];
  const char *what[2][EXAMPLES];
} checker;

static void check(checker *k, const item *it, context *fine, context *other, context used[2], double x, int narrow,
                  double in_double, double granted_double) {
  static const int bits[2] = {ULP_BITS, ROUNDING_BITS};
  long double granted_long, in_long = estimate_long(it, x, &granted_long);
  true_value(fine, it, x, 1);
  const char *what = mpfr_nan_p(fine->y) ? "MPFR has NaN" : NULL;
  if (isinf(in_long) ? mpfr_get_exp(fine->y) < 16000 : off(fine, in_long, granted_long / 4)) what = "long double";
  if (narrow && (isinf(in_double) ? mpfr_get_exp(fine->y) < 1000 : off(fine, in_double, granted_double / 4)))
    what = "double";
  if (wrong_side(fine->y, in_long) || (narrow && wrong_side(fine->y, in_double))) what = "sign";
  for (int i = 0; i < 2; i++) {
    true_value(&used[i], it, x, 1);
    if (differs(fine, &used[i], bits[i] - UNTRUSTED_BITS)) what = "MPFR's precision";
  }
  if (it->form == ACT_DERIVATIVE && derivative_differs(fine, other, it, x)) what = "difference quotient";
  if (!what) return;
  k->wrong[it->form]++;
  if (k->examples[it->form] >= EXAMPLES) return;
  k->what[it->form][k->examples[it->form]] = what;
  k->example[it->form][k->examples[it->form]++] = x;
}

static void *checks(void *argument) {
  checker *k = argument;
  context fine, other, used[2];
  context_make(&fine, CHECKING_BITS);
  context_make(&other, CHECKING_BITS);
  context_make(&used[0], ULP_BITS);
  context_make(&used[1], ROUNDING_BITS);
  for (act_form form = ACT_VALUE; form <= ACT_DERIVATIVE; form++) {
    item it = *k->it;
    it.form = form;
    it.type = ACT_F64;
    for (int i = k->from; i < k->to; i += CHECK) {
      int n = k->to - i < CHECK ? k->to - i : CHECK;
      double x[CHECK], y[CHECK], granted[CHECK];
      for (int narrow = 0; narrow < 2; narrow++) {
        for (int j = 0; j < n; j++)
          if (narrow)
            x[j] = (float)x[j];
          else
            input_store(&it, k->marks, (uint64_t)(i + j), x, NULL, (size_t)j);
        estimate_doubles(&it, (size_t)n, x, y, granted);
        for (int j = 0; j < n; j++)
          if (isfinite(x[j])) check(k, &it, &fine, &other, used, x[j], narrow, y[j], granted[j]);
      }
    }
  }
  context_free(&fine);
  context_free(&other);
  for (int i = 0; i < 2; i++) context_free(&used[i]);
  mpfr_free_cache();
  return NULL;
}

int references_check(const item *it, const landmarks *marks, int n, int threads) {
  checker *k = calloc((size_t)threads, sizeof *k);
  int wrong = 0;
  for (int i = 0; i < threads; i++) {
    k[i].it = it;
    k[i].marks = marks;
    k[i].from = (int)((int64_t)n * i / threads);
    k[i].to = (int)((int64_t)n * (i + 1) / threads);
  }
  workers_run(threads, k, sizeof *k, checks);
  for (int i = 0; i < threads; i++)
    for (int form = 0; form < 2; form++) {
      for (int j = 0; j < k[i].examples[form] && wrong + j < EXAMPLES; j++)
        printf("FAILED  %s: the reference of its %s is not as exact as granted (%s) at x = %a\n", it->info->name,
               form ? "derivative" : "value", k[i].what[form][j], k[i].example[form][j]);
      wrong += k[i].wrong[form];
    }
  free(k);
  return wrong;
}
