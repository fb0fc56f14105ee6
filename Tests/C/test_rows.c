/* softmax and log_softmax against long double; that a row does not depend on its neighbours or on how it lies in memory;
 * infinities; bad arguments. */
#include "cases.h"
#include "check.h"
#include "numbers.h"

enum { MOST = 5000 };

static double get(act_type type, const void *array, size_t i) {
  return load(type, (const char *)array + i * about_type(type).size);
}
static void set(act_type type, void *array, size_t i, double value) {
  if (type == ACT_F16) { /* `store` takes what float16 holds: a whole number of 2^-6, below 16 */
    value = round(value * 64) / 64;
    value = fmod(value, 16);
  }
  store(type, value, (char *)array + i * about_type(type).size);
}

/* The last place of a number of the type. */
static double ulp(act_type type, double value) {
  int fraction = (int)about_type(type).size * 8 - 1 - about_type(type).exponent_bits;
  int least = 2 - (1 << (about_type(type).exponent_bits - 1)), e = value == 0 ? least : ilogb(value);
  return ldexp(1, (e < least ? least : e) - fraction);
}

static void reference(int logarithm, size_t n, const double *x, const double *dy, long double *y, long double *size) {
  double most = -INFINITY;
  size_t at = 0;
  for (size_t i = 0; i < n; i++)
    if (x[i] > most) most = x[at = i];
  long double others = 0, mean = 0, mass = 0, sum = 0, sum_size = 0;
  for (size_t i = 0; i < n; i++) {
    long double e = expl((long double)x[i] - most);
    if (i != at) others += e;
    if (!dy) continue;
    mean += e * dy[i];
    mass += e * fabs(dy[i]);
    sum += dy[i];
    sum_size += fabs(dy[i]);
  }
  for (size_t i = 0; i < n; i++) {
    long double softmax = expl((long double)x[i] - most) / (1 + others), logged = (x[i] - (long double)most) - log1pl(others);
    if (dy) {
      y[i] = logarithm ? dy[i] - softmax * sum : softmax * (dy[i] - mean / (1 + others));
      size[i] = logarithm ? fabs(dy[i]) + softmax * sum_size : softmax * (fabs(dy[i]) + mass / (1 + others));
    } else
      size[i] = fabsl(y[i] = logarithm ? logged : softmax);
  }
}

/* Rows of n elements at three scales, two deep and three wide. */
static void test_values(int logarithm, act_type type, act_accuracy accuracy, size_t n, int backward) {
  enum { OUTER = 2, INNER = 3 };
  static double x[OUTER * INNER * MOST], dy[OUTER * INNER * MOST], got[OUTER * INNER * MOST], one[MOST], slope[MOST], alone[MOST];
  static double row[MOST], row_dy[MOST];
  static long double wanted[MOST], size[MOST];
  static const double scales[] = {0.5, 20, 700};
  double limit = accuracy == ACT_FAST && (type == ACT_F32 || type == ACT_F64) ? 4 : 1, worst = 0, worst_wanted = 0;
  for (size_t i = 0; i < OUTER * INNER * n; i++) {
    double scale = scales[(i + mix(n) / 7) % 3];
    set(type, x, i, ((double)(mix(i + 13 * n) >> 11) * 0x1p-52 - 1) * scale);
    set(type, dy, i, ((double)(mix(i + 17 * n) >> 11) * 0x1p-52 - 1) * 3);
  }
  act_status status = compute_rows(logarithm, type, accuracy, OUTER, n, INNER, x, backward ? dy : NULL, got);
  CHECK(status == ACT_OK, "%s", act_status_string(status));
  for (size_t r = 0; r < OUTER * INNER; r++) {
    size_t first = r / INNER * n * INNER + r % INNER;
    for (size_t i = 0; i < n; i++) {
      row[i] = get(type, x, first + i * INNER);
      row_dy[i] = get(type, dy, first + i * INNER);
      store(type, row[i], (char *)one + i * about_type(type).size);
      store(type, row_dy[i], (char *)slope + i * about_type(type).size);
    }
    reference(logarithm, n, row, backward ? row_dy : NULL, wanted, size);
    compute_rows(logarithm, type, accuracy, 1, n, 1, one, backward ? slope : NULL, alone);
    compute_rows(logarithm, type, accuracy, 1, n, 1, one, backward ? slope : NULL, one); /* in place */
    CHECK(memcmp(alone, one, n * about_type(type).size) == 0, "in place: n = %zu", n);
    for (size_t i = 0; i < n; i++) {
      double y = get(type, got, first + i * INNER), error = (double)(fabsl(y - wanted[i]) / ulp(type, (double)size[i]));
      if (!(error <= worst)) {
        worst = error;
        worst_wanted = (double)wanted[i];
      }
      CHECK(y == get(type, alone, i), "the row depends on how it lies: n = %zu, i = %zu", n, i);
    }
  }
  CHECK(worst < limit, "%s%s %s, %s, n = %zu: %.4g ULP at %a", logarithm ? "log_" : "", backward ? "softmax backward" : "softmax",
        about_type(type).name, accuracy == ACT_FAST ? "fast" : "exact", n, worst, worst_wanted);
}

