#include "sweep.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "../C/calls.h"
#include "digest.h"
#include "truth.h"
#include "workers.h"

enum { BLOCK = 1024 };

typedef struct sweep {
  const item *it;
  int tiers[TIERS], judged;
  act_function function[TIERS];
  double claimed[TIERS];
  landmarks marks;
  _Atomic uint64_t next;
  atomic_int stop; /* too many are wrong already */
  _Atomic act_status status;
} sweep;

typedef struct worker {
  sweep *sweep;
  context ulps, rounding;
  tally tally[TIERS];
  uint64_t bits_x[BLOCK], bits_dy[BLOCK], bits_y[TIERS][BLOCK]; /* the library's arrays, of whatever type, */
  double x[BLOCK], dy[BLOCK], got[TIERS][BLOCK];                /* and what is in them */
  double y[BLOCK], granted[BLOCK];                              /* narrow types: what should be */
  unsigned char open[BLOCK];                                    /* and bits of the tiers in which it may not be so */
} worker;

static int is_narrow(const item *it) { return it->type == ACT_F16 || it->type == ACT_BF16; }
int by_rounding(const item *it, int tier) {
  if (it->composition == SOFTMAX || it->composition == LOG_SOFTMAX) return 0;
  return is_narrow(it) || (it->type == ACT_F32 && tier == ACT_EXACT);
}
int within_bound(const item *it, int tier, double error) {
  return tier == ACT_EXACT || is_narrow(it) ? error < 1 : error <= 4;
}

double claim(const item *it, int tier) {
  if (it->form == ACT_BACKWARD || by_rounding(it, tier)) return NAN;
  const act_errors *e = it->form == ACT_VALUE ? &it->info->value_errors : &it->info->derivative_errors;
  return tier == ACT_EXACT ? e->exact_f64 : it->type == ACT_F64 ? e->fast_f64 : e->fast_f32;
}

static int error_note(tally *t, double error, uint64_t index, double x, double dy) {
  if (error < t->worst || (error == t->worst && index > t->worst_index)) return 0;
  t->worst = error;
  t->worst_index = index;
  t->worst_x = x;
  t->worst_dy = dy;
  return 1;
}

/* Keeps the first ones; the same input once. */
static void example_add(tally *t, example e) {
  for (int i = 0; i < t->examples; i++)
    if (bits_of_double(t->example[i].x) == bits_of_double(e.x) &&
        bits_of_double(t->example[i].dy) == bits_of_double(e.dy))
      return;
  if (t->examples < EXAMPLES) t->example[t->examples++] = e;
}

uint64_t tally_note(tally *t, example e, int wrong) {
  int is_worst = error_note(t, e.error, e.index, e.x, e.dy);
  if (is_worst) memcpy(t->worst_parameters, e.parameters, sizeof e.parameters);
  if (!wrong) return t->wrong;
  example_add(t, e);
  return ++t->wrong;
}

/* Decides one input by MPFR and takes it down. */
static void settle(worker *w, int tier, uint64_t index, double x, double dy, double got) {
  const item *it = w->sweep->it;
  tally *t = &w->tally[tier];
  int rounding = by_rounding(it, tier), wrong;
  context *c = &w->ulps;
  true_value(c, it, x, dy);
  if (rounding && isfinite(x) && isfinite(dy) && true_nearest_is_open(c, it->type))
    true_value(c = &w->rounding, it, x, dy);
  double want = true_nearest(c, it->type), error = 0;
  if (rounding) {
    wrong = isnan(want) ? !isnan(got) : bits_of_double(got) != bits_of_double(want);
    if (!wrong) return;
  }
  error = true_error(c, it->type, got);
  if (!rounding) wrong = !within_bound(it, tier, error);
  example e = {.index = index, .x = x, .dy = dy, .got = got, .want = want, .error = error};
  if (tally_note(t, e, wrong) >= WRONG_MAX) atomic_store(&w->sweep->stop, 1);
}

/* Need an error of at most this, of which so much was granted, be looked at? Not if it is within the bound and there was a
 * larger one; and one that is nearly known, or very small, is taken for what it may be at most: MPFR would see too many. */
