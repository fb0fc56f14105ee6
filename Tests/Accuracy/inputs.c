#include "inputs.h"

#include <gmp.h>
#include <stdlib.h>

#include "../C/splitmix.h"

/* ------------------------------------------------------------------------------------------- random numbers --- */

typedef struct random_state {
  uint64_t s;
} random_state;

static uint64_t next(random_state *r) { return mixed(r->s += SPLITMIX_STEP); }
static double unit(random_state *r) { return (double)(next(r) >> 11) * 0x1p-53; }
static double uniform(random_state *r, double low, double high) { return low + (high - low) * unit(r); }
static double sign(random_state *r) { return next(r) & 1 ? -1 : 1; }
static double of_exponent(random_state *r, int e) { return sign(r) * (e < -1022 || e > 1023 ? ldexp(1 + unit(r), e) : (1 + unit(r)) * two_to(e)); }
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

/* ------------------------------------------------------------------------------------------------- parameters --- */

/* One value, of the k-th kind, which may lie outside the domain. */
static double parameter(random_state *r, const act_parameter_info *p, int k) {
  double standard = isnan(p->default_value) || p->default_value == 0 ? 1 : p->default_value;
  switch (k) {
    case 0: /* around 1, which most parameters are */
    case 1:
    case 2:
    case 3:
      return of_exponent(r, between(r, -2, 2));
    case 4: /* what floats hold, or still shorter */
    case 5:
      return (float)of_exponent(r, between(r, -2, 2));
    case 6:
      return sign(r) * between(r, 1, 16) / 2;
    case 7: /* near the default */
      return standard * (1 + of_exponent(r, between(r, -12, -3)));
    case 8:
      return standard * (1 + of_exponent(r, between(r, -50, -13)));
    case 9:
      return nextafter(standard, sign(r) * INFINITY);
    case 10: /* small and large */
      return of_exponent(r, between(r, -12, -3));
    case 11:
      return of_exponent(r, between(r, -40, -13));
    case 12:
      return of_exponent(r, between(r, 3, 12));
    case 13:
      return of_exponent(r, between(r, 13, 40));
    case 14: /* to the ends of the floats, and beyond */
      return (float)of_exponent(r, between(r, -149, -41));
    case 15:
      return of_exponent(r, between(r, 41, 127));
    case 16:
      return of_exponent(r, between(r, -1074, -150));
    case 17:
      return of_exponent(r, between(r, 128, 1023));
    case 18: /* the ends of the domain */
      return p->minimum != 0 && next(r) & 1 ? p->minimum : p->maximum;
    default:
      return 0;
  }
}

static int allowed(const act_parameter_info *p, double x) { return p->minimum <= x && x <= p->maximum; }

void parameters_random(const act_info *info, int k, double parameters[ACT_PARAMETERS_MAX]) {
  random_state r = {(uint64_t)k << 32 | 0x70617261};
  r.s = next(&r);
  const act_parameter_info *p = info->parameters;
  for (size_t i = 0; i < ACT_PARAMETERS_MAX; i++) parameters[i] = 0;
  for (size_t i = 0; i < info->parameter_count; i++) {
    int kind = (int)((size_t)k * (1 + 6 * i) + 3 * i) % RANDOM_SETS; /* of two parameters, the kinds meet in many ways */
    do {
      for (int tries = 0; tries < 64; tries++)
        if (allowed(&p[i], parameters[i] = parameter(&r, &p[i], kind))) break;
      kind = (kind + 1) % RANDOM_SETS;
    } while (!allowed(&p[i], parameters[i]));
  }
  if (!info->parameters_ordered) return;
  if (k % 5 == 4) { /* close together, or the same */
    double close = parameters[0] + fabs(parameters[0]) * (k % 10 == 9 ? 0 : fabs(of_exponent(&r, between(&r, -54, -1))));
    if (allowed(&p[1], close)) parameters[1] = close;
  }
  if (parameters[0] <= parameters[1]) return;
  double least = parameters[1];
  parameters[1] = parameters[0];
  parameters[0] = least;
}

/* -------------------------------------------------------------------------------------------------- landmarks --- */

static void add(landmarks *l, double x) {
  if (l->points < LANDMARKS_MAX && isfinite(x)) l->point[l->points++] = x;
}
static void add_both(landmarks *l, double x) {
  add(l, x);
  add(l, -x);
}

static void add_scale(landmarks *l, double s) {
  if (isfinite(s) && s > 0) l->scale[l->scales++] = s;
}

/* Zeros of value and derivative, where their signs change between two points of a grid, and how far the parameters move
 * things. */
