/* What is more than one function over an array: softmax and log_softmax over rows, and gated units. Every result is
 * compared with MPFR's. */
#include "composed.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "../C/calls.h"
#include "../C/splitmix.h"
#include "truth.h"
#include "workers.h"

#define N MPFR_RNDN

#define NOTHING_CLAIMED {NAN, NAN, NAN}
#define COMPOSED(of, what) {.name = of, .formula = what, .value_errors = NOTHING_CLAIMED, .derivative_errors = NOTHING_CLAIMED}
static const struct composed {
  act_info info;
  composition composition;
  const char *gate; /* the function whose reference it needs */
} all[] = {
    {COMPOSED("softmax", "e^x / sum of e^x"), SOFTMAX, NULL},
    {COMPOSED("log_softmax", "ln softmax"), LOG_SOFTMAX, NULL},
    {COMPOSED("glu", "value * sigmoid(gate)"), GATED, "sigmoid"},
    {COMPOSED("swiglu", "value * silu(gate)"), GATED, "silu"},
    {COMPOSED("geglu", "value * gelu(gate)"), GATED, "gelu"},
    {COMPOSED("reglu", "value * relu(gate)"), GATED, "relu"},
};

/* Each length once in a batch. */
static const int lengths[] = {1, 2, 3, 5, 8, 10, 16, 17, 33, 64, 100, 127, 128, 129, 257, 1000};
enum { LENGTHS = sizeof lengths / sizeof *lengths, LONGEST = 1000, BLOCK = 256 };
static int batch_size(void) {
  int sum = 0;
  for (int i = 0; i < LENGTHS; i++) sum += lengths[i];
  return sum;
}

int composed_at(int i, item *it) {
  if (i >= (int)(sizeof all / sizeof *all)) return 0;
  const char *gate = all[i].gate;
  *it = (item){.info = &all[i].info, .reference = gate ? reference_named(gate) : NULL, .composition = all[i].composition, .catalogued = 1};
  return 1;
}

uint64_t composed_inputs(const item *it, uint64_t about) {
  uint64_t unit = it->composition == GATED ? BLOCK : (uint64_t)batch_size();
  return (about + unit - 1) / unit * unit;
}

typedef struct sweep {
  item it;
  int tiers[TIERS], judged;
  act_function gate[TIERS];
  landmarks marks;
  _Atomic uint64_t next; /* row, or block of gated units */
  atomic_int status;
} sweep;

typedef struct worker {
  sweep *sweep;
  context ulps, rounding;
  mpfr_t mean, others, *e; /* of a row: e^(x − the largest), LONGEST of them */
  mpfr_t size;             /* the error's measure, where it is not the result */
  tally tally[TIERS];
} worker;

/* ---------------------------------------------------------------------------------------------------- rows --- */

/* From −1 to 1; different for each k of an element. */
static double random_of(uint64_t row, int i, int k) {
  return (double)(int64_t)mixed((row * LONGEST + (uint64_t)i) * 8 + (uint64_t)k + 1) * 0x1p-63;
}

/* Rows in which all count, few, or one; far from 0 or around it; of numbers of all sizes. */
static double row_x(act_type type, uint64_t row, int i) {
  static const double spreads[] = {0, 0x1p-20, 0.1, 1, 4, 12, 60, 700};
  double spread = spreads[row / LENGTHS % 8], offset = row / LENGTHS / 8 % 3 == 1 ? 1000 * random_of(row, 0, 0) : 0;
  double x = offset + spread * random_of(row, i, 1);
  if (row / LENGTHS % 5 == 3 && i == 0) x += 3 * spread;
  if (row / LENGTHS % 7 == 6) x = ldexp(random_of(row, i, 1), (int)(12 * random_of(row, i, 2)));
  if (row / LENGTHS % 41 == 40) x = ldexp(random_of(row, i, 1), number_types[type].greatest);
  return x;
}
static double row_dy(uint64_t row, int i) {
  double dy = 4 * random_of(row, i, 3);
  return row / LENGTHS % 3 == 2 ? ldexp(dy, (int)(10 * random_of(row, i, 4))) : row / LENGTHS % 3 == 1 && i % 4 ? 0 : dy;
}

