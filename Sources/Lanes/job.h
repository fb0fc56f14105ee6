/* Not installed. What the engine asks of the kernels, and what they tell it about the catalogue. */
#ifndef ACT_JOB_H
#define ACT_JOB_H
#include "../../Include/activations.h"

/* y = f(x) or f'(x), times the factors there are, over contiguous arrays. Everything was checked before. */
typedef struct act_job {
  long function; /* its place in the list of functions */
  int derivative; /* 0: f; 1: f' */
  act_type type;
  act_accuracy accuracy;
  long count;
  const void *x, *factors[2]; /* NULL: none; the second only after the first */
  void *y;
  /* parameter_step 0: one value for all elements. 1: one for each, and the arrays can be read for ACT_JOB_PADDING
   * elements beyond the last. */
  const double *parameters[ACT_PARAMETERS_MAX];
  long parameter_step;
} act_job;
enum { ACT_JOB_PADDING = 64 };

/* Of a job's elements so many, from one on. */
static inline act_job act_job_part(const act_job *job, long start, long count) {
  const long bytes = start * (job->type == ACT_F64 ? 8 : job->type == ACT_F32 ? 4 : 2);
  act_job part = *job;
  part.count = count;
  part.x = (const char *)job->x + bytes;
  for (int i = 0; i < 2; i++)
    if (job->factors[i]) part.factors[i] = (const char *)job->factors[i] + bytes;
  for (int i = 0; i < 2; i++)
    if (job->parameters[i]) part.parameters[i] = job->parameters[i] + start * job->parameter_step;
  part.y = (char *)job->y + bytes;
  return part;
}

/* softmax or log_softmax, or dy times its Jacobian, of some rows of an array of outer × n × inner elements: row r is
 * that of the elements ((r / inner)·n + i)·inner + r mod inner, i < n. */
typedef struct act_row_job {
  int logarithm; /* 0: softmax; 1: log_softmax */
  act_type type;
  act_accuracy accuracy;
  long first, count; /* of the rows */
  long n, inner;
  const void *x, *dy; /* dy NULL: the function itself */
  void *y;
  long at_once; /* how many rows, 1 to ACT_ROWS_AT_ONCE, are computed side by side */
  double *scratch; /* at_once·2·kept of them: for the exponentials of rows of at most `kept` elements */
  long kept;
  void *columns; /* NULL, or memory for 2·ACT_ROW_COLUMNS rows of `kept` elements */
} act_row_job;
enum { ACT_ROW_COLUMNS = 16, ACT_ROWS_AT_ONCE = 4 };

/* One per instruction set. */
void kernels_run_v1(const act_job *);
void kernels_run_v3(const act_job *);
void kernels_run_v4(const act_job *);
void kernels_run_rows_v1(const act_row_job *);
void kernels_run_rows_v3(const act_row_job *);
void kernels_run_rows_v4(const act_row_job *);

/* Fills in what is known about a function of the list (NULL: nothing); returns how many functions there are. The aliases
 * are memory of their own, the caller's to free. */
long kernels_describe(long function, act_info *);
#endif