static inline int interesting(worker *w, int tier, double error, double granted, uint64_t index, double x, double dy) {
  tally *t = &w->tally[tier];
  double claimed = w->sweep->claimed[tier];
  if (!(error < (tier == ACT_EXACT ? 0.999 : 3.999))) return 1;
  if (error <= t->worst) return 0;
  if (!(error < 0x1p-10 || granted < 0x1p-14) || (error > claimed && error - 2 * granted <= claimed)) return 1;
  error_note(t, error, index, x, dy);
  return 0;
}

static void check_f64(worker *w, uint64_t index, double x, double dy, size_t at) {
  const item *it = w->sweep->it;
  long double granted, y = estimate_long(it, x, &granted);
  if (it->form == ACT_BACKWARD) {
    y *= dy;
    granted = fabsl(dy) * granted + GRANTED_LONG * fabsl(y);
  }
  uint64_t bits = bits_of_double(fabs((double)y));
  if ((double)y > fabsl(y) || -(double)y > fabsl(y)) bits--; /* rounded to 2^e */
  int e = (int)(bits >> 52) - 1023;
  /* 2^−ulp_exponent, above which doubles may have none; of huge y nothing plain is said */
  long double per_ulp = (long double)double_of_bits((uint64_t)(1023 - (e < -1022 ? -1022 : e > 1022 ? 1022 : e)) << 52) * 0x1p52L;
  int plain = isfinite(x) && isfinite(dy) && fabsl(y) < 0x1p1023L;
  for (int tier = 0; tier < TIERS; tier++) {
    if (!w->sweep->tiers[tier]) continue;
    double got = w->got[tier][at], error = (double)((fabsl(got - y) + granted) * per_ulp * (1 + 0x1p-50L));
    int plain_zero = got != 0 || !signbit(got) == !signbit(y);
    if (!plain || !plain_zero || interesting(w, tier, error, 1, index, x, dy))
      settle(w, tier, index, x, dy, got);
  }
}

/* y and granted := the reference's results, of products too. */
static void estimate_narrow(worker *w, size_t n) {
  const item *it = w->sweep->it;
  estimate_doubles(it, n, w->x, w->y, w->granted);
  for (size_t i = 0; i < n && it->form == ACT_BACKWARD; i++) {
    w->y[i] *= w->dy[i];
    w->granted[i] = fabs(w->dy[i]) * w->granted[i] + GRANTED_DOUBLE * fabs(w->y[i]);
  }
  for (size_t i = 0; i < n; i++)
    if (fabs(w->y[i]) > DBL_MAX) w->granted[i] = 0;
}

static inline double per_ulp_narrow(act_type type, double y) {
  return two_to(-ulp_exponent(type, (int)(bits_of_double(y) >> 52 & 0x7ff) - 1023));
}

/* Are all results within the error granted to y rounded to got? Of those that are rounded to 0 the reference knows on
 * which side they lie. */
static inline int rounds_to(act_type type, double y, double granted, double got) {
  int same_sign = (int64_t)(bits_of_double(got) ^ bits_of_double(y)) >= 0;
  double low = rounded(type, y - granted), high = rounded(type, y + granted);
  return (low == got) & (high == got) & same_sign;
}

/* Finds what the reference leaves open. Most are right: this is a loop for vectors, and inlined for float32, whose
 * inputs are the most. */
static inline __attribute__((always_inline)) void filter_narrow(worker *w, act_type type, size_t n) {
  const sweep *s = w->sweep;
  const double *x = w->x, *dy = w->dy, *y = w->y, *granted = w->granted, *exact = w->got[ACT_EXACT], *fast = w->got[ACT_FAST];
  unsigned char *restrict open = w->open;
  unsigned char exact_wanted = s->tiers[ACT_EXACT] ? 1 : 0, fast_wanted = s->tiers[ACT_FAST] ? 2 : 0;
  double allowed = w->tally[ACT_FAST].worst < 3.999 ? w->tally[ACT_FAST].worst : 3.999;
  for (size_t i = 0; i < n; i++) {
    int finite = (fabs(x[i]) <= DBL_MAX) & (fabs(dy[i]) <= DBL_MAX), fast_right;
    if (type != ACT_F32)
      fast_right = rounds_to(type, y[i], granted[i], fast[i]);
    else {
      int same_sign = (int64_t)(bits_of_double(fast[i]) ^ bits_of_double(y[i])) >= 0;
      double error = (fabs(fast[i] - y[i]) + granted[i]) * per_ulp_narrow(type, y[i]);
      fast_right = (error <= allowed) & (fabs(y[i]) < 0x1.fffffep127) & ((fast[i] != 0) | same_sign);
    }
    open[i] = (finite & rounds_to(type, y[i], granted[i], exact[i]) ? 0 : exact_wanted) |
              (finite & fast_right ? 0 : fast_wanted);
  }
}