/* e, others (all e but that of the largest x, which is 1), and backward mean: the sum of e·dy over that of e, or of dy. */
static void row_sums(worker *w, int n, const double *x, const double *dy, int largest, double *sizes) {
  mpfr_set_zero(w->others, 1);
  for (int i = 0; i < n; i++) {
    mpfr_set_d(w->e[i], x[i], N);
    mpfr_sub_d(w->e[i], w->e[i], x[largest], N);
    mpfr_exp(w->e[i], w->e[i], N);
    if (mpfr_zero_p(w->e[i]) && isfinite(x[i])) mpfr_nextabove(w->e[i]); /* too small for MPFR */
    if (i != largest) mpfr_add(w->others, w->others, w->e[i], N);
  }
  if (!dy) return;
  int logarithm = w->sweep->it.composition == LOG_SOFTMAX;
  mpfr_ptr product = w->ulps.temporary[0];
  mpfr_set_zero(w->mean, 1);
  *sizes = 0;
  for (int i = 0; i < n; i++) {
    mpfr_mul_d(product, w->e[i], dy[i], N);
    if (logarithm) mpfr_set_d(product, dy[i], N);
    mpfr_add(w->mean, w->mean, product, N);
    *sizes += fabs(mpfr_get_d(product, N));
  }
  if (logarithm) return;
  mpfr_add_ui(product, w->others, 1, N);
  mpfr_div(w->mean, w->mean, product, N);
  *sizes /= mpfr_get_d(product, N);
}

/* The i-th true result into y, and backward the largest of it and of what is summed for it into `size`. */
static void row_truth(worker *w, const double *x, const double *dy, int i, int largest, double sizes) {
  mpfr_ptr y = w->ulps.y, sum = w->ulps.temporary[0];
  int logarithm = w->sweep->it.composition == LOG_SOFTMAX;
  mpfr_add_ui(sum, w->others, 1, N);
  mpfr_div(y, w->e[i], sum, N); /* softmax */
  if (dy && logarithm) {
    mpfr_mul_d(w->size, y, sizes, N);
    mpfr_mul(y, y, w->mean, N);
    mpfr_d_sub(y, dy[i], y, N);
    if (mpfr_cmp_d(w->size, fabs(dy[i])) < 0) mpfr_set_d(w->size, fabs(dy[i]), N);
  } else if (dy) {
    mpfr_mul_d(w->size, y, fmax(fabs(dy[i]), sizes), N);
    mpfr_d_sub(sum, dy[i], w->mean, N);
    mpfr_mul(y, y, sum, N);
  } else if (logarithm) {
    mpfr_log1p(sum, w->others, N);
    mpfr_set_d(y, x[i], N);
    mpfr_sub_d(y, y, x[largest], N);
    mpfr_sub(y, y, sum, N);
  }
  if (dy && mpfr_cmpabs(w->size, y) < 0) mpfr_abs(w->size, y, N);
}

/* |got − y| in ULPs of `size`. */
static double error_beside(worker *w, act_type type, double got) {
  if (!isfinite(got)) return INFINITY;
  if (mpfr_zero_p(w->size)) return got == 0 ? 0 : INFINITY;
  mpfr_sub_d(w->ulps.difference, w->ulps.y, got, N);
  mpfr_div_2si(w->ulps.difference, w->ulps.difference, ulp_exponent(type, (int)mpfr_get_exp(w->size) - 1), N);
  return fabs(mpfr_get_d(w->ulps.difference, MPFR_RNDA));
}

