#include "inputs.h"

#include <gmp.h>
#include <pthread.h>
#include <stdlib.h>

/* ------------------------------------------------------------------------------------------- random numbers --- */

typedef struct random_state {
  uint64_t s;
} random_state;

/* splitmix64 */
static uint64_t next(random_state *r) {
  uint64_t z = r->s += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}
static double unit(random_state *r) { return (double)(next(r) >> 11) * 0x1p-53; }
static double uniform(random_state *r, double low, double high) { return low + (high - low) * unit(r); }
static double sign(random_state *r) { return next(r) & 1 ? -1 : 1; }
static double of_exponent(random_state *r, int e) { return sign(r) * ldexp(1 + unit(r), e); }
static int between(random_state *r, int low, int high) { return low + (int)(next(r) % (uint64_t)(high - low + 1)); }

/* x in the type, some places up or down. */
static double stepped(act_type type, double x, int places) {
  unsigned char one[8];
  uint64_t bits = 0;
  store(type, one, 0, fabs(x));
  memcpy(&bits, one, number_types[type].size);
  store_bits(type, one, 0, (uint64_t)llabs((int64_t)bits + places));
  return isfinite(x) ? copysign(load(type, one, 0), x) : x;
}

/* -------------------------------------------------------------------------------------------- special values --- */

/* Every type's own: zeros, infinities, NaNs, the ends of the subnormal and normal ranges, and some plain numbers. */
enum { SPECIALS = 36 };
static double special(act_type type, int i) {
  const number_type *t = &number_types[type];
  double most = ldexp(2 - ldexp(1, 1 - t->precision), t->greatest), least = ldexp(1, t->least),
         unit = ldexp(1, t->least - t->precision + 1);
  double positive[SPECIALS / 2] = {0,
                                   INFINITY,
                                   NAN,
                                   most,
                                   most / 2,
                                   least,
                                   least - unit,
                                   unit,
                                   2 * unit,
                                   3 * unit,
                                   2 * least,
                                   1,
                                   2,
                                   0.5,
                                   1 + ldexp(1, 1 - t->precision),
                                   1 - ldexp(1, -t->precision),
                                   3,
                                   0.1};
  return rounded(type, i & 1 ? -positive[i / 2] : positive[i / 2]);
}

/* ------------------------------------------------------------------------------------- multiples of a quarter turn ---
 */

/* The doubles that come closest to multiples of π/2, some for each exponent: the denominators of the convergents of
 * 2^e/(π/2), times 2^e. The worst of all is 6381956970095103·2^797. */
enum { QUARTERS_MAX = 16384, QUARTERS_EACH = 6, FRACTION_BITS = 256 };
static double quarter[QUARTERS_MAX];
static int quarters;

static void quarters_find(void) {
  mpfr_t m;
  mpz_t p, q, r, denominator[2];
  mpfr_init2(m, 1024 + 2 * FRACTION_BITS);
  mpz_inits(p, q, r, denominator[0], denominator[1], NULL);
  for (int e = -52; e <= 971; e++) {
    mpfr_const_pi(m, MPFR_RNDN);
    mpfr_ui_div(m, 2, m, MPFR_RNDN);
    mpfr_mul_2si(m, m, e + FRACTION_BITS, MPFR_RNDN);
    mpfr_get_z(p, m, MPFR_RNDN);
    mpz_fdiv_r_2exp(p, p, FRACTION_BITS); /* whole turns do not matter */
    mpz_set_ui(q, 0);
    mpz_setbit(q, FRACTION_BITS);
    /* Euclid on p/q: denominator[k] = quotient·denominator[k−1] + denominator[k−2] */
    mpz_set_ui(denominator[0], 1);
    mpz_set_ui(denominator[1], 0);
    double last[QUARTERS_EACH] = {0};
    for (int k = 0; mpz_sgn(p) && mpz_sizeinbase(denominator[k & 1], 2) <= 53; k++) {
      last[k % QUARTERS_EACH] = mpz_get_d(denominator[k & 1]);
      mpz_fdiv_qr(r, q, q, p); /* q := q mod p */
      mpz_swap(p, q);
      mpz_addmul(denominator[~k & 1], r, denominator[k & 1]);
    }
    for (int k = 0; k < QUARTERS_EACH && quarters < QUARTERS_MAX; k++)
      if (last[k] > 0) quarter[quarters++] = ldexp(last[k], e);
  }
  mpfr_clear(m);
  mpz_clears(p, q, r, denominator[0], denominator[1], NULL);
}