/* Rows of all lengths whose sums are of different kinds. */
static void test_shapes(int logarithm, act_type type, act_accuracy accuracy) {
  static double x[MOST], y[MOST], row[MOST];
  static long double wanted[MOST], size[MOST];
  double limit = accuracy == ACT_FAST && (type == ACT_F32 || type == ACT_F64) ? 4 : type == ACT_F64 ? 1 : 0.51;
  for (size_t r = 0; r < 160; r++) {
    size_t n = r < 60 ? r + 1 : 1 + mix(r) % MOST;
    double middle = (double)(mix(r + 1000) >> 11) * 0x1p-47 - 32;
    for (size_t i = 0; i < n; i++) {
      double random = (double)(mix(i + 5003 * r) >> 11) * 0x1p-53, value = middle;     /* 0: all are equal */
      if (r % 8 == 1) value += random;                                               /* near each other */
      if (r % 8 == 2) value -= 104 * random;                                         /* down to the least results */
      if (r % 8 == 3) value = i == n / 2 ? 20 + 10 * random : -random;               /* one counts for most */
      if (r % 8 == 4) value -= i % 16 == 3 ? 0.2 : 1.1;                              /* two numbers, always in the same places */
      if (r % 8 == 5) value = 3000 * middle + 16 * random;                           /* far from 0 */
      if (r % 8 == 6) value = i == n / 2 ? middle : middle - 60 - 60 * random;       /* one counts for all */
      if (r % 8 == 7) value = 400 * random;
      set(type, x, i, value);
      row[i] = get(type, x, i);
    }
    reference(logarithm, n, row, NULL, wanted, size);
    CHECK(compute_rows(logarithm, type, accuracy, 1, n, 1, x, NULL, y) == ACT_OK, "n = %zu", n);
    double worst = 0;
    for (size_t i = 0; i < n; i++) worst = fmax(worst, (double)(fabsl(get(type, y, i) - wanted[i]) / ulp(type, (double)size[i])));
    CHECK(worst < limit, "%s %s, %s, shape %zu, n = %zu: %.4g ULP", logarithm ? "log_softmax" : "softmax", about_type(type).name,
          accuracy == ACT_FAST ? "fast" : "exact", r % 8, n, worst);
  }
}

static void test_edges(act_type type, act_accuracy accuracy) {
  static const struct {
    double x[4], softmax[4], logarithm[4];
  } edges[] = {
      {{0, 0, 0, 0}, {0.25, 0.25, 0.25, 0.25}, {NAN, NAN, NAN, NAN}}, /* the logarithm is no round number: see below */
      {{-INFINITY, 1, -INFINITY, -INFINITY}, {0, 1, 0, 0}, {-INFINITY, 0, -INFINITY, -INFINITY}},
      {{-INFINITY, 0, -2000, -INFINITY}, {0, 1, 0, 0}, {-INFINITY, -0.0, -2000, -INFINITY}}, /* -0: ln(1 + e^-2000) */
      {{INFINITY, 1, -INFINITY, 2}, {1, 0, 0, 0}, {0, -INFINITY, -INFINITY, -INFINITY}},
      {{INFINITY, INFINITY, 0, 0}, {NAN, NAN, 0, 0}, {NAN, NAN, -INFINITY, -INFINITY}},
      {{-INFINITY, -INFINITY, -INFINITY, -INFINITY}, {NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN}},
      {{0, NAN, 1, -INFINITY}, {NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN}},
      {{INFINITY, NAN, 1, 2}, {NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN}},
  };
  for (size_t k = 0; k < sizeof edges / sizeof *edges; k++)
    for (int logarithm = 0; logarithm < 2; logarithm++) {
      double x[4], y[4];
      for (size_t i = 0; i < 4; i++) store(type, edges[k].x[i], (char *)x + i * about_type(type).size);
      CHECK(compute_rows(logarithm, type, accuracy, 1, 4, 1, x, NULL, y) == ACT_OK, "edge %zu", k);
      for (size_t i = 0; i < 4; i++) {
        double wanted = logarithm ? edges[k].logarithm[i] : edges[k].softmax[i], got = get(type, y, i);
        if (k == 0 && logarithm) continue;
        int same = isnan(wanted) ? isnan(got) : got == wanted && !signbit(got) == !signbit(wanted);
        CHECK(same, "%s of edge %zu, element %zu: %g instead of %g", logarithm ? "log_softmax" : "softmax", k, i, got, wanted);
      }
    }
}

