/* Gated units: value·f(gate) and its backward products, against the function's own results times powers of two, which
 * change nothing but the exponent, and against products in a longer type; halves of rows; bad arguments. */
#include "cases.h"
#include "check.h"
#include "numbers.h"

enum { N = 300 };

static act_status split(act_type type, const act_function *f, size_t outer, size_t n, const void *x, const void *dy, void *y) {
#define CALL(t, c)                                                                          \
  return dy ? act_glu_backward_##t(f, outer, n, (const c *)x, (const c *)dy, (c *)y) \
            : act_glu_forward_##t(f, outer, n, (const c *)x, (c *)y);
  switch (type) {
    case ACT_F64:
      CALL(f64, double)
    case ACT_F32:
      CALL(f32, float)
    case ACT_F16:
      CALL(f16, uint16_t)
    default:
      CALL(bf16, uint16_t)
  }
#undef CALL
}

/* 1 as value: f(gate) itself, and 1 as value and dy: f'(gate). */
static void test_units(const test_case *c) {
  double gate[N], one[N], y[N], wanted[N], dvalue[N], dgate[N], slope[N];
  size_t bytes = N * about_type(c->type).size;
  for (size_t i = 0; i < N; i++) {
    uint64_t bits = input_bits(c->type, i);
    memcpy((char *)gate + i * about_type(c->type).size, &bits, about_type(c->type).size);
    store(c->type, 1, (char *)one + i * about_type(c->type).size);
  }
  CHECK(compute_gated(c->type, &c->function, N, one, gate, y) == ACT_OK, "%s", c->name);
  compute(&c->function, ACT_VALUE, c->type, N, gate, NULL, wanted);
  compute(&c->function, ACT_BACKWARD, c->type, N, gate, one, slope);
  if (c->function.accuracy == ACT_EXACT || c->type > ACT_F32)
    CHECK(memcmp(y, wanted, bytes) == 0, "%s: 1·f(gate) is not f(gate)", c->name);
  CHECK(compute_gated_backward(c->type, &c->function, N, one, gate, one, dvalue, dgate) == ACT_OK, "%s", c->name);
  CHECK(memcmp(dvalue, y, bytes) == 0, "%s: dvalue", c->name);
  if (c->function.accuracy == ACT_EXACT || c->type > ACT_F32)
    CHECK(memcmp(dgate, slope, bytes) == 0, "%s: 1·1·f'(gate) is not f'(gate)", c->name);
  for (size_t i = 0; i < N; i++) {
    double a = load(c->type, (char *)y + i * about_type(c->type).size), b = load(c->type, (char *)wanted + i * about_type(c->type).size);
    int fraction = (int)about_type(c->type).size * 8 - 1 - about_type(c->type).exponent_bits;
    double least = c->type == ACT_F32 ? 0x1p-149 : 0x0.0000000000001p-1022; /* one of the two may be rounded twice */
    CHECK((isnan(a) && isnan(b)) || a == b || fabs(a - b) <= ldexp(fabs(b), 3 - fraction) + least, "%s: %g, %g", c->name, a, b);
  }
}

/* float32: products of the float64 results, which differ from the true ones by a millionth of a float's last place. */
static void test_products(const test_case *c) {
  float value[N], gate[N], dy[N], y[N], dvalue[N], dgate[N];
  double wide[N], f[N], slope[N];
  for (size_t i = 0; i < N; i++) {
    gate[i] = (float)((double)(mix(i) >> 11) * 0x1p-49 - 8);
    value[i] = (float)((double)(mix(i + N) >> 11) * 0x1p-51 - 2);
    dy[i] = (float)((double)(mix(i + 2 * N) >> 11) * 0x1p-51 - 2);
    wide[i] = gate[i];
  }
  CHECK(compute_gated(c->type, &c->function, N, value, gate, y) == ACT_OK, "%s", c->name);
  CHECK(compute_gated_backward(c->type, &c->function, N, value, gate, dy, dvalue, dgate) == ACT_OK, "%s", c->name);
  act_forward_f64(&c->function, N, wide, f);
  act_derivative_f64(&c->function, N, wide, slope);
  double limit = c->function.accuracy == ACT_EXACT ? 0.50001 : 4;
  for (size_t i = 0; i < N; i++) {
    const float got[] = {y[i], dvalue[i], dgate[i]};
    const double wanted[] = {value[i] * f[i], dy[i] * f[i], (double)dy[i] * value[i] * slope[i]};
    for (int k = 0; k < 3; k++) {
      double ulp = ldexp(1, (wanted[k] == 0 || ilogb(wanted[k]) < -126 ? -126 : ilogb(wanted[k])) - 23);
      CHECK(fabs(got[k] - wanted[k]) <= limit * ulp, "%s, %d: %a instead of %a", c->name, k, (double)got[k], wanted[k]);
    }
  }
}

