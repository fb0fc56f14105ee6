/* Which inputs are tried where not all of them can be. */
#ifndef INPUTS_H
#define INPUTS_H

#include "numbers.h"
#include "reference.h"

/* What is checked in one go: a form of a function with its parameters, in one type. */
typedef struct item {
  const act_info *info;
  const reference *reference;
  double parameters[ACT_PARAMETERS_MAX];
  int catalogued; /* 1: the parameters are defaults of the function or an alias */
  act_form form;
  act_type type;
  uint64_t inputs;
} item;

enum { LANDMARKS_MAX = 512 };

/* Where a function's errors are likely to be largest. */
typedef struct landmarks {
  int points;
  double point[LANDMARKS_MAX]; /* zeros and kinks of f and f' */
  int tails;
  double tail[2][2]; /* from where to where, away from 0, the result is subnormal in the type */
} landmarks;

void landmarks_find(const item *it, landmarks *l);

/* The i-th input, for any i below 2^32: x, and dy where the form is ACT_BACKWARD, into the arrays' place at. The same
 * in every run and for any number of threads. */
void input_store(const item *it, const landmarks *l, uint64_t i, void *x, void *dy, size_t at);

#endif