static void test_bad(void) {
  float x[8] = {0}, y[8] = {5, 5, 5, 5, 5, 5, 5, 5};
  CHECK(act_softmax_f32(ACT_EXACT, 2, 4, 1, NULL, y) == ACT_ERROR_NULL, "x");
  CHECK(act_softmax_f32(ACT_EXACT, 2, 4, 1, x, NULL) == ACT_ERROR_NULL, "y");
  CHECK(act_softmax_backward_f32(ACT_EXACT, 2, 4, 1, x, NULL, y) == ACT_ERROR_NULL, "dy");
  CHECK(act_softmax_f32((act_accuracy)7, 2, 4, 1, x, y) == ACT_ERROR_ACCURACY, "accuracy");
  CHECK(act_softmax_f32(ACT_EXACT, 2, 3, 1, x, x + 1) == ACT_ERROR_OVERLAP, "overlap");
  CHECK(act_softmax_f32(ACT_EXACT, (size_t)1 << 40, (size_t)1 << 40, 1, x, y) == ACT_ERROR_SIZE, "size");
  CHECK(act_softmax_f32(ACT_EXACT, 1, SIZE_MAX, 1, x, y) == ACT_ERROR_SIZE, "size");
  CHECK(act_softmax_f32(ACT_EXACT, 0, 4, 1, NULL, NULL) == ACT_OK, "no rows");
  CHECK(act_softmax_f32(ACT_EXACT, 4, 0, 1, NULL, NULL) == ACT_OK, "empty rows");
  for (int i = 0; i < 8; i++) CHECK(y[i] == 5, "something was written");
}

/* More elements than exponentials are kept of, and threads. */
static void test_long(act_accuracy accuracy) {
  size_t n = 300000;
  float *x = malloc(2 * n * sizeof *x), *y = malloc(2 * n * sizeof *y), *z = malloc(n * sizeof *z);
  for (size_t i = 0; i < 2 * n; i++) x[i] = (float)(mix(i) >> 40) * 0x1p-20f;
  for (int logarithm = 0; logarithm < 2; logarithm++) {
    act_set_threads(3);
    CHECK(compute_rows(logarithm, ACT_F32, accuracy, 2, n, 1, x, NULL, y) == ACT_OK, "long");
    act_set_threads(1);
    compute_rows(logarithm, ACT_F32, accuracy, 1, n, 1, x + n, NULL, z);
    CHECK(memcmp(y + n, z, n * sizeof *z) == 0, "depends on threads");
    long double most = 0, sum = 0;
    for (size_t i = 0; i < n; i++) most = fmaxl(most, z == NULL ? 0 : x[n + i]);
    for (size_t i = 0; i < n; i++) sum += expl(x[n + i] - most);
    double worst = 0;
    for (size_t i = 0; i < n; i += 101) {
      double wanted = (double)(logarithm ? x[n + i] - most - logl(sum) : expl(x[n + i] - most) / sum);
      worst = fmax(worst, fabs(z[i] - wanted) / ulp(ACT_F32, wanted));
    }
    CHECK(worst < (accuracy == ACT_FAST ? 4 : 0.51), "long rows: %g ULP", worst);
  }
  free(x);
  free(y);
  free(z);
}

int main(void) {
  static const size_t lengths[] = {1, 2, 3, 5, 10, 15, 16, 17, 31, 32, 33, 64, 127, 128, 129, 200, 256, 257, 1000};
  for (int accuracy = ACT_EXACT; accuracy <= ACT_FAST; accuracy++) {
    for (int type = ACT_F64; type <= ACT_BF16; type++) {
      for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++)
        for (int i = 0; i < 4; i++) test_values(i & 1, (act_type)type, (act_accuracy)accuracy, lengths[k], i >> 1);
      for (int logarithm = 0; logarithm < 2; logarithm++) test_shapes(logarithm, (act_type)type, (act_accuracy)accuracy);
      test_edges((act_type)type, (act_accuracy)accuracy);
    }
    test_long((act_accuracy)accuracy);
  }
  test_bad();
  return report();
}