static double near_quarter(random_state *r, const item *it) {
  int eighths = it->reference->quarter_turns == 2;
  double x;
  if (next(r) & 1)
    x = quarter[next(r) % (uint64_t)quarters] * (eighths ? 0.5 : 1); /* half of them are odd multiples */
  else {
    double k = floor(ldexp(1 + unit(r), between(r, 0, 52))) - (eighths ? 0.5 : 0);
    x = fma(k, 0x1.921fb54442d18p+0, k * 0x1.1a62633145c07p-54);
  }
  if (eighths && it->parameters[0] != 0) x /= it->parameters[0];
  return sign(r) * stepped(it->type, x, next(r) & 1 ? 0 : between(r, -4, 4));
}

/* -------------------------------------------------------------------------------------------------- landmarks --- */

static void add(landmarks *l, double x) {
  if (l->points < LANDMARKS_MAX) l->point[l->points++] = x;
}

static int below(const item *it, double x, int exponent) {
  long double scale;
  act_form f = it->form == ACT_VALUE ? ACT_VALUE : ACT_DERIVATIVE;
  return fabsl(it->reference->in_long[f](x, it->parameters, &scale)) < ldexpl(1, exponent);
}

/* The x ≥ 1, or ≤ −1, from which on |f(x)| < 2^exponent. */
static double falls_below(const item *it, double sign, int exponent) {
  uint64_t low = bits_of_double(1), high = bits_of_double(0x1.fffffffffffffp1023);
  while (high - low > 1) {
    uint64_t middle = low + (high - low) / 2;
    if (below(it, sign * double_of_bits(middle), exponent))
      high = middle;
    else
      low = middle;
  }
  return double_of_bits(high);
}

void landmarks_find(const item *it, landmarks *l) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, quarters_find);
  l->points = l->tails = 0;
  for (int i = 0; i < ACT_PARAMETERS_MAX && (size_t)i < it->info->parameter_count; i++)
    for (int s = -1; s <= 1; s += 2) add(l, s * it->parameters[i]);
  for (int i = -16; i <= 16; i++) add(l, i / 2.0); /* where kinks usually are */
  for (act_form f = ACT_VALUE; f <= ACT_DERIVATIVE; f++) {
    long_formula *g = it->reference->in_long[f];
    long double scale;
    for (int i = -48 * 64; i < 48 * 64; i++) {
      double low = (i + 0.01) / 64, high = (i + 1.01) / 64;
      int s = signbit(g(low, it->parameters, &scale));
      if (s == signbit(g(high, it->parameters, &scale))) continue;
      for (double middle; middle = (low + high) / 2, middle != low && middle != high;)
        if (signbit(g(middle, it->parameters, &scale)) == s)
          low = middle;
        else
          high = middle;
      add(l, low);
    }
  }
  const number_type *t = &number_types[it->type];
  for (int s = -1; s <= 1; s += 2)
    if (below(it, s * 0x1.fffffffffffffp1023, t->least - t->precision - 1) && !below(it, s, t->least)) {
      l->tail[l->tails][0] = s * falls_below(it, s, t->least);
      l->tail[l->tails++][1] = s * falls_below(it, s, t->least - t->precision - 1);
    }
}

/* ----------------------------------------------------------------------------------------------------- inputs --- */

static double near_landmark(random_state *r, act_type type, const landmarks *l) {
  double x = l->point[next(r) % (uint64_t)l->points];
  if (next(r) & 1) return stepped(type, x, between(r, -16, 16));
  return x + of_exponent(r, between(r, -60, -1)) * (x == 0 ? 1 : fabs(x));
}

