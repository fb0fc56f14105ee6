/* Dense layers against plain chains of fma, bit for bit, in shapes around every tile's edge; strides, nothing, bad input. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "activations.h"
#include "check.h"

static uint64_t state = 1;
static double uniform(void) { /* from -1 to 1, of about float's precision */
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (double)((int64_t)state >> 40) * 0x1p-23;
}

/* Each test is written once, for both types. */
#define TYPE double
#define NAME(x) x##_f64
#define FMA fma
#define ACT_TYPE ACT_F64
#include "dense_of_type.h"
#undef TYPE
#undef NAME
#undef FMA
#undef ACT_TYPE
#define TYPE float
#define NAME(x) x##_f32
#define FMA fmaf
#define ACT_TYPE ACT_F32
#include "dense_of_type.h"

static void test_bad_input(void) {
  act_function f, damaged, unset;
  CHECK(act_function_named("tanh", &f) == ACT_OK && act_function_named("threshold", &unset) == ACT_OK, "functions");
  damaged = f;
  damaged.info = (const act_info *)((const char *)f.info + 1);
  float x[64], w[64], z[64], y[64] = {5}, dx[64], dw[64] = {5}, db[64];
  for (int i = 0; i < 64; i++) x[i] = w[i] = z[i] = (float)i;
  CHECK(act_dense_forward_f32(NULL, 2, 3, 4, x, w, NULL, NULL, y) == ACT_ERROR_NULL, "no function");
  CHECK(act_dense_forward_f32(&f, 2, 3, 4, NULL, w, NULL, NULL, y) == ACT_ERROR_NULL, "no x");
  CHECK(act_dense_forward_f32(&f, 2, 3, 4, x, NULL, NULL, NULL, y) == ACT_ERROR_NULL, "no w");
  CHECK(act_dense_forward_f32(&f, 2, 3, 4, x, w, NULL, z, NULL) == ACT_ERROR_NULL, "no y");
  CHECK(act_dense_forward_f32(&damaged, 2, 3, 4, x, w, NULL, NULL, y) == ACT_ERROR_FUNCTION, "damaged");
  CHECK(act_dense_forward_f32(&unset, 2, 3, 4, x, w, NULL, NULL, y) == ACT_ERROR_PARAMETER, "not set");
  CHECK(act_dense_forward_f32(&f, 2, 3, 4, x, w, NULL, NULL, x + 5) == ACT_ERROR_OVERLAP, "y in x");
  CHECK(act_dense_forward_f32(&f, 2, 3, 4, x, w, NULL, NULL, x) == ACT_ERROR_OVERLAP, "y is x");
  CHECK(act_dense_forward_f32(&f, 2, 3, 4, x, w, NULL, NULL, w + 11) == ACT_ERROR_OVERLAP, "y in w");
  CHECK(act_dense_forward_f32(&f, 2, 3, 4, x, w, y + 7, NULL, y) == ACT_ERROR_OVERLAP, "b in y");
  CHECK(act_dense_forward_f32(&f, 2, 3, 4, x, w, NULL, y, y) == ACT_ERROR_OVERLAP, "z is y");
  CHECK(act_dense_forward_f32(&f, SIZE_MAX, 3, 4, x, w, NULL, NULL, y) == ACT_ERROR_SIZE, "batch");
  CHECK(act_dense_forward_f32(&f, SIZE_MAX / 2, 3, 4, x, w, NULL, NULL, y) == ACT_ERROR_SIZE, "batch");
  CHECK(act_dense_forward_f32(&f, 2, (size_t)1 << 62, 4, x, w, NULL, NULL, y) == ACT_ERROR_SIZE, "n_in");
  CHECK(act_dense_forward_f32(&f, 2, 3, (size_t)1 << 46, x, w, NULL, NULL, y) == ACT_ERROR_SIZE, "n_out");
  CHECK(y[0] == 5, "y was written");

  CHECK(act_dense_backward_f32(&f, 2, 3, 4, x, w, z, y, dx, NULL, db) == ACT_ERROR_NULL, "no dw");
  CHECK(act_dense_backward_f32(&f, 2, 3, 4, NULL, w, z, y, dx, dw, db) == ACT_ERROR_NULL, "no x");
  CHECK(act_dense_backward_f32(&f, 2, 3, 4, x, NULL, z, y, dx, dw, db) == ACT_ERROR_NULL, "no w");
  CHECK(act_dense_backward_f32(&f, 2, 3, 4, x, w, NULL, y, dx, dw, db) == ACT_ERROR_NULL, "no z");
  CHECK(act_dense_backward_f32(&f, 2, 3, 4, x, w, z, NULL, dx, dw, db) == ACT_ERROR_NULL, "no dy");
  CHECK(act_dense_backward_f32(&f, 2, 3, 4, x, w, z, y, dw, dw, db) == ACT_ERROR_OVERLAP, "dx is dw");
  CHECK(act_dense_backward_f32(&f, 2, 3, 4, x, w, z, y, dx, dw, dw + 3) == ACT_ERROR_OVERLAP, "db in dw");
  CHECK(act_dense_backward_f32(&f, 2, 3, 4, x, w, z, y, dx, z, db) == ACT_ERROR_OVERLAP, "dw is z");
  CHECK(dw[0] == 5, "dw was written");
  CHECK(act_dense_backward_f32(&f, 2, 3, 4, x, NULL, z, y, NULL, dw, NULL) == ACT_OK, "dw alone");

  act_dense_arrays a = {.size = sizeof a, .type = ACT_F32, .batch = 2, .n_in = 3, .n_out = 4, .x = x, .w = w, .y = y,
                        .x_strides = {12, 4}, .w_strides = {16, 4}};
  CHECK(act_dense_forward(&f, NULL) == ACT_ERROR_NULL && act_dense_backward(&f, NULL) == ACT_ERROR_NULL, "no arrays");
  CHECK(act_dense_forward(&f, &a) == ACT_OK, "arrays");
  a.x_strides[0] = 13;
  CHECK(act_dense_forward(&f, &a) == ACT_ERROR_ARRAYS, "stride");
  a.x_strides[0] = PTRDIFF_MAX / 4 * 4;
  CHECK(act_dense_forward(&f, &a) == ACT_ERROR_SIZE, "stride");
  a.x_strides[0] = PTRDIFF_MIN;
  CHECK(act_dense_forward(&f, &a) == ACT_ERROR_SIZE, "stride");
  a.x_strides[0] = 12, a.type = ACT_F16;
  CHECK(act_dense_forward(&f, &a) == ACT_ERROR_ARRAYS, "type");
  a.type = ACT_F32, a.size = 8;
  CHECK(act_dense_forward(&f, &a) == ACT_ERROR_ARRAYS, "size");
}

int main(void) {
  for (int threads = 1; threads <= 7; threads += 3) {
    CHECK(act_set_threads(threads) == ACT_OK, "%d threads", threads);
    test_shapes_f64();
    test_shapes_f32();
    test_large_f64();
    test_large_f32();
  }
  test_alignment_f64();
  test_alignment_f32();
  test_rows_f64();
  test_rows_f32();
  test_strides_f64();
  test_strides_f32();
  test_nothing_f64();
  test_nothing_f32();
  test_not_numbers_f64();
  test_not_numbers_f32();
  test_bad_input();
  return report();
}
