/* Not installed. What the engine asks of the kernels that multiply matrices. */
#ifndef ACT_MATRIX_JOB_H
#define ACT_MATRIX_JOB_H
#include "job.h"

/* c = a·b + bias: m × k times k × n elements, strides counted in elements. c and bias lie row after row. */
typedef struct act_product_job {
  act_type type; /* ACT_F32 or ACT_F64 */
  long m, n, k;
  const void *a; long a_row, a_column;
  const void *b; long b_row, b_column;
  const void *bias; /* NULL: none */
  void *c; long c_row;
  int accumulates; /* 1: the sums go on from what is in c */
  const act_job *function; /* NULL: none; else what follows over arrays that lie as c does, as soon as it is there */
  void *scratch; /* act_product_scratch(n, type) bytes, aligned to 64 */
} act_product_job;
/* A block of b that many rows read: so many values of the inner index, so many bytes of columns. */
enum { ACT_PRODUCT_DEPTH = 256, ACT_PRODUCT_WIDTH = 2048 };
/* For a product of n columns; tiles are at most 48 columns wide and 8 rows high, and packing writes a few more. */
static inline long act_product_scratch(long n, act_type type) {
  const long size = type == ACT_F64 ? 8 : 4, widest = ACT_PRODUCT_WIDTH / size;
  return (((n < widest ? n : widest) + 48 + 8) * ACT_PRODUCT_DEPTH + 64) * size;
}

/* 1 in such a type: a row of ones sums columns. */
static inline const void *act_one(act_type type) {
  static const double one_f64 = 1;
  static const float one_f32 = 1;
  return type == ACT_F64 ? (const void *)&one_f64 : (const void *)&one_f32;
}

void kernels_run_product_v1(const act_product_job *);
void kernels_run_product_v3(const act_product_job *);
void kernels_run_product_v4(const act_product_job *);
#endif