static void check_row(worker *w, uint64_t row) {
  sweep *s = w->sweep;
  const item *it = &s->it;
  int n = lengths[row % LENGTHS], largest = 0, backward = it->form == ACT_BACKWARD;
  double bits_x[LONGEST], bits_dy[LONGEST], bits_y[TIERS][LONGEST], x[LONGEST], dy[LONGEST], sizes = 0;
  for (int i = 0; i < n; i++) {
    store(it->type, bits_x, (size_t)i, row_x(it->type, row, i));
    store(it->type, bits_dy, (size_t)i, row_dy(row, i));
  }
  load_all(it->type, bits_x, (size_t)n, x);
  load_all(it->type, bits_dy, (size_t)n, dy);
  for (int i = 1; i < n; i++)
    if (x[i] > x[largest]) largest = i;
  for (int tier = 0; tier < TIERS; tier++) {
    act_status status = s->tiers[tier] ? compute_rows(it->composition == LOG_SOFTMAX, it->type, (act_accuracy)tier, 1, (size_t)n, 1,
                                                      bits_x, backward ? bits_dy : NULL, bits_y[tier])
                                       : ACT_OK;
    if (status != ACT_OK) atomic_store(&s->status, status);
    size_t bytes = (size_t)n * number_types[it->type].size;
    if (s->tiers[tier]) tally_digest(&w->tally[tier], row, 3, (const void *[]){bits_x, bits_dy, bits_y[tier]}, bytes);
  }
  if (!s->judged) return;
  row_sums(w, n, x, backward ? dy : NULL, largest, &sizes);
  for (int i = 0; i < n; i++) {
    row_truth(w, x, backward ? dy : NULL, i, largest, sizes);
    double want = true_nearest(&w->ulps, it->type);
    for (int tier = 0; tier < TIERS; tier++) {
      if (!s->tiers[tier]) continue;
      double got = load(it->type, bits_y[tier], (size_t)i);
      double error = backward ? error_beside(w, it->type, got) : true_error(&w->ulps, it->type, got);
      example e = {.index = row * LONGEST + (uint64_t)i, .parameters = {(double)row, i}, .x = x[i], .dy = dy[i], .got = got, .want = want, .error = error};
      tally_note(&w->tally[tier], e, !within_bound(it, tier, error));
    }
  }
}

/* --------------------------------------------------------------------------------------------------- gated --- */

/* The i-th gate, value and dy: two of them make numbers of all sizes with the function or its derivative, the third
 * takes part in this or, times a power of two that the other is divided by, goes far beyond. */
static void gated_store(const sweep *s, uint64_t i, void *gate, void *value, void *dy, size_t at) {
  item it = s->it;
  it.form = ACT_BACKWARD;
  input_store(&it, &s->marks, i, gate, value, at);
  double factor = 4 * random_of(i, 0, 5);
  if (i % 4 == 0) {
    int e = (int)(random_of(i, 0, 6) * number_types[it.type].greatest / 2);
    factor = ldexp(factor, e);
    store(it.type, value, at, ldexp(load(it.type, value, at), -e));
  }
  store(it.type, dy, at, factor);
}

static void settle(worker *w, act_form form, uint64_t index, double gate, double a, double b, double dy, const double got[TIERS]) {
  const item *it = &w->sweep->it;
  context *c = &w->ulps;
  true_product(c, it, form, gate, a, b);
  if (isfinite(gate) && isfinite(a) && isfinite(b) && true_nearest_is_open(c, it->type)) true_product(c = &w->rounding, it, form, gate, a, b);
  double want = true_nearest(c, it->type);
  for (int tier = 0; tier < TIERS; tier++) {
    if (!w->sweep->tiers[tier]) continue;
    int same = isnan(want) ? isnan(got[tier]) : bits_of_double(got[tier]) == bits_of_double(want);
    double error = by_rounding(it, tier) && same ? 0 : true_error(c, it->type, got[tier]);
    example e = {.index = index, .x = gate, .dy = dy, .got = got[tier], .want = want, .error = error};
    tally_note(&w->tally[tier], e, by_rounding(it, tier) ? !same : !within_bound(it, tier, error));
  }
}