/* The halves of rows, on one and on three threads, against the two arrays. */
static void test_halves(const test_case *c) {
  enum { OUTER = 3, MOST = 120000 };
  static double x[2 * OUTER * MOST], y[OUTER * MOST], dy[OUTER * MOST], dx[2 * OUTER * MOST], one[MOST], dvalue[MOST], dgate[MOST];
  size_t size = about_type(c->type).size, n = c->function.accuracy == ACT_FAST ? MOST : 37;
  for (size_t i = 0; i < 2 * OUTER * n; i++) store(c->type, (double)(mix(i) >> 61), (char *)x + i * size);
  for (size_t i = 0; i < OUTER * n; i++) store(c->type, (double)(mix(i) >> 62), (char *)dy + i * size);
  act_set_threads(3);
  CHECK(split(c->type, &c->function, OUTER, n, x, NULL, y) == ACT_OK, "%s", c->name);
  CHECK(split(c->type, &c->function, OUTER, n, x, dy, dx) == ACT_OK, "%s", c->name);
  act_set_threads(1);
  for (size_t r = 0; r < OUTER; r++) {
    const char *value = (char *)x + 2 * r * n * size, *gate = value + n * size;
    compute_gated(c->type, &c->function, n, value, gate, one);
    CHECK(memcmp(one, (char *)y + r * n * size, n * size) == 0, "%s: row %zu", c->name, r);
    compute_gated_backward(c->type, &c->function, n, value, gate, (char *)dy + r * n * size, dvalue, dgate);
    CHECK(memcmp(dvalue, (char *)dx + 2 * r * n * size, n * size) == 0, "%s: dvalue of row %zu", c->name, r);
    CHECK(memcmp(dgate, (char *)dx + (2 * r + 1) * n * size, n * size) == 0, "%s: dgate of row %zu", c->name, r);
  }
}

static void test_bad(void) {
  act_function f;
  float a[8] = {0}, b[8] = {0}, dy[8] = {0}, y[8] = {5, 5, 5, 5, 5, 5, 5, 5}, z[8];
  act_function_named("sigmoid", &f);
  CHECK(act_gated_forward_f32(NULL, 4, a, b, y) == ACT_ERROR_NULL, "f");
  CHECK(act_gated_forward_f32(&f, 4, NULL, b, y) == ACT_ERROR_NULL, "value");
  CHECK(act_gated_forward_f32(&f, 4, a, NULL, y) == ACT_ERROR_NULL, "gate");
  CHECK(act_gated_forward_f32(&f, 4, a, b, NULL) == ACT_ERROR_NULL, "y");
  CHECK(act_gated_forward_f32(&f, 4, a, b, a + 1) == ACT_ERROR_OVERLAP, "overlap");
  CHECK(act_gated_forward_f32(&f, SIZE_MAX, a, b, y) == ACT_ERROR_SIZE, "size");
  CHECK(act_gated_backward_f32(&f, 4, a, b, NULL, y, z) == ACT_ERROR_NULL, "dy");
  CHECK(act_gated_backward_f32(&f, 4, a, b, dy, y, b) == ACT_ERROR_OVERLAP, "dgate is gate");
  CHECK(act_gated_backward_f32(&f, 4, a, b, dy, y, y + 2) == ACT_ERROR_OVERLAP, "dgate overlaps dvalue");
  CHECK(act_glu_forward_f32(&f, 2, 2, a, a) == ACT_ERROR_OVERLAP, "x is y");
  CHECK(act_glu_forward_f32(&f, (size_t)1 << 40, (size_t)1 << 40, a, y) == ACT_ERROR_SIZE, "size");
  CHECK(act_glu_backward_f32(&f, 2, 2, a, dy, a) == ACT_ERROR_OVERLAP, "dx is x");
  CHECK(act_glu_backward_f32(&f, 2, 2, a, NULL, y) == ACT_ERROR_NULL, "dy");
  f.accuracy = (act_accuracy)9;
  CHECK(act_gated_forward_f32(&f, 4, a, b, y) == ACT_ERROR_ACCURACY, "accuracy");
  CHECK(act_gated_forward_f32(&f, 0, NULL, NULL, NULL) == ACT_OK, "n = 0");
  for (int i = 0; i < 8; i++) CHECK(y[i] == 5, "something was written");
  f.accuracy = ACT_EXACT;
  a[0] = 3;
  CHECK(act_gated_backward_f32(&f, 4, a, b, dy, a, NULL) == ACT_OK && a[0] == 0, "dvalue over value, no dgate");
}

int main(void) {
  test_case c;
  for (size_t i = 0; case_at(i, &c); i++) {
    if (c.form != ACT_VALUE) continue;
    test_units(&c);
    if (c.type == ACT_F32) test_products(&c);
    if (strcmp(c.function.info->name, "sigmoid") == 0 || strcmp(c.function.info->name, "relu") == 0) test_halves(&c);
  }
  test_bad();
  return report();
}
