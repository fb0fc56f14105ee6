/* Which inputs are tried where not all of them can be. */
#ifndef INPUTS_H
#define INPUTS_H

#include "numbers.h"
#include "reference.h"

enum { EXAMPLES = 5 }; /* of what is wrong */

typedef enum composition { ALONE, SOFTMAX, LOG_SOFTMAX, GATED } composition;

/* What is checked in one go: a form of a function with its parameters, in one type. */
typedef struct item {
  const act_info *info;
  const reference *reference;
  double parameters[ACT_PARAMETERS_MAX];
  int catalogued; /* 1: the parameters are defaults of the function or an alias */
  int random;     /* 1: stands for RANDOM_SETS sets of parameters, to be filled in */
  composition composition; /* if not of the function alone, see composed.h */
  act_form form;
  act_type type;
  uint64_t inputs; /* for each set */
} item;

enum { LANDMARKS_MAX = 4096, TAILS_MAX = 8, SCALES_MAX = 1 + 4 * ACT_PARAMETERS_MAX };

/* Where a function's errors are likely to be largest. */
typedef struct landmarks {
  int points;
  double point[LANDMARKS_MAX]; /* zeros and kinks of f and f', and where something begins to over- or underflow */
  int tails;
  double tail[TAILS_MAX][2]; /* from where to where the result is subnormal in the type */
  int scales;
  double scale[SCALES_MAX]; /* the sizes that the parameters give x: 1, p, 1/p, √p, 1/√p */
} landmarks;

/* Not from two threads at once. */
void landmarks_find(const item *it, landmarks *l);

/* The k-th set of parameters from their domains. */
enum { RANDOM_SETS = 20 };
void parameters_random(const act_info *info, int k, double parameters[ACT_PARAMETERS_MAX]);

/* The i-th input, for any i below 2^32: x, and dy where the form is ACT_BACKWARD, into the arrays' place at. The same
 * in every run and for any number of threads. */
void input_store(const item *it, const landmarks *l, uint64_t i, void *x, void *dy, size_t at);

#endif