static void check_narrow(worker *w, uint64_t index, size_t at) {
  act_type type = w->sweep->it->type;
  double x = w->x[at], dy = w->dy[at], y = w->y[at], size = fabs(y);
  for (int tier = 0; tier < TIERS; tier++) {
    if (!(w->open[at] >> tier & 1)) continue;
    double got = w->got[tier][at];
    int right = 0;
    if (isfinite(x) && isfinite(dy) && type == ACT_F32 && tier == ACT_FAST) {
      double error = (fabs(got - y) + w->granted[at]) * per_ulp_narrow(type, y);
      double granted = w->granted[at] * per_ulp_narrow(type, y);
      int same_sign = !signbit(got) == !signbit(y), overflow = size > 0x1p130 && isinf(got) && same_sign;
      right = overflow || (size < 0x1.fffffep127 && (got != 0 || same_sign) &&
                           !interesting(w, tier, error, granted, index, x, dy));
    }
    if (!right) settle(w, tier, index, x, dy, got);
  }
}

void tally_digest(tally *t, uint64_t place, int count, const void *const arrays[], size_t bytes) {
  for (int i = 0; i < count; i++) t->digest += digest_of(8 * place + (uint64_t)i, arrays[i], bytes);
}

static void *work(void *argument) {
  worker *w = argument;
  sweep *s = w->sweep;
  const item *it = s->it;
  context_make(&w->ulps, ULP_BITS);
  context_make(&w->rounding, ROUNDING_BITS);
  int all =
      it->form != ACT_BACKWARD && it->type != ACT_F64 && it->inputs == UINT64_C(1) << (8 * number_types[it->type].size);
  for (uint64_t place; (place = atomic_fetch_add(&s->next, BLOCK)) < it->inputs && !atomic_load(&s->stop);) {
    /* All bit patterns come in a mixed order of blocks: large errors first seen late would send too many to MPFR. */
    uint64_t from = all ? place * 0x9e3779b1 % it->inputs : place;
    size_t n = it->inputs - from < BLOCK ? (size_t)(it->inputs - from) : BLOCK;
    for (size_t i = 0; i < n; i++)
      if (all)
        store_bits(it->type, w->bits_x, i, from + i);
      else
        input_store(it, &s->marks, from + i, w->bits_x, w->bits_dy, i);
    for (int tier = 0; tier < TIERS; tier++) {
      act_status status =
          s->tiers[tier] ? compute(&s->function[tier], it->form, it->type, n, w->bits_x, w->bits_dy, w->bits_y[tier])
                         : ACT_OK;
      const void *arrays[] = {w->bits_y[tier], w->bits_x, w->bits_dy};
      if (s->tiers[tier])
        tally_digest(&w->tally[tier], from, all ? 1 : it->form == ACT_BACKWARD ? 3 : 2, arrays, n * number_types[it->type].size);
      if (status == ACT_OK) continue;
      atomic_store(&s->status, status);
      atomic_store(&s->stop, 1);
    }
    if (!s->judged) {
      progress(n);
      continue;
    }
    load_all(it->type, w->bits_x, n, w->x);
    if (it->form == ACT_BACKWARD)
      load_all(it->type, w->bits_dy, n, w->dy);
    else
      for (size_t i = 0; i < n; i++) w->dy[i] = 1;
    for (int tier = 0; tier < TIERS; tier++)
      if (s->tiers[tier]) load_all(it->type, w->bits_y[tier], n, w->got[tier]);
    if (it->type == ACT_F64)
      memset(w->open, -1, n);
    else {
      estimate_narrow(w, n);
      if (it->type == ACT_F32)
        filter_narrow(w, ACT_F32, n);
      else
        filter_narrow(w, it->type, n);
    }
    for (size_t i = 0; i < n; i++) {
      if (!w->open[i]) continue;
      if (atomic_load(&s->stop)) break;
      double x = w->x[i], dy = w->dy[i];
      if (isnan(x) || isnan(dy)) {
        for (int tier = 0; tier < TIERS; tier++)
          if (s->tiers[tier] && !isnan(w->got[tier][i])) settle(w, tier, from + i, x, dy, w->got[tier][i]);
      } else if (it->type == ACT_F64)
        check_f64(w, from + i, x, dy, i);
      else
        check_narrow(w, from + i, i);
    }
    progress(n);
  }
  context_free(&w->ulps);
  context_free(&w->rounding);
  mpfr_free_cache();
  return NULL;
}