static double in_tail(random_state *r, const landmarks *l) {
  if (l->tails == 0) return uniform(r, -760, 760);
  const double *t = l->tail[next(r) % (uint64_t)l->tails];
  int64_t from = (int64_t)bits_of_double(fabs(t[0])) - 1000, to = (int64_t)bits_of_double(fabs(t[1])) + 1000;
  return copysign(double_of_bits((uint64_t)from + next(r) % (uint64_t)(to - from)), t[0]);
}

static double few_bits(random_state *r, act_type type) {
  const number_type *t = &number_types[type];
  int e = between(r, t->least - t->precision + 1, t->greatest);
  double x = 1;
  for (int k = between(r, 0, 3); k > 0; k--) x += ldexp(1, -between(r, 1, t->precision - 1));
  return sign(r) * stepped(type, ldexp(x, e), between(r, -3, 3));
}

static double power_of_two(random_state *r, act_type type) {
  const number_type *t = &number_types[type];
  return sign(r) * stepped(type, ldexp(1, between(r, t->least - t->precision + 1, t->greatest)), between(r, -8, 8));
}

static double number(random_state *r, const item *it, const landmarks *l) {
  switch (next(r) % 12) {
    case 0:
    case 1:
      return uniform(r, -8, 8);
    case 2:
      return uniform(r, -40, 40);
    case 3:
      return uniform(r, -760, 760);
    case 4:
    case 5:
      return in_tail(r, l);
    case 6:
    case 7:
      return near_landmark(r, it->type, l);
    case 8:
      return of_exponent(r, between(r, -70, 12));
    case 9:
      return few_bits(r, it->type);
    case 10:
      return power_of_two(r, it->type);
    default:
      return it->reference->quarter_turns ? near_quarter(r, it) : near_landmark(r, it->type, l);
  }
}

static void dy_store(random_state *r, const item *it, double x, void *dy, size_t at) {
  const number_type *t = &number_types[it->type];
  double scale, product;
  switch (next(r) % 8) {
    case 0:
      store_bits(it->type, dy, at, next(r));
      break;
    case 1:
    case 2:
      store(it->type, dy, at, uniform(r, -4, 4));
      break;
    case 3:
      store(it->type, dy, at, special(it->type, between(r, 0, SPECIALS - 1)));
      break;
    case 4:
      store(it->type, dy, at, of_exponent(r, between(r, t->least - t->precision, t->least)));
      break;
    case 5:
      store(it->type, dy, at, of_exponent(r, between(r, t->greatest - 2, t->greatest)));
      break;
    default: /* the product anywhere from below the least subnormal to above the greatest number */
      product = it->reference->in_double[ACT_DERIVATIVE](x, it->parameters, &scale);
      if (product == 0 || !isfinite(product)) product = 1;
      store(it->type, dy, at,
            of_exponent(r, between(r, t->least - t->precision - 2, t->greatest + 2) - ilogb(product)));
  }
}

void input_store(const item *it, const landmarks *l, uint64_t i, void *x, void *dy, size_t at) {
  random_state r = {i << 32 | (uint64_t)it->type << 2 | it->form};
  r.s = next(&r);
  if (it->form != ACT_BACKWARD) {
    if (i < SPECIALS)
      store(it->type, x, at, special(it->type, (int)i));
    else if (i < SPECIALS + (uint64_t)it->reference->hard_count)
      store(it->type, x, at, it->reference->hard[i - SPECIALS]);
    else if (i % 4 == 0)
      store_bits(it->type, x, at, next(&r));
    else
      store(it->type, x, at, number(&r, it, l));
  } else if (i < SPECIALS * SPECIALS) {
    store(it->type, x, at, special(it->type, (int)(i % SPECIALS)));
    store(it->type, dy, at, special(it->type, (int)(i / SPECIALS)));
  } else {
    if (i % 2 == 0 || it->type == ACT_F16 || it->type == ACT_BF16)
      store_bits(it->type, x, at, next(&r));
    else
      store(it->type, x, at, number(&r, it, l));
    dy_store(&r, it, load(it->type, x, at), dy, at);
  }
}