static void check_gated(worker *w, uint64_t block) {
  sweep *s = w->sweep;
  const item *it = &s->it;
  int backward = it->form == ACT_BACKWARD;
  double bits[3][BLOCK], bits_y[TIERS][2][BLOCK], in[3][BLOCK], got[2][TIERS];
  for (size_t i = 0; i < BLOCK; i++) gated_store(s, block * BLOCK + i, bits[0], bits[1], bits[2], i);
  for (int k = 0; k < 3; k++) load_all(it->type, bits[k], BLOCK, in[k]);
  for (int tier = 0; tier < TIERS; tier++) {
    if (!s->tiers[tier]) continue;
    act_status status =
        backward ? compute_gated_backward(it->type, &s->gate[tier], BLOCK, bits[1], bits[0], bits[2], bits_y[tier][0], bits_y[tier][1])
                 : compute_gated(it->type, &s->gate[tier], BLOCK, bits[1], bits[0], bits_y[tier][0]);
    if (status != ACT_OK) atomic_store(&s->status, status);
    size_t bytes = BLOCK * number_types[it->type].size;
    const void *arrays[] = {bits[0], bits[1], bits[2], bits_y[tier][0], bits_y[tier][1]};
    tally_digest(&w->tally[tier], block, 4 + backward, arrays, bytes);
  }
  if (!s->judged) return;
  for (size_t i = 0; i < BLOCK; i++) {
    double gate = in[0][i], value = in[1][i], dy = in[2][i];
    for (int k = 0; k <= backward; k++)
      for (int tier = 0; tier < TIERS; tier++) got[k][tier] = s->tiers[tier] ? load(it->type, bits_y[tier][k], i) : 0;
    settle(w, ACT_VALUE, block * BLOCK + i, gate, backward ? dy : value, 1, backward ? dy : value, got[0]);
    if (backward) settle(w, ACT_DERIVATIVE, block * BLOCK + i, gate, value, dy, dy, got[1]);
  }
}

/* --------------------------------------------------------------------------------------------------- sweeps --- */

static void *work(void *argument) {
  worker *w = argument;
  sweep *s = w->sweep;
  context_make(&w->ulps, ULP_BITS);
  context_make(&w->rounding, ROUNDING_BITS);
  mpfr_inits2(ULP_BITS, w->mean, w->others, w->size, (mpfr_ptr)0);
  w->e = calloc(LONGEST, sizeof *w->e);
  for (int i = 0; i < LONGEST; i++) mpfr_init2(w->e[i], ULP_BITS);
  int gated = s->it.composition == GATED;
  uint64_t count = gated ? s->it.inputs / BLOCK : s->it.inputs / (uint64_t)batch_size() * LENGTHS;
  for (uint64_t i; (i = atomic_fetch_add(&s->next, 1)) < count && s->status == ACT_OK;) {
    if (gated)
      check_gated(w, i);
    else
      check_row(w, i);
    progress(gated ? BLOCK : (uint64_t)lengths[i % LENGTHS]);
  }
  for (int i = 0; i < LONGEST; i++) mpfr_clear(w->e[i]);
  free(w->e);
  mpfr_clears(w->mean, w->others, w->size, (mpfr_ptr)0);
  context_free(&w->ulps);
  context_free(&w->rounding);
  mpfr_free_cache();
  return NULL;
}

act_status composed_run(const item *it, const int tiers[TIERS], int judged, int threads, tally found[TIERS]) {
  sweep s = {.it = *it, .judged = judged};
  memcpy(s.tiers, tiers, sizeof s.tiers);
  for (int tier = 0; tier < TIERS; tier++) {
    found[tier] = (tally){.worst_index = UINT64_MAX};
    if (it->composition != GATED) continue;
    act_status status = act_function_named(it->reference->name, &s.gate[tier]);
    if (status == ACT_OK) status = act_function_set_accuracy(&s.gate[tier], (act_accuracy)tier);
    if (status != ACT_OK) return status;
  }
  if (it->composition == GATED) {
    item gate = *it;
    gate.form = ACT_DERIVATIVE;
    landmarks_find(&gate, &s.marks);
  }
  worker *w = calloc((size_t)threads, sizeof *w);
  for (int i = 0; i < threads; i++) {
    w[i].sweep = &s;
    for (int tier = 0; tier < TIERS; tier++) w[i].tally[tier].worst_index = UINT64_MAX;
  }
  workers_run(threads, w, sizeof *w, work);
  for (int i = 0; i < threads; i++)
    for (int tier = 0; tier < TIERS; tier++) tally_merge(&found[tier], &w[i].tally[tier]);
  free(w);
  return (act_status)s.status;
}