static int by_index(const void *p, const void *q) {
  uint64_t a = ((const example *)p)->index, b = ((const example *)q)->index;
  return (a > b) - (a < b);
}

void tally_merge(tally *sum, const tally *t) {
  sum->wrong += t->wrong;
  sum->digest += t->digest;
  if (t->worst > sum->worst || (t->worst == sum->worst && t->worst_index < sum->worst_index)) {
    sum->worst = t->worst;
    sum->worst_index = t->worst_index;
    memcpy(sum->worst_parameters, t->worst_parameters, sizeof t->worst_parameters);
    sum->worst_x = t->worst_x;
    sum->worst_dy = t->worst_dy;
  }
  example both[2 * EXAMPLES];
  int n = 0;
  for (int i = 0; i < sum->examples; i++) both[n++] = sum->example[i];
  for (int i = 0; i < t->examples; i++) both[n++] = t->example[i];
  qsort(both, (size_t)n, sizeof *both, by_index);
  sum->examples = 0;
  for (int i = 0; i < n; i++) example_add(sum, both[i]);
}

void tally_add(tally *sum, const tally *found) {
  tally both = found->worst > sum->worst ? *found : *sum;
  both.wrong = sum->wrong + found->wrong;
  both.digest = sum->digest + found->digest;
  both.examples = 0;
  for (int i = 0; i < sum->examples; i++) both.example[both.examples++] = sum->example[i];
  for (int i = 0; i < found->examples && both.examples < EXAMPLES; i++) both.example[both.examples++] = found->example[i];
  *sum = both;
}

static act_status function_make(const item *it, int tier, act_function *f) {
  act_status status = act_function_named(it->info->name, f);
  for (size_t i = 0; i < it->info->parameter_count && status == ACT_OK; i++)
    status = act_function_set(f, it->info->parameters[i].name, it->parameters[i]);
  return status == ACT_OK ? act_function_set_accuracy(f, (act_accuracy)tier) : status;
}

act_status sweep_run(const item *it, const int tiers[TIERS], int judged, int threads, tally found[TIERS]) {
  sweep s = {.it = it, .judged = judged};
  for (int tier = 0; tier < TIERS; tier++) {
    s.tiers[tier] = tiers[tier];
    found[tier] = (tally){.worst_index = UINT64_MAX, .digest = digest_of((uint64_t)tier, it->parameters, sizeof it->parameters)};
    s.claimed[tier] = claim(it, tier);
    act_status status = function_make(it, tier, &s.function[tier]);
    if (status != ACT_OK) return status;
  }
  landmarks_find(it, &s.marks);
  worker *w = calloc((size_t)threads, sizeof *w);
  for (int i = 0; i < threads; i++) {
    w[i].sweep = &s;
    for (int tier = 0; tier < TIERS; tier++) w[i].tally[tier].worst_index = UINT64_MAX;
  }
  workers_run(threads, w, sizeof *w, work);
  for (int i = 0; i < threads; i++)
    for (int tier = 0; tier < TIERS; tier++) tally_merge(&found[tier], &w[i].tally[tier]);
  for (int tier = 0; tier < TIERS; tier++) {
    memcpy(found[tier].worst_parameters, it->parameters, sizeof it->parameters);
    for (int i = 0; i < found[tier].examples; i++)
      memcpy(found[tier].example[i].parameters, it->parameters, sizeof it->parameters);
  }
  free(w);
  return s.status;
}