static void landmarks_of_parameters(const item *it, landmarks *l) {
  enum { ZEROS_MAX = 128 }; /* on one grid */
  l->points = l->scales = 0;
  add_scale(l, 1);
  for (size_t i = 0; i < it->info->parameter_count; i++) {
    double p = fabs(it->parameters[i]);
    add_both(l, p);
    if (p == 1) continue;
    add_scale(l, p);
    add_scale(l, 1 / p);
    add_scale(l, sqrt(p));
    add_scale(l, 1 / sqrt(p));
  }
  for (int k = 0; k < l->scales; k++) {
    for (int i = -16; i <= 16; i++)
      if (k == 0 || i) add(l, i / 2.0 * l->scale[k]); /* where kinks usually are */
    for (act_form f = ACT_VALUE; f <= ACT_DERIVATIVE; f++) {
      long_formula *g = it->reference->in_long[f];
      long double scale;
      double high = -48 * 64 * l->scale[k], low;
      int sign_high = !!signbit(g(high, it->parameters, &scale)), s, found = 0;
      for (int i = -48 * 64 + 1; i < 48 * 64 && found < ZEROS_MAX; i++) {
        low = high, s = sign_high;
        high = (i + 0.01) / 64 * l->scale[k];
        if (!isfinite(low) || !isfinite(high)) continue;
        sign_high = !!signbit(g(high, it->parameters, &scale));
        if (s == sign_high) continue;
        double from = low, to = high;
        for (double middle; middle = from / 2 + to / 2, middle != from && middle != to;)
          if (!!signbit(g(middle, it->parameters, &scale)) == s)
            from = middle;
          else
            to = middle;
        add(l, from);
        found++;
      }
    }
  }
}

/* |f(x)| as the item's type sees it. */
enum { VANISHES, SUBNORMAL, NORMAL, OVERFLOWS };
static int size_of(const item *it, double x) {
  const number_type *t = &number_types[it->type];
  long double scale, y = it->reference->in_long[it->form == ACT_VALUE ? ACT_VALUE : ACT_DERIVATIVE](x, it->parameters, &scale);
  int e;
  if (isnan(y)) return NORMAL;
  if (isinf(y)) return OVERFLOWS;
  frexpl(y, &e);
  return y == 0 || e < t->least - t->precision ? VANISHES : e <= t->least ? SUBNORMAL : e <= t->greatest + 1 ? NORMAL : OVERFLOWS;
}

/* Where, on the way from low to high, the size changes to that bound or above, or from there to below. */
static double changes(const item *it, double sign, double low, double high, int bound) {
  uint64_t from = bits_of_double(low), to = bits_of_double(high);
  int s = size_of(it, sign * low) >= bound;
  while (to - from > 1) {
    uint64_t middle = from + (to - from) / 2;
    if ((size_of(it, sign * double_of_bits(middle)) >= bound) == s)
      from = middle;
    else
      to = middle;
  }
  return double_of_bits(to);
}

/* All changes of size, from 0 outwards, and what lies between them and is subnormal. */
static void tails_find(const item *it, landmarks *l) {
  enum { STEPS = 4 }; /* for each exponent */
  const number_type *t = &number_types[it->type];
  l->tails = 0;
  for (int sign = -1; sign <= 1; sign += 2) {
    double x = ldexp(1, t->least - t->precision + 1), since = x;
    int size = size_of(it, sign * x);
    for (int e = t->least; e <= t->greatest; e++)
      for (int i = 0; i < STEPS; i++) {
        double further = e == t->greatest && i == STEPS - 1 ? ldexp(2 - ldexp(1, 1 - t->precision), e)
                                                            : (1 + (double)i / STEPS) * two_to(e);
        int size_there = size_of(it, sign * further);
        while (size != size_there) {
          double at = changes(it, sign, x, further, size < size_there ? size + 1 : size);
          add(l, sign * at);
          if (size == SUBNORMAL && l->tails < TAILS_MAX && at > since) {
            l->tail[l->tails][0] = sign * since;
            l->tail[l->tails++][1] = sign * at;
          }
          size += size < size_there ? 1 : -1;
          since = at;
        }
        x = further;
      }
  }
}

void landmarks_find(const item *it, landmarks *l) {
  static landmarks last; /* what does not depend on form and type */
  static item of;
  static int quarters_are_found;
  if (!quarters_are_found) quarters_find();
  quarters_are_found = 1;
  if (of.info != it->info || memcmp(of.parameters, it->parameters, sizeof of.parameters) != 0) {
    landmarks_of_parameters(it, &last);
    of = *it;
  }
  *l = last;
  tails_find(it, l);
  const number_type *t = &number_types[it->type];
  for (int k = 0; k < l->scales; k++) { /* where p·x or x/p does */
    add_both(l, two_to(t->greatest) * l->scale[k]);
    add_both(l, two_to(t->greatest) * l->scale[k] * 2);
    add_both(l, two_to(t->least) * l->scale[k]);
    add_both(l, ldexp(l->scale[k], t->least - t->precision));
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
  if (from < 0) from = 0;
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
  double scale = l->scale[next(r) % (uint64_t)l->scales];
  switch (next(r) % 12) {
    case 0:
    case 1:
      return scale * uniform(r, -8, 8);
    case 2:
      return scale * uniform(r, -40, 40);
    case 3:
      return scale * uniform(r, -760, 760);
    case 4:
    case 5:
      return in_tail(r, l);
    case 6:
    case 7:
      return near_landmark(r, it->type, l);
    case 8:
      return scale * of_exponent(r, between(r, -70, 12));
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
      it->reference->in_double[ACT_DERIVATIVE](1, &x, it->parameters, &product, &scale);
      if (product == 0 || !isfinite(product)) product = 1;
      store(it->type, dy, at,
            of_exponent(r, between(r, t->least - t->precision - 2, t->greatest + 2) - ilogb(product)));
  }
}

void input_store(const item *it, const landmarks *l, uint64_t i, void *x, void *dy, size_t at) {
  random_state r = {i << 32 | (uint64_t)it->type << 2 | it->form};
  r.s = next(&r) ^ bits_of_double(it->parameters[0]) ^ bits_of_double(it->parameters[1]) << 7;
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
