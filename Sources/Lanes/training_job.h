/* Not installed. What the engine asks of the kernels that train networks. Arrays may be read and written up to the next
 * multiple of ACT_TRAINING_PADDING elements. */
#ifndef ACT_TRAINING_JOB_H
#define ACT_TRAINING_JOB_H
#include "../../Include/activations.h"

enum { ACT_TRAINING_PADDING = 64 };

/* The sum of the samples' losses, and `scale` times its gradient, which may lie where the outputs do. */
typedef struct act_loss_job {
  act_type type; /* ACT_F32 or ACT_F64 */
  act_loss loss;
  double delta;
  long samples, outputs;
  const void *z, *y; /* the network's outputs; labels or targets */
  double scale;
  void *gradient; /* NULL: not wanted */
  void *scratch;  /* samples·outputs elements, padded, and 2·samples doubles, padded */
  double sum;     /* the result */
} act_loss_job;

/* A step of an optimiser over all parameters p with the gradient g, which it may change. */
typedef struct act_update_job {
  act_type type;
  act_optimizer optimizer;
  long count;
  void *p, *g, *first, *second; /* the moments that the optimiser keeps */
  double clip_value;            /* 0: none */
  double factor;                /* of the gradient, to clip its norm; 1: none */
  double rate, decay, momentum, beta1, beta2, alpha, epsilon;
  double correction1, correction2; /* 1/(1 − beta1^t), 1/√(1 − beta2^t) */
  int nesterov;
} act_update_job;

/* The sum of squares of the elements, each between ±limit (0: as it is). */
typedef struct act_norm_job {
  act_type type;
  long count;
  const void *x;
  double limit;
  double sum; /* the result */
} act_norm_job;

/* Of m × n weights: w ← w + uᵀ·d, unless u is NULL, and z = x·w, unless x is NULL, in one pass. n is a multiple of
 * ACT_PASS_PADDING, and every row aligned to so many elements. */
enum { ACT_PASS_PADDING = 8 };
enum { ACT_VECTOR_PADDING = 16 }; /* so many doubles are whole vectors with every instruction set */
typedef struct act_pass_job {
  long m, n;
  double *w;
  const double *u, *d, *x;
  double *z;
} act_pass_job;

void kernels_run_pass_v1(const act_pass_job *);
void kernels_run_pass_v3(const act_pass_job *);
void kernels_run_pass_v4(const act_pass_job *);
void kernels_run_loss_v1(act_loss_job *);
void kernels_run_loss_v3(act_loss_job *);
void kernels_run_loss_v4(act_loss_job *);
void kernels_run_update_v1(const act_update_job *);
void kernels_run_update_v3(const act_update_job *);
void kernels_run_update_v4(const act_update_job *);
void kernels_run_norm_v1(act_norm_job *);
void kernels_run_norm_v3(act_norm_job *);
void kernels_run_norm_v4(act_norm_job *);
#endif
